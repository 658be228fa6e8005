//! What `cargo xtask bench` runs: the real server under load, and beside it, from the same run on the same machine,
//! what its parts cost alone. A measurement, not a test: it fails only when an answer is wrong.
#![forbid(unsafe_code)]

mod alone;
mod browser;
mod ladder;
mod load;
mod meeting;
mod phone;
mod picture;
mod scale;
mod server;
mod team;
mod words;

use anyhow::{Context, bail};
use browser::{Browser, Filled};
use load::{AT_ONCE, Cell, measure};
use porchlight_app::{Ids, RealIds};
use server::{Demo, Empty};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// The one that the server has, so that what stands beside it is measured with the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Makes this very program serve the empty page, so that it is a process of its own, as Porchlight is.
const EMPTY: &str = "--serve-empty-page";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some(EMPTY) => server::serve_empty_page(),
        Some(_) if arguments.get(1).is_some_and(|part| part == "words") => words::bench(),
        Some(_) if arguments.get(1).is_some_and(|part| part == "meeting") => meeting::bench(),
        Some(program) => bench(Path::new(program), &arguments[1..]),
        None => Err(anyhow::anyhow!("say where the program is; `cargo xtask bench` does")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One row of the table: the same thing, asked for by 1, 8 and 64 at a time.
struct Measured {
    what: &'static str,
    cells: Vec<Cell>,
}

fn bench(program: &Path, arguments: &[String]) -> anyhow::Result<()> {
    if arguments == ["ladder"] {
        println!("{}", machine());
        println!("Load before: {}", load_average());
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(ladder::run())?;
        println!("Load after: {}", load_average());
        return Ok(());
    }
    if arguments == ["team"] {
        println!("{}", machine());
        println!("Load before: {}", load_average());
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(team::run())?;
        println!("Load after: {}", load_average());
        return Ok(());
    }
    if let Some(("--scale", rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        let head = format!("{}; load before: {}.", machine(), load_average());
        let threads = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        threads.block_on(scale::run(program, rest, &head))?;
        println!("Load after: {}", load_average());
        return Ok(());
    }
    let (mut most, mut part, mut rest) = (load::MOST, None, arguments);
    while let [first, more @ ..] = rest {
        rest = match (first.as_str(), more) {
            ("--requests", [number, more @ ..]) => {
                most = number.parse().with_context(|| format!("{number} is no number of requests"))?;
                more
            }
            (name, more) if Part::ALL.iter().any(|(known, _)| *known == name) => {
                part = Part::ALL.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
                more
            }
            _ => bail!(
                "the arguments are --requests N (how many at most in each cell) and one part alone: \
                 pages, notes, papers, phone, words, ladder, meeting or team"
            ),
        };
    }
    println!("{}", machine());
    println!("Load before: {}", load_average());
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(all(program, most, part))?;
    if part.is_none() {
        println!();
        words::measured()?;
    }
    println!("\nLoad after: {}", load_average());
    Ok(())
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// My day and a person's page.
    Pages,
    /// Recording a contact.
    Notes,
    /// A person's papers.
    Papers,
    /// What a phone sends after a time without signal.
    Phone,
}

impl Part {
    const ALL: [(&str, Part); 4] =
        [("pages", Part::Pages), ("notes", Part::Notes), ("papers", Part::Papers), ("phone", Part::Phone)];
}

async fn all(program: &Path, most: usize, only: Option<Part>) -> anyhow::Result<()> {
    let wants = |part: Part| only.is_none_or(|only| only == part);
    let folder = tempfile::tempdir()?;
    let empty = Empty::start(EMPTY)?;
    let mut rows = Vec::new();

    let plain = Arc::new(Browser::of(&empty.origin));
    let mut cells = Vec::new();
    for at_once in AT_ONCE {
        let plain = plain.clone();
        let ask = move |_| {
            let plain = plain.clone();
            async move { plain.get("/").await?.page().map(drop) }
        };
        cells.push(measure(at_once, most, ask).await?);
    }
    rows.push(Measured { what: "An empty page", cells });
    drop(empty);

    let demo = Demo::start(program, folder.path())?;
    let before = demo.copy_of_database(&folder.path().join("before.sqlite"))?;
    let peers = signed_in(&demo).await?;
    println!(
        "{} peer specialists are signed in; they walk with {} people.",
        peers.len(),
        peers.iter().map(|peer| peer.people.len()).sum::<usize>()
    );

    let mut asked = Vec::new();
    if wants(Part::Pages) {
        rows.push(Measured { what: "Open My day", cells: page(&peers, most, |_, _| "/day".into()).await? });
        let persons = page(&peers, most, |peer, turn| peer.people[turn % peer.people.len()].clone()).await?;
        rows.push(Measured { what: "Open a person's page", cells: persons });
        asked = decisions(&peers).await?;
    }
    if wants(Part::Notes) {
        rows.push(record(&peers, most).await?);
    }
    if wants(Part::Papers) {
        rows.extend(papers(&demo, most).await?);
    }
    if wants(Part::Phone) {
        rows.extend(phone::sync(&peers, most).await?);
    }
    drop(demo);

    if wants(Part::Notes) {
        let mut cells = Vec::new();
        for at_once in AT_ONCE {
            let database = folder.path().join(format!("grouped-{at_once}.sqlite"));
            std::fs::copy(&before, &database)?;
            cells.push(alone::grouped(&database, at_once, most).await?);
        }
        rows.push(Measured { what: "The same rows, no doors", cells });
    }
    if wants(Part::Papers) {
        let mut cells = Vec::new();
        for at_once in AT_ONCE {
            let database = folder.path().join(format!("answers-{at_once}.sqlite"));
            std::fs::copy(&before, &database)?;
            cells.push(alone::answers(&database, at_once, most).await?);
        }
        rows.push(Measured { what: "An answer's rows, no doors", cells });
        let database = folder.path().join("shares.sqlite");
        std::fs::copy(&before, &database)?;
        let cells = vec![alone::share_decisions(&database, most).await?];
        rows.push(Measured { what: "A share decision", cells });
    }

    let database = folder.path().join("raw.sqlite");
    std::fs::copy(&before, &database)?;
    let raw = alone::raw_commits(&database, most)?;
    print(&rows, &raw, &asked);
    Ok(())
}

/// Records contacts as the form does: the draft is kept and the note signed.
async fn record(peers: &Arc<Vec<Arc<Peer>>>, most: usize) -> anyhow::Result<Measured> {
    let mut cells = Vec::new();
    for at_once in AT_ONCE {
        let peers = peers.clone();
        let record = move |turn: usize| {
            let peer = peers[turn % peers.len()].clone();
            async move {
                let form = &peer.forms[turn / 7 % peer.forms.len()];
                let id = RealIds.next();
                let commands = [RealIds.next(), RealIds.next()].map(|id| id.to_string());
                let body = form.with(&[("command", &commands[0]), ("sign_command", &commands[1])]);
                peer.browser.post(&format!("/contacts/{id}/sign"), &body).await?.led_to("/contacts/")
            }
        };
        cells.push(measure(at_once, most, record).await?);
    }
    Ok(Measured { what: "Record a contact", cells })
}

/// Opens a plan of one's own, and saves answers.
async fn papers(demo: &Demo, most: usize) -> anyhow::Result<Vec<Measured>> {
    let mut rows = Vec::new();
    let writers = writers(demo).await?;
    let mut cells = Vec::new();
    let writers_of_files = writers.clone();
    for at_once in AT_ONCE {
        let writers = writers.clone();
        let open = move |turn: usize| {
            let writer = writers[turn % writers.len()].clone();
            async move { writer.browser.get(&writer.plan).await?.page().map(drop) }
        };
        cells.push(measure(at_once, most, open).await?);
    }
    rows.push(Measured { what: "Open a plan", cells });
    // The first sheet sets the type up; what is measured is each one after it.
    let first = writers[0].clone();
    first.browser.get(&format!("{}/pdf", first.plan)).await?.page().map(drop)?;
    let print = move |turn: usize| {
        let writer = writers_of_files[turn % writers_of_files.len()].clone();
        async move { writer.browser.get(&format!("{}/pdf", writer.plan)).await?.page().map(drop) }
    };
    rows.push(Measured {
        what: "A plan as a PDF file",
        cells: vec![measure(1, most.min(200), print).await?],
    });
    let mut cells = Vec::new();
    for at_once in AT_ONCE {
        let writers = writers.clone();
        let save = move |turn: usize| {
            let writer = writers[turn % writers.len()].clone();
            async move {
                // A number that no answer has: the form has seen everything.
                let body = format!("version={}&good_day=On+day+{turn}+I+sing.", i64::MAX);
                let begun = &writer.begun[turn / 7 % writer.begun.len()];
                writer.browser.post(&format!("{begun}/keep/well"), &body).await?.page().map(drop)
            }
        };
        cells.push(measure(at_once, most, save).await?);
    }
    rows.push(Measured { what: "Save one answer", cells });
    Ok(rows)
}

/// A peer specialist in a browser.
struct Peer {
    browser: Browser,
    /// The paths of the people they walk with.
    people: Vec<String>,
    /// The form of a note for each of them, filled in.
    forms: Vec<Filled>,
}

/// Somebody who writes in papers of their own.
struct Writer {
    browser: Browser,
    /// A paper of the demo, with some weeks in it.
    plan: String,
    /// Papers begun here, so many that none gets longer than one of a year.
    begun: Vec<String>,
}

/// So many papers each writer begins.
const PAPERS: usize = 48;

/// Signs every supported person in who has a plan.
async fn writers(demo: &Demo) -> anyhow::Result<Arc<Vec<Arc<Writer>>>> {
    let mut writers = Vec::new();
    for link in demo.links.iter().filter(|link| link.role == "person") {
        let mut browser = Browser::of(&demo.origin);
        let path = link.url.strip_prefix(&demo.origin).context("a link leads elsewhere")?;
        browser.enter(path).await?;
        let plans = browser.get("/plans").await?.page()?.links("/plans/", 36);
        let Some(plan) = plans.first().cloned() else { continue };
        let mut begun = Vec::new();
        for _ in 0..PAPERS {
            let body = format!("command={}&tool=wellness_plan", RealIds.next());
            let to = browser.post("/plans/start", &body).await?.location()?;
            begun.push(to.split("/write/").next().unwrap_or_default().to_owned());
        }
        writers.push(Arc::new(Writer { browser, plan, begun }));
    }
    if writers.is_empty() {
        bail!("nobody of the demo has a plan");
    }
    Ok(Arc::new(writers))
}

/// Signs every peer specialist in, as they do it: their link, the button on it.
async fn signed_in(demo: &Demo) -> anyhow::Result<Arc<Vec<Arc<Peer>>>> {
    let mut peers = Vec::new();
    for link in demo.links.iter().filter(|link| link.role.ends_with("peer_specialist")) {
        let mut browser = Browser::of(&demo.origin);
        let path = link.url.strip_prefix(&demo.origin).context("a link leads elsewhere")?;
        browser.enter(path).await?;
        let people = browser.get("/people").await?.page()?.links("/people/", 36);
        let mut forms = Vec::new();
        for person in &people {
            let id = person.trim_start_matches("/people/");
            let page = browser.get(&format!("/contacts/new?person={id}")).await?.page()?;
            forms.push(page.filled_form("/contacts/")?);
        }
        if !people.is_empty() {
            peers.push(Arc::new(Peer { browser, people, forms }));
        }
    }
    if peers.is_empty() {
        bail!("no peer specialist of the demo walks with anybody");
    }
    Ok(Arc::new(peers))
}

async fn page(
    peers: &Arc<Vec<Arc<Peer>>>,
    most: usize,
    path: fn(&Peer, usize) -> String,
) -> anyhow::Result<Vec<Cell>> {
    let mut cells = Vec::new();
    for at_once in AT_ONCE {
        let peers = peers.clone();
        let open = move |turn: usize| {
            let peer = peers[turn % peers.len()].clone();
            async move { peer.browser.get(&path(&peer, turn / 7)).await?.page().map(drop) }
        };
        cells.push(measure(at_once, most, open).await?);
    }
    Ok(cells)
}

/// How many access decisions each page asks for, when nobody else asks anything.
async fn decisions(peers: &[Arc<Peer>]) -> anyhow::Result<Vec<(&'static str, u64)>> {
    let peer = peers.first().context("nobody is signed in")?;
    let mut found = Vec::new();
    for (what, path) in [("My day", "/day"), ("a person's page", &peer.people[0])] {
        // The count stands in each answer, for everything so far.
        let before = peer.browser.get(path).await?.decisions()?;
        found.push((what, peer.browser.get(path).await?.decisions()? - before));
    }
    Ok(found)
}

fn print(rows: &[Measured], raw: &Cell, decisions: &[(&str, u64)]) {
    let of =
        |what: &str, at: usize| rows.iter().find(|row| row.what == what).map(|row| row.cells[at].per_second);
    println!(
        "\n| | at a time | a second | median ms | 95 % within ms | of the empty page | of no doors | of raw commits |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    let line = |what: &str, cell: &Cell, shares: [Option<f64>; 3]| {
        let [empty, doors, commits] =
            shares.map(|share| share.map_or("".into(), |share| format!("{share:.2}")));
        println!(
            "| {what} | {} | {:.0} | {:.1} | {:.1} | {empty} | {doors} | {commits} |",
            cell.at_once, cell.per_second, cell.median, cell.most
        );
    };
    for row in rows {
        for (at, cell) in row.cells.iter().enumerate() {
            let share = |of: Option<f64>| of.map(|of| cell.per_second / of);
            let is_page = !row.what.contains("no doors") && row.what != "A share decision";
            let empty = if is_page { share(of("An empty page", at)) } else { None };
            let doors = match row.what {
                "Record a contact" => share(of("The same rows, no doors", at)),
                "Save one answer" => share(of("An answer's rows, no doors", at)),
                _ => None,
            };
            let commits = if row.what == "An empty page" { None } else { share(Some(raw.per_second)) };
            line(row.what, cell, [empty, doors, commits]);
        }
    }
    line("Raw commits of one row", raw, [None; 3]);
    println!();
    for (what, count) in decisions {
        println!("Access decisions for {what}: {count}");
    }
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("a processor that does not say its name", |(_, name)| name);
    format!("{cores} cores of {name}; the load comes from the same cores")
}

fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
