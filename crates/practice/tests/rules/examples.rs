//! The examples of facts in `docs/rules/`.

use jiff::civil::{Date, date};
use porchlight_practice::rule::{self, Word};

use crate::shipped::{PACKS, given, here, pack};

#[test]
fn each_pack_has_an_example_that_it_can_answer() {
    for id in PACKS {
        let text = std::fs::read_to_string(here(&format!("../../docs/rules/{id}.toml"))).unwrap();
        let given = given(&text);
        let pack = pack(id);
        let day = date(2026, 11, 26);
        given.settings.check(&pack, day).unwrap();
        let rules = pack.rulebook(&given.settings);
        let answers = rule::ask(&rules, &given.facts, day);
        assert!(answers.iter().any(|answer| answer.word == Word::Yes), "{id}: a `yes` to look at");
        assert!(answers.iter().any(|answer| answer.word == Word::NotYet), "{id}: a `not-yet` to look at");
    }
}

#[test]
fn the_guide_lists_every_question_and_every_table() {
    let guide = std::fs::read_to_string(here("../../docs/rules.md")).unwrap();
    for id in PACKS {
        for question in pack(id).rulebook(&Default::default()).every_question() {
            assert!(guide.contains(&format!("`{question}`")), "{question}");
        }
    }
    for table in [
        "worker",
        "education",
        "experience",
        "attestation",
        "paper",
        "training",
        "exam",
        "credit",
        "submission",
        "reactivation",
        "session",
        "service",
        "acknowledgement",
        "publication",
        "attribute",
        "line",
        "waiver",
        "choice",
    ] {
        assert!(guide.contains(&format!("[{table}]")), "{table}");
    }
}

#[test]
fn a_new_version_of_a_pack_is_replayed_over_the_past() {
    let text = std::fs::read_to_string(here("../../docs/rules/us-al-parent.toml")).unwrap();
    let given = given(&text);
    let old = pack("us-al-parent");
    // The same pack, with tuberculosis training good for six months only, from 1 July on.
    let mut files = old.bundle();
    let rules = files.iter_mut().find(|file| file.path == "us-al-parent/rules.toml").unwrap();
    let at = rules
        .text
        .find("id = \"tuberculosis\"\nname = { en = \"Tuberculosis\", es = \"Tuberculosis\" }\nwhy")
        .unwrap();
    let (before, entry) = rules.text.split_at(at);
    let end = entry.find("\n\n").unwrap();
    let one = format!("[[requirement]]\n{}", &entry[..end]);
    let shorter = one.replace("valid_months = 12", "valid_months = 6\nfrom = 2026-07-01");
    assert_ne!(shorter, one);
    let ended = entry.replacen("valid_months = 12", "valid_months = 12\nuntil = 2026-06-30", 1);
    rules.text = format!("{before}{ended}\n{shorter}\n");
    let new = porchlight_practice::pack::compile(&files).unwrap().get(&"us-al-parent".into()).unwrap();
    let books = [old.rulebook(&given.settings), new.rulebook(&given.settings)];
    let month = |from: Date, until: Date| rule::replay(&books[0], &books[1], &given.facts, from, until);

    assert_eq!(month(date(2026, 6, 1), date(2026, 6, 30)), []);
    // Trained on 14 January: six months are good up to 14 July.
    let july = month(date(2026, 7, 1), date(2026, 7, 31));
    assert_eq!(july.len(), 1);
    assert_eq!(july[0].question, "work_alone_with_youth");
    assert_eq!((july[0].from, july[0].until), (date(2026, 7, 15), date(2026, 7, 31)));
    assert_eq!(july[0].before.as_ref().unwrap().word, Word::Yes);
    assert_eq!(july[0].after.as_ref().unwrap().word, Word::NotYet);
    // From 3 November on the crisis training is out of date as well, and both say not yet.
    let autumn = month(date(2026, 10, 1), date(2026, 12, 31));
    assert_eq!((autumn[0].from, autumn[0].until), (date(2026, 10, 1), date(2026, 11, 2)));
    assert_eq!(autumn.len(), 1);
    // The change of the rules itself is announced.
    let answer = rule::ask_one(&books[1], &given.facts, date(2026, 6, 1), "work_alone_with_youth").unwrap();
    assert_eq!(answer.next_change, Some(date(2026, 7, 15)));
}
