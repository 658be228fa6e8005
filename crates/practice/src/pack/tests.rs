//! Packs as they ship, and packs as they should not be.

use std::path::Path;

use super::*;
use crate::Lang;
use jiff::civil::{Date, date};

/// The packs of the repository.
fn shipped() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            files.push(SourceFile {
                path: path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"),
                text: std::fs::read_to_string(&path).unwrap(),
            });
        }
    }
    files.sort();
    files
}

fn library() -> Library {
    compile(&shipped()).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("the shipped packs have faults:\n{}", faults.join("\n"))
    })
}

const TODAY: Date = date(2026, 11, 22);

fn rules(pack: &str) -> Rules {
    library().get(&pack.into()).unwrap().rules(TODAY, &Settings::new())
}

#[test]
fn every_shipped_pack_compiles() {
    let names: Vec<String> = library().iter().map(|pack| pack.id.to_string()).collect();
    assert_eq!(names, ["common", "us-al-parent", "us-ga-adult"]);
    assert_eq!(rules("us-al-parent").words.get(WordKey::Person, Lang::En), "parent");
}
