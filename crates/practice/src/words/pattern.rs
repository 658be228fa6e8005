//! The notation in which packs write what is said and what to try instead.
//!
//! What is said: `(drug |)addict(|s)` stands for every way through its choices. A space in it stands for any space or
//! hyphen, a hyphen for those or nothing (`non-compliant`, `noncompliant`), an apostrophe for either kind or none;
//! `*` is any one word and `~` up to two words.
//!
//! What to try: `{person|people} who {uses|use} drugs` takes the choice that the first group of what is said took;
//! `{2:person|people}` that of the second.

use std::borrow::Cow;

use super::text::{LONGEST, fold, is_word};

/// More ways than this through one expression are a mistake of its author.
const MOST_WAYS: usize = 8_000;

/// What is wrong with an expression, for the author of a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// A bracket without its other half.
    #[error("`{0}` has a bracket without its other half; choices are written (one|two)")]
    Bracket(String),
    /// A group inside a group.
    #[error("`{0}` has a group inside a group; write the choices side by side")]
    Nested(String),
    /// A character that means nothing here.
    #[error("`{0}` has the character `{1}`, which can't stand in what is said")]
    Character(String, char),
    /// Nothing left to find.
    #[error(
        "`{0}` can be empty, or only wildcards; it needs at least one word of three letters, or a letter with a number"
    )]
    Empty(String),
    /// Far too many ways through it.
    #[error("`{0}` stands for more than {MOST_WAYS} expressions; split it")]
    TooMany(String),
    /// A choice in what to try that follows no group.
    #[error("`{0}` follows the {1}. group of what is said, and there is none")]
    NoGroup(String, usize),
    /// A choice in what to try that does not fit its group.
    #[error(
        "`{0}` gives {2} choices for the {1}. group of what is said, which has another number; each choice needs its \
         own words"
    )]
    Choices(String, usize, usize),
}

/// How a word hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Joint {
    /// By spaces or hyphens.
    Space,
    /// By an apostrophe.
    Apostrophe,
}

/// One word of an expression; without letters it is any word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Word {
    /// In small letters and without accents.
    pub(super) letters: Option<Box<str>>,
    /// In small letters, with the accents it is written with.
    pub(super) written: Box<str>,
    pub(super) joint: Joint,
}

/// One way through an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) words: Vec<Word>,
    /// Which choice was taken in each group.
    pub(super) choices: Vec<u8>,
}

enum Piece {
    Text(String),
    Group(Vec<String>),
}

/// What is said, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    text: String,
    /// How many choices each group has.
    groups: Vec<usize>,
}

impl Say {
    /// Reads what is said.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Say, PatternFault> {
        let (mut groups, mut ways, mut has_word) = (Vec::new(), 1_usize, false);
        let wrong = |c: &char| !is_word(*c) && !" -'*~".contains(*c);
        let word = |part: &String| part.split(|c| !is_word(c)).any(is_findable);
        let spellings = |part: &String| {
            part.chars()
                .map(|c| if c == '~' { 3 } else { 1 + usize::from("-'".contains(c)) })
                .product::<usize>()
        };
        for piece in pieces(text, '(', ')')? {
            let parts = match piece {
                Piece::Text(part) => vec![part],
                Piece::Group(choices) => {
                    groups.push(choices.len());
                    choices
                }
            };
            if let Some(c) = parts.iter().flat_map(|part| part.chars()).find(wrong) {
                return Err(PatternFault::Character(text.to_owned(), c));
            }
            has_word |= parts.iter().all(word);
            ways = ways.saturating_mul(parts.iter().map(spellings).fold(0, usize::saturating_add));
        }
        let say = Say { text: text.to_owned(), groups };
        if ways > MOST_WAYS {
            return Err(PatternFault::TooMany(say.text));
        }
        if !has_word {
            // The word may be put together from pieces.
            say.ways()?;
        }
        Ok(say)
    }

    /// Every way through it.
    pub(super) fn ways(&self) -> Result<Vec<Way>, PatternFault> {
        let too_many = || PatternFault::TooMany(self.text.clone());
        let mut texts = vec![(String::new(), Vec::new())];
        for piece in pieces(&self.text, '(', ')')? {
            match piece {
                Piece::Text(text) => texts.iter_mut().for_each(|(so_far, _)| so_far.push_str(&text)),
                Piece::Group(choices) => {
                    if texts.len() * choices.len() > MOST_WAYS {
                        return Err(too_many());
                    }
                    texts = texts
                        .iter()
                        .flat_map(|(so_far, taken)| {
                            choices.iter().enumerate().map(move |(at, choice)| {
                                let mut taken: Vec<u8> = taken.clone();
                                taken.push(u8::try_from(at).unwrap_or(u8::MAX));
                                (format!("{so_far}{choice}"), taken)
                            })
                        })
                        .collect();
                }
            }
        }
        let mut ways = Vec::new();
        for (text, choices) in texts {
            for words in self.spelled(&text)? {
                ways.push(Way { words, choices: choices.clone() });
            }
            if ways.len() > MOST_WAYS {
                return Err(too_many());
            }
        }
        Ok(ways)
    }

    /// One text without groups as its words, in every spelling of its hyphens, apostrophes and wildcards.
    fn spelled(&self, text: &str) -> Result<Vec<Vec<Word>>, PatternFault> {
        let mut spellings: Vec<Vec<Word>> = vec![Vec::new()];
        let mut joint = Some(Joint::Space);
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            if is_word(first) {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let letters = rest[..end].to_lowercase();
                for spelling in &mut spellings {
                    append(spelling, &letters, joint);
                }
                rest = &rest[end..];
                joint = None;
                continue;
            }
            rest = &rest[first.len_utf8()..];
            match first {
                ' ' => joint = Some(Joint::Space),
                '-' | '\'' => {
                    let apart = if first == '-' { Joint::Space } else { Joint::Apostrophe };
                    // Written together, and apart.
                    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                    let letters = rest[..end].to_lowercase();
                    let mut both = Vec::new();
                    for spelling in &spellings {
                        for joint in [None, Some(apart)] {
                            let mut spelling = spelling.clone();
                            append(&mut spelling, &letters, joint);
                            both.push(spelling);
                        }
                    }
                    spellings = both;
                    rest = &rest[end..];
                    joint = None;
                }
                '*' | '~' => {
                    let most = if first == '*' { 1..=1 } else { 0..=2 };
                    let mut all = Vec::new();
                    for spelling in &spellings {
                        for count in most.clone() {
                            let mut spelling = spelling.clone();
                            spelling.extend((0..count).map(|_| Word {
                                letters: None,
                                written: "".into(),
                                joint: Joint::Space,
                            }));
                            all.push(spelling);
                        }
                    }
                    spellings = all;
                    joint = None;
                }
                other => return Err(PatternFault::Character(self.text.clone(), other)),
            }
        }
        let findable = |words: &Vec<Word>| {
            words
                .iter()
                .any(|word| word.letters.as_ref().is_some_and(|l| is_findable(l) && l.len() < LONGEST))
                && words.len() < usize::from(u8::MAX)
        };
        if spellings.iter().all(findable) {
            Ok(spellings)
        } else {
            Err(PatternFault::Empty(self.text.clone()))
        }
    }
}

/// Whether a word is rare enough to be looked for: three letters, or two with a number among them ("x3").
fn is_findable(word: &str) -> bool {
    word.chars().count() > 2 || word.len() == 2 && word.ends_with(|c: char| c.is_ascii_digit())
}

/// Hangs letters on: as a word of their own, or onto the last word.
fn append(words: &mut Vec<Word>, letters: &str, joint: Option<Joint>) {
    match (joint, words.last_mut()) {
        (None, Some(Word { letters: Some(last), written, .. })) => {
            *written = format!("{written}{letters}").into();
            *last = fold(written).into();
        }
        (joint, _) => {
            let joint = joint.unwrap_or(Joint::Space);
            words.push(Word { letters: Some(fold(letters).into()), written: letters.into(), joint });
        }
    }
}

fn pieces(text: &str, open: char, close: char) -> Result<Vec<Piece>, PatternFault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find([open, close]) {
        pieces.push(Piece::Text(rest[..at].to_owned()));
        let inner = rest[at..].strip_prefix(open).ok_or_else(|| PatternFault::Bracket(text.to_owned()))?;
        let end = inner.find(close).ok_or_else(|| PatternFault::Bracket(text.to_owned()))?;
        if inner[..end].contains(open) {
            return Err(PatternFault::Nested(text.to_owned()));
        }
        pieces.push(Piece::Group(inner[..end].split('|').map(str::to_owned).collect()));
        rest = &inner[end + close.len_utf8()..];
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(pieces)
}

/// What to try instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try(Vec<TryPiece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum TryPiece {
    Text(String),
    /// Follows the choice of the group with this number, from 0.
    Follow(usize, Vec<String>),
}

impl Try {
    /// Reads what to try, for everything that is said.
    ///
    /// # Errors
    /// What is wrong with it, or does not fit.
    pub fn parse(text: &str, says: &[Say]) -> Result<Try, PatternFault> {
        let mut made = Vec::new();
        for piece in pieces(text, '{', '}')? {
            match piece {
                Piece::Text(text) if text.is_empty() => {}
                Piece::Text(text) => made.push(TryPiece::Text(text)),
                Piece::Group(mut choices) => {
                    let mut group = 0;
                    if let Some((number, first)) = choices[0].split_once(':')
                        && let Ok(number) = number.parse::<usize>()
                    {
                        (group, choices[0]) = (number.saturating_sub(1), first.to_owned());
                    }
                    for say in says {
                        match say.groups.get(group) {
                            None => return Err(PatternFault::NoGroup(text.to_owned(), group + 1)),
                            Some(count) if *count != choices.len() => {
                                return Err(PatternFault::Choices(text.to_owned(), group + 1, choices.len()));
                            }
                            Some(_) => {}
                        }
                    }
                    made.push(TryPiece::Follow(group, choices));
                }
            }
        }
        if made.is_empty() { Err(PatternFault::Empty(text.to_owned())) } else { Ok(Try(made)) }
    }

    /// The words to try, where these choices were taken.
    pub(super) fn said(&self, choices: &[u8]) -> Cow<'_, str> {
        if let [TryPiece::Text(text)] = &self.0[..] {
            return text.into();
        }
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                TryPiece::Text(piece) => text.push_str(piece),
                TryPiece::Follow(group, words) => {
                    let at = choices.get(*group).copied().map_or(0, usize::from);
                    text.push_str(words.get(at).map_or("", String::as_str));
                }
            }
        }
        text.into()
    }
}
