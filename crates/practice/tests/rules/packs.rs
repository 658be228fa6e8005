//! What each document asks of a worker, entry by entry.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use porchlight_practice::pack::{Confidence, Settings, Strength};
use porchlight_practice::rule::{Answer, Finding, Reason, Task, Word, day::months_on};

use crate::shipped::{PACKS, ask, missing, pack, plain};

const TODAY: Date = date(2026, 11, 26);

fn reason<'a>(answer: &'a Answer, id: &str) -> &'a Reason {
    let found = answer.reasons.iter().find(|reason| reason.requirement.id == id);
    found.unwrap_or_else(|| panic!("{} has no reason {id}", answer.question.id))
}

fn training(topic: &str, ended: &str) -> String {
    format!("[[training]]\ntopics = [\"{topic}\"]\nended = {ended}\n")
}

fn paper(kind: &str) -> String {
    format!("[[paper]]\nkind = \"{kind}\"\nfrom = 2026-01-01\nuntil = 2027-06-30\n")
}

fn said(what: &str, count: u32) -> String {
    format!("[[attestation]]\nwhat = \"{what}\"\nday = 2026-01-01\ncount = {count}\n")
}

/// Each fact of a list is needed: with all of them the answer is yes, without one it is not yet because of its own
/// requirement. A fact with an empty id is needed by no gate.
fn each_is_needed(pack: &str, question: &str, facts: &[(&str, String)]) {
    let all: String = facts.iter().map(|(_, fact)| fact.as_str()).collect();
    let answer = ask(pack, &all, TODAY, question);
    assert_eq!(answer.word, Word::Yes, "{pack} {question}: {:?}", missing(&answer));
    for (id, _) in facts.iter().filter(|(id, _)| !id.is_empty()) {
        let rest: String =
            facts.iter().filter(|(other, _)| other != id).map(|(_, fact)| fact.as_str()).collect();
        let answer = ask(pack, &rest, TODAY, question);
        assert_eq!(
            (answer.word, missing(&answer)),
            (Word::NotYet, vec![*id]),
            "{pack} {question} without {id}"
        );
    }
}

fn alabama_hire() -> Vec<(&'static str, String)> {
    vec![
        ("minimum_age", "[worker]\nborn = 2005-11-26\n".to_owned()),
        (
            "education",
            "[[education]]\nlevel = \"high_school\"\nday = 2023-06-01\n\
             [[experience]]\nkind = \"target_population\"\nfrom = 2024-11-26\n"
                .to_owned(),
        ),
        ("lived_experience", said("raised_a_child_with_needs", 1)),
        ("systems_navigated", said("systems_navigated", 2)),
        ("bht_or_bhpp", paper("bhpp")),
        ("drivers_licence", paper("drivers_licence")),
        ("driving_record", paper("driving_record")),
        ("auto_insurance", paper("auto_insurance")),
        ("dependable_transport", said("dependable_transport", 1)),
    ]
}

// covers: AL-41, AL-43, AL-44, AL-45, AL-54
#[test]
fn alabama_asks_who_qualifies() {
    each_is_needed("us-al-parent", "hire", &alabama_hire());
    let all: String = alabama_hire().into_iter().map(|(_, fact)| fact).collect();
    // 21 years and 2 years of work are both complete today, and not yesterday.
    let yesterday = ask("us-al-parent", &all, TODAY.yesterday().unwrap(), "hire");
    assert_eq!(missing(&yesterday), ["minimum_age", "education"]);
    assert_eq!(reason(&yesterday, "minimum_age").task, Some(Task::Wait));
    assert_eq!(yesterday.next_change, Some(TODAY));
    // The other way: a degree in human services, and one year.
    let degree = |field: &str| {
        format!(
            "[[education]]\nlevel = \"associate\"\nfield = \"{field}\"\nday = 2023-06-01\n\
             [[experience]]\nkind = \"target_population\"\nfrom = 2025-11-26\n"
        )
    };
    assert!(reason(&ask("us-al-parent", &degree("human_services"), TODAY, "hire"), "education").met);
    let history = ask("us-al-parent", &degree("history"), TODAY, "hire");
    assert!(matches!(reason(&history, "education").finding, Finding::Less { have: 12, need: 24, .. }));
    // One system is not two.
    assert!(
        !reason(&ask("us-al-parent", &said("systems_navigated", 1), TODAY, "hire"), "systems_navigated").met
    );
}

// covers: AL-55
#[test]
fn alabama_asks_for_fingerprints_and_holds_nobody_up_for_them() {
    let all: String = alabama_hire().into_iter().map(|(_, fact)| fact).collect();
    let answer = ask("us-al-parent", &all, TODAY, "hire");
    let card = reason(&answer, "fingerprint_card");
    assert_eq!((answer.word, card.met, card.gates), (Word::Yes, false, false));
    assert_eq!(card.requirement.source.confidence, Confidence::NeedsChecking);
    // Until the programme makes it its own must.
    let own = format!("{all}[[choice]]\nsetting = \"rule_fingerprint_card_must\"\nvalue = true\n");
    assert_eq!(missing(&ask("us-al-parent", &own, TODAY, "hire")), ["fingerprint_card"]);
}

// covers: AL-42, AL-56
#[test]
fn alabama_lets_nobody_drive_without_licence_record_insurance_and_transport() {
    each_is_needed(
        "us-al-parent",
        "drive_families",
        &[
            ("drivers_licence", paper("drivers_licence")),
            ("driving_record", paper("driving_record")),
            ("auto_insurance", paper("auto_insurance")),
            ("dependable_transport", said("dependable_transport", 1)),
        ],
    );
    let all = paper("drivers_licence")
        + &paper("driving_record")
        + &paper("auto_insurance")
        + &said("dependable_transport", 1);
    let answer = ask("us-al-parent", &all, date(2027, 6, 30), "drive_families");
    assert_eq!((answer.word, answer.next_change), (Word::Yes, Some(date(2027, 7, 1))));
}

// covers: AL-62, AL-63, AL-64, AL-70, AL-71
#[test]
fn alabama_asks_for_training_before_work_with_youth() {
    // Infection control before any work with youth, each year.
    let infection = training("infection_control", "2026-05-10");
    let answer = ask("us-al-parent", &infection, TODAY, "work_with_youth");
    assert_eq!((answer.word, answer.next_change), (Word::Yes, Some(date(2027, 5, 11))));
    each_is_needed(
        "us-al-parent",
        "work_alone_with_youth",
        &[
            ("infection_control", infection),
            ("crisis_training", training("crisis_and_aggression", "2025-01-20")),
            ("abuse_and_neglect", training("abuse_and_neglect", "2026-05-10")),
            ("tuberculosis", training("tuberculosis", "2026-05-10")),
        ],
    );
    // Each closes after its own time, and only the work it is asked for.
    for (id, topic, months) in [
        ("infection_control", "infection_control", 12),
        ("crisis_training", "crisis_and_aggression", 24),
        ("abuse_and_neglect", "abuse_and_neglect", 12),
        ("tuberculosis", "tuberculosis", 12),
    ] {
        let last = months_on(date(2025, 6, 1), months);
        for (day, met) in [
            (date(2025, 5, 31), false),
            (date(2025, 6, 1), true),
            (last, true),
            (last.tomorrow().unwrap(), false),
        ] {
            let answer = ask("us-al-parent", &training(topic, "2025-06-01"), day, "work_alone_with_youth");
            assert_eq!(reason(&answer, id).met, met, "{id} on {day}");
        }
    }
    let accompanied = ask("us-al-parent", "", TODAY, "work_with_youth");
    assert_eq!(missing(&accompanied), ["infection_control"], "without `alone`, only this one");
}

// covers: AL-61, AL-65, AL-66, AL-67, AL-68
#[test]
fn alabama_asks_for_a_first_training_once() {
    let topics =
        ["diagnostic_categories", "medication_classes", "recovery_orientation", "people_and_families"];
    let mut facts = vec![(
        "parent_peer_programme",
        "[[training]]\nprogramme = \"parent_peer\"\napproved_by = \"al_dmh\"\nended = 2020-01-10\n"
            .to_owned(),
    )];
    facts.extend(topics.map(|topic| (topic, training(topic, "2020-01-10"))));
    each_is_needed("us-al-parent", "training_complete", &facts);
    let all: String = facts.iter().map(|(_, fact)| fact.as_str()).collect();
    assert_eq!(ask("us-al-parent", &all, TODAY, "training_complete").next_change, None, "once is for good");
    let other = all.replace("al_dmh", "somebody");
    assert_eq!(missing(&ask("us-al-parent", &other, TODAY, "training_complete")), ["parent_peer_programme"]);
}

// covers: AL-47
#[test]
fn alabama_asks_to_read_the_policies_again_when_they_change() {
    let read = |what: &str, version: &str| {
        format!("[[acknowledgement]]\nwhat = \"{what}\"\nversion = \"{version}\"\nday = 2026-01-05\n")
    };
    let published = "[[publication]]\nwhat = \"policies\"\nversion = \"1\"\nfrom = 2025-01-01\n\
                     [[publication]]\nwhat = \"policies\"\nversion = \"2\"\nfrom = 2026-07-01\n";
    let facts = published.to_owned() + &read("policies", "1") + &read("handbook", "2026");
    let before = ask("us-al-parent", &facts, date(2026, 3, 1), "policies_read");
    assert_eq!((before.word, before.next_change), (Word::Yes, Some(date(2026, 7, 1))));
    let after = ask("us-al-parent", &facts, TODAY, "policies_read");
    assert_eq!(missing(&after), ["policies"]);
    assert_eq!(reason(&after, "policies").finding, Finding::OldVersion { version: "2".to_owned() });
}

// covers: AL-46, AL-58, AL-59
#[test]
fn alabama_asks_for_supervision_alone_and_in_a_group() {
    let session = |kind: &str, by: &str, day: &str| {
        format!("[[session]]\nkind = \"{kind}\"\nby = [\"{by}\"]\nday = {day}\nminutes = 45\n")
    };
    let started = "[worker]\nstarted = 2025-09-01\n";
    let choice = |value: &str| {
        format!("[[choice]]\nsetting = \"individual_supervision_every\"\nvalue = \"{value}\"\n")
    };
    let held = started.to_owned()
        + &session("individual", "program_manager", "2026-11-10")
        + &session("group", "clinical_director", "2026-10-20");
    // The word in the document has two meanings, so the programme has to choose.
    let open = ask("us-al-parent", &held, TODAY, "supervision_up_to_date");
    assert_eq!((open.word, missing(&open)), (Word::NotYet, vec!["individual_supervision"]));
    assert_eq!(reason(&open, "individual_supervision").task, Some(Task::Choose));
    for (value, word, next) in [
        ("twice_a_month", Word::NotYet, None),
        // 10 November and 60 days are 9 January; the group's next month is over before that.
        ("every_two_months", Word::Yes, Some(date(2026, 12, 1))),
    ] {
        let answer = ask("us-al-parent", &(held.clone() + &choice(value)), TODAY, "supervision_up_to_date");
        assert_eq!((answer.word, answer.next_change), (word, next), "{value}");
    }
    // Another supervisor's group does not count, and neither does a talk of two for the group.
    for other in [
        session("group", "program_manager", "2026-11-20"),
        session("individual", "clinical_director", "2026-11-20"),
    ] {
        let facts = started.to_owned()
            + &choice("every_two_months")
            + &session("individual", "program_manager", "2026-11-10")
            + &other;
        assert_eq!(
            missing(&ask("us-al-parent", &facts, TODAY, "supervision_up_to_date")),
            ["group_supervision"]
        );
    }
    // A look back at the work together is asked for, as often as the programme chose, and never held against anybody.
    let looked_back = |day: &str, every: &str| {
        let facts = format!(
            "[[paper]]\nkind = \"performance_review\"\nfrom = {day}\n\
             [[choice]]\nsetting = \"performance_review_every\"\nvalue = \"{every}\"\n"
        );
        let answer = ask("us-al-parent", &facts, TODAY, "supervision_up_to_date");
        let one = reason(&answer, "performance_review");
        assert!(!one.gates, "a notice, never a gate");
        one.met
    };
    assert_eq!(reason(&open, "performance_review").task, Some(Task::Choose));
    assert!(looked_back("2026-05-26", "twice_a_year") && !looked_back("2026-05-25", "twice_a_year"));
    assert!(looked_back("2025-11-26", "once_a_year") && !looked_back("2025-11-25", "once_a_year"));
}

#[test]
fn alabama_names_who_supervises() {
    for (attribute, word) in [
        ("program_director", Word::Yes),
        ("program_manager", Word::Yes),
        ("clinical_director", Word::Yes),
        ("human_resources", Word::NotYet),
    ] {
        let facts = format!("[[attribute]]\nattribute = \"{attribute}\"\nfrom = 2026-01-01\n");
        assert_eq!(ask("us-al-parent", &facts, TODAY, "supervise_worker").word, word, "{attribute}");
    }
}

const CORE: [&str; 11] = [
    "communication",
    "crisis_and_safety",
    "culture",
    "behavioral_health",
    "navigating_systems",
    "facilitation",
    "resources",
    "trauma_informed_care",
    "ethics_and_boundaries",
    "self_care",
    "advocacy",
];

fn core_training(hours: u32, topics: &[&str]) -> String {
    format!("[[training]]\ntopics = {topics:?}\nhours = {hours}\nended = 2026-02-01\n")
}

// covers: CA-17, CA-20, CA-21, CA-22, CA-23, CA-24, CA-25, CA-26, CA-27, CA-28, CA-29, CA-30
#[test]
fn california_asks_for_forty_hours_over_every_core_topic() {
    let complete = |facts: &str| ask("us-ca-parent", facts, TODAY, "training_complete");
    assert_eq!(complete(&core_training(39, &CORE)).word, Word::NotYet);
    assert_eq!(complete(&core_training(40, &CORE)).word, Word::Yes);
    assert_eq!(complete(&core_training(100, &CORE)).word, Word::Yes, "72 hours are no ceiling");
    for left in CORE {
        let rest: Vec<&str> = CORE.into_iter().filter(|topic| *topic != left).collect();
        let answer = complete(&core_training(60, &rest));
        assert_eq!(answer.word, Word::NotYet, "without {left}");
        let missing = Finding::Topics { missing: vec![left.to_owned()] };
        assert_eq!(reason(&answer, "core_training").finding, missing);
        // It may come from another training.
        let two = core_training(60, &rest) + &core_training(1, &[left]);
        assert_eq!(complete(&two).word, Word::Yes, "with {left} added");
    }
}

// covers: CA-36, CA-37, CA-38, CA-40, CA-41, CA-44, CA-46, CA-47, CA-48, CA-50, CA-52, CA-53, CA-54, CA-55
// covers: CA-56, CA-57
#[test]
fn california_counts_the_topics_that_families_need_towards_renewal() {
    let rules = pack("us-ca-parent").rules(TODAY, &Settings::new());
    let specialties: Vec<&str> =
        rules.topics.iter().filter(|topic| topic.specialty).map(|topic| topic.id.as_str()).collect();
    assert_eq!(
        specialties,
        [
            "self_care",
            "racialized_trauma",
            "parent_coaching",
            "special_education",
            "early_childhood",
            "primary_health_care",
            "telling_your_story",
            "sexual_exploitation_of_children",
            "brain_and_child_development",
            "social_security",
            "stigma",
            "motivational_interviewing",
            "triple_p",
            "secondary_trauma",
            "interventions",
            "adult_and_child_diagnosis",
            "medication_and_the_brain",
            "disparities_behavioral_health",
            "disparities_child_welfare",
            "disparities_education",
            "mental_health_first_aid_adult",
            "mental_health_first_aid_youth",
        ]
    );
    // 13 hours of one such topic, and 6 on law and ethics with one more of anything, are 20.
    let base = "[[paper]]\nkind = \"certificate\"\nfrom = 2025-01-10\n\
                [[acknowledgement]]\nwhat = \"code_of_ethics\"\nversion = \"1\"\nday = 2025-01-11\n\
                [[credit]]\nended = 2025-05-01\nhours = 6\ncategories = [\"law_and_ethics\"]\n\
                [[credit]]\nended = 2025-05-02\nhours = 1\n";
    for topic in specialties {
        let credit = format!("[[credit]]\nended = 2026-05-01\nhours = 13\ncategories = [\"{topic}\"]\n");
        assert_eq!(
            ask("us-ca-parent", &(base.to_owned() + &credit), TODAY, "renew").word,
            Word::Yes,
            "{topic}"
        );
    }
    let without = ask("us-ca-parent", base, TODAY, "renew");
    assert_eq!(missing(&without), ["renewal_hours"]);
}

/// Each of these topics counts towards the renewal, as the test above walks through, and has something beside it that
/// families use: a helper for the school meeting, a story for a committee, the way to report, a guide to benefits, one's own
/// corner, and a page of options.
// covers: CA-39, CA-42, CA-43, CA-45, CA-51
#[test]
fn california_has_something_to_use_beside_its_topics() {
    use porchlight_practice::safety::Kind;
    let rules = pack("us-ca-parent").rules(TODAY, &Settings::new());
    let counts = |topic: &str| {
        let base = "[[paper]]\nkind = \"certificate\"\nfrom = 2025-01-10\n\
                    [[acknowledgement]]\nwhat = \"code_of_ethics\"\nversion = \"1\"\nday = 2025-01-11\n\
                    [[credit]]\nended = 2025-05-01\nhours = 6\ncategories = [\"law_and_ethics\"]\n";
        let facts = format!("{base}[[credit]]\nended = 2026-05-01\nhours = 14\ncategories = [\"{topic}\"]\n");
        let known = rules.topics.iter().any(|one| one.id == topic && one.specialty);
        known && ask("us-ca-parent", &facts, TODAY, "renew").word == Word::Yes
    };
    for (topic, tool, questions) in [
        ("special_education", "school_meeting", &["ask_list", "agreed", "not_agreed"][..]),
        ("telling_your_story", "committee_story", &["who_hears", "ask_for", "not_told"]),
        ("social_security", "social_security", &["papers", "who_knows", "by_when"]),
        ("interventions", "decision", &["options", "for_against", "matters"]),
    ] {
        assert!(counts(topic), "{topic}");
        let tool = rules.tools.iter().find(|one| one.id == tool).unwrap_or_else(|| panic!("{topic}: {tool}"));
        let asked: Vec<&str> =
            tool.sections.iter().flat_map(|one| &one.questions).map(|one| &*one.id).collect();
        assert!(questions.iter().all(|one| asked.contains(one)), "{topic}: {asked:?}");
    }
    assert!(counts("sexual_exploitation_of_children"));
    let way = rules.safety.steps.iter().find(|step| step.id == "exploitation_phone").unwrap();
    assert!(way.kinds.contains(&Kind::ChildAbuse) && way.call.as_deref() == Some("1-888-373-7888"));
}

// covers: MO-15
#[test]
fn missouri_has_a_gate_for_training_and_measures_of_resilience_and_hope() {
    let untrained = ask("us-mo-adult", "", TODAY, "training_complete");
    assert_eq!(missing(&untrained), ["state_training"]);
    assert!(untrained.question.meanwhile.is_some());
    let why = &reason(&untrained, "state_training").requirement.why.en;
    assert!(why.contains("resilience") && why.contains("hope"), "{why}");
    let trained = "[[training]]\nprogramme = \"mo_cps\"\nhours = 35\nended = 2026-03-06\n";
    assert_eq!(ask("us-mo-adult", trained, TODAY, "training_complete").word, Word::Yes);
    let rules = pack("us-mo-adult").rules(TODAY, &Settings::new());
    for measure in ["hope_scale", "barc_10"] {
        assert!(rules.measures.iter().any(|one| one.id == measure && !one.clinical), "{measure}");
    }
}

// covers: CA-18
#[test]
fn california_renews_every_two_years_in_the_last_ninety_days() {
    let facts = |hours: u32| {
        format!(
            "[[paper]]\nkind = \"certificate\"\nfrom = 2025-01-10\n\
             [[acknowledgement]]\nwhat = \"code_of_ethics\"\nversion = \"1\"\nday = 2025-01-11\n\
             [[credit]]\nended = 2025-05-01\nhours = {hours}\ncategories = [\"law_and_ethics\"]\n"
        )
    };
    let last = date(2027, 1, 10);
    let opens = last.saturating_sub(90.days());
    let early = ask("us-ca-parent", &facts(20), opens.yesterday().unwrap(), "renew");
    assert_eq!((early.word, early.next_change), (Word::NotYet, Some(opens)));
    let open = ask("us-ca-parent", &facts(20), opens, "renew");
    assert_eq!((open.word, open.next_change), (Word::Yes, Some(date(2027, 1, 11))));
    assert_eq!(ask("us-ca-parent", &facts(19), opens, "renew").word, Word::NotYet);
    // Four years after its last day it is void.
    let current = |day| ask("us-ca-parent", &facts(20), day, "certificate_current");
    assert_eq!(current(last).word, Word::Yes);
    let ended = current(last.tomorrow().unwrap());
    assert_eq!((ended.word, ended.next_change), (Word::NotYet, Some(date(2031, 1, 11))));
    assert_eq!(current(date(2031, 1, 11)).word, Word::No);
}

// covers: CA-03, CA-58, CA-59, CA-60
#[test]
fn california_asks_for_parents_who_have_been_there() {
    each_is_needed(
        "us-ca-parent",
        "hire",
        &[
            ("lived_experience", said("raised_a_child_with_needs", 1)),
            ("systems_navigated", said("systems_navigated", 1)),
            ("success_in_advocacy", said("success_in_advocacy", 1)),
        ],
    );
    let answer = ask("us-ca-parent", "", TODAY, "hire");
    let minor = reason(&answer, "child_still_a_minor");
    assert_eq!((minor.requirement.source.strength, minor.gates), (Strength::Should, false));
}

// covers: CA-64, CA-65, CA-66
#[test]
fn california_wants_supervisors_who_are_parents_with_five_years() {
    // The summary says "should": a notice each, and a must where the programme makes it one.
    let asked = ["supervisor_is_a_parent", "supervisor_years", "supervisor_managed", "reflective_practice"];
    let answer =
        ask("us-ca-parent", "[worker]\nid = \"ana\"\nsupervises = \"ben\"\n", TODAY, "supervise_worker");
    assert_eq!(answer.word, Word::Yes);
    for id in asked {
        assert!(answer.notices().any(|notice| notice.requirement.id == id), "{id}");
    }
    assert_eq!(reason(&answer, "reflective_practice").requirement.source.strength, Strength::Recommended);
    let musts: String =
        asked.iter().map(|id| format!("[[choice]]\nsetting = \"rule_{id}_must\"\nvalue = true\n")).collect();
    each_is_needed(
        "us-ca-parent",
        "supervise_worker",
        &[
            ("", musts),
            ("supervisor_is_a_parent", said("child_served_in_public_system", 1)),
            (
                "supervisor_years",
                "[[experience]]\nkind = \"parent_peer_specialist\"\nfrom = 2021-11-26\n".to_owned(),
            ),
            ("supervisor_managed", said("managed_people", 1)),
            ("reflective_practice", training("reflective_practice", "2022-01-01")),
        ],
    );
}

fn georgia(window: &str) -> String {
    format!(
        "[[exam]]\nkind = \"ga_cps\"\nday = 2024-06-14\npassed = true\n\
         [[choice]]\nsetting = \"hand_in_window\"\nvalue = \"{window}\"\n"
    )
}

fn credit(ended: &str, hours: u32, sponsor: &str, category: &str) -> String {
    format!(
        "[[credit]]\nended = {ended}\nhours = {hours}\nsponsor = \"{sponsor}\"\ncategories = [{}]\n",
        if category.is_empty() { String::new() } else { format!("\"{category}\"") }
    )
}

// covers: GA-26
#[test]
fn georgia_asks_for_twelve_hours_a_year() {
    let renew =
        |credits: &str| ask("us-ga-adult", &(georgia("page_of_2024") + credits), date(2025, 12, 10), "renew");
    let ethics = credit("2025-02-01", 1, "gmhcn", "peer_ethics");
    assert_eq!(
        renew(
            &(ethics.clone()
                + &credit("2025-03-01", 5, "gmhcn", "")
                + &credit("2025-04-01", 6, "seminar", ""))
        )
        .word,
        Word::Yes
    );
    assert_eq!(
        renew(&(ethics.clone() + &credit("2025-03-01", 11, "gmhcn", ""))).word,
        Word::Yes,
        "all of it may be theirs"
    );
    assert_eq!(
        renew(
            &(ethics.clone()
                + &credit("2025-03-01", 4, "gmhcn", "")
                + &credit("2025-04-01", 7, "seminar", ""))
        )
        .word,
        Word::NotYet
    );
    assert_eq!(renew(&credit("2025-03-01", 12, "gmhcn", "")).word, Word::NotYet, "one event on ethics");
    assert_eq!(
        renew(&(ethics + &credit("2024-12-31", 11, "gmhcn", ""))).word,
        Word::NotYet,
        "nothing goes over into the next year"
    );
}

#[test]
fn georgia_has_two_windows_and_the_program_chooses() {
    let hours = credit("2025-02-01", 12, "gmhcn", "peer_ethics");
    let handed_in = |day: &str| format!("[[submission]]\nrequirement = \"yearly_hours\"\nday = {day}\n");
    let current = |window: &str, more: &str, day| {
        ask("us-ga-adult", &(georgia(window) + &hours + more), day, "certificate_current").word
    };
    for (window, last, early, opens) in [
        ("page_of_2024", date(2026, 2, 28), "2025-11-30", "2025-12-01"),
        ("newer_form", date(2026, 1, 31), "2025-09-30", "2025-10-01"),
    ] {
        let after = last.tomorrow().unwrap();
        assert_eq!(current(window, "", last), Word::Yes, "{window}");
        assert_eq!(current(window, "", after), Word::No, "{window}");
        assert_eq!(current(window, &handed_in(opens), after), Word::Yes, "{window}");
        assert_eq!(current(window, &handed_in(&last.to_string()), after), Word::Yes, "{window}");
        assert_eq!(current(window, &handed_in(early), after), Word::No, "{window}: before it opens");
        let again = "[[reactivation]]\nrequirement = \"yearly_hours\"\nday = 2026-05-05\n";
        assert_eq!(current(window, again, date(2026, 5, 4)), Word::No, "{window}");
        assert_eq!(current(window, again, date(2026, 5, 5)), Word::Yes, "{window}");
    }
    let open = ask(
        "us-ga-adult",
        "[[exam]]\nkind = \"ga_cps\"\nday = 2024-06-14\npassed = true\n",
        TODAY,
        "certificate_current",
    );
    assert_eq!(
        reason(&open, "yearly_hours").finding,
        Finding::Choose { setting: "hand_in_window".to_owned() }
    );
}

// covers: GA-06
#[test]
fn georgia_asks_that_each_worker_has_a_level_of_supervision() {
    for (level, word) in
        [("immediate_supervision", Word::Yes), ("general_supervision", Word::Yes), ("none", Word::NotYet)]
    {
        let answer = ask("us-ga-adult", &paper(level), TODAY, "supervision_up_to_date");
        assert_eq!(answer.word, word, "{level}");
    }
    let answer = ask("us-ga-adult", &paper("general_supervision"), TODAY, "supervision_up_to_date");
    assert_eq!(answer.next_change, Some(date(2027, 7, 1)), "it is looked at again");
}

fn missouri() -> Vec<(&'static str, String)> {
    vec![
        ("education", "[[education]]\nlevel = \"high_school\"\nday = 2010-06-01\n".to_owned()),
        (
            "state_training",
            "[[training]]\nprogramme = \"mo_cps\"\nhours = 35\nended = 2026-03-06\n".to_owned(),
        ),
        ("state_exam", "[[exam]]\nkind = \"mo_cps\"\nday = 2026-04-01\npassed = true\n".to_owned()),
    ]
}

// covers: MO-01, MO-02
#[test]
fn missouri_asks_for_school_training_and_testing() {
    each_is_needed("us-mo-adult", "hire", &missouri());
    let mut certify = missouri();
    certify.push(("lived_experience", said("in_recovery", 1)));
    certify.push(("background", paper("background_check")));
    certify.push((
        "code_of_ethics",
        "[[acknowledgement]]\nwhat = \"code_of_ethics\"\nversion = \"1\"\nday = 2026-04-01\n".to_owned(),
    ));
    each_is_needed("us-mo-adult", "certify", &certify);
    let unclear = "[[paper]]\nkind = \"background_check\"\nfrom = 2026-01-01\nresult = \"not_clear\"\n";
    assert_eq!(ask("us-mo-adult", unclear, TODAY, "certify").word, Word::No);
    let short = missouri()[1].1.replace("35", "34");
    assert_eq!(ask("us-mo-adult", &short, TODAY, "training_complete").word, Word::NotYet);
    assert_eq!(ask("us-mo-adult", &missouri()[1].1, TODAY, "training_complete").word, Word::Yes);
}

// covers: MO-03
#[test]
fn missouri_lets_only_qualified_professionals_supervise() {
    let me = "[worker]\nid = \"ana\"\nsupervises = \"ben\"\n";
    let answer = ask("us-mo-adult", me, TODAY, "supervise_worker");
    assert_eq!((answer.word, missing(&answer)), (Word::NotYet, vec!["supervisor_is_qualified"]));
    let qualified =
        format!("{me}[[attribute]]\nattribute = \"qmhp\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n");
    let answer = ask("us-mo-adult", &qualified, TODAY, "supervise_worker");
    assert_eq!((answer.word, answer.next_change), (Word::Yes, Some(date(2027, 1, 1))));
}

// covers: WI-09, WI-43
#[test]
fn wisconsin_asks_for_somebody_in_recovery_and_likes_experience() {
    let answer = ask("us-wi-adult", &said("in_recovery", 1), TODAY, "hire");
    assert_eq!(answer.word, Word::Yes);
    assert!(answer.notices().any(|notice| notice.requirement.id == "peer_experience"));
    let volunteer =
        said("in_recovery", 1) + "[[experience]]\nkind = \"volunteer_peer_work\"\nfrom = 2025-01-01\n";
    assert_eq!(ask("us-wi-adult", &volunteer, TODAY, "hire").notices().count(), 0);
    assert_eq!(missing(&ask("us-wi-adult", "", TODAY, "hire")), ["lived_experience"]);
}

#[test]
fn wisconsin_counts_ceus_and_never_reading_alone() {
    let certificate = "[[paper]]\nkind = \"certificate\"\nfrom = 2025-06-01\n";
    let renew = |credits: &str| ask("us-wi-adult", &(certificate.to_owned() + credits), TODAY, "renew").word;
    assert_eq!(renew("[[credit]]\nended = 2025-06-01\nhours = 20\n"), Word::Yes);
    assert_eq!(renew("[[credit]]\nended = 2025-05-31\nhours = 20\n"), Word::NotYet, "before the cycle");
    assert_eq!(renew("[[credit]]\nended = 2025-07-01\namount = 2\nunit = \"ceu\"\n"), Word::Yes);
    assert_eq!(renew("[[credit]]\nended = 2025-07-01\namount = 1.9\nunit = \"ceu\"\n"), Word::NotYet);
    assert_eq!(
        renew("[[credit]]\nended = 2025-07-01\nhours = 20\ncategories = [\"independent_reading\"]\n"),
        Word::NotYet
    );
    assert_eq!(
        renew("[[credit]]\nended = 2025-07-01\nhours = 20\nused_for = \"nursing\"\n"),
        Word::NotYet,
        "no hour twice"
    );
}

// covers: WI-07
#[test]
fn wisconsin_leaves_who_supervises_to_the_program() {
    let asked = |value: &str, more: &str| {
        let facts = format!("[[choice]]\nsetting = \"qmhp_supervises\"\nvalue = \"{value}\"\n{more}");
        ask("us-wi-adult", &facts, TODAY, "supervise_worker").word
    };
    let qualified = "[[attribute]]\nattribute = \"qmhp\"\nfrom = 2026-01-01\n";
    assert_eq!(asked("yes", ""), Word::NotYet);
    assert_eq!(asked("yes", qualified), Word::Yes);
    assert_eq!(asked("no", ""), Word::Yes);
    let open = ask("us-wi-adult", qualified, TODAY, "supervise_worker");
    assert_eq!(reason(&open, "supervisor_is_qualified").task, Some(Task::Choose));
}

#[test]
fn wisconsin_asks_for_an_hour_each_week_or_for_thirty_hours() {
    let base =
        "[worker]\nstarted = 2026-01-05\n[[choice]]\nsetting = \"supervision_rule\"\nvalue = \"dhs_36\"\n";
    let session = |day: &str, signed: bool| {
        format!("[[session]]\nkind = \"individual\"\nday = {day}\nminutes = 60\nsigned = {signed}\n")
    };
    let service = |day: &str, hours: u32| format!("[[service]]\nday = {day}\nhours = {hours}\n");
    let up_to_date = |more: String, day| {
        ask("us-wi-adult", &(base.to_owned() + &more), day, "supervision_up_to_date").word
    };
    let day = date(2026, 3, 20);
    // Weeks ago, and 30 hours since: the second way is enough. With 31 it is not.
    assert_eq!(up_to_date(session("2026-02-04", true) + &service("2026-03-01", 30), day), Word::Yes);
    assert_eq!(up_to_date(session("2026-02-04", true) + &service("2026-03-01", 31), day), Word::NotYet);
    // Many hours, and an hour of supervision last week: the first way is enough.
    assert_eq!(up_to_date(session("2026-03-13", true) + &service("2026-03-14", 50), day), Word::Yes);
    assert_eq!(
        up_to_date(session("2026-03-13", false) + &service("2026-03-14", 50), day),
        Word::NotYet,
        "not signed"
    );
}

#[test]
fn every_reason_says_where_it_comes_from_in_both_languages() {
    for id in PACKS {
        for answer in porchlight_practice::rule::ask(&plain(id), &Default::default(), TODAY) {
            assert!(!answer.reasons.is_empty(), "{id} {}", answer.question.id);
            for reason in &answer.reasons {
                let one = &reason.requirement;
                assert!(!one.source.document.title.en.is_empty(), "{id} {}", one.id);
                for text in [&one.name, &one.why] {
                    assert!(
                        !text.en.is_empty() && !text.es.is_empty() && text.en.len() < 200,
                        "{id} {}",
                        one.id
                    );
                }
                let unsure = one.source.confidence == Confidence::NeedsChecking;
                assert!(!(unsure && reason.gates), "{id} {}: what needs checking holds nobody up", one.id);
            }
        }
    }
}

// covers: CA-19
#[test]
fn a_program_adds_topics_of_its_own() {
    let mut files = pack("us-ca-parent").bundle();
    let own = "\n[[topic]]\nid = \"family_court\"\nname = { en = \"Family court\", es = \"Tribunal de familia\" }\nspecialty = true\n";
    let rules = files.iter_mut().find(|file| file.path == "us-ca-parent/rules.toml").unwrap();
    rules.text.push_str(own);
    let longer = porchlight_practice::pack::compile(&files).unwrap().get(&"us-ca-parent".into()).unwrap();
    let topics = |pack: &porchlight_practice::pack::Pack| pack.rules(TODAY, &Settings::new()).topics.len();
    assert_eq!(topics(&longer), topics(&pack("us-ca-parent")) + 1);
}

// covers: GA-35, MO-41, WI-33, WI-34
#[test]
fn codes_and_rules_on_privacy_are_read_and_read_again_when_they_change() {
    for (pack, what) in [
        ("us-ga-adult", "code_of_ethics"),
        ("us-mo-adult", "code_of_ethics"),
        ("us-wi-adult", "state_confidentiality"),
        ("us-wi-adult", "agency_confidentiality"),
    ] {
        let publication = |version: &str, from: &str| {
            format!("[[publication]]\nwhat = \"{what}\"\nversion = \"{version}\"\nfrom = {from}\n")
        };
        let read = format!("[[acknowledgement]]\nwhat = \"{what}\"\nversion = \"one\"\nday = 2026-02-01\n");
        let asked = |facts: &str| {
            let answer = ask(pack, facts, TODAY, "policies_read");
            reason(&answer, what).met
        };
        let first = publication("one", "2026-01-01");
        assert!(!asked(&first), "{pack}: {what} is not read yet");
        assert!(asked(&(first.clone() + &read)), "{pack}: {what} is read");
        assert!(!asked(&(first + &publication("two", "2026-06-01") + &read)), "{pack}: {what} changed since");
    }
}
