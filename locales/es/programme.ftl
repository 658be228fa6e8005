# Preparar un programa: el paquete, lo que falta, reglas, opciones. Needs native review.
programme-list = Programas
programme-none = Todavía no hay programas
programme-none-more = Abra el primero con el paquete de su estado. Toma unos diez minutos.
programme-open = Abrir un programa
programme-pick = ¿Qué paquete va con este programa?
programme-pick-lead = Un paquete reúne lo que un estado pide al apoyo entre pares, con la fuente de cada regla. Usted puede pedir más y cambiar las opciones abiertas después.
programme-use = Usar este paquete
programme-other-pack = Elegir otro paquete
programme-version = Versión { $version }
programme-pack-version = { $pack }, versión { $version }
programme-about-family = Para madres, padres y cuidadores. La madre o el padre es la persona a quien se acompaña, y habla de resiliencia.
programme-about-recovery = Para personas adultas en su propio camino. Habla de recuperación.
programme-about-resilience = Para personas adultas en su propio camino. Habla de resiliencia.
programme-documents = { $count ->
    [one] 1 documento de donde viene
   *[other] { $count } documentos de donde viene
}
programme-to-check = { $count ->
    [one] 1 opción que nadie ha confirmado
   *[other] { $count } opciones que nadie ha confirmado
}
programme-new = Abrir un programa
programme-basics = El programa
programme-name = Nombre del programa
programme-name-hint = Como lo conoce la gente. Se ve al entrar.
programme-zone = Zona horaria
programme-zone-hint = Las visitas y los plazos se muestran en ella. No se puede cambiar después.
programme-zone-eastern = Este (Nueva York, Atlanta)
programme-zone-central = Centro (Chicago, Birmingham)
programme-zone-mountain = Montaña (Denver)
programme-zone-arizona = Arizona (Phoenix)
programme-zone-pacific = Pacífico (Los Ángeles)
programme-zone-alaska = Alaska (Anchorage)
programme-zone-hawaii = Hawái (Honolulu)
programme-zone-atlantic = Atlántico (Puerto Rico)
programme-zone-guam = Guam
programme-choose = Elija una opción
programme-group-notes = Notas
programme-group-notes-hint = Cuándo se entrega una nota y quién firma.
programme-group-service = Contar el tiempo
programme-group-service-hint = Cómo los minutos se vuelven unidades para quien paga.
programme-group-support = Quién es responsable
programme-group-support-hint = Quién respalda a cada persona a quien apoyan.
programme-group-young = Jóvenes
programme-group-young-hint = Desde qué edad una persona joven decide sola. Desde ese cumpleaños, su tutor puede ver menos.
programme-group-workers = Capacitación, supervisión, renovación
programme-group-workers-hint = Lo que su estado deja abierto. Elija una vez.
programme-group-worker-musts = Lo que su programa siempre pide a quienes trabajan
programme-group-worker-musts-hint = Su paquete solo lo sugiere. Si marca algo, el trabajo que lo necesita espera.
programme-group-musts = Lo que una nota siempre lleva
programme-group-musts-hint = Su paquete lo sugiere. Si marca algo, ninguna nota se firma sin eso.
programme-default = El paquete dice: { $default }.
programme-needs-checking = Falta confirmar
programme-checked = Lo revisamos para nuestro programa
programme-strength-must = Obligatorio
programme-strength-should = Se espera
programme-strength-recommended = Recomendado
programme-strength-preferred = Bueno tenerlo
programme-yes = Sí
programme-no = No
programme-days = { $days ->
    [one] 1 día
   *[other] { $days } días
}
programme-years = { $years ->
    [one] 1 año
   *[other] { $years } años
}
programme-people = { $people ->
    [0] Sin número
    [one] 1 persona
   *[other] { $people } personas
}
programme-error-name = Escriba el nombre del programa.
programme-error-name-long = El nombre es muy largo. Use 200 letras o menos.
programme-error-zone = Elija la zona horaria del lugar.
programme-error-from = Elija hoy o un día posterior. Lo escrito antes conserva las reglas de su día.
programme-fault-range = “{ $name }”: escriba un número entero de { $min } a { $max }.
programme-fault-choice = “{ $name }”: elija una de las opciones.
programme-fault-closed = “{ $name }”: esto lo fija el paquete, así que queda como está.
programme-fault-late = Una nota no puede estar atrasada antes de su plazo. Elija al menos { $days ->
    [one] 1 día
   *[other] { $days } días
}, o un plazo más corto.
programme-fault-looser = “{ $name }”: el paquete exige “{ $default }”. Por favor, déjelo así.
programme-fault-looser-lower = “{ $name }”: el paquete exige { $default }. Puede elegir menos, pero no más.
programme-fault-looser-higher = “{ $name }”: el paquete exige { $default }. Puede elegir más, pero no menos.
programme-steps = Preparativos
programme-ready = Todo listo
programme-left = { $count ->
    [one] Falta 1 paso
   *[other] Faltan { $count } pasos
}
programme-done = Listo
programme-to-do = Por hacer
programme-for = Para { $names }
programme-step-peers = Invite a quienes acompañan
programme-step-supervisor = Invite a quien supervisa
programme-step-supervised = Nombre quién supervisa a cada quien
programme-step-deputies = Nombre suplente para cada supervisión
programme-step-privacy = Invite a responsable de privacidad
programme-step-choices = Confirme las opciones abiertas
programme-step-person = Agregue a la primera persona
programme-why-peers = Especialistas, cada quien con su propia entrada.
programme-why-supervisor = Alguien que lee las notas y responde.
programme-why-supervised = Para que cada nota tenga quien la lea.
programme-why-deputies = Para que nada espere cuando alguien falta.
programme-why-privacy = Responde cuando alguien pregunta quién miró y por qué.
programme-why-choices = Cada opción abierta tiene respuesta.
programme-why-person = Lo hace un especialista o quien supervisa, junto con la persona.
programme-keep = Cuidar el programa
programme-keep-workers = Invitar, nombrar supervisión y suplentes
programme-keep-rules = En palabras sencillas, con sus fuentes
programme-keep-settings = Lo que el paquete le deja decidir
programme-keep-pack = Adoptar una nueva, ver el historial
programme-newer = Ya está la versión { $version } de su paquete.
programme-newer-more = Nada cambia hasta que usted la adopte, desde el día que elija.
programme-alone = Una sola persona supervisa todo este programa.
programme-alone-more = Cuando no está, nadie responde las notas. Los especialistas siguen firmando las suyas y nada se pierde. Invite a una segunda persona que pueda supervisar.
programme-day-clear = Nada le espera
programme-day-clear-more = El programa tiene lo que necesita. Es un buen día para preguntarle a alguien cómo está.
programme-day-open = Ver el programa
programme-day-waits = Esto le necesita
programme-rules = Las reglas aquí
programme-rules-note = Lo que pide una nota
programme-rules-note-lead = Solo lo que dice “Obligatorio” hace falta para firmar. Lo demás recuerda.
programme-rules-values = Plazos, unidades y quién es responsable
programme-rules-meeting = En el primer encuentro
programme-rules-meeting-lead = Qué decir, con palabras que puede usar o cambiar.
programme-rules-titles = Puestos y lo que hacen
programme-rules-titles-lead = Cómo llama su paquete a quienes trabajan aquí.
programme-own-choice = Su programa lo decidió
programme-settings = Opciones
programme-settings-lead = Puede pedir más que el paquete. Lo que elija vale desde ahora; las notas ya firmadas conservan las reglas de su día.
programme-save = Guardar opciones
programme-clash = Otra persona cambió estas opciones mientras usted estaba aquí
programme-clash-do = No se pierde nada suyo. Compare abajo. Si guarda otra vez, lo suyo toma su lugar.
programme-clash-both = Guardado ahora: { $now }. Lo suyo: { $yours }.
programme-pack = Versiones del paquete
programme-pack-now = Hoy rige la versión { $version }.
programme-adopt = Adoptar la versión { $version }
programme-adopt-lead = Las notas, las opciones y los puestos siguen la versión nueva desde el día que elija. Lo firmado antes conserva la suya.
programme-changes = Lo que cambia
programme-changes-none = Ninguna palabra ni regla. Solo comentarios en sus archivos.
programme-change-new = Nuevo
programme-change-changed = Cambiado
programme-change-gone = Ya no está
programme-part-word = Palabras
programme-part-title = Puestos
programme-part-contact-kind = Formas de verse
programme-part-place = Lugares
programme-part-purpose = Para qué es una visita
programme-part-present = Quién más puede estar
programme-part-next-step = Lo que sigue
programme-part-learning = Lugares para aprender
programme-part-advocacy = Lo que la gente pide en otros lugares
programme-part-growing = Lo que los niños de cada edad todavía aprenden
programme-part-skill = Habilidades para mirar juntos
programme-part-common-ground = Lo que pueden compartir quienes se conocen
programme-part-ground-rule = Lo que acuerdan quienes se conocen
programme-part-mentor-step = Antes de que alguien acompañe a otra persona
programme-part-supervision-topic = Temas de supervisión
programme-part-activity = Lo que hacen juntos
programme-part-work-kind = Trabajo sin una persona
programme-part-note = Lo que pide una nota
programme-part-support = Acompañar a alguien
programme-part-first-meeting = El primer encuentro
programme-part-role-card = La tarjeta sobre el apoyo entre pares
programme-part-privacy = Lo que no puede quedar en privado
programme-part-right = Derechos
programme-part-help-line = Números para llamar
programme-part-ladder = La escalera con la que se empieza
programme-part-safety-step = Pasos después de un aviso de seguridad
programme-part-tool = Herramientas
programme-part-goal-area = De qué tratan las metas
programme-part-group-guide = Guías para grupos
programme-part-question = Preguntas sobre quienes trabajan
programme-part-requirement = Lo que necesita quien trabaja
programme-part-topic = Temas de capacitación
programme-part-setting = Opciones
programme-adopt-from = ¿Desde qué día?
programme-adopt-hint = Hoy o después. Un día más adelante le da tiempo de avisar al equipo.
programme-adopt-do = Adoptarla
programme-newest = Tiene la versión más nueva.
programme-newest-more = Cuando llegue otra con una actualización, aparecerá aquí y le esperará.
programme-history = Lo que se adoptó
programme-since = Desde { $day }
programme-in-force = Vigente
programme-ahead = Todavía no
programme-adopted-by = Adoptada por { $name }
programme-measures = Cuestionarios
programme-keep-measures = Preguntas de otras organizaciones y su permiso
programme-measures-lead = Las preguntas publicadas son de quienes las hicieron. Aquí se ven solo cuando su dueño lo permite y su paquete tiene las preguntas.
programme-measure-free = Uso libre
programme-measure-asks = Necesita permiso
programme-measure-permitted = Hay permiso guardado
programme-measure-lapsed = El permiso no está vigente
programme-measure-never = Aquí nunca se ofrece
programme-measure-here = Su paquete tiene las preguntas.
programme-measure-absent = Su paquete todavía no tiene las preguntas.
programme-measure-given = { $name } dio permiso el { $day }.
programme-measure-until = Vale hasta el { $day }.
programme-measure-kept = El papel está aquí: { $place }
programme-measure-record = Anotar un permiso
programme-measure-by = ¿Quién lo dio?
programme-measure-on = ¿Qué día?
programme-measure-ends = Su último día
programme-measure-where = ¿Dónde se guarda el papel?
programme-measure-where-hint = Para que otra persona lo encuentre.
programme-measure-keep = Guardar el permiso
programme-measure-remove = Quitar el permiso
programme-measure-error-by = Escriba quién dio el permiso.
programme-measure-error-on = Escriba el día en que se dio.
programme-measure-error-until = El último día va después del día en que se dio.
programme-measure-error-kept = Escriba dónde se guarda el papel.
programme-measure-error-long = Es demasiado largo. Use menos de 2,000 caracteres.
