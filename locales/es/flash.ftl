# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count. Needs native review.
flash-saved = Guardado.
flash-draft-saved = Guardado. Puede terminarlo en cualquiera de sus dispositivos.
flash-draft-discarded = El borrador se borró.
flash-note-signed = Firmado. La nota está en el archivo.
flash-note-added = Agregado. Queda junto a la nota.
flash-note-read = Firmado. Esto es lo que sigue.
flash-work-logged = Anotado. Cuenta como tiempo pagado.
