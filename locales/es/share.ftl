# What a person shares with whom. Needs native review.
share-title = Lo que comparte { $name }
share-link = Lo que comparte
share-link-note = Con quién y hasta cuándo
share-lead = El equipo no lee nada si la persona no dice que sí. Escríbalo tal como lo dice. Puede pararlo cuando quiera, y para de inmediato.
share-none = { $name } no comparte nada en este momento.
share-line = { $name } puede leer: { $part }
share-until = Hasta el { $day }
share-stopped = Se paró el { $day }
share-stop = Parar
share-give = Decir que sí a alguien
share-reader = ¿Quién puede leerlo, según dice { $name }?
share-part = ¿Qué puede leer?
share-part-profile = La primera página: quién es
share-part-notes = Las notas firmadas de las visitas
share-how-long = ¿Por cuánto tiempo?
share-days = { $days ->
    [365] Un año
   *[other] { $days } días
}
share-agree = { $name } dice que sí
share-no-team = Todavía no hay nadie en el equipo con quien compartir.
share-past = Antes
share-error-reader = Elija quién puede leerlo.
share-error-part = Elija qué puede leer.
share-error-days = Elija por cuánto tiempo.
