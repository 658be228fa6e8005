# What a person wants, in their own words. Needs native review.
goal-title = Lo que quiere { $name }
goal-keep = Cuidar las metas
goal-say = Escribir una meta
goal-words = En palabras de { $name }
goal-words-hint = Una frase, tal como la dice. Una meta puede ser pequeña.
goal-since = Desde el { $day }
goal-reached = { $name } dice: lo logré
goal-set-aside = La deja a un lado
goal-reached-on = Lograda el { $day }
goal-set-aside-on = Dejada a un lado el { $day }
goal-before = Antes
goal-error-words = Escriba primero la meta en sus palabras.
