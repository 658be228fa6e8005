//! The form of a contact's note: from what stands on the screen to a draft, and back.
//!
//! A draft holds moments; a form holds a day, a start and either a length or an end, all in the programme's zone.
//! Whatever is typed for a field that the pack does not ask is not taken.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_practice::Lang;
use porchlight_practice::contact::{Draft, Missing, Why};
use porchlight_practice::id::GoalId;
use porchlight_practice::pack::{Element, NoteField, Rules, Strength, Topic};
use porchlight_practice::work::minutes;

use crate::form::{Choice, FIELD_LIMIT, Form};
use crate::i18n::Argument;
use crate::page::Page;

/// Lengths of a visit that take one tap, in minutes.
pub(crate) const LENGTHS: &[u32] = &[15, 30, 45, 60];
/// The length a new visit starts with, in minutes.
pub(crate) const USUAL_LENGTH: u32 = 30;
/// Lengths of a check-in that take one tap, in minutes; a programme's own limit cuts the list.
const SHORT_LENGTHS: &[u32] = &[5, 10, 15, 20, 30];
/// Times that the page fills in by itself are rounded to this, in minutes.
const STEP: i64 = 5;
/// Stands in the field of the length when the end was typed as a time.
const OTHER: &str = "other";
/// Stands in the field of the goal when there was none this time.
const NO_GOAL: &str = "none";

/// The lengths offered as tiles: for a check-in only what may still be one.
pub(crate) fn lengths(short: bool, rules: &Rules) -> Vec<u32> {
    let longest = rules.note.check_in_minutes;
    if short {
        SHORT_LENGTHS.iter().copied().filter(|length| *length <= longest).collect()
    } else {
        LENGTHS.to_vec()
    }
}

/// Something that lasted from a moment to a moment, as far as the form says it.
pub(crate) struct Stretch {
    pub started: Option<Timestamp>,
    pub ended: Option<Timestamp>,
}

/// Reads `day`, `start`, and `length` or `end` with `midnight`. What can't be read is noted beside its field.
pub(crate) fn stretch(form: &mut Form, zone: &TimeZone) -> Stretch {
    let day: Option<Date> = form.read_if_there("day", "contact-wrong-day");
    let start: Option<Time> = form.read_if_there("start", "contact-wrong-time");
    let end: Option<Time> = form.read_if_there("end", "contact-wrong-time");
    let started = day.zip(start).and_then(|(day, time)| moment(day, time, zone));
    let length = form.value("length").parse().ok().filter(|minutes| (1..=24 * 60).contains(minutes));
    let by_length = started
        .zip(length)
        .and_then(|(started, minutes)| started.checked_add(SignedDuration::from_mins(minutes)).ok());
    let past_midnight = form.has("midnight", "yes");
    let by_end = day.zip(end).and_then(|(day, time)| {
        let day = if past_midnight { day.tomorrow().ok()? } else { day };
        moment(day, time, zone)
    });
    // An end that stood there when the page was shown gives way to a length; one that was typed since does not.
    let typed = form.value("end") != form.value("end_was");
    if typed && by_length.is_some() && by_end.is_some() && by_length != by_end {
        form.wrong("length", "contact-wrong-two-ends");
    }
    Stretch { started, ended: if length.is_some() { by_length } else { by_end } }
}

fn moment(day: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    // An hour that daylight time skips or repeats is taken as a clock on the wall would have gone.
    day.to_datetime(time).to_zoned(zone.clone()).ok().map(|moment| moment.timestamp())
}

/// A form that says when: `length` is one of the tiles, or the end as a time.
pub(crate) fn with_stretch(
    mut form: Form,
    started: Option<Timestamp>,
    ended: Option<Timestamp>,
    lengths: &[u32],
    zone: &TimeZone,
) -> Form {
    let local = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
    if let Some(first) = started.or(ended) {
        form = form.with("day", local(first).date().to_string());
    }
    if let Some(started) = started {
        form = form.with("start", clock(local(started).time()));
    }
    let Some(ended) = ended else { return form };
    match started.map(|started| minutes(started, ended)) {
        Some(length) if lengths.contains(&length) => form.with("length", length.to_string()),
        _ => {
            form = form.with("length", OTHER).with("end", clock(local(ended).time()));
            if started.is_some_and(|started| local(started).date() < local(ended).date()) {
                form = form.with("midnight", "yes");
            }
            form
        }
    }
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The start that a form is filled with: so long before now, on a round minute.
pub(crate) fn usual_start(now: Timestamp, length: u32) -> Timestamp {
    let step = STEP * 60;
    let seconds = now.as_second() - i64::from(length) * 60;
    Timestamp::from_second(seconds - seconds.rem_euclid(step)).unwrap_or(now)
}

/// A new draft as the page fills it in.
pub(crate) fn fresh(short: bool, rules: &Rules, now: Timestamp) -> Draft {
    let length = if short {
        lengths(true, rules).into_iter().rev().find(|length| *length <= 10).unwrap_or(USUAL_LENGTH)
    } else {
        USUAL_LENGTH
    };
    let started = usual_start(now, length);
    Draft {
        check_in: short,
        kind: rules.contact_kinds.first().map(|kind| kind.id.clone()).unwrap_or_default(),
        started: Some(started),
        ended: Some(started + SignedDuration::from_mins(i64::from(length))),
        ..Draft::default()
    }
}

/// The draft on the screen. What can't be read is noted beside its field, and left out of the draft.
pub(crate) fn read(form: &mut Form, rules: &Rules, zone: &TimeZone) -> Draft {
    let Stretch { started, ended } = stretch(form, zone);
    let goal: Option<GoalId> = match form.value("goal") {
        "" | NO_GOAL => None,
        _ => form.read("goal", "contact-wrong-choice"),
    };
    let asked = |field| rules.note.element(field).is_some();
    let value = |field, name: &str| if asked(field) { form.value(name).to_owned() } else { String::new() };
    let all = |field, name: &str| {
        let chosen = form.all(name).filter(|id| asked(field) && !id.is_empty());
        chosen.map(str::to_owned).collect()
    };
    let kind = form.value("kind").to_owned();
    let has_place = rules.contact_kind(&kind).is_none_or(|kind| kind.asks_place);
    Draft {
        check_in: form.has("check_in", "yes"),
        purpose: value(NoteField::Purpose, "purpose"),
        purpose_words: value(NoteField::Purpose, "purpose_words"),
        goal: goal.filter(|_| asked(NoteField::Goal)),
        no_goal: asked(NoteField::Goal) && form.has("goal", NO_GOAL),
        place: if has_place { value(NoteField::Place, "place") } else { String::new() },
        kind,
        started,
        ended,
        present: all(NoteField::Present, "present"),
        present_words: value(NoteField::Present, "present_words"),
        did: all(NoteField::Did, "did"),
        did_words: value(NoteField::Did, "did_words"),
        strengths: value(NoteField::Strengths, "strengths"),
        own_words: value(NoteField::OwnWords, "own_words"),
        response: value(NoteField::Response, "response"),
        next_step: value(NoteField::NextStep, "next_step"),
        next_words: value(NoteField::NextStep, "next_words"),
    }
}

/// A form that holds this draft.
pub(crate) fn fill(draft: &Draft, rules: &Rules, zone: &TimeZone) -> Form {
    let lengths = lengths(draft.is_check_in(rules), rules);
    let mut form = with_stretch(Form::new(), draft.started, draft.ended, &lengths, zone);
    let goal = match draft.goal {
        Some(goal) => goal.to_string(),
        None if draft.no_goal => NO_GOAL.to_owned(),
        None => String::new(),
    };
    for (name, value) in [
        ("check_in", if draft.check_in { "yes" } else { "" }),
        ("purpose", &draft.purpose),
        ("purpose_words", &draft.purpose_words),
        ("goal", &goal),
        ("kind", &draft.kind),
        ("place", &draft.place),
        ("present_words", &draft.present_words),
        ("did_words", &draft.did_words),
        ("strengths", &draft.strengths),
        ("own_words", &draft.own_words),
        ("response", &draft.response),
        ("next_step", &draft.next_step),
        ("next_words", &draft.next_words),
    ] {
        if !value.is_empty() {
            form = form.with(name, value);
        }
    }
    for id in &draft.present {
        form = form.with("present", id);
    }
    for id in &draft.did {
        form = form.with("did", id);
    }
    form
}

/// The names of the fields that belong to something the pack asks.
fn names(field: NoteField) -> &'static [&'static str] {
    match field {
        NoteField::Purpose => &["purpose", "purpose_words"],
        NoteField::Goal => &["goal"],
        NoteField::Start => &["day", "start"],
        NoteField::End => &["length", "end", "midnight"],
        NoteField::Kind => &["kind"],
        NoteField::Place => &["place"],
        NoteField::Present => &["present", "present_words"],
        NoteField::Did => &["did", "did_words"],
        NoteField::Strengths => &["strengths"],
        NoteField::OwnWords => &["own_words"],
        NoteField::Response => &["response"],
        NoteField::NextStep => &["next_step", "next_words"],
    }
}

/// What was typed for fields that this form does not show: it goes along unseen, so that a short form loses nothing of
/// a long one.
pub(crate) fn unseen(form: &Form, asks: &[Ask]) -> Vec<(String, String)> {
    let hidden = NoteField::ALL.iter().filter(|field| !asks.iter().any(|ask| ask.field == **field));
    hidden
        .flat_map(|field| names(*field))
        .flat_map(|name| form.all(name).map(|value| ((*name).to_owned(), value.to_owned())))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Notes beside their fields what keeps a draft from being signed.
pub(crate) fn say_missing(form: &mut Form, missing: &[Missing]) {
    for Missing { field, why } in missing {
        let name = match (field, why) {
            (NoteField::Start, _) => "start",
            (NoteField::End, Why::Empty) => "length",
            (NoteField::End, _) => "end",
            (_, Why::TooLong) => names(*field).last().copied().unwrap_or_default(),
            _ => names(*field)[0],
        };
        match why {
            Why::Empty => form.wrong(name, empty(*field)),
            Why::TooLong => form.wrong_with(
                name,
                "form-error-long",
                &[
                    ("limit", FIELD_LIMIT.value()),
                    ("over", form.value(name).chars().count().saturating_sub(FIELD_LIMIT).value()),
                ],
            ),
            Why::Unknown => form.wrong(name, "contact-wrong-choice"),
            Why::EndsBeforeStart => form.wrong(name, "contact-wrong-order"),
            Why::InFuture => form.wrong(name, "contact-wrong-future"),
            Why::LongerThanADay => form.wrong(name, "contact-wrong-day-long"),
        }
    }
}

fn empty(field: NoteField) -> &'static str {
    match field {
        NoteField::Purpose => "contact-need-purpose",
        NoteField::Goal => "contact-need-goal",
        NoteField::Start => "contact-need-start",
        NoteField::End => "contact-need-end",
        NoteField::Kind => "contact-need-kind",
        NoteField::Place => "contact-need-place",
        NoteField::Present => "contact-need-present",
        NoteField::Did => "contact-need-did",
        NoteField::Strengths => "contact-need-strengths",
        NoteField::OwnWords => "contact-need-own-words",
        NoteField::Response => "contact-need-response",
        NoteField::NextStep => "contact-need-next-step",
    }
}

/// One thing the form asks, in the pack's words.
pub(crate) struct Ask {
    pub field: NoteField,
    pub name: String,
    pub hint: String,
    pub why: Vec<String>,
    pub needed: bool,
}

impl Ask {
    fn of(element: &Element, rules: &Rules, lang: Lang) -> Ask {
        Ask {
            field: element.field,
            name: element.name.in_(lang).to_owned(),
            hint: element.hint.in_(lang).to_owned(),
            why: rules
                .explain(Topic::Note(element.field))
                .iter()
                .map(|reason| reason.text.in_(lang).to_owned())
                .collect(),
            needed: element.strength == Strength::Must,
        }
    }

    /// Whether it asks this field, by the field's name in packs.
    pub fn is(&self, field: &str) -> bool {
        self.field.as_str() == field
    }
}

/// What the form asks, in the pack's order: of a check-in only what the pack asks of one.
pub(crate) fn asks(short: bool, rules: &Rules, lang: Lang) -> Vec<Ask> {
    let asked = rules.note.elements.iter().filter(|element| !short || element.check_in);
    asked.map(|element| Ask::of(element, rules, lang)).collect()
}

/// A way of meeting, as a tile.
pub(crate) struct KindTile {
    pub choice: Choice,
    pub placeless: bool,
}

/// Activities under one of the four kinds of support.
pub(crate) struct Group {
    pub name: String,
    pub choices: Vec<Choice>,
}

/// What can be chosen, in the reader's language.
pub(crate) struct Choices {
    pub kinds: Vec<KindTile>,
    pub places: Vec<Choice>,
    pub purposes: Vec<Choice>,
    pub present: Vec<Choice>,
    pub next_steps: Vec<Choice>,
    pub common: Vec<Choice>,
    pub groups: Vec<Group>,
    pub lengths: Vec<Choice>,
}

/// A pack's choices as tiles.
pub(crate) fn tiles(choices: &[porchlight_practice::pack::Choice], lang: Lang) -> Vec<Choice> {
    choices.iter().map(|choice| Choice::new(&choice.id, choice.name.in_(lang)).icon(&choice.icon)).collect()
}

/// Lengths as tiles.
pub(crate) fn length_tiles(page: &Page, lengths: &[u32]) -> Vec<Choice> {
    lengths.iter().map(|length| Choice::new(length.to_string(), page.length(length))).collect()
}

impl Choices {
    pub fn of(page: &Page, rules: &Rules, short: bool) -> Choices {
        let lang = page.lang;
        let tile = |activity: &porchlight_practice::pack::Activity| {
            Choice::new(&activity.id, activity.name.in_(lang)).icon(&activity.icon)
        };
        let groups = rules.activity_groups.iter().map(|group| Group {
            name: group.name.in_(lang).to_owned(),
            choices: rules
                .activities
                .iter()
                .filter(|activity| activity.group == group.id && !activity.common)
                .map(tile)
                .collect(),
        });
        Choices {
            kinds: rules
                .contact_kinds
                .iter()
                .map(|kind| KindTile {
                    choice: Choice::new(&kind.id, kind.name.in_(lang)).icon(&kind.icon),
                    placeless: !kind.asks_place,
                })
                .collect(),
            places: tiles(&rules.places, lang),
            purposes: tiles(&rules.purposes, lang),
            present: tiles(&rules.present, lang),
            next_steps: tiles(&rules.next_steps, lang),
            common: rules.activities.iter().filter(|activity| activity.common).map(tile).collect(),
            groups: groups.filter(|group| !group.choices.is_empty()).collect(),
            lengths: length_tiles(page, &lengths(short, rules)),
        }
    }
}

/// Both drafts in one: texts one after the other, everything that either ticked, and of what can be only one thing what
/// was typed here.
pub(crate) fn joined(here: &Draft, there: &Draft) -> Draft {
    let text = |here: &str, there: &str| match (here.trim(), there.trim()) {
        (one, other) if one.contains(other) => here.to_owned(),
        (one, other) if other.contains(one) => there.to_owned(),
        (one, other) => format!("{one}\n\n{other}"),
    };
    let one = |here: &str, there: &str| if here.is_empty() { there.to_owned() } else { here.to_owned() };
    Draft {
        check_in: here.check_in && there.check_in,
        purpose: one(&here.purpose, &there.purpose),
        purpose_words: text(&here.purpose_words, &there.purpose_words),
        goal: here.goal.or(there.goal),
        no_goal: here.no_goal || there.no_goal,
        kind: one(&here.kind, &there.kind),
        place: one(&here.place, &there.place),
        started: here.started.or(there.started),
        ended: here.ended.or(there.ended),
        present: here.present.union(&there.present).cloned().collect(),
        present_words: text(&here.present_words, &there.present_words),
        did: here.did.union(&there.did).cloned().collect(),
        did_words: text(&here.did_words, &there.did_words),
        strengths: text(&here.strengths, &there.strengths),
        own_words: text(&here.own_words, &there.own_words),
        response: text(&here.response, &there.response),
        next_step: one(&here.next_step, &there.next_step),
        next_words: text(&here.next_words, &there.next_words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone() -> TimeZone {
        TimeZone::get("America/New_York").unwrap()
    }

    fn said(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().fold(Form::new(), |form, (name, value)| form.with(name, *value))
    }

    fn span(pairs: &[(&str, &str)]) -> (Option<String>, Option<String>, bool) {
        let mut form = said(pairs);
        let Stretch { started, ended } = stretch(&mut form, &zone());
        (started.map(|at| at.to_string()), ended.map(|at| at.to_string()), form.is_right())
    }

    #[test]
    fn a_length_or_an_end_says_how_long_it_was() {
        let day = [("day", "2026-11-19"), ("start", "16:30")];
        let with = |more: &[(&'static str, &'static str)]| span(&[&day[..], more].concat());
        let start = Some("2026-11-19T21:30:00Z".to_owned());
        assert_eq!(with(&[("length", "45")]), (start.clone(), Some("2026-11-19T22:15:00Z".into()), true));
        assert_eq!(
            with(&[("length", "other"), ("end", "17:20")]),
            (start.clone(), Some("2026-11-19T22:20:00Z".into()), true)
        );
        assert!(with(&[("length", "30"), ("end", "17:00")]).2, "both say the same");
        assert!(!with(&[("length", "30"), ("end", "17:20")]).2, "they contradict each other");
        let shown = [("length", "45"), ("end", "17:20"), ("end_was", "17:20")];
        assert_eq!(with(&shown), (start.clone(), Some("2026-11-19T22:15:00Z".into()), true));
        assert_eq!(with(&[]), (start.clone(), None, true));
        assert_eq!(with(&[("length", "other"), ("end", "soon")]), (start, None, false));
    }

    #[test]
    fn a_visit_may_go_past_midnight() {
        let late = [("day", "2026-11-19"), ("start", "23:30"), ("end", "00:15")];
        assert_eq!(span(&late).1.as_deref(), Some("2026-11-19T05:15:00Z"), "as typed: before the start");
        let past = [&late[..], &[("midnight", "yes")]].concat();
        assert_eq!(span(&past).1.as_deref(), Some("2026-11-20T05:15:00Z"));
        assert_eq!(
            span(&[("day", "2026-11-19"), ("start", "23:30"), ("length", "60")]).1.as_deref(),
            Some("2026-11-20T05:30:00Z")
        );
    }

    #[test]
    fn the_hour_that_daylight_time_skips_or_repeats_is_taken_as_a_wall_clock_goes() {
        let skipped = span(&[("day", "2026-03-08"), ("start", "02:30"), ("length", "30")]);
        assert_eq!(skipped.0.as_deref(), Some("2026-03-08T07:30:00Z"));
        let twice = span(&[("day", "2026-11-01"), ("start", "01:30"), ("end", "02:30"), ("length", "other")]);
        assert_eq!(twice.0.as_deref(), Some("2026-11-01T05:30:00Z"));
        assert_eq!(twice.1.as_deref(), Some("2026-11-01T07:30:00Z"), "two hours on that night");
    }

    #[test]
    fn what_the_page_fills_in_is_a_round_time_that_has_passed() {
        let now: Timestamp = "2026-11-19T20:03:47Z".parse().unwrap();
        assert_eq!(usual_start(now, 30).to_string(), "2026-11-19T19:30:00Z");
    }

    proptest! {
        #[test]
        fn times_come_back_from_the_form_as_they_went_in(start in 0i64..2_000_000_000 / 60, length in 0i64..1440) {
            let started = Timestamp::from_second(start * 60).unwrap();
            let ended = started + SignedDuration::from_mins(length);
            let utc = TimeZone::UTC;
            let mut form = with_stretch(Form::new(), Some(started), Some(ended), LENGTHS, &utc);
            let read = stretch(&mut form, &utc);
            prop_assert!(form.is_right());
            prop_assert_eq!((read.started, read.ended), (Some(started), Some(ended)));
        }

        #[test]
        fn joining_loses_no_word_of_either(one in "[a-z ]{0,12}", other in "[a-z ]{0,12}") {
            let here = Draft { own_words: one.clone(), ..Draft::default() };
            let there = Draft { own_words: other.clone(), ..Draft::default() };
            let both = joined(&here, &there);
            prop_assert!(both.own_words.contains(one.trim()) && both.own_words.contains(other.trim()));
        }
    }
}
