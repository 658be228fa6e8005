# The second step of signing in, where one is signed in, and showing again that it is you. Needs native review.
session-code-title = Un paso más
session-code-lead = Su contraseña es correcta. Ahora muestre que tiene con usted su teléfono o su papel.
session-code = Código
session-code-hint = Los seis números que muestra ahora su aplicación. O uno de los códigos de su papel.
session-code-go = Seguir
session-code-lost = ¿Perdió los dos? Pregunte en su programa. Alguien de ahí puede quitar este paso.
session-code-back = Empezar de nuevo
session-list = Dónde tiene su sesión abierta
session-list-lead = ¿Hay un dispositivo que no conoce? Cierre esa sesión. Después cambie su contraseña.
session-list-more = No guardamos ninguna dirección ni lugar. Cada sesión se cierra sola después de un rato sin uso.
session-unknown = Un navegador que no conocemos
session-since = Entró: { $day }.
session-seen = Último uso: { $day }.
session-shared = Otras personas también lo usan.
session-this = Este
session-end = Cerrar sesión
session-end-others = Cerrar sesión en todos los demás
session-only = Solo tiene su sesión abierta aquí.
session-prove-title = Por favor, muestre que es usted
session-prove-lead = Este paso es importante, y usted mostró quién es hace más de { $minutes } minutos. Otra persona podría estar frente a su pantalla.
session-prove-field = Su contraseña
session-prove-hint = O un código de su segundo paso, si lo tiene.
session-prove-go = Seguir
session-prove-safe = Lo que escribió está a salvo. Sigue desde aquí.
session-error-code = Este código no sirve. Espere el siguiente y escríbalo. Cada código sirve una vez.
session-error-wait = Hubo demasiados intentos. Espere { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} e inténtelo otra vez.
session-error-prove = Esto no sirve. Escriba la contraseña con la que entra.
