# Said once, on the page after something was done. Keys begin with flash-; a number may come as $count. Needs native review.
flash-saved = Guardado.
flash-goal-said = Su meta está aquí. Con sus palabras, tal como las dijo.
flash-goal-reached = Lo logró. Queda en su página.
flash-goal-set-aside = Queda a un lado. Puede volver a decirla cuando quiera.
flash-goal-closed-before = Esa meta ya estaba cerrada. No cambió nada más.
flash-words-added = Sus palabras quedan junto a esta nota.
flash-words-differently = Queda escrito que usted lo ve de otra manera. Nadie puede quitarlo.
flash-look-asked = Enviado. La persona responsable de privacidad le responderá aquí.
flash-choice-agreed = Listo. Puede pararlo cuando quiera.
flash-choice-stopped = Parado. Ya no lo puede abrir.
