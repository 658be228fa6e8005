# Passkeys: one's own, and signing in with one. Needs native review.
passkey-title = Llaves de acceso
passkey-lead = Con una llave de acceso entra con su teléfono, su computadora o una llave, tal como los desbloquea: con el dedo, la cara o un PIN. No escribe ninguna contraseña.
passkey-none = Todavía no tiene ninguna. Nadie se lo pide.
passkey-new = Agregar una llave de acceso
passkey-new-what = Su dispositivo le pide desbloquearlo. Luego guarda una llave para Porchlight, con dos letras de su nombre. Su dedo y su cara se quedan en el dispositivo.
passkey-new-own = Hágalo solo en un dispositivo que nadie más puede desbloquear. Quien puede desbloquearlo entra.
passkey-new-go = Crearla en este dispositivo
passkey-cannot = Aquí no funcionó.
passkey-cannot-more = Este navegador o esta dirección no puede crear una llave, o se detuvo. Intente otra vez o use otro navegador. Su contraseña funciona como siempre.
passkey-since = Creada: { $day }.
passkey-unused = Sin uso todavía.
passkey-remove = Quitar
passkey-password = Su contraseña sigue sirviendo. Si trabaja aquí, después le pedimos la llave o un código. Una página que imita la nuestra no obtiene nada de una llave.
passkey-sign-in = Entrar con una llave de acceso
passkey-prove = Mostrarlo con una llave de acceso
passkey-not-shown = No funcionó. Intente otra vez o use su contraseña.
passkey-error = Esta llave no corresponde. Intente otra vez o use su contraseña.
