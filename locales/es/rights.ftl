# Rights and the limits of privacy; the sentences themselves come from the pack. Needs native review.
rights-title = Con qué puede contar
rights-yours = Sus derechos
rights-privacy = Lo que no puede quedar en privado
