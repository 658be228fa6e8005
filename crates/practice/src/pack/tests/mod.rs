//! Packs as they ship, and packs as they should not be.

mod days;
mod faults;
mod rounding;
mod settings;
mod shipped;
mod tool;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

use super::*;

const TODAY: Date = date(2026, 11, 22);
const PACKS: [&str; 6] =
    ["common", "us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"];

/// The packs of the repository.
fn shipped() -> Vec<SourceFile> {
    static FILES: OnceLock<Vec<SourceFile>> = OnceLock::new();
    FILES.get_or_init(read_shipped).clone()
}

/// The shipped `common`, and one shipped pack over it: as much as a test of one pack has to read.
fn shipped_under(folder: &str) -> Vec<SourceFile> {
    let wanted =
        |file: &SourceFile| file.path.split('/').next().is_some_and(|it| it == COMMON || it == folder);
    shipped().into_iter().filter(wanted).collect()
}

/// Every shipped pack, compiled.
pub(crate) fn shipped_library() -> crate::pack::Library {
    compile(&shipped()).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn read_shipped() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for folder in PACKS {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push(file_of(&format!("{folder}/{name}"), &std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

fn file_of(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn pack(id: &str) -> Arc<Pack> {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| {
        compile(&shipped())
            .unwrap_or_else(|faults| panic!("the shipped packs have faults:\n{}", told(&faults)))
    });
    library.get(&id.into()).unwrap()
}

fn rules(id: &str) -> Rules {
    pack(id).rules(TODAY, &Settings::new())
}

/// The head that a sixth state's folder begins with.
const HEAD: &str = r#"
[pack]
version = "1"
name = { en = "Sixth", es = "Sexto" }
family = false
orientation = "recovery"

[default]
from = 2025-01-01
strength = "should"
confidence = "stated"
source = { document = "porchlight" }
"#;

/// A sixth state with these entries, over the shipped common pack.
fn sixth(entries: &str) -> Result<Arc<Pack>, Vec<Fault>> {
    let mut files = shipped_under(COMMON);
    files.push(file_of("us-xx/pack.toml", &format!("{HEAD}{entries}")));
    compile(&files).map(|library| library.get(&"us-xx".into()).unwrap())
}

/// The line of a sixth state's first entry.
fn first_line() -> usize {
    HEAD.matches('\n').count() + 1
}
