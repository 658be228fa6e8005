# What workers can show, and what they may do with it. Needs native review.
credential-yes = Sí
credential-not-yet = Todavía no
credential-no = No
credential-all-there = Todo está en su lugar.
credential-one-left = Falta una cosa: { $name }.
credential-left = Faltan { $count } de { $all } cosas.
credential-until-then = Mientras tanto:
credential-must-choose = Su programa tiene que elegir algo primero.
credential-supervisor-books = Su supervisor aparta la próxima reunión.
credential-yes-until = Es sí hasta el { $day }, si no llega nada nuevo.
credential-changes-on = La respuesta cambia el { $day }, si no llega nada nuevo.
credential-until-short = cambia el { $day }
credential-add-for = Agregar: { $name }
credential-count = { $done } de { $all } listas
credential-what-it-takes = Lo que hace falta
credential-where-from = De dónde viene esto
credential-needs-checking = falta confirmarlo
credential-add = Agregar
credential-others = Otras preguntas
credential-of = { $have } de { $need }
credential-hours-of = { $have } de { $need } horas
credential-cycle-until = horas, hasta el { $day }
credential-share = { $what }: al menos { $need }. Usted tiene { $have }.
credential-add-hours = Agregar horas
credential-learn = Dónde aprender más
credential-sent = Lo que ha mostrado
credential-sent-none = Todavía nada. Empiece con su certificado, si lo tiene.
credential-yours = Esto es suyo. Se va con usted cuando se vaya.

# Cómo está cada cosa.
credential-done = Listo
credential-nothing-due = Nada pendiente
credential-handed-in = Entregado
credential-lifted = Suspendido por ahora
credential-missing = Sin hacer
credential-out-of-date = Vencido
credential-later = Empieza después
credential-less = No alcanza
credential-not-passed = No aprobado
credential-not-clear = Con observación
credential-new-version = Versión nueva
credential-hand-in = Entregar
credential-inactive = Inactivo
credential-void = Empezar de nuevo
credential-overdue = Por apartar
credential-chain = Así no
credential-choose = Por elegir
credential-good-until = Vale hasta el { $day }
credential-no-end = Sin fecha final
credential-due-by = La próxima, antes del { $day }
credential-not-on-file = Aún no está
credential-ended = Venció el { $day }
credential-from = Desde el { $day }
credential-topics = Falta: { $topics }
credential-version-is = Ahora: { $version }
credential-hand-in-by = Antes del { $day }
credential-since = Desde el { $day }
credential-was-due = Antes del { $day }

# Agregar.
credential-add-title = Agregar: { $name }
credential-own-life = Usted dice que es así. Nadie necesita la historia. Solo usted y quien revisa papeles lo ven.
credential-title = ¿Cómo se llamaba?
credential-which = ¿Cuál?
credential-level = ¿Hasta dónde estudió?
credential-level-high-school = Secundaria o GED
credential-level-associate = Dos años de universidad
credential-level-bachelor = Cuatro años de universidad
credential-level-master = Maestría
credential-level-doctorate = Doctorado
credential-pick = Elija uno
credential-field = ¿En qué campo?
credential-field-other = Otro campo, o ninguno
credential-born = Su fecha de nacimiento
credential-day-on-it = La fecha del diploma
credential-first-day = Primer día
credential-last-day = Último día
credential-last-day-open = Último día. Déjelo vacío si sigue.
credential-until-hint = Déjelo vacío si no hay.
credential-training-ended = El día que terminó
credential-hours = Horas
credential-hours-hint = Por ejemplo 6 o 1.5.
credential-categories = ¿De qué trató?
credential-topics-for-families = Temas que las familias necesitan
credential-topics-which = ¿De cuáles trató?
credential-own-corner = Lo que usted oye puede quedarse en usted. Su rincón es solo suyo.
credential-sponsor = ¿Quién la dio?
credential-sponsor-other = Otra persona o grupo
credential-exam-day = El día del examen
credential-exam-result = ¿Cómo le fue?
credential-passed = Aprobado
credential-score = Puntos de 100, si los sabe
credential-how-many = ¿Cuántos?
credential-version = ¿Qué versión?
credential-version-hint = El número o la fecha que lleva.
credential-i-read = Lo leí: { $name }
credential-is-true = Esto es verdad para mí: { $name }
credential-number = Número del certificado, si lo hay
credential-file = Una foto o un archivo
credential-file-hint = Una foto o un PDF, de hasta 10 MB. Puede mandarlo ahora o guardarlo hasta que lo pidan.
credential-send = Mandar
credential-add-diploma = Mejor agregar un diploma
credential-add-work = Mejor agregar años de trabajo
credential-add-hand-in = Ya entregué mis horas
credential-work-kind = ¿Qué tipo de trabajo?
credential-said-on = Lo dijo el
credential-read-on = Lo leyó el
credential-handed-in-on = El día que las entregó

credential-error-day = Elija el día.
credential-error-until = Elija el último día, o déjelo vacío.
credential-error-future = Ese día aún no llega. Elija un día hasta hoy.
credential-error-order = El último día es antes del primero. Mírelo otra vez.
credential-error-hours = Escriba las horas con número, como 6 o 1.5.
credential-error-which = Elija cuál es.
credential-error-level = Elija hasta dónde estudió.
credential-error-count = Escriba cuántos, con número.
credential-error-true = Márquelo si es verdad. Si no lo es, salga de la página.
credential-error-read = Márquelo cuando lo haya leído.
credential-error-version = Escriba el número o la fecha que lleva.
credential-error-passed = Elija cómo le fue.
credential-error-score = Escriba los puntos con número hasta 100, o déjelo vacío.
credential-error-title = Escriba cómo se llamaba.
credential-error-large = Este archivo pasa de 10 MB. Una foto nueva suele pesar menos. Elíjala otra vez.
credential-error-kind = Esto no es una foto ni un PDF. Mande un JPEG, un PNG o un PDF.
credential-error-active = Hay algo en este PDF que puede correr solo, así que no puede entrar. Una foto de la hoja sirve.
credential-error-locked = Este PDF está cerrado y nadie puede verlo por dentro. Una foto de la hoja sirve.
credential-error-why = Escriba qué falta, para que sepan qué hacer.

# Revisar.
credential-waiting = En espera
credential-waiting-counts = Ya cuenta. Alguien lo va a revisar.
credential-accepted = Revisado
credential-accepted-on = Revisado el { $day }.
credential-sent-back = Devuelto
credential-sent-on = Mandado el { $day }
credential-typed = Lo que se escribió
credential-paper = El papel
credential-paper-none = No vino ningún papel.
credential-paper-alt = La foto que se mandó
credential-open-file = Descargarlo
credential-take-back = Retirarlo
credential-decide = ¿Dice lo mismo el papel?
credential-take = Sí, está bien
credential-why = Si no: ¿qué falta?
credential-why-hint = Lo van a leer. Diga qué ayudaría, como una foto más clara.
credential-send-back = Devolverlo
credential-queue-lead = Lo que espera más va primero. Cuenta mientras espera.
credential-queue-none = Nada por revisar
credential-queue-none-more = Cuando alguien mande un papel, aparece aquí.
credential-own = Es suyo: otra persona lo revisa
credential-kind-born = Fecha de nacimiento
credential-kind-education = Estudios
credential-kind-experience = Trabajo
credential-kind-attestation = Lo que dijo
credential-kind-paper = Papel
credential-kind-training = Capacitación
credential-kind-exam = Examen
credential-kind-credit = Horas
credential-kind-acknowledgement = Lectura
credential-kind-submission = Horas entregadas
credential-kind-reactivation = Certificado retomado
credential-kind-attribute = Lo que es como supervisor

# Los próximos 90 días.
credential-ahead-lead = Lo que cambia solo en los próximos 90 días. Una palabra a tiempo salva una visita.
credential-ahead-none = Nada cambia en 90 días
credential-ahead-none-more = Cuando algo se acerque a su fin, aparece aquí a tiempo.
credential-ahead-ends = Es sí hasta el día antes.
credential-ahead-changes = La respuesta mejora.

# Beside a note of what has happened.
credential-gate = { $ask } Todavía falta algo para eso. Deje su nota como está. Aquí está lo que falta:

# Llevárselo.
credential-along = Llevármelo
credential-along-lead = Un archivo con lo que es suyo. Se abre en cualquier computadora. También puede bajarlo después, aunque ya no trabaje aquí.
credential-along-shown = { $count ->
    [one] 1 cosa que ha mostrado, { $papers } con su documento
   *[other] { $count } cosas que ha mostrado, { $papers } con sus documentos
}
credential-along-supervision = { $count ->
    [one] 1 reunión de supervisión
   *[other] { $count } reuniones de supervisión
}
credential-along-hours = { $hours } horas con personas, por mes, sin ningún nombre
credential-along-file = Descargarlo
credential-along-part = Descargar la parte { $number } de { $all }
credential-along-careful = El archivo no está cerrado con llave. Guárdelo donde solo usted pueda abrirlo.
credential-along-about = Lo que he mostrado en el trabajo, la supervisión que tuve y mis horas con personas. Los documentos están al lado de esta página, con los mismos números.
credential-along-months = Horas con personas, por mes
