# What a role is called where the pack has no title for it.
# Needs native review.
role-person = Persona
role-supporter = Persona de apoyo
role-peer-specialist = Especialista de pares
role-parent-peer-specialist = Especialista de pares para familias
role-trainee = En formación
role-supervisor = Supervisión
role-team-member = Equipo de tratamiento
role-privacy-lead = Responsable de privacidad
role-programme-admin = Administración del programa
role-certifier = Organismo de certificación
role-auditor = Auditoría
role-former = Ya no trabaja aquí
role-guardian = Tutor
