//! What is known about one worker, as far as rules ask for it.
//!
//! Every fact carries the day on which it became true, and counts from that day on, whichever day is asked about.
//! The day somebody sent a paper or checked it changes nothing: a paper that waits for its check counts, and one that
//! was sent back does not.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::pack::Settings;

/// Whether somebody looked at a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// It was looked at and is good.
    #[default]
    Accepted,
    /// It was sent and nobody looked yet. It counts.
    Waiting,
    /// It was sent back. It does not count.
    Refused,
}

impl Check {
    pub(crate) const NAMES: &[(&'static str, Check)] =
        &[("accepted", Check::Accepted), ("waiting", Check::Waiting), ("refused", Check::Refused)];
}

/// Who the worker is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worker {
    /// A name that only the lines of supervision use; any text that is the same in all of them.
    pub id: Option<String>,
    /// Day of birth.
    pub born: Option<Date>,
    /// The first day in this role. Supervision is counted from it.
    pub started: Option<Date>,
    /// The last day in this role.
    pub ended: Option<Date>,
    /// Whom "may I supervise this worker?" is about.
    pub supervises: Option<String>,
}

/// How far somebody went to school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// High school, or an equivalent such as the GED.
    HighSchool,
    /// Two years of college.
    Associate,
    /// Four years of college.
    Bachelor,
    /// A master's degree.
    Master,
    /// A doctorate.
    Doctorate,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Level; 5] =
        [Level::HighSchool, Level::Associate, Level::Bachelor, Level::Master, Level::Doctorate];

    pub(crate) const NAMES: &[(&'static str, Level)] = &[
        ("high_school", Level::HighSchool),
        ("associate", Level::Associate),
        ("bachelor", Level::Bachelor),
        ("master", Level::Master),
        ("doctorate", Level::Doctorate),
    ];
}

/// A diploma or degree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Education {
    /// The day on the diploma.
    pub day: Date,
    /// How far.
    pub level: Level,
    /// In what, such as `human_services`.
    pub field: Option<String>,
    /// Whether it was looked at.
    pub check: Check,
}

/// A time of work, paid or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Experience {
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub until: Option<Date>,
    /// With whom or as what, such as `target_population`.
    pub kind: String,
    /// Whether it was looked at.
    pub check: Check,
}

/// Something the worker said of their own life, with no more of it than the rule needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attestation {
    /// The day they said it.
    pub day: Date,
    /// What, such as `raised_a_child_with_needs`.
    pub what: String,
    /// How many, where a rule counts: child-serving systems navigated.
    pub count: u32,
    /// Whether it was looked at.
    pub check: Check,
}

/// A paper with a time for which it is good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Paper {
    /// The first day it is good.
    pub from: Date,
    /// The last day it is good; none when it has no end.
    pub until: Option<Date>,
    /// What it is, such as `drivers_licence`.
    pub kind: String,
    /// Whether it says that all is well. A clearance can say otherwise.
    pub clear: bool,
    /// Whether it was looked at.
    pub check: Check,
}

/// A training that has ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Training {
    /// Its last day. Everything is counted from it.
    pub ended: Date,
    /// What it was about.
    pub topics: Vec<String>,
    /// How long, in minutes.
    pub minutes: u32,
    /// The programme of training it belongs to.
    pub programme: Option<String>,
    /// Who approved that programme.
    pub approved_by: Option<String>,
    /// The number of the certificate. The same number twice is the same training.
    pub certificate: Option<String>,
    /// Whether it was looked at.
    pub check: Check,
}

/// An exam that was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exam {
    /// The day.
    pub day: Date,
    /// Which exam.
    pub kind: String,
    /// Whether it was passed.
    pub passed: bool,
    /// The points in hundred, where they are known.
    pub score: Option<u32>,
    /// Whether it was looked at.
    pub check: Check,
}

/// Continuing education.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    /// Its last day.
    pub ended: Date,
    /// What it was called.
    pub title: Option<String>,
    /// How much, in thousandths of its unit.
    pub amount: u32,
    /// The unit: none is hours.
    pub unit: Option<String>,
    /// What it was about, such as `ethics`.
    pub categories: Vec<String>,
    /// Who gave it, such as `gmhcn`.
    pub sponsor: Option<String>,
    /// The number of the certificate. The same number twice is the same event.
    pub certificate: Option<String>,
    /// The certificate it was used for, when that is another one. Then it does not count again.
    pub used_for: Option<String>,
    /// Whether it was looked at.
    pub check: Check,
}

/// Hours that were handed in to the certifier, or a certificate that was taken up again after it lapsed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filing {
    /// The day.
    pub day: Date,
    /// The id of the requirement it belongs to.
    pub requirement: String,
}

/// How supervision was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// The worker and the supervisor.
    Individual,
    /// Several workers. It counts in full for each.
    Group,
    /// The supervisor was there while the worker met somebody.
    Observed,
    /// Another way.
    Other,
}

impl SessionKind {
    pub(crate) const NAMES: &[(&'static str, SessionKind)] = &[
        ("individual", SessionKind::Individual),
        ("group", SessionKind::Group),
        ("observed", SessionKind::Observed),
        ("other", SessionKind::Other),
    ];

    /// The name in packs, rows and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            SessionKind::Individual => "individual",
            SessionKind::Group => "group",
            SessionKind::Observed => "observed",
            SessionKind::Other => "other",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<SessionKind> {
        SessionKind::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
    }
}

/// Supervision that was held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    /// The day.
    pub day: Date,
    /// How.
    pub kind: SessionKind,
    /// How long.
    pub minutes: u32,
    /// What the supervisor was on that day, such as `program_manager` or `qmhp`.
    pub by: Vec<String>,
    /// Whether it is dated and signed.
    pub signed: bool,
}

/// Time face to face with the people served, on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// The day.
    pub day: Date,
    /// How long.
    pub minutes: u32,
}

/// The worker has read something and says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acknowledgement {
    /// The day.
    pub day: Date,
    /// What, such as `policies`.
    pub what: String,
    /// Which version.
    pub version: String,
}

/// The programme put a new version of something in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Publication {
    /// The first day it is in force.
    pub from: Date,
    /// What, such as `policies`.
    pub what: String,
    /// Which version.
    pub version: String,
}

/// What the worker is, for those whom they supervise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub until: Option<Date>,
    /// Such as `program_manager` or `qmhp`.
    pub attribute: String,
}

/// Who supervises whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub until: Option<Date>,
    /// The worker.
    pub of: String,
    /// Their supervisor.
    pub by: String,
}

/// The programme lifted one of its own rules for a while.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiver {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The id of the requirement.
    pub requirement: String,
}

/// Everything that is known about one worker. [`Facts::settle`] brings it in order; the order in which facts were
/// given never matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Who.
    pub worker: Worker,
    /// Diplomas.
    pub education: Vec<Education>,
    /// Times of work.
    pub experience: Vec<Experience>,
    /// What they said of their own life.
    pub attestations: Vec<Attestation>,
    /// Papers that are good for a time.
    pub papers: Vec<Paper>,
    /// Trainings.
    pub trainings: Vec<Training>,
    /// Exams.
    pub exams: Vec<Exam>,
    /// Continuing education.
    pub credits: Vec<Credit>,
    /// Hours that were handed in.
    pub submissions: Vec<Filing>,
    /// Certificates taken up again.
    pub reactivations: Vec<Filing>,
    /// Supervision.
    pub sessions: Vec<Session>,
    /// Time with people.
    pub services: Vec<Service>,
    /// What was read.
    pub acknowledgements: Vec<Acknowledgement>,
    /// What there is to read.
    pub publications: Vec<Publication>,
    /// What the worker is.
    pub attributes: Vec<Attribute>,
    /// Who supervises whom, as far as it touches this worker.
    pub lines: Vec<Line>,
    /// Rules of the programme that it lifted.
    pub waivers: Vec<Waiver>,
}

impl Facts {
    /// Brings the facts in the order of their days, takes out papers that were sent back and what stands there
    /// twice in every word. [`super::ask`] expects this; facts from a file are settled already.
    #[must_use]
    pub fn settle(mut self) -> Facts {
        macro_rules! checked {
            ($($list:ident),*) => { $(self.$list.retain(|fact| fact.check != Check::Refused);)* };
        }
        macro_rules! in_order {
            ($($list:ident),*) => { $(self.$list.sort(); self.$list.dedup();)* };
        }
        checked!(education, experience, attestations, papers, trainings, exams, credits);
        for training in &mut self.trainings {
            training.topics.sort();
            training.topics.dedup();
        }
        for credit in &mut self.credits {
            credit.categories.sort();
            credit.categories.dedup();
        }
        in_order!(
            education,
            experience,
            attestations,
            papers,
            trainings,
            exams,
            credits,
            submissions,
            reactivations,
            acknowledgements,
            publications,
            attributes,
            lines,
            waivers
        );
        // Two sessions or two visits alike on one day are two.
        self.sessions.sort();
        self.services.sort();
        self
    }
}

/// Facts as a file gives them, with the choices of the programme they belong to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// About the worker, settled.
    pub facts: Facts,
    /// What the programme chose.
    pub settings: Settings,
    /// Line and column of each choice, by its setting.
    pub places: BTreeMap<String, (usize, usize)>,
}
