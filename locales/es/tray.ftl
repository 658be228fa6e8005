# Lo que llegó de teléfonos y no se pudo archivar así. Needs native review.
tray-title = De su teléfono
tray-lead = Esto nos llegó y está a salvo. Lo necesita a usted antes de archivarlo.
tray-empty = Aquí no espera nada
tray-empty-more = Todo lo que escribió sin señal está en su lugar.
tray-closed = Ya no puede escribir ahí
tray-closed-then = Alguien dejó de compartir, o ahora otra persona acompaña. Su supervisor sabe que algo espera, no lo que dice. Cuando se arregle, intente otra vez.
tray-clash = También se cambió en otro lugar
tray-clash-then = Ábralo para ver los dos textos. Usted elige qué queda.
tray-to-put-right = Hay algo que corregir
tray-to-put-right-then = Ábralo para ver qué. Todas sus palabras siguen ahí.
tray-ended = Llegó después de que terminó su tiempo aquí
tray-ended-then = Un supervisor sabe que algo espera, no lo que dice.
tray-written = Escrito: { $when }, según el reloj de su teléfono.
tray-open = Abrir e intentar otra vez
tray-settled = Ya está arreglado
tray-settled-more = Entonces sale de esta lista. Queda sellado, y fuera del expediente.
tray-team = De los teléfonos de su equipo
tray-team-lead = Algo que una persona de su equipo escribió sin señal no se puede archivar. Usted ve de quién es, no lo que dice. Hablen.
tray-team-empty = Nada de lo que su equipo escribió sin señal lo necesita a usted.
tray-of = De { $name }
tray-team-closed = Ya no puede escribir ahí. Si debe hacerlo, nómbrela otra vez para esa persona; después lo intenta otra vez.
tray-team-ended = Llegó después de que terminó su tiempo aquí, o de un teléfono que ya no se usa.
tray-came = Llegó: { $when }.
tray-reason = Por qué queda fuera del expediente
tray-reason-hint = Lo que acordaron. No escriba lo que dice la nota.
tray-reason-missing = Escriba por qué, para que se entienda después.
tray-reason-long = Es demasiado largo. Escríbalo en 500 caracteres.
tray-aside = Dejarlo fuera del expediente
tray-some = { $count ->
    [one] Espera una cosa de un teléfono
   *[other] Esperan { $count } cosas de teléfonos
  }
tray-some-more = Hay que mirarlo antes de archivarlo
