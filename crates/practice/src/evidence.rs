//! A photo or file that stands behind what somebody says: what it is by its content, and that nothing in it can act.

use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// What a file is, by its content and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photo.
    Jpeg,
    /// A picture.
    Png,
    /// A document.
    Pdf,
}

impl FileKind {
    /// The media type it is sent as.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Pdf => "application/pdf",
        }
    }

    /// The ending of its name. What somebody called it on their device is not kept.
    pub fn ending(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpg",
            FileKind::Png => "png",
            FileKind::Pdf => "pdf",
        }
    }
}

/// What is known about a file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it is.
    pub kind: FileKind,
    /// How long, in bytes.
    pub bytes: usize,
    /// SHA-256 of the whole, so that no part can be left out or moved.
    pub hash: [u8; 32],
}

/// Why a file can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// More than [`LARGEST`].
    #[error("the file is too large")]
    TooLarge,
    /// Neither a photo nor a PDF, whatever its name says.
    #[error("it is neither a photo nor a PDF")]
    Unknown,
    /// It can do something when it is opened: run a script, start a program, bring another file along.
    #[error("there is something in it that could run")]
    Active,
    /// It can't be looked into: locked with a password, or packed in a way we don't read.
    #[error("it is locked, so it can't be looked into")]
    Locked,
}

/// Finds out what a file is, and refuses what could act when somebody opens it.
///
/// # Errors
/// See [`FileFault`].
pub fn examine(bytes: &[u8]) -> Result<FileKind, FileFault> {
    if bytes.len() > LARGEST {
        return Err(FileFault::TooLarge);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(FileKind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") {
        return Ok(FileKind::Png);
    }
    if bytes.starts_with(b"%PDF-") {
        pdf(bytes)?;
        return Ok(FileKind::Pdf);
    }
    Err(FileFault::Unknown)
}

/// Names in a PDF behind which something acts, or another file lies.
const ACTIVE: &[&str] = &[
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "XFA",
    "SubmitForm",
    "ImportData",
    "GoToE",
    "GoToR",
    "Rendition",
    "Movie",
    "Sound",
];

/// Names are looked for everywhere, in streams too: what one reader takes for a stream another may take for objects.
/// That packed bytes spell one of these names by chance is too rare to matter.
fn pdf(bytes: &[u8]) -> Result<(), FileFault> {
    let mut packed = false;
    for name in names(bytes) {
        match name.as_str() {
            "Encrypt" => return Err(FileFault::Locked),
            "ObjStm" => packed = true,
            name if ACTIVE.contains(&name) => return Err(FileFault::Active),
            _ => {}
        }
    }
    if packed { unpacked(bytes) } else { Ok(()) }
}

/// The names in a text: `/Name`, with `#4A` for a letter.
fn names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    bytes.split(|byte| *byte == b'/').skip(1).map(|part| {
        let end = part.iter().position(|byte| !is_regular(*byte)).unwrap_or(part.len());
        plain(&part[..end])
    })
}

fn is_regular(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(&byte)
}

fn plain(name: &[u8]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(byte) = name.get(at) {
        let code = name.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (*byte, code.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'#', Some(letter)) => {
                text.push(char::from(letter));
                at += 3;
            }
            (letter, _) => {
                text.push(char::from(letter));
                at += 1;
            }
        }
    }
    text
}

/// Looks into the packed objects: what can't be unpacked can't be trusted.
fn unpacked(bytes: &[u8]) -> Result<(), FileFault> {
    const WORD: &[u8] = b"stream";
    let mut head = 0;
    for at in 0..bytes.len().saturating_sub(WORD.len()) {
        let begins = bytes[at..].starts_with(WORD)
            && matches!(bytes[at + WORD.len()], b'\r' | b'\n')
            && !bytes[..at].ends_with(b"end");
        if !begins {
            continue;
        }
        if names(&bytes[head..at]).any(|name| name == "ObjStm") {
            let body = bytes[at + WORD.len()..].trim_ascii_start();
            let open = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(body, LARGEST)
                .map_err(|_| FileFault::Locked)?;
            if names(&open).any(|name| ACTIVE.contains(&name.as_str())) {
                return Err(FileFault::Active);
            }
        }
        head = at + WORD.len();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with(object: &str) -> Vec<u8> {
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog {object} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
        )
        .into_bytes()
    }

    fn packed(inside: &str) -> Vec<u8> {
        let body = miniz_oxide::deflate::compress_to_vec_zlib(inside.as_bytes(), 6);
        let mut file =
            b"%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n".to_vec();
        file.extend(body);
        file.extend(b"\nendstream\nendobj\n%%EOF\n");
        file
    }

    #[test]
    fn a_photo_a_picture_and_a_quiet_document_come_in() {
        assert_eq!(examine(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0]), Ok(FileKind::Jpeg));
        assert_eq!(examine(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"), Ok(FileKind::Png));
        assert_eq!(examine(&with("/Pages 2 0 R")), Ok(FileKind::Pdf));
        assert_eq!(examine(&packed("<< /Pages 2 0 R >>")), Ok(FileKind::Pdf));
    }

    /// A PDF that is a script, in every dress: plain, with a letter written as a number, packed away, locked.
    #[test]
    fn a_document_that_is_a_script_stays_outside() {
        for object in [
            "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
            "/AA << /O << /S /JavaScript >> >>",
            "% >>stream\n /X << /S /Launch >>",
            "/X << /S /Java#53cript >>",
            "/X << /S /#4Caunch /F (a.exe) >>",
            "/Names << /EmbeddedFiles 4 0 R >>",
            "/AcroForm << /XFA 5 0 R >>",
        ] {
            assert_eq!(examine(&with(object)), Err(FileFault::Active), "{object}");
        }
        assert_eq!(examine(&packed("1 0 << /S /JavaScript /JS (x) >>")), Err(FileFault::Active));
        assert_eq!(examine(&with("/Encrypt 9 0 R")), Err(FileFault::Locked));
    }

    #[test]
    fn what_only_says_it_is_a_photo_stays_outside() {
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            b"<!doctype html><script>1</script>",
            b"GIF89a",
            b"PK\x03\x04",
            b"MZ",
            b"",
            b" %PDF-1.7",
        ] {
            assert_eq!(examine(other), Err(FileFault::Unknown));
        }
        assert_eq!(examine(&vec![0xFF; LARGEST + 1]), Err(FileFault::TooLarge));
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = examine(&bytes);
            let mut document = b"%PDF-1.4 << /Type /ObjStm >>\nstream\n".to_vec();
            document.extend(bytes);
            let _ = examine(&document);
        }

        /// Wherever the action stands among quiet objects, it is found.
        #[test]
        fn an_action_is_found_wherever_it_stands(before in 0usize..20, after in 0usize..20, which in 0usize..ACTIVE.len()) {
            let quiet = "7 0 obj << /Length 3 >>\nstream\nabc\nendstream\nendobj\n";
            let file = format!("%PDF-1.4\n{}8 0 obj << /{} 1 >>\nendobj\n{}", quiet.repeat(before), ACTIVE[which], quiet.repeat(after));
            prop_assert_eq!(examine(file.as_bytes()), Err(FileFault::Active));
        }
    }
}
