//! One pass over a text: each word is looked up once, the rarest word of an expression begins a tree of what may stand
//! around it, and the context decides.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::context::Seen;
use super::pattern::{Joint, Way, Word};
use super::signs::{Signs, UNKNOWN};
use super::text::{self, char_after, char_before, word_before};
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
/// which side, how joined, and which word, by its number, in the bits of one number; 0 is any word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Step(u32);

impl Step {
    const LEFT: u32 = 1 << 31;
    const APOSTROPHE: u32 = 1 << 30;

    /// No language has a thousand million words.
    fn new(side: Side, joint: Joint, word: u32) -> Step {
        let side = if side == Side::Left { Step::LEFT } else { 0 };
        let joint = if joint == Joint::Apostrophe { Step::APOSTROPHE } else { 0 };
        Step(side | joint | word)
    }

    fn side(self) -> Side {
        if self.0 & Step::LEFT == 0 { Side::Right } else { Side::Left }
    }
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
    /// The place of its first word in the paragraph.
    pub(super) first: usize,
    /// The place after its last word.
    pub(super) next: usize,
    wanted: u32,
}

/// "He's", "they're": what the letters behind the apostrophe stand for. Behind a noun they mostly say whose it is.
#[derive(Debug)]
struct ShortVerbs {
    /// The letters, and the verb.
    verbs: [(u32, u32); 2],
    subjects: [u32; 4],
}

impl ShortVerbs {
    fn new(signs: &mut Signs) -> ShortVerbs {
        ShortVerbs {
            verbs: [("s", "is"), ("re", "are")].map(|(short, verb)| (signs.add(short), signs.add(verb))),
            subjects: ["he", "she", "they", "who"].map(|subject| signs.add(subject)),
        }
    }

    /// The verb that the word at this place is short for.
    fn verb(&self, seen: &Seen<'_>, at: usize) -> Option<u32> {
        let word = seen.words()[at].word;
        let (_, verb) = self.verbs.iter().find(|(short, _)| *short == word)?;
        let subject = seen.words()[at.checked_sub(1)?].word;
        (self.subjects.contains(&subject) && text::is_apostrophe(seen.gap(at))).then_some(*verb)
    }
}

/// Where no tree begins.
const NONE: u32 = u32::MAX;

/// Finds the terms of a day in a text. Made once, it can be asked by many at the same time.
#[derive(Debug)]
pub struct Checker {
    terms: Vec<Arc<Term>>,
    /// For each term, the numbers of the words of which one must stand before it.
    near: Vec<Box<[u32]>>,
    wanted: Vec<Wanted>,
    choices: Vec<u8>,
    /// For each word, by its number, where the tree of its surroundings begins.
    roots: Vec<u32>,
    trees: Trees,
    signs: Signs,
    short_verbs: ShortVerbs,
    /// What is not suggested: the term, its form, and which of what to try.
    unsaid: BTreeSet<(u32, u16, usize)>,
}

impl Checker {
    /// Makes ready for these terms.
    pub fn new(terms: &Terms) -> Checker {
        let mut made = Making {
            wanted: Vec::new(),
            choices: Vec::new(),
            complete: Vec::new(),
            roots: BTreeMap::new(),
            steps: BTreeMap::new(),
            signs: Signs::new(),
        };
        let mut near = Vec::new();
        for (at, term) in terms.terms.iter().enumerate() {
            let at = number(at);
            for (form, what) in term.forms.iter().enumerate() {
                let form = u16::try_from(form).unwrap_or(u16::MAX);
                what.say.iter().for_each(|say| made.want(say, Means::Term { term: at, form }));
            }
            term.unless.iter().for_each(|say| made.want(say, Means::Fine(Some(at))));
            let words = term.near.iter().flat_map(|near| &near.words);
            near.push(words.map(|word| made.signs.add(word)).collect());
        }
        for fine in &terms.fine {
            fine.say.iter().for_each(|say| made.want(say, Means::Fine(None)));
        }
        let short_verbs = ShortVerbs::new(&mut made.signs);
        let mut roots = vec![NONE; made.signs.len()];
        made.roots.iter().for_each(|(word, root)| roots[*word as usize] = *root);
        let trees = made.trees();
        let Making { wanted, choices, signs, .. } = made;
        let terms = terms.terms.clone();
        let mut checker = Checker {
            terms,
            near,
            wanted,
            choices,
            roots,
            trees,
            signs,
            short_verbs,
            unsaid: BTreeSet::new(),
        };
        checker.unsaid = checker.faults_of_its_own();
        checker
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

    /// The bytes this takes in memory, about.
    pub fn memory(&self) -> usize {
        let flat = size_of_val(&*self.wanted) + self.choices.len() + size_of_val(&*self.roots);
        self.trees.memory() + self.signs.memory() + flat
    }

    fn choices(&self, wanted: &Wanted) -> &[u8] {
        &self.choices[wanted.choices as usize..wanted.choices as usize + usize::from(wanted.groups)]
    }

    /// The terms it looks for.
    pub fn terms(&self) -> &[Arc<Term>] {
        &self.terms
    }

    /// Everything in this text that could be said with more respect, in its order, none over another.
    pub fn check<'c>(&'c self, text: &'c str, reading: Reading<'_>) -> Vec<Finding<'c>> {
        let hits = self.hits(text, reading);
        let (mut line, mut column, mut so_far, mut taken) = (1, 1, 0, 0);
        hits.into_iter()
            .map(|hit| {
                let passed = &text[so_far..hit.start];
                line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                column = match memchr::memrchr(b'\n', passed.as_bytes()) {
                    Some(end) => 1 + passed[end + 1..].chars().count(),
                    None => column + passed.chars().count(),
                };
                so_far = hit.start;
                let finding = self.finding(text, hit, taken, line, column);
                taken = hit.end;
                finding
            })
            .collect()
    }

    /// Only the hard words of this text, with simpler ones.
    pub fn check_plain<'c>(&'c self, text: &'c str, lang: Lang) -> Vec<Finding<'c>> {
        let plain = |id: &str| self.terms.iter().any(|term| term.id == id && term.kind == TermKind::Plain);
        let mut found = self.check(text, Reading { lang: Some(lang), plain: true, ..Reading::default() });
        found.retain(|one| plain(one.term));
        found
    }

    fn finding<'c>(
        &'c self,
        text: &'c str,
        hit: Hit,
        taken: usize,
        line: usize,
        column: usize,
    ) -> Finding<'c> {
        let wanted = &self.wanted[hit.wanted as usize];
        let Means::Term { term: at, form } = wanted.means else {
            unreachable!("fine phrases are no findings")
        };
        let term = &*self.terms[at as usize];
        let tries = term.forms[usize::from(form)].tries.iter().enumerate();
        let said = tries.filter(|(which, _)| !self.unsaid.contains(&(at, form, *which)));
        let mut tries = Vec::with_capacity(3);
        tries.extend(said.map(|(_, one)| one.said(self.choices(wanted))));
        let start = fit(text, hit, taken, term.lang, &mut tries);
        let column = column - text[start..hit.start].chars().count();
        Finding {
            start,
            end: hit.end,
            line,
            column,
            text: &text[start..hit.end],
            term: &term.id,
            tries,
            why: &term.why,
            pack: term.pack.as_str(),
        }
    }

    fn hits(&self, text: &str, reading: Reading<'_>) -> Vec<Hit> {
        let mut kept = Vec::new();
        let mut seen = Seen::new(&self.signs, text);
        let mut found = Found::default();
        let mut start = 0;
        // No expression and no quotation reaches over an empty line.
        for end in memmem::find_iter(text.as_bytes(), b"\n\n").chain([text.len()]) {
            seen.read(start..end);
            self.find(&seen, reading, &mut found);
            self.choose(&mut seen, &mut found, &mut kept);
            start = end + 2;
        }
        kept
    }

    /// Every expression of the paragraph, whatever stands around it.
    fn find(&self, seen: &Seen<'_>, reading: Reading<'_>, found: &mut Found) {
        found.hits.clear();
        found.fine.clear();
        for (at, piece) in seen.words().iter().enumerate() {
            let root = self.roots[piece.word as usize];
            if root == NONE {
                continue;
            }
            self.around(seen, root, at..at + 1, &mut |wanted, words| {
                let (first, next) = (words.start, words.end);
                let (start, end) = (seen.words()[first].start, seen.words()[next - 1].end);
                match self.wanted[wanted as usize].means {
                    Means::Fine(term) => found.fine.push((start..end, term)),
                    Means::Term { term, .. } if self.is_read(term, reading) => {
                        found.hits.push(Hit { start, end, first, next, wanted });
                    }
                    Means::Term { .. } => {}
                }
            });
        }
        // The longest of those that begin together comes first, so that it wins over what lies inside it.
        found.hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.wanted));
        found.fine.sort_unstable_by_key(|(range, _)| range.start);
    }

    /// Those of the paragraph that nothing excuses, none over another.
    fn choose(&self, seen: &mut Seen<'_>, found: &mut Found, kept: &mut Vec<Hit>) {
        let fine = &found.fine;
        let longest_fine = fine.iter().map(|(range, _)| range.len()).max().unwrap_or(0);
        let mut first_fine = 0;
        for hit in found.hits.iter().copied() {
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
            if is_fine || seen.excuses(&self.terms[at as usize], &self.near[at as usize], hit) {
                continue;
            }
            if touches {
                kept.pop();
            }
            kept.push(hit);
        }
    }

    /// Every expression that stands around these words, from this place of the tree on.
    fn around(
        &self,
        seen: &Seen<'_>,
        place: u32,
        here: Range<usize>,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        for at in self.trees.complete(place) {
            found(*at, here.clone());
        }
        let steps = self.trees.steps(place);
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return };
        for side in [Side::Right, Side::Left] {
            if side < first.0.side() || side > last.0.side() {
                continue;
            }
            let (beside, gap, now) = match side {
                Side::Right if here.end < seen.words().len() => {
                    (here.end, here.end, here.start..here.end + 1)
                }
                Side::Left if here.start > 0 => (here.start - 1, here.start, here.start - 1..here.end),
                _ => continue,
            };
            let word = seen.words()[beside].word;
            let gap = seen.gap(gap);
            let joint = if text::joins(gap) {
                Joint::Space
            } else if text::is_apostrophe(gap) {
                Joint::Apostrophe
            } else {
                continue;
            };
            let step = (word != UNKNOWN).then_some(Step::new(side, joint, word));
            let verb = if side == Side::Left { self.short_verbs.verb(seen, beside) } else { None };
            let verb = verb.map(|verb| Step::new(side, joint, verb));
            // Any word at all may be "client's" too, which is two.
            for step in step.into_iter().chain(verb).chain([Step::new(side, Joint::Space, ANY)]) {
                if let Ok(next) = steps.binary_search_by_key(&step, |(step, _)| *step) {
                    self.around(seen, steps[next].1, now.clone(), found);
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

/// What stands in a paragraph, before its context is asked.
#[derive(Debug, Default)]
struct Found {
    hits: Vec<Hit>,
    /// Where something is fine: one term, or every one.
    fine: Vec<(Range<usize>, Option<u32>)>,
}

/// The number that stands for any word at all.
const ANY: u32 = UNKNOWN;

/// What grows while a checker is made.
struct Making {
    wanted: Vec<Wanted>,
    choices: Vec<u8>,
    /// What is complete at each place.
    complete: Vec<Vec<u32>>,
    /// Where the tree of a rare word begins, by its number.
    roots: BTreeMap<u32, u32>,
    /// The steps from a place that are there.
    steps: BTreeMap<(u32, Step), u32>,
    signs: Signs,
}

impl Making {
    fn want(&mut self, say: &Say, means: Means) {
        // A pack with an expression that can't be read was refused when it was compiled.
        for Way { words, choices } in say.ways().unwrap_or_default() {
            let rare = |word: &Word| {
                let is_small = |letters: &str| self.signs.known(self.signs.number(letters)).is_small();
                word.letters.as_ref().map_or(0, |letters| rarity(letters, is_small(letters)))
            };
            let Some(anchor) = (0..words.len()).max_by_key(|at| rare(&words[*at])) else { continue };
            let Some(letters) = &words[anchor].letters else { continue };
            let fresh = number(self.complete.len());
            let mut place = *self.roots.entry(self.signs.add(letters)).or_insert(fresh);
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
        let (word, joint) = match &word.letters {
            Some(letters) => (self.signs.add(letters), joint),
            None => (ANY, Joint::Space),
        };
        let next = number(self.complete.len());
        let known = *self.steps.entry((place, Step::new(side, joint, word))).or_insert(next);
        if known == next {
            self.complete.push(Vec::new());
        }
        known
    }

    /// All places, packed together.
    fn trees(&mut self) -> Trees {
        let mut trees = Trees::default();
        let mut steps = std::mem::take(&mut self.steps).into_iter().peekable();
        for (place, complete) in self.complete.iter().enumerate() {
            trees.places.push((number(trees.complete.len()), number(trees.steps.len())));
            trees.complete.extend(complete);
            while let Some(((_, step), next)) = steps.next_if(|((from, _), _)| *from == number(place)) {
                trees.steps.push((step, next));
            }
        }
        trees.places.push((number(trees.complete.len()), number(trees.steps.len())));
        trees
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

/// Makes what to try fit its place: a capital where a sentence begins, and the article before it. Says where its place
/// begins.
fn fit(text: &str, hit: Hit, taken: usize, lang: Lang, tries: &mut [Cow<'_, str>]) -> usize {
    if let Some(word) = word_before(text, hit.start)
        && word.start >= taken
        && &text[word.end..hit.start] == " "
    {
        let before = &text[word.clone()];
        if tries.iter().any(|one| article(before, one, lang).is_some()) {
            for one in tries {
                let before = article(before, one, lang).map_or(Cow::Borrowed(before), Cow::Owned);
                *one = format!("{before} {one}").into();
            }
            return word.start;
        }
    }
    // "He's homeless": the whole of it is said in another way, "he is without housing".
    if let Some(word) = word_before(text, hit.start)
        && word.start >= taken
        && text::is_apostrophe(&text[word.end..hit.start])
    {
        for one in tries {
            *one = format!("{} {one}", &text[word.clone()]).into();
        }
        return word.start;
    }
    let is_capital = char_after(text, hit.start).is_some_and(char::is_uppercase);
    let earlier = text[..hit.start].trim_end();
    let begins = || match char_before(earlier, earlier.len()) {
        None => true,
        Some(c) => matches!(c, '.' | '!' | '?' | ':' | '\u{201c}' | '"' | '¿' | '¡'),
    };
    if is_capital && begins() {
        for one in tries {
            let mut letters = one.chars();
            if let Some(first) = letters.next() {
                *one = first.to_uppercase().chain(letters).collect::<String>().into();
            }
        }
    }
    hit.start
}

/// The longest word that is changed as an article is, in bytes.
const LONGEST_ARTICLE: usize = 7;

/// The article that what is tried needs, where it is another one than this.
fn article(before: &str, tried: &str, lang: Lang) -> Option<String> {
    if before.len() > LONGEST_ARTICLE {
        return None;
    }
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
