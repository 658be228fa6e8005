# Ayuda con las palabras, bajo los cuadros donde alguien escribe sobre alguien. Needs native review.
words-heard = Mire la palabra “{ $words }”.
words-try = Puede probar
words-or = o
words-use = Usar esto
words-use-other = Usar “{ $words }”
words-keep = Dejarlo así
words-says = Así lo dice la persona
words-hard = Esto se lee como grado { $grade }. Frases y palabras más cortas ayudan a más personas.
words-on-the-child = Casi todo esto es sobre el niño o la niña. ¿Qué quiso, hizo o sintió la mamá, el papá o quien cuida?
words-look = Unas palabras para mirar
words-look-more = Puede cambiarlas o firmar así. Su nota está guardada.
words-off-title = Ayuda con las palabras
words-off-more = Cuando usted escribe sobre alguien, le señalamos palabras que pueden herir. Nadie más lo ve.
words-is-on = Está activada.
words-is-off = Está apagada.
words-turn-off = Apagarla
words-turn-on = Activarla
