# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count. Needs native review.
flash-saved = Guardado.
flash-programme-opened = El programa está abierto. Esto es lo que sigue.
flash-programme-adopted = Adoptada. Vale desde el día que eligió.
flash-worker-supervisor = Guardado. Ya sabe a quién llamar.
flash-worker-deputy = Guardado. Ya hay quien le supla.
flash-worker-ended = El papel terminó.
flash-question-answered = Enviado. Ya puede leer su respuesta.
flash-question-before = Alguien respondió antes que usted.
flash-signed-out = Cerró su sesión.
flash-password-changed = Su contraseña cambió.
flash-kept-dropped = Desechado.
