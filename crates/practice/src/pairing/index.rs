//! Who could meet: the three that fit best, with what speaks for each, and nobody who must not be among them.
//!
//! [`by_trying_all`] says what the answer is, by looking at everybody. [`Index`] gives the same answer without: each thing
//! that can be shared is a column of bits, one a card, and 64 cards are judged in one step. Cards lie in an order that
//! their ids make, and each asker begins at a place of their own, so that of those who fit equally well nobody always comes
//! first; and the search ends when nothing better can follow.

use std::collections::HashMap;

/// The most different things that the cards of one programme can share.
pub const MOST_GROUNDS: usize = 128;
/// How many are suggested at once.
pub const MOST_SUGGESTED: usize = 3;

/// Words of 64 cards that are judged together.
const LANES: usize = 8;
/// Cards that are judged together.
const BLOCK: usize = LANES * 64;

/// A set of things that can be shared, each by its place in the programme's list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Grounds(u128);

impl Grounds {
    /// None.
    pub const NONE: Grounds = Grounds(0);

    /// With one more. A place past [`MOST_GROUNDS`] is left out.
    #[must_use]
    pub fn with(self, place: usize) -> Grounds {
        if place < MOST_GROUNDS { Grounds(self.0 | 1 << place) } else { self }
    }

    /// Whether one is among them.
    pub fn has(self, place: usize) -> bool {
        place < MOST_GROUNDS && self.0 >> place & 1 == 1
    }

    /// Those in both.
    #[must_use]
    pub fn and(self, other: Grounds) -> Grounds {
        Grounds(self.0 & other.0)
    }

    /// Those of this one that are not in the other.
    #[must_use]
    pub fn without(self, other: Grounds) -> Grounds {
        Grounds(self.0 & !other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Each by its place, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let place = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            (place < MOST_GROUNDS).then_some(place)
        })
    }
}

impl FromIterator<usize> for Grounds {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Grounds {
        places.into_iter().fold(Grounds::NONE, Grounds::with)
    }
}

/// Something about a person that is only ever compared: a name, a workplace, a family, a part of town. It is a keyed hash,
/// so that nothing can be read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tie(pub u64);

/// Where somebody wants the other to live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Near {
    /// It does not matter.
    #[default]
    Anywhere,
    /// Best in the same part of town.
    Same,
    /// Not in the same part of town. Somebody who did not say where they live may live there.
    Elsewhere,
}

impl Near {
    /// Every one, in the order shown.
    pub const ALL: [Near; 3] = [Near::Anywhere, Near::Same, Near::Elsewhere];

    /// The name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Near::Anywhere => "anywhere",
            Near::Same => "same",
            Near::Elsewhere => "elsewhere",
        }
    }

    /// Reads the name in forms.
    pub fn parse(text: &str) -> Option<Near> {
        Near::ALL.into_iter().find(|near| near.as_str() == text)
    }
}

/// What is compared of one person. `Id` names them to whoever asked; it says nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Whose.
    pub id: u128,
    /// What they choose to share.
    pub shares: Grounds,
    /// What matters to them in somebody else.
    pub matters: Grounds,
    /// Their part of town, if they said.
    pub area: Option<Tie>,
    /// Where the other should live.
    pub near: Near,
    /// Families and workplaces: two who have one in common don't meet.
    pub ties: Vec<Tie>,
    /// By which names and ids others may have said that they would rather not meet them.
    pub names: Vec<Tie>,
    /// Whom they would rather not meet, and whom they met or turned down before.
    pub avoids: Vec<Tie>,
    /// Whether somebody looked at it with them that they are ready to be there for another.
    pub screened: bool,
    /// Whether they need a pause.
    pub paused: bool,
    /// For how many more they have time.
    pub places: u32,
}

impl Card {
    /// Whether somebody new can be suggested to them.
    pub fn is_open(&self) -> bool {
        self.screened && !self.paused && self.places > 0
    }
}

/// How two live to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Where {
    /// In the same part of town.
    Same,
    /// In different ones.
    Elsewhere,
}

/// Somebody who could be met, and what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Suggestion {
    /// Whose card.
    pub id: u128,
    /// What matters to whoever asks and is shared.
    pub matters: Grounds,
    /// What both share.
    pub common: Grounds,
    /// How they live to each other, where whoever asks said that it matters.
    pub place: Option<Where>,
}

/// How well one fits, and at which turn. More of what matters comes first, then more in common, then whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    wanted: u32,
    common: u32,
    turn: std::cmp::Reverse<(u64, u128)>,
}

/// Scatters ids, so that neighbours in time are none here. It is no secret and keeps none. (The finaliser of SplitMix64.)
fn scatter(id: u128) -> u64 {
    let mut mixed = (id as u64) ^ ((id >> 64) as u64).rotate_left(32) ^ 0x9e37_79b9_7f4a_7c15;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Where an asker begins.
fn start(asker: &Card) -> u64 {
    scatter(!asker.id)
}

fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().any(|tie| other.contains(tie))
}

/// Whether the two can't be suggested to each other. `needed` are the kinds of which they must share something: a
/// language, a way to talk, an hour.
fn apart(needed: &[Grounds], asker: &Card, other: &Card) -> bool {
    let same_area = asker.area.is_some() && asker.area == other.area;
    let maybe_same = same_area || asker.area.is_none() || other.area.is_none();
    let common = asker.shares.and(other.shares);
    asker.id == other.id
        || !other.is_open()
        || needed.iter().any(|kind| common.and(*kind).is_empty())
        || (maybe_same && (asker.near == Near::Elsewhere || other.near == Near::Elsewhere))
        || kept_apart(asker, other)
}

fn kept_apart(asker: &Card, other: &Card) -> bool {
    meet(&asker.ties, &other.ties) || meet(&asker.avoids, &other.names) || meet(&other.avoids, &asker.names)
}

fn fit(asker: &Card, other: &Card) -> Fit {
    let near = asker.near == Near::Same && asker.area.is_some() && asker.area == other.area;
    Fit {
        wanted: asker.matters.and(other.shares).count() + u32::from(near),
        common: asker.shares.and(other.shares).count(),
        turn: std::cmp::Reverse((scatter(other.id).wrapping_sub(start(asker)), other.id)),
    }
}

fn suggestion(asker: &Card, other: &Card) -> Suggestion {
    let same = asker.area.is_some() && asker.area == other.area;
    Suggestion {
        id: other.id,
        matters: asker.matters.and(other.shares),
        common: asker.shares.and(other.shares),
        place: match asker.near {
            Near::Anywhere => None,
            Near::Same => same.then_some(Where::Same),
            Near::Elsewhere => Some(Where::Elsewhere),
        },
    }
}

/// The best so far.
#[derive(Default)]
struct Best<'c>(Vec<(Fit, &'c Card)>);

impl<'c> Best<'c> {
    fn try_one(&mut self, fit: Fit, card: &'c Card) {
        let place = self.0.partition_point(|(other, _)| *other > fit);
        if place < MOST_SUGGESTED {
            self.0.insert(place, (fit, card));
            self.0.truncate(MOST_SUGGESTED);
        }
    }

    /// What somebody who comes later must exceed.
    fn least(&self) -> Option<(u32, u32)> {
        self.0.get(MOST_SUGGESTED - 1).map(|(fit, _)| (fit.wanted, fit.common))
    }

    /// In the order of whose turn it is: nobody is shown as the better one.
    fn suggestions(mut self, asker: &Card) -> Vec<Suggestion> {
        self.0.sort_by_key(|(fit, _)| fit.turn.0);
        self.0.iter().map(|(_, card)| suggestion(asker, card)).collect()
    }
}

/// Who could be met, found by looking at everybody: what [`Index::suggest`] must give.
pub fn by_trying_all(needed: &[Grounds], cards: &[Card], asker: &Card) -> Vec<Suggestion> {
    let mut best = Best::default();
    for card in cards.iter().filter(|card| !apart(needed, asker, card)) {
        best.try_one(fit(asker, card), card);
    }
    best.suggestions(asker)
}

/// One bit a card.
#[derive(Debug, Clone, Default)]
struct Column(Vec<u64>);

type Lanes = [u64; LANES];

const NO_LANES: Lanes = [0; LANES];

impl Column {
    fn of(cards: usize) -> Column {
        Column(vec![0; cards.div_ceil(BLOCK) * LANES])
    }

    fn set(&mut self, card: usize) {
        self.0[card / 64] |= 1 << (card % 64);
    }

    fn block(&self, block: usize) -> Lanes {
        let mut lanes = NO_LANES;
        if let Some(words) = self.0.get(block * LANES..(block + 1) * LANES) {
            lanes.copy_from_slice(words);
        }
        lanes
    }
}

fn each(into: &mut Lanes, from: &Lanes, step: impl Fn(u64, u64) -> u64) {
    for (word, other) in into.iter_mut().zip(from) {
        *word = step(*word, *other);
    }
}

/// How many of some columns hold for each card, as binary digits: one digit a plane, one bit a card.
struct Counts<const PLANES: usize>([Lanes; PLANES]);

impl<const PLANES: usize> Counts<PLANES> {
    fn of<'c>(columns: impl Iterator<Item = &'c Column>, block: usize) -> Counts<PLANES> {
        let mut planes = [NO_LANES; PLANES];
        for column in columns {
            let mut carry = column.block(block);
            for plane in &mut planes {
                for (digit, carried) in plane.iter_mut().zip(&mut carry) {
                    (*digit, *carried) = (*digit ^ *carried, *digit & *carried);
                }
            }
        }
        Counts(planes)
    }

    /// Those with more than `least`, and those with exactly as many.
    fn against(&self, least: u32) -> (Lanes, Lanes) {
        if least >> PLANES != 0 {
            return (NO_LANES, NO_LANES);
        }
        let (mut more, mut same) = (NO_LANES, [u64::MAX; LANES]);
        for (place, plane) in self.0.iter().enumerate().rev() {
            let digit = least >> place & 1 == 1;
            for ((more, same), bits) in more.iter_mut().zip(&mut same).zip(plane) {
                if digit {
                    *same &= bits;
                } else {
                    *more |= *same & bits;
                    *same &= !bits;
                }
            }
        }
        (more, same)
    }
}

/// Everybody's cards, made ready to be asked.
#[derive(Debug, Clone)]
pub struct Index {
    needed: Vec<Grounds>,
    /// In the order of their scattered ids.
    cards: Vec<Card>,
    scattered: Vec<u64>,
    /// One for each thing that can be shared.
    shares: Vec<Column>,
    open: Column,
    /// Those who said where they live.
    says_area: Column,
    /// Those who want the other to live elsewhere.
    elsewhere: Column,
    areas: HashMap<Tie, Vec<u32>>,
}

/// The columns that one question needs.
struct Asked<'i> {
    needed: Vec<Vec<&'i Column>>,
    wanted: Vec<&'i Column>,
    common: Vec<&'i Column>,
    same_area: Option<Column>,
}

impl Index {
    /// Makes cards ready. `needed` are the kinds of which two must share something. Of two cards with one id the first counts.
    pub fn new(needed: Vec<Grounds>, mut cards: Vec<Card>) -> Index {
        cards.sort_by_cached_key(|card| (scatter(card.id), card.id));
        cards.dedup_by_key(|card| card.id);
        let count = cards.len();
        let highest = cards.iter().map(|card| MOST_GROUNDS - card.shares.0.leading_zeros() as usize).max();
        let mut shares = vec![Column::of(count); highest.unwrap_or(0)];
        let (mut open, mut says_area, mut elsewhere) =
            (Column::of(count), Column::of(count), Column::of(count));
        let mut areas: HashMap<Tie, Vec<u32>> = HashMap::new();
        for (at, card) in cards.iter().enumerate() {
            for place in card.shares.iter() {
                shares[place].set(at);
            }
            if card.is_open() {
                open.set(at);
            }
            if card.near == Near::Elsewhere {
                elsewhere.set(at);
            }
            if let Some(area) = card.area {
                says_area.set(at);
                areas.entry(area).or_default().push(at as u32);
            }
        }
        let scattered = cards.iter().map(|card| scatter(card.id)).collect();
        Index { needed, cards, scattered, shares, open, says_area, elsewhere, areas }
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    fn columns(&self, grounds: Grounds) -> Vec<&Column> {
        grounds.iter().filter_map(|place| self.shares.get(place)).collect()
    }

    /// The three who fit best and may be met, or as many as there are, in the order of whose turn it is.
    pub fn suggest(&self, asker: &Card) -> Vec<Suggestion> {
        let same_area = asker.area.map(|area| {
            let mut column = Column::of(self.cards.len());
            for card in self.areas.get(&area).into_iter().flatten() {
                column.set(*card as usize);
            }
            column
        });
        let asked = Asked {
            needed: self.needed.iter().map(|kind| self.columns(asker.shares.and(*kind))).collect(),
            wanted: self.columns(asker.matters),
            common: self.columns(asker.shares),
            same_area,
        };
        let near = u32::from(asker.near == Near::Same);
        let best = match (asker.matters.count() + near < 1 << 4, asker.shares.count() < 1 << 5) {
            (true, true) => self.search::<4, 5>(asker, &asked),
            (true, false) => self.search::<4, 8>(asker, &asked),
            (false, true) => self.search::<8, 5>(asker, &asked),
            (false, false) => self.search::<8, 8>(asker, &asked),
        };
        best.suggestions(asker)
    }

    /// Whom of a block nothing keeps away but what has to be asked of the two themselves.
    fn possible(&self, asker: &Card, asked: &Asked<'_>, block: usize) -> Lanes {
        let mut possible = self.open.block(block);
        for kind in &asked.needed {
            let mut any = NO_LANES;
            for column in kind {
                each(&mut any, &column.block(block), |word, bits| word | bits);
            }
            each(&mut possible, &any, |word, bits| word & bits);
        }
        // Those who may live in the same part of town, where one of the two does not want that.
        let mut barred = match asker.near {
            Near::Elsewhere => [u64::MAX; LANES],
            Near::Anywhere | Near::Same => self.elsewhere.block(block),
        };
        if let Some(same) = &asked.same_area {
            let mut maybe = same.block(block);
            each(&mut maybe, &self.says_area.block(block), |word, says| word | !says);
            each(&mut barred, &maybe, |word, maybe| word & maybe);
        }
        each(&mut possible, &barred, |word, bar| word & !bar);
        possible
    }

    fn search<const WANTED: usize, const COMMON: usize>(&self, asker: &Card, asked: &Asked<'_>) -> Best<'_> {
        let mut best = Best::default();
        let blocks = self.cards.len().div_ceil(BLOCK);
        let begin = self.scattered.partition_point(|scattered| *scattered < start(asker));
        let (first, within) = (begin / BLOCK, begin % BLOCK);
        let near = asked.same_area.iter().filter(|_| asker.near == Near::Same);
        let most = ((asked.wanted.len() + near.clone().count()) as u32, asker.shares.count());
        // Round once from where this asker begins; what lies before that in the first block comes last.
        for step in 0..=blocks {
            let block = (first + step) % blocks.max(1);
            if first == blocks && step == 0 || blocks == 0 {
                continue;
            }
            let least = best.least();
            if least == Some(most) {
                break;
            }
            let mut fits = self.possible(asker, asked, block);
            if block == first && first < blocks {
                let from_here = step == 0;
                for (lane, word) in fits.iter_mut().enumerate() {
                    let before = match within.saturating_sub(lane * 64) {
                        0 => 0,
                        64.. => u64::MAX,
                        bits => (1 << bits) - 1,
                    };
                    *word &= if from_here { !before } else { before };
                }
            }
            if fits == NO_LANES {
                continue;
            }
            if let Some((least_wanted, least_common)) = least {
                let columns = asked.wanted.iter().copied().chain(near.clone());
                let (more, same) = Counts::<WANTED>::of(columns, block).against(least_wanted);
                let mut enough = same;
                each(&mut enough, &more, |word, bits| word | bits);
                each(&mut fits, &enough, |word, bits| word & bits);
                if fits == NO_LANES {
                    continue;
                }
                let common = Counts::<COMMON>::of(asked.common.iter().copied(), block);
                let (more_common, _) = common.against(least_common);
                let mut better = same;
                each(&mut better, &more_common, |word, bits| word & bits);
                each(&mut better, &more, |word, bits| word | bits);
                each(&mut fits, &better, |word, bits| word & bits);
            }
            self.judge(asker, &mut best, block, fits);
        }
        best
    }

    /// Asks of each of these what only the two themselves can tell.
    fn judge<'i>(&'i self, asker: &Card, best: &mut Best<'i>, block: usize, fits: Lanes) {
        for (lane, word) in fits.into_iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                let at = block * BLOCK + lane * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let Some(card) = self.cards.get(at) else { continue };
                if card.id != asker.id && !kept_apart(asker, card) {
                    best.try_one(fit(asker, card), card);
                }
            }
        }
    }
}
