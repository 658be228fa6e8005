//! Tools: what is wrong in one is said where it stands, and what ships keeps its promises.

use std::collections::BTreeSet;

use super::*;

const GOOD: &str = r#"[[tool]]
id = "porch_plan"
version = 1
name = { en = "Porch plan", es = "Plan" }
purpose = { en = "To sit.", es = "Para sentarse." }
icon = "home"
shelf = "plan"
writes = "both"

[[tool.section]]
id = "sit"
name = { en = "Sitting", es = "Sentarse" }

[[tool.section.question]]
id = "where"
kind = "words"
ask = { en = "Where?", es = "¿Dónde?" }

[[tool.section.question]]
id = "rest"
kind = "scale"
ask = { en = "Rested?", es = "¿Descanso?" }
low = 0
high = 5
low_name = { en = "No", es = "No" }
high_name = { en = "Yes", es = "Sí" }

[[tool.section.question]]
id = "who"
kind = "choice"
ask = { en = "Who?", es = "¿Quién?" }
options = [
    { id = "me", name = { en = "Me", es = "Yo" } },
    { id = "us", name = { en = "Us", es = "Nosotros" } },
]
danger = ["us"]
"#;

fn faults(entries: &str) -> Vec<String> {
    let faults = sixth(entries).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| {
            assert_eq!(fault.file, "us-xx/pack.toml");
            format!("{}:{}: {}", (fault.line + 1).saturating_sub(first_line()), fault.column, fault.message)
        })
        .collect()
}

#[test]
fn a_good_tool_has_no_fault() {
    assert_eq!(faults(GOOD), Vec::<String>::new());
    let pack = sixth(GOOD).unwrap();
    assert!(pack.rules(TODAY, &Settings::new()).tools.iter().any(|tool| tool.id == "porch_plan"));
}

#[test]
fn each_fault_in_a_tool_says_where_and_what_would_be_right() {
    for (from, to, answer) in [
        (
            "shelf = \"plan\"",
            "shelf = \"pln\"",
            vec!["7:9: `pln` is not a known shelf; did you mean `plan`?"],
        ),
        (
            "writes = \"both\"",
            "writes = \"robot\"",
            vec![
                "8:10: `robot` is not a known writes; it can be `both`, `helper`, `person`, `staff`, `worker`",
            ],
        ),
        ("icon = \"home\"", "icon = \"hme\"", vec!["6:8: `hme` is not a known icon; did you mean `home`?"]),
        ("version = 1", "version = 0", vec!["3:11: the versions of a tool count from 1"]),
        ("version = 1\n", "", vec!["1:1: this tool needs `version = 1`"]),
        (
            "writes = \"both\"",
            "writes = \"both\"\nsuits = \"family\"",
            vec!["9:9: `family` is not a known suits; it can be `adults`, `everyone`, `families`"],
        ),
        (
            "writes = \"both\"",
            "writes = \"both\"\nlicence = \"free\"",
            vec![
                "1:1: a tool in another owner's words needs `terms = { en = \"…\", es = \"…\" }`: whose, and what they allow",
            ],
        ),
        (
            "writes = \"both\"",
            "writes = \"both\"\nlicence = \"ask\"",
            vec![
                "1:1: a tool in another owner's words needs `terms = { en = \"…\", es = \"…\" }`: whose, and what they allow",
            ],
        ),
        (
            "writes = \"both\"",
            "writes = \"both\"\nlicence = \"free\"\nterms = { en = \"Any use\", es = \"Libre\" }\nconfidence = \"needs_checking\"",
            vec!["9:11: terms that still need checking are no permission; write licence = \"ask\""],
        ),
        (
            "writes = \"both\"",
            "writes = \"both\"\nstrength = \"must\"",
            vec!["9:12: nobody must write in a tool; write should, recommended or preferred"],
        ),
        (
            "kind = \"scale\"",
            "kind = \"scal\"",
            vec![
                "21:8: `scal` is not a known kind; did you mean `scale`?",
                "23:1: unknown key `low`; a question has `again`, `ask`, `beside`, `danger`, `example`, `help`, `id`, `into`, `kind`, `skip`",
                "24:1: unknown key `high`; a question has `again`, `ask`, `beside`, `danger`, `example`, `help`, `id`, `into`, `kind`, `skip`",
                "25:1: unknown key `low_name`; a question has `again`, `ask`, `beside`, `danger`, `example`, `help`, `id`, `into`, `kind`, `skip`",
                "26:1: unknown key `high_name`; a question has `again`, `ask`, `beside`, `danger`, `example`, `help`, `id`, `into`, `kind`, `skip`",
            ],
        ),
        (
            "low = 0\nhigh = 5",
            "low = 5\nhigh = 5",
            vec!["24:8: a scale runs from a lower number to a higher one, up to 20"],
        ),
        ("high = 5", "high = 21", vec!["24:8: a scale runs from a lower number to a higher one, up to 20"]),
        (
            "high_name = { en = \"Yes\", es = \"Sí\" }\n",
            "",
            vec!["19:1: this question needs `high_name = { en = \"…\", es = \"…\" }`"],
        ),
        (
            "id = \"rest\"",
            "id = \"where\"",
            vec!["20:6: this tool asks `where` already; answers are kept under that name"],
        ),
        (
            "danger = [\"us\"]",
            "danger = [\"ous\"]",
            vec!["36:10: `ous` is no answer to this question; did you mean `us`?"],
        ),
        (
            "ask = { en = \"Where?\", es = \"¿Dónde?\" }",
            "ask = { en = \"Where?\", es = \"¿Dónde?\" }\ndanger = [\"home\"]",
            vec![
                "18:10: only an answer that is picked can show danger; take this away, or ask with kind = \"choice\", \"scale\" or \"yes_no\"",
            ],
        ),
        (
            "ask = { en = \"Where?\", es = \"¿Dónde?\" }",
            "ask = { en = \"Where?\", es = \"¿Dónde?\" }\nagain = true",
            vec!["18:9: only a day can be one to look again; ask with kind = \"date\", or take this away"],
        ),
        (
            "    { id = \"us\", name = { en = \"Us\", es = \"Nosotros\" } },\n",
            "",
            vec![
                "28:1: a choice needs options = [{ id = \"…\", name = { en = \"…\", es = \"…\" } }, …], two or more",
            ],
        ),
        (
            "id = \"us\"",
            "id = \"me\"",
            vec![
                "34:12: this question has an option `me` already",
                "36:10: `us` is no answer to this question; it can be `me`",
            ],
        ),
        (
            "id = \"sit\"\nname",
            "id = \"sit\"\ncard = \"yes\"\nname",
            vec!["12:8: `card` must be true or false, not text"],
        ),
        (
            "[[tool.section]]",
            "[[tool.section]]\nid = \"sit\"\nname = { en = \"X\", es = \"X\" }\n[[tool.section.question]]\nid = \"x\"\nkind = \"words\"\nask = { en = \"X\", es = \"X\" }\n\n[[tool.section]]",
            vec!["19:6: this tool has a section `sit` already"],
        ),
        (
            "[[tool.section]]",
            "[[tool.section]]\nid = \"empty\"\nname = { en = \"X\", es = \"X\" }\n\n[[tool.section]]",
            vec!["10:1: this section needs at least one [[tool.section.question]]"],
        ),
        ("¿Dónde?", " ", vec!["17:29: `es` is empty; write the words or leave the key away"]),
        (
            "danger = [\"us\"]",
            "danger = [\"somebody\"]",
            vec!["36:10: `somebody` is no answer to this question; it can be `me`, `us`"],
        ),
    ] {
        let changed = GOOD.replacen(from, to, 1);
        assert_ne!(changed, GOOD, "{from}");
        assert_eq!(faults(&changed), answer, "{changed}");
    }
    let scale = GOOD.find("\n[[tool.section.question]]\nid = \"rest\"").unwrap();
    let sums = GOOD[..scale].replacen("writes =", "score = \"sum\"\nwrites =", 1);
    assert_eq!(faults(&sums), ["8:9: only answers on a scale can be added up, and this tool has no scale"]);
    assert_eq!(
        faults(GOOD.split("\n[[tool.section]]").next().unwrap()),
        ["1:1: this tool needs at least one [[tool.section]]"]
    );
}

/// Every tool that ships, in whatever pack.
fn shipped_tools() -> Vec<Tool> {
    let mut seen = BTreeSet::new();
    let all = PACKS.iter().flat_map(|pack| rules(pack).tools);
    all.filter(|tool| seen.insert((tool.id.clone(), tool.hash()))).collect()
}

/// What strangers may read in the street never asks where somebody lives, nor whom to keep away.
#[test]
fn no_card_asks_for_an_address_or_for_whom_to_keep_away() {
    let mut cards = 0;
    for tool in shipped_tools() {
        for section in tool.sections.iter().filter(|section| section.card) {
            cards += 1;
            let names = section.questions.iter().map(|question| &question.id).chain([&section.id]);
            for name in names {
                for never in ["not_called", "address", "where", "home", "stay", "place", "never"] {
                    assert!(!name.contains(never), "{} {} {name}", tool.id, section.id);
                }
            }
            let asked = section.questions.iter().map(|question| &question.ask);
            for text in asked.chain([&section.name]) {
                let text = text.en.to_lowercase();
                for never in ["address", "live", "where", "not call", "not be called"] {
                    assert!(!text.contains(never), "{} {}: {text}", tool.id, section.id);
                }
            }
        }
    }
    assert!(cards > 3, "{cards}");
}

#[test]
fn every_shelf_holds_something_for_adults_and_for_families() {
    for pack in PACKS {
        let rules = rules(pack);
        for shelf in Shelf::ALL {
            let there = rules.tools.iter().filter(|tool| tool.shelf == *shelf);
            assert!(there.count() > 0, "{pack} has nothing on {shelf:?}");
        }
        let others = if rules.family { Suits::Adults } else { Suits::Families };
        assert!(
            rules.tools.iter().all(|tool| tool.suits != others),
            "{pack} offers what was made for others"
        );
    }
}

/// Another owner's words wait for the owner's permission.
#[test]
fn what_another_owner_must_allow_first_is_not_offered() {
    for tool in shipped_tools() {
        assert_ne!(tool.licence, Licence::Ask, "{}", tool.id);
    }
    let asking = rules("us-ga-adult").measures;
    assert!(asking.iter().any(|measure| measure.licence == Licence::Ask), "there is one that waits");
    // A pack of a programme's own with the questions of three: one that waits, one that is never offered, one nobody knows.
    let questions = |id: &str, measure: &str| {
        GOOD.replace("porch_plan", id).replace(
            "writes = \"both\"",
            &format!("writes = \"both\"\nlicence = \"ask\"\nterms = {{ en = \"X\", es = \"X\" }}\n{measure}"),
        )
    };
    for (measure, waits) in
        [("measure = \"ras_ds\"", 1), ("measure = \"phq_9\"", 0), ("measure = \"nobody_knows\"", 0), ("", 0)]
    {
        let pack = sixth(&questions("theirs", measure)).unwrap();
        let rules = pack.rules(TODAY, &Settings::new());
        assert!(rules.tools.iter().all(|tool| tool.id != "theirs"), "{measure}");
        assert_eq!(rules.by_permission.iter().filter(|tool| tool.id == "theirs").count(), waits, "{measure}");
    }
}
