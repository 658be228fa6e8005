use super::*;
use crate::Text;
use crate::pack::{Licence, Prints, Question, QuestionKind, Section, Shelf, Suits, Theme, Tool, Writes};
use proptest::prelude::*;

fn text(words: &str) -> Text {
    Text { en: words.into(), es: words.into() }
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).unwrap()
}

const PAPER: DocumentId = DocumentId(Uuid::from_u128(7));

fn words(words: &str) -> Vec<(String, ItemId, Answer)> {
    vec![("q".into(), Document::ONLY, Answer::Words { words: words.into() })]
}

fn ids(number: u128) -> [AnswerId; 1] {
    [AnswerId(Uuid::from_u128(number))]
}

fn says(corner: &Corner) -> Vec<String> {
    let document = corner.paper(PAPER).unwrap().document();
    let items = document.items("q");
    items
        .iter()
        .flat_map(|item| &item.texts)
        .flat_map(|text| text.answer.fields())
        .map(|(_, text)| text)
        .collect()
}

#[test]
fn a_form_sent_twice_is_kept_once_and_two_windows_lose_nothing() {
    let mut corner = Corner::default();
    corner.begin(PAPER, tool(), at(0)).unwrap();
    corner.begin(PAPER, tool(), at(1)).unwrap();
    assert_eq!(corner.papers().len(), 1);
    let seen = corner.paper(PAPER).unwrap().seen();
    for number in [1, 2] {
        corner.write(PAPER, "s", seen.clone(), words("I sing."), &ids(number), at(2)).unwrap();
    }
    assert_eq!(says(&corner), ["I sing."]);
    // A window that was open before.
    corner.write(PAPER, "s", seen, words("I bake."), &ids(3), at(3)).unwrap();
    assert_eq!(says(&corner), ["I bake.", "I sing."]);
    let seen = corner.paper(PAPER).unwrap().seen();
    corner.write(PAPER, "s", seen, words("I do both."), &ids(4), at(4)).unwrap();
    assert_eq!(says(&corner), ["I do both."]);

    // A day later what was crossed out is nowhere in it.
    assert!(serde_json::to_string(&corner).unwrap().contains("I bake."));
    corner.tidy(at(4 + WRITTEN_OVER_HOURS + 1));
    let kept = serde_json::to_string(&corner).unwrap();
    assert!(!kept.contains("I bake.") && !kept.contains("I sing."), "{kept}");
    assert_eq!(says(&corner), ["I do both."]);
    let again: Corner = serde_json::from_str(&kept).unwrap();
    assert_eq!(again, corner);
    corner.forget(PAPER);
    assert_eq!(corner.papers().len(), 0);
}

#[test]
fn what_does_not_belong_is_refused_and_nothing_is_kept() {
    let mut corner = Corner::default();
    corner.begin(PAPER, tool(), at(0)).unwrap();
    let before = corner.clone();
    let other = vec![("other".into(), Document::ONLY, Answer::Words { words: "x".into() })];
    assert!(corner.write(PAPER, "s", Seen::default(), other, &ids(1), at(1)).is_err());
    assert_eq!(
        corner.write(PAPER, "none", Seen::default(), words("x"), &ids(1), at(1)),
        Err(CornerFault::NoPaper)
    );
    let long = Energy {
        id: EnergyId(Uuid::from_u128(1)),
        at: at(0),
        step: Ten::try_from(3).unwrap(),
        words: "x".repeat(FIELD_LIMIT + 1),
    };
    assert!(corner.feel(long).is_err());
    assert_eq!(corner, before);
}

/// covers: GA-63
#[test]
fn a_look_at_ones_energy_is_kept_once_and_the_oldest_go_first() {
    let mut corner = Corner::default();
    let look = |number: usize| Energy {
        id: EnergyId(Uuid::from_u128(number as u128)),
        at: at(number as i64),
        step: Ten::try_from((number % 11) as u8).unwrap(),
        words: String::new(),
    };
    for number in 0..ENERGY_LIMIT + 3 {
        corner.feel(look(number)).unwrap();
        corner.feel(look(number)).unwrap();
    }
    assert_eq!(corner.energy().len(), ENERGY_LIMIT);
    assert_eq!(corner.energy()[0], look(3));
    corner.unfeel(look(3).id);
    assert_eq!(corner.energy()[0], look(4));
}

#[test]
fn a_passphrase_is_long_enough_and_typed_alike_on_every_keyboard() {
    assert_eq!(check_passphrase("   short   "), Err(PasswordFault::TooShort(PASSPHRASE_LENGTH)));
    assert_eq!(check_passphrase("aaaaaaaaaaaaaa"), Err(PasswordFault::Guessable));
    assert_eq!(check_passphrase(&"ab cd".repeat(300)), Err(PasswordFault::TooLong));
    assert_eq!(check_passphrase("four words for me"), Ok(()));
    assert_eq!(passphrase(" n\u{0303}andu\u{0301} azul "), "ñandú azul");
}

proptest! {
    #[test]
    fn a_printed_code_is_read_as_people_type_it(bytes: [u8; 32]) {
        let Some(code) = CornerCode::from_random(bytes) else { return Ok(()) };
        prop_assert_eq!(code.expose().len(), 20);
        let typed = code.spaced().to_lowercase().replace('0', "o");
        prop_assert_eq!(typed.parse::<CornerCode>(), Ok(code));
    }
}

fn tool() -> Tool {
    let question = Question {
        id: "q".into(),
        ask: text("?"),
        help: None,
        example: None,
        skip: true,
        kind: QuestionKind::Words,
        danger: Vec::new(),
        beside: None,
        into: None,
        again: false,
    };
    let section =
        Section { id: "s".into(), name: text("S"), help: None, card: false, questions: vec![question] };
    Tool {
        id: "t".into(),
        version: 1,
        name: text("T"),
        purpose: text("T"),
        icon: "sun".into(),
        shelf: Shelf::Plan,
        writes: Writes::Person,
        suits: Suits::Everyone,
        theme: Theme::Daily,
        prints: Prints::No,
        score: None,
        licence: Licence::Own,
        terms: None,
        measure: None,
        sections: vec![section],
    }
}
