//! One pass over a text: each word is looked up once, the trees say which expressions stand there, and the context
//! decides.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::context::Seen;
use super::fit::fit;
use super::pattern::Joint;
use super::signs::{Signs, UNKNOWN};
use super::text;
use super::tree::{ANY, Making, Means, NONE, Root, Side, Step, Trees, Wanted, number};
use super::{Finding, Reading, Term, TermKind, Terms, Try};
use crate::Lang;

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

/// Finds the terms of a day in a text. Made once, it can be asked by many at the same time.
#[derive(Debug)]
pub struct Checker {
    terms: Vec<Arc<Term>>,
    /// For each term, the numbers of the words of which one must stand before it.
    near: Vec<Box<[u32]>>,
    wanted: Vec<Wanted>,
    choices: Vec<u8>,
    /// For each word, by its number, the place of its root in `begins`.
    roots: Vec<u32>,
    /// Where the trees of surroundings begin.
    begins: Vec<Root>,
    trees: Trees,
    signs: Signs,
    short_verbs: ShortVerbs,
    /// What is not suggested: the term, its form, and which of what to try.
    unsaid: BTreeSet<(u32, u16, usize)>,
}

impl Checker {
    /// Makes ready for these terms.
    pub fn new(terms: &Terms) -> Checker {
        let mut made = Making::new();
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
        let trees = made.trees();
        let short = short_verbs.verbs.map(|(short, _)| short);
        let mut begins = Vec::with_capacity(made.roots.len());
        for (word, place) in &made.roots {
            roots[*word as usize] = number(begins.len());
            begins.push(trees.root(*place, &short));
        }
        let Making { wanted, choices, signs, .. } = made;
        let terms = terms.terms.clone();
        let mut checker = Checker {
            terms,
            near,
            wanted,
            choices,
            roots,
            begins,
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
        let flat = size_of_val(&*self.wanted)
            + self.choices.len()
            + size_of_val(&*self.roots)
            + size_of_val(&*self.begins);
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
        let start = fit(text, hit.start, taken, term.lang, &mut tries);
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
        let words = seen.words();
        for (at, piece) in words.iter().enumerate() {
            let root = self.roots[piece.word as usize];
            if root == NONE {
                continue;
            }
            let root = &self.begins[root as usize];
            let before = at.checked_sub(1).map(|at| words[at].word);
            if !root.may_begin(before, words.get(at + 1).map(|piece| piece.word)) {
                continue;
            }
            self.around(seen, root.place, at..at + 1, &mut |wanted, words| {
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
