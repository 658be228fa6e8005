//! One pass over a text: an automaton finds the rarest word of each expression, and what stands around it decides.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::context::Seen;
use super::pattern::{Joint, Way, Word};
use super::signs::Signs;
use super::text::{self, char_before, is_edge, word_after, word_before};
use super::{Finding, Reading, Say, Term, TermKind, Terms, Try};
use crate::Lang;

/// What an expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    /// A term, by its place, with the form it is.
    Term { term: u32, form: u16 },
    /// An expression in which one term, or with none every term, is fine.
    Fine(Option<u32>),
}

/// One way through an expression, as it was found.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    /// Where its choices begin, in those of all.
    choices: u32,
    groups: u8,
    means: Means,
}

/// From which side of what was read so far the next word comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Side {
    Right,
    Left,
}

/// A step in the tree of what may stand around a rare word: first to its right, word by word, then to its left. From
/// which side, how joined, and which word, by its number; 0 is any word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Step {
    side: Side,
    joint: Joint,
    word: u32,
}

/// The trees of all rare words. A place is a number; what is complete there and where one can go on lie side by side
/// with those of other places, which keeps the whole small.
#[derive(Debug, Default)]
struct Trees {
    /// For each place, where its own begin in `complete` and in `steps`; one more at the end.
    places: Vec<(u32, u32)>,
    complete: Vec<u32>,
    /// In their order within a place.
    steps: Vec<(Step, u32)>,
}

impl Trees {
    fn complete(&self, place: u32) -> &[u32] {
        &self.complete[self.places[place as usize].0 as usize..self.places[place as usize + 1].0 as usize]
    }

    fn steps(&self, place: u32) -> &[(Step, u32)] {
        &self.steps[self.places[place as usize].1 as usize..self.places[place as usize + 1].1 as usize]
    }

    fn memory(&self) -> usize {
        size_of_val(&*self.places) + size_of_val(&*self.complete) + size_of_val(&*self.steps)
    }
}

/// Something that stands in a text, before its context is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    wanted: u32,
}

/// Finds the terms of a day in a text. Made once, it can be asked by many at the same time.
#[derive(Debug)]
pub struct Checker {
    terms: Vec<Arc<Term>>,
    wanted: Vec<Wanted>,
    choices: Vec<u8>,
    /// For each pattern of the automaton, where the tree of its surroundings begins.
    by_pattern: Vec<u32>,
    trees: Trees,
    automaton: AhoCorasick,
    signs: Signs,
    /// What is not suggested: the term, its form, and which of what to try.
    unsaid: BTreeSet<(u32, u16, usize)>,
}

impl Checker {
    /// Makes ready for these terms. Terms that are too many for one automaton are an error of the library's, which no
    /// pack of a sensible size reaches.
    ///
    /// # Errors
    /// When the automaton can't be built.
    pub fn new(terms: &Terms) -> Result<Checker, BuildError> {
        let mut made = Making {
            wanted: Vec::new(),
            choices: Vec::new(),
            complete: Vec::new(),
            anchors: BTreeMap::new(),
            steps: BTreeMap::new(),
            signs: Signs::new(),
            words: 0,
        };
        for (at, term) in terms.terms.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for (form, what) in term.forms.iter().enumerate() {
                let form = u16::try_from(form).unwrap_or(u16::MAX);
                what.say.iter().for_each(|say| made.want(say, Means::Term { term: at, form }));
            }
            term.unless.iter().for_each(|say| made.want(say, Means::Fine(Some(at))));
        }
        for fine in &terms.fine {
            fine.say.iter().for_each(|say| made.want(say, Means::Fine(None)));
        }
        let (wanted, choices) = (std::mem::take(&mut made.wanted), std::mem::take(&mut made.choices));
        let anchors = std::mem::take(&mut made.anchors);
        let (trees, signs) = made.trees();
        let (mut patterns, mut by_pattern) = (Vec::new(), Vec::new());
        for (typed, root) in anchors.into_values() {
            // Capitals without accents are the automaton's business.
            for spelling in typed {
                patterns.push(spelling);
                by_pattern.push(root);
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)?;
        let terms = terms.terms.clone();
        let mut checker =
            Checker { terms, wanted, choices, by_pattern, trees, automaton, signs, unsaid: BTreeSet::new() };
        checker.unsaid = checker.faults_of_its_own();
        Ok(checker)
    }

    /// What to try that these same terms find fault with, as where a state does not speak of recovery. It is not
    /// suggested, where something else is.
    fn faults_of_its_own(&self) -> BTreeSet<(u32, u16, usize)> {
        let mut faults = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for wanted in &self.wanted {
            let Means::Term { term, form } = wanted.means else { continue };
            if !seen.insert((term, form)) {
                continue;
            }
            let tries = &self.terms[term as usize].forms[usize::from(form)].tries;
            let reading = Reading { lang: Some(self.terms[term as usize].lang), ..Reading::default() };
            let is_fault = |one: &Try| !self.hits(&one.said(self.choices(wanted)), reading).is_empty();
            let wrong: Vec<usize> = (0..tries.len()).filter(|at| is_fault(&tries[*at])).collect();
            if wrong.len() < tries.len() {
                faults.extend(wrong.into_iter().map(|at| (term, form, at)));
            }
        }
        faults
    }

    /// The bytes this takes in memory, about: the automaton and the expressions.
    pub fn memory(&self) -> usize {
        let flat = size_of_val(&*self.wanted) + self.choices.len() + size_of_val(&*self.by_pattern);
        self.automaton.memory_usage() + self.trees.memory() + self.signs.memory() + flat
    }

    fn choices(&self, wanted: &Wanted) -> &[u8] {
        &self.choices[wanted.choices as usize..wanted.choices as usize + usize::from(wanted.groups)]
    }

    /// The terms it looks for.
    pub fn terms(&self) -> &[Arc<Term>] {
        &self.terms
    }

    /// Everything in this text that could be said with more respect, in its order, none over another.
    pub fn check(&self, text: &str, reading: Reading<'_>) -> Vec<Finding<'_>> {
        let hits = self.hits(text, reading);
        let (mut line, mut line_start, mut so_far, mut taken) = (1, 0, 0, 0);
        hits.into_iter()
            .map(|hit| {
                for at in memchr::memchr_iter(b'\n', &text.as_bytes()[so_far..hit.start]) {
                    (line, line_start) = (line + 1, so_far + at + 1);
                }
                so_far = hit.start;
                let column = text[line_start..hit.start].chars().count() + 1;
                let finding = self.finding(text, hit, taken, line, column);
                taken = hit.end;
                finding
            })
            .collect()
    }

    /// Only the hard words of this text, with simpler ones.
    pub fn check_plain(&self, text: &str, lang: Lang) -> Vec<Finding<'_>> {
        let plain = |id: &str| self.terms.iter().any(|term| term.id == id && term.kind == TermKind::Plain);
        let mut found = self.check(text, Reading { lang: Some(lang), plain: true, ..Reading::default() });
        found.retain(|one| plain(one.term));
        found
    }

    fn finding(&self, text: &str, hit: Hit, taken: usize, line: usize, column: usize) -> Finding<'_> {
        let wanted = &self.wanted[hit.wanted as usize];
        let Means::Term { term: at, form } = wanted.means else {
            unreachable!("fine phrases are no findings")
        };
        let term = &*self.terms[at as usize];
        let tries = term.forms[usize::from(form)].tries.iter().enumerate();
        let said = tries.filter(|(which, _)| !self.unsaid.contains(&(at, form, *which)));
        let tries: Vec<String> = said.map(|(_, one)| one.said(self.choices(wanted))).collect();
        let (start, tries) = fit(text, hit, taken, term.lang, tries);
        let column = column - text[start..hit.start].chars().count();
        Finding {
            start,
            end: hit.end,
            line,
            column,
            text: text[start..hit.end].to_owned(),
            term: &term.id,
            tries,
            why: &term.why,
            pack: term.pack.as_str(),
        }
    }

    fn hits(&self, text: &str, reading: Reading<'_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut fine: Vec<(Range<usize>, Option<u32>)> = Vec::new();
        for found in self.automaton.find_iter(text) {
            // A word's letters inside a longer word are another word.
            if !is_edge(text, found.start()) || !is_edge(text, found.end()) {
                continue;
            }
            let root = self.by_pattern[found.pattern().as_usize()];
            self.around(text, root, found.range(), &mut |at, range| match self.wanted[at as usize].means {
                Means::Fine(term) => fine.push((range, term)),
                Means::Term { term, .. } if self.is_read(term, reading) => {
                    hits.push(Hit { start: range.start, end: range.end, wanted: at });
                }
                Means::Term { .. } => {}
            });
        }
        // The longest of those that begin together comes first, so that it wins over what lies inside it.
        hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.wanted));
        fine.sort_unstable_by_key(|(range, _)| range.start);
        let longest_fine = fine.iter().map(|(range, _)| range.len()).max().unwrap_or(0);
        let mut seen = Seen::new(&self.signs, text);
        let mut first_fine = 0;
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            // Of two that begin apart and touch, the longer one says more: "un paciente violento".
            let over = kept.last().filter(|last| hit.start < last.end);
            if over.is_some_and(|last| hit.end - hit.start <= last.end - last.start) {
                continue;
            }
            let touches = over.is_some();
            let Means::Term { term: at, .. } = self.wanted[hit.wanted as usize].means else { continue };
            while first_fine < fine.len() && fine[first_fine].0.start + longest_fine <= hit.start {
                first_fine += 1;
            }
            let is_fine = fine[first_fine..]
                .iter()
                .take_while(|(range, _)| range.start < hit.end)
                .any(|(range, of)| range.end > hit.start && of.is_none_or(|of| of == at));
            if is_fine || seen.excuses(&self.terms[at as usize], hit) {
                continue;
            }
            if touches {
                kept.pop();
            }
            kept.push(hit);
        }
        kept
    }

    /// Every expression that stands around here, from this place of the tree on.
    fn around(&self, text: &str, place: u32, here: Range<usize>, found: &mut impl FnMut(u32, Range<usize>)) {
        for at in self.trees.complete(place) {
            found(*at, here.clone());
        }
        let steps = self.trees.steps(place);
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return };
        for side in [Side::Right, Side::Left] {
            if side < first.0.side || side > last.0.side {
                continue;
            }
            let (word, gap) = match side {
                Side::Right => {
                    let Some(word) = word_after(text, here.end) else { continue };
                    (word.clone(), here.end..word.start)
                }
                Side::Left => {
                    let Some(word) = word_before(text, here.start) else { continue };
                    (word.clone(), word.end..here.start)
                }
            };
            let gap = &text[gap];
            let joint = if text::joins(gap) {
                Joint::Space
            } else if text::is_apostrophe(gap) {
                Joint::Apostrophe
            } else {
                continue;
            };
            let known = self.signs.known(&text[word.clone()]).number;
            let now = here.start.min(word.start)..here.end.max(word.end);
            let step = (known != ANY).then_some(Step { side, joint, word: known });
            // Any word at all may be "client's" too, which is two.
            for step in step.into_iter().chain([Step { side, joint: Joint::Space, word: ANY }]) {
                if let Ok(next) = steps.binary_search_by_key(&step, |(step, _)| *step) {
                    self.around(text, steps[next].1, now.clone(), found);
                }
            }
        }
    }

    fn is_read(&self, term: u32, reading: Reading<'_>) -> bool {
        let term = &self.terms[term as usize];
        reading.lang.is_none_or(|lang| lang == term.lang)
            && (reading.plain || term.kind != TermKind::Plain)
            && reading.kept.is_none_or(|kept: &BTreeSet<String>| !kept.contains(&term.id))
    }
}

/// The number of any word at all.
const ANY: u32 = 0;

/// What grows while a checker is made.
struct Making {
    wanted: Vec<Wanted>,
    choices: Vec<u8>,
    /// What is complete at each place.
    complete: Vec<Vec<u32>>,
    /// By rare word: as it may be typed, and where its tree begins.
    anchors: BTreeMap<Box<str>, (BTreeSet<String>, u32)>,
    /// The steps from a place that are there.
    steps: BTreeMap<(u32, Step), u32>,
    signs: Signs,
    words: u32,
}

impl Making {
    fn want(&mut self, say: &Say, means: Means) {
        // A pack with an expression that can't be read was refused when it was compiled.
        for Way { words, choices } in say.ways().unwrap_or_default() {
            let rare = |word: &Word| {
                word.letters
                    .as_ref()
                    .map_or(0, |letters| rarity(letters, self.signs.known(letters).is_small()))
            };
            let Some(anchor) = (0..words.len()).max_by_key(|at| rare(&words[*at])) else { continue };
            let Some(letters) = words[anchor].letters.clone() else { continue };
            let fresh = number(self.complete.len());
            let (typed, root) =
                self.anchors.entry(letters.clone()).or_insert_with(|| (BTreeSet::new(), fresh));
            typed.extend(spellings(&letters, &words[anchor].written));
            let mut place = *root;
            if place == fresh {
                self.complete.push(Vec::new());
            }
            for word in &words[anchor + 1..] {
                place = self.step(place, Side::Right, word.joint, word);
            }
            for at in (0..anchor).rev() {
                place = self.step(place, Side::Left, words[at + 1].joint, &words[at]);
            }
            self.complete[place as usize].push(number(self.wanted.len()));
            let groups = u8::try_from(choices.len()).unwrap_or(u8::MAX);
            self.wanted.push(Wanted { choices: number(self.choices.len()), groups, means });
            self.choices.extend(choices);
        }
    }

    /// The place after this word, made if there is none.
    fn step(&mut self, place: u32, side: Side, joint: Joint, word: &Word) -> u32 {
        let fresh = self.words + 1;
        let (word, joint) = match &word.letters {
            Some(letters) => (self.signs.number(letters, fresh), joint),
            None => (ANY, Joint::Space),
        };
        self.words = self.words.max(word);
        let next = number(self.complete.len());
        let known = *self.steps.entry((place, Step { side, joint, word })).or_insert(next);
        if known == next {
            self.complete.push(Vec::new());
        }
        known
    }

    /// All places, packed together.
    fn trees(self) -> (Trees, Signs) {
        let mut trees = Trees::default();
        let mut steps = self.steps.into_iter().peekable();
        for (place, complete) in self.complete.iter().enumerate() {
            trees.places.push((number(trees.complete.len()), number(trees.steps.len())));
            trees.complete.extend(complete);
            while let Some(((_, step), next)) = steps.next_if(|((from, _), _)| *from == number(place)) {
                trees.steps.push((step, next));
            }
        }
        trees.places.push((number(trees.complete.len()), number(trees.steps.len())));
        (trees, self.signs)
    }
}

/// A place in a list, none of which is ever so long that it does not fit.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How rare a word is likely to be: longer ones are, and small words and a few long ones are not.
fn rarity(word: &str, is_small: bool) -> usize {
    const OFTEN: &[&str] = &[
        "always", "being", "could", "does", "doing", "have", "having", "health", "just", "mental", "never",
        "should", "taking", "very", "would", "talk", "talked", "need", "needs", "para", "como", "siempre",
        "tiene", "family", "children", "mother", "father", "parent", "parents", "client", "person", "people",
        "really", "services",
    ];
    let is_often =
        is_small || OFTEN.contains(&word) || word.len() < 3 && !word.ends_with(|c: char| c.is_ascii_digit());
    word.len() + if is_often { 0 } else { 100 }
}

/// A word as people type it: with its accents, without them, in capitals, and with accents of their own.
fn spellings(folded: &str, written: &str) -> [String; 4] {
    let apart = written.chars().flat_map(|c| {
        let accent = match c {
            'á' | 'é' | 'í' | 'ó' | 'ú' => Some('\u{301}'),
            'ñ' => Some('\u{303}'),
            'ü' => Some('\u{308}'),
            _ => None,
        };
        let base = if accent.is_some() { text::folded(c).unwrap_or(c) } else { c };
        std::iter::once(base).chain(accent)
    });
    [folded.to_owned(), written.to_owned(), written.to_uppercase(), apart.collect()]
}

/// Makes what to try fit its place: a capital where a sentence begins, and the article before it.
fn fit(text: &str, hit: Hit, taken: usize, lang: Lang, mut tries: Vec<String>) -> (usize, Vec<String>) {
    let mut start = hit.start;
    let first = &text[hit.start..hit.end];
    if let Some(word) = word_before(text, hit.start)
        && word.start >= taken
        && &text[word.end..hit.start] == " "
        && tries.iter().any(|one| article(&text[word.clone()], one, lang).is_some())
    {
        start = word.start;
        for one in &mut tries {
            let before = &text[word.clone()];
            let before = article(before, one, lang).unwrap_or_else(|| before.to_owned());
            *one = format!("{before} {one}");
        }
    }
    let is_capital = first.chars().next().is_some_and(char::is_uppercase);
    let begins = match char_before(text[..start].trim_end(), text[..start].trim_end().len()) {
        None => true,
        Some(c) => matches!(c, '.' | '!' | '?' | ':' | '\u{201c}' | '"' | '¿' | '¡'),
    };
    if start == hit.start && is_capital && begins {
        for one in &mut tries {
            let mut letters = one.chars();
            if let Some(first) = letters.next() {
                *one = first.to_uppercase().chain(letters).collect();
            }
        }
    }
    (start, tries)
}

/// The article that what is tried needs, where it is another one than this.
fn article(before: &str, tried: &str, lang: Lang) -> Option<String> {
    let small = before.to_lowercase();
    let right = match lang {
        Lang::En => {
            // "use" and "user" sound like "you", "hour" begins with a vowel; no pack tries "honest".
            let is_vowel = tried.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'])
                && !tried.starts_with("use")
                && !tried.starts_with("uni");
            match (small.as_str(), is_vowel) {
                ("a", true) => "an",
                ("an", false) => "a",
                _ => return None,
            }
        }
        Lang::Es => {
            let noun = tried.split(' ').next().unwrap_or_default();
            if !matches!(noun, "persona" | "personas" | "familia" | "familias" | "mamá" | "madre" | "madres")
            {
                return None;
            }
            match small.as_str() {
                "un" => "una",
                "el" => "la",
                "los" => "las",
                "unos" => "unas",
                "al" => "a la",
                "del" => "de la",
                "este" => "esta",
                "ese" => "esa",
                "otro" => "otra",
                "estos" => "estas",
                "esos" => "esas",
                "otros" => "otras",
                "muchos" => "muchas",
                "algunos" => "algunas",
                _ => return None,
            }
        }
    };
    let capital = before.chars().next().is_some_and(char::is_uppercase);
    let mut right = right.to_owned();
    if capital && let Some(first) = right.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(right)
}
