//! A fault names its place and what would be right.

use proptest::prelude::*;

use super::*;

/// Faults of a sixth state with these entries, with lines counted from the entries' first.
fn faults(entries: &str) -> Vec<String> {
    let faults = sixth(entries.trim_start_matches('\n')).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| {
            assert_eq!(fault.file, "us-xx/pack.toml");
            format!("{}:{}: {}", (fault.line + 1).saturating_sub(first_line()), fault.column, fault.message)
        })
        .collect()
}

const GOOD: &str = r#"[[activity]]
id = "porch_talk"
name = { en = "Sat on the porch", es = "Nos sentamos" }
group = "affiliational"
icon = "home"
"#;

#[test]
fn the_good_entry_has_no_fault() {
    assert_eq!(faults(GOOD), Vec::<String>::new());
}

#[test]
fn each_fault_in_an_entry_says_where_and_what_would_be_right() {
    for (from, to, answer) in [
        (
            "group =",
            "grup =",
            vec![
                "1:1: this activity needs `group = \"emotional\" or \"informational\" or \"instrumental\" or \"affiliational\"`",
                "4:1: unknown key `grup`; did you mean `group`?",
            ],
        ),
        ("[[activity]]", "[[activitys]]", vec!["1:3: unknown table `activitys`; did you mean `activity`?"]),
        (
            "[[activity]]",
            "[activity]",
            vec!["1:1: each activity is written under [[activity]], with two brackets"],
        ),
        (
            "\"affiliational\"",
            "\"afiliational\"",
            vec!["4:9: `afiliational` is not a known group; did you mean `affiliational`?"],
        ),
        (
            "\"affiliational\"",
            "\"moon\"",
            vec![
                "4:9: `moon` is not a known group; it can be `affiliational`, `emotional`, `informational`, `instrumental`",
            ],
        ),
        ("\"home\"", "\"hme\"", vec!["5:8: `hme` is not a known icon; did you mean `home`?"]),
        ("\"home\"", "7", vec!["5:8: `icon` must be text in quotes, not a whole number"]),
        (", es = \"Nos sentamos\"", "", vec!["3:8: `name` has no Spanish; add `es = \"…\"`"]),
        ("\"Nos sentamos\"", "\" \"", vec!["3:40: `es` is empty; write the words or leave the key away"]),
        ("es =", "fr = \"\", es =", vec!["3:35: unknown key `fr`; a name has `en`, `es`"]),
        (
            "{ en = \"Sat on the porch\", es = \"Nos sentamos\" }",
            "\"Sat\"",
            vec!["3:8: `name` must be in both languages, { en = \"…\", es = \"…\" }, not text"],
        ),
        ("id = \"porch_talk\"\n", "", vec!["1:1: this activity needs `id = \"…\"`"]),
        (
            "porch_talk",
            "Porch talk",
            vec!["2:6: `id` is a name of small letters, digits and underscores, such as `our_office`"],
        ),
        ("icon =", "common = \"yes\"\nicon =", vec!["5:10: `common` must be true or false, not text"]),
        (
            "icon =",
            "from = \"2025-01-01\"\nicon =",
            vec!["5:8: `from` must be a day such as 2025-02-17, without quotes and without a time, not text"],
        ),
        (
            "icon =",
            "from = 2026-01-02\nuntil = 2026-01-01\nicon =",
            vec!["6:9: `until` (2026-01-01) is before `from` (2026-01-02)"],
        ),
        (
            "icon =",
            "strength = \"shuld\"\nicon =",
            vec!["5:12: `shuld` is not a known strength; did you mean `should`?"],
        ),
        (
            "icon =",
            "strength = \"must\"\nconfidence = \"needs_checking\"\nicon =",
            vec!["6:14: what still needs checking can't be a must; write should, or a setting"],
        ),
        (
            "icon =",
            "source = { document = \"porchlite\" }\nicon =",
            vec!["5:10: there is no document `porchlite`; did you mean `porchlight`?"],
        ),
        (
            "icon =",
            "source = { requirements = [\"GA1\"] }\nicon =",
            vec!["5:27: `GA1` is no requirement; one looks like AL-14"],
        ),
        ("icon =", "order = -1\nicon =", vec!["5:9: `order` must be a whole number from 0 to 1000000"]),
        (
            "icon =",
            "left_out = true\nicon =",
            vec![
                "2:6: `common` has no activity `porch_talk` to leave out",
                "3:1: unknown key `name`; an activity has `confidence`, `from`, `id`, `left_out`, `order`, `source`, `strength`, `until`",
                "4:1: unknown key `group`; an activity has `confidence`, `from`, `id`, `left_out`, `order`, `source`, `strength`, `until`",
                "6:1: unknown key `icon`; an activity has `confidence`, `from`, `id`, `left_out`, `order`, `source`, `strength`, `until`",
            ],
        ),
        (
            "icon = \"home\"",
            "icon = \"home",
            vec!["5:13: this is not TOML: invalid basic string, expected `\"`"],
        ),
    ] {
        let changed = GOOD.replacen(from, to, 1);
        assert_ne!(changed, GOOD, "{from}");
        assert_eq!(faults(&changed), answer, "{changed}");
    }
}

#[test]
fn two_entries_with_one_id_may_not_hold_on_the_same_day() {
    let answer = format!(
        "7:6: there is already an activity `porch_talk` on the same days (us-xx/pack.toml:{}:1); end that one with \
         `until`, or choose another id",
        first_line()
    );
    assert_eq!(faults(&format!("{GOOD}{GOOD}")), [answer]);
    assert_eq!(faults(&format!("{GOOD}until = 2025-12-31\n{GOOD}from = 2026-01-01\n")), Vec::<String>::new());
}

#[test]
fn other_nouns_are_as_strict() {
    for (entries, answer) in [
        (
            "[[title]]\nid = \"x\"\nname = { en = \"X\", es = \"X\" }\nrole = \"supervisr\"\n",
            "4:8: `supervisr` is not a known role; did you mean `supervisor`?",
        ),
        (
            "[[title]]\nid = \"x\"\nname = { en = \"X\", es = \"X\" }\nrole = \"trainee\"\nsupervises = true\n",
            "5:14: only a title whose role is supervisor can supervise",
        ),
        (
            "[[word]]\nid = \"persn\"\ntext = { en = \"X\", es = \"X\" }\n",
            "2:6: `persn` is not a known word; did you mean `person`?",
        ),
        ("[[word]]\nid = \"person\"\nleft_out = true\n", "3:12: a word can be replaced, but not left out"),
        (
            "[[note_element]]\nid = \"strenghts\"\nname = { en = \"X\", es = \"X\" }\nhint = { en = \"X\", es = \"X\" }\n\
             why = { en = \"X\", es = \"X\" }\n",
            "2:6: `strenghts` is not a known note element; did you mean `strengths`?",
        ),
        (
            "[[help_line]]\nid = \"x\"\nname = { en = \"X\", es = \"X\" }\ncall = \"9 8 8\"\n",
            "4:8: `call` is a phone number of digits and hyphens",
        ),
        (
            "[[document]]\nid = \"x\"\ntitle = { en = \"X\", es = \"X\" }\naddress = \"http://x\"\n",
            "4:11: an address begins with https://",
        ),
        (
            "[[document]]\nid = \"porchlight\"\ntitle = { en = \"X\", es = \"X\" }\n",
            "2:6: there is already a document `porchlight`",
        ),
    ] {
        assert_eq!(faults(entries), [answer], "{entries}");
    }
}

#[test]
fn an_age_that_ends_before_it_begins_is_told() {
    let growing = |from: u32, to: u32| {
        faults(&format!(
            "[[growing]]\nid = \"small\"\nfrom_age = {from}\nto_age = {to}\n\
             name = {{ en = \"small\", es = \"chico\" }}\ntext = {{ en = \"Grows.\", es = \"Crece.\" }}\n"
        ))
    };
    assert_eq!(growing(3, 3), Vec::<String>::new());
    for (from, to) in [(4, 3), (3, 26)] {
        assert_eq!(growing(from, to), ["4:10: the last age is at least the first, and at most 25"]);
    }
}

#[test]
fn a_setting_must_hold_its_own_default() {
    let setting = |id: &str, rest: &str| {
        format!(
            "[[setting]]\nid = \"{id}\"\nname = {{ en = \"X\", es = \"X\" }}\nwhy = {{ en = \"X\", es = \"X\" }}\n{rest}"
        )
    };
    for (id, rest, answer) in [
        (
            "note_due_hours",
            "default = 200\nmin = 1\nmax = 168\nstricter = \"lower\"\n",
            "5:11: the default is outside what the setting allows: `note_due_hours` must be a whole number from 1 to 168",
        ),
        (
            "note_due_hours",
            "default = 5\nmin = 9\nmax = 1\nstricter = \"lower\"\n",
            "7:7: `max` is less than `min`",
        ),
        (
            "note_due_hours",
            "default = 5\nmin = 1\nmax = 9\nstricter = \"yes\"\n",
            "8:12: `stricter` of this setting can be `lower`, `higher` or `either`",
        ),
        (
            "note_due_hours",
            "default = true\nmin = 1\nmax = 9\nstricter = \"lower\"\n",
            "5:11: `default` must be a whole number, not true or false",
        ),
        (
            "note_du_hours",
            "default = 5\nmin = 1\nmax = 9\nstricter = \"lower\"\n",
            "2:6: `note_du_hours` is not a known setting; did you mean `note_due_hours`?",
        ),
        (
            "service_unit_minutes",
            "default = 5\nmin = 0\nmax = 9\nstricter = \"lower\"\n",
            "6:7: a unit of service is at least 1 minute",
        ),
        (
            "service_rounding",
            "default = \"fulll\"\nstricter = \"either\"\n[[setting.choice]]\nid = \"full\"\nname = { en = \"X\", es = \"X\" }\n",
            "5:11: `fulll` is not a known default; did you mean `full`?",
        ),
        (
            "service_rounding",
            "default = \"eight\"\nstricter = \"either\"\n[[setting.choice]]\nid = \"full\"\nname = { en = \"X\", es = \"X\" }\n",
            "5:11: the default is outside what the setting allows: `service_rounding` must be one of: full",
        ),
    ] {
        assert_eq!(faults(&setting(id, rest))[0], answer, "{id} {rest}");
    }
}

#[test]
fn every_file_and_every_fault_is_told_at_once() {
    let mut files = shipped();
    files.push(file_of("us-xx/pack.toml", "[pack]\nversion = 2\nfamily = true\norientation = \"recovry\"\n"));
    files.push(file_of("us-xx/broken.toml", "[[title]\nid = \"x\"\n"));
    files.push(file_of("us-yy/word.toml", ""));
    files.push(file_of("us-yy/word.toml", ""));
    files.push(file_of("no-folder.toml", ""));
    files.push(file_of("US/pack.toml", ""));
    let told = told(&compile(&files).unwrap_err());
    let named = "a pack's file is named folder/file.toml; the folder has small letters, digits and hyphens";
    assert_eq!(
        told.lines().collect::<Vec<_>>(),
        [
            format!("US/pack.toml:1:1: {named}").as_str(),
            &format!("no-folder.toml:1:1: {named}"),
            "us-xx/broken.toml:1:9: this is not TOML: unclosed array table, expected `]`",
            "us-xx/pack.toml:1:1: this pack needs `name = { en = \"…\", es = \"…\" }`",
            "us-xx/pack.toml:2:11: `version` must be text in quotes, not a whole number",
            "us-xx/pack.toml:4:15: `recovry` is not a known orientation; did you mean `recovery`?",
            "us-yy/pack.toml:1:1: this pack needs a table [pack] with version and name",
            "us-yy/word.toml:1:1: this file was given twice",
        ]
    );
}

#[test]
fn what_every_programme_needs_stands_in_common() {
    let without = |table: &str, id: &str| -> Vec<SourceFile> {
        let mut files = shipped();
        for file in &mut files {
            file.text = file
                .text
                .replace(&format!("[[{table}]]\nid = \"{id}\""), &format!("[[{table}]]\nid = \"{id}x\""));
        }
        files
    };
    // The id is not known any more, so the entry itself is a fault; with the entry gone, its lack is.
    let told = told(&compile(&without("word", "journey")).unwrap_err());
    assert!(told.contains("`journeyx` is not a known word; did you mean `journey`?"), "{told}");
    let common = file_of("common/pack.toml", HEAD);
    let told = super::told(&compile(&[common]).unwrap_err());
    assert!(
        told.contains("there is no document `porchlight`")
            || told.contains("`common` needs the word `person`"),
        "{told}"
    );
    assert!(told.contains("`common` needs the setting `note_due_hours`"), "{told}");
    let told = super::told(&compile(&[]).unwrap_err());
    assert_eq!(told, "common/pack.toml:1:1: the folder `common` is missing; it lies under every pack");
}

/// One change to a text, as a tired hand or a broken disk makes it.
#[derive(Debug, Clone)]
enum Garble {
    Cut { at: usize, length: usize },
    Put { at: usize, what: String },
    Swap { at: usize, with: char },
}

fn any_garble() -> impl Strategy<Value = Garble> {
    let at = any::<prop::sample::Index>().prop_map(|index| index.index(1 << 20));
    prop_oneof![
        (at.clone(), 1_usize..60).prop_map(|(at, length)| Garble::Cut { at, length }),
        (
            at.clone(),
            prop_oneof![
                "\\PC{0,12}",
                "[\\[\\]{}=\"'#\n.,ñé€\u{0}\r-]{1,8}",
                Just("[[setting]]\n".to_owned()),
                Just("until = 1999-01-01\n".to_owned()),
                Just("id = 9999999999999999999999\n".to_owned()),
                Just("[".repeat(500)),
            ]
        )
            .prop_map(|(at, what)| Garble::Put { at, what }),
        (at, any::<char>()).prop_map(|(at, with)| Garble::Swap { at, with }),
    ]
}

impl Garble {
    fn apply(&self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let many = letters.len();
        match self {
            Garble::Cut { at, length } => {
                let at = at % many.max(1);
                letters.drain(at.min(many)..(at + length).min(many));
            }
            Garble::Put { at, what } => {
                let at = at % (many + 1);
                letters.splice(at..at, what.chars());
            }
            Garble::Swap { at, with } => {
                if let Some(letter) = letters.get_mut(at % many.max(1)) {
                    *letter = *with;
                }
            }
        }
        letters.into_iter().collect()
    }
}

/// Every fault stands inside a file that was given, or names one that is missing.
fn positions_are_valid(files: &[SourceFile], faults: &[Fault]) -> Result<(), TestCaseError> {
    for fault in faults {
        prop_assert!(!fault.message.is_empty() && !fault.message.contains('\n'), "{fault}");
        match files.iter().find(|file| file.path == fault.file) {
            None => prop_assert_eq!((fault.line, fault.column), (1, 1), "{}", fault),
            Some(file) => {
                let lines: Vec<&str> = file.text.split('\n').collect();
                prop_assert!((1..=lines.len()).contains(&fault.line), "{fault}");
                let letters = lines[fault.line - 1].chars().count();
                prop_assert!((1..=letters + 1).contains(&fault.column), "{fault}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_garbled_pack_never_panics_and_its_faults_have_places(
        which in any::<prop::sample::Index>(),
        garbles in prop::collection::vec(any_garble(), 1..6),
    ) {
        let file = which.get(&shipped()).path.clone();
        let mut files = shipped_under(file.split('/').next().unwrap());
        let file = files.iter_mut().find(|other| other.path == file).unwrap();
        for garble in &garbles {
            file.text = garble.apply(&file.text);
        }
        match compile(&files) {
            Ok(library) => {
                for pack in library.iter() {
                    pack.rules(TODAY, &Settings::new());
                }
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                positions_are_valid(&files, &faults)?;
            }
        }
    }

    #[test]
    fn any_text_at_all_never_panics(text in "\\PC{0,200}", lines in prop::collection::vec("[a-z_\\[\\]={}\" ]{0,20}", 0..20)) {
        let mut files = shipped_under(COMMON);
        files.push(file_of("us-xx/pack.toml", &text));
        files.push(file_of("us-xx/more.toml", &lines.join("\n")));
        if let Err(faults) = compile(&files) {
            positions_are_valid(&files, &faults)?;
        }
    }
}

#[test]
fn what_leads_to_a_tool_that_is_not_there_is_told_at_its_place() {
    let area = r#"[[goal_area]]
id = "boats"
name = { en = "Boats", es = "Barcos" }
icon = "home"
ask = { en = "Which one?", es = "¿Cuál?" }
tools = ["self_tolk"]
"#;
    assert_eq!(faults(area), ["1:1: there is no tool `self_tolk`; did you mean `self_talk`?"]);
    let tool = r#"[[tool]]
id = "knots"
version = 1
name = { en = "Knots", es = "Nudos" }
purpose = { en = "Tie one.", es = "Haga uno." }
icon = "home"
shelf = "thinking"
writes = "both"
[[tool.section]]
id = "knot"
name = { en = "Knot", es = "Nudo" }
[[tool.section.question]]
id = "which"
kind = "words"
ask = { en = "Which?", es = "¿Cuál?" }
beside = { tool = "crisis_plan", question = "well_lik" }
"#;
    let found = faults(tool);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].ends_with("`crisis_plan` asks no question `well_lik`; did you mean `well_like`?"),
        "{found:?}"
    );
    assert!(faults(&area.replace("self_tolk", "self_talk")).is_empty());
}

#[test]
fn what_people_share_without_a_way_to_talk_is_told() {
    let left_out = |kind: &str, ids: &[&str]| -> String {
        let gone = ids.iter().map(|id| format!("[[common_ground]]\nid = \"{id}\"\nleft_out = true\n"));
        format!("{}# {kind}\n", gone.collect::<String>())
    };
    let without = left_out("way", &["phone", "video", "message", "in_person", "walk"]);
    let found = faults(&without);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("no [[common_ground]] of the kind `way`"), "{found:?}");
    assert!(faults(&left_out("way", &["phone"])).is_empty());
}
