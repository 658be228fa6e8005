# Preguntas sobre miradas, para responsables de privacidad. Needs native review.
question-list = Preguntas sobre quién miró
question-lead = Alguien vio quién leyó su expediente y pregunta por qué. Su respuesta le llega en palabras sencillas.
question-none = No hay preguntas en espera
question-none-more = Cuando alguien pregunte por una mirada, aparecerá aquí.
question-due = Responder a más tardar: { $day }
question-overdue = Pasó su día
question-about = Preguntó por esto: { $look }
question-open = Responder
question-of = { $name } pregunta por una mirada
question-asked = La pregunta
question-answer = Su respuesta
question-answer-hint = Diga quién miró, para qué y qué pasa ahora. Si no debió pasar, dígalo.
question-send = Enviar la respuesta
question-error-answer = Primero escriba su respuesta.
question-error-long = La respuesta es muy larga. Por favor, acórtela.
