# The frame around every page. Needs native review.
layout-skip = Ir al contenido principal
layout-error = Error:
layout-back = Atrás
layout-leave = Salir rápido
layout-account = { $initials }, su cuenta
layout-nav = Principal
layout-waiting = en espera
layout-theme = Colores:
layout-theme-device = Como mi dispositivo
layout-theme-light = Claro
layout-theme-dark = Oscuro
layout-type-large = Letra más grande
layout-type-normal = Letra más pequeña
layout-aloud = Leer en voz alta
layout-aloud-stop = Dejar de leer
