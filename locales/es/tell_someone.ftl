# Whom somebody who works here calls when something can't wait. Needs native review.
tell-someone-title = Avise a alguien ahora
tell-someone-lead = Si algo le preocupa, no tiene que cargarlo a solas. Llame, aunque no tenga certeza.
tell-someone-whom = A quién llamar aquí
tell-someone-nobody = Todavía no hay nadie indicado para que usted le llame. Llame a la oficina de su programa y pida a su administración que indique a alguien.
tell-someone-no-number = No hay número guardado
tell-someone-next = ¿No contestan? Llame a la siguiente persona. También puede llamar a una línea de abajo.
tell-someone-privacy = Lo que no puede quedar en privado
tell-someone-privacy-more = Esto se les dijo a las personas que usted acompaña:
tell-someone-trace = Abrir esta página no deja rastro.
tell-someone-trace-more = No se envía nada y no se anota nada. Solo cuenta su llamada.
tell-someone-waits = Un aviso de seguridad espera a alguien
tell-someone-again = Un aviso por revisar otra vez
tell-someone-minute = ¿Hay alguien herido o a punto de estarlo, en este minuto?
tell-someone-minute-yes = Sí
tell-someone-minute-no = No, pero me preocupa
tell-someone-minute-more = Puede llamar o escribir al 988 a cualquier hora, por quien sea.
