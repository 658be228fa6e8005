//! Typed ids, so that one record's id can't be given where another's is meant.
//!
//! An id is made by whoever makes the record, phones included: UUID version 7, or version 4 where it is shown to
//! strangers. This crate only carries them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )* };
}

ids! {
    /// A human who can sign in. Credentials and hours belong to it and leave with it.
    AccountId,
    /// One account in one role in one programme (or in the whole agency).
    MembershipId,
    /// A programme of the agency, opened from a pack.
    ProgrammeId,
    /// The record of one supported person in one programme.
    PersonId,
    /// The minimal record of a child linked to a parent.
    ChildId,
    /// One peer specialist walking with one person, from a day until a day.
    SupportId,
    /// A goal in the person's own words.
    GoalId,
    /// A reference to a plan that somebody else holds.
    PlanId,
    /// Something that a person asks for elsewhere.
    AdvocacyId,
    /// A meeting, call or outreach with a person, and its note.
    ContactId,
    /// Something added to a signed note: an addendum, the person's words, a supervisor's answer.
    AdditionId,
    /// A visit that two people arrange.
    VisitId,
    /// A meeting of a person's team.
    TeamMeetingId,
    /// Work that was not with a person.
    WorkId,
    /// One thing a worker can show: a training, a paper, hours.
    CredentialId,
    /// A meeting of a supervisor with those they supervise.
    SupervisionId,
    /// Something a worker brings to such a meeting.
    AgendaId,
    /// A person's yes to a supervisor sitting in, once.
    SittingInId,
    /// A group.
    GroupId,
    /// One meeting of a group.
    GroupSessionId,
    /// What somebody wrote of such a meeting.
    GroupRecordId,
    /// A letter that says when somebody was there.
    GroupLetterId,
    /// A person's yes to somebody reading a part of their record.
    ConsentId,
    /// A person's signed yes to copies of their record leaving the programme.
    DisclosureId,
    /// One copy that left.
    DisclosedId,
    /// A phone on which somebody can write without signal.
    DeviceId,
    /// What somebody writes in a tool.
    DocumentId,
    /// A card that opens a few words to strangers.
    CardId,
    /// One look at one's own energy, in one's own corner.
    EnergyId,
    /// A person's yes to somebody reading a section of what is theirs.
    ShareId,
    /// A way to reach somebody outside of the pages: a mailbox, a browser.
    ReachId,
    /// One answer as it was given once.
    AnswerId,
    /// One item of a list of answers; it stays the same while its words change.
    ItemId,
    /// One opening of what helps in an emergency.
    EmergencyId,
    /// Two people on their way to each other.
    PairingId,
    /// A question a person asks about a look at their record.
    LookQuestionId,
    /// A safety report.
    SafetyReportId,
    /// One thing that happened with a safety report.
    SafetyEntryId,
    /// A ladder being climbed, for a report, a drill or a test call.
    RunId,
    /// One call of a ladder, to one account by one means.
    CallId,
    /// Something asked of one's supervisor.
    CounselId,
    /// An invitation or sign-in link.
    LinkId,
    /// A command, as named by its maker; the same id twice is one command.
    CommandId,
    /// One entry in the journal as shown to people.
    EntryId,
}
