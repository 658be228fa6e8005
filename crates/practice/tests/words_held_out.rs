//! The held-out sentences of the words that respect say what they promise. What the matcher makes of them is measured
//! elsewhere; this only keeps the measure itself honest.

use std::collections::HashSet;

use serde::Deserialize;

const FILE: &str = include_str!("words/held_out.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeldOut {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    lang: Lang,
    #[serde(rename = "programme")]
    _programme: Option<Programme>,
    flag: Vec<String>,
    trap: Option<String>,
}

#[derive(Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Lang {
    En,
    Es,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Programme {
    Recovery,
    FamilyAl,
    FamilyCa,
}

fn sentences() -> Vec<Sentence> {
    toml::from_str::<HeldOut>(FILE).unwrap_or_else(|fault| panic!("{fault}")).sentence
}

/// At least 320 sentences, no fewer traps than half of that, and a third of the whole in Spanish, each half in both.
#[test]
fn there_are_enough_of_each_kind() {
    let all = sentences();
    let count = |lang: Lang, trap: bool| {
        all.iter().filter(|one| one.lang == lang && one.trap.is_some() == trap).count()
    };
    let (flagged, traps) =
        (count(Lang::En, false) + count(Lang::Es, false), count(Lang::En, true) + count(Lang::Es, true));
    assert!(flagged + traps >= 320, "{flagged} and {traps}");
    assert!(flagged >= 160 && traps >= 160, "{flagged} flagged, {traps} traps");
    assert!(flagged.abs_diff(traps) * 10 <= all.len(), "{flagged} flagged and {traps} traps are not halves");
    assert!(count(Lang::Es, false) >= 60 && count(Lang::Es, true) >= 60);
}

/// A sentence is flagged or a trap with its reason; what is flagged stands in it once, in order; none is there twice.
#[test]
fn each_sentence_says_clearly_what_is_expected() {
    let mut seen = HashSet::new();
    for Sentence { text, flag, trap, .. } in sentences() {
        assert!(seen.insert(text.clone()), "twice: {text}");
        assert_eq!(flag.is_empty(), trap.as_ref().is_some_and(|why| !why.trim().is_empty()), "{text}");
        let mut from = 0;
        for words in &flag {
            assert_eq!(text.matches(words.as_str()).count(), 1, "{words:?} in: {text}");
            let at = text.find(words.as_str()).unwrap_or_default();
            assert!(at >= from && !words.is_empty(), "{words:?} is out of order in: {text}");
            from = at + words.len();
        }
    }
}
