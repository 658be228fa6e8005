//! `cargo xtask bench ladder`: how long a report takes until it is on disk with the calls of its first rung, and what the
//! clockwork costs while ten thousand ladders wait.

use anyhow::Context;
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::programme::NewProgramme;
use porchlight_app::safety::NewSafetyReport;
use porchlight_app::{Actor, App, Clock, Ids, RealIds, SystemClock};
use porchlight_outbound::Outbound;
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::ladder::{Called, Ladder, Plan, Rota, Rung};
use porchlight_practice::pack::{Library, Settings, SourceFile, compile};
use porchlight_practice::safety::{Kind, Report};
use porchlight_practice::{Lang, Means};
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Options, Store};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Reports sent at a time.
const AT_ONCE: usize = 8;
/// Ladders that wait.
const OPEN: usize = 10_000;
/// How often the clockwork wakes for the measurement.
const WAKES: usize = 500;
/// How long the clockwork runs by itself.
const ALONE: Duration = Duration::from_secs(10);

/// Measures and prints.
pub async fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (app, peer) = agency(folder.path()).await?;
    let (turns, began) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut workers = Vec::new();
    for _ in 0..AT_ONCE {
        let (app, peer, turns) = (app.clone(), peer.clone(), turns.clone());
        workers.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while turns.fetch_add(1, Ordering::Relaxed) < OPEN {
                let begun = Instant::now();
                app.report_safety(&peer, app.command_id(), report()).await?;
                times.push(begun.elapsed());
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for worker in workers {
        times.extend(worker.await??);
    }
    println!(
        "{} reports, {AT_ONCE} at a time, {:.0} a second",
        times.len(),
        times.len() as f64 / began.elapsed().as_secs_f64()
    );
    print("A report and the calls of its first rung are on disk", times, 50.0);

    // Everything that is due goes out first; then the ladders wait for their next rung.
    while app.climb().await? + app.make_calls().await? > 0 {}
    let mut times = Vec::new();
    for _ in 0..WAKES {
        let begun = Instant::now();
        anyhow::ensure!(app.climb().await? + app.make_calls().await? == 0, "something was due");
        times.push(begun.elapsed());
    }
    print(&format!("The clockwork wakes while {OPEN} ladders wait"), times, 5.0);

    let (stop, stopped) = watch::channel(false);
    let before = cpu()?;
    let clockwork = tokio::spawn({
        let app = app.clone();
        async move { app.ladders(stopped).await }
    });
    tokio::time::sleep(ALONE).await;
    let used = cpu()?.saturating_sub(before);
    stop.send(true)?;
    clockwork.await?;
    let share = used.as_secs_f64() / ALONE.as_secs_f64() * 100.0;
    println!("The clockwork alone for {} s: {share:.2} % of one core (aim: under 1 %)", ALONE.as_secs());
    Ok(())
}

pub(crate) fn print(what: &str, mut times: Vec<Duration>, aim: f64) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{what}: median {:.2} ms, 99 % within {:.2} ms (aim: {aim} ms)", at(50), at(99));
}

/// What this process has used of its cores so far.
pub(crate) fn cpu() -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = text.rsplit_once(')').context("an odd /proc/self/stat")?;
    let ticks: u64 =
        rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    // A hundredth of a second each, on every Linux there is.
    Ok(Duration::from_millis(ticks * 10))
}

fn report() -> NewSafetyReport {
    NewSafetyReport {
        id: SafetyReportId(RealIds.next()),
        person: None,
        about_worker: None,
        report: Report {
            kind: Kind::Other,
            this_minute: false,
            who: String::new(),
            words: "Smoke on the second floor.".into(),
            place: String::new(),
            with_them: None,
            helped: String::new(),
            known_at: SystemClock.now(),
        },
    }
}

async fn agency(folder: &Path) -> anyhow::Result<(App, Actor)> {
    let store = Store::open(
        &Address::Sqlite(folder.join("bench.sqlite")),
        Options::new(Arc::new(|| SystemClock.now())),
    )?;
    let (outbound, _) = Outbound::recording();
    let keys = Keys::new(KeyRing::generate()?);
    let app =
        App::new(store, keys, library()?, Arc::new(SystemClock), Arc::new(RealIds))?.with_outbound(outbound);
    let boss = accept(&app, app.found_agency("Ruth Calloway").await?, "Ruth").await?;
    let new = NewProgramme {
        name: "Sweetgum".into(),
        pack: "us-ga-adult".into(),
        zone: "America/New_York".into(),
        settings: Settings::default(),
    };
    let here = app.open_programme(&boss, app.command_id(), new).await?;
    let link = app.invite_worker(&boss, app.command_id(), here, "Marisol Vega", "peer").await?;
    let peer = accept(&app, link, "Marisol").await?;
    let mut rungs = Vec::new();
    let mut first = None;
    for name in ["Denise", "Grace", "Owen"] {
        let link = app.invite_worker(&boss, app.command_id(), here, name, "program_manager").await?;
        let who = accept(&app, link, name).await?;
        rungs.push(Rung { who: Called::Named(who.account()), means: [Means::Webhook].into(), wait: 3600 });
        first.get_or_insert(who);
    }
    let plan = Plan {
        ladder: Ladder { rungs, again: 3600, hours: None },
        rota: Rota::default(),
        numbers: Default::default(),
    };
    app.keep_ladder(&boss, app.command_id(), here, plan.clone(), false, 0).await?;
    let first = first.context("somebody is on the ladder")?;
    let test = app.test_call(&boss, app.command_id(), here, first.account()).await?;
    app.make_calls().await?;
    let calls = app.test_call_to_me(&first, test).await?.calls;
    let came = calls.iter().filter(|call| call.sent.is_some()).map(|call| call.id).collect();
    app.answer_test(&first, app.command_id(), test, came).await?;
    app.keep_ladder(&boss, app.command_id(), here, plan, true, 1).await?;
    Ok((app, peer))
}

pub(crate) async fn accept(app: &App, link: Secret, name: &str) -> anyhow::Result<Actor> {
    let new = NewAccount {
        name: name.into(),
        sign_in_name: name.into(),
        password: "a porch with a lantern".into(),
        lang: Lang::En,
    };
    Ok(app.session(&app.accept_invitation(&link, new, false).await?).await?.actor)
}

/// The packs as they lie in the repository.
pub(crate) fn library() -> anyhow::Result<Library> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for pack in std::fs::read_dir(root)?.flatten().filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(pack.path())?.flatten() {
            let name = format!("{}/{}", pack.file_name().display(), file.file_name().display());
            if name.ends_with(".toml") {
                files.push(SourceFile { path: name, text: std::fs::read_to_string(file.path())? });
            }
        }
    }
    compile(&files).map_err(|faults| anyhow::anyhow!("{faults:?}"))
}
