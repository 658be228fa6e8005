//! Walking over words in text as people type it: any case, with or without accents, over line ends and odd hyphens.

use std::ops::Range;

/// The longest word that is ever compared, in folded bytes. Whatever is longer is no word of a term.
pub(super) const LONGEST: usize = 40;

/// Whether a character belongs to a word. A combining accent does.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A character in small letters and without the accents of Spanish; none for a combining accent, which goes away.
pub(super) fn folded(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    match c {
        _ if is_combining(c) => None,
        'á' | 'Á' | 'à' | 'À' => Some('a'),
        'é' | 'É' | 'è' | 'È' => Some('e'),
        'í' | 'Í' | 'ì' | 'Ì' => Some('i'),
        'ó' | 'Ó' | 'ò' | 'Ò' => Some('o'),
        'ú' | 'Ú' | 'ü' | 'Ü' | 'ù' | 'Ù' => Some('u'),
        'ñ' | 'Ñ' => Some('n'),
        other => other.to_lowercase().next(),
    }
}

/// The whole text folded.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

/// The word folded into a buffer, or nothing when it is too long to be one that we know.
pub(super) fn fold_into<'b>(piece: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    if piece.is_ascii() {
        let to = buffer.get_mut(..piece.len())?;
        to.copy_from_slice(piece.as_bytes());
        to.make_ascii_lowercase();
        return Some(to);
    }
    let mut length = 0;
    for c in piece.chars().filter_map(folded) {
        let to = buffer.get_mut(length..length + c.len_utf8())?;
        c.encode_utf8(to);
        length += c.len_utf8();
    }
    Some(&buffer[..length])
}

/// The character that ends just before this place.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at.checked_sub(1)?)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text[..at].chars().next_back() }
}

/// The character that begins at this place.
pub(super) fn char_after(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text[at..].chars().next() }
}

/// The last word that ends at or before this place.
pub(super) fn word_before(text: &str, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    loop {
        let c = char_before(text, end)?;
        if is_word(c) {
            break;
        }
        end -= c.len_utf8();
    }
    let mut start = end;
    while let Some(c) = char_before(text, start).filter(|c| is_word(*c)) {
        start -= c.len_utf8();
    }
    Some(start..end)
}

/// Whether only spaces or hyphens lie here, as between the words of one expression; an empty line parts them.
pub(super) fn joins(gap: &str) -> bool {
    // "Affect: flat" is the short hand of notes.
    if gap == " " || gap == ": " {
        return true;
    }
    let mut lines = 0;
    !gap.is_empty()
        && gap.chars().all(|c| {
            lines += usize::from(c == '\n');
            c.is_whitespace() || is_hyphen(c) || matches!(c, '&' | '/' | '×')
        })
        && lines < 2
}

/// Whether exactly an apostrophe lies here.
pub(super) fn is_apostrophe(gap: &str) -> bool {
    matches!(gap, "'" | "\u{2019}")
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2013}')
}
