//! The invented people of the demo. No name, number or story is anybody's.

mod alabama;
mod california;
mod corner;
mod georgia;
mod missouri;
mod wisconsin;

use alabama::ALABAMA;
use california::CALIFORNIA;
pub use corner::CORNER;
use georgia::GEORGIA;
use missouri::MISSOURI;
use porchlight_practice::Lang;
use porchlight_practice::contact::AdditionKind as Kind;
use porchlight_practice::goal::BarrierKind;
use wisconsin::WISCONSIN;

/// Everybody's password in the demo, for pages that ask for it again.
pub const PASSWORD: &str = "the porch light is on";

pub struct Programme {
    pub name: &'static str,
    pub pack: &'static str,
    pub zone: &'static str,
    /// Who adds people and is responsible for them.
    pub lead: &'static str,
    pub staff: &'static [Human],
    /// Peer specialist, supervisor.
    pub supervision: &'static [(&'static str, &'static str)],
    /// Supervisor, deputy.
    pub deputies: &'static [(&'static str, &'static str)],
    pub people: &'static [Supported],
    /// Who, days ago, hour, minutes, kind, words.
    pub work: &'static [(&'static str, i64, i8, i64, &'static str, &'static str)],
}

pub struct Human {
    pub name: &'static str,
    pub title: &'static str,
    pub phone: &'static str,
    pub lang: Lang,
}

pub struct Supported {
    pub called: &'static str,
    pub family_name: &'static str,
    pub pronouns: &'static str,
    pub described: &'static str,
    pub lang: Lang,
    pub phone: &'static str,
    pub safe_hours: &'static str,
    pub never: &'static str,
    pub strengths: &'static [&'static str],
    pub matters: &'static str,
    pub needs: &'static [&'static str],
    pub culture: &'static str,
    pub natural_supports: &'static [(&'static str, &'static str)],
    /// Called, born, tie, loves.
    pub children: &'static [(&'static str, i16, &'static str, &'static str)],
    pub works_here: bool,
    pub signs_in: bool,
    /// Who stands up for them, and how old they are, in years.
    pub guardian: Option<(&'static str, i16)>,
    pub shares_with: Option<&'static str>,
    pub peer: &'static str,
    pub goals: &'static [&'static str],
    /// The way to the first of them.
    pub toward: Option<Toward>,
    pub days: &'static [Day],
    pub papers: &'static [Paper],
}

/// The way to a goal.
pub struct Toward {
    /// Which parts of life it is about, by the pack's names.
    pub areas: &'static [&'static str],
    /// What the plan calls it.
    pub plan_words: &'static str,
    /// What, who helps, and whether it is done.
    pub steps: &'static [(&'static str, &'static str, bool)],
    /// What is in the way, and who helps.
    pub in_the_way: &'static [(BarrierKind, &'static str, &'static str)],
    /// Days ago, how near it felt, how sure of the next step, the words.
    pub ratings: &'static [(i64, u8, u8, &'static str)],
}

/// One paper of somebody.
pub struct Paper {
    /// The tool's name in packs.
    pub tool: &'static str,
    /// How many days ago it was begun.
    pub days_ago: i64,
    /// Question and answer, in the order written. Of a pair or of somebody, the parts stand between bars.
    pub answers: &'static [(&'static str, &'static str)],
    /// What was written two days later: over the earlier answer, or one more in a list.
    pub later: &'static [(&'static str, &'static str)],
    /// To whom, which sections, for how many days, whether they write too, and whether it was stopped.
    pub shares: &'static [(&'static str, &'static [&'static str], i64, bool, bool)],
}

pub struct Day {
    pub days_ago: i64,
    pub hour: i8,
    pub minutes: i64,
    pub kind: &'static str,
    pub place: &'static str,
    pub purpose: &'static str,
    pub did: &'static [&'static str],
    pub strengths: &'static str,
    pub own_words: &'static str,
    pub response: &'static str,
    pub next_step: &'static str,
    pub next_words: &'static str,
    pub signed: bool,
    pub late_hours: i64,
    /// What was put beside it: by whom (`person`, or a name of the staff), what, the words.
    pub after: &'static [(&'static str, Kind, &'static str)],
}

const fn human(name: &'static str, title: &'static str, phone: &'static str) -> Human {
    Human { name, title, phone, lang: Lang::En }
}

const NOBODY: Supported = Supported {
    called: "",
    family_name: "",
    pronouns: "",
    described: "",
    lang: Lang::En,
    phone: "555-0100",
    safe_hours: "",
    never: "",
    strengths: &[],
    matters: "",
    needs: &[],
    culture: "",
    natural_supports: &[],
    children: &[],
    works_here: false,
    signs_in: false,
    guardian: None,
    shares_with: None,
    peer: "",
    goals: &[],
    toward: None,
    days: &[],
    papers: &[],
};

const DAY: Day = Day {
    days_ago: 1,
    hour: 10,
    minutes: 50,
    kind: "in_person",
    place: "out_and_about",
    purpose: "work_on_goal",
    did: &["listen", "goal_work"],
    strengths: "",
    own_words: "",
    response: "",
    next_step: "meet_again",
    next_words: "",
    signed: true,
    late_hours: 0,
    after: &[],
};

const PAPER: Paper = Paper { tool: "", days_ago: 3, answers: &[], later: &[], shares: &[] };

/// Every programme, in the order in which they are opened. Tests in a browser look at the first two closely: one with
/// adults, one with parents.
pub fn programmes() -> [Programme; 5] {
    [GEORGIA, ALABAMA, CALIFORNIA, MISSOURI, WISCONSIN]
}
