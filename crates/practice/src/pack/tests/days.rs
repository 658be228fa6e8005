//! Entries come into force and end, and a state's entries lie over the common ones.

use proptest::prelude::*;

use super::*;
use crate::Lang;

const PLACE: &str = r#"
[[place]]
id = "porch"
name = { en = "The porch", es = "El porche" }
from = FROM
until = UNTIL
"#;

fn has(pack: &Pack, on: Date, id: &str) -> bool {
    pack.rules(on, &Settings::new()).places.iter().any(|place| place.id == id)
}

#[test]
fn an_entry_is_there_from_its_first_day_to_its_last() {
    let pack = sixth(&PLACE.replace("FROM", "2026-03-01").replace("UNTIL", "2026-08-31")).unwrap();
    for (on, there) in [
        (date(2026, 2, 28), false),
        (date(2026, 3, 1), true),
        (date(2026, 8, 31), true),
        (date(2026, 9, 1), false),
    ] {
        assert_eq!(has(&pack, on, "porch"), there, "{on}");
    }
    assert_eq!(pack.next_change(date(2026, 1, 1)), Some(date(2026, 3, 1)));
    assert_eq!(pack.next_change(date(2026, 3, 1)), Some(date(2026, 9, 1)));
    assert_eq!(pack.next_change(date(2026, 9, 1)), None);
}

#[test]
fn one_entry_follows_another_under_the_same_id() {
    let due = |default: u32, dates: &str| {
        format!(
            r#"
[[setting]]
id = "note_due_hours"
name = {{ en = "Due", es = "Entrega" }}
why = {{ en = "A rule.", es = "Una regla." }}
default = {default}
min = 1
max = 168
stricter = "lower"
{dates}
"#
        )
    };
    let text = due(48, "until = 2026-06-30") + &due(12, "from = 2026-07-01");
    let pack = sixth(&text).unwrap();
    let due_on = |on| pack.rules(on, &Settings::new()).note.due_hours;
    assert_eq!((due_on(date(2026, 6, 30)), due_on(date(2026, 7, 1))), (48, 12));
    // Before the state's first entry, and before any entry, what is common holds.
    assert_eq!((due_on(date(2024, 1, 1)), due_on(date(1999, 1, 1))), (24, 24));
}

#[test]
fn a_state_takes_the_place_of_a_common_entry_or_takes_it_away() {
    let pack = sixth(
        r#"
[[place]]
id = "clinic"
name = { en = "Health house", es = "Casa de salud" }
icon = "heart"

[[place]]
id = "school"
left_out = true
until = 2025-12-31

[[word]]
id = "peer"
text = { en = "guide", es = "guía" }
from = 2026-01-01
"#,
    )
    .unwrap();
    let rules = |on| pack.rules(on, &Settings::new());
    let clinic =
        |rules: &Rules| rules.places.iter().find(|place| place.id == "clinic").unwrap().name.en.clone();
    assert_eq!(clinic(&rules(TODAY)), "Health house");
    assert!(!has(&pack, date(2025, 6, 1), "school"));
    assert!(has(&pack, date(2026, 1, 1), "school"), "it comes back when the state's entry has ended");
    assert_eq!(rules(date(2025, 6, 1)).words.get(WordKey::Peer, Lang::En), "peer specialist");
    assert_eq!(rules(TODAY).words.get(WordKey::Peer, Lang::En), "guide");
}

#[test]
fn a_sixth_state_is_a_folder() {
    // covers: MO-33
    let pack = sixth(
        r#"
[[activity]]
id = "porch_talk"
name = { en = "Sat on the porch", es = "Nos sentamos en el porche" }
group = "affiliational"
icon = "home"
"#,
    )
    .unwrap();
    let rules = pack.rules(TODAY, &Settings::new());
    assert_eq!(rules.activity("porch_talk").unwrap().group, KindOfSupport::Affiliational);
    assert!(rules.activity("listen").is_some(), "what is common is there too");
    assert!(super::pack("us-ga-adult").rules(TODAY, &Settings::new()).activity("porch_talk").is_none());
}

fn any_day() -> impl Strategy<Value = Date> {
    (1990_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_entry_is_there_exactly_on_its_days(from in any_day(), days in 0_i32..3000, on in any_day()) {
        let until = from + jiff::Span::new().days(days);
        let text = PLACE.replace("FROM", &from.to_string()).replace("UNTIL", &until.to_string());
        let pack = sixth(&text).unwrap();
        prop_assert_eq!(has(&pack, on, "porch"), from <= on && on <= until);
        // Nothing changes between two changes.
        let next = pack.next_change(on).unwrap_or(Date::MAX);
        let before = next.yesterday().unwrap();
        prop_assert_eq!(has(&pack, on, "porch"), has(&pack, before, "porch"));
    }

    #[test]
    fn on_every_day_there_is_an_answer(on in any_day()) {
        for id in PACKS {
            let rules = pack(id).rules(on, &Settings::new());
            for key in WordKey::ALL {
                for lang in Lang::ALL {
                    prop_assert!(!rules.words.get(*key, lang).is_empty());
                }
            }
            prop_assert!(rules.note.due_hours > 0 && rules.note.late_after_hours >= rules.note.due_hours);
            prop_assert!(!rules.role_card.en.is_empty() && !rules.limits_of_privacy.es.is_empty());
        }
    }
}
