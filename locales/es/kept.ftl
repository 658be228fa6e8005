# What was typed when the session had ended, given back. Needs native review.
kept-title = Guardamos lo que escribió
kept-lead = Su sesión se cerró antes de que llegara. Nadie más lo ha visto. Envíelo ahora o deséchelo.
kept-typed = Lo que usted escribió
kept-short = Era un formulario corto, sin nada más largo escrito.
kept-send = Enviar ahora
kept-drop = Ya no lo necesito
kept-until = Lo guardamos por un día.
