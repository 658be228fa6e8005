# Single sign-on: signing in by the agency's own provider, and linking one's account with it. Needs native review.
single-sign-on-title = Entrar con { $name }
single-sign-on-lead = Enlace su cuenta de aquí con { $name }. Después entra allá y llega aquí. No escribe ninguna contraseña de Porchlight.
single-sign-on-told = A { $name } solo le pedimos una marca que es suya. No nos da ni nombre ni correo. Sabe cuándo entra usted aquí, y nada de lo que hace.
single-sign-on-who = Quien maneja { $name } podría entrar allá como usted. Un segundo paso propio le cierra la puerta aquí.
single-sign-on-who-both = Quien maneja { $name } podría entrar allá como usted, y llegar aquí.
single-sign-on-go = Entrar con { $name } desde ahora
single-sign-on-since = Enlazada: { $day }.
single-sign-on-unused = Todavía no se ha usado.
single-sign-on-remove = Quitar
single-sign-on-password = Su contraseña y sus llaves de acceso sirven como antes.
single-sign-on-sign-in = Entrar con { $name }
single-sign-on-onward-title = Seguir a { $name }
single-sign-on-onward = Sale de Porchlight por un momento. { $name } le pregunta quién es. Después vuelve aquí.
single-sign-on-onward-go = Seguir a { $name }
single-sign-on-onward-back = Quedarse aquí
