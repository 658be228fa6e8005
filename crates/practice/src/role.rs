//! The few named roles. What a pack calls a title ("Program Manager", "QMHP") maps to one of these.

use serde::{Deserialize, Serialize};

/// What somebody is in a programme. There are no toggles beside it: what a role may do is in the access policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Somebody supported by the programme: an adult, or a parent or caregiver.
    Person,
    /// Somebody on the person's side whom the person named.
    Supporter,
    /// Walks with people from lived experience.
    PeerSpecialist,
    /// Walks with parents from the lived experience of raising a child with such needs.
    ParentPeerSpecialist,
    /// Learning to be a peer specialist.
    Trainee,
    /// Reads and signs notes, holds supervision.
    Supervisor,
    /// A member of the treatment team who is not a peer specialist.
    TeamMember,
    /// Answers questions about looks and keeps the rules of privacy.
    PrivacyLead,
    /// Opens programmes, invites people, keeps settings (human resources too).
    ProgrammeAdmin,
    /// The body that certifies.
    Certifier,
    /// Checks the journal and the rules from outside.
    Auditor,
    /// Whoever had a role here and has none now. Nobody gives it: it opens one's own account and corner, and nothing else.
    Former,
}

impl Role {
    /// Every role, in the order shown to people.
    pub const ALL: [Role; 12] = [
        Role::Person,
        Role::Supporter,
        Role::PeerSpecialist,
        Role::ParentPeerSpecialist,
        Role::Trainee,
        Role::Supervisor,
        Role::TeamMember,
        Role::PrivacyLead,
        Role::ProgrammeAdmin,
        Role::Certifier,
        Role::Auditor,
        Role::Former,
    ];

    /// The name used in packs, policies and the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Person => "person",
            Role::Supporter => "supporter",
            Role::PeerSpecialist => "peer_specialist",
            Role::ParentPeerSpecialist => "parent_peer_specialist",
            Role::Trainee => "trainee",
            Role::Supervisor => "supervisor",
            Role::TeamMember => "team_member",
            Role::PrivacyLead => "privacy_lead",
            Role::ProgrammeAdmin => "programme_admin",
            Role::Certifier => "certifier",
            Role::Auditor => "auditor",
            Role::Former => "former",
        }
    }

    /// Reads the name used in packs, policies and the journal.
    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether the programme is there for them: the people it supports, and those who stand by one of these. What concerns
    /// only those who work there is not for them.
    pub fn is_supported(self) -> bool {
        matches!(self, Role::Person | Role::Supporter)
    }

    /// Whether somebody can be given this role.
    pub fn is_given(self) -> bool {
        self != Role::Former
    }

    /// Whether this role walks with people and writes contact notes.
    pub fn is_peer(self) -> bool {
        matches!(self, Role::PeerSpecialist | Role::ParentPeerSpecialist | Role::Trainee)
    }
}
