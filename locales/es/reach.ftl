# Spanish needs native review.
# How notices reach somebody outside of the pages.
reach-title = Cómo localizarle
reach-lead = Cuando algo no puede esperar, tratamos de localizarle fuera de estas páginas. Lo que enviamos no lleva ningún nombre, solo un enlace.
reach-phone = Por teléfono
reach-phone-none = Todavía no hay un número de teléfono.
reach-phone-odd = No podemos marcar este número. Escríbalo con su código de área, como 608 555 0100.
reach-phone-off = Su agencia no ha activado las llamadas. Otras personas sí pueden ver este número y llamarle.
reach-phone-change = Cambiar mi número
reach-mail = Por correo electrónico
reach-email = Su correo electrónico
reach-email-hint = Solo para avisos. Puede dejarlo vacío.
reach-mail-off = Su agencia todavía no ha activado el correo. Puede escribir su dirección desde ahora.
reach-devices = En sus dispositivos
reach-devices-more = Un teléfono o una computadora puede mostrar un aviso aunque no haya ninguna página abierta.
reach-device-since = Un dispositivo desde { $day }
reach-device-forget = Dejar de mostrar
reach-device-add = Mostrar avisos en este dispositivo
reach-device-cannot = Este navegador no puede mostrar avisos, o no tiene permiso. Revise su configuración o pruebe con otro navegador.
reach-push-off = Su agencia no ha activado esto.
reach-error-email = Esto no es un correo electrónico. Se ve así: denise@example.org.
reach-error-device = No se pudo agregar este dispositivo. Intente otra vez o pruebe con otro navegador.
reach-mail-waits = Aquí puede recibir avisos. Para poner también una contraseña nueva por correo, abra el enlace de la carta que enviamos.
reach-mail-confirmed = Este correo es suyo. Si olvida su contraseña, podemos enviarle un enlace.
reach-mail-again = Enviar la carta otra vez
