# What any form may say.
form-error-long = This is too long. It can hold { $limit } characters; please take out { $over }.
