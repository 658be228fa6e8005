# What any form may say. Needs native review.
form-error-long = Esto es demasiado largo. Caben { $limit } caracteres; por favor quite { $over }.
