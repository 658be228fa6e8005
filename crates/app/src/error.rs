//! What a use case can answer instead of doing what was asked.

use porchlight_outbound::AddressFault;
use porchlight_practice::account::PasswordFault;
use porchlight_practice::advocacy::AdvocacyFault;
use porchlight_practice::contact::{Missing, ReviewFault};
use porchlight_practice::corner::CornerFault;
use porchlight_practice::counsel::CounselFault;
use porchlight_practice::credential::{CheckFault, EntryFault};
use porchlight_practice::disclosure::TermsFault;
use porchlight_practice::document::AnswerFault;
use porchlight_practice::emergency::ReasonFault;
use porchlight_practice::evidence::FileFault;
use porchlight_practice::goal::GoalFault;
use porchlight_practice::group::GroupFault;
use porchlight_practice::group::session::SessionFault;
use porchlight_practice::intake::IntakeFault;
use porchlight_practice::ladder::{LadderFault, RotaFault};
use porchlight_practice::look::AlreadyAnswered;
use porchlight_practice::pack::SettingFault;
use porchlight_practice::pairing::{OfferFault, PairingFault};
use porchlight_practice::person::ProfileFault;
use porchlight_practice::plan::PlanFault;
use porchlight_practice::safety::SafetyFault;
use porchlight_practice::supervision::SupervisionFault;
use porchlight_practice::support::SupportFault;
use porchlight_practice::team_meeting::TeamMeetingFault;
use porchlight_practice::tray::TrayFault;
use porchlight_practice::visit::VisitFault;
use porchlight_practice::work::TimeFault;

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not see it: the two look alike.
    #[error("not found")]
    NotFound,
    /// Somebody changed it since the page was opened. The page shows both texts.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// What was typed does not fit; the page says where and what would.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The same command id came with another body or from somebody else.
    #[error("this form was used for something else already")]
    CommandReused,
    /// The session has ended, or was never there.
    #[error("not signed in")]
    SignedOut,
    /// Too much at once; trying again in a moment helps.
    #[error("busy")]
    Busy,
    /// Something is broken on our side.
    #[error("the store failed: {0}")]
    Store(porchlight_store::Error),
    /// A sealed record does not read as what it should be. `0` names the kind of record.
    #[error("a {0} record can't be read")]
    Damaged(&'static str),
}

/// What does not fit in what was typed or chosen.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum Fault {
    /// A note can't be signed yet.
    #[error("the note is not complete")]
    Missing(Vec<Missing>),
    /// A change of support is not possible.
    #[error(transparent)]
    Support(#[from] SupportFault),
    /// A goal can't be changed so.
    #[error(transparent)]
    Goal(#[from] GoalFault),
    /// What somebody shares to be found can't be kept so.
    #[error(transparent)]
    Offer(#[from] OfferFault),
    /// Two who meet are at another point.
    #[error(transparent)]
    Pairing(#[from] PairingFault),
    /// What somebody asks for elsewhere can't be written down so.
    #[error(transparent)]
    Advocacy(#[from] AdvocacyFault),
    /// A plan that somebody else holds can't be written down so.
    #[error(transparent)]
    Plan(#[from] PlanFault),
    /// A profile can't be kept so.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// A consent to disclose lacks one of its elements.
    #[error(transparent)]
    Terms(#[from] TermsFault),
    /// Something in the tray can't be settled so.
    #[error(transparent)]
    Tray(#[from] TrayFault),
    /// A note's review can't take this step.
    #[error(transparent)]
    Review(#[from] ReviewFault),
    /// How somebody came can't be kept so.
    #[error(transparent)]
    Intake(#[from] IntakeFault),
    /// A meeting of a team can't be kept so.
    #[error(transparent)]
    TeamMeeting(#[from] TeamMeetingFault),
    /// A visit can't be kept or changed so.
    #[error(transparent)]
    Visit(#[from] VisitFault),
    /// A stretch of time can't have happened.
    #[error(transparent)]
    Time(#[from] TimeFault),
    /// An address can't be one, or is none that anything may be sent to.
    #[error(transparent)]
    Address(#[from] AddressFault),
    /// A password can't be taken.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// A question was answered already.
    #[error(transparent)]
    Answered(#[from] AlreadyAnswered),
    /// The programme's choices don't fit the pack.
    #[error("the settings don't fit the pack")]
    Settings(Vec<SettingFault>),
    /// Name and password don't fit. Nobody is told which.
    #[error("name and password don't fit")]
    SignIn,
    /// Too many tries; wait a little.
    #[error("too many tries")]
    TooManyTries,
    /// Too many wrong tries; so many seconds from now there may be another.
    #[error("too many tries: {0} seconds to wait")]
    Wait(i64),
    /// A code that is not the one of now, or was used before.
    #[error("this code does not fit")]
    Code,
    /// Codes for paper that were shown before. They are kept nowhere.
    #[error("these codes were shown already")]
    CodesShown,
    /// The sign-in name belongs to somebody.
    #[error("this sign-in name is taken")]
    NameTaken,
    /// A link that was used, has run out, or never was.
    #[error("this link is too old")]
    LinkOld,
    /// This invitation was made before. Its link was shown then, and is kept nowhere.
    #[error("this link was shown already")]
    LinkShown,
    /// A text that may not be empty is. Names the field.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A text is too long. Names the field.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// A choice this programme does not have. Names the field.
    #[error("{0} is not a choice here")]
    Unknown(&'static str),
    /// A peer specialist has nobody who could sign their notes.
    #[error("this supervisor has no deputy")]
    NoDeputy,
    /// A safety report can't take this step.
    #[error(transparent)]
    Safety(#[from] SafetyFault),
    /// Reports can't be sent yet: the ladder is not switched on.
    #[error("safety reports are not switched on here")]
    LadderOff,
    /// Nobody on the ladder has answered a test call.
    #[error("nobody on this ladder has answered a test call")]
    NotTested,
    /// The ladder can't be used so.
    #[error("this ladder can't be used")]
    Ladder(Vec<LadderFault>),
    /// The rota can't be kept so.
    #[error(transparent)]
    Rota(#[from] RotaFault),
    /// A question to a supervisor can't be kept so.
    #[error(transparent)]
    Counsel(#[from] CounselFault),
    /// Nobody could be asked.
    #[error("there is nobody to ask")]
    NobodyToAsk,
    /// What somebody wants to show can't be so.
    #[error(transparent)]
    Entry(#[from] EntryFault),
    /// The photo or file behind it can't be taken.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Somebody can't decide about what was shown.
    #[error(transparent)]
    Check(#[from] CheckFault),
    /// A meeting of supervision can't be kept so.
    #[error(transparent)]
    Supervision(#[from] SupervisionFault),
    /// A group can't be kept or changed so.
    #[error(transparent)]
    Group(#[from] GroupFault),
    /// A session of a group can't be kept so.
    #[error(transparent)]
    Session(#[from] SessionFault),
    /// Another member's name stands in what is about one.
    #[error("another member is named")]
    NamesAnother,
    /// An answer does not fit its question.
    #[error(transparent)]
    Answer(#[from] AnswerFault),
    /// Neither the passphrase nor the code of one's own corner.
    #[error("this does not open it")]
    CornerShut,
    /// A file that is no corner.
    #[error("this file is no corner")]
    NoCorner,
    /// There is a corner already.
    #[error("there is a corner already")]
    HasCorner,
    /// Something does not fit into a corner.
    #[error(transparent)]
    Corner(#[from] CornerFault),
    /// The person can sign in, so only they decide about what is theirs.
    #[error("this person can sign in and decides themself")]
    TheirsToSay,
    /// Until a birthday, a guardian says yes to this.
    #[error("a guardian says yes to this")]
    GuardianSays,
    /// The young person and the guardian both sign this, which is done on paper.
    #[error("the young person and the guardian both sign this")]
    BothSign,
    /// The person decides alone, so nobody is invited to decide for them.
    #[error("this person decides alone")]
    DecidesAlone,
    /// A reason for an emergency look says too little, or too much.
    #[error(transparent)]
    Reason(#[from] ReasonFault),
    /// What a device answered is no passkey of whom it should be, or no answer to what was asked.
    #[error("no passkey of theirs, or no answer to what was asked")]
    Passkey,
    /// What came back from the agency's provider opens nothing.
    #[error(transparent)]
    SingleSignOn(#[from] SignOnFault),
    /// The account has a role that the actor's programme does not give.
    #[error("whoever runs the agency does this")]
    RunsElsewhere,
    /// The person has an account already.
    #[error("this person can sign in already")]
    HasAccount,
}

/// Why signing in by the agency's provider opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignOnFault {
    /// The provider does not answer.
    #[error("the provider does not answer")]
    Down,
    /// It is no answer to what was asked in this browser in the last minutes, or one that is not to be believed.
    #[error("no answer to what was asked, or none to be believed")]
    Answer,
    /// No account that it may open is linked with who that is there.
    #[error("no account is linked with it")]
    Unlinked,
    /// Another account is linked with the same.
    #[error("another account is linked with it")]
    Taken,
}

impl Error {
    /// Whether the disk is full or failed: nothing was changed, and the same is welcome once the disk is well again.
    pub fn is_of_the_disk(&self) -> bool {
        use porchlight_store::Error as E;
        matches!(self, Error::Store(E::Full | E::Disk { .. }))
    }
}

impl From<porchlight_store::Error> for Error {
    fn from(error: porchlight_store::Error) -> Error {
        use porchlight_store::Error as E;
        match error {
            E::Busy | E::Unavailable | E::Crossed => Error::Busy,
            E::Stale => Error::Stale,
            E::NotFound => Error::NotFound,
            other => Error::Store(other),
        }
    }
}

macro_rules! fault {
    ($($kind:ty),*) => { $(impl From<$kind> for Error {
        fn from(fault: $kind) -> Error { Error::Fault(fault.into()) }
    })* };
}
fault!(
    CornerFault,
    TrayFault,
    GroupFault,
    SessionFault,
    SupervisionFault,
    SupportFault,
    GoalFault,
    AdvocacyFault,
    PlanFault,
    OfferFault,
    PairingFault,
    ProfileFault,
    ReviewFault,
    TimeFault,
    AddressFault,
    PasswordFault,
    AlreadyAnswered,
    SafetyFault,
    RotaFault,
    CounselFault,
    EntryFault,
    FileFault,
    CheckFault,
    VisitFault,
    IntakeFault,
    TeamMeetingFault
);

impl From<Vec<Missing>> for Error {
    fn from(missing: Vec<Missing>) -> Error {
        Error::Fault(Fault::Missing(missing))
    }
}
