//! The entries of a pack as its files hold them: each noun with its dates, before a day picks among them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::goal::{BarrierHelp, GoalArea};
use super::guide::Guide;
use super::read::{Entry, Faults, Parsed, a, meant, no_such, spaced};
use super::rule::RuleSetting;
use super::rules::Notice;
use super::settings;
use super::{
    Activity, ActivityGroup, ChecklistItem, Choice, CommonGround, Confidence, ContactKind, Document, Element,
    GroundRule, Growing, HelpLine, KindOfSupport, LearnAt, LearnFor, Measure, MentorStep, NoteField,
    Orientation, Right, RungOffer, SafetyStep, Setting, Skill, Source, Strength, Theme, Title, Tool, WordKey,
    icons,
};
use crate::rule::requirement::{Question, Requirement, TrainingTopic};
use crate::words::{FinePhrase, Term};
use crate::{Role, Text};

/// Something that packs list under a table of its own.
pub(super) trait Noun: Sized {
    /// The table's name, as in `[[activity]]`.
    const TABLE: &'static str;
    /// Whether exactly one of each id holds on every day, so that it can be replaced but not left out.
    const SINGLE: bool = false;

    /// Reads what is this noun's own; the id, the dates and the source are read already.
    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self>;
}

/// One entry with the days on which it is in force. Without a value it takes the common entry away.
#[derive(Debug, Clone)]
pub(super) struct Dated<T> {
    pub(super) id: String,
    order: Option<u32>,
    from: Date,
    until: Option<Date>,
    value: Option<T>,
}

impl<T> Dated<T> {
    fn in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|last| on <= last)
    }

    pub(super) fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    fn overlaps(&self, other: &Dated<T>) -> bool {
        self.from <= other.until.unwrap_or(Date::MAX) && other.from <= self.until.unwrap_or(Date::MAX)
    }
}

/// What is in force on a day: the common entries, each replaced or taken away by the pack's own, then the pack's
/// other entries; by `order` where one is given.
pub(super) fn layered<T: Clone>(common: &[Dated<T>], own: &[Dated<T>], on: Date) -> Vec<T> {
    const MIDDLE: u32 = 50;
    let mut found: Vec<(u32, &str, Option<&T>)> = Vec::new();
    for entry in common.iter().filter(|entry| entry.in_force(on)) {
        found.push((entry.order.unwrap_or(MIDDLE), &entry.id, entry.value.as_ref()));
    }
    for entry in own.iter().filter(|entry| entry.in_force(on)) {
        match found.iter_mut().find(|(_, id, _)| *id == entry.id) {
            Some(place) => *place = (entry.order.unwrap_or(place.0), &entry.id, entry.value.as_ref()),
            None => found.push((entry.order.unwrap_or(MIDDLE), &entry.id, entry.value.as_ref())),
        }
    }
    found.sort_by_key(|(order, ..)| *order);
    found.into_iter().filter_map(|(_, _, value)| value.cloned()).collect()
}

/// The one entry with this id that holds on a day. Before the first one came into force the earliest holds, so
/// that there is always an answer.
pub(super) fn single<'e, T>(
    common: &'e [Dated<T>],
    own: &'e [Dated<T>],
    id: &str,
    on: Date,
) -> Option<&'e T> {
    let named = |entry: &&Dated<T>| entry.id == id;
    let now = |entries: &'e [Dated<T>]| entries.iter().filter(named).find(|entry| entry.in_force(on));
    let first = || common.iter().filter(named).min_by_key(|entry| entry.from);
    now(own).or_else(|| now(common)).or_else(first).and_then(|entry| entry.value.as_ref())
}

/// The first day of all, and every day on which an entry begins or is over, in order.
pub(super) fn days(common: &Entries, own: &Entries) -> BTreeSet<Date> {
    [Date::MIN].into_iter().chain(common.days()).chain(own.days()).collect()
}

/// What the table `[pack]` says.
pub(super) struct Head {
    pub(super) version: String,
    pub(super) name: Text,
    pub(super) family: bool,
    pub(super) orientation: Orientation,
    pub(super) tucked_away: Vec<Theme>,
}

/// Reads the table `[pack]`, which stands in exactly one file of the folder.
pub(super) fn head(folder: &str, files: &[Parsed<'_>], faults: &Faults) -> Option<Head> {
    let mut heads = files.iter().filter_map(|file| file.table("pack", faults));
    let Some(entry) = heads.next() else {
        if files.iter().all(|file| file.whole) {
            faults.at_start(
                &format!("{folder}/pack.toml"),
                "this pack needs a table [pack] with version and name",
            );
        }
        return None;
    };
    for second in heads {
        second.fault(format!("the table [pack] stands already in {}", entry.place()));
    }
    let version = entry.text("version");
    let name = entry.words("name");
    let family = entry.flag("family");
    let orientation = entry.one_of("orientation", Orientation::NAMES);
    let themes = entry.texts("tucked_away").unwrap_or_default();
    let tucked_away = themes.iter().filter_map(|theme| {
        let found = super::read::one_of(theme, Theme::NAMES);
        if found.is_none() {
            entry.fault_at("tucked_away", no_such("theme", theme, Theme::NAMES));
        }
        found
    });
    let tucked_away = tucked_away.collect();
    entry.finish();
    Some(Head { version: version?, name: name?, family: family?, orientation: orientation?, tucked_away })
}

macro_rules! entries {
    ($($(#[$doc:meta])* $field:ident: $noun:ty),* $(,)?) => {
        /// Every entry of one folder.
        #[derive(Debug, Default)]
        pub(super) struct Entries {
            documents: BTreeMap<String, Arc<Document>>,
            $($(#[$doc])* pub(super) $field: Vec<Dated<$noun>>),*
        }

        impl Entries {
            pub(super) const TABLES: &'static [&'static str] = &["pack", "default", "document", $(<$noun>::TABLE),*];

            /// Every day on which an entry begins, or is over.
            pub(super) fn days(&self) -> Vec<Date> {
                let mut days = Vec::new();
                $(for entry in &self.$field {
                    days.push(entry.from);
                    days.extend(entry.until.and_then(|last| last.tomorrow().ok()));
                })*
                days
            }

            fn read_nouns(&mut self, reading: &Reading<'_>, common: Option<&Entries>) {
                $(self.$field = reading.all(common.map(|common| common.$field.as_slice()));)*
            }
        }
    };
}

entries! {
    words: Word,
    titles: Title,
    contact_kinds: ContactKind,
    places: Place,
    purposes: Purpose,
    present: Present,
    next_steps: NextStep,
    activity_groups: ActivityGroup,
    activities: Activity,
    work_kinds: WorkKind,
    elements: Element,
    support_roles: SupportRole,
    support_endings: SupportEnding,
    caregivers: Caregiver,
    first_meeting: ChecklistItem,
    rights: Right,
    notices: Notice,
    help_lines: HelpLine,
    measures: Measure,
    tools: Tool,
    goal_areas: GoalArea,
    barriers: BarrierHelp,
    group_guides: Guide,
    ladder_rungs: RungOffer,
    safety_steps: SafetyStep,
    settings: Setting,
    questions: Question,
    requirements: Requirement,
    rule_settings: RuleSetting,
    topics: TrainingTopic,
    supervision_topics: SupervisionTopic,
    advocacy_needs: AdvocacyNeed,
    advocacy_places: AdvocacyPlace,
    advocacy_ways: AdvocacyWay,
    advocacy_lacking: AdvocacyLacking,
    growing: Growing,
    skills: Skill,
    common_grounds: CommonGround,
    ground_rules: GroundRule,
    mentor_steps: MentorStep,
    learning: LearnAt,
    fact_names: FactName,
    terms: Arc<Term>,
    fine_phrases: Arc<FinePhrase>,
}

impl Entries {
    /// Reads one folder; `common` is none for the folder `common` itself.
    pub(super) fn read(files: &[Parsed<'_>], common: Option<&Entries>, faults: &Faults) -> Entries {
        let mut entries = Entries::default();
        if let Some(common) = common {
            entries.documents.clone_from(&common.documents);
        }
        for file in files {
            file.only(Self::TABLES, faults);
            for entry in file.tables("document", faults) {
                let document = read_document(&entry);
                entry.finish();
                let Some(document) = document else { continue };
                if entries.documents.contains_key(&document.id) {
                    entry.fault_at("id", format!("there is already a document `{}`", document.id));
                }
                entries.documents.insert(document.id.clone(), Arc::new(document));
            }
        }
        let defaults = files
            .iter()
            .map(|file| {
                file.table("default", faults).map_or_else(Basis::default, |entry| {
                    let basis = Basis::read(&entry);
                    entry.finish();
                    basis
                })
            })
            .collect();
        let documents = entries.documents.clone();
        entries.read_nouns(&Reading { files, defaults, documents: &documents, faults }, common);
        if common.is_none() && files.iter().all(|file| file.whole) && faults.is_empty() {
            entries.complete(faults);
        }
        entries
    }

    /// What every programme needs on every day must stand in `common`.
    fn complete(&self, faults: &Faults) {
        let missing = |noun: &str, id: &str| {
            faults.at_start("common/pack.toml", format!("`common` needs the {noun} `{id}`"));
        };
        for key in WordKey::ALL {
            if !self.words.iter().any(|word| word.id == key.as_str()) {
                missing(Word::TABLE, key.as_str());
            }
        }
        for (id, _) in Notice::NAMES {
            if !self.notices.iter().any(|notice| notice.id == *id) {
                missing(Notice::TABLE, id);
            }
        }
        for id in settings::missing(&self.settings) {
            missing(Setting::TABLE, id);
        }
    }
}

/// Dates, strength and source of an entry, as far as they are written in one place.
#[derive(Default, Clone)]
struct Basis {
    from: Option<Date>,
    until: Option<Date>,
    strength: Option<Strength>,
    confidence: Option<Confidence>,
    document: Option<String>,
    requirements: Option<Vec<String>>,
}

impl Basis {
    fn read(entry: &Entry<'_>) -> Basis {
        let mut basis = Basis {
            from: entry.maybe_date("from"),
            until: entry.maybe_date("until"),
            strength: entry.maybe_one_of("strength", Strength::NAMES),
            confidence: entry.maybe_one_of("confidence", Confidence::NAMES),
            ..Basis::default()
        };
        if let Some(source) = entry.inner("source") {
            basis.document = source.maybe_text("document");
            basis.requirements = source.texts("requirements");
            for id in basis.requirements.iter().flatten().filter(|id| !is_requirement(id)) {
                source.fault_at("requirements", format!("`{id}` is no requirement; one looks like AL-14"));
            }
            source.finish();
        }
        basis
    }

    fn over(self, default: &Basis) -> Basis {
        let default = default.clone();
        Basis {
            from: self.from.or(default.from),
            until: self.until.or(default.until),
            strength: self.strength.or(default.strength),
            confidence: self.confidence.or(default.confidence),
            document: self.document.or(default.document),
            requirements: self.requirements.or(default.requirements),
        }
    }
}

fn is_requirement(id: &str) -> bool {
    id.split_once('-').is_some_and(|(state, number)| {
        state.len() == 2
            && state.bytes().all(|letter| letter.is_ascii_uppercase())
            && (2..=3).contains(&number.len())
            && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

struct Reading<'a> {
    files: &'a [Parsed<'a>],
    /// One for each file.
    defaults: Vec<Basis>,
    documents: &'a BTreeMap<String, Arc<Document>>,
    faults: &'a Faults,
}

impl Reading<'_> {
    fn all<T: Noun>(&self, common: Option<&[Dated<T>]>) -> Vec<Dated<T>> {
        let mut found: Vec<(Dated<T>, String)> = Vec::new();
        for (file, default) in self.files.iter().zip(&self.defaults) {
            for entry in file.tables(T::TABLE, self.faults) {
                let dated = self.one::<T>(&entry, default, common);
                entry.finish();
                let Some(dated) = dated else { continue };
                let twin = found.iter().find(|(other, _)| other.id == dated.id && other.overlaps(&dated));
                if let Some((_, place)) = twin {
                    entry.fault_at(
                        "id",
                        format!(
                            "there is already {} `{}` on the same days ({place}); end that one with `until`, or \
                             choose another id",
                            a(T::TABLE),
                            dated.id
                        ),
                    );
                }
                let place = entry.place();
                found.push((dated, place));
            }
        }
        found.into_iter().map(|(dated, _)| dated).collect()
    }

    fn one<T: Noun>(
        &self,
        entry: &Entry<'_>,
        default: &Basis,
        common: Option<&[Dated<T>]>,
    ) -> Option<Dated<T>> {
        let id = entry.name("id");
        let order = entry.maybe_number("order");
        let left_out = entry.maybe_flag("left_out").unwrap_or(false);
        let source = self.source(entry, default);
        if left_out {
            self.check_left_out::<T>(entry, id.as_deref(), common);
            let (id, source) = (id?, source?);
            return Some(Dated { id, order, from: source.from, until: source.until, value: None });
        }
        // Read with stand-ins when the id or the source is broken, so that the other faults are seen too.
        let stand_in = source.clone().unwrap_or_else(|| self.stand_in());
        let value = T::read(entry, id.as_deref().unwrap_or_default(), &stand_in);
        let (id, source) = (id?, source?);
        Some(Dated { id, order, from: source.from, until: source.until, value: Some(value?) })
    }

    fn check_left_out<T: Noun>(&self, entry: &Entry<'_>, id: Option<&str>, common: Option<&[Dated<T>]>) {
        let Some(common) = common else {
            return entry.fault_at("left_out", "`common` can't leave out its own entry; end it with `until`");
        };
        if T::SINGLE {
            return entry.fault_at("left_out", format!("{} can be replaced, but not left out", a(T::TABLE)));
        }
        let Some(id) = id else { return };
        if !common.iter().any(|entry| entry.id == id) {
            let known: Vec<&str> = common.iter().map(|entry| entry.id.as_str()).collect();
            let hint = meant(id, &known).unwrap_or_default();
            entry.fault_at("id", format!("`common` has no {} `{id}` to leave out{hint}", spaced(T::TABLE)));
        }
    }

    fn source(&self, entry: &Entry<'_>, default: &Basis) -> Option<Source> {
        let basis = Basis::read(entry).over(default);
        let needs = |key: &str, example: &str| {
            if !entry.has(key) {
                entry.fault(format!(
                    "this {} needs `{key} = {example}`, here or in [default]",
                    spaced(entry.what)
                ));
            }
        };
        if basis.from.is_none() {
            needs("from", "2025-01-01");
        }
        if basis.strength.is_none() {
            needs("strength", "\"must\" or \"should\" or \"recommended\" or \"preferred\"");
        }
        if basis.confidence.is_none() {
            needs("confidence", "\"stated\" or \"found\" or \"needs_checking\"");
        }
        let document = match &basis.document {
            None => {
                entry.fault(format!(
                    "this {} needs source = {{ document = \"…\" }}, here or in [default]",
                    spaced(entry.what)
                ));
                None
            }
            Some(id) => {
                let document = self.documents.get(id);
                // A document may be named in the part of a file that could not be read.
                if document.is_none() && self.files.iter().all(|file| file.whole) {
                    let names: Vec<&str> = self.documents.keys().map(String::as_str).collect();
                    let hint = meant(id, &names).unwrap_or_else(|| "; name it under [[document]]".to_owned());
                    entry.fault_at("source", format!("there is no document `{id}`{hint}"));
                }
                document
            }
        };
        if let (Some(from), Some(until)) = (basis.from, basis.until)
            && until < from
        {
            entry.fault_at("until", format!("`until` ({until}) is before `from` ({from})"));
        }
        if (basis.strength, basis.confidence) == (Some(Strength::Must), Some(Confidence::NeedsChecking)) {
            entry.fault_at(
                "confidence",
                "what still needs checking can't be a must; write should, or a setting",
            );
        }
        Some(Source {
            requirements: basis.requirements.unwrap_or_default(),
            document: document?.clone(),
            confidence: basis.confidence?,
            strength: basis.strength?,
            from: basis.from?,
            until: basis.until,
        })
    }

    fn stand_in(&self) -> Source {
        let nothing = Document { id: String::new(), title: Text::default(), dated: None, address: None };
        Source {
            requirements: Vec::new(),
            document: Arc::new(nothing),
            confidence: Confidence::Stated,
            strength: Strength::Should,
            from: Date::MIN,
            until: None,
        }
    }
}

fn read_document(entry: &Entry<'_>) -> Option<Document> {
    let id = entry.name("id");
    let title = entry.words("title");
    let dated = entry.maybe_date("dated");
    let address = entry.maybe_text("address");
    if address.as_ref().is_some_and(|address| !address.starts_with("https://")) {
        entry.fault_at("address", "an address begins with https://");
    }
    Some(Document { id: id?, title: title?, dated, address })
}

/// A closed name as an id: anything else is a fault with the nearest name.
fn closed<T: Copy>(entry: &Entry<'_>, id: &str, names: &[(&'static str, T)]) -> Option<T> {
    let found = super::read::one_of(id, names);
    if found.is_none() && !id.is_empty() {
        entry.fault_at("id", no_such(entry.what, id, names));
    }
    found
}

fn icon(entry: &Entry<'_>) -> Option<String> {
    let names: Vec<(&'static str, &'static str)> = icons().iter().map(|icon| (*icon, *icon)).collect();
    entry.maybe_one_of("icon", &names).map(str::to_owned)
}

/// A word as the file holds it; [`super::Words`] gathers them.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) key: WordKey,
    pub(super) text: Text,
}

impl Noun for Word {
    const TABLE: &'static str = "word";
    const SINGLE: bool = true;

    fn read(entry: &Entry<'_>, id: &str, _: &Source) -> Option<Self> {
        let key = closed(entry, id, WordKey::NAMES);
        let text = entry.words("text");
        Some(Word { key: key?, text: text? })
    }
}

impl Noun for Title {
    const TABLE: &'static str = "title";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let given = Role::ALL.iter().filter(|role| role.is_given());
        let roles: Vec<(&'static str, Role)> = given.map(|role| (role.as_str(), *role)).collect();
        let name = entry.words("name");
        let letters = entry.maybe_text("letters");
        let role = entry.one_of("role", &roles);
        let supervises = entry.maybe_flag("supervises").unwrap_or(false);
        let attribute = entry.maybe_text("attribute");
        if supervises && role.is_some_and(|role| role != Role::Supervisor) {
            entry.fault_at("supervises", "only a title whose role is supervisor can supervise");
        }
        let (name, role, source) = (name?, role?, source.clone());
        Some(Title { id: id.to_owned(), name, letters, role, supervises, attribute, source })
    }
}

impl Noun for ContactKind {
    const TABLE: &'static str = "contact_kind";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let choice = Choice::read(entry, id, source);
        let asks_place = entry.flag("asks_place");
        let reached = entry.maybe_flag("reached").unwrap_or(true);
        let Choice { id, name, icon, source } = choice?;
        Some(ContactKind { id, name, icon, asks_place: asks_place?, reached, source })
    }
}

impl Choice {
    pub(super) fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Choice> {
        let name = entry.words("name");
        let icon = icon(entry).unwrap_or_else(|| "other".to_owned());
        Some(Choice { id: id.to_owned(), name: name?, icon, source: source.clone() })
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $noun:ident = $table:literal),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $noun(pub(super) Choice);

        impl Noun for $noun {
            const TABLE: &'static str = $table;

            fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
                Choice::read(entry, id, source).map($noun)
            }
        }

        impl From<$noun> for Choice {
            fn from(noun: $noun) -> Choice {
                noun.0
            }
        }
    )* };
}

choices! {
    Place = "place",
    Purpose = "purpose",
    Present = "present",
    NextStep = "next_step",
    WorkKind = "work_kind",
    SupportRole = "support_role",
    SupportEnding = "support_ending",
    Caregiver = "caregiver",
    SupervisionTopic = "supervision_topic",
    FactName = "fact_name",
    AdvocacyNeed = "advocacy_need",
    AdvocacyPlace = "advocacy_place",
    AdvocacyWay = "advocacy_way",
    AdvocacyLacking = "advocacy_lacking",
}

impl Noun for ActivityGroup {
    const TABLE: &'static str = "activity_group";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let kind = closed(entry, id, KindOfSupport::NAMES);
        let name = entry.words("name");
        let hint = entry.words("hint");
        Some(ActivityGroup { id: kind?, name: name?, hint: hint?, source: source.clone() })
    }
}

impl Noun for Activity {
    const TABLE: &'static str = "activity";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let choice = Choice::read(entry, id, source);
        let group = entry.one_of("group", KindOfSupport::NAMES);
        let common = entry.maybe_flag("common").unwrap_or(false);
        let Choice { id, name, icon, source } = choice?;
        Some(Activity { id, name, group: group?, icon, common, source })
    }
}

impl Noun for Element {
    const TABLE: &'static str = "note_element";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let field = closed(entry, id, NoteField::NAMES);
        let name = entry.words("name");
        let hint = entry.words("hint");
        let why = entry.words("why");
        let check_in = entry.maybe_flag("check_in").unwrap_or(false);
        Some(Element {
            field: field?,
            strength: source.strength,
            adopted: false,
            name: name?,
            hint: hint?,
            why: why?,
            check_in,
            source: source.clone(),
        })
    }
}

impl Noun for ChecklistItem {
    const TABLE: &'static str = "first_meeting";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let script = entry.words("script");
        Some(ChecklistItem { id: id.to_owned(), name: name?, script: script?, source: source.clone() })
    }
}

impl Noun for Growing {
    const TABLE: &'static str = "growing";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let (from, to) = (entry.number("from_age"), entry.number("to_age"));
        let (name, text) = (entry.words("name"), entry.words("text"));
        let (from, to) = (from?, to?);
        if from > to || to > 25 {
            entry.fault_at("to_age", "the last age is at least the first, and at most 25");
            return None;
        }
        Some(Growing { id: id.to_owned(), ages: from..=to, name: name?, text: text?, source: source.clone() })
    }
}

impl Noun for Skill {
    const TABLE: &'static str = "skill";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let ask = entry.words("ask");
        Some(Skill { id: id.to_owned(), name: name?, ask: ask?, source: source.clone() })
    }
}

impl Noun for LearnAt {
    const TABLE: &'static str = "learning";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let what = entry.one_of("what", LearnFor::NAMES);
        let name = entry.words("name");
        let about = entry.words("about");
        let address = entry.maybe_text("address");
        if address.as_ref().is_some_and(|address| !address.starts_with("https://")) {
            entry.fault_at("address", "`address` begins with https://");
        }
        Some(LearnAt {
            id: id.to_owned(),
            what: what?,
            name: name?,
            about: about?,
            address,
            source: source.clone(),
        })
    }
}

impl Noun for Right {
    const TABLE: &'static str = "right";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let text = entry.words("text");
        Some(Right { id: id.to_owned(), text: text?, source: source.clone() })
    }
}

impl Noun for Notice {
    const TABLE: &'static str = "notice";
    const SINGLE: bool = true;

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let known = closed(entry, id, Notice::NAMES);
        let text = entry.words("text");
        known?;
        Some(Notice { text: text?, source: source.clone() })
    }
}

impl Noun for HelpLine {
    const TABLE: &'static str = "help_line";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let name = entry.words("name");
        let call = entry.text("call");
        let text = entry.maybe_text("text");
        let hint = entry.maybe_words("hint");
        for (key, number) in [("call", &call), ("text", &text)] {
            let dialable =
                |number: &String| number.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'+');
            if number.as_ref().is_some_and(|number| !dialable(number)) {
                entry.fault_at(key, format!("`{key}` is a phone number of digits and hyphens"));
            }
        }
        Some(HelpLine { id: id.to_owned(), name: name?, call: call?, text, hint, source: source.clone() })
    }
}
