//! What a programme may choose.

use proptest::prelude::*;

use super::*;
use SettingValue::{Choice as Chosen, Number, YesNo};

fn chosen(id: &str, value: SettingValue) -> Settings {
    let mut settings = Settings::new();
    settings.set(id, value);
    settings
}

#[test]
fn a_choice_is_checked_and_the_answer_says_what_is_allowed() {
    let pack = pack("us-ga-adult");
    for (id, value, answer) in [
        ("note_due_hours", Number(12), None),
        ("note_due_hours", Number(168), None),
        ("note_due_hours", Number(0), Some("`note_due_hours` must be a whole number from 1 to 168")),
        ("note_due_hours", Number(169), Some("`note_due_hours` must be a whole number from 1 to 168")),
        ("note_due_hours", YesNo(true), Some("`note_due_hours` must be a whole number from 1 to 168")),
        ("note_supervisor_signs", YesNo(false), None),
        ("note_supervisor_signs", Number(1), Some("`note_supervisor_signs` must be yes or no")),
        ("service_rounding", Chosen("eight".into()), None),
        (
            "service_rounding",
            Chosen("nine".into()),
            Some("`service_rounding` must be one of: full, eight, up_to"),
        ),
        ("note_strengths_must", YesNo(true), None),
        ("note_did_must", YesNo(true), Some("there is no setting `note_did_must` in this pack")),
        ("moon_phase", YesNo(true), Some("there is no setting `moon_phase` in this pack")),
    ] {
        let faults = chosen(id, value.clone()).check(&pack, TODAY).err().unwrap_or_default();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.first().map(String::as_str), answer, "{id} = {value}");
        assert!(faults.iter().all(|fault| fault.setting() == id), "{id} = {value}");
    }
}

#[test]
fn a_note_is_never_late_before_it_is_due() {
    let mut settings = chosen("note_due_hours", Number(168));
    settings.set("note_late_after_days", Number(1));
    assert_eq!(settings.check(&pack("us-al-parent"), TODAY), Err(vec![SettingFault::LateBeforeDue]));
}

#[test]
fn what_was_chosen_holds() {
    let mut settings = Settings::new();
    settings.set("note_due_hours", Number(2));
    settings.set("note_late_after_days", Number(3));
    settings.set("note_supervisor_signs", YesNo(false));
    settings.set("note_signed_by", Chosen("own_supervisor".into()));
    settings.set("service_rounding", Chosen("eight".into()));
    settings.set("support_independent", YesNo(false));
    settings.set("note_strengths_must", YesNo(true));
    let pack = pack("us-ga-adult");
    assert_eq!(settings.check(&pack, TODAY), Ok(()));
    let rules = pack.rules(TODAY, &settings);
    assert_eq!((rules.note.due_hours, rules.note.late_after_hours), (2, 72));
    assert_eq!((rules.note.supervisor_signs, rules.note.countersign_within_hours), (false, None));
    assert_eq!(rules.note.signed_by, SignedBy::OwnSupervisor);
    assert_eq!(rules.note.units(8), 1);
    assert!(
        !rules.support.independent && rules.support.needs_team_lead,
        "who may not be alone has a team lead"
    );
    assert!(rules.note.must(NoteField::Strengths) && !rules.note.must(NoteField::Response));
    let reasons = rules.explain(Topic::Note(NoteField::Strengths));
    assert_eq!(reasons.len(), 2, "the pack's reason, and the programme's own");
    assert_eq!(reasons[1].source, None);
    let again: Settings = serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
    assert_eq!(again, settings);
}

/// A state that requires notes within 24 hours and no peer alone, and leaves the unit closed.
fn strict() -> Arc<Pack> {
    sixth(
        r#"
[[setting]]
id = "note_due_hours"
name = { en = "Due", es = "Entrega" }
why = { en = "A rule.", es = "Una regla." }
default = 24
min = 1
max = 168
stricter = "lower"
strength = "must"

[[setting]]
id = "support_independent"
name = { en = "Alone", es = "A solas" }
why = { en = "A rule.", es = "Una regla." }
default = false
stricter = "no"
strength = "must"

[[setting]]
id = "service_unit_minutes"
name = { en = "Unit", es = "Unidad" }
why = { en = "A rule.", es = "Una regla." }
default = 15
min = 1
max = 60
stricter = "either"
open = false
"#,
    )
    .unwrap()
}

#[test]
fn a_must_may_only_be_made_stricter() {
    let pack = strict();
    for (id, value, answer) in [
        ("note_due_hours", Number(12), None),
        ("note_due_hours", Number(24), None),
        (
            "note_due_hours",
            Number(25),
            Some("the pack requires `note_due_hours` to be 24; the program may only be stricter"),
        ),
        (
            "support_independent",
            YesNo(true),
            Some("the pack requires `support_independent` to be no; the program may only be stricter"),
        ),
        (
            "service_unit_minutes",
            Number(10),
            Some("`service_unit_minutes` is set by the pack and can't be changed"),
        ),
    ] {
        let settings = chosen(id, value.clone());
        let told = settings.check(&pack, TODAY).err().map(|faults| faults[0].to_string());
        assert_eq!(told.as_deref(), answer, "{id} = {value}");
        // A refused choice that is stored all the same changes nothing.
        if answer.is_some() {
            assert_eq!(pack.rules(TODAY, &settings).note, pack.rules(TODAY, &Settings::new()).note);
            assert!(!pack.rules(TODAY, &settings).support.independent);
        }
    }
    let rules = pack.rules(TODAY, &Settings::new());
    assert!(rules.open_settings.iter().all(|setting| setting.id != "service_unit_minutes"));
    assert_eq!(
        rules.explain(Topic::Setting("service_unit_minutes")).len(),
        1,
        "closed ones explain themselves too"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_choice_loosens_a_must(hours in any::<u32>(), alone in any::<bool>(), unit in any::<u32>()) {
        let pack = strict();
        let mut settings = chosen("note_due_hours", Number(hours));
        settings.set("support_independent", YesNo(alone));
        settings.set("service_unit_minutes", Number(unit));
        let rules = pack.rules(TODAY, &settings);
        prop_assert!((1..=24).contains(&rules.note.due_hours));
        prop_assert!(!rules.support.independent);
        prop_assert_eq!(rules.note.unit_minutes.get(), 15);
    }

    #[test]
    fn what_is_allowed_holds_and_what_is_not_changes_nothing(
        which in 0_usize..22,
        value in prop_oneof![
            any::<bool>().prop_map(YesNo),
            (0_u32..200).prop_map(Number),
            "full|eight|up_to|own_supervisor|x".prop_map(Chosen),
        ],
    ) {
        let pack = pack("us-al-parent");
        let plain = pack.rules(TODAY, &Settings::new());
        let setting = &plain.open_settings[which % plain.open_settings.len()];
        let settings = chosen(&setting.id, value.clone());
        let rules = pack.rules(TODAY, &settings);
        let now = rules.open_settings.iter().find(|other| other.id == setting.id).unwrap();
        match setting.allows(&value) {
            Ok(()) => prop_assert_eq!(now.value(), &value),
            Err(_) => {
                prop_assert!(settings.check(&pack, TODAY).is_err());
                prop_assert_eq!(&rules, &plain);
            }
        }
    }
}
