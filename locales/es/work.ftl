# Work without a person, and one's own time. Needs native review.
work-title = Mi tiempo
work-paid = Todo es tiempo pagado.
work-log = Anotar trabajo sin una persona
work-kind = ¿Qué fue?
work-need-kind = Elija qué tipo de trabajo fue.
work-start = Inicio
work-end = Fin
work-words = Agregar una línea. Nunca sobre una persona.
work-save = Anotar
work-since = Desde el { $day }
work-all = en total
work-with-people = con personas
work-other = otro trabajo
work-yours = Usted ve estos números antes que nadie. El tiempo con personas cuenta cuando la nota está firmada.
work-list = Otro trabajo
work-none = Todavía no hay nada anotado.
