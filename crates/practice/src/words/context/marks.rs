//! What the marks of writing tell: quotations, names, halves of words, the other language.

use super::*;

impl Seen<'_> {
    /// Whether what stands around is in the other language: "criminal", "bipolar" and others are words of both.
    pub(super) fn is_other_language(&self, lang: Lang, hit: Hit) -> bool {
        const NEAR: usize = 4;
        let other = if lang == Lang::En { Lang::Es } else { Lang::En };
        let (mut own, mut others) = (0, 0);
        let mut count = |word: &str| {
            let word = self.signs.known(word);
            let known = (word.signs(lang) != 0, word.signs(other) != 0);
            own += usize::from(known == (true, false));
            others += usize::from(known == (false, true));
        };
        let (mut start, mut end) = (hit.start, hit.end);
        for _ in 0..NEAR {
            if let Some(word) = word_before(self.text, start) {
                start = word.start;
                count(&self.text[word]);
            }
            if let Some(word) = word_after(self.text, end) {
                end = word.end;
                count(&self.text[word]);
            }
        }
        others > own + usize::from(own > 0)
    }

    pub(super) fn is_quoted(&mut self, hit: Hit) -> bool {
        if !self.paragraph.contains(&hit.start) {
            self.read_quotes(hit.start);
        }
        let next = self.quotes.partition_point(|quote| quote.end < hit.end);
        self.quotes.get(next).is_some_and(|quote| quote.start <= hit.start)
    }

    /// Reads the quotations of the paragraph around a place.
    pub(super) fn read_quotes(&mut self, at: usize) {
        let text = self.text;
        let start = memchr::memmem::rfind(&text.as_bytes()[..at], b"\n\n").map_or(0, |at| at + 2);
        let end =
            memchr::memmem::find(&text.as_bytes()[at..], b"\n\n").map_or(text.len(), |found| at + found);
        self.paragraph = start..end;
        self.quotes.clear();
        let bytes = text.as_bytes();
        let (mut double, mut single): (Option<usize>, Option<usize>) = (None, None);
        let mut close = |open: &mut Option<usize>, at: usize| {
            if let Some(from) = open.take()
                && at - from <= LONGEST_QUOTE
            {
                self.quotes.push(from..at);
            }
        };
        let is_mark = |byte: u8| matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2);
        for at in (start..end).filter(|at| is_mark(bytes[*at])) {
            let Some(mark) = char_after(text, at) else { continue };
            let before = char_before(text, at);
            let after = char_after(text, at + mark.len_utf8());
            let opens = before.is_none_or(|c| !is_word(c)) && after.is_some_and(|c| !c.is_whitespace());
            let closes = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !is_word(c));
            match mark {
                '\u{201c}' | '\u{201e}' | '«' => double = Some(at),
                '\u{201d}' | '»' => close(&mut double, at),
                '"' if double.is_some() && closes => close(&mut double, at),
                '"' if opens => double = Some(at),
                '"' if double.is_some() => close(&mut double, at),
                '"' if before.is_none_or(char::is_whitespace) => double = Some(at),
                '\'' | '\u{2019}' if single.is_some() && closes => close(&mut single, at),
                '\u{2018}' => single = Some(at),
                '\'' if opens && after.is_some_and(is_word) => single = Some(at),
                // A dash at the beginning of a line begins speech in Spanish; the next one ends it.
                '\u{2014}' if before.is_none_or(|c| c == '\n') => double = Some(at),
                '\u{2014}' if double.is_some_and(|from| text[from..].starts_with('\u{2014}')) => {
                    close(&mut double, at);
                }
                _ => {}
            }
        }
        if double.is_some_and(|from| text[from..].starts_with('\u{2014}')) {
            close(&mut double, end);
        }
        // By their ends, without those that lie in another.
        self.quotes.sort_unstable_by_key(|quote| (quote.start, std::cmp::Reverse(quote.end)));
        let mut last = 0;
        self.quotes.retain(|quote| {
            let keeps = quote.end > last;
            last = last.max(quote.end);
            keeps
        });
    }

    /// Whether a hyphen makes it the half of another word: "psycho-social".
    pub(super) fn is_of_a_compound(&self, hit: Hit) -> bool {
        let hyphen = |c: Option<char>| c.is_some_and(crate::words::text::is_hyphen);
        let before = char_before(self.text, hit.start);
        let after = char_after(self.text, hit.end);
        let earlier = before.and_then(|c| char_before(self.text, hit.start - c.len_utf8()));
        let later = after.and_then(|c| char_after(self.text, hit.end + c.len_utf8()));
        hyphen(before) && earlier.is_some_and(is_word) || hyphen(after) && later.is_some_and(is_word)
    }

    /// Whether it is part of a name: a capital inside a sentence beside another one, or a title before it.
    pub(super) fn is_name(&self, lang: Lang, hit: Hit) -> bool {
        let text = self.text;
        let capital = |at: &Range<usize>| text[at.clone()].chars().next().is_some_and(char::is_uppercase);
        let shouted = |at: &Range<usize>| at.len() > 1 && !text[at.clone()].chars().any(char::is_lowercase);
        let mut inside = word_after(text, hit.start);
        let mut all = true;
        while let Some(word) = inside.filter(|word| word.end <= hit.end) {
            // Small words stand small in names.
            all &= capital(&word) || word.len() <= 3;
            all &= !shouted(&word) || word.len() <= 1;
            inside = word_after(text, word.end);
        }
        let words: Vec<&str> = text[hit.start..hit.end].split(' ').collect();
        if let [title, name, ..] = words[..]
            && self.signs.of(lang, title) & TITLE != 0
            && name.starts_with(char::is_uppercase)
            && title.starts_with(char::is_lowercase)
        {
            return true;
        }
        let first = char_after(text, hit.start).is_some_and(char::is_uppercase);
        if !first || !all {
            return false;
        }
        let before = word_before(text, hit.start);
        if let Some(before) = &before {
            let gap = &text[before.end..hit.start];
            let title = self.signs.of(lang, &text[before.clone()]) & TITLE != 0;
            if title && matches!(gap, " " | ". ") {
                return true;
            }
            if gap == " " && capital(before) && !self.begins_sentence(lang, before.start) {
                return true;
            }
            if gap == " " && capital(before) && before.len() > 3 && !shouted(before) {
                return true;
            }
        }
        // "Institute on Drug Abuse": small words lie between the capitals of a name.
        let mut at = hit.start;
        while let Some(word) = word_before(text, at).filter(|word| &text[word.end..at] == " ") {
            let small = matches!(
                &text[word.clone()],
                "of" | "on" | "for" | "and" | "the" | "sobre" | "el" | "la" | "de" | "del" | "para" | "y"
            );
            if !small {
                if at < hit.start && capital(&word) && !shouted(&word) && word.len() > 3 {
                    return true;
                }
                break;
            }
            at = word.start;
        }
        let end = hit.end
            + if text[hit.end..].starts_with("'s ") || text[hit.end..].starts_with("\u{2019}s ") {
                text[hit.end..].find(' ').unwrap_or(0)
            } else {
                0
            };
        let after = word_after(text, end).filter(|after| &text[end..after.start] == " ");
        let is_inner = word_after(text, hit.start).is_some_and(|word| word.end < hit.end);
        after.is_some_and(|after| capital(&after) && !shouted(&after) && after.len() > 1)
            && (is_inner || !self.begins_sentence(lang, hit.start))
    }

    pub(super) fn begins_sentence(&self, lang: Lang, at: usize) -> bool {
        let Some(before) = word_before(self.text, at) else { return true };
        let title = self.signs.of(lang, &self.text[before.clone()]) & TITLE != 0;
        let gap = &self.text[before.end..at];
        ends_sentence(gap, title) || gap.contains([':', '\n', '"', '\u{201c}'])
    }
}
