//! The same pages with ten thousand contacts, with a million and with more: what a page takes, what the server holds in memory,
//! what a contact takes on disk, and how soon the server is ready.
//!
//! All sizes serve at the same time, and each page is asked of one after the other, three times round, so that whatever else
//! the machine does meets them all alike.

use crate::browser::{Browser, Filled};
use crate::load::{Cell, measure};
use crate::picture;
use crate::server::{Demo, free_port};
use anyhow::{Context, bail};
use porchlight_app::growth::CONTACTS_EACH;
use porchlight_app::{Ids, RealIds};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Sizes in contacts, unless told otherwise.
const SIZES: [u64; 2] = [10_000, 1_000_000];
/// At a time.
const AT_ONCE: [usize; 2] = [1, 8];
/// How often each page is asked of each size.
const ROUNDS: usize = 3;
/// Requests of one cell.
const REQUESTS: usize = 1500;
/// What a contact takes on disk, at most, for there to be room: bytes. Sorting the indexes takes as much again for a while.
const ROOM: u64 = 6000;
/// A start that takes longer than this failed.
const PATIENCE: Duration = Duration::from_secs(120);
/// What is replaced in the page about speed.
const MARKS: [&str; 2] = ["<!-- bench scale -->", "<!-- end of bench scale -->"];

/// The one that writes.
const RECORD: &str = "Record a contact";
/// The pages of a day, as the table says them.
const PAGES: [&str; 6] =
    ["My day", "A person's page", "A contact's page", "The list of people", "A supervisor's day", RECORD];

/// A programme of one size, grown and served.
struct Size {
    contacts: u64,
    /// Seconds that it took to grow.
    grew: f64,
    /// Bytes of the database.
    disk: u64,
    /// Bytes of contacts with all that each brings, by table, their indexes with them.
    of_contacts: BTreeMap<String, u64>,
    /// Milliseconds from start to ready, the median of some starts.
    ready: f64,
    demo: Demo,
    peers: Arc<Vec<Peer>>,
    supervisor: Arc<Browser>,
    /// By page and how many at a time: what was measured in each round.
    cells: BTreeMap<(usize, usize), Vec<Cell>>,
    /// Bytes of memory after all pages, and the most there ever were.
    memory: (u64, u64),
    _folder: tempfile::TempDir,
}

/// A peer specialist of the large programme, signed in.
struct Peer {
    browser: Browser,
    people: Vec<String>,
    notes: Vec<String>,
    forms: Vec<Filled>,
}

/// `--scale [CONTACTS…] [--docs DIR]`
pub async fn run(program: &Path, arguments: &[String], head: &str) -> anyhow::Result<()> {
    let (mut sizes, mut docs, mut rest) = (Vec::new(), None, arguments);
    while let [first, more @ ..] = rest {
        rest = match (first.as_str(), more) {
            ("--docs", [folder, more @ ..]) => {
                docs = Some(PathBuf::from(folder));
                more
            }
            (number, more) => {
                let size: u64 =
                    number.parse().with_context(|| format!("{number} is no number of contacts"))?;
                sizes.push(size.max(CONTACTS_EACH));
                more
            }
        };
    }
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    sizes.sort_unstable();
    let mut grown = Vec::new();
    for contacts in sizes {
        grown.push(grow(program, contacts).await?);
    }
    // Recording comes when all else is over: its notes would make the day longer in each round, and that of a small team most.
    let looks: Vec<usize> = (0..PAGES.len()).filter(|page| PAGES[*page] != RECORD).collect();
    let records: Vec<usize> = (0..PAGES.len()).filter(|page| PAGES[*page] == RECORD).collect();
    for pages in [looks, records] {
        for round in 1..=ROUNDS {
            for page in &pages {
                for at_once in AT_ONCE {
                    for size in &mut grown {
                        let cell = ask(size, *page, at_once).await?;
                        size.cells.entry((*page, at_once)).or_default().push(cell);
                    }
                }
            }
            eprintln!("Round {round} of {ROUNDS} is over.");
        }
    }
    for size in &mut grown {
        size.memory = (memory(size.demo.id(), "VmRSS:")?, memory(size.demo.id(), "VmHWM:")?);
    }
    let table = table(&grown, head);
    println!("{table}");
    if let Some(docs) = docs {
        write(&docs, &table, &grown)?;
    }
    Ok(())
}

async fn grow(program: &Path, contacts: u64) -> anyhow::Result<Size> {
    let folder = tempfile::tempdir()?;
    let free = rustix::fs::statvfs(folder.path())?;
    if free.f_bavail * free.f_frsize < contacts * ROOM {
        bail!("{contacts} contacts want {} MB of free disk", contacts * ROOM / 1_000_000);
    }
    let data = folder.path().join("data");
    let people = contacts.div_ceil(CONTACTS_EACH);
    let port = free_port()?;
    let begun = Instant::now();
    let (people, port_said) = (people.to_string(), port.to_string());
    let arguments = ["--port", &port_said, "--people", &people];
    let demo = Demo::kept(program, folder.path(), &data, &arguments)?;
    let grew = begun.elapsed().as_secs_f64();
    eprintln!("{contacts} contacts grew in {grew:.0} s.");
    demo.end()?;
    let database = data.join("demo.sqlite");
    let disk = std::fs::metadata(&database)?.len();
    let of_contacts = by_table(&database)?;
    let mut starts = Vec::new();
    for _ in 0..3 {
        starts.push(start(program, &data)?);
    }
    starts.sort_unstable();
    let demo = Demo::kept(program, folder.path(), &data, &["--port", &port_said])?;
    let mut peers = Vec::new();
    let mut supervisor = None;
    for link in demo.links.iter().filter(|link| link.programme == "Long Meadow") {
        let mut browser = Browser::of(&demo.origin);
        browser.enter(link.url.strip_prefix(&demo.origin).context("a link leads elsewhere")?).await?;
        if link.role == "supervisor" {
            supervisor = Some(Arc::new(browser));
            continue;
        }
        let people = browser.get("/people").await?.page()?.links("/people/", 36);
        let (mut notes, mut forms) = (Vec::new(), Vec::new());
        for person in &people {
            let page = browser.get(&format!("{person}/visits")).await?.page()?;
            notes.extend(page.links("/contacts/", 36));
            let id = person.trim_start_matches("/people/");
            let page = browser.get(&format!("/contacts/new?person={id}")).await?.page()?;
            forms.push(page.filled_form("/contacts/")?);
        }
        if people.is_empty() || notes.is_empty() {
            bail!("somebody of the large programme has nothing to open");
        }
        peers.push(Peer { browser, people, notes, forms });
    }
    Ok(Size {
        contacts,
        grew,
        disk,
        of_contacts,
        ready: starts[1].as_secs_f64() * 1000.0,
        demo,
        peers: Arc::new(peers),
        supervisor: supervisor.context("nobody supervises in the large programme")?,
        cells: BTreeMap::new(),
        memory: (0, 0),
        _folder: folder,
    })
}

/// Bytes of what contacts bring, by table; people and the rest beside them.
fn by_table(database: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let conn = rusqlite::Connection::open(database)?;
    let sql = "SELECT s.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name \
               WHERE d.aggregate = 1 GROUP BY s.tbl_name";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    let mut all: BTreeMap<String, u64> = rows.collect::<Result<_, _>>()?;
    all.retain(|table, _| ["contact", "addition", "command", "journal"].contains(&table.as_str()));
    Ok(all)
}

/// Serves the same data as `porchlight serve` does, and says how long it took until it was ready.
fn start(program: &Path, data: &Path) -> anyhow::Result<Duration> {
    let watch: SocketAddr = ([127, 0, 0, 1], free_port()?).into();
    let at = |name: &str| data.join(name).display().to_string();
    let begun = Instant::now();
    let mut process = Command::new(program)
        .arg("serve")
        .env("PORCHLIGHT_STORE__ADDRESS", format!("sqlite:{}", at("demo.sqlite")))
        .env("PORCHLIGHT_KEYS__FILE", at("keys"))
        .env("PORCHLIGHT_JOURNAL__HEADS", at("journal-heads"))
        .env("PORCHLIGHT_SERVER__LISTEN", "127.0.0.1:0")
        .env("PORCHLIGHT_SERVER__BEHIND_PROXY", "true")
        .env("PORCHLIGHT_SERVER__PUBLIC_URL", "https://porch.example.org")
        .env("PORCHLIGHT_SERVER__WATCH", watch.to_string())
        .env("PORCHLIGHT_LOG__LEVEL", "error")
        .current_dir(data)
        .stdin(Stdio::null())
        .spawn()?;
    let ready = || -> std::io::Result<bool> {
        let mut asked = TcpStream::connect(watch)?;
        asked.write_all(b"GET /ready HTTP/1.1\r\nHost: watch\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        asked.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    let took = loop {
        if ready().unwrap_or(false) {
            break Ok(begun.elapsed());
        }
        if process.try_wait()?.is_some() || begun.elapsed() > PATIENCE {
            break Err(anyhow::anyhow!("the server did not become ready"));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let _ = process.kill();
    let _ = process.wait();
    took
}

async fn ask(size: &Size, page: usize, at_once: usize) -> anyhow::Result<Cell> {
    let (peers, supervisor) = (size.peers.clone(), size.supervisor.clone());
    let again = move |turn: usize| {
        let (peers, supervisor) = (peers.clone(), supervisor.clone());
        async move {
            let peer = &peers[turn % peers.len()];
            let round = turn / peers.len();
            let path = match PAGES[page] {
                "My day" => "/day".to_owned(),
                "A person's page" => peer.people[round % peer.people.len()].clone(),
                "A contact's page" => peer.notes[round % peer.notes.len()].clone(),
                "The list of people" => "/people".to_owned(),
                "A supervisor's day" => return supervisor.get("/day").await?.page().map(drop),
                _ => {
                    let form = &peer.forms[round % peer.forms.len()];
                    let commands = [RealIds.next(), RealIds.next()].map(|id| id.to_string());
                    let body = form.with(&[("command", &commands[0]), ("sign_command", &commands[1])]);
                    let to = format!("/contacts/{}/sign", RealIds.next());
                    return peer.browser.post(&to, &body).await?.led_to("/contacts/");
                }
            };
            peer.browser.get(&path).await?.page().map(drop)
        }
    };
    measure(at_once, REQUESTS, again).await
}

/// Bytes, as the system counts them.
fn memory(process: u32, line: &str) -> anyhow::Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let found =
        text.lines().find_map(|found| found.strip_prefix(line)?.split_whitespace().next()?.parse().ok());
    found.map(|kilobytes: u64| kilobytes * 1024).context("the system does not say how much memory it is")
}

/// The round in the middle, by its median.
fn middle(cells: &[Cell]) -> Cell {
    let mut cells = cells.to_vec();
    cells.sort_by(|one, other| one.median.total_cmp(&other.median));
    cells[cells.len() / 2]
}

fn said(contacts: u64) -> String {
    match contacts {
        million if million % 1_000_000 == 0 => format!("{} million", million / 1_000_000),
        thousand if thousand % 1000 == 0 => format!("{} thousand", thousand / 1000),
        other => other.to_string(),
    }
}

fn table(sizes: &[Size], head: &str) -> String {
    use std::fmt::Write;
    let mut text = format!("{head}\n\n| Milliseconds: median, 99 % within | at a time |");
    let mut line = String::from("|---|--:|");
    for size in sizes {
        let _ = write!(text, " {} contacts |", said(size.contacts));
        line += "--:|";
    }
    if sizes.len() > 1 {
        let _ = write!(text, " {} to {} |", said(sizes[1].contacts), said(sizes[0].contacts));
        line += "--:|";
    }
    let _ = write!(text, "\n{line}\n");
    for (number, page) in PAGES.iter().enumerate() {
        for at_once in AT_ONCE {
            let _ = write!(text, "| {page} | {at_once} |");
            let cells: Vec<Cell> = sizes.iter().map(|size| middle(&size.cells[&(number, at_once)])).collect();
            for cell in &cells {
                let _ = write!(text, " {:.2}, {:.1} |", cell.median, cell.p99);
            }
            if let [small, large, ..] = cells[..] {
                let _ = write!(text, " {:.2} |", large.median / small.median);
            }
            text.push('\n');
        }
    }
    let mut row = |what: &str, of: &dyn Fn(&Size) -> String| {
        let _ = write!(text, "| {what} | |");
        for size in sizes {
            let _ = write!(text, " {} |", of(size));
        }
        text += if sizes.len() > 1 { " |\n" } else { "\n" };
    };
    let mega = |bytes: u64| format!("{:.0} MB", bytes as f64 / 1e6);
    row("Memory of the server after all of it (the most it ever was)", &|size| {
        format!("{} ({})", mega(size.memory.0), mega(size.memory.1))
    });
    row("From start to ready, the middle of three", &|size| format!("{:.0} ms", size.ready));
    row("The database on disk", &|size| mega(size.disk));
    row("A contact with all that it brings", &|size| {
        let all: u64 = size.of_contacts.values().sum();
        format!("{:.2} kB", all as f64 / size.contacts as f64 / 1e3)
    });
    for table in ["contact", "addition", "command", "journal"] {
        row(&format!("of that in `{table}`, with its indexes"), &|size| {
            let bytes = size.of_contacts.get(table).copied().unwrap_or_default();
            format!("{:.2} kB", bytes as f64 / size.contacts as f64 / 1e3)
        });
    }
    row("Growing it", &|size| format!("{:.0} s", size.grew));
    text
}

/// Puts table and picture where people read them.
fn write(docs: &Path, table: &str, sizes: &[Size]) -> anyhow::Result<()> {
    let page = docs.join("performance.md");
    let text = std::fs::read_to_string(&page)?;
    let [begin, end] = MARKS;
    let (Some(from), Some(to)) = (text.find(begin), text.find(end)) else {
        bail!("{} has no place for the table, between {begin} and {end}", page.display());
    };
    let text = format!("{}{begin}\n{table}{}", &text[..from], &text[to..]);
    std::fs::write(&page, text)?;
    let bars = |number: usize| {
        sizes.iter().map(move |size| middle(&size.cells[&(number, 8)]).median).collect::<Vec<f64>>()
    };
    let bars: Vec<(&str, Vec<f64>)> =
        PAGES.iter().enumerate().map(|(number, page)| (*page, bars(number))).collect();
    let names: Vec<String> = sizes.iter().map(|size| format!("{} contacts", said(size.contacts))).collect();
    let title = "Milliseconds until a page is there, in the middle, 8 at a time";
    std::fs::write(docs.join("pictures").join("scale.svg"), picture::bars(title, &names, &bars))?;
    Ok(())
}
