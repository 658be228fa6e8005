//! Sheets as PDF files.
//!
//! Alone, because what sets type is large and slow to build; only the program depends on it. It reads no file and no
//! address: the layout and the type lie in the program, and what stands on a sheet goes in as data that the layout never
//! reads as markup.
#![forbid(unsafe_code)]

use porchlight_practice::sheet::{Jam, Part, PartLine, Press, Sheet, SheetForm};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// A word of more letters than this can be broken anywhere after each of so many, so that none runs off the paper.
const LONGEST_WORD: usize = 32;
/// How many rounds old results of the layout are kept.
const KEPT_ROUNDS: usize = 4;

/// The type of the pages: plain for our words, with serifs for a person's. Each is in two files, the second with the rarer
/// letters of Europe.
static TYPE: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../fonts/atkinson-hyperlegible-next-latin.ttf"),
        include_bytes!("../fonts/atkinson-hyperlegible-next-latin-ext.ttf"),
        include_bytes!("../fonts/source-serif-4-latin.ttf"),
        include_bytes!("../fonts/source-serif-4-latin-ext.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(TYPE.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));
static LAYOUT: LazyLock<Source> =
    LazyLock::new(|| Source::new(file("/sheet.typ"), include_str!("sheet.typ").to_owned()));
static WORDS: LazyLock<FileId> = LazyLock::new(|| file("/sheet.json"));

fn file(path: &str) -> FileId {
    // Both paths are ours and fit; were one wrong, no sheet could be set, and every test says so.
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("a path of ours"));
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The only things the layout can reach: itself, and the words of one sheet.
struct Desk(Bytes);

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        LAYOUT.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == LAYOUT.id() { Ok(LAYOUT.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *WORDS { Ok(self.0.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        TYPE.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets sheets as PDF files that can be read aloud.
#[derive(Debug, Default, Clone, Copy)]
pub struct TypstPress;

impl Press for TypstPress {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, Jam> {
        let mut sheet = sheet.clone();
        let mut all_known = true;
        every_text(&mut sheet, &mut |text| {
            *text = tidy(text);
            all_known &= text.chars().all(is_known);
        });
        if all_known {
            sheet.boxes.clear();
        }
        let jam = |what: &str, errors: &[typst::diag::SourceDiagnostic]| {
            // What went wrong may quote what stands on the sheet, so it is counted and not repeated.
            Jam(format!("{what}, {} faults", errors.len()))
        };
        let words = serde_json::to_vec(&sheet).map_err(|_| Jam("it is no data".into()))?;
        let set = typst::compile::<PagedDocument>(&Desk(Bytes::new(words))).output;
        let document = set.map_err(|errors| jam("it could not be laid out", &errors))?;
        typst::comemo::evict(KEPT_ROUNDS);
        // A letter without type stands as a box, which the standard for files that are read aloud does not allow.
        let standards: &[PdfStandard] = if all_known { &[PdfStandard::Ua_1] } else { &[] };
        let standards = PdfStandards::new(standards).map_err(|_| Jam("no such standard".into()))?;
        let options = PdfOptions {
            standards,
            creator: Smart::Custom(Some("Porchlight".into())),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| jam("it could not be written", &errors))
    }
}

/// Whether there is type for a letter, or it needs none.
fn is_known(letter: char) -> bool {
    letter.is_whitespace()
        || letter == BREAK
        || TYPE.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
}

/// Where a long word may be broken; nothing is seen of it.
const BREAK: char = '\u{200b}';

/// The same words without what can't stand on paper, and with places to break in very long ones.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut length = 0;
    for letter in text.replace("\r\n", "\n").chars() {
        if letter.is_whitespace() {
            length = 0;
            tidied.push(letter);
        } else if !letter.is_control() {
            if length == LONGEST_WORD {
                tidied.push(BREAK);
                length = 0;
            }
            length += 1;
            tidied.push(letter);
        }
    }
    tidied
}

/// Calls for every text on a sheet that is shown as words.
fn every_text(sheet: &mut Sheet, call: &mut impl FnMut(&mut String)) {
    call(&mut sheet.title);
    call(&mut sheet.printed);
    let parts: &mut Vec<Part> = match &mut sheet.form {
        SheetForm::Letter { under, parts, notice, .. } => {
            call(under);
            call(notice);
            parts
        }
        SheetForm::Card { lead, whose, open, drawn, address, code, parts, .. } => {
            for text in [lead, whose, open, drawn, address, code] {
                call(text);
            }
            parts
        }
    };
    for part in parts {
        call(&mut part.name);
        for answer in &mut part.answers {
            call(&mut answer.ask);
            for PartLine { before, text, more } in &mut answer.lines {
                call(before);
                call(text);
                for (before, text) in more {
                    call(before);
                    call(text);
                }
            }
        }
    }
}
