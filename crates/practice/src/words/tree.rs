//! The trees in which expressions are found: the rarest word of each begins one, and its steps lead to what may stand
//! around that word. They are made once for the terms of a day, and only read from then on.

use std::collections::BTreeMap;

use super::Say;
use super::pattern::{Joint, Way, Word};
use super::signs::{Signs, UNKNOWN};

/// What an expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A term, by its place, with the form it is.
    Term { term: u32, form: u16 },
    /// An expression in which one term, or with none every term, is fine.
    Fine(Option<u32>),
}

/// One way through an expression, as it was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Where its choices begin, in those of all.
    pub(super) choices: u32,
    pub(super) groups: u8,
    pub(super) means: Means,
}

/// From which side of what was read so far the next word comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    Right,
    Left,
}

/// A step in the tree of what may stand around a rare word: first to its right, word by word, then to its left. From
/// which side, how joined, and which word, by its number, in the bits of one number; 0 is any word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step(u32);

impl Step {
    const LEFT: u32 = 1 << 31;
    const APOSTROPHE: u32 = 1 << 30;

    /// No language has a thousand million words.
    pub(super) fn new(side: Side, joint: Joint, word: u32) -> Step {
        let side = if side == Side::Left { Step::LEFT } else { 0 };
        let joint = if joint == Joint::Apostrophe { Step::APOSTROPHE } else { 0 };
        Step(side | joint | word)
    }

    fn word(self) -> u32 {
        self.0 & !(Step::LEFT | Step::APOSTROPHE)
    }

    pub(super) fn side(self) -> Side {
        if self.0 & Step::LEFT == 0 { Side::Right } else { Side::Left }
    }
}

/// Where the tree of a rare word begins, and which words may stand beside it: most places in a text are passed by without a look
/// into the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub(super) place: u32,
    /// For each side a bit for every word that a step leads to; several words share one. All of them are set where the word
    /// alone says something, or any word at all may follow.
    right: u128,
    left: u128,
}

impl Root {
    fn bit(word: u32) -> u128 {
        1 << (word % u128::BITS)
    }

    /// Whether something may begin here between these two words.
    pub(super) fn may_begin(&self, before: Option<u32>, after: Option<u32>) -> bool {
        let beside = |word: Option<u32>| word.map_or(0, Root::bit);
        self.left & beside(before) != 0
            || self.right & beside(after) != 0
            || self.left & self.right == u128::MAX
    }
}

/// The trees of all rare words. A place is a number; what is complete there and where one can go on lie side by side
/// with those of other places, which keeps the whole small.
#[derive(Debug, Default)]
pub(super) struct Trees {
    /// For each place, where its own begin in `complete` and in `steps`; one more at the end.
    places: Vec<(u32, u32)>,
    complete: Vec<u32>,
    /// In their order within a place.
    steps: Vec<(Step, u32)>,
}

impl Trees {
    pub(super) fn complete(&self, place: u32) -> &[u32] {
        &self.complete[self.places[place as usize].0 as usize..self.places[place as usize + 1].0 as usize]
    }

    pub(super) fn steps(&self, place: u32) -> &[(Step, u32)] {
        &self.steps[self.places[place as usize].1 as usize..self.places[place as usize + 1].1 as usize]
    }

    /// What is known of the tree that begins at this place. `short` are words that stand for others to the left.
    pub(super) fn root(&self, place: u32, short: &[u32]) -> Root {
        let mut root = Root { place, right: 0, left: 0 };
        let steps = self.steps(place);
        if !self.complete(place).is_empty() || steps.iter().any(|(step, _)| step.word() == ANY) {
            return Root { right: u128::MAX, left: u128::MAX, ..root };
        }
        for (step, _) in steps {
            match step.side() {
                Side::Right => root.right |= Root::bit(step.word()),
                Side::Left => {
                    root.left |=
                        short.iter().fold(Root::bit(step.word()), |bits, short| bits | Root::bit(*short))
                }
            }
        }
        root
    }

    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.places) + size_of_val(&*self.complete) + size_of_val(&*self.steps)
    }
}

/// Where no tree begins.
pub(super) const NONE: u32 = u32::MAX;

/// The number that stands for any word at all.
pub(super) const ANY: u32 = UNKNOWN;

/// What grows while a checker is made.
pub(super) struct Making {
    pub(super) wanted: Vec<Wanted>,
    pub(super) choices: Vec<u8>,
    /// What is complete at each place.
    complete: Vec<Vec<u32>>,
    /// Where the tree of a rare word begins, by its number.
    pub(super) roots: BTreeMap<u32, u32>,
    /// The steps from a place that are there.
    steps: BTreeMap<(u32, Step), u32>,
    pub(super) signs: Signs,
}

impl Making {
    pub(super) fn new() -> Making {
        Making {
            wanted: Vec::new(),
            choices: Vec::new(),
            complete: Vec::new(),
            roots: BTreeMap::new(),
            steps: BTreeMap::new(),
            signs: Signs::new(),
        }
    }

    pub(super) fn want(&mut self, say: &Say, means: Means) {
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
    pub(super) fn trees(&mut self) -> Trees {
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
pub(super) fn number(at: usize) -> u32 {
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
