# Spanish needs native review.
# What is said outside of the pages: on a locked screen, in a mailbox, by a voice. No name, nothing about anybody.

notice-report-title = Porchlight: mire ahora, por favor
notice-report-body = Un aviso de seguridad espera a que alguien se haga cargo. Mire ahora, por favor:
notice-report-spoken = Le habla Porchlight. Un aviso de seguridad espera a que alguien se haga cargo. Abra Porchlight ahora, por favor.

notice-practice-title = PRÁCTICA: Porchlight, mire por favor
notice-practice-body = PRÁCTICA, nadie está en peligro. Mire ahora, como lo haría de verdad:
notice-practice-spoken = Esto es una práctica. Nadie está en peligro. Abra Porchlight ahora, como lo haría de verdad. Esto es una práctica.

notice-test-title = Porchlight: una prueba para usted
notice-test-body = Esto es una prueba. No ha pasado nada. Abra esto para mostrar que le llegó:
notice-test-spoken = Le habla Porchlight con una llamada de prueba. No ha pasado nada.

notice-taken-title = Porchlight: alguien ya se hizo cargo
notice-taken-body = Alguien se hizo cargo del aviso de seguridad. Puede leer más aquí:
notice-taken-spoken = Le habla Porchlight. Alguien se hizo cargo del aviso de seguridad por el que le llamamos.

notice-question-title = Porchlight: una pregunta para usted
notice-question-body = Alguien con quien trabaja le hizo una pregunta. Mírela hoy, por favor:
notice-question-spoken = Le habla Porchlight. Alguien con quien trabaja le hizo una pregunta. Mírela hoy, por favor.

notice-all-right-title = Porchlight: ¿está bien?
notice-all-right-body = Nos pidió que le preguntáramos. ¿Está bien? Responda con un toque:
notice-all-right-spoken = Le habla Porchlight. Nos pidió que le preguntáramos. Por favor, abra Porchlight y díganos que está bien.

notice-no-answer-title = Porchlight: alguien no ha respondido
notice-no-answer-body = Alguien a su cargo no ha respondido. Por favor, mire ahora y llámele:
notice-no-answer-spoken = Le habla Porchlight. Alguien a su cargo no ha respondido. Por favor, abra Porchlight ahora y llámele.

notice-soon-title = Porchlight: se acerca algo
notice-soon-body = Se acerca algo que usted planeó. Mire aquí:
notice-soon-spoken = Le habla Porchlight. Se acerca algo que usted planeó.

notice-invitation-title = Porchlight: su invitación
notice-invitation-body = Le invitamos a Porchlight. Abra este enlace para empezar:
notice-invitation-spoken = Le habla Porchlight. Tiene una invitación.

notice-new-password-title = Porchlight: una contraseña nueva
notice-new-password-body = Con este enlace pone una contraseña nueva. Sirve una vez, durante un día:
notice-new-password-spoken = Le habla Porchlight. Tiene un enlace para una contraseña nueva.

notice-mailbox-title = Porchlight: ¿es suyo este correo?
notice-mailbox-body = Alguien anotó este correo en Porchlight. Si fue usted, abra esto:
notice-mailbox-spoken = Le habla Porchlight. Confirme su correo, por favor.

notice-sign-in-title = Porchlight: sobre su forma de entrar
notice-sign-in-body = Algo pasó con su forma de entrar. Si no fue usted, mire ahora, por favor:
notice-sign-in-spoken = Le habla Porchlight. Algo pasó con su forma de entrar. Si no fue usted, mire, por favor.

notice-reminder-title = Porchlight: algo le espera
notice-reminder-body = Algo le espera en Porchlight. No hay prisa:
notice-reminder-spoken = Le habla Porchlight. Algo le espera. No hay prisa.

notice-letter-why = Este mensaje no dice más a propósito, porque otros podrían verlo. No lo conteste, por favor: nadie lee lo que llega aquí.
notice-press-key = Marque 1, por favor, para mostrar que escuchó esto.
notice-key-pressed = Gracias. Ahora abra Porchlight, por favor.
