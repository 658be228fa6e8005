# What we call things until a programme's pack says otherwise: page.w("people"). Needs native review.
word-people = personas
word-peer = especialista de apoyo entre pares
word-team = equipo
word-person = persona
word-contact = visita
word-contacts = visitas
