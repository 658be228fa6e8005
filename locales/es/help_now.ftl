# Help now: works signed out. Needs native review.
help-now-title = Ayuda ya
help-now-lead = No tiene que pasar por esto a solas. Alguien puede hablar con usted ahora mismo.
help-now-danger = ¿Hay alguien en peligro en este momento?
help-now-call = Llamar al { $number }
help-now-text = Mandar un texto al { $number }
help-now-private = Nadie aquí ve que usted abrió esta página.
help-now-private-more = Su teléfono puede guardarla en su historial, y una llamada puede aparecer en el recibo.
help-now-people = Su gente
help-now-walks = Quién camina con usted
