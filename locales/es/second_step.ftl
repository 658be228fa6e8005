# The second step of signing in: setting it up, codes for paper, taking it off. Needs native review.
second-step-title = Un segundo paso para entrar
second-step-by = Su programa le pide preparar un segundo paso para entrar, a más tardar el { $day }.
second-step-see = Ver cómo
second-step-later = Hasta entonces puede dejarlo para después.
second-step-may = Puede agregar un segundo paso. Nadie se lo exige.
second-step-first = Por favor, prepare esto primero.
second-step-first-more = Su programa lo pide a todas las personas que trabajan aquí. Toma unos dos minutos. Después usted sigue. Ayuda ahora, Avisar a alguien y su propio rincón funcionan como siempre.
second-step-what = Entra con su contraseña como antes. Después escribe seis números que muestra una aplicación en su teléfono.
second-step-why = Si alguien descubre su contraseña, aun así no puede abrir lo que las personas le confiaron.
second-step-set-up = Prepararlo
second-step-not-now = Ahora no
second-step-on = Su segundo paso está listo.
second-step-since = Desde el { $day }.
second-step-paper = Códigos en papel
second-step-left = { $count ->
    [0] No quedan códigos en su papel.
    [one] Queda un código en su papel.
   *[other] Quedan { $count } códigos en su papel.
}
second-step-paper-more = Cada uno abre una vez, cuando su teléfono se perdió o no tiene carga. Con códigos nuevos, el papel anterior ya no abre nada.
second-step-codes-new = Hacer códigos nuevos
second-step-other-app = Pasarlo a otro teléfono o aplicación
second-step-off = Quitar el segundo paso
second-step-off-more = Entonces su contraseña queda sola. Para eso necesita al menos 15 caracteres.
second-step-off-go = Quitarlo
second-step-new = Preparar el segundo paso
second-step-one = 1. Consiga una aplicación
second-step-one-more = Sirve cualquier aplicación de códigos para entrar. Muchos teléfonos ya tienen una: busque en sus contraseñas. No necesita señal.
second-step-two = 2. Escanee esto con la aplicación
second-step-two-more = En la aplicación, agregue una cuenta. Después apunte la cámara aquí.
second-step-scan = Un código para escanear con la aplicación
second-step-type = O escriba estas letras en la aplicación:
second-step-three = 3. Escriba lo que muestra la aplicación
second-step-code = Seis números
second-step-code-hint = Cambian cada medio minuto.
second-step-go = Prepararlo
second-step-error-code = Estos números no sirven. Espere hasta que la aplicación muestre otros y escríbalos. ¿Está bien la hora de su teléfono?
second-step-codes = Diez códigos para papel
second-step-codes-lead = Su teléfono se puede perder. Entonces cada uno de estos abre una vez, en lugar de los seis números.
second-step-codes-once = Los mostramos solo ahora.
second-step-codes-keep = Imprímalos o anótelos. Guarde el papel donde guarda sus llaves, no en su teléfono.
second-step-codes-done = Ya los tengo
second-step-codes-shown = Estos códigos ya se mostraron. No los guardamos. Si no los tiene, haga otros nuevos.
second-step-forget = Perdió su teléfono y su papel
second-step-forget-more = Esto quita su segundo paso y cierra su sesión en todas partes. Primero asegúrese de que es esa persona. Entra con su contraseña y lo prepara otra vez.
second-step-forget-go = Quitarlo
second-step-passkey = Una llave de acceso hace lo mismo: su teléfono o una llave, desbloqueada con el dedo, la cara o un PIN. Está en la página de su cuenta.
