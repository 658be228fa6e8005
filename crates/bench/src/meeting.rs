//! People who could meet: the top three of a million cards with what speaks for each, from the index, beside looking at
//! everybody, and beside PostgreSQL on the same cards, in one run.

use anyhow::{Context, ensure};
use porchlight_practice::pairing::index::{Card, Grounds, Index, Near, Suggestion, Tie, by_trying_all};
use postgres::{Client, NoTls};
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// How many cards.
const CARDS: usize = 1_000_000;
/// How many ask.
const ASKERS: usize = 200;
/// How many of them ask PostgreSQL, and look at everybody.
const SLOW_ASKERS: usize = 20;
/// What `cargo xtask bench meeting` sets: where its PostgreSQL is.
const POSTGRES: &str = "PORCHLIGHT_BENCH_POSTGRES";

/// The kinds of what can be shared: how many there are of each, and how many of 1,000 cards have each.
const KINDS: [(usize, usize); 8] =
    [(6, 250), (12, 200), (10, 150), (8, 60), (1, 80), (12, 90), (5, 600), (7, 400)];
/// Language, way and hour.
const NEEDED: [usize; 3] = [5, 6, 7];
/// Parts of town.
const AREAS: u64 = 2_000;

/// Numbers that look like chance and are the same in every run. (xorshift64*.)
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.next() >> 11) % most
    }

    fn times_in_1000(&mut self, times: usize) -> bool {
        self.below(1_000) < times as u64
    }
}

/// The places of a kind in the list.
fn places(kind: usize) -> std::ops::Range<usize> {
    let first: usize = KINDS[..kind].iter().map(|(count, _)| count).sum();
    first..first + KINDS[kind].0
}

fn needed() -> Vec<Grounds> {
    NEEDED.iter().map(|kind| places(*kind).collect()).collect()
}

fn card(id: u128, chance: &mut Chance) -> Card {
    let mut shares = Grounds::NONE;
    for (kind, (_, times)) in KINDS.iter().enumerate() {
        for place in places(kind) {
            if chance.times_in_1000(*times) {
                shares = shares.with(place);
            }
        }
    }
    // Two thirds speak the first language.
    if chance.times_in_1000(660) {
        shares = shares.with(places(NEEDED[0]).start);
    }
    let mut matters = Grounds::NONE;
    for _ in 0..2 + chance.below(5) {
        matters = matters.with(chance.below(places(5).end as u64) as usize);
    }
    let near = match chance.below(10) {
        0 => Near::Elsewhere,
        1 | 2 => Near::Same,
        _ => Near::Anywhere,
    };
    // A family, and sometimes a workplace.
    let mut ties = vec![Tie(chance.below(400_000))];
    if chance.times_in_1000(300) {
        ties.push(Tie(1_000_000 + chance.below(20_000)));
    }
    let avoids =
        if chance.times_in_1000(100) { vec![Tie(2_000_000 + chance.below(1_000_000))] } else { vec![] };
    Card {
        id,
        shares,
        matters,
        area: chance.times_in_1000(800).then(|| Tie(3_000_000 + chance.below(AREAS))),
        near,
        ties,
        names: vec![Tie(2_000_000 + id as u64)],
        avoids,
        screened: chance.times_in_1000(700),
        paused: chance.times_in_1000(100),
        places: chance.below(3) as u32,
    }
}

/// The middle, and the slowest of a hundred.
fn spread(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn timed<T>(
    askers: &[Card],
    mut ask: impl FnMut(&Card) -> anyhow::Result<T>,
) -> anyhow::Result<(Vec<T>, Vec<Duration>)> {
    let (mut answers, mut times) = (Vec::new(), Vec::new());
    for asker in askers {
        let begun = Instant::now();
        let answer = ask(asker)?;
        times.push(begun.elapsed());
        answers.push(answer);
    }
    Ok((answers, times))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// This part alone.
pub fn bench() -> anyhow::Result<()> {
    println!("{}", crate::machine());
    println!("Load before: {}", crate::load_average());
    measured()?;
    println!("\nLoad after: {}", crate::load_average());
    Ok(())
}

fn measured() -> anyhow::Result<()> {
    let mut chance = Chance(20_261_126);
    let cards: Vec<Card> = (0..CARDS as u128).map(|id| card(id, &mut chance)).collect();
    let askers: Vec<Card> = (0..ASKERS as u128).map(|id| card(CARDS as u128 + id, &mut chance)).collect();
    let begun = Instant::now();
    let index = Index::new(needed(), cards.clone());
    let made = begun.elapsed();

    let (quick, times) = timed(&askers, |asker| Ok(index.suggest(asker)))?;
    let (middle, slowest) = spread(times);
    println!(
        "People who could meet: the top three of {CARDS} cards, with what speaks for each, on one core:"
    );
    println!("  made ready in {:.0} ms", milliseconds(made));
    println!(
        "  the index: {:.3} ms in the middle, {:.3} ms the slowest of a hundred, of {ASKERS} who ask",
        milliseconds(middle),
        milliseconds(slowest)
    );
    let some = &askers[..SLOW_ASKERS];
    let (slow, times) = timed(some, |asker| Ok(by_trying_all(&needed(), &cards, asker)))?;
    ensure!(slow.as_slice() == &quick[..SLOW_ASKERS], "looking at everybody gives another answer");
    let (all, _) = spread(times);
    print(" looking at everybody", all, middle);
    #[allow(clippy::disallowed_methods, reason = "a benchmark that a developer runs")]
    let url = std::env::var(POSTGRES);
    let Ok(url) = url else {
        println!("  PostgreSQL: not asked; `cargo xtask bench meeting` starts one");
        return Ok(());
    };
    let mut client = Client::connect(&url, NoTls).context("PostgreSQL does not answer")?;
    fill(&mut client, &cards)?;
    let (theirs, times) = timed(some, |asker| from_postgres(&mut client, asker))?;
    for ((asker, ours), theirs) in askers.iter().zip(&quick).zip(&theirs) {
        // Of those who fit equally well it takes others, so what is compared is how well they fit.
        let ours = how_well(asker, ours.iter().filter_map(|one: &Suggestion| cards.get(one.id as usize)));
        let theirs = how_well(asker, theirs.iter().filter_map(|id| cards.get(*id as usize)));
        ensure!(ours == theirs, "PostgreSQL finds people who fit otherwise");
    }
    let (all, _) = spread(times);
    print(" PostgreSQL, one connection", all, middle);
    Ok(())
}

fn how_well<'c>(asker: &Card, found: impl Iterator<Item = &'c Card>) -> Vec<(u32, u32)> {
    let fit = |card: &Card| {
        let near = asker.near == Near::Same && asker.area.is_some() && asker.area == card.area;
        (asker.matters.and(card.shares).count() + u32::from(near), asker.shares.and(card.shares).count())
    };
    let mut fits: Vec<(u32, u32)> = found.map(fit).collect();
    fits.sort_unstable();
    fits
}

fn print(what: &str, theirs: Duration, ours: Duration) {
    let times = theirs.as_secs_f64() / ours.as_secs_f64();
    println!(" {what}: {:.2} ms, {times:.0} times as long", milliseconds(theirs));
}

fn bits(grounds: Grounds) -> String {
    (0..128).map(|place| if grounds.has(place) { '1' } else { '0' }).collect()
}

fn list(ties: &[Tie]) -> String {
    let numbers: Vec<String> = ties.iter().map(|tie| tie.0.to_string()).collect();
    format!("{{{}}}", numbers.join(","))
}

/// The same cards, as one would keep them there: bits for what is shared, arrays for what keeps apart, an index on the
/// places and one on who is open.
fn fill(client: &mut Client, cards: &[Card]) -> anyhow::Result<()> {
    client.batch_execute(
        "CREATE TABLE card (id bigint PRIMARY KEY, shares bit(128) NOT NULL, area bigint, elsewhere boolean NOT NULL,
            ties bigint[] NOT NULL, names bigint[] NOT NULL, avoids bigint[] NOT NULL, is_open boolean NOT NULL)",
    )?;
    let mut into = client.copy_in("COPY card FROM STDIN")?;
    let mut text = String::new();
    for card in cards {
        text.clear();
        let area = card.area.map_or_else(|| "\\N".to_owned(), |area| area.0.to_string());
        writeln!(
            text,
            "{}\t{}\t{area}\t{}\t{}\t{}\t{}\t{}",
            card.id,
            bits(card.shares),
            card.near == Near::Elsewhere,
            list(&card.ties),
            list(&card.names),
            list(&card.avoids),
            card.is_open()
        )?;
        into.write_all(text.as_bytes())?;
    }
    into.finish()?;
    client.batch_execute("CREATE INDEX card_open ON card (is_open); ANALYZE card")?;
    Ok(())
}

fn from_postgres(client: &mut Client, asker: &Card) -> anyhow::Result<Vec<i64>> {
    let mut asked = String::from("SELECT id FROM card WHERE is_open");
    for kind in needed() {
        write!(asked, " AND shares & B'{}' <> B'{}'", bits(asker.shares.and(kind)), bits(Grounds::NONE))?;
    }
    let area = asker.area.map_or_else(|| "NULL".to_owned(), |area| area.0.to_string());
    let away = if asker.near == Near::Elsewhere { "TRUE" } else { "elsewhere" };
    write!(asked, " AND NOT ({away} AND coalesce(area = {area}, TRUE))")?;
    write!(asked, " AND NOT ties && '{}'::bigint[]", list(&asker.ties))?;
    write!(asked, " AND NOT names && '{}'::bigint[]", list(&asker.avoids))?;
    write!(asked, " AND NOT avoids && '{}'::bigint[]", list(&asker.names))?;
    let near = if asker.near == Near::Same {
        format!(" + coalesce(area = {area}, FALSE)::int")
    } else {
        String::new()
    };
    write!(
        asked,
        " ORDER BY bit_count(shares & B'{}'){near} DESC, bit_count(shares & B'{}') DESC, id LIMIT 3",
        bits(asker.matters),
        bits(asker.shares)
    )?;
    let rows = client.simple_query(&asked)?;
    let ids = rows.iter().filter_map(|row| match row {
        postgres::SimpleQueryMessage::Row(row) => row.get(0)?.parse().ok(),
        _ => None,
    });
    Ok(ids.collect())
}
