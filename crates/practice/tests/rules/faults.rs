//! Facts and packs as they should not be.

use jiff::civil::date;
use porchlight_practice::pack::{SourceFile, compile};
use porchlight_practice::rule::{self, Finding, Word};

use crate::shipped::{ask, files, given, missing, plain, try_given};

fn told(text: &str) -> Vec<String> {
    try_given(text).map_or_else(|faults| faults.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[test]
fn an_unknown_table_or_key_is_told_at_its_place() {
    assert_eq!(
        told("[worker]\nborn = 1990-05-04\nbron = 1990-05-04\n"),
        ["facts.toml:3:1: unknown key `bron`; did you mean `born`?"]
    );
    assert_eq!(
        told("\n[[trainings]]\ntopics = [\"tuberculosis\"]\nended = 2026-01-15\n"),
        ["facts.toml:2:3: unknown table `trainings`; did you mean `training`?"]
    );
    assert_eq!(
        told("[[training]]\n  topics = [\"tuberculosis\"]\n  ended = 2026-02-30\n").len(),
        1,
        "30 February is no day"
    );
    let faults = told("[[credit]]\nended = 2026-01-15\nhours = \"two\"\n");
    assert_eq!(faults, ["facts.toml:3:9: `hours` must be a number such as 2 or 1.5, not text"]);
    let faults = told("[[paper]]\nkind = \"bht\"\nfrom = 2026-02-01\nuntil = 2026-01-01\n");
    assert_eq!(faults, ["facts.toml:4:9: `until` is before `from`"]);
    let faults = told("[[credit]]\nended = 2026-01-15\n");
    assert!(faults[0].starts_with("facts.toml:1:1: this credit needs `hours = 1.5`"), "{faults:?}");
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let faults = told(
        "[worker]\nbron = 1\n[[session]]\nday = 2026-01-01\nkind = \"chat\"\n[[line]]\nfrom = 2026-01-01\n",
    );
    assert_eq!(faults.len(), 5, "{faults:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 200, ..Default::default() })]

    #[test]
    fn no_text_at_all_makes_reading_panic(text in "[\\[\\]a-z0-9=\\-\"., \n{}]{0,200}") {
        let _ = try_given(&text);
    }

    #[test]
    fn days_at_the_ends_of_the_calendar_make_no_answer_panic(first in proptest::bool::ANY, months in 0_u8..13) {
        let day = if first { "0001-01-01".to_owned() } else { format!("9999-{:02}-28", months.clamp(1, 12)) };
        let facts = given(&format!(
            "[worker]\nborn = {day}\nstarted = {day}\n[[exam]]\nkind = \"ga_cps\"\nday = {day}\npassed = true\n\
             [[paper]]\nkind = \"certificate\"\nfrom = {day}\n[[training]]\ntopics = [\"tuberculosis\"]\nended = {day}\n\
             [[session]]\nday = {day}\nkind = \"group\"\nminutes = 60\nby = [\"clinical_director\"]\n\
             [[experience]]\nkind = \"target_population\"\nfrom = {day}\n"
        ))
        .facts;
        for pack in crate::shipped::PACKS {
            let rules = plain(pack);
            for asked in [date(1, 1, 1), date(2026, 11, 26), date(9999, 12, 31)] {
                rule::ask(&rules, &facts, asked);
            }
        }
    }
}

#[test]
fn evidence_from_the_future_does_not_count_today() {
    let facts = "[[training]]\ntopics = [\"infection_control\"]\nended = 2026-12-03\n";
    let today = ask("us-al-parent", facts, date(2026, 11, 26), "work_with_youth");
    assert_eq!((today.word, missing(&today)), (Word::NotYet, vec!["infection_control"]));
    // It counts from its own day, should that come.
    assert_eq!(today.next_change, Some(date(2026, 12, 3)));
}

#[test]
fn certificates_that_overlap_are_one_stretch() {
    let paper = |from: &str, until: &str| {
        format!("[[paper]]\nkind = \"certificate\"\nfrom = {from}\nuntil = {until}\n")
    };
    let facts = paper("2025-03-01", "2026-03-01") + &paper("2025-12-01", "2026-12-01");
    let answer = ask("us-al-parent", &facts, date(2025, 6, 1), "certificate_current");
    assert_eq!((answer.word, answer.next_change), (Word::Yes, Some(date(2026, 12, 2))));
    // A gap of one day is a gap.
    let facts = paper("2025-03-01", "2026-03-01") + &paper("2026-03-03", "2026-12-01");
    let answer = ask("us-al-parent", &facts, date(2025, 6, 1), "certificate_current");
    assert_eq!(answer.next_change, Some(date(2026, 3, 2)));
}

#[test]
fn a_training_counts_once_however_often_it_was_added() {
    let base = "[[exam]]\nkind = \"ga_cps\"\nday = 2024-06-14\npassed = true\n\
                [[choice]]\nsetting = \"hand_in_window\"\nvalue = \"page_of_2024\"\n";
    let credit = |number: &str, hours: u32, check: &str| {
        format!(
            "[[credit]]\nended = 2025-05-01\nhours = {hours}\nsponsor = \"gmhcn\"\ncategories = [\"peer_ethics\"]\n\
             certificate = \"{number}\"\ncheck = \"{check}\"\n"
        )
    };
    let day = date(2025, 12, 10);
    let with = |credits: &[String]| ask("us-ga-adult", &(base.to_owned() + &credits.concat()), day, "renew");
    assert_eq!(with(&[credit("A-1", 6, "accepted"), credit("A-2", 6, "waiting")]).word, Word::Yes);
    let twice = with(&[credit("A-1", 6, "accepted"), credit("A-1", 6, "waiting")]);
    assert_eq!(twice.word, Word::NotYet);
    let hours = twice.reasons.iter().find(|one| one.requirement.id == "yearly_hours").unwrap();
    assert!(matches!(hours.finding, Finding::Less { have: 360, need: 720, .. }), "{:?}", hours.finding);
    // Without numbers, two that are alike in everything are one; another title makes another event.
    let bare = |title: &str| {
        format!(
            "[[credit]]\nended = 2025-05-01\nhours = 6\nsponsor = \"gmhcn\"\ncategories = [\"peer_ethics\"]\ntitle = \"{title}\"\n"
        )
    };
    assert_eq!(with(&[bare("Boundaries"), bare("Boundaries")]).word, Word::NotYet);
    assert_eq!(with(&[bare("Boundaries"), bare("Listening")]).word, Word::Yes);
    // The same in a programme of training.
    let part = |number: &str| {
        format!(
            "[[training]]\nprogramme = \"mo_cps\"\nended = 2026-01-10\nhours = 20\ncertificate = \"{number}\"\n"
        )
    };
    let mo =
        |parts: &[String]| ask("us-mo-adult", &parts.concat(), date(2026, 2, 1), "training_complete").word;
    assert_eq!(mo(&[part("B-1"), part("B-1")]), Word::NotYet);
    assert_eq!(mo(&[part("B-1"), part("B-2")]), Word::Yes);
}

#[test]
fn nobody_supervises_themselves_through_others() {
    let me = |worker: &str| format!("[worker]\nid = \"ana\"\nsupervises = \"{worker}\"\n");
    let qualified = "[[attribute]]\nattribute = \"qmhp\"\nfrom = 2025-01-01\n";
    let line = |of: &str, by: &str, until: &str| {
        format!("[[line]]\nof = \"{of}\"\nby = \"{by}\"\nfrom = 2026-01-01\nuntil = {until}\n")
    };
    let day = date(2026, 3, 1);
    let asked = |facts: String| ask("us-mo-adult", &(facts + qualified), day, "supervise_worker");
    assert_eq!(asked(me("ben")).word, Word::Yes);
    assert_eq!(asked(me("ana")).word, Word::No, "not themselves");
    // Ana is supervised by Cy, and Cy by Ben: so Ana may not supervise Ben.
    let chain = line("ana", "cy", "2026-06-30") + &line("cy", "ben", "2026-12-31");
    let answer = asked(me("ben") + &chain);
    assert_eq!((answer.word, missing(&answer)), (Word::No, vec!["own_supervisor"]));
    assert_eq!(answer.next_change, Some(date(2026, 7, 1)), "until one of the lines ends");
    // A circle that is there already, and does not go through the one who is asked about, ends the walk.
    let circle =
        line("ana", "cy", "2026-12-31") + &line("cy", "dee", "2026-12-31") + &line("dee", "cy", "2026-12-31");
    assert_eq!(asked(me("ben") + &circle).word, Word::Yes);
}

#[test]
fn a_session_is_signed_only_where_the_facts_say_so() {
    let facts = |signed: &str| {
        format!(
            "[worker]\nstarted = 2026-01-05\n[[choice]]\nsetting = \"supervision_rule\"\nvalue = \"dhs_36\"\n\
             [[session]]\nkind = \"individual\"\nday = 2026-03-18\nminutes = 60\n{signed}\
             [[service]]\nday = 2026-03-01\nhours = 40\n"
        )
    };
    let on = |facts: String| ask("us-wi-adult", &facts, date(2026, 3, 20), "supervision_up_to_date").word;
    assert_eq!(on(facts("signed = true\n")), Word::Yes);
    assert_eq!(on(facts("")), Word::NotYet, "nobody said that it was");
}

#[test]
fn a_paper_that_was_sent_back_never_counted_and_one_that_waits_does() {
    let training = |check: &str| {
        format!("[[training]]\ntopics = [\"infection_control\"]\nended = 2026-01-15\ncheck = \"{check}\"\n")
    };
    for (check, word) in [("accepted", Word::Yes), ("waiting", Word::Yes), ("refused", Word::NotYet)] {
        assert_eq!(
            ask("us-al-parent", &training(check), date(2026, 2, 1), "work_with_youth").word,
            word,
            "{check}"
        );
    }
}

#[test]
fn a_program_lifts_only_its_own_musts_and_only_for_a_while() {
    // Alabama's pack says of no rule who may lift it, so a waiver changes nothing.
    let waived = "[[choice]]\nsetting = \"rule_fingerprint_card_must\"\nvalue = true\n\
                  [[waiver]]\nrequirement = \"infection_control\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n\
                  [[waiver]]\nrequirement = \"fingerprint_card\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n\
                  [[training]]\ntopics = [\"infection_control\"]\nended = 2025-01-15\n";
    let answer = ask("us-al-parent", waived, date(2026, 3, 1), "work_with_youth");
    assert!(missing(&answer).contains(&"infection_control"), "the state's must stays a must");
    assert!(missing(&answer).contains(&"fingerprint_card"));

    let lifted = pack_with(
        "[[requirement]]\nid = \"badge\"\nname = { en = \"Badge\", es = \"Gafete\" }\n\
         why = { en = \"So that people know you.\", es = \"Para que le conozcan.\" }\nkind = \"paper\"\npapers = [\"badge\"]\n\
         for = [\"hire\"]\nstrength = \"should\"\nwaive = { by = \"program_director\", days = 30 }\n",
    )
    .unwrap();
    let library = lifted.get(&"us-xx".into()).unwrap();
    let text = "[[choice]]\nsetting = \"rule_badge_must\"\nvalue = true\n\
                [[waiver]]\nrequirement = \"badge\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n";
    let given = given(text);
    let rules = library.rulebook(&given.settings);
    let on = |day| rule::ask_one(&rules, &given.facts, day, "hire").unwrap();
    let first = on(date(2026, 1, 1));
    assert_eq!(first.word, Word::Yes);
    assert_eq!(first.reasons[0].finding, Finding::Waived { until: date(2026, 1, 30) });
    assert_eq!(first.next_change, Some(date(2026, 1, 31)), "30 days, whatever the waiver says");
    assert_eq!(on(date(2025, 12, 31)).word, Word::NotYet);
    assert_eq!(on(date(2026, 1, 31)).word, Word::NotYet);
}

/// A sixth state over the shipped common pack.
fn pack_with(entries: &str) -> Result<porchlight_practice::pack::Library, Vec<String>> {
    let mut files: Vec<SourceFile> =
        files().into_iter().filter(|file| file.path.starts_with("common/")).collect();
    let head = "[pack]\nversion = \"1\"\nname = { en = \"Sixth\", es = \"Sexto\" }\nfamily = false\norientation = \"recovery\"\n\
                [default]\nfrom = 2025-01-01\nstrength = \"must\"\nconfidence = \"stated\"\nsource = { document = \"porchlight\" }\n";
    files.push(SourceFile { path: "us-xx/pack.toml".to_owned(), text: format!("{head}{entries}") });
    compile(&files).map_err(|faults| faults.iter().map(|fault| fault.to_string()).collect())
}

/// A requirement of a sixth state.
fn requirement(rest: &str) -> String {
    format!(
        "[[requirement]]\nid = \"one\"\nname = {{ en = \"One\", es = \"Uno\" }}\nwhy = {{ en = \"Why.\", es = \"Por qué.\" }}\n{rest}\n"
    )
}

#[test]
fn the_check_finds_what_nobody_can_meet() {
    for (rest, said) in [
        (
            "kind = \"at_least\"\nnumber = 3\nof = [\"own_supervisor\", \"billing_certificate\"]\nfor = [\"hire\"]",
            "at least 3 of 2",
        ),
        (
            "kind = \"at_least\"\nnumber = 2\nof = [\"own_supervisor\", \"own_supervisor\"]\nfor = [\"hire\"]",
            "at least 2 of 1",
        ),
        ("kind = \"any\"\nof = []\nfor = [\"hire\"]", "nobody can meet this without `of"),
        ("kind = \"all\"\nof = [\"one\"]\nfor = [\"hire\"]", "it is a part of itself"),
        ("kind = \"all\"\nof = [\"two\"]\nfor = [\"hire\"]", "there is no requirement `two`"),
        (
            "kind = \"supervision\"\nby = [\"wizard\"]\nclause = [{ each = \"month\" }]\nfor = [\"hire\"]",
            "no title has the attribute `wizard`",
        ),
        (
            "kind = \"supervision\"\nclause = [{ each = \"week\", minutes = 20000 }]\nfor = [\"hire\"]",
            "more minutes than the time has",
        ),
        ("kind = \"age\"\nyears = 130\nfor = [\"hire\"]", "more than 100 years"),
        ("kind = \"exam\"\nexam = \"x\"\nscore = 120\nfor = [\"hire\"]", "in points of 100"),
        ("kind = \"training\"\ntopic = \"magic\"\nfor = [\"hire\"]", "there is no topic `magic`"),
        ("kind = \"paper\"\npapers = []\nfor = [\"hire\"]", "nobody can meet this without `papers"),
        (
            "kind = \"paper\"\npapers = [\"x\"]\nvalid_months = 0\nfor = [\"hire\"]",
            "`valid_months` must be at least 1",
        ),
        (
            "kind = \"paper\"\npapers = [\"x\"]\nvalid_months = \"no_such\"\nfor = [\"hire\"]",
            "there is no rule setting `no_such`",
        ),
        (
            "kind = \"continuing_education\"\ncycle = \"calendar_year\"\nfirst_year_after_exam = \"x\"\nhours = 9000\nfor = [\"hire\"]",
            "more hours than the cycle has",
        ),
        (
            "kind = \"continuing_education\"\ncycle = \"calendar_year\"\nfirst_year_after_exam = \"x\"\nhours = 12\n\
             window = { opens = \"03-01\", free_until = \"01-15\", late_until = \"02-28\" }\nfor = [\"hire\"]",
            "it opens after it closes",
        ),
        (
            "kind = \"paper\"\npapers = [\"x\"]\nfor = [\"hier\"]",
            "there is no question `hier`; did you mean `hire`?",
        ),
        ("kind = \"paper\"\npapers = [\"x\"]", "no question asks this"),
        (
            "kind = \"paper\"\npapers = [\"x\"]\nfor = [\"hire\"]\nwaive = { by = \"x\", days = 3 }",
            "nobody may lift what the pack calls a must",
        ),
        ("kind = \"paper\"\npapers = [\"x\"]\nfor = [\"hire\"]\nif = \"age > 3\"", "unknown key `if`"),
    ] {
        let faults = pack_with(&requirement(rest)).err().unwrap_or_default();
        assert!(
            faults.iter().any(|fault| fault.contains(said)),
            "{rest}\nexpected: {said}\nfound: {faults:?}"
        );
        assert!(faults.iter().all(|fault| fault.starts_with("us-xx/pack.toml:")), "{faults:?}");
    }
    // A part whose days are over before those of what it is a part of.
    let parts = requirement("kind = \"all\"\nof = [\"two\"]\nfor = [\"hire\"]")
        + "[[requirement]]\nid = \"two\"\nuntil = 2026-06-30\nname = { en = \"Two\", es = \"Dos\" }\n\
           why = { en = \"Why.\", es = \"Por qué.\" }\nkind = \"paper\"\npapers = [\"x\"]\nfor = [\"hire\"]\n";
    let faults = pack_with(&parts).err().unwrap();
    assert!(faults[0].contains("on 2026-07-01 there is no requirement `two`"), "{faults:?}");
}
