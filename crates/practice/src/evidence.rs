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

/// Takes a file in: examines it, and takes out of a photo what tells where, when and with what it was taken. The picture
/// itself stays as it is, byte for byte. A PDF is kept as it came.
///
/// # Errors
/// See [`FileFault`]; a photo that can't be read through is refused, since nobody knows what it would tell.
pub fn take_in(bytes: Vec<u8>) -> Result<(FileKind, Vec<u8>), FileFault> {
    let kind = examine(&bytes)?;
    let bytes = match kind {
        FileKind::Jpeg => quiet_jpeg(&bytes).ok_or(FileFault::Unknown)?,
        FileKind::Png => quiet_png(&bytes).ok_or(FileFault::Unknown)?,
        FileKind::Pdf => bytes,
    };
    Ok((kind, bytes))
}

/// A JPEG with what is needed to show it: no Exif, no comments, no maker's notes, nothing behind its end. Which way up it was
/// held is kept.
fn quiet_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut quiet = vec![0xFF, 0xD8];
    let mut at = 2;
    loop {
        let (&first, &marker) = (bytes.get(at)?, bytes.get(at + 1)?);
        match (first, marker) {
            // Filling between segments.
            (0xFF, 0xFF) => at += 1,
            (0xFF, 0xD9) => {
                quiet.extend([0xFF, 0xD9]);
                return Some(quiet);
            }
            (0xFF, _) => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let end = at + 2 + length;
                let segment = bytes.get(at..end).filter(|_| length >= 2)?;
                match marker {
                    0xE1 => quiet.extend(turned(&segment[4..])),
                    // JFIF, the profile of colours, and how the colours are written are needed to show it.
                    0xE0 | 0xE2 | 0xEE => quiet.extend(segment),
                    0xE3..=0xEF | 0xFE => {}
                    _ => quiet.extend(segment),
                }
                at = end;
                if marker == 0xDA {
                    let next = scan_end(bytes, at);
                    quiet.extend(&bytes[at..next]);
                    // Cut off on the way: what is there still shows.
                    if next == bytes.len() {
                        return Some(quiet);
                    }
                    at = next;
                }
            }
            _ => return None,
        }
    }
}

/// Where the next marker stands after the picture's own bytes.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let is_marker = |at: &usize| {
        bytes[*at] == 0xFF && bytes.get(at + 1).is_some_and(|next| !matches!(next, 0x00 | 0xD0..=0xD7 | 0xFF))
    };
    (from..bytes.len()).find(is_marker).unwrap_or(bytes.len())
}

/// Of the Exif only which way up the picture is, in a segment of its own; nothing when that is not said.
fn turned(exif: &[u8]) -> Vec<u8> {
    let read = || -> Option<u8> {
        let tiff = exif.strip_prefix(b"Exif\0\0")?;
        let little = tiff.starts_with(b"II");
        let short = |at: usize| -> Option<u16> {
            let two = [*tiff.get(at)?, *tiff.get(at + 1)?];
            Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
        };
        let long = |at: usize| -> Option<usize> {
            let (one, two) = (usize::from(short(at)?), usize::from(short(at + 2)?));
            Some(if little { two << 16 | one } else { one << 16 | two })
        };
        let first = long(4)?;
        let count = usize::from(short(first)?);
        (0..count).find_map(|entry| {
            let at = first + 2 + entry * 12;
            (short(at)? == 0x0112).then(|| short(at + 8)).flatten().and_then(|way| u8::try_from(way).ok())
        })
    };
    match read() {
        Some(way @ 2..=8) => [
            &[0xFF, 0xE1, 0x00, 0x22][..],
            b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
            &[way, 0, 0, 0, 0, 0, 0],
        ]
        .concat(),
        _ => Vec::new(),
    }
}

/// A PNG without words, times and Exif, and with nothing behind its end.
fn quiet_png(bytes: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 8;
    let mut quiet = bytes.get(..HEAD)?.to_vec();
    let mut at = HEAD;
    loop {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let chunk = bytes.get(at..end)?;
        let kind = &chunk[4..8];
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            quiet.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(quiet);
        }
        at = end;
    }
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

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap();
        [&[0xFF, marker][..], &length.to_be_bytes(), body].concat()
    }

    /// A photo as a phone makes it: place, device and a note in it, held upright, with a small film behind its end.
    fn from_a_phone(way: u16) -> Vec<u8> {
        let mut exif = b"Exif\0\0II\x2A\0\x08\0\0\0\x02\0".to_vec();
        exif.extend([0x0F, 0x01, 2, 0, 5, 0, 0, 0, b'Z', b'e', b'b', b'r']);
        exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, way.to_le_bytes()[0], 0, 0, 0]);
        exif.extend(b"\0\0\0\0GPS 33.5N 86.8W");
        [
            &[0xFF, 0xD8][..],
            &segment(0xE0, b"JFIF\0"),
            &segment(0xE1, &exif),
            &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0Zebra"),
            &segment(0xED, b"Zebra city"),
            &segment(0xFE, b"Zebra phone"),
            &segment(0xDB, &[1; 65]),
            &segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            &[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56],
            &[0xFF, 0xD9],
            b"Zebra film",
        ]
        .concat()
    }

    /// Where, when and with what a photo was taken does not come in; the picture and which way up it is do.
    #[test]
    fn a_photo_tells_no_place_and_no_device() {
        let photo = from_a_phone(6);
        let (kind, quiet) = take_in(photo.clone()).unwrap();
        assert_eq!(kind, FileKind::Jpeg);
        let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        for told in [&b"Zebr"[..], b"GPS", b"33.5N", b"adobe"] {
            assert!(has(&photo, told) && !has(&quiet, told), "{}", String::from_utf8_lossy(told));
        }
        assert!(has(&quiet, &[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]), "the picture itself");
        assert!(quiet.ends_with(&[0xFF, 0xD9]));
        assert!(has(&quiet, &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]), "held upright");
        assert_eq!(take_in(quiet.clone()).unwrap().1, quiet, "once is enough");
        let flat = take_in(from_a_phone(1)).unwrap().1;
        assert!(!has(&flat, b"Exif"));

        let chunk = |kind: &[u8; 4], body: &[u8]| {
            [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], kind, body, &[0; 4]].concat()
        };
        let png = [
            &b"\x89PNG\r\n\x1a\n"[..],
            &chunk(b"IHDR", &[0; 13]),
            &chunk(b"tEXt", b"Zebra phone"),
            &chunk(b"eXIf", b"GPS"),
            &chunk(b"IDAT", &[7; 9]),
            &chunk(b"IEND", b""),
            b"Zebra",
        ]
        .concat();
        let quiet = take_in(png).unwrap().1;
        assert!(!has(&quiet, b"Zebra") && !has(&quiet, b"GPS") && has(&quiet, &[7; 9]));
        // What can't be read through could tell anything.
        assert_eq!(take_in(vec![0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1]), Err(FileFault::Unknown));
        assert_eq!(take_in(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec()), Err(FileFault::Unknown));
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
            for head in [&[0xFF, 0xD8, 0xFF][..], b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"] {
                let photo = [head, &bytes].concat();
                if let Ok((kind, quiet)) = take_in(photo.clone()) {
                    prop_assert!(quiet.len() <= photo.len() + 36);
                    prop_assert_eq!(take_in(quiet.clone()), Ok((kind, quiet)));
                }
            }
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
