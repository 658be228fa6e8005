//! What a pack asks of a worker: a small closed set of kinds, and the questions they belong to.

use jiff::civil::Date;

use super::fact::{Level, SessionKind};
use crate::Text;
use crate::pack::read::Entry;
use crate::pack::{Source, Strength};

/// A number that stands in the pack, or that the programme chooses once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// It is settled.
    Fixed(u32),
    /// The id of the setting that settles it. What the programme has not chosen keeps this.
    Setting(String),
}

impl Amount {
    /// The number. Whoever judges by it has made sure that it is settled; what is not gives 0.
    pub(super) fn number(&self) -> u32 {
        match self {
            Amount::Fixed(number) => *number,
            Amount::Setting(_) => 0,
        }
    }
}

/// One way to fulfil an education requirement. Every part that is there must be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// At least so far at school.
    pub level: Option<Level>,
    /// In one of these fields; any when empty.
    pub fields: Vec<String>,
    /// So many years, with the kind of work that counts.
    pub years: Option<(Amount, String)>,
}

/// How continuing education is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cycle {
    /// From 1 January to 31 December; the first one is the year after this exam was passed.
    CalendarYear {
        /// The exam.
        exam: String,
    },
    /// As long as a certificate is good.
    Certificate {
        /// Which paper.
        paper: String,
        /// Months it is good where the paper names no last day.
        months: Amount,
    },
}

/// A share of the hours that has to be of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// About this.
    pub category: Option<String>,
    /// Given by this sponsor.
    pub sponsor: Option<String>,
    /// Minutes of it.
    pub minutes: u32,
    /// Separate events of it.
    pub events: u32,
}

/// A day of a year, without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// That day in a year; 29 February is the 28th where there is none.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).or_else(|_| Date::new(year, self.month, self.day - 1)).ok()
    }
}

/// When hours are handed in after a calendar year, or before a certificate ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Days around the end of a calendar year.
    Year {
        /// The first day. A month from July on lies in the year itself, an earlier one in the year after.
        opens: MonthDay,
        /// The last day without a fee, in the year after.
        free_until: MonthDay,
        /// The last day at all, in the year after. The day after, the certificate is inactive.
        late_until: MonthDay,
    },
    /// So many days before a certificate's last day.
    Before {
        /// How many.
        days: u32,
    },
}

/// Hours of continuing education in a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuing {
    /// How cycles follow each other.
    pub cycle: Cycle,
    /// Minutes in each.
    pub minutes: u32,
    /// Kinds of which there must be some.
    pub shares: Vec<Share>,
    /// What never counts.
    pub never: Vec<String>,
    /// Minutes that may go over into the next cycle.
    pub carry_over: u32,
    /// Units other than hours: name, and minutes of one.
    pub units: Vec<(String, u32)>,
    /// When hours are handed in.
    pub window: Option<Window>,
    /// Where sources disagree on that: the setting that decides, and the window of each of its options.
    pub windows: Option<(String, Vec<(String, Window)>)>,
}

/// How often supervision is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cadence {
    /// Within so many days of the last.
    Days(Amount),
    /// In each week from Monday to Sunday.
    Week,
    /// In each calendar month.
    Month,
    /// For each so many hours with people.
    ServiceHours(Amount),
}

/// One clause of a supervision requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// How often.
    pub cadence: Cadence,
    /// So many sessions.
    pub sessions: u32,
    /// So many minutes together.
    pub minutes: u32,
}

/// Supervision that has to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// Which ways count; any when empty.
    pub kinds: Vec<SessionKind>,
    /// What the supervisor has to be, one of these; anybody when empty.
    pub by: Vec<String>,
    /// Whether only what is dated and signed counts.
    pub signed: bool,
    /// How long a session is at least.
    pub session_minutes: u32,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// Whether every clause must hold; otherwise one is enough.
    pub both: bool,
}

/// What is asked. There is no other kind, and no free-form one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// So many years old.
    Age {
        /// How many.
        years: Amount,
    },
    /// Education and years of work, in one of several ways.
    Education {
        /// The ways.
        branches: Vec<Branch>,
    },
    /// Something of the worker's own life, said by them.
    Attested {
        /// What.
        what: String,
        /// How many of it.
        count: u32,
    },
    /// A paper that is good on the day.
    Paper {
        /// Any of these papers.
        papers: Vec<String>,
        /// Months it is good where the paper names no last day.
        months: Option<Amount>,
        /// Months after its last day until nothing can be done with it any more.
        void_after: Option<Amount>,
    },
    /// A training on a topic.
    Training {
        /// The topic.
        topic: String,
        /// Months it is good; none when once is enough.
        months: Option<Amount>,
    },
    /// An approved programme of training.
    Programme {
        /// Its name, where only one counts.
        programme: Option<String>,
        /// Who must have approved it.
        approved_by: Option<String>,
        /// Hours at least; none when it says itself when it is done.
        hours: Option<Amount>,
        /// What it must be about, all of it.
        topics: Vec<String>,
    },
    /// An exam that was passed.
    Exam {
        /// Which.
        exam: String,
        /// Points in a hundred at least, where the points are known.
        score: Option<Amount>,
    },
    /// Hours of continuing education.
    Continuing(Continuing),
    /// Supervision.
    Supervision(Supervision),
    /// Being somebody who may supervise.
    Supervisor {
        /// One of these on the day. When empty, what is asked is that nobody becomes their own supervisor through others.
        any_of: Vec<String>,
    },
    /// Reading something, again with each new version.
    Acknowledged {
        /// What.
        what: String,
        /// Where it is signed again for each renewal: the certificate, and months it is good where it names no last day.
        /// Then only what was signed after that certificate's first day counts.
        again: Option<(String, Amount)>,
    },
    /// Other requirements: at least so many of them.
    Parts {
        /// Their ids.
        of: Vec<String>,
        /// How many; all of them when none.
        at_least: Option<u32>,
    },
}

/// What takes the worker or somebody else a step further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Only time helps.
    Wait,
    /// Add a paper.
    Paper,
    /// Do a training.
    Train,
    /// Take an exam.
    Exam,
    /// Say something of one's own life.
    Attest,
    /// Add a diploma or a time of work.
    Background,
    /// Earn hours.
    Hours,
    /// Hand hours in.
    Submit,
    /// Take a certificate up again.
    Reactivate,
    /// Begin again.
    StartOver,
    /// Hold supervision; the supervisor books it.
    Supervise,
    /// Become, or ask, somebody who may supervise.
    Supervisor,
    /// Read something.
    Read,
    /// The programme has to choose.
    Choose,
}

impl Task {
    /// A name for pages and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Task::Wait => "wait",
            Task::Paper => "paper",
            Task::Train => "train",
            Task::Exam => "exam",
            Task::Attest => "attest",
            Task::Background => "background",
            Task::Hours => "hours",
            Task::Submit => "submit",
            Task::Reactivate => "reactivate",
            Task::StartOver => "start-over",
            Task::Supervise => "supervise",
            Task::Supervisor => "supervisor",
            Task::Read => "read",
            Task::Choose => "choose",
        }
    }
}

/// Who may lift a rule of the programme's own, and for how long at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waivable {
    /// The attribute of a title, such as `program_director`.
    pub by: String,
    /// Days at most.
    pub days: u32,
}

/// One thing that a pack asks of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its name in packs, facts and answers.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// Why it is asked, in one sentence.
    pub why: Text,
    /// What is asked.
    pub kind: Kind,
    /// The questions it belongs to.
    pub questions: Vec<String>,
    /// The questions to which it gives whether the hours are together, instead of whether the certificate stands.
    pub ready: Vec<String>,
    /// It is in force only where the programme chose this option of this setting.
    pub only_if: Option<(String, String)>,
    /// Who may lift it, where the programme made it its own must.
    pub waivable: Option<Waivable>,
    /// Where it comes from.
    pub source: Source,
    pub(crate) place: Place,
}

impl Requirement {
    /// The setting by which a programme makes its own must of this.
    pub fn adopting(&self) -> Option<String> {
        (self.source.strength != Strength::Must).then(|| format!("rule_{}_must", self.id))
    }
}

/// A topic of training, so that pages can offer it and packs can't misspell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingTopic {
    /// Its name in packs and facts.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// Whether it is one that families need and that counts for renewal.
    pub specialty: bool,
    /// Where it comes from.
    pub source: Source,
}

/// One question that rules answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name, such as `work_alone_with_youth`.
    pub id: String,
    /// As people ask it: "May I work alone with youth?".
    pub ask: Text,
    /// What is allowed until the answer is yes.
    pub meanwhile: Option<Text>,
    /// Where it comes from.
    pub source: Source,
    pub(crate) place: Place,
}

/// Where an entry stands in its file. Two entries that say the same are equal wherever they stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    /// Where an entry begins.
    pub(crate) fn of(entry: &Entry<'_>) -> Place {
        let (file, line, column) = entry.position();
        Place { file: file.to_owned(), line, column }
    }
}

impl PartialEq for Place {
    fn eq(&self, _: &Place) -> bool {
        true
    }
}

impl Eq for Place {}
