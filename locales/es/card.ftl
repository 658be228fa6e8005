# Una tarjeta en manos de un desconocido.
# Needs native review.
card-ask-title = ¿Tiene usted la tarjeta de alguien?
card-ask-lead = Escriba el código de la tarjeta para ver lo que la persona quiere que usted sepa.
card-code = El código de la tarjeta
card-code-hint = Dieciséis letras y números. Los espacios no importan.
card-open = Abrir la tarjeta
card-error-code = Ninguna tarjeta tiene este código, o fue desactivada. Revise cada letra y pruebe otra vez.
card-title = { $name } le pide ayuda
card-lead = { $name } escribió esto para un momento difícil. Gracias por quedarse. Hable con calma y quédese cerca si puede.
card-more = Si necesita más ayuda
card-more-text = Llame o escriba al 988 y diga lo que ve. Llame al 911 cuando alguien está herido o a punto de estarlo.
card-told = { $name } recibe un aviso cada vez que se abre esta tarjeta.
