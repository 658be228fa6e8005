# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count. Needs native review.
flash-saved = Guardado.
