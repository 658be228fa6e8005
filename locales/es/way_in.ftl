# A way back in: a forgotten password, the link that sets a new one, a mailbox that is confirmed, and inviting by e-mail. Needs native review.
way-in-forgot = No puede entrar
way-in-by-mail = Por correo
way-in-by-mail-more = Sirve si antes nos mostró que un correo es suyo. Eso está en la página de su cuenta, en «Cómo localizarle».
way-in-by-mail-go = Enviarme un enlace
way-in-sent = Si este nombre tiene un correo con nosotros, una carta va en camino.
way-in-sent-more = Puede tardar unos minutos. Decimos lo mismo a todos, para que nadie sepa qué nombres hay. Si no llega nada, siga abajo.
way-in-else = O pregunte en su programa
way-in-ask = Pregunte en su programa
way-in-ask-more = Para esto no necesita correo ni teléfono.
way-in-ask-one = Vaya o llame. Diga que no puede entrar.
way-in-ask-two = Quien dirige el programa se asegura de que es usted. Luego le da un enlace en papel o en una pantalla.
way-in-ask-three = Usted lo abre y elige una contraseña nueva. Si olvidó su nombre para entrar, también elige uno nuevo.
way-in-ask-who = Solo quien dirige el programa puede hacerlo. La persona que le acompaña no puede. Pero puede ayudarle a pedirlo.
way-in-help = «Ayuda ahora» funciona sin entrar.
way-in-set = Elija una contraseña nueva
way-in-set-lead = Con esta página vuelve a su cuenta. Nadie más ve lo que usted elige.
way-in-set-ends = Su sesión se cierra en todos los demás lugares.
way-in-set-step = Después le pedimos su segundo paso, como siempre.
way-in-set-go = Guardar y entrar
way-in-new-name = Nombre nuevo para entrar
way-in-new-name-hint = Solo si olvidó el que tiene. Déjelo vacío para conservarlo.
way-in-mailbox = ¿Es suyo este correo?
way-in-mailbox-lead = Alguien anotó este correo en la página de su cuenta.
way-in-mailbox-alone = Diga que sí solo si nadie más puede leerlo. Con él puede poner una contraseña nueva si olvida la suya.
way-in-mailbox-go = Sí, y solo yo lo leo
way-in-mailbox-not = Si no fue usted, cierre esta página. Entonces no pasa nada. Si otras personas también leen este correo, todavía puede recibir avisos en él.
way-in-find = Ayudar a alguien a entrar
way-in-find-lead = Para alguien a quien ustedes apoyan, o que está a su lado, y que está con usted ahora o al teléfono. Solo mostramos si existe esa cuenta.
way-in-find-hint = Si lo recuerda.
way-in-find-go = Buscar
way-in-or = O su nombre completo
way-in-called = Cómo le llaman
way-in-called-hint = Como está en su página aquí.
way-in-family = Apellido
way-in-error-find = Escriba su nombre para entrar, o las dos partes de su nombre.
way-in-team = Para alguien que trabaja aquí, abra su nombre en la página del equipo.
way-in-nobody = No encontramos a nadie que pueda entrar aquí.
way-in-nobody-more = Revise cómo está escrito. Quien no tiene cuenta recibe una invitación de la persona que le acompaña.
way-in-sure = Primero asegúrese de que es esa persona.
way-in-sure-more = Quien tiene el enlace entra. Si no la conoce, pregunte a alguien que sí. Se le dice que usted hizo esto.
way-in-since = Cuenta desde el { $day }.
way-in-walks = { $names } puede decir si es esa persona.
way-in-make = Crear un enlace para una contraseña nueva
way-in-worker = Olvidó su nombre o su contraseña
way-in-worker-more = Esto crea un enlace que usted le entrega. Primero asegúrese de que es esa persona. Elige una contraseña nueva. Su segundo paso se queda.
way-in-for = Una contraseña nueva para { $name }
way-in-shown = Este enlace ya se mostró
way-in-shown-do = Por seguridad no se muestra otra vez. Si se perdió, cree otro.
way-in-how = Abra esta dirección en su teléfono o en cualquier computadora. Allí elija una contraseña nueva.
way-in-scan = Un código para escanear con la cámara de un teléfono
way-in-once = { $hours ->
    [one] Sirve una vez, durante una hora.
   *[other] Sirve una vez, durante { $hours } horas.
} No lo comparta.
way-in-once-more = Imprímalo o muéstreselo. Si se pierde, cree otro. Entonces el anterior no abre nada.
way-in-told = Su página le dice que se creó este enlace. Si se le puede avisar, también recibe un aviso.
way-in-mailed = También llegó a su correo.
way-in-mailed-more = Es el correo que nos mostró que es suyo.
way-in-not-mailed = No se pudo enviar el correo.
way-in-not-mailed-do = Dele el enlace que está aquí.
way-in-elsewhere = Lo hace quien dirige la agencia
way-in-elsewhere-why = Esta cuenta pertenece a más que este programa.
way-in-elsewhere-do = Pida a quien dirige toda la agencia que cree el enlace. También encuentra a esta persona en la página de su equipo o por su nombre.
way-in-invite-email = Su correo electrónico
way-in-invite-email-hint = Puede dejarlo vacío. Entonces usted recibe un enlace para entregar. La carta lleva el enlace y ningún nombre.
way-in-invite-person-hint = Solo si lo desea y nadie más lee su correo. Si no, déjelo vacío. La carta lleva el enlace y ningún nombre.
way-in-invite-lang = Idioma de la carta
way-in-invite-sent = La invitación va en camino.
way-in-invite-sent-more = { $days ->
    [one] La carta lleva un enlace. Sirve una vez, durante un día.
   *[other] La carta lleva un enlace. Sirve una vez, durante { $days } días.
} Si no llega, invite otra vez.
