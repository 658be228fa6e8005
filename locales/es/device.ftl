# Teléfonos que sirven sin señal. Needs native review.
device-title = Este teléfono sin señal
device-lead = Su teléfono puede guardar las páginas de hoy y recibir lo que escribe cuando no hay señal. Las abre con un PIN.
device-days = Guarda páginas para leer { $days ->
    [one] un día
   *[other] { $days } días
  } después de la última señal.
device-written = Lo que escribe se queda en el teléfono hasta que lo tenemos. Se envía solo.
device-five = Cinco PIN equivocados lo cierran. Lo que escribió se envía igual.
device-no-script = Esto necesita scripts, que están apagados en su navegador.
device-set-up = Preparar este teléfono
device-pin = PIN
device-pin-hint = De 6 a 12 números. No el PIN de su teléfono.
device-pin-again = El PIN otra vez
device-pin-weak = Use de 6 a 12 números que no sean todos iguales ni seguidos.
device-pin-differ = Los dos PIN no son iguales. Escriba los dos otra vez.
device-pin-wrong = No es ese. Intentos que quedan:
device-others = En este teléfono esperan palabras de otra persona. Esa persona entra primero, para que no se pierda nada.
device-failed = No nos llegó. Intente otra vez cuando tenga señal.
device-set-up-yes = Prepararlo
device-ready = Este teléfono está listo
device-ready-more = Sin señal, abra Porchlight como siempre.
device-open = Abrir lo que hay en este teléfono
device-off = Quitar todo de este teléfono
device-waits = Algo que escribió todavía espera en este teléfono. Espere hasta que se envíe.
device-list = Sus teléfonos
device-since = Listo desde { $day }
device-heard = Última noticia: { $when }.
device-waited = { $count ->
    [one] Entonces esperaba una cosa.
   *[other] Entonces esperaban { $count } cosas.
  }
device-lost = Lo perdí
device-lost-more = Un teléfono perdido borra sus páginas cuando vuelve a tener señal. Lo que escribió en él llega igual.
device-waiting = Sin enviar
device-waits-more = Se envía solo cuando hay señal. Tóquelo para cambiarlo.
device-sent = Enviado
device-look = Enviado. Necesita que usted lo mire.
device-offline = En este teléfono
device-no-signal = Sin señal.
device-no-signal-more = Puede leer lo que hay aquí, y escribir.
device-needs-signal = Esto necesita señal. Abajo está lo que hay en este teléfono.
device-kept = Guardado en este teléfono.
device-kept-more = Se envía solo cuando hay señal.
device-none = Este teléfono no está preparado. Cuando tenga señal, entre y abra “Este teléfono sin señal” en su cuenta.
device-closed = Este teléfono está cerrado
device-closed-more = Lo que se podía leer aquí ya no está. Lo que escribió está a salvo y se envía cuando usted entra. Después elija un PIN nuevo.
device-set-up-again = Prepararlo otra vez
