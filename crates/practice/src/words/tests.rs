//! The library on the packs that ship.

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::pack::Settings;
use crate::pack::tests::shipped_library;

fn checker(pack: &str) -> Checker {
    let library = shipped_library();
    let pack = library.get(&PackId::from(pack)).expect("a shipped pack");
    Checker::new(&pack.terms(date(2026, 11, 26)))
}

static COMMON: LazyLock<Checker> = LazyLock::new(|| checker("common"));

fn found(text: &str) -> Vec<&str> {
    COMMON.check(text, Reading::default()).into_iter().map(|one| one.text).collect()
}

fn tries(text: &str) -> Vec<Cow<'_, str>> {
    COMMON.check(text, Reading::default()).into_iter().flat_map(|one| one.tries).collect()
}

/// Whatever a pack suggests is nothing that the same pack finds fault with.
#[test]
fn nothing_to_try_is_a_fault_itself() {
    for pack in shipped_library().iter() {
        let terms = pack.terms(date(2026, 11, 26));
        let checker = Checker::new(&terms);
        let mut wrong = Vec::new();
        for term in &terms.terms {
            let ways =
                term.forms.iter().flat_map(|form| &form.say).flat_map(|say| say.ways().unwrap_or_default());
            for way in ways.step_by(31) {
                let said = |word: &pattern::Word| {
                    if word.written.is_empty() { "him".into() } else { word.written.clone() }
                };
                let text = way.words.iter().map(said).collect::<Vec<_>>().join(" ");
                let reading = Reading { lang: Some(term.lang), ..Reading::default() };
                for tried in checker.check(&text, reading).into_iter().flat_map(|one| one.tries) {
                    for again in checker.check(&tried, reading) {
                        wrong.push(format!("{}: {} [{text}] -> {tried}: {}", pack.id, term.id, again.term));
                    }
                }
            }
        }
        wrong.sort();
        wrong.dedup();
        assert!(
            wrong.is_empty(),
            "{} {}",
            wrong.len(),
            wrong.into_iter().step_by(3).take(40).collect::<Vec<_>>().join("\n")
        );
    }
}

/// Case, accents, hyphens of every kind, a line's end and an apostrophe of either kind make no difference.
#[test]
fn however_it_is_typed() {
    for text in [
        "He was NONCOMPLIANT with the plan.",
        "He was non-compliant with the plan.",
        "He was non\u{2011}compliant with the plan.",
        "He was non compliant with the plan.",
        "He was non-\ncompliant with the plan.",
        "Se recuperó, pero después recayó.",
        "Se recuperó, pero después RECAYÓ.",
        "Se recuperó, pero después recayo.",
        "Se recuperó, pero después recayo\u{301}.",
        "She doesn\u{2019}t take her meds.",
        "She doesn't take her meds.",
        "She doesnt take her meds.",
        "She committed\n  suicide in May.",
    ] {
        assert_eq!(found(text).len(), 1, "{text}: {:?}", found(text));
    }
    assert!(found("She committed.\n\nSuicide is hard to talk of.").is_empty());
}

/// What is suggested fits in the place of what stands there: article, number and capital.
#[test]
fn what_to_try_fits_its_place() {
    assert_eq!(tries("He is an addict.")[0], "a person with a substance use disorder");
    assert_eq!(tries("They are addicts.")[0], "people with a substance use disorder");
    assert_eq!(tries("Addicts came too.")[0], "People with a substance use disorder");
    assert_eq!(tries("He refused to go."), ["chose not to"]);
    assert_eq!(tries("She refuses to go."), ["chooses not to"]);
    assert_eq!(tries("He's homeless now.")[0], "He is without housing");
    assert_eq!(
        tries("They say they\u{2019}re homeless? They're homeless.").last().unwrap(),
        "They are without housing"
    );
    assert_eq!(tries("Es un adicto.")[0], "una persona con un trastorno por consumo de sustancias");
    assert_eq!(tries("Hablé con los adictos.")[0], "las personas con un trastorno por consumo de sustancias");
}

/// A recovery pack and a family pack disagree on purpose: what one tells people to say, the other spares a family.
///
/// covers: CA-31, CA-32
#[test]
fn packs_disagree_on_purpose() {
    let (georgia, california) = (checker("us-ga-adult"), checker("us-ca-parent"));
    let ask = |checker: &Checker, text: &str| -> Vec<String> {
        checker.check(text, Reading::default()).into_iter().map(|one| one.pack.to_owned()).collect()
    };
    let text = "Her son is in recovery.";
    assert!(ask(&georgia, text).is_empty());
    assert_eq!(ask(&california, text), ["us-ca-parent"]);
    let said = georgia.check("He is clean now.", Reading::default())[0].tries.join(" ");
    assert!(said.contains("recovery"), "{said}");
    let said = california.check("He is clean now.", Reading::default())[0].tries.join(" ");
    assert!(!said.contains("recovery"), "{said}");
    // A state's own word is no fault there.
    assert!(ask(&georgia, "The consumer met the treatment team.").is_empty());
    assert_eq!(ask(&COMMON, "The consumer met the treatment team.").len(), 2);
}

/// Blame is pointed out with its reason, and a note of Alabama can say that somebody spoke up against it.
///
/// covers: AL-40
#[test]
fn blame_is_pointed_out_and_speaking_up_can_be_noted() {
    let library = shipped_library();
    let rules = library
        .get(&PackId::from("us-al-parent"))
        .expect("Alabama")
        .rules(date(2026, 11, 26), &Settings::new());
    assert!(rules.activity("bias_interrupted").is_some());
    let checker = checker("us-al-parent");
    for text in ["It is her own fault.", "She is a bad mother.", "Se lo buscó."] {
        let found = checker.check(text, Reading::default());
        assert!(found.len() == 1 && !found[0].why.is_empty(), "{text}: {found:?}");
    }
}

/// What was kept for a person is not brought up again, and nothing else is kept with it.
#[test]
fn what_was_kept_stays_silent() {
    let kept = BTreeSet::from(["alcoholic".to_owned()]);
    let reading = Reading { kept: Some(&kept), ..Reading::default() };
    let text = "He is an alcoholic and refused to go.";
    let terms: Vec<&str> = COMMON.check(text, reading).into_iter().map(|one| one.term).collect();
    assert_eq!(terms, ["refused"]);
}

/// Hard words count only where the text is meant for the person.
#[test]
fn hard_words_only_where_people_read() {
    let text = "We will utilize the van.";
    assert!(found(text).is_empty());
    let plain = COMMON.check(text, Reading { plain: true, ..Reading::default() });
    assert_eq!((plain[0].term, &*plain[0].tries[0]), ("plain_utilize", "use"));
}

/// Line and column are those that an editor shows; offsets are bytes.
#[test]
fn places_are_told_in_bytes_lines_and_characters() {
    let text = "Ñandú.\nAyer recayó, y él es un adicto.";
    let all = COMMON.check(text, Reading::default());
    let places: Vec<_> = all.iter().map(|one| (one.line, one.column, &text[one.start..one.end])).collect();
    assert_eq!(places, [(2, 6, "recayó"), (2, 22, "un adicto")]);
}

/// The checker stays small enough to keep one for each pack.
#[test]
fn memory_stays_small() {
    for pack in shipped_library().iter() {
        let checker = checker(pack.id.as_str());
        assert!(checker.memory() < 20_000_000, "{}: {}", pack.id, checker.memory());
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "addict",
        "an",
        "clean",
        "refused",
        "to",
        "She",
        "he",
        "\"",
        "'",
        "\u{201c}",
        "\u{201d}",
        "«",
        "»",
        ".",
        ",",
        "\n",
        "\n\n",
        "—",
        "adicto",
        "recayó",
        "está",
        "loca",
        "no",
        "not",
        "isn't",
        "says",
        "the",
        "mentally",
        "ill",
        "non-compliant",
        "é",
        "e\u{301}",
        "🙂",
        "İ",
        "ß",
        "committed",
        "suicide",
        "(",
        ")",
        "Mr.",
        "Case",
        "my",
        "caso",
        "\u{a0}",
        "\u{200d}",
        "I",
        "diagnosed",
    ]);
    prop::collection::vec((word, prop::sample::select(vec!["", " ", "  ", "-", "\t"])), 0..40)
        .prop_map(|all| all.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// On any text at all: no panic; offsets on the borders of characters, in order, none over another; the text told is
    /// the text there; one to three things to try.
    #[test]
    fn any_text_gives_sound_findings(text in prop_oneof![pieces(), ".*", "\\PC*"]) {
        let mut end = 0;
        for one in COMMON.check(&text, Reading { plain: true, ..Reading::default() }) {
            prop_assert!(end <= one.start && one.start < one.end);
            prop_assert!(text.is_char_boundary(one.start) && text.is_char_boundary(one.end));
            prop_assert_eq!(&text[one.start..one.end], one.text);
            prop_assert!((1..=3).contains(&one.tries.len()) && one.tries.iter().all(|tried| !tried.trim().is_empty()));
            prop_assert_eq!(one.line, text[..one.start].matches('\n').count() + 1);
            end = one.end;
        }
    }

    /// Nothing is found in what stands between quotation marks.
    #[test]
    fn quoted_words_stay_theirs(inner in "[a-z ]{0,20}") {
        let text = format!("He said \"{inner}an addict {inner}\" to me.");
        prop_assert!(COMMON.check(&text, Reading::default()).is_empty(), "{}", text);
    }
}
