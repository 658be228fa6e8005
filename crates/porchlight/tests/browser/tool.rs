//! A tool that no code has heard of: a file in a folder of packs, and nothing else.

use crate::harness::{Demo, Page, Screen, new_folder};
use std::fs;
use std::path::Path;

/// Every kind of question there is.
const KITE: &str = r#"
[default]
from = 2025-01-01
strength = "recommended"
confidence = "stated"
source = { document = "porchlight" }

[[tool]]
id = "kite"
version = 1
name = { en = "My kite", es = "Mi cometa" }
purpose = { en = "For a windy day.", es = "Para un día de viento." }
icon = "sun"
shelf = "plan"
writes = "both"

[[tool.section]]
id = "sky"
name = { en = "The sky", es = "El cielo" }

[[tool.section.question]]
id = "look"
kind = "words"
ask = { en = "How does the sky look?", es = "¿Cómo se ve el cielo?" }

[[tool.section.question]]
id = "clouds"
kind = "list"
ask = { en = "Which clouds are there?", es = "¿Qué nubes hay?" }

[[tool.section.question]]
id = "wind"
kind = "choice"
ask = { en = "Where does the wind come from?", es = "¿De dónde viene el viento?" }
options = [{ id = "sea", name = { en = "The sea", es = "El mar" } }, { id = "hill", name = { en = "The hill", es = "El cerro" } }]

[[tool.section.question]]
id = "strong"
kind = "scale"
ask = { en = "How strong is it?", es = "¿Qué tan fuerte es?" }
low = 1
high = 5
low_name = { en = "A breath", es = "Un soplo" }
high_name = { en = "A storm", es = "Una tormenta" }

[[tool.section]]
id = "string"
name = { en = "The string", es = "El hilo" }

[[tool.section.question]]
id = "long"
kind = "yes_no"
ask = { en = "Is it long enough?", es = "¿Es bastante largo?" }

[[tool.section.question]]
id = "day"
kind = "date"
ask = { en = "When will you fly it?", es = "¿Cuándo la va a volar?" }

[[tool.section.question]]
id = "holds"
kind = "people"
ask = { en = "Who holds it with you?", es = "¿Quién la sostiene con usted?" }

[[tool.section.question]]
id = "falls"
kind = "pairs"
ask = { en = "If it falls, what then?", es = "Si se cae, ¿qué hace?" }

[[tool.section.question]]
id = "good"
kind = "strengths"
ask = { en = "What are you good at with kites?", es = "¿Qué se le da bien con las cometas?" }
"#;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test]
async fn a_tool_that_no_code_has_heard_of_is_a_file() {
    let packs = new_folder("packs");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs"), &packs);
    fs::write(packs.join("common/tool-kite.toml"), KITE).unwrap();
    let demo = Demo::start_with(&["--packs", packs.to_str().unwrap()]);
    let page = Page::open_at(Screen::phone(), demo.origin()).await;
    page.sign_in_with(demo.link("person", "Sweetgum")).await;

    page.visit("/plans/start").await;
    page.tap("My kite").await;
    page.see("The sky").await;
    page.type_into("How does the sky look?", "Like my mother's quilt.").await;
    page.type_into("Which clouds are there? 1", "A whale").await;
    page.type_into("Which clouds are there? 2", "A boot").await;
    page.tap("The hill").await;
    page.tap_css("input[name=strong][value='4']").await;
    page.tap("Save and go on").await;
    page.see("The string").await;
    page.tap("Yes").await;
    page.type_into("When will you fly it?", "2026-12-24").await;
    for (field, words) in [
        ("#holds .pair:first-of-type input[name$='.name']", "My nephew"),
        ("#holds .pair:first-of-type input[name$='.reach']", "555-0188"),
        ("#falls .pair:first-of-type textarea[name$='.when']", "It lands in the elm"),
        ("#falls .pair:first-of-type textarea[name$='.then']", "I laugh and get the ladder"),
    ] {
        page.tap_css(field).await;
        page.type_here(words).await;
    }
    page.type_into("What are you good at with kites? 1", "Knots").await;
    page.tap("Done for now").await;

    for words in [
        "Like my mother's quilt.",
        "A whale",
        "A boot",
        "The hill",
        "4 of 5",
        "Yes",
        "December 24, 2026",
        "My nephew",
        "It lands in the elm",
        "I laugh and get the ladder",
        "Knots",
    ] {
        page.see(words).await;
    }
    assert_eq!(page.count("a[href='tel:5550188']").await, 1);
    page.tap("Print").await;
    page.see("It may be out of date.").await;
    page.see("Like my mother's quilt.").await;
}
