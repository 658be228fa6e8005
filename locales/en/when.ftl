# Days and lengths of time. Dates themselves come from the calendar of each language.
when-today = Today
when-yesterday = Yesterday
when-tomorrow = Tomorrow
when-moment = { $day }, { $time }
when-span = { $from } to { $to }
when-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
when-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
when-both = { $hours } and { $minutes }
