//! What holds for every pack, whatever the facts.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use porchlight_practice::pack::{SettingValue, Settings};
use porchlight_practice::rule::day::months_on;
use porchlight_practice::rule::fact::*;
use porchlight_practice::rule::requirement::Kind;
use porchlight_practice::rule::{self, Rulebook, Word};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::shipped::{PACKS, ask, pack, plain};

/// Every pack is in force by then.
const FIRST: Date = date(2025, 3, 1);

fn a_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        9 => (0_i64..1600).prop_map(|days| FIRST.saturating_add(days.days())),
        // The days on which counting goes wrong.
        1 => select(vec![
            date(2028, 2, 29), date(2028, 2, 28), date(2027, 2, 28), date(2026, 8, 31), date(2026, 12, 31),
            date(2027, 1, 1), date(2027, 1, 31), date(2028, 3, 1),
        ]),
    ]
}

fn a_past_day() -> impl Strategy<Value = Date> {
    prop_oneof![a_day(), (0_i64..1500).prop_map(|days| FIRST.saturating_sub(days.days()))]
}

fn later(from: Date) -> impl Strategy<Value = Option<Date>> {
    option::of((0_i64..900).prop_map(move |days| from.saturating_add(days.days())))
}

fn one_of(names: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    select(names.to_vec()).prop_map(str::to_owned)
}

fn some_of(names: &[&'static str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let names = names.to_vec();
    let most = names.len();
    subsequence(names, 0..=most).prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

const TOPICS: [&str; 12] = [
    "infection_control",
    "crisis_and_aggression",
    "abuse_and_neglect",
    "tuberculosis",
    "diagnostic_categories",
    "medication_classes",
    "recovery_orientation",
    "people_and_families",
    "communication",
    "culture",
    "reflective_practice",
    "self_care",
];
const PAPERS: [&str; 9] = [
    "certificate",
    "drivers_licence",
    "driving_record",
    "auto_insurance",
    "bht",
    "fingerprint_clearance",
    "background_check",
    "general_supervision",
    "performance_review",
];
const SAID: [&str; 8] = [
    "raised_a_child_with_needs",
    "systems_navigated",
    "dependable_transport",
    "success_in_advocacy",
    "years_toward_recovery",
    "in_recovery",
    "child_served_in_public_system",
    "managed_people",
];
const WORK: [&str; 4] =
    ["target_population", "parent_peer_specialist", "paid_peer_work", "volunteer_peer_work"];
const EXAMS: [&str; 4] = ["ga_cps", "mo_cps", "wi_cps", "medi_cal_peer"];
const PROGRAMMES: [&str; 4] = ["ga_cps", "mo_cps", "wi_cps", "medi_cal_peer"];
const ATTRIBUTES: [&str; 4] = ["program_manager", "clinical_director", "qmhp", "qualified_parent"];
const WORKERS: [&str; 3] = ["ana", "ben", "cy"];

fn check() -> impl Strategy<Value = Check> {
    prop_oneof![6 => Just(Check::Accepted), 2 => Just(Check::Waiting), 1 => Just(Check::Refused)]
}

prop_compose! {
    fn a_training()(
        ended in a_past_day(), topics in some_of(&TOPICS), hours in 0_u32..90,
        programme in option::of(one_of(&PROGRAMMES)), approved in any::<bool>(),
        certificate in option::of(one_of(&["c1", "c2", "c3"])), check in check(),
    ) -> Training {
        let approved_by = approved.then(|| "al_dmh".to_owned());
        Training { ended, topics, minutes: hours * 60, programme, approved_by, certificate, check }
    }
}

prop_compose! {
    fn a_paper()(from in a_past_day(), kind in one_of(&PAPERS), clear in prop::bool::weighted(0.9), check in check())(
        until in later(from), from in Just(from), kind in Just(kind), clear in Just(clear), check in Just(check),
    ) -> Paper {
        Paper { from, until, kind, clear, check }
    }
}

prop_compose! {
    fn an_experience()(from in a_past_day(), kind in one_of(&WORK), check in check())(
        until in later(from), from in Just(from), kind in Just(kind), check in Just(check),
    ) -> Experience {
        Experience { from, until, kind, check }
    }
}

prop_compose! {
    fn a_credit()(
        ended in a_past_day(), amount in 1_u32..13, title in one_of(&["a", "b", "c", "d"]), ceu in prop::bool::weighted(0.1),
        categories in some_of(&["peer_ethics", "law_and_ethics", "stigma", "independent_reading"]),
        sponsor in option::of(one_of(&["gmhcn", "other"])), certificate in option::of(one_of(&["k1", "k2", "k3"])),
        elsewhere in prop::bool::weighted(0.1), check in check(),
    ) -> Credit {
        Credit {
            ended, title: Some(title), amount: amount * if ceu { 100 } else { 1000 }, unit: ceu.then(|| "ceu".to_owned()),
            categories, sponsor, certificate, used_for: elsewhere.then(|| "another".to_owned()), check,
        }
    }
}

prop_compose! {
    fn a_session()(
        day in a_day(), minutes in select(vec![20_u32, 30, 60, 90]), by in some_of(&ATTRIBUTES), signed in any::<bool>(),
        kind in select(vec![SessionKind::Individual, SessionKind::Group, SessionKind::Observed]),
    ) -> Session {
        Session { day, kind, minutes, by, signed }
    }
}

prop_compose! {
    fn a_worker()(
        born in option::of((0_i64..4000).prop_map(|days| date(2004, 2, 29).saturating_add(days.days()))),
        started in option::of(a_day()), ended in option::weighted(0.1, a_day()),
        supervises in option::of(one_of(&WORKERS)),
    ) -> Worker {
        let ended = ended.filter(|ended| started.is_none_or(|started| started <= *ended));
        Worker { id: Some("ana".to_owned()), born, started, ended, supervises }
    }
}

prop_compose! {
    fn a_line()(from in a_day(), of in one_of(&WORKERS), by in one_of(&WORKERS))(
        until in later(from), from in Just(from), of in Just(of), by in Just(by),
    ) -> Line {
        Line { from, until, of, by }
    }
}

prop_compose! {
    fn papers_and_trainings()(
        papers in vec(a_paper(), 0..8), trainings in vec(a_training(), 0..8), experience in vec(an_experience(), 0..4),
        credits in vec(a_credit(), 0..12), sessions in vec(a_session(), 0..8),
        exams in vec((a_past_day(), one_of(&EXAMS), any::<bool>(), option::of(70_u32..100), check()), 0..3),
        education in vec((a_past_day(), select(vec![Level::HighSchool, Level::Associate, Level::Bachelor]),
            option::of(one_of(&["human_services", "history"])), check()), 0..3),
    ) -> Facts {
        Facts {
            papers, trainings, experience, credits, sessions,
            exams: exams.into_iter()
                .map(|(day, kind, passed, score, check)| Exam { day, kind, passed, score, check }).collect(),
            education: education.into_iter()
                .map(|(day, level, field, check)| Education { day, level, field, check }).collect(),
            ..Facts::default()
        }
    }
}

prop_compose! {
    fn some_facts()(
        first in papers_and_trainings(), worker in a_worker(), lines in vec(a_line(), 0..3),
        said in vec((a_past_day(), one_of(&SAID), 1_u32..3, check()), 0..6),
        filings in vec((a_day(), one_of(&["yearly_hours"])), 0..4),
        again in vec((a_day(), one_of(&["yearly_hours"])), 0..2),
        services in vec((a_day(), 1_u32..20), 0..6),
        read in vec((a_day(), one_of(&["policies", "handbook", "code_of_ethics"]), one_of(&["1", "2"])), 0..5),
        published in vec((a_day(), one_of(&["policies", "code_of_ethics"]), one_of(&["1", "2"])), 0..3),
        attributes in vec((a_day(), one_of(&ATTRIBUTES)), 0..3),
        waivers in vec((a_day(), 0_i64..90, one_of(&["fingerprint_card", "code_of_ethics"])), 0..2),
    ) -> Facts {
        Facts {
            worker, lines,
            attestations: said.into_iter()
                .map(|(day, what, count, check)| Attestation { day, what, count, check }).collect(),
            submissions: filings.into_iter().map(|(day, requirement)| Filing { day, requirement }).collect(),
            reactivations: again.into_iter().map(|(day, requirement)| Filing { day, requirement }).collect(),
            services: services.into_iter().map(|(day, hours)| Service { day, minutes: hours * 60 }).collect(),
            acknowledgements: read.into_iter()
                .map(|(day, what, version)| Acknowledgement { day, what, version }).collect(),
            publications: published.into_iter()
                .map(|(from, what, version)| Publication { from, what, version }).collect(),
            attributes: attributes.into_iter()
                .map(|(from, attribute)| Attribute { from, until: None, attribute }).collect(),
            waivers: waivers.into_iter()
                .map(|(from, days, requirement)| Waiver { from, until: from.saturating_add(days.days()), requirement })
                .collect(),
            ..first
        }
    }
}

/// One of the packs with some choices made, and the name of one of its questions.
fn some_rules() -> impl Strategy<Value = (&'static str, Rulebook, String)> {
    let choices = (select(PACKS.to_vec()), any::<[bool; 4]>(), any::<u8>());
    choices.prop_flat_map(|(id, chosen, option)| {
        let mut settings = Settings::new();
        let options = [
            ("individual_supervision_every", ["twice_a_month", "every_two_months"]),
            ("hand_in_window", ["page_of_2024", "newer_form"]),
            ("supervision_rule", ["dhs_36", "own"]),
            ("qmhp_supervises", ["yes", "no"]),
        ];
        for ((setting, values), made) in options.into_iter().zip(chosen) {
            if made {
                settings.set(setting, SettingValue::Choice(values[usize::from(option & 1)].to_owned()));
            }
        }
        // A rule that the programme made its own must.
        if option & 2 == 2 {
            for requirement in
                ["fingerprint_card", "code_of_ethics", "supervisor_years", "performance_review"]
            {
                settings.set(format!("rule_{requirement}_must"), SettingValue::YesNo(true));
            }
        }
        let rules = pack(id).rulebook(&settings);
        let questions: Vec<String> = rules.every_question().map(str::to_owned).collect();
        (Just(id), Just(rules), select(questions))
    })
}

/// What meets requirements and begins no cycle.
fn evidence() -> impl Strategy<Value = Facts> {
    let checked = |facts: Facts| facts.settle();
    prop_oneof![
        a_training().prop_map(|one| Facts { trainings: vec![one], ..Facts::default() }),
        a_paper()
            .prop_filter("a certificate begins a cycle; what is not clear is no help", |one| {
                one.kind != "certificate" && one.clear
            })
            .prop_map(|one| Facts { papers: vec![one], ..Facts::default() }),
        an_experience().prop_map(|one| Facts { experience: vec![one], ..Facts::default() }),
        a_credit().prop_map(|one| Facts { credits: vec![one], ..Facts::default() }),
        a_session().prop_map(|one| Facts { sessions: vec![one], ..Facts::default() }),
        (a_past_day(), one_of(&SAID), 1_u32..4).prop_map(|(day, what, count)| Facts {
            attestations: vec![Attestation { day, what, count, check: Check::Waiting }],
            ..Facts::default()
        }),
        (a_day(), one_of(&["policies", "handbook"]), one_of(&["1", "2"])).prop_map(|(day, what, version)| {
            Facts { acknowledgements: vec![Acknowledgement { day, what, version }], ..Facts::default() }
        }),
        a_day().prop_map(|day| Facts {
            reactivations: vec![Filing { day, requirement: "yearly_hours".to_owned() }],
            ..Facts::default()
        }),
    ]
    .prop_map(checked)
}

fn joined(mut facts: Facts, more: Facts) -> Facts {
    facts.education.extend(more.education);
    facts.experience.extend(more.experience);
    facts.attestations.extend(more.attestations);
    facts.papers.extend(more.papers);
    facts.trainings.extend(more.trainings);
    facts.credits.extend(more.credits);
    facts.sessions.extend(more.sessions);
    facts.acknowledgements.extend(more.acknowledgements);
    facts.reactivations.extend(more.reactivations);
    facts.settle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn the_next_change_is_the_first_day_with_another_word(
        (id, rules, question) in some_rules(), facts in some_facts(), day in a_day(),
    ) {
        let facts = facts.settle();
        let answer = rule::ask_one(&rules, &facts, day, &question).unwrap();
        let mut then = day;
        for _ in 0..900 {
            then = then.tomorrow().unwrap();
            let word = rule::word(&rules, &facts, then, &question).unwrap();
            if answer.next_change == Some(then) {
                prop_assert_ne!(word, answer.word, "{} {} announced for {}", id, question, then);
                return Ok(());
            }
            prop_assert_eq!(word, answer.word, "{} {} changed on {} unannounced", id, question, then);
        }
    }

    #[test]
    fn going_from_change_to_change_leads_to_the_same_answer(
        (_, rules, question) in some_rules(), facts in some_facts(), from in a_day(), days in 0_i64..1200,
    ) {
        let facts = facts.settle();
        let to = from.saturating_add(days.days());
        let mut at = rule::ask_one(&rules, &facts, from, &question).unwrap();
        while let Some(next) = at.next_change.filter(|next| *next <= to) {
            at = rule::ask_one(&rules, &facts, next, &question).unwrap();
        }
        prop_assert_eq!(Some(at.word), rule::word(&rules, &facts, to, &question));
    }

    #[test]
    fn what_is_met_stays_met_up_to_the_day_it_says(
        (id, rules, question) in some_rules(), facts in some_facts(), day in a_day(),
    ) {
        let facts = facts.settle();
        let answer = rule::ask_one(&rules, &facts, day, &question).unwrap();
        for reason in &answer.reasons {
            let name = &reason.requirement.id;
            let met = |then: Date| {
                let answer = rule::ask_one(&rules, &facts, then, &question).unwrap();
                answer.reasons.iter().find(|one| &one.requirement.id == name).map(|one| one.met)
            };
            prop_assert!(reason.met || reason.until.is_none());
            prop_assert_eq!(reason.met, reason.task.is_none());
            let Some(until) = reason.until else { continue };
            prop_assert!(day <= until);
            prop_assert_eq!(met(until), Some(true), "{} {} on its last day {}", id, name, until);
            prop_assert_eq!(met(until.tomorrow().unwrap()), Some(false), "{} {} after {}", id, name, until);
        }
    }

    #[test]
    fn more_evidence_never_makes_an_answer_worse(
        (id, rules, question) in some_rules(), facts in some_facts(), more in evidence(), day in a_day(),
    ) {
        let facts = facts.settle();
        let before = rule::word(&rules, &facts, day, &question).unwrap();
        let after = joined(facts, more.clone());
        let word = rule::word(&rules, &after, day, &question).unwrap();
        prop_assert!(word <= before, "{} {}: {:?} became {:?} by {:?}", id, question, before, word, more);
    }

    #[test]
    fn the_order_of_facts_changes_nothing(
        (_, rules, _) in some_rules(), facts in some_facts(), day in a_day(),
    ) {
        let mut turned = facts.clone();
        turned.education.reverse();
        turned.experience.reverse();
        turned.attestations.reverse();
        turned.papers.reverse();
        turned.trainings.reverse();
        turned.exams.reverse();
        turned.credits.reverse();
        turned.sessions.reverse();
        turned.services.reverse();
        turned.acknowledgements.reverse();
        turned.publications.reverse();
        turned.attributes.reverse();
        turned.lines.reverse();
        turned.waivers.reverse();
        prop_assert_eq!(
            rule::ask(&rules, &facts.settle(), day),
            rule::ask(&rules, &turned.settle(), day)
        );
    }

    #[test]
    fn later_evidence_never_repairs_the_past(
        (_, rules, question) in some_rules(), facts in some_facts(), more in evidence(), day in a_day(),
    ) {
        let facts = facts.settle();
        let latest = |facts: &Facts| -> Option<Date> {
            let days = facts.trainings.iter().map(|one| one.ended)
                .chain(facts.papers.iter().map(|one| one.from))
                .chain(facts.experience.iter().map(|one| one.from))
                .chain(facts.credits.iter().map(|one| one.ended))
                .chain(facts.sessions.iter().map(|one| one.day))
                .chain(facts.attestations.iter().map(|one| one.day))
                .chain(facts.acknowledgements.iter().map(|one| one.day))
                .chain(facts.reactivations.iter().map(|one| one.day));
            days.min()
        };
        prop_assume!(latest(&more).is_none_or(|evidence| evidence > day));
        let before = rule::word(&rules, &facts, day, &question);
        prop_assert_eq!(before, rule::word(&rules, &joined(facts, more), day, &question));
    }

    #[test]
    fn more_hours_with_people_never_put_supervision_right(
        facts in some_facts(), hours in 1_u32..40, on in a_day(), day in a_day(),
    ) {
        let mut settings = Settings::new();
        settings.set("supervision_rule", SettingValue::Choice("dhs_36".to_owned()));
        let rules = pack("us-wi-adult").rulebook(&settings);
        let facts = facts.settle();
        let before = rule::word(&rules, &facts, day, "supervision_up_to_date").unwrap();
        let mut more = facts.clone();
        more.services.push(Service { day: on, minutes: hours * 60 });
        let after = rule::word(&rules, &more.settle(), day, "supervision_up_to_date").unwrap();
        prop_assert!(after >= before);
    }

    #[test]
    fn nothing_lapses_before_the_first_cycle_is_over(passed in a_day(), window in any::<bool>(), days in 0_i64..800) {
        let mut settings = Settings::new();
        let option = if window { "page_of_2024" } else { "newer_form" };
        settings.set("hand_in_window", SettingValue::Choice(option.to_owned()));
        let rules = pack("us-ga-adult").rulebook(&settings);
        let exam = Exam {
            day: passed, kind: "ga_cps".to_owned(), passed: true, score: None, check: Check::Accepted,
        };
        let facts = Facts { exams: vec![exam], ..Facts::default() }.settle();
        let day = passed.saturating_add(days.days());
        let close = if window { (2, 28) } else { (1, 31) };
        let deadline = Date::new(passed.year() + 2, close.0, close.1).unwrap();
        let answer = rule::ask_one(&rules, &facts, day, "certificate_current").unwrap();
        prop_assert_eq!(answer.word, if day <= deadline { Word::Yes } else { Word::No });
        prop_assert_eq!(answer.next_change, deadline.tomorrow().ok().filter(|lapses| day < *lapses));
    }

    #[test]
    fn a_new_certificate_begins_a_new_cycle_and_takes_no_hours_from_the_old_one(
        credits in vec(a_credit(), 0..12), given in a_day(), days in 1_i64..729,
    ) {
        let rules = plain("us-wi-adult");
        let certificate = |from: Date| Paper {
            from, until: None, kind: "certificate".to_owned(), clear: true, check: Check::Accepted,
        };
        let old = Facts { credits, papers: vec![certificate(given)], ..Facts::default() }.settle();
        // Renewed on some day of the old cycle: up to its end nothing is different.
        let renewed = given.saturating_add(days.days());
        let mut new = old.clone();
        new.papers.push(certificate(renewed));
        let new = new.settle();
        let mut day = given;
        while day <= months_on(given, 24) {
            prop_assert_eq!(
                rule::word(&rules, &old, day, "renew"), rule::word(&rules, &new, day, "renew"), "{}", day
            );
            day = day.saturating_add(13.days());
        }
    }
}

#[test]
fn nobody_loses_a_day_to_the_twenty_ninth_of_february() {
    let trained = |day: &str| format!("[[training]]\ntopics = [\"infection_control\"]\nended = {day}\n");
    for (ended, last) in [
        ("2028-02-29", date(2029, 2, 28)),
        ("2027-02-28", date(2028, 2, 28)),
        ("2027-03-01", date(2028, 3, 1)),
        ("2027-12-31", date(2028, 12, 31)),
    ] {
        let facts = trained(ended);
        let answer = ask("us-al-parent", &facts, last, "work_with_youth");
        assert_eq!(answer.word, Word::Yes, "{ended}");
        assert_eq!(answer.next_change, last.tomorrow().ok(), "{ended}");
        assert_eq!(
            ask("us-al-parent", &facts, last.tomorrow().unwrap(), "work_with_youth").word,
            Word::NotYet
        );
    }
    let born = "[worker]\nborn = 2008-02-29\n";
    let age = |day: Date| {
        let answer = ask("us-wi-adult", born, day, "certify");
        answer.reasons.iter().find(|one| one.requirement.id == "minimum_age").unwrap().met
    };
    assert!(!age(date(2026, 2, 27)) && age(date(2026, 2, 28)));
}

#[test]
fn a_day_ends_at_midnight_in_the_programs_zone() {
    let facts = "[[training]]\ntopics = [\"infection_control\"]\nended = 2026-03-08\n";
    let at = |moment: &str| {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let day = moment.in_tz("America/Chicago").unwrap().date();
        ask("us-al-parent", facts, day, "work_with_youth").word
    };
    // 8 March 2027 in Alabama is over at 06:00 in London, though it is the 9th there for six hours.
    assert_eq!(at("2027-03-09T05:59:59Z"), Word::Yes);
    assert_eq!(at("2027-03-09T06:00:00Z"), Word::NotYet);
    // A week later the clocks have changed, and midnight is an hour earlier.
    let facts = "[[training]]\ntopics = [\"infection_control\"]\nended = 2026-03-15\n";
    let at = |moment: &str| {
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let day = moment.in_tz("America/Chicago").unwrap().date();
        ask("us-al-parent", facts, day, "work_with_youth").word
    };
    assert_eq!(at("2027-03-16T04:59:59Z"), Word::Yes);
    assert_eq!(at("2027-03-16T05:00:00Z"), Word::NotYet);
}

#[test]
fn every_kind_of_requirement_is_asked_by_some_pack_or_test() {
    // So that the laws above are about all of them.
    let mut seen = std::collections::BTreeSet::new();
    for id in PACKS {
        for entry in plain(id).requirements(date(2026, 11, 26)) {
            seen.insert(match &entry.requirement.kind {
                Kind::Age { .. } => "age",
                Kind::Education { .. } => "education",
                Kind::Attested { .. } => "lived_experience",
                Kind::Paper { .. } => "paper",
                Kind::Training { .. } => "training",
                Kind::Programme { .. } => "programme",
                Kind::Exam { .. } => "exam",
                Kind::Continuing(_) => "continuing_education",
                Kind::Supervision(_) => "supervision",
                Kind::Supervisor { .. } => "supervisor",
                Kind::Acknowledged { .. } => "acknowledgement",
                Kind::Parts { .. } => "parts",
            });
        }
    }
    assert_eq!(seen.len(), 12, "{seen:?}");
}
