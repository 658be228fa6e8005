# The pieces that pages are made of. Needs native review.
part-summary = Por favor revise esto
part-change = Cambiar
part-pages = Páginas
part-newer = Más nuevas
part-older = Más antiguas
part-saved = Borrador guardado
part-saving = Guardando…
part-unsaved = Todavía no se ha guardado. Seguimos intentando. Por favor quédese en esta página.
part-clash = Este borrador también cambió en otro lugar. No se perdió nada. Guarde para ver los dos.
