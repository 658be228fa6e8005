//! What comes out of the press: every word as it was typed, whatever it is; nothing of it read as markup; a file that can be
//! read aloud.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use lopdf::{Document, Object};
use porchlight_paper::TypstPress;
use porchlight_practice::Lang;
use porchlight_practice::sheet::{Part, PartAnswer, PartLine, Press, Sheet, SheetForm};
use proptest::prelude::*;

const PRINTED: &str = "Printed on November 19, 2026. It may be out of date.";
const BOXES: &str = "Some letters could not be printed.";

fn parts(texts: &[&str]) -> Vec<Part> {
    let line = |text: &&str| PartLine {
        before: "If this".into(),
        text: (*text).to_owned(),
        more: vec![("then this".into(), (*text).to_owned())],
    };
    let lines: Vec<PartLine> = texts.iter().map(line).collect();
    let answers = vec![
        PartAnswer { ask: "What helps?".into(), lines: lines.clone(), list: true },
        PartAnswer { ask: "And what else?".into(), lines, list: false },
    ];
    vec![Part { name: "What helps me".into(), answers }]
}

fn letter(lang: Lang, large: bool, texts: &[&str]) -> Sheet {
    let form = SheetForm::Letter {
        under: "Darnell · written today".into(),
        parts: parts(texts),
        notice: "For you alone.".into(),
        large,
    };
    Sheet { lang, title: "Crisis plan".into(), printed: PRINTED.into(), boxes: BOXES.into(), form }
}

fn card(texts: &[&str]) -> Sheet {
    let square = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\" width=\"4\" height=\"4\">\
                  <path d=\"M0 0h1v1h-1z\"/></svg>";
    let form = SheetForm::Card {
        lead: "Cut it out and fold it.".into(),
        whose: "Darnell".into(),
        open: "Scan this to read what helps.".into(),
        drawing: square.into(),
        drawn: "A code to scan".into(),
        address: "Or go to porchlight.test/card and type".into(),
        code: "K7QM 2XWP".into(),
        parts: parts(texts),
    };
    Sheet { lang: Lang::En, title: "My card".into(), printed: PRINTED.into(), boxes: BOXES.into(), form }
}

fn printed(sheet: &Sheet) -> (Document, Vec<u8>) {
    let bytes = TypstPress.print(sheet).unwrap_or_else(|jam| panic!("{jam}"));
    (Document::load_mem(&bytes).unwrap(), bytes)
}

/// Every letter that can be copied out of a file, without what only parts lines.
fn letters(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn entry<'d>(document: &'d Document, key: &[u8]) -> &'d Object {
    document.catalog().unwrap().get(key).unwrap()
}

#[test]
fn a_letter_says_everything_and_can_be_read_aloud() {
    let (document, bytes) = printed(&letter(Lang::Es, false, &["Háblame bajito.", "¿Qué tal, Peña?"]));
    let text = letters(&document);
    for words in [
        "Crisis plan",
        "Darnell · written today",
        "What helps?",
        "Háblame bajito.",
        "¿Qué tal, Peña?",
        "For you alone.",
        PRINTED,
    ] {
        assert!(text.contains(&squeezed(words)), "{words}: {text}");
    }
    assert!(!text.contains(&squeezed(BOXES)));
    assert_eq!(entry(&document, b"Lang").as_str().unwrap(), b"es");
    let marked = entry(&document, b"MarkInfo").as_dict().unwrap().get(b"Marked").unwrap();
    assert!(marked.as_bool().unwrap(), "tagged");
    assert!(document.catalog().unwrap().has(b"StructTreeRoot"));
    let said = String::from_utf8_lossy(&bytes);
    assert!(
        said.contains("pdfuaid") && said.contains("Crisis plan"),
        "it says that it keeps to PDF/UA, and its title"
    );
    assert!(bytes.len() < 120_000, "{}", bytes.len());
}

#[test]
fn large_type_takes_more_paper_and_says_the_same() {
    let long = "A sentence that goes on for a while, so that it fills some of the paper. ".repeat(30);
    let (small, _) = printed(&letter(Lang::En, false, &[&long]));
    let (large, _) = printed(&letter(Lang::En, true, &[&long]));
    assert!(large.get_pages().len() > small.get_pages().len());
    let count = |document: &Document| letters(document).matches("sentence").count();
    assert_eq!(count(&small), count(&large));
    for page in 1..=large.get_pages().len() {
        let foot = large.extract_text(&[page as u32]).unwrap();
        assert!(squeezed(&foot).contains(&squeezed(PRINTED)), "page {page}");
    }
}

#[test]
fn a_card_has_its_code_and_what_helps() {
    for times in [1, 40] {
        let words = "Speak softly. ".repeat(times);
        let (document, _) = printed(&card(&[&words]));
        let text = letters(&document);
        for words in ["Darnell", "Scan this to read what helps.", "K7QM 2XWP", "Speak softly.", PRINTED] {
            assert!(text.contains(&squeezed(words)), "{words}: {text}");
        }
        assert_eq!(text.matches("Speaksoftly.").count(), 4 * times);
    }
}

/// What could be read as a file, an address or a command of the layout stands there as it was typed.
#[test]
fn nothing_typed_is_read_as_markup() {
    let typed = [
        "#read(\"/etc/passwd\")",
        "#import \"@preview/cetz:0.3.0\": *",
        "$x^2$ *bold* _quiet_ = Heading",
        "@someone <label> https://porchlight.test/x // no comment",
        "\\ ~ -- ... \"quoted\" 'single' [a] {b} `code`",
        "/* gone */ #panic() #sheet.title",
    ];
    let (document, _) = printed(&letter(Lang::En, false, &typed));
    let text = letters(&document);
    for words in typed {
        assert!(text.contains(&squeezed(words)), "{words}: {text}");
    }
}

/// A letter there is no type for stands as a box, and the sheet says so; nothing else is lost.
#[test]
fn letters_without_type_are_said_and_lose_nothing_else() {
    for strange in ["I like 🎸 music", "السلام عليكم and peace", "我很好 today"] {
        for sheet in [letter(Lang::En, false, &[strange]), card(&[strange])] {
            let (document, _) = printed(&sheet);
            let text = letters(&document);
            assert!(text.contains(&squeezed(BOXES)) && text.contains(&squeezed(PRINTED)), "{text}");
            for known in strange.split(' ').filter(|word| word.is_ascii()) {
                assert!(text.contains(known), "{known}: {text}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever somebody types can be printed, and what there is type for comes out as it was typed.
    #[test]
    fn any_text_is_printed_as_it_was_typed(text in "[ -~áéíñóúü¿¡“”€ő#$*_@=<>\\\\\\[\\]{}`/'\"\n]{1,120}", any in "\\PC{0,60}", large: bool) {
        let (document, _) = printed(&letter(Lang::En, large, &[&text]));
        let found = letters(&document);
        prop_assert!(found.contains(&squeezed(&text)), "{:?}: {}", text, found);
        let (document, _) = printed(&card(&[&any]));
        prop_assert!(letters(&document).contains(&squeezed(PRINTED)));
    }
}
