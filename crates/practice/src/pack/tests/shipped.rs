//! What the five documents say, as the shipped packs give it.

use super::*;
use crate::contact::Draft;
use crate::id::AccountId;
use crate::support::{Support, SupportFault};
use crate::{Lang, Role};

#[test]
fn titles_map_to_roles() {
    for (pack, id, name, letters, role, supervises, attribute) in [
        ("us-ga-adult", "peer", "Certified Peer Specialist", Some("CPS"), Role::PeerSpecialist, false, None),
        ("us-ga-adult", "supervisor", "Peer support supervisor", None, Role::Supervisor, true, None),
        (
            "us-ga-adult",
            "mental_health_professional",
            "Mental health professional",
            None,
            Role::Supervisor,
            true,
            Some("qmhp"),
        ),
        (
            "us-ga-adult",
            "program_manager",
            "Program manager",
            None,
            Role::Supervisor,
            true,
            Some("program_manager"),
        ),
        ("us-ga-adult", "privacy_lead", "Privacy lead", None, Role::PrivacyLead, false, None),
        ("us-ga-adult", "team_member", "Treatment team member", None, Role::TeamMember, false, None),
        (
            "us-al-parent",
            "peer",
            "Certified Peer Specialist – Parent",
            Some("CPS-P"),
            Role::ParentPeerSpecialist,
            false,
            None,
        ),
        (
            "us-al-parent",
            "program_director",
            "Program Director",
            None,
            Role::Supervisor,
            true,
            Some("program_director"),
        ),
        (
            "us-al-parent",
            "program_manager",
            "Program Manager",
            None,
            Role::Supervisor,
            true,
            Some("program_manager"),
        ),
        (
            "us-al-parent",
            "clinical_director",
            "Clinical Director",
            None,
            Role::Supervisor,
            true,
            Some("clinical_director"),
        ),
        (
            "us-al-parent",
            "human_resources",
            "Human resources",
            None,
            Role::ProgrammeAdmin,
            false,
            Some("human_resources"),
        ),
        ("us-al-parent", "privacy_lead", "Privacy lead", None, Role::PrivacyLead, false, None),
        ("us-al-parent", "trainee", "Parent peer specialist in training", None, Role::Trainee, false, None),
        (
            "us-ca-parent",
            "peer",
            "Parent Peer Support Specialist",
            None,
            Role::ParentPeerSpecialist,
            false,
            None,
        ),
        (
            "us-ca-parent",
            "supervisor",
            "Parent peer supervisor",
            None,
            Role::Supervisor,
            true,
            Some("qualified_parent"),
        ),
        ("us-ca-parent", "other_supervisor", "Other supervisor", None, Role::Supervisor, true, None),
        ("us-mo-adult", "peer", "Certified Peer Specialist", Some("CPS"), Role::PeerSpecialist, false, None),
        (
            "us-mo-adult",
            "mental_health_professional",
            "Qualified mental health professional",
            Some("QMHP"),
            Role::Supervisor,
            true,
            Some("qmhp"),
        ),
        ("us-mo-adult", "team_member", "Treatment team member", None, Role::TeamMember, false, None),
        ("us-wi-adult", "peer", "Certified Peer Specialist", Some("CPS"), Role::PeerSpecialist, false, None),
        ("us-wi-adult", "supervisor", "Peer support supervisor", None, Role::Supervisor, true, None),
        (
            "us-wi-adult",
            "mental_health_professional",
            "Qualified mental health professional",
            None,
            Role::Supervisor,
            true,
            Some("qmhp"),
        ),
        ("us-wi-adult", "team_member", "Recovery team member", None, Role::TeamMember, false, None),
        ("common", "peer", "Peer specialist", None, Role::PeerSpecialist, false, None),
        ("common", "supervisor", "Supervisor", None, Role::Supervisor, true, None),
    ] {
        let rules = rules(pack);
        let title = rules.title(id).unwrap_or_else(|| panic!("{pack} has no title {id}"));
        assert_eq!(title.name.en, name, "{pack} {id}");
        assert_eq!(title.letters.as_deref(), letters, "{pack} {id}");
        assert_eq!(title.role, role, "{pack} {id}");
        assert_eq!(title.supervises, supervises, "{pack} {id}");
        assert_eq!(title.attribute.as_deref(), attribute, "{pack} {id}");
    }
    assert!(
        rules("us-al-parent").title("supervisor").is_none(),
        "Alabama's supervisors have titles of their own"
    );
    for pack in PACKS {
        let rules = rules(pack);
        for role in
            [Role::Trainee, Role::Supervisor, Role::TeamMember, Role::PrivacyLead, Role::ProgrammeAdmin]
        {
            assert!(rules.titles.iter().any(|title| title.role == role), "{pack} has nobody as {role:?}");
        }
        assert!(rules.titles.iter().any(|title| title.supervises), "{pack} has nobody who supervises");
    }
}

#[test]
fn each_programme_has_its_own_words() {
    // covers: CA-31, CA-62
    for (pack, family, orientation, key, en, es) in [
        ("us-ga-adult", false, Orientation::Recovery, WordKey::Person, "person", "persona"),
        ("us-ga-adult", false, Orientation::Recovery, WordKey::Journey, "recovery", "recuperación"),
        ("us-ga-adult", false, Orientation::Recovery, WordKey::Goal, "recovery goal", "meta de recuperación"),
        ("us-ga-adult", false, Orientation::Recovery, WordKey::Programme, "program", "programa"),
        ("us-mo-adult", false, Orientation::Recovery, WordKey::Goal, "recovery goal", "meta de recuperación"),
        (
            "us-mo-adult",
            false,
            Orientation::Recovery,
            WordKey::Plan,
            "treatment or recovery plan",
            "plan de tratamiento o de recuperación",
        ),
        (
            "us-mo-adult",
            false,
            Orientation::Recovery,
            WordKey::Team,
            "treatment team",
            "equipo de tratamiento",
        ),
        ("us-wi-adult", false, Orientation::Recovery, WordKey::Person, "person", "persona"),
        (
            "us-wi-adult",
            false,
            Orientation::Recovery,
            WordKey::Plan,
            "recovery and wellness plan",
            "plan de recuperación y bienestar",
        ),
        (
            "us-wi-adult",
            false,
            Orientation::Recovery,
            WordKey::Team,
            "recovery team",
            "equipo de recuperación",
        ),
        ("us-ca-parent", true, Orientation::Resilience, WordKey::Person, "parent", "madre o padre"),
        ("us-ca-parent", true, Orientation::Resilience, WordKey::Goal, "goal", "meta"),
        (
            "us-ca-parent",
            true,
            Orientation::Resilience,
            WordKey::Journey,
            "resilience and wellness",
            "resiliencia y bienestar",
        ),
        ("us-al-parent", true, Orientation::Resilience, WordKey::Person, "parent", "madre o padre"),
        ("us-al-parent", true, Orientation::Resilience, WordKey::Journey, "resilience", "resiliencia"),
        ("us-al-parent", true, Orientation::Resilience, WordKey::Goal, "goal", "meta"),
        ("us-al-parent", true, Orientation::Resilience, WordKey::Plan, "family plan", "plan de la familia"),
        (
            "us-al-parent",
            true,
            Orientation::Resilience,
            WordKey::PeopleIWalkWith,
            "parents I walk with",
            "madres y padres a quienes acompaño",
        ),
    ] {
        let rules = rules(pack);
        assert_eq!((rules.family, rules.orientation), (family, orientation), "{pack}");
        assert_eq!(rules.words.get(key, Lang::En), en, "{pack} {key:?}");
        assert_eq!(rules.words.get(key, Lang::Es), es, "{pack} {key:?}");
    }
    assert_eq!(
        rules("us-al-parent").words.heading(WordKey::PeopleIWalkWith, Lang::En),
        "Parents I walk with"
    );
}

#[test]
fn each_note_asks_what_its_document_asks() {
    use NoteField::*;
    use Strength::*;
    let asked = |pack: &str| -> Vec<(NoteField, Strength, bool)> {
        rules(pack).note.elements.iter().map(|e| (e.field, e.strength, e.check_in)).collect()
    };
    assert_eq!(
        asked("us-ga-adult"),
        [
            (Purpose, Should, false),
            (Goal, Should, false),
            (Start, Must, true),
            (End, Must, true),
            (Kind, Must, true),
            (Place, Should, false),
            (Present, Recommended, false),
            (Did, Must, true),
            (Strengths, Recommended, false),
            (OwnWords, Recommended, false),
            (Response, Should, false),
            (NextStep, Should, false),
        ]
    );
    assert_eq!(
        asked("us-al-parent"),
        [
            (Purpose, Must, true),
            (Goal, Should, false),
            (Start, Must, true),
            (End, Must, true),
            (Kind, Must, true),
            (Place, Should, false),
            (Present, Recommended, false),
            (Did, Must, true),
            (Strengths, Should, false),
            (OwnWords, Should, false),
            (Response, Recommended, false),
            (NextStep, Should, false),
        ]
    );
    assert_eq!(
        asked("us-ca-parent"),
        [
            (Purpose, Should, false),
            (Goal, Should, false),
            (Start, Must, true),
            (End, Must, true),
            (Kind, Must, true),
            (Place, Should, false),
            (Present, Recommended, false),
            (Did, Must, true),
            (Strengths, Recommended, false),
            (OwnWords, Should, false),
            (Response, Should, false),
            (NextStep, Should, false),
        ]
    );
    assert_eq!(
        asked("us-mo-adult"),
        [
            (Purpose, Should, false),
            (Goal, Should, false),
            (Start, Must, true),
            (End, Must, true),
            (Kind, Must, true),
            (Place, Should, false),
            (Present, Recommended, false),
            (Did, Must, true),
            (Strengths, Recommended, false),
            (OwnWords, Recommended, false),
            (Response, Should, false),
            (NextStep, Should, false),
        ]
    );
    assert_eq!(
        asked("us-wi-adult"),
        [
            (Purpose, Should, false),
            (Goal, Should, false),
            (Start, Must, true),
            (End, Must, true),
            (Kind, Must, true),
            (Place, Recommended, false),
            (Present, Recommended, false),
            (Did, Must, true),
            (Strengths, Should, false),
            (OwnWords, Should, false),
            (Response, Should, false),
            (NextStep, Should, false),
        ]
    );
    // A check-in can be signed: whatever is a must is asked there too.
    for pack in PACKS {
        let rules = rules(pack);
        let lost = rules.note.elements.iter().find(|e| e.strength == Must && !e.check_in);
        assert!(lost.is_none(), "{pack}: a check-in could not be signed without {lost:?}");
    }
}

#[test]
fn no_document_says_when_a_note_is_due_or_who_signs() {
    // What is believed of California, without its text, is the shorter of the two.
    for (pack, late_after_days) in
        [("us-ga-adult", 7), ("us-al-parent", 7), ("us-mo-adult", 7), ("us-wi-adult", 7), ("us-ca-parent", 3)]
    {
        let rules = rules(pack);
        assert_eq!((rules.note.due_hours, rules.note.late_after_hours), (24, late_after_days * 24), "{pack}");
        assert!(rules.note.supervisor_signs, "{pack}");
        assert_eq!(rules.note.countersign_within_hours, Some(72), "{pack}");
        for id in ["note_due_hours", "note_late_after_days", "note_supervisor_signs", "service_rounding"] {
            let setting = rules.open_settings.iter().find(|setting| setting.id == id).unwrap();
            assert!(setting.needs_checking, "{pack} {id}");
            assert_ne!(setting.source.strength, Strength::Must, "{pack} {id}");
        }
    }
}

#[test]
fn the_first_meeting_has_a_script_for_each_thing_to_say() {
    // covers: AL-14, WI-36
    let listed = |pack: &str| -> Vec<(String, Strength, Vec<String>)> {
        let items = rules(pack).first_meeting;
        items.into_iter().map(|item| (item.id, item.source.strength, item.source.requirements)).collect()
    };
    let strengths = |pack: &str| -> Vec<(String, Strength)> {
        listed(pack).into_iter().map(|(id, strength, _)| (id, strength)).collect()
    };
    let expected = |introduce, role, own_way| {
        vec![
            ("introduce".to_owned(), introduce),
            ("role".to_owned(), role),
            ("limits_of_privacy".to_owned(), Strength::Should),
            ("rights".to_owned(), Strength::Should),
            ("reach".to_owned(), Strength::Recommended),
            ("own_way".to_owned(), own_way),
        ]
    };
    assert_eq!(strengths("us-ga-adult"), expected(Strength::Should, Strength::Should, Strength::Recommended));
    assert_eq!(strengths("us-al-parent"), expected(Strength::Must, Strength::Must, Strength::Should));
    let alabama = listed("us-al-parent");
    assert!(alabama[0].2.contains(&"AL-14".to_owned()) && alabama[1].2.contains(&"AL-14".to_owned()));
    assert!(rules("us-al-parent").limits_of_privacy.en.contains("Department of Human Resources"));
    assert!(!rules("us-ga-adult").limits_of_privacy.en.contains("Department of Human Resources"));
    for pack in PACKS {
        let rules = rules(pack);
        for item in &rules.first_meeting {
            assert!(!item.script.en.is_empty() && !item.script.es.is_empty(), "{pack} {}", item.id);
        }
        // What peer support is, and what it is not.
        let (en, es) = (&rules.role_card.en, &rules.role_card.es);
        assert!(en.contains("walk beside you") && en.contains("diagnose"), "{pack}: {en}");
        assert!(es.contains("acompañarle") || es.contains("recuperación"), "{pack}: {es}");
        assert!(es.contains("diagnósticos"), "{pack}: {es}");
    }
}

/// What a peer specialist gives of themself can be told apart in a note: their story, a tool, a skill, and that they showed it.
#[test]
fn sharing_teaching_and_showing_stand_apart_in_a_note() {
    // covers: MO-26, MO-36
    let missouri = rules("us-mo-adult");
    let named = |id: &str| missouri.activities.iter().find(|one| one.id == id).unwrap();
    for (id, requirement) in [
        ("share_story", "MO-26"),
        ("recovery_tool", "MO-26"),
        ("showed_how", "MO-26"),
        ("showed_how", "MO-36"),
        ("coping", "MO-36"),
    ] {
        assert!(named(id).source.requirements.iter().any(|one| one == requirement), "{id}: {requirement}");
    }
    // Skills are practised by a tool that the person writes too, and no tool of a clinician is among them.
    let practice = missouri.tools.iter().find(|tool| tool.id == "skill_practice").unwrap();
    assert_eq!(practice.writes, Writes::Both);
}

/// Each place somebody can be in says what often helps there, to whoever walks beside them as well.
#[test]
fn every_place_on_the_way_says_what_helps_there() {
    // covers: GA-47
    let georgia = rules("us-ga-adult");
    let tool = georgia.tools.iter().find(|tool| tool.id == "where_i_am").unwrap();
    let place =
        tool.sections.iter().flat_map(|section| &section.questions).find(|one| one.id == "place").unwrap();
    let QuestionKind::Path { options: places } = &place.kind else {
        panic!("it is a way that goes both ways")
    };
    assert_eq!(places.len(), 5);
    for one in places {
        let more = one.more.as_ref().unwrap_or_else(|| panic!("{} says nothing", one.id));
        assert!(more.en.contains("helps here") && more.es.contains("ayudar aquí"), "{}", one.id);
    }
}

/// Whoever is there for another parent is asked, before they begin, what they hope for; and hope is among the person's own
/// questions of how it goes.
#[test]
fn hope_is_asked_about_and_given() {
    // covers: CA-15
    let california = rules("us-ca-parent");
    let talk = california.mentor_steps.iter().find(|step| step.id == "talk").unwrap();
    assert!(talk.help.en.contains("hope") && talk.help.es.contains("espera"));
    let asked =
        california.tools.iter().flat_map(|tool| &tool.sections).flat_map(|section| &section.questions);
    assert!(asked.clone().any(|question| question.id == "hopeful"), "nobody asks about hope");
    assert!(
        california.activities.iter().any(|one| one.name.en.to_lowercase().contains("hope")),
        "nobody gives hope"
    );
}

/// In every programme there is something to choose from when a person asks for something elsewhere, and no small number is said of them.
#[test]
fn what_is_asked_for_can_be_named_and_small_counts_are_not_said() {
    for pack in ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        let asks = rules(pack).advocacy;
        for list in [&asks.needs, &asks.places, &asks.ways, &asks.lacking] {
            assert!(list.len() > 1, "{pack}");
        }
        assert_eq!(asks.fewest, crate::unmet::FEWEST, "{pack}");
    }
}

/// Whoever reads or writes about a child finds what children of that age are still learning, whatever the age, in words without
/// judgement; and nothing is said of somebody grown, or of a child whose year nobody told.
#[test]
fn what_a_child_is_still_learning_goes_with_their_age() {
    // covers: CA-33
    for pack in ["us-ca-parent", "us-al-parent"] {
        let growing = rules(pack).growing;
        let today = jiff::civil::date(2026, 11, 27);
        let child = |born| crate::person::Child { born, ..Default::default() };
        for age in 0..18_i16 {
            let found =
                child(Some(2026 - age)).growing(&growing, today).unwrap_or_else(|| panic!("{pack}: {age}"));
            assert!(found.ages.contains(&age.unsigned_abs().into()));
            assert_eq!(found.source.confidence, Confidence::NeedsChecking);
            for word in ["disorder", "delay", "normal", "should"] {
                assert!(!found.text.en.contains(word), "{pack}: {word}");
            }
        }
        assert!(child(Some(2008)).growing(&growing, today).is_some(), "{pack}: seventeen until the day");
        let none = [None, Some(2007), Some(2030)];
        assert!(none.iter().all(|born| child(*born).growing(&growing, today).is_none()), "{pack}");
        let mut ages: Vec<_> = growing.iter().map(|one| one.ages.clone()).collect();
        ages.sort_by_key(|ages| *ages.start());
        assert!(
            ages.windows(2).all(|two| two[0].end() + 1 == *two[1].start()),
            "{pack}: an age twice, or none"
        );
    }
}

#[test]
fn parent_support_is_a_role_of_its_own() {
    // covers: CA-01
    let has = |rules: &Rules, role| rules.titles.iter().any(|title| title.role == role);
    for (pack, family) in [
        ("us-ga-adult", false),
        ("us-mo-adult", false),
        ("us-wi-adult", false),
        ("us-al-parent", true),
        ("us-ca-parent", true),
    ] {
        let rules = rules(pack);
        assert_eq!(rules.family, family, "{pack}");
        assert_eq!(has(&rules, Role::ParentPeerSpecialist), family, "{pack}");
        assert_eq!(has(&rules, Role::PeerSpecialist), !family, "{pack}");
        assert_eq!(!rules.support.caregivers.is_empty(), family, "{pack}");
        assert_eq!(rules.role_card.en.contains("parent"), family, "{pack}");
    }
}

#[test]
fn california_speaks_of_resilience_and_keeps_other_tools_aside() {
    // covers: CA-32, CA-35
    let california = rules("us-ca-parent");
    assert_eq!(california.orientation, Orientation::Resilience);
    assert_eq!(california.tucked_away, [Theme::Recovery, Theme::Job]);
    for pack in PACKS.into_iter().filter(|pack| *pack != "us-ca-parent") {
        assert_eq!(rules(pack).tucked_away, [], "{pack}: only California's document asks for it");
    }
    // Aside, and not gone: a parent who wants one can have it.
    for theme in [Theme::Recovery, Theme::Job] {
        assert!(california.tools.iter().any(|tool| tool.theme == theme), "{theme:?}");
    }
    assert!(california.tools.iter().any(|tool| !california.tucked_away.contains(&tool.theme)));
    assert!(california.activity("work").is_none() && rules("us-al-parent").activity("work").is_some());
    let words =
        WordKey::ALL.iter().flat_map(|key| Lang::ALL.map(|lang| california.words.get(*key, lang).to_owned()));
    // Apart from the terms: they name what one had better not say.
    let own = shipped()
        .into_iter()
        .filter(|file| file.path.starts_with("us-ca-parent/") && !file.path.ends_with("/terms.toml"));
    let lines = own.flat_map(|file| file.text.lines().map(str::to_lowercase).collect::<Vec<_>>());
    let said = lines.filter(|line| !line.starts_with('#') && !line.starts_with("tucked_away")).chain(words);
    for line in said {
        for word in ["recover", "recupera", "rehabilit"] {
            assert!(!line.contains(word), "{line}");
        }
    }
}

#[test]
fn california_names_the_four_child_systems() {
    // covers: CA-09
    let rules = rules("us-ca-parent");
    for (activity, place, present) in [
        ("system_behavioral_health", "clinic", "behavioral_health_staff"),
        ("system_child_welfare", "child_welfare_office", "child_welfare_worker"),
        ("system_juvenile_justice", "juvenile_justice_place", "juvenile_justice_staff"),
        ("system_school", "school", "school_staff"),
    ] {
        assert!(rules.activity(activity).is_some_and(|found| found.common), "{activity}");
        assert!(rules.places.iter().any(|found| found.id == place), "{place}");
        assert!(rules.present.iter().any(|found| found.id == present), "{present}");
    }
    for id in ["rights", "options", "team_preparation", "planning_meeting", "speaking_up", "other_parents"] {
        assert!(rules.activity(id).is_some(), "{id}");
    }
    let right = rules.rights.iter().find(|right| right.id == "know_rights").unwrap();
    assert!(right.text.en.contains("each system") && right.text.es.contains("cada sistema"));
}

#[test]
fn in_missouri_nobody_is_one_peers_alone() {
    // covers: MO-05
    let mut settings = Settings::new();
    settings.set("support_independent", SettingValue::YesNo(true));
    settings.set("support_needs_team_lead", SettingValue::YesNo(false));
    let missouri = pack("us-mo-adult");
    assert!(settings.check(&missouri, TODAY).is_err(), "it is not left to the program");
    let rules = missouri.rules(TODAY, &settings);
    assert!(!rules.support.independent && rules.support.needs_team_lead);
    let (peer, lead) = (AccountId(uuid::Uuid::from_u128(1)), AccountId(uuid::Uuid::from_u128(2)));
    let begin = |responsible| {
        Support::begin(peer, "main".into(), responsible, TODAY, rules.support.needs_team_lead).map(|_| ())
    };
    assert_eq!(begin(peer), Err(SupportFault::NeedsLead));
    assert_eq!(begin(lead), Ok(()));
    let reasons = rules.explain(Topic::Support);
    assert_eq!((reasons.len(), reasons[0].strength), (1, Strength::Must));
    assert!(reasons[0].source.as_ref().unwrap().requirements.contains(&"MO-05".to_owned()));
    // Who supervises is qualified, each of them.
    for title in rules.titles.iter().filter(|title| title.supervises) {
        assert_eq!(title.attribute.as_deref(), Some("qmhp"), "{}", title.id);
    }
    for pack in PACKS.into_iter().filter(|pack| *pack != "us-mo-adult") {
        assert!(super::rules(pack).support.independent, "{pack}");
    }
}

#[test]
fn a_missouri_note_without_a_goal_reminds_and_is_signed() {
    let rules = rules("us-mo-adult");
    let now: jiff::Timestamp = "2026-03-02T17:00:00Z".parse().unwrap();
    let minutes = jiff::SignedDuration::from_mins;
    let draft = Draft {
        kind: "phone".into(),
        started: Some(now - minutes(40)),
        ended: Some(now - minutes(10)),
        did: ["goal_work".to_owned()].into(),
        ..Draft::default()
    };
    assert_eq!(draft.missing(&rules, now), []);
    let reminded = draft.reminders(&rules).find(|element| element.field == NoteField::Goal).unwrap();
    assert!(reminded.hint.en.contains("treatment plan or recovery plan"));
    assert_eq!(reminded.source.requirements, ["MO-07", "MO-12", "MO-24"]);
}

#[test]
fn missouri_says_what_peer_support_is_for() {
    // covers: MO-06
    let card = rules("us-mo-adult").role_card;
    assert!(
        card.en.contains("helps you recover from mental health or substance use problems"),
        "{}",
        card.en
    );
    assert!(card.es.contains("recuperación de problemas de salud mental o de consumo"), "{}", card.es);
    for pack in PACKS.into_iter().filter(|pack| *pack != "us-mo-adult") {
        assert_ne!(rules(pack).role_card, card, "{pack}");
    }
}

#[test]
fn wisconsin_speaks_of_boundaries_and_of_what_cannot_stay_private() {
    // covers: WI-26, WI-36
    let rules = rules("us-wi-adult");
    let said: Vec<(&str, &str)> =
        rules.first_meeting.iter().map(|item| (item.id.as_str(), item.source.document.id.as_str())).collect();
    for item in [
        ("limits_of_privacy", "wisconsin_conduct"),
        ("boundaries", "wisconsin_description"),
        ("rights", "wisconsin_description"),
    ] {
        assert!(said.contains(&item), "{item:?} is not in {said:?}");
    }
    let limits = rules.first_meeting.iter().find(|item| item.id == "limits_of_privacy").unwrap();
    assert!(
        limits.script.en.starts_with("Before you tell me more"),
        "it is said when privacy is first spoken of"
    );
    assert!(rules.limits_of_privacy.en.contains("your county or the police"));
    for id in ["equal", "boundaries", "own_pace", "what_is_shared", "only_what_is_needed", "speak_up"] {
        assert!(rules.rights.iter().any(|right| right.id == id), "{id}");
    }
    // What was set together is looked at again, and there is a place to write it.
    assert!(rules.activity("boundaries").is_some_and(|activity| activity.common));
    assert!(rules.purposes.iter().any(|purpose| purpose.id == "agree_boundaries"));
    assert!(rules.tools.iter().any(|tool| tool.id == "boundaries"));
}

/// What people can share when they meet is the pack's: parents say how old a child is, in bands, and which systems they know;
/// nothing about a child is asked where the person is no parent. Everywhere two need a language, a way and an hour.
/// covers: AL-35, CA-13
#[test]
fn parents_share_an_age_band_and_systems_and_nobody_else_is_asked_about_a_child() {
    use crate::pairing::GroundKind;
    for id in ["us-ga-adult", "us-mo-adult", "us-wi-adult", "us-al-parent", "us-ca-parent"] {
        let rules = pack(id).rules(TODAY, &Settings::new());
        let of = |kind| rules.common_grounds.iter().filter(|ground| ground.kind == kind).count();
        for kind in GroundKind::ALL.into_iter().filter(|kind| kind.is_needed()) {
            assert!(of(kind) > 1, "{id}");
        }
        assert_eq!(of(GroundKind::ChildAge) > 0, rules.family, "{id}");
        assert_eq!(of(GroundKind::System) > 0, rules.family, "{id}");
        assert!(rules.ground_rules.len() > 4 && rules.mentor_steps.len() > 3, "{id}");
    }
}

#[test]
fn wisconsin_leaves_the_fitting_to_the_program() {
    // covers: WI-01
    let wisconsin = pack("us-wi-adult");
    let plain = wisconsin.rules(TODAY, &Settings::new());
    for key in ["note_due_hours", "note_supervisor_signs", "support_independent", "support_needs_team_lead"] {
        let setting = plain.open_settings.iter().find(|setting| setting.id == key).unwrap();
        assert_ne!(setting.source.strength, Strength::Must, "{key}");
    }
    let mut settings = Settings::new();
    settings.set("note_due_hours", SettingValue::Number(48));
    settings.set("note_supervisor_signs", SettingValue::YesNo(false));
    settings.set("support_independent", SettingValue::YesNo(false));
    for element in plain.note.elements.iter().filter(|element| element.strength != Strength::Must) {
        settings.set(format!("note_{}_must", element.field.as_str()), SettingValue::YesNo(true));
    }
    assert_eq!(settings.check(&wisconsin, TODAY), Ok(()));
    let fitted = wisconsin.rules(TODAY, &settings);
    assert_eq!((fitted.note.due_hours, fitted.note.supervisor_signs), (48, false));
    assert!(fitted.support.needs_team_lead && !plain.support.needs_team_lead);
    assert!(fitted.note.elements.iter().all(|element| fitted.note.must(element.field)));
    let supervisors: Vec<&str> =
        plain.titles.iter().filter(|title| title.supervises).map(|title| title.id.as_str()).collect();
    assert_eq!(supervisors, ["supervisor", "mental_health_professional"], "some programs need the second");
}

#[test]
fn an_alabama_note_states_its_purpose() {
    // covers: AL-09
    let rules = rules("us-al-parent");
    let now: jiff::Timestamp = "2026-03-02T17:00:00Z".parse().unwrap();
    let minutes = jiff::SignedDuration::from_mins;
    let draft = Draft {
        kind: "phone".into(),
        started: Some(now - minutes(40)),
        ended: Some(now - minutes(10)),
        did: ["listen".to_owned()].into(),
        ..Draft::default()
    };
    let asked = |draft: &Draft| -> Vec<NoteField> {
        draft.missing(&rules, now).into_iter().map(|missing| missing.field).collect()
    };
    for check_in in [false, true] {
        assert_eq!(asked(&Draft { check_in, ..draft.clone() }), [NoteField::Purpose]);
    }
    for purpose in &rules.purposes {
        assert_eq!(asked(&Draft { purpose: purpose.id.clone(), ..draft.clone() }), [], "{}", purpose.id);
    }
    assert_eq!(asked(&Draft { purpose_words: "To get ready for Friday.".into(), ..draft }), []);
}

#[test]
fn what_people_do_together_has_its_kinds_in_every_pack() {
    // covers: MO-10, CA-09, WI-03
    for pack in PACKS {
        let rules = rules(pack);
        for id in ["coping", "natural_supports"] {
            assert!(rules.activity(id).is_some(), "{pack}: {id}");
        }
        // Reaching out is kept although nobody answered, and getting to know each other is purpose enough.
        assert!(rules.contact_kinds.iter().any(|kind| kind.id == "outreach"), "{pack}");
        assert!(rules.work_kinds.iter().any(|kind| kind.id == "outreach"), "{pack}");
        for id in ["get_to_know", "be_there"] {
            assert!(rules.purposes.iter().any(|purpose| purpose.id == id), "{pack}: {id}");
        }
        let groups: Vec<_> =
            rules.activities.iter().filter(|one| one.id == "community").map(|one| one.group).collect();
        assert_eq!(groups, [KindOfSupport::Affiliational], "{pack}");
    }
    assert!(rules("us-ga-adult").activity("self_advocacy").is_some());
    assert!(rules("us-al-parent").activity("speaking_up").is_some());
}

#[test]
fn activities_stand_in_the_four_kinds_of_support_and_eight_are_shown_first() {
    // covers: GA-03
    for (pack, own) in [
        (
            "us-ga-adult",
            &[
                "goal_work",
                "self_talk",
                "fears",
                "problem_solving",
                "wellness_plan",
                "work",
                "social_skills",
                "housing",
                "recovery_dialogue",
                "self_help_group",
            ][..],
        ),
        (
            "us-al-parent",
            &[
                "decision",
                "strengths",
                "school_meeting",
                "child_systems",
                "other_parents",
                "unmet_needs",
                "own_recovery",
                "work",
            ][..],
        ),
        (
            "us-ca-parent",
            &["system_school", "systems_together", "options", "speaking_up", "other_parents"][..],
        ),
        (
            "us-mo-adult",
            &["barriers", "resilience", "stages", "living_skills", "support_network", "work"][..],
        ),
        ("us-wi-adult", &["boundaries", "crisis_options", "crisis_plan", "valued_role", "rights"][..]),
    ] {
        let rules = rules(pack);
        for id in own {
            assert!(rules.activity(id).is_some(), "{pack} has no {id}");
        }
        assert_eq!(rules.activities.iter().filter(|activity| activity.common).count(), 8, "{pack}");
        let groups: Vec<KindOfSupport> = rules.activity_groups.iter().map(|group| group.id).collect();
        assert_eq!(groups, KindOfSupport::ALL, "{pack}");
        for group in groups {
            assert!(rules.activities.iter().any(|activity| activity.group == group), "{pack} {group:?}");
        }
    }
    assert!(rules("us-ga-adult").activity("school_meeting").is_none());
    assert!(rules("us-al-parent").activity("recovery_dialogue").is_none());
}

#[test]
fn only_meeting_in_person_asks_for_a_place_and_an_attempt_is_no_time_together() {
    // covers: GA-07
    for pack in PACKS {
        let rules = rules(pack);
        for kind in &rules.contact_kinds {
            assert_eq!(kind.asks_place, kind.id == "in_person", "{pack} {}", kind.id);
            assert_eq!(kind.reached, kind.id != "outreach", "{pack} {}", kind.id);
        }
        assert_eq!(rules.contact_kinds.len(), 5, "{pack}");
        for choices in [&rules.places, &rules.purposes] {
            assert_eq!(choices.last().unwrap().id, "other", "{pack}: what fits nothing else stands last");
        }
    }
    let has = |pack: &str, id: &str| rules(pack).places.iter().any(|place| place.id == id);
    assert!(has("us-ga-adult", "peer_center") && !has("us-al-parent", "peer_center"));
    assert!(has("us-al-parent", "child_agency") && !has("us-ga-adult", "child_agency"));
}

#[test]
fn work_without_a_person_has_kinds_of_its_own() {
    // covers: AL-60
    let kinds =
        |pack: &str| -> Vec<String> { rules(pack).work_kinds.into_iter().map(|kind| kind.id).collect() };
    for pack in PACKS {
        for id in
            ["travel", "paperwork", "team_meeting", "supervision", "training", "outreach", "staff_education"]
        {
            assert!(kinds(pack).contains(&id.to_owned()), "{pack} {id}");
        }
    }
    assert!(kinds("us-al-parent").contains(&"policies".to_owned()));
    assert_eq!(kinds("us-al-parent").last().unwrap(), "other");
    assert!(kinds("us-ga-adult").contains(&"reading".to_owned()));
}

#[test]
fn help_is_one_call_away_in_both_languages() {
    for pack in PACKS {
        let lines = rules(pack).help_lines;
        assert_eq!((lines[0].call.as_str(), lines[0].text.as_deref()), ("988", Some("988")), "{pack}");
        let hint = lines[0].hint.as_ref().unwrap();
        assert!(hint.es.contains("oprima 2") && hint.en.contains("press 2"), "{pack}");
        assert_eq!(lines.last().unwrap().call, "911", "{pack}");
    }
    // Lines that states paid for have closed; only what is known to answer is listed.
    for pack in ["us-ca-parent", "us-mo-adult", "us-wi-adult"] {
        assert_eq!(rules(pack).help_lines.len(), 2, "{pack}");
    }
    let georgia: Vec<String> = rules("us-ga-adult").help_lines.into_iter().map(|line| line.call).collect();
    assert_eq!(georgia, ["988", "1-800-715-4225", "911"]);
}

#[test]
fn a_parent_says_what_they_are_to_the_child_and_an_adult_is_not_asked() {
    for pack in ["us-al-parent", "us-ca-parent"] {
        let caregivers: Vec<String> =
            rules(pack).support.caregivers.into_iter().map(|kind| kind.id).collect();
        for id in ["parent", "foster_parent", "kin"] {
            assert!(caregivers.contains(&id.to_owned()), "{pack} {id}");
        }
    }
    for pack in ["us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        assert!(rules(pack).support.caregivers.is_empty(), "{pack}");
    }
}

#[test]
fn a_rule_says_why_it_is_there() {
    // covers: AL-00
    let alabama = rules("us-al-parent");
    let reasons = alabama.explain(Topic::Note(NoteField::Purpose));
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].text.en.contains("purpose"));
    let source = reasons[0].source.as_ref().unwrap();
    assert_eq!(source.requirements, ["AL-09"]);
    assert_eq!(source.document.dated, Some(date(2025, 2, 17)));
    assert_eq!(source.confidence, Confidence::Stated);
    for topic in [
        Topic::Activity("school_meeting"),
        Topic::Title("program_director"),
        Topic::FirstMeeting("introduce"),
        Topic::Right("decide"),
        Topic::Setting("note_due_hours"),
        Topic::Privacy,
        Topic::Support,
    ] {
        let reasons = alabama.explain(topic);
        assert_eq!(reasons.len(), 1, "{topic:?}");
        assert_eq!(reasons[0].source.as_ref().unwrap().document.id, "al_cps_p", "{topic:?}");
    }
    assert_eq!(alabama.explain(Topic::Activity("recovery_dialogue")), []);
}

#[test]
fn every_entry_is_dated_and_names_its_source() {
    // covers: WI-44
    for pack in PACKS {
        let rules = rules(pack);
        let sources = rules
            .titles
            .iter()
            .map(|title| &title.source)
            .chain(rules.activities.iter().map(|activity| &activity.source))
            .chain(rules.note.elements.iter().map(|element| &element.source))
            .chain(rules.first_meeting.iter().map(|item| &item.source))
            .chain(rules.open_settings.iter().map(|setting| &setting.source));
        for source in sources {
            assert!(source.in_force(TODAY), "{pack} {source:?}");
            assert!(!source.document.title.en.is_empty() && !source.document.title.es.is_empty());
            assert!(source.strength != Strength::Must || source.confidence != Confidence::NeedsChecking);
        }
        if pack != COMMON {
            let own = rules.titles.iter().find(|title| title.id == "peer").unwrap();
            assert!(!own.source.requirements.is_empty(), "{pack}");
        }
    }
}

#[test]
fn packs_speak_of_people_in_plain_words() {
    for file in shipped() {
        for (at, line) in file.text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            // What others say is named, so that something kinder can be suggested.
            let names_a_fault =
                ["say =", "unless =", "  { say =", "id = \"", "  \""].iter().any(|key| line.starts_with(key));
            if file.path.contains("/terms") && names_a_fault {
                continue;
            }
            // A name that an organization gave itself stays as it is.
            let line = line.replace("Mental Health Consumer Network", "");
            let words: Vec<String> =
                line.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase).collect();
            for unkind in ["patient", "patients", "client", "clients", "consumer", "consumers", "caseload"] {
                assert!(!words.contains(&unkind.to_owned()), "{}:{}: {unkind}", file.path, at + 1);
            }
        }
    }
    for pack in PACKS {
        let rules = rules(pack);
        let scripts = rules.first_meeting.iter().map(|item| &item.script.en);
        let rights = rules.rights.iter().map(|right| &right.text.en);
        for text in scripts.chain(rights).chain([&rules.role_card.en, &rules.limits_of_privacy.en]) {
            for sentence in text.split(['.', '?', '!']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 24, "{pack}: {words} words are too many for one sentence: {sentence}");
            }
        }
        for choice in rules.activities.iter().map(|activity| &activity.name) {
            assert!(choice.en.chars().count() <= 40, "too long for a chip: {}", choice.en);
        }
    }
}

#[test]
fn an_adopted_pack_is_made_again_from_its_own_text() {
    for id in PACKS {
        let pack = pack(id);
        let again = compile(&pack.bundle()).unwrap().get(&id.into()).unwrap();
        assert_eq!(again.hash, pack.hash);
        assert_eq!(again.rules(TODAY, &Settings::new()), pack.rules(TODAY, &Settings::new()));
        assert_eq!(pack.hash.to_string().parse::<PackHash>(), Ok(pack.hash));
        let mut changed = pack.bundle();
        changed.last_mut().unwrap().text.push_str("# a remark\n");
        assert_ne!(compile(&changed).unwrap().get(&id.into()).unwrap().hash, pack.hash);
    }
    assert_ne!(pack("us-ga-adult").hash, pack("us-al-parent").hash);
    assert!("xyz".parse::<PackHash>().is_err());
}

#[test]
fn the_guide_names_every_table() {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/README.md")).unwrap();
    for table in Entries::TABLES {
        assert!(guide.contains(&format!("`{table}`")) || guide.contains(&format!("[{table}]")), "{table}");
    }
}

#[test]
fn another_version_says_what_it_changes() {
    let old = rules("us-ga-adult");
    assert_eq!(old.differences(&old), []);
    let mut new = old.clone();
    new.purposes.retain(|purpose| purpose.id != "look_back");
    new.titles[0].letters = Some("CPS-2".into());
    new.role_card.en.push_str(" And more.");
    let mut added = new.activities[0].clone();
    (added.id, added.name.en) = ("swim".into(), "Went swimming".into());
    new.activities.push(added);
    let said: Vec<(Part, How, String)> = old
        .differences(&new)
        .into_iter()
        .map(|difference| (difference.part, difference.how, difference.name.en))
        .collect();
    assert_eq!(
        said,
        [
            (Part::Title, How::Changed, new.titles[0].name.en.clone()),
            (Part::Purpose, How::Gone, "Look back and celebrate".to_owned()),
            (Part::Activity, How::New, "Went swimming".to_owned()),
            (Part::RoleCard, How::Changed, new.role_card.en.clone()),
        ]
    );
    // From one state to another nearly everything differs, and nothing is said twice.
    let all = old.differences(&rules("us-al-parent"));
    assert!(all.len() > 30);
    assert!(all.iter().enumerate().all(|(at, one)| !all[..at].contains(one)));
}

/// Whatever a form or a page shows of a worker's facts has a name in its pack; nobody reads an id.
#[test]
fn what_a_page_shows_of_facts_has_a_name() {
    use crate::rule::requirement::Kind;
    for id in ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        let rules = pack(id).rulebook(&crate::pack::Settings::new());
        for entry in rules.requirements(jiff::civil::date(2026, 11, 20)) {
            let shown: Vec<&String> = match &entry.requirement.kind {
                Kind::Paper { papers, .. } => papers.iter().collect(),
                Kind::Education { branches } => {
                    let years =
                        branches.iter().filter_map(|branch| branch.years.as_ref().map(|years| &years.1));
                    branches.iter().flat_map(|branch| &branch.fields).chain(years).collect()
                }
                Kind::Supervisor { any_of } => any_of.iter().collect(),
                Kind::Supervision(asked) => asked.by.iter().collect(),
                Kind::Continuing(hours) => {
                    let shares = hours.shares.iter().flat_map(|share| [&share.category, &share.sponsor]);
                    shares.flatten().chain(&hours.never).collect()
                }
                Kind::Programme { topics, .. } => topics.iter().collect(),
                _ => Vec::new(),
            };
            for one in shown {
                assert!(rules.names().contains_key(one), "{id}: {one} of {}", entry.requirement.id);
            }
        }
    }
}

/// Each pack names parts of life for goals, each with a question and with tools it offers at once.
///
/// covers: CA-34, CA-63, MO-38, MO-40, WI-04, WI-05
#[test]
fn goals_are_about_the_parts_of_life_that_the_document_names() {
    let areas = |pack: &str| {
        let rules = rules(pack);
        for area in &rules.goal_areas {
            assert!(area.ask.en.ends_with('?') && !area.tools.is_empty(), "{pack}: {}", area.id);
            for tool in &area.tools {
                let tool = rules.tools.iter().find(|known| known.id == *tool).unwrap();
                assert!(!rules.tucked_away.contains(&tool.theme), "{pack} keeps {} aside", tool.id);
            }
        }
        rules.goal_areas.iter().map(|area| area.id.clone()).collect::<Vec<_>>()
    };
    for (pack, named) in [
        ("us-wi-adult", &["health", "people", "role", "learning", "say"][..]),
        ("us-mo-adult", &["work", "health", "home"]),
        ("us-ga-adult", &["home", "work"]),
        ("us-ca-parent", &["resilience", "health", "wellness", "school", "home", "community"]),
    ] {
        let areas = areas(pack);
        assert!(named.iter().all(|name| areas.iter().any(|area| area == name)), "{pack}: {areas:?}");
    }
    let california = areas("us-ca-parent");
    assert!(!california.iter().any(|area| area == "work"), "work is not what this paper speaks of");
}
