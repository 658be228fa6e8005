//! What the marks of writing tell: quotations, names, halves of words, the other language.

use super::*;

impl Seen<'_> {
    /// Whether what stands around is in the other language: "criminal", "bipolar" and others are words of both.
    pub(super) fn is_other_language(&self, lang: Lang, hit: Hit) -> bool {
        const NEAR: usize = 4;
        let other = if lang == Lang::En { Lang::Es } else { Lang::En };
        let (mut own, mut others) = (0, 0);
        let words = &self.pieces.words;
        let (before, after) = (&words[..hit.first], &words[hit.next..]);
        let before = &before[before.len().saturating_sub(NEAR)..];
        for piece in before.iter().chain(after.iter().take(NEAR)) {
            let known = self.signs.known(piece.word);
            let known = (known.signs(lang) != 0, known.signs(other) != 0);
            own += usize::from(known == (true, false));
            others += usize::from(known == (false, true));
        }
        others > own + usize::from(own > 0)
    }

    pub(super) fn is_quoted(&mut self, hit: Hit) -> bool {
        if self.pieces.marks.is_empty() {
            return false;
        }
        if self.quotes.is_none() {
            self.quotes = Some(self.read_quotes());
        }
        self.quotes.as_ref().is_some_and(|quotes| {
            let next = quotes.partition_point(|quote| quote.end < hit.end);
            quotes.get(next).is_some_and(|quote| quote.start <= hit.start)
        })
    }

    /// Reads the quotations of the paragraph.
    fn read_quotes(&self) -> Vec<Range<usize>> {
        let text = self.text;
        let mut quotes: Vec<Range<usize>> = Vec::new();
        let (mut double, mut single): (Option<usize>, Option<usize>) = (None, None);
        let mut close = |open: &mut Option<usize>, at: usize| {
            if let Some(from) = open.take()
                && at - from <= LONGEST_QUOTE
            {
                quotes.push(from..at);
            }
        };
        for at in self.pieces.marks.iter().copied() {
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
            close(&mut double, self.paragraph.end);
        }
        // By their ends, without those that lie in another.
        quotes.sort_unstable_by_key(|quote| (quote.start, std::cmp::Reverse(quote.end)));
        let mut last = 0;
        quotes.retain(|quote| {
            let keeps = quote.end > last;
            last = last.max(quote.end);
            keeps
        });
        quotes
    }

    /// Whether a hyphen makes it the half of another word: "psycho-social".
    pub(super) fn is_of_a_compound(&self, hit: Hit) -> bool {
        let before = char_before(self.text, hit.start);
        let after = char_after(self.text, hit.end);
        if before.is_none_or(|c| !is_hyphen(c)) && after.is_none_or(|c| !is_hyphen(c)) {
            return false;
        }
        let hyphen = |c: Option<char>| c.is_some_and(is_hyphen);
        let earlier = before.and_then(|c| char_before(self.text, hit.start - c.len_utf8()));
        let later = after.and_then(|c| char_after(self.text, hit.end + c.len_utf8()));
        hyphen(before) && earlier.is_some_and(is_word) || hyphen(after) && later.is_some_and(is_word)
    }

    /// Whether it is part of a name: a capital inside a sentence beside another one, or a title before it.
    pub(super) fn is_name(&self, lang: Lang, hit: Hit) -> bool {
        let text = self.text;
        let words = &self.pieces.words;
        let is_title = |piece: Piece| self.signs.known(piece.word).signs(lang) & TITLE != 0;
        let capital = |piece: Piece| char_after(text, piece.start).is_some_and(char::is_uppercase);
        let length = |piece: Piece| piece.end - piece.start;
        let shouted =
            |piece: Piece| length(piece) > 1 && !text[piece.range()].chars().any(char::is_lowercase);
        let inside = &words[hit.first..hit.next];
        if !capital(inside[0]) {
            return inside.len() > 1
                && is_title(inside[0])
                && capital(inside[1])
                && self.gap(hit.first + 1) == " ";
        }
        // Small words stand small in names.
        let all = |piece: &Piece| (capital(*piece) || length(*piece) <= 3) && !shouted(*piece);
        // "A&O x3": letters alone are no name.
        if !inside.iter().all(all) || inside.len() > 1 && inside.iter().all(|piece| length(*piece) < 3) {
            return false;
        }
        if let Some(place) = hit.first.checked_sub(1) {
            let (before, gap) = (words[place], self.gap(hit.first));
            if is_title(before) && matches!(gap, " " | ". ") {
                return true;
            }
            if gap == " " && capital(before) && !self.begins_sentence(lang, place) {
                return true;
            }
            if gap == " " && capital(before) && length(before) > 3 && !shouted(before) {
                return true;
            }
        }
        // "Institute on Drug Abuse": small words lie between the capitals of a name.
        let mut at = hit.first;
        while at > 0 && self.gap(at) == " " {
            at -= 1;
            let word = words[at];
            let small = matches!(
                &text[word.range()],
                "of" | "on" | "for" | "and" | "the" | "sobre" | "el" | "la" | "de" | "del" | "para" | "y"
            );
            if !small {
                if at + 1 < hit.first && capital(word) && !shouted(word) && length(word) > 3 {
                    return true;
                }
                break;
            }
        }
        // "Recovery's House" too: the letter behind the apostrophe is a word of its own here.
        let owns = words
            .get(hit.next)
            .is_some_and(|piece| is_apostrophe(self.gap(hit.next)) && &text[piece.range()] == "s");
        let next = hit.next + usize::from(owns);
        let after = words.get(next).copied().filter(|_| self.gap(next) == " ");
        after.is_some_and(|after| capital(after) && !shouted(after) && length(after) > 1)
            && (inside.len() > 1 || !self.begins_sentence(lang, hit.first))
    }

    /// Whether a sentence begins with the word at this place.
    pub(super) fn begins_sentence(&self, lang: Lang, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let title = self.signs.known(self.pieces.words[before].word).signs(lang) & TITLE != 0;
        let gap = self.gap(at);
        ends_sentence(gap, title) || gap.contains([':', '\n', '"', '\u{201c}'])
    }
}
