# What a role is called where the pack has no title for it.
role-person = Person
role-supporter = Supporter
role-peer-specialist = Peer specialist
role-parent-peer-specialist = Parent peer specialist
role-trainee = Trainee
role-supervisor = Supervisor
role-team-member = Team member
role-privacy-lead = Privacy lead
role-programme-admin = Program administrator
role-certifier = Certifier
role-auditor = Auditor
role-former = Not here any more
role-guardian = Guardian
