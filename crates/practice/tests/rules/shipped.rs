//! The packs and the examples of facts as they ship.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use porchlight_practice::pack::{Fault, Library, Pack, PackId, Settings, SourceFile, compile};
use porchlight_practice::rule::{self, Answer, Given, Rulebook};

/// The five packs of states.
pub const PACKS: [&str; 5] = ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"];

pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file of every pack.
pub fn files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(here("../../packs")).unwrap().map(|entry| entry.unwrap().path()) {
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let path = format!("{name}/{}", file.file_name().unwrap().to_str().unwrap());
            files.push(SourceFile { path, text: std::fs::read_to_string(&file).unwrap() });
        }
    }
    files
}

pub fn pack(id: &str) -> Arc<Pack> {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| {
        compile(&files()).unwrap_or_else(|faults| panic!("the packs have faults: {faults:#?}"))
    });
    library.get(&PackId::from(id)).unwrap_or_else(|| panic!("there is no pack {id}"))
}

/// Facts from text.
pub fn given(text: &str) -> Given {
    try_given(text).unwrap_or_else(|faults| panic!("the facts have faults: {faults:#?}"))
}

pub fn try_given(text: &str) -> Result<Given, Vec<Fault>> {
    rule::read(&SourceFile { path: "facts.toml".to_owned(), text: text.to_owned() })
}

/// A pack's rules with nothing chosen.
pub fn plain(id: &str) -> Rulebook {
    pack(id).rulebook(&Settings::new())
}

/// One question about these facts, with the choices they carry.
pub fn ask(id: &str, facts: &str, day: Date, question: &str) -> Answer {
    let given = given(facts);
    given.settings.check(&pack(id), day).unwrap_or_else(|faults| panic!("{faults:?}"));
    let rules = pack(id).rulebook(&given.settings);
    rule::ask_one(&rules, &given.facts, day, question)
        .unwrap_or_else(|| panic!("{id} has no question {question} on {day}"))
}

/// What holds an answer up.
pub fn missing(answer: &Answer) -> Vec<&str> {
    answer.missing().map(|reason| reason.requirement.id.as_str()).collect()
}
