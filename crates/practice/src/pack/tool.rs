//! Tools: documents that guide somebody through questions. A pack defines them, and nothing in Rust knows any one.
//!
//! A definition has sections, and sections have questions of a few kinds. What somebody writes in one is a
//! [`crate::document::Document`], which keeps the definition it was started with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::Noun;
use super::read::{Entry, listed, meant, shown};
use super::rules::{closed_names, icons};
use super::{Confidence, Source, Strength};
use crate::Text;
use crate::rule::requirement::Place;

closed_names! {
    /// Where a tool stands among a person's papers.
    Shelf {
        /// How I stay well.
        Plan = "plan",
        /// What others should do when I can't decide.
        Crisis = "crisis",
        /// After a hard time.
        LookBack = "look_back",
        /// What I want, and how I get there.
        Goal = "goal",
        /// Working through a thought, a problem, a decision, a fear.
        Thinking = "thinking",
        /// What I say: at a meeting, in a letter, about myself.
        Voice = "voice",
        /// My story and what matters to me.
        Story = "story",
        /// Who and what is around me.
        Around = "around",
        /// What two people agree on.
        Agreement = "agreement",
        /// Short questions I can ask again and again.
        Measure = "measure",
    }
}

closed_names! {
    /// Who writes in it.
    Writes {
        /// Only the person.
        Person = "person",
        /// The person, and whoever they ask to help.
        Both = "both",
        /// Whoever walks with them, in the person's words.
        Helper = "helper",
        /// Somebody of the programme, about their own part.
        Staff = "staff",
        /// Only somebody who works here, in their own corner.
        Worker = "worker",
    }
}

closed_names! {
    /// Whom a tool was made for.
    Suits {
        /// Anybody.
        Everyone = "everyone",
        /// Adults in their own recovery.
        Adults = "adults",
        /// Parents and caregivers.
        Families = "families",
    }
}

closed_names! {
    /// What a tool is about, by which a pack can tuck it away until a person asks for it.
    Theme {
        /// None of the others.
        Daily = "daily",
        /// Recovery.
        Recovery = "recovery",
        /// Looking for work and keeping it.
        Job = "job",
    }
}

closed_names! {
    /// On what it prints.
    Prints {
        /// Not at all.
        No = "no",
        /// Letter-size paper.
        Letter = "letter",
        /// Letter-size paper, and a card that folds into a wallet.
        Wallet = "wallet",
    }
}

closed_names! {
    /// How the answers on scales become one number. It is the person's own, and compares with nobody.
    Score {
        /// All added.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
    }
}

closed_names! {
    /// Whether its words may be shipped.
    Licence {
        /// Our own words.
        Own = "own",
        /// Another owner's, whose terms let anybody use it.
        Free = "free",
        /// Another owner's; it is not offered before a permission is on file.
        Ask = "ask",
    }
}

/// A guided document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name in records.
    pub id: String,
    /// Counts its versions, from 1.
    pub version: u32,
    /// What people call it.
    pub name: Text,
    /// One sentence that says what it is good for.
    pub purpose: Text,
    /// One of [`icons`].
    pub icon: String,
    /// Where it stands.
    pub shelf: Shelf,
    /// Who writes in it.
    pub writes: Writes,
    /// Whom it was made for.
    pub suits: Suits,
    /// What it is about.
    pub theme: Theme,
    /// On what it prints.
    pub prints: Prints,
    /// How its scales add up; none when they don't.
    pub score: Option<Score>,
    /// Whether its words may be shipped.
    pub licence: Licence,
    /// Whose words they are and on what terms, where they are not ours.
    pub terms: Option<Text>,
    /// The measure whose questions these are, where they are another owner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// In the order shown.
    pub sections: Vec<Section>,
}

/// A part of a tool that is written, shared and printed by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its name in records.
    pub id: String,
    /// Its heading.
    pub name: Text,
    /// What it is for, under the heading.
    pub help: Option<Text>,
    /// Whether it can stand on a card that strangers read.
    pub card: bool,
    /// In the order asked.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in records.
    pub id: String,
    /// What is asked.
    pub ask: Text,
    /// A short help under it.
    pub help: Option<Text>,
    /// What somebody might write.
    pub example: Option<Text>,
    /// Whether it can be left empty. Almost everything can.
    pub skip: bool,
    /// What an answer can be.
    pub kind: QuestionKind,
    /// Answers after which the page shows the person their own crisis plan and whom to call. Nothing is sent.
    pub danger: Vec<String>,
    /// A question of another tool whose answer belongs beside this one: the person sees it while they write, and can copy
    /// it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Link>,
    /// A question of another tool that an answer to this one may change: each is put there when the person says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<Link>,
    /// Whether the day that is answered is the one to look at this paper again: from then on its owner is reminded, until
    /// another day stands there or none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// A question of another tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The tool.
    pub tool: String,
    /// Its question.
    pub question: String,
    #[serde(skip)]
    pub(super) place: Place,
}

impl Link {
    fn read(entry: &Entry<'_>, key: &'static str) -> Option<Link> {
        let inner = entry.inner(key)?;
        let (tool, question, place) = (inner.name("tool"), inner.name("question"), Place::of(&inner));
        inner.finish();
        Some(Link { tool: tool?, question: question?, place })
    }

    /// Whether it leads to this question.
    pub fn is_to(&self, tool: &str, question: &str) -> bool {
        self.tool == tool && self.question == question
    }
}

/// What an answer can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum QuestionKind {
    /// Free text.
    Words,
    /// Short texts, as many as wanted.
    List,
    /// One of several.
    Choice {
        /// In the order shown.
        options: Vec<ToolChoice>,
    },
    /// One of several places on a way that goes both ways. No place is nearer to an end than another: nothing counts them.
    Path {
        /// In the order shown.
        options: Vec<ToolChoice>,
    },
    /// A number between two ends.
    Scale {
        /// The lowest.
        low: u8,
        /// The highest.
        high: u8,
        /// What the lowest means.
        low_name: Text,
        /// What the highest means.
        high_name: Text,
    },
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// People: who they are and how to reach them.
    People,
    /// Pairs: if this, then that.
    Pairs,
    /// Strengths, as many as wanted.
    Strengths,
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolChoice {
    /// Its name in records.
    pub id: String,
    /// What people read.
    pub name: Text,
    /// What is said to whoever picked it, such as what often helps there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<Text>,
}

impl QuestionKind {
    const NAMES: &'static [(&'static str, &'static str)] = &[
        ("words", "words"),
        ("list", "list"),
        ("choice", "choice"),
        ("path", "path"),
        ("scale", "scale"),
        ("yes_no", "yes_no"),
        ("date", "date"),
        ("people", "people"),
        ("pairs", "pairs"),
        ("strengths", "strengths"),
    ];

    /// Whether an answer to another question can stand here as it is.
    pub fn takes(&self, other: &QuestionKind) -> bool {
        use QuestionKind::{Date, List, Pairs, People, Strengths, Words, YesNo};
        matches!(
            (self, other),
            (List | Strengths, List | Strengths | Words)
                | (Words, Words)
                | (People, People)
                | (Pairs, Pairs)
                | (Date, Date)
                | (YesNo, YesNo)
        )
    }

    /// Whether an answer is a list of items.
    pub fn is_list(&self) -> bool {
        use QuestionKind::{List, Pairs, People, Strengths};
        matches!(self, List | People | Pairs | Strengths)
    }
}

impl Tool {
    /// The most sections a tool has.
    pub const MOST_SECTIONS: usize = 40;

    /// SHA-256 over the definition, by which a document names what it was started with.
    pub fn hash(&self) -> [u8; 32] {
        // A struct of texts, numbers and lists always becomes JSON.
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).into()
    }

    /// A section by its name in records.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// A question by its name in records, with its section.
    pub fn question(&self, id: &str) -> Option<(&Section, &Question)> {
        self.sections.iter().find_map(|section| {
            section.questions.iter().find(|question| question.id == id).map(|question| (section, question))
        })
    }
}

impl Noun for Tool {
    const TABLE: &'static str = "tool";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let icon_names: Vec<(&'static str, &'static str)> =
            icons().iter().map(|icon| (*icon, *icon)).collect();
        let version = entry.number("version");
        if version == Some(0) {
            entry.fault_at("version", "the versions of a tool count from 1");
        }
        let name = entry.words("name");
        let purpose = entry.words("purpose");
        let icon = entry.one_of("icon", &icon_names);
        let shelf = entry.one_of("shelf", Shelf::NAMES);
        let writes = entry.one_of("writes", Writes::NAMES);
        let suits = entry.maybe_one_of("suits", Suits::NAMES).unwrap_or(Suits::Everyone);
        let theme = entry.maybe_one_of("theme", Theme::NAMES).unwrap_or(Theme::Daily);
        let prints = entry.maybe_one_of("prints", Prints::NAMES).unwrap_or(Prints::Letter);
        let score = entry.maybe_one_of("score", Score::NAMES);
        let licence = entry.maybe_one_of("licence", Licence::NAMES).unwrap_or(Licence::Own);
        let terms = entry.maybe_words("terms");
        let measure = entry.maybe_text("measure");
        if licence != Licence::Own && terms.is_none() {
            entry.fault("a tool in another owner's words needs `terms = { en = \"…\", es = \"…\" }`: whose, and what they allow");
        }
        if licence == Licence::Free && source.confidence == Confidence::NeedsChecking {
            entry.fault_at(
                "licence",
                "terms that still need checking are no permission; write licence = \"ask\"",
            );
        }
        if source.strength == Strength::Must {
            entry.fault_at("strength", "nobody must write in a tool; write should, recommended or preferred");
        }
        let inner = entry.inners("section");
        if inner.is_empty() {
            entry.fault("this tool needs at least one [[tool.section]]");
        }
        if inner.len() > Tool::MOST_SECTIONS {
            entry.fault(format!("a tool has {} sections at most; make two of it", Tool::MOST_SECTIONS));
        }
        let (mut sections, mut names, mut asked) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let whole = inner.len();
        for section in &inner {
            let read = Section::read(section, &mut asked);
            section.finish();
            let Some(read) = read else { continue };
            if !names.insert(read.id.clone()) {
                section.fault_at("id", format!("this tool has a section `{}` already", read.id));
            }
            sections.push(read);
        }
        let scales = sections.iter().flat_map(|section: &Section| &section.questions);
        if score.is_some()
            && !scales.into_iter().any(|question| matches!(question.kind, QuestionKind::Scale { .. }))
        {
            entry.fault_at("score", "only answers on a scale can be added up, and this tool has no scale");
        }
        let tool = Tool {
            id: id.to_owned(),
            version: version?,
            name: name?,
            purpose: purpose?,
            icon: icon?.to_owned(),
            shelf: shelf?,
            writes: writes?,
            suits,
            theme,
            prints,
            score,
            licence,
            terms,
            measure,
            sections,
        };
        (tool.sections.len() == whole).then_some(tool)
    }
}

impl Section {
    fn read(entry: &Entry<'_>, asked: &mut BTreeSet<String>) -> Option<Section> {
        let id = entry.name("id");
        let name = entry.words("name");
        let help = entry.maybe_words("help");
        let card = entry.maybe_flag("card").unwrap_or(false);
        let inner = entry.inners("question");
        if inner.is_empty() {
            entry.fault("this section needs at least one [[tool.section.question]]");
        }
        let whole = inner.len();
        let mut questions = Vec::new();
        for question in &inner {
            let read = Question::read(question);
            question.finish();
            let Some(read) = read else { continue };
            if !asked.insert(read.id.clone()) {
                question.fault_at(
                    "id",
                    format!("this tool asks `{}` already; answers are kept under that name", read.id),
                );
            }
            questions.push(read);
        }
        let section = Section { id: id?, name: name?, help, card, questions };
        (section.questions.len() == whole).then_some(section)
    }
}

impl Question {
    fn read(entry: &Entry<'_>) -> Option<Question> {
        let id = entry.name("id");
        let ask = entry.words("ask");
        let help = entry.maybe_words("help");
        let example = entry.maybe_words("example");
        let skip = entry.maybe_flag("skip").unwrap_or(true);
        let kind = Question::read_kind(entry);
        let danger = entry.texts("danger").unwrap_or_default();
        if let Some(kind) = &kind {
            let possible: Vec<String> = match kind {
                QuestionKind::Choice { options } | QuestionKind::Path { options } => {
                    options.iter().map(|option| option.id.clone()).collect()
                }
                QuestionKind::Scale { low, high, .. } => {
                    (*low..=*high).map(|step| step.to_string()).collect()
                }
                QuestionKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
                _ => Vec::new(),
            };
            let known: Vec<&str> = possible.iter().map(String::as_str).collect();
            if known.is_empty() && !danger.is_empty() {
                entry.fault_at(
                    "danger",
                    "only an answer that is picked can show danger; take this away, or ask with kind = \"choice\", \"scale\" or \"yes_no\"",
                );
            }
            for answer in
                danger.iter().filter(|answer| !known.is_empty() && !known.contains(&answer.as_str()))
            {
                let hint = meant(answer, &known).unwrap_or_else(|| format!("; it can be {}", listed(&known)));
                entry.fault_at("danger", format!("`{}` is no answer to this question{hint}", shown(answer)));
            }
        }
        let (beside, into) = (Link::read(entry, "beside"), Link::read(entry, "into"));
        let again = entry.maybe_flag("again").unwrap_or(false);
        if again && kind.as_ref().is_some_and(|kind| *kind != QuestionKind::Date) {
            entry.fault_at(
                "again",
                "only a day can be one to look again; ask with kind = \"date\", or take this away",
            );
        }
        Some(Question { id: id?, ask: ask?, help, example, skip, kind: kind?, danger, beside, into, again })
    }

    fn read_kind(entry: &Entry<'_>) -> Option<QuestionKind> {
        Some(match entry.one_of("kind", QuestionKind::NAMES)? {
            kind @ ("choice" | "path") => {
                let mut options: Vec<ToolChoice> = Vec::new();
                for option in entry.inners("options") {
                    let (id, name) = (option.name("id"), option.words("name"));
                    let more = option.maybe_words("more");
                    option.finish();
                    let (id, name) = (id?, name?);
                    if options.iter().any(|other| other.id == id) {
                        option.fault_at("id", format!("this question has an option `{id}` already"));
                    }
                    options.push(ToolChoice { id, name, more });
                }
                if options.len() < 2 {
                    entry.fault("a choice needs options = [{ id = \"…\", name = { en = \"…\", es = \"…\" } }, …], two or more");
                    return None;
                }
                if kind == "path" { QuestionKind::Path { options } } else { QuestionKind::Choice { options } }
            }
            "scale" => {
                let ends = (entry.number("low"), entry.number("high"));
                let names = (entry.words("low_name"), entry.words("high_name"));
                let (low, high) = (u8::try_from(ends.0?).ok(), u8::try_from(ends.1?).ok());
                match (low, high) {
                    (Some(low), Some(high)) if low < high && high <= 20 => {
                        QuestionKind::Scale { low, high, low_name: names.0?, high_name: names.1? }
                    }
                    _ => {
                        entry.fault_at("high", "a scale runs from a lower number to a higher one, up to 20");
                        return None;
                    }
                }
            }
            "list" => QuestionKind::List,
            "yes_no" => QuestionKind::YesNo,
            "date" => QuestionKind::Date,
            "people" => QuestionKind::People,
            "pairs" => QuestionKind::Pairs,
            "strengths" => QuestionKind::Strengths,
            _ => QuestionKind::Words,
        })
    }
}
