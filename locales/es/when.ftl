# Days and lengths of time. Dates themselves come from the calendar of each language. Needs native review.
when-today = Hoy
when-yesterday = Ayer
when-tomorrow = Mañana
when-moment = { $day }, { $time }
when-span = de { $from } a { $to }
when-minutes = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
}
when-hours = { $hours ->
    [one] 1 hora
   *[other] { $hours } horas
}
when-both = { $hours } y { $minutes }
