# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count.
flash-saved = Saved.
