//! A text cut into its words, each looked up once. Whatever is asked afterwards is asked by a word's place and number.

use std::ops::Range;

use super::signs::{Letters, Signs};
use super::text::{char_after, is_word};

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The byte where it begins.
    pub(super) start: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// Its number among the words that are known.
    pub(super) word: u32,
}

impl Piece {
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The words of one paragraph, and what may be marks of quotation in it.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) words: Vec<Piece>,
    /// The bytes at which an apostrophe, a quotation mark or a dash may stand, apart from letters.
    pub(super) marks: Vec<usize>,
}

impl Pieces {
    /// Reads this part of a text in place of what was read before.
    pub(super) fn read(&mut self, signs: &Signs, text: &str, part: Range<usize>) {
        self.words.clear();
        self.marks.clear();
        let bytes = text.as_bytes();
        let mut at = part.start;
        while at < part.end {
            let block = block(bytes, at);
            let length = letters(block);
            if length == 0 {
                let byte = bytes[at];
                if byte.is_ascii() {
                    if matches!(byte, b'"' | b'\'') {
                        self.marks.push(at);
                    }
                    at += 1;
                    continue;
                }
                let Some(c) = char_after(text, at) else { break };
                if !is_word(c) {
                    if matches!(byte, 0xc2 | 0xe2) {
                        self.marks.push(at);
                    }
                    at += c.len_utf8();
                    continue;
                }
            }
            let whole = length > 0 && length < SHORT && block.to_le_bytes()[length].is_ascii();
            let (end, word) = if whole {
                // Every letter and digit of ASCII is small when this bit is set.
                let mask = (1 << (8 * length)) - 1;
                (at + length, signs.short((block | each(b' ')) & mask))
            } else {
                let rest = &text[at..];
                let end = at + rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                (end, signs.number(&text[at..end]))
            };
            self.words.push(Piece { start: at, end, word });
            // Mostly one space follows.
            at = end + usize::from(bytes.get(end) == Some(&b' '));
        }
    }
}

/// The bytes in a block.
pub(super) const SHORT: usize = size_of::<Letters>();

/// This byte in each place of a block.
const fn each(byte: u8) -> Letters {
    Letters::from_le_bytes([byte; SHORT])
}

/// The bytes from here on, the first in the lowest place, with nothing after the end of the text.
fn block(bytes: &[u8], at: usize) -> Letters {
    let mut block = [0; SHORT];
    if let Some(whole) = bytes.get(at..at + SHORT) {
        block.copy_from_slice(whole);
    } else {
        let rest = &bytes[at..];
        block[..rest.len()].copy_from_slice(rest);
    }
    Letters::from_le_bytes(block)
}

/// How many letters and digits of ASCII a block begins with, found for all of its bytes at once.
fn letters(block: Letters) -> usize {
    const HIGH: Letters = each(0x80);
    // The high bit of a byte is set when it is at least `from`; none is carried over, since both are below 0x80.
    let least = |bytes: Letters, from: u8| bytes + each(0x80 - from);
    let low = block & !HIGH;
    let small = low | each(b' ');
    let letter = least(small, b'a') & !least(small, b'z' + 1);
    let digit = least(low, b'0') & !least(low, b'9' + 1);
    let other = !((letter | digit) & !block) & HIGH;
    other.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first word that begins at or after this place.
    fn word_after(text: &str, at: usize) -> Option<Range<usize>> {
        let mut start = at;
        loop {
            let c = char_after(text, start)?;
            if is_word(c) {
                break;
            }
            start += c.len_utf8();
        }
        let mut end = start;
        while let Some(c) = char_after(text, end).filter(|c| is_word(*c)) {
            end += c.len_utf8();
        }
        Some(start..end)
    }

    proptest! {
        /// Word by word the same as walking over characters, with the number of the same word.
        #[test]
        fn words_are_those_of_the_text(text in prop_oneof![".*", "[a-zA-Z0-9áñÑ\u{301} '«\n@`{\\[/:.-]*"]) {
            let mut signs = Signs::new();
            signs.add("aaaaaaaaaaaaaaaa");
            let mut pieces = Pieces::default();
            pieces.read(&signs, &text, 0..text.len());
            let (mut at, mut words) = (0, Vec::new());
            while let Some(word) = word_after(&text, at) {
                at = word.end;
                words.push((word.clone(), signs.number(&text[word])));
            }
            let read: Vec<_> = pieces.words.iter().map(|piece| (piece.range(), piece.word)).collect();
            prop_assert_eq!(read, words);
        }
    }
}
