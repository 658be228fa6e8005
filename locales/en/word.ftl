# What we call things until a programme's pack says otherwise: page.w("people").
word-people = people
word-peer = peer specialist
word-team = team
word-person = person
word-contact = visit
word-contacts = visits
