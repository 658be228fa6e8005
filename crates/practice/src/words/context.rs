//! What stands around an expression and excuses it.
//!
//! - **Quoted**: what stands in quotation marks are somebody's own words.
//! - **Named**: the name of a person, an office or a law is left as it is.
//! - **Chosen**: "she calls herself", "he prefers": people choose how they are described.
//! - **Myself**: what the writer says of themselves.
//! - **Retold**: "his brother says": words of somebody else, without marks.
//! - **Denied** or **mentioned**: "she is not", "we avoid the word".
//! - **Law and diagnosis**: "convicted of", "a diagnosis of".
//! - **Not about a person**: for terms that count only when said of somebody.
//!
//! Only a few words before and after are read, never across the end of a sentence. The words that give these signs are
//! those of grammar, the same in every state; what a pack forbids or spares stands in the pack.

mod marks;
mod whom;

use std::ops::Range;

use super::scan::Hit;
use super::signs::*;
use super::split::{Piece, Pieces};
use super::text::{char_after, char_before, is_apostrophe, is_hyphen, is_word};
use super::{AboutWhom, Even, Near, Term, TermKind};
use crate::Lang;

/// How many words before an expression are read.
const READ: usize = 10;
/// A longer quotation is taken for a mark that was forgotten.
const LONGEST_QUOTE: usize = 2000;

/// A word before an expression, and what it is a sign of.
#[derive(Debug, Clone)]
struct Before {
    at: Range<usize>,
    /// Its number.
    word: u32,
    signs: u64,
    /// Whether a comma, colon or bracket parts it from what follows.
    parted: bool,
}

/// One paragraph of a text, with what was found out about it so far.
pub(super) struct Seen<'c> {
    signs: &'c Signs,
    text: &'c str,
    paragraph: Range<usize>,
    pieces: Pieces,
    /// The quotations of the paragraph, once they were asked for.
    quotes: Option<Vec<Range<usize>>>,
    /// The words before the expression asked about last, the nearest first.
    before: Vec<Before>,
}

impl<'c> Seen<'c> {
    pub(super) fn new(signs: &'c Signs, text: &'c str) -> Seen<'c> {
        let before = Vec::with_capacity(READ);
        Seen { signs, text, paragraph: 0..0, pieces: Pieces::default(), quotes: None, before }
    }

    /// Goes on to this paragraph.
    pub(super) fn read(&mut self, paragraph: Range<usize>) {
        self.pieces.read(self.signs, self.text, paragraph.clone());
        (self.paragraph, self.quotes) = (paragraph, None);
    }

    /// The words of the paragraph.
    pub(super) fn words(&self) -> &[Piece] {
        &self.pieces.words
    }

    /// What lies between the word at this place and the one before it.
    pub(super) fn gap(&self, at: usize) -> &'c str {
        &self.text[self.pieces.words[at - 1].end..self.pieces.words[at].start]
    }

    /// Whether what stands around this expression excuses it.
    pub(super) fn excuses(&mut self, term: &Term, near: &[u32], hit: Hit) -> bool {
        if self.is_quoted(hit) || self.is_of_a_compound(hit) {
            return true;
        }
        if !term.even.contains(&Even::Named) && self.is_name(term.lang, hit) {
            return true;
        }
        if self.is_other_language(term.lang, hit) {
            return true;
        }
        self.read_before(term.lang, hit.first);
        if term.to_people && !self.is_to_somebody(term.lang, hit.next) {
            return true;
        }
        let mut acts = hit.start..hit.end;
        if let Some(Near { within, .. }) = term.near {
            // "I told her to skip the dose": who tells it counts, not who skips.
            let Some(at) = self.before.iter().take(within).position(|word| near.contains(&word.word)) else {
                return true;
            };
            let aside = |word: &Before| {
                matches!(&self.text[word.at.clone()], "about" | "who" | "whether" | "sobre" | "quien")
            };
            if self.before[..at].iter().any(aside) || self.is_left_to_others(term.lang, hit.next) {
                return true;
            }
            if self
                .before
                .first()
                .is_some_and(|word| matches!(&self.text[word.at.clone()], "I" | "i" | "we" | "yo"))
            {
                return true;
            }
            acts = self.before[at].at.clone();
            self.read_before(term.lang, hit.first - 1 - at);
        }
        let counts = match term.about {
            AboutWhom::Anything => true,
            AboutWhom::Somebody => self.is_of_somebody(term.lang, hit),
            AboutWhom::Writer => self.is_by_the_writer(term.lang, acts, hit.next),
            AboutWhom::Child => self.is_of_a_child(term.lang, hit.next),
        };
        if !counts {
            return true;
        }
        let is_noun = term.kind == TermKind::Label;
        if term.about == AboutWhom::Anything
            && term.kind != TermKind::Plain
            && self.is_of_a_thing(term.lang, hit, is_noun)
        {
            return true;
        }
        // "I counseled nobody", "he refused nothing".
        let is_of_nobody = |(word, _, parted): (&str, u64, bool)| {
            !parted && matches!(word, "nobody" | "nothing" | "none" | "nadie" | "nada")
        };
        if !is_noun && self.after(term.lang, hit.next).next().is_some_and(is_of_nobody) {
            return true;
        }
        let but_not = |even| !term.even.contains(&even);
        if self.is_mentioned(hit)
            || is_noun && self.is_named_a_word(term.lang, hit.next)
            || but_not(Even::Denied) && self.is_denied(term.lang, is_noun)
        {
            return true;
        }
        if term.kind == TermKind::Plain {
            return false;
        }
        if term.kind == TermKind::Scope {
            // What another one wishes, and what another one wrote, is no act of the writer.
            let writes = term.about == AboutWhom::Writer;
            return self.is_wished() || !writes && self.is_retold(term.lang, WRITES | TEAM);
        }
        self.is_story(term.lang, hit.next)
            || is_noun && self.is_first_half(term.lang, hit.next)
            || self.is_chosen()
            || self.is_attributed(term.lang, hit.next)
            || self.is_law_or_diagnosis(term.lang, hit.next)
            || but_not(Even::Myself) && self.is_of_the_writer(term.lang, hit, !is_noun)
            || but_not(Even::Retold) && self.is_retold(term.lang, STAFF)
    }

    /// Reads the words before the one at this place, back to the beginning of its sentence.
    fn read_before(&mut self, lang: Lang, first: usize) {
        self.before.clear();
        for at in (first.saturating_sub(READ)..first).rev() {
            let piece = self.pieces.words[at];
            let gap = self.gap(at + 1);
            let signs = self.signs.known(piece.word).signs(lang);
            if ends_sentence(gap, signs & TITLE != 0) {
                break;
            }
            let parted = gap != " " && gap.contains([',', ':', '(', ')', '\u{2014}', '/']);
            self.before.push(Before { at: piece.range(), word: piece.word, signs, parted });
        }
        // "isn't", "don't": the letter behind the apostrophe denies.
        for at in 0..self.before.len().saturating_sub(1) {
            let (this, earlier) = (&self.before[at].at, &self.before[at + 1].at);
            let said = (&self.text[earlier.clone()], &self.text[this.clone()]);
            let denies = lang == Lang::En
                && self.text[this.clone()].eq_ignore_ascii_case("t")
                && is_apostrophe(&self.text[earlier.end..this.start]);
            if denies {
                self.before[at].signs |= DENIES | LINK;
                self.before[at + 1].signs = LINK;
            }
            if matches!(said, ("far", "from") | ("anything", "but") | ("por", "nada")) {
                (self.before[at].signs, self.before[at + 1].signs) = (LINK, DENIES);
            }
        }
    }

    /// The words from this place on, to the end of the sentence, each with its signs and whether a comma stands before
    /// it. It is the place after a word.
    fn after(&self, lang: Lang, next: usize) -> impl Iterator<Item = (&'c str, u64, bool)> {
        let (text, signs) = (self.text, self.signs);
        self.pieces.words[next - 1..].windows(2).map_while(move |two| {
            let gap = &text[two[0].end..two[1].start];
            if ends_sentence(gap, false) {
                return None;
            }
            let parted = gap != " " && gap.contains([',', ':', '(', ')', '\u{2014}']);
            Some((&text[two[1].range()], signs.known(two[1].word).signs(lang), parted))
        })
    }

    /// Whether the sentence says after it whose word it is: "as he puts it", "in her words", ", her brother says".
    fn is_attributed(&self, lang: Lang, next: usize) -> bool {
        let (mut earlier, mut before, mut clause) = (0, "", None);
        for (at, (word, signs, parted)) in self.after(lang, next).take(9).enumerate() {
            let subject = earlier & SUBJECT != 0 && before != "i";
            if subject && (signs & (SAYS | CALLS) != 0 || word == "puts") && clause == Some("as") {
                return true;
            }
            if matches!(before, "his" | "her" | "their" | "own" | "sus" | "propias") && signs & WORD != 0 {
                return true;
            }
            if parted || matches!(word, "as" | "como") {
                clause = Some(word);
            }
            if signs & (BREAKS | THAT) != 0 {
                clause = None;
            }
            // A comma, who, and that they say it, with which the sentence ends; or in the other order.
            if signs & SAYS != 0 && at > 0 && clause.is_some() {
                let ends = self.after(lang, next).skip(at + 1).all(|(_, signs, _)| signs & SUBJECT == 0);
                let follows = earlier & (SUBJECT | PERSON) != 0 || before.starts_with(char::is_uppercase);
                return earlier & (STAFF | MYSELF) == 0 && (follows && ends || parted);
            }
            (earlier, before) = (signs, word);
        }
        false
    }

    /// Whether the word is an adverb by its ending, such as "politely".
    fn is_adverb(&self, lang: Lang, word: &Before) -> bool {
        let text = &self.text[word.at.clone()];
        text.ends_with(if lang == Lang::En { "ly" } else { "mente" }) && text.len() > 4
    }

    /// Whether it is one of these words, in capitals or not.
    fn is_any(&self, word: &Before, small: &[&str]) -> bool {
        let said = &self.text[word.at.clone()];
        small.iter().any(|one| one.eq_ignore_ascii_case(said))
    }

    fn is_denied(&self, lang: Lang, is_noun: bool) -> bool {
        let words = &self.before;
        let denies = |at: usize| {
            words.get(at).is_some_and(|word| word.signs & DENIES != 0)
                && !(at > 0 && words[at - 1].signs & ONLY != 0)
        };
        for (at, word) in words.iter().enumerate() {
            if word.parted && word.signs & DENIES == 0 {
                return false;
            }
            if denies(at) {
                // "Does not rent to felons": what is denied is what is done to them, not what they are called.
                let noun = THING | HEALTH | WHEN | TALKS | WISHES;
                let does = |word: &Before| word.signs & !noun == 0 && !self.is_adverb(lang, word);
                return at < 7 && !(is_noun && at > 0 && does(&words[at - 1]));
            }
            let reason = |at: usize| {
                const REASONS: &[&str] =
                    &["sign", "evidence", "proof", "reason", "true", "fair", "señal", "prueba", "cierto"];
                words.get(at).is_some_and(|word| self.is_any(word, REASONS))
            };
            if word.signs & (BREAKS | THAT) != 0 && (denies(at + 1) || reason(at + 1) && denies(at + 2)) {
                return true;
            }
            if word.signs & (SUBJECT | THAT) != 0 && word.signs & DENIES == 0 {
                // "I don't think that she is": the denial reaches over the subject.
                if word.signs & SUBJECT != 0
                    && words.get(at + 1).is_some_and(|word| word.signs & THAT != 0)
                    && (denies(at + 2) || reason(at + 2) && denies(at + 3))
                {
                    return true;
                }
                let reach = words.iter().enumerate().skip(at + 1).take(3);
                let thinks = reach.clone().find(|(_, word)| word.signs & THINKS != 0);
                return thinks.is_some_and(|(at, _)| denies(at + 1) || denies(at + 2));
            }
            if word.signs & BREAKS != 0 {
                return false;
            }
        }
        false
    }

    /// Whether what follows says that it is a word: "is a hard word", "crossed out", "on the list of words".
    fn is_named_a_word(&self, lang: Lang, next: usize) -> bool {
        let mut near = self
            .after(lang, next)
            .take(6)
            .take_while(|(_, signs, parted)| !parted && signs & (SUBJECT | PERSON | BREAKS | THAT) == 0);
        near.any(|(word, _, _)| {
            matches!(
                word,
                "word"
                    | "words"
                    | "label"
                    | "labels"
                    | "crossed"
                    | "palabra"
                    | "palabras"
                    | "tachado"
                    | "tachada"
            )
        })
    }

    fn is_mentioned(&self, hit: Hit) -> bool {
        let near_but = |most: usize, sign: u64, until: u64| {
            let words = self.before.iter().take(most).take_while(|word| word.signs & until == 0);
            words.into_iter().any(|word| word.signs & sign != 0)
        };
        let text = self.text;
        // The name of a film or a song.
        let titled = |word: &Before| {
            matches!(
                &text[word.at.clone()],
                "movie"
                    | "film"
                    | "song"
                    | "book"
                    | "band"
                    | "show"
                    | "album"
                    | "novel"
                    | "película"
                    | "canción"
                    | "libro"
            )
        };
        if char_after(text, hit.start).is_some_and(char::is_uppercase)
            && self.before.first().is_some_and(titled)
        {
            return true;
        }
        // "Long-term" and "in terms of" name no word.
        let word = self.before.iter().take(3).enumerate().any(|(at, word)| {
            let earlier = self.before.get(at + 1).map_or("", |word| &text[word.at.clone()]);
            let later = at.checked_sub(1).map_or("", |at| &text[self.before[at].at.clone()]);
            word.signs & WORD != 0
                && !matches!(earlier, "long" | "short" | "Long" | "good" | "largo")
                && later != "of"
        });
        let stops = |word: &Before| {
            matches!(
                &text[word.at.clone()],
                "stop"
                    | "stopped"
                    | "Stop"
                    | "quit"
                    | "rather"
                    | "Rather"
                    | "drop"
                    | "dropped"
                    | "replace"
                    | "replaced"
                    | "avoids"
                    | "avoided"
                    | "En"
                    | "en"
                    | "dejar"
                    | "deje"
                    | "vez"
                    | "lugar"
            )
        };
        let than = self.before.iter().take(5).enumerate().any(|(at, word)| {
            let next = at.checked_sub(1).map(|at| &self.before[at]);
            stops(word)
                && next.is_some_and(|next| {
                    next.signs & (SAYS | CALLS | WORD) != 0
                        || matches!(&text[next.at.clone()], "than" | "writing" | "using" | "de" | "escribir")
                })
        });
        word || than || near_but(4, AVOIDS, SUBJECT | BREAKS)
    }

    fn is_chosen(&self) -> bool {
        let find =
            |most: usize, sign: u64| self.before.iter().take(most).position(|word| word.signs & sign != 0);
        // "Introduced herself as a grateful": with "as" there may be more between.
        let within = if self.before.iter().take(4).any(|word| self.is_as(word)) { 7 } else { 4 };
        if find(within, IDENTIFIES).is_some() {
            return true;
        }
        if find(4, SELF).is_some() && find(7, CALLS | SAYS | THINKS | PREFERS).is_some() {
            return true;
        }
        find(4, PREFERS).is_some_and(|at| self.before[..at].iter().all(|word| word.signs & SUBJECT == 0))
    }

    /// Whether somebody else is said to have said it; not one of these, who speak for the programme.
    fn is_retold(&self, lang: Lang, staff: u64) -> bool {
        for (at, word) in self.before.iter().enumerate().take(8) {
            // "No call, no show": that call calls nobody anything.
            let reports = word.signs & REPORTS != 0 && !self.is_clause(at);
            let comma = char_after(self.text, word.at.end) == Some(',');
            // "According to my assessment", "según mi evaluación": nobody else says it.
            if at == 0 && staff & WRITES != 0 && matches!(&self.text[word.at.clone()], "Según" | "según") {
                return false;
            }
            if self.is_any(word, &["according"])
                && self.before[..at].iter().any(|word| self.is_any(word, &["my", "our"]))
            {
                return false;
            }
            // "After the call he", "according to my notes": a call and notes, and no calling.
            if let Some(article) = self.before.get(at + 1)
                && (self.is_any(article, &["my", "our"])
                    || self.is_any(word, &["call", "calls"])
                        && self.is_any(article, &["the", "a", "this", "last", "phone"]))
            {
                continue;
            }
            if (word.signs & SAYS != 0 && !comma || word.signs & CALLS != 0 && !word.parted) && !reports {
                // "She believes in": what follows is no clause.
                if at > 0
                    && matches!(&self.text[self.before[at - 1].at.clone()], "in" | "of" | "about" | "en")
                {
                    return false;
                }
                // "Was called": by others, whoever it was.
                let said = |at: usize| self.before.get(at).map_or("", |word| &self.text[word.at.clone()]);
                if word.signs & CALLS != 0
                    && matches!(said(at + 1), "was" | "were" | "been" | "got" | "being" | "fui" | "fue")
                {
                    return true;
                }
                // "I honestly do think".
                let small = |word: &Before| {
                    word.signs & LINK != 0
                        || self.is_adverb(lang, word)
                        || self.is_any(word, &["do", "did", "does", "to", "must"])
                };
                let who = self.before[at + 1..].iter().find(|word| !small(word));
                let by_staff = who.is_some_and(|who| who.signs & staff != 0);
                // In Spanish the verb says whether it was the writer.
                return !by_staff || lang == Lang::Es && who.is_some_and(|who| who.signs & SUBJECT == 0);
            }
            // "Wanted to know if he is": nobody says that he is.
            if self.is_any(word, &["if", "whether", "si"])
                && self.before.get(at + 1).is_some_and(|word| self.is_any(word, &["know", "knows", "saber"]))
            {
                return true;
            }
            // "She asked if she is": the question belongs to whoever asked.
            let asked = self.before.get(at + 1).is_some_and(|word| word.signs & SAYS != 0);
            if word.signs & BREAKS != 0 && word.signs & THAT == 0 && !asked {
                return false;
            }
        }
        false
    }

    /// Whether what a word like "reports" tells is a whole clause, or stands in a paper: "reports that", "the chart lists".
    fn is_clause(&self, at: usize) -> bool {
        let mut between = self.before[..at].iter();
        if between.any(|word| word.signs & (THAT | SUBJECT) != 0) {
            return true;
        }
        let who = self.before[at + 1..].iter().find(|word| word.signs & LINK == 0);
        who.is_some_and(|who| {
            let name = self.text[who.at.clone()].starts_with(char::is_uppercase);
            who.signs & (PERSON | SUBJECT) == 0 && !name
        })
    }

    /// Whether it is told of somebody in a story: "the plot is about", "the bad kid in the cartoon".
    fn is_story(&self, lang: Lang, next: usize) -> bool {
        // "The villain of the film"; "in the film he is"; not "after the film he was".
        let mut clear = true;
        for (at, word) in self.before.iter().enumerate() {
            clear &= word.signs & (SUBJECT | BREAKS) == 0;
            let within = || self.before[at + 1..].iter().take(3).any(|word| word.signs & WITHIN != 0);
            // "The play is about"; "they play with" is none.
            let play = self.is_any(word, &["play", "musical", "mural", "painting", "obra"])
                && self
                    .before
                    .get(at + 1)
                    .is_some_and(|word| self.is_any(word, &["the", "a", "school", "la", "una"]))
                && at > 0
                && self.is_any(&self.before[at - 1], &["is", "was", "about", "trata", "es", "tells"]);
            if play || word.signs & STORY != 0 && (clear || within()) {
                return true;
            }
        }
        let mut within = self.after(lang, next).next().is_some_and(|(_, signs, _)| signs & STORY != 0);
        self.after(lang, next).take(4).any(|(_, signs, parted)| {
            within |= signs & WITHIN != 0;
            within && !parted && signs & STORY != 0
        })
    }

    fn is_law_or_diagnosis(&self, lang: Lang, next: usize) -> bool {
        let words = self.before.iter().take(5).take_while(|word| word.signs & (SUBJECT | BREAKS) == 0);
        if words.into_iter().any(|word| word.signs & (DIAGNOSIS | LAW) != 0) {
            return true;
        }
        let Some(after) = self.pieces.words.get(next) else { return false };
        let gap = self.gap(next);
        gap.len() <= 2
            && !ends_sentence(gap, false)
            && self.signs.known(after.word).signs(lang) & (LAW | DIAGNOSIS | OFFICE) != 0
    }
}

/// Whether a sentence ends in what stands between two words.
fn ends_sentence(gap: &str, after_title: bool) -> bool {
    if matches!(gap, " " | ", ") {
        return false;
    }
    let dot = gap.starts_with('.') && !(after_title || gap == ".");
    dot || gap.contains(['!', '?', ';', '\u{2026}', '\u{2022}', '¿', '¡'])
        || gap.contains("\n\n")
        || gap.contains("\n-")
        || gap.contains("\n*")
        || gap.contains('.') && !gap.starts_with('.')
}
