//! A programme of 100,000 workers: the answers from cold, the pass of a night, and what somebody opens who has to know
//! what needs them. On SQLite with `synchronous=FULL`, without HTTP.

use crate::ladder::{accept, library, print};
use anyhow::Context;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use porchlight_app::programme::NewProgramme;
use porchlight_app::{App, Clock, Ids, RealIds};
use porchlight_outbound::Outbound;
use porchlight_practice::Role;
use porchlight_practice::credential::{Credential, Entry};
use porchlight_practice::id::{AccountId, CredentialId, MembershipId, ProgrammeId};
use porchlight_practice::pack::Settings;
use porchlight_store::account::{self, AccountRow, MembershipRow};
use porchlight_store::credential::{self, CredentialRow};
use porchlight_store::seal::{DataKey, KeyRing, Keys, Owner, Place};
use porchlight_store::{Address, Options, Store, programme};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// How many workers.
const WORKERS: usize = 100_000;
/// How many each supervisor has.
const TEAM: usize = 20;
/// How many share one commit while the programme is made.
const TOGETHER: usize = 1_000;
/// How many times a page is opened.
const OPENED: usize = 500;
/// The day on which it begins.
const TODAY: Date = date(2026, 11, 26);

/// A clock that moves when it is told to.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Hand {
    fn read(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        self.read()
    }
}

/// Measures and prints.
pub async fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let noon: Timestamp = "2026-11-26T18:00:00Z".parse()?;
    let clock = Arc::new(Hand(AtomicI64::new(noon.as_second())));
    let time = clock.clone();
    let store = Store::open(
        &Address::Sqlite(folder.path().join("bench.sqlite")),
        Options::new(Arc::new(move || time.read())),
    )?;
    let keys = Keys::new(KeyRing::generate()?);
    let (outbound, _) = Outbound::recording();
    let app = App::new(store.clone(), keys.clone(), library()?, clock.clone(), Arc::new(RealIds))?
        .with_outbound(outbound);
    let boss = accept(&app, app.found_agency("Ruth Calloway").await?, "Ruth").await?;
    let new = NewProgramme {
        name: "Cahaba".into(),
        pack: "us-al-parent".into(),
        zone: "America/Chicago".into(),
        settings: Settings::default(),
    };
    let here = app.open_programme(&boss, app.command_id(), new).await?;
    let link = app.invite_worker(&boss, app.command_id(), here, "Joan", "program_administrator").await?;
    let admin = accept(&app, link, "Joan").await?;

    let began = Instant::now();
    let mut leads: Vec<(AccountId, MembershipId)> = Vec::new();
    for first in (0..WORKERS).step_by(TOGETHER) {
        let keys = keys.clone();
        let some = store.write(move |tx| people(tx, &keys, here, first, noon)).await?;
        leads.extend(some);
    }
    println!(
        "{WORKERS} workers in teams of {TEAM}, {} papers each, made in {:.0} s",
        shown(0).len(),
        began.elapsed().as_secs_f64()
    );

    let (began, used) = (Instant::now(), crate::ladder::cpu()?);
    let count = app.work_out_answers().await?;
    let used = crate::ladder::cpu()?.saturating_sub(used);
    println!(
        "From cold: the answers of {count} in {:.1} s, {:.1} s of one core (aim: under 10 s of one core)",
        began.elapsed().as_secs_f64(),
        used.as_secs_f64()
    );
    let mut quiet = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        let count = app.work_out_answers().await?;
        anyhow::ensure!(count == 0, "somebody was due again");
        quiet.push(began.elapsed());
    }
    print("A pass on a quiet day touches nobody", quiet, 20.0);
    for _ in 0..3 {
        clock.0.fetch_add(SignedDuration::from_hours(24).as_secs(), Ordering::Relaxed);
        let began = Instant::now();
        let count = app.work_out_answers().await?;
        println!(
            "The pass of the next day touches {count} of {WORKERS} in {:.2} s",
            began.elapsed().as_secs_f64()
        );
    }

    let mut days: Vec<Duration> = Vec::new();
    for turn in 0..OPENED {
        let (_, membership) = leads.get(turn * 7 % leads.len()).context("nobody supervises")?;
        let lead = app.actor(*membership).await?;
        let began = Instant::now();
        app.day(&lead).await?;
        days.push(began.elapsed());
    }
    print("A supervisor opens what needs them", days, 20.0);
    let mut ahead: Vec<Duration> = Vec::new();
    for _ in 0..OPENED {
        let began = Instant::now();
        let found = app.ahead(&admin).await?;
        anyhow::ensure!(!found.changes.is_empty(), "nothing changes in 90 days");
        ahead.push(began.elapsed());
    }
    print("The office opens the next 90 days", ahead, 20.0);
    let mut set_up: Vec<Duration> = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        app.day(&admin).await?;
        set_up.push(began.elapsed());
    }
    print("The office opens its day: who has no supervisor yet", set_up, 20.0);
    Ok(())
}

/// What a worker has shown, on days that differ from worker to worker.
fn shown(number: usize) -> Vec<Entry> {
    let ago = |days: usize| TODAY.saturating_sub((days as i64).days());
    let training = |topic: &str, days: usize| Entry::Training {
        ended: ago(days),
        topics: vec![topic.into()],
        minutes: 60,
        programme: None,
        approved_by: None,
        certificate: None,
    };
    vec![
        training("infection_control", number % 366),
        training("abuse_and_neglect", number / 3 % 366),
        training("tuberculosis", number / 7 % 366),
        training("crisis_and_aggression", number % 732),
        Entry::Paper { kind: "certificate".into(), from: ago(number % 600), until: None, clear: true },
    ]
}

/// Some workers with their papers, and whoever supervises them.
fn people(
    tx: &mut porchlight_store::Tx<'_>,
    keys: &Keys,
    here: ProgrammeId,
    first: usize,
    at: Timestamp,
) -> Result<Vec<(AccountId, MembershipId)>, porchlight_app::Error> {
    let mut leads = Vec::new();
    for number in first..first + TOGETHER {
        if number % TEAM == 0 {
            let (lead, membership, _) = one(tx, keys, here, at, (Role::Supervisor, "program_director"))?;
            leads.push((lead, membership));
        }
        let (who, _, key) = one(tx, keys, here, at, (Role::ParentPeerSpecialist, "peer"))?;
        if let Some((lead, _)) = leads.last() {
            programme::set_supervisor(tx, here, who, *lead, at)?;
        }
        for entry in shown(number) {
            let id = CredentialId(RealIds.next());
            let body = serde_json::to_vec(&Credential::sent(entry, None, TODAY)).unwrap_or_default();
            let body = key.seal(&Place::new("credential", id.0, "body"), &body)?;
            credential::insert(
                tx,
                &CredentialRow { id, account: who, waiting: false, body, at, version: 1 },
            )?;
        }
    }
    Ok(leads)
}

fn one(
    tx: &mut porchlight_store::Tx<'_>,
    keys: &Keys,
    here: ProgrammeId,
    at: Timestamp,
    (role, title): (Role, &str),
) -> Result<(AccountId, MembershipId, DataKey), porchlight_app::Error> {
    let (who, membership) = (AccountId(RealIds.next()), MembershipId(RealIds.next()));
    let (key, wrapped) = keys.make(Owner::Worker(who.0))?;
    tx.put_key(&wrapped, at)?;
    let name = key.seal(&Place::new("account", who.0, "name"), b"\"Denise Harper\"")?;
    let row = AccountRow {
        id: who,
        sign_in_name: None,
        name,
        phone: None,
        password: None,
        lang: "en".into(),
        version: 1,
    };
    account::insert(tx, &row, at)?;
    let row = MembershipRow {
        id: membership,
        account: who,
        programme: Some(here),
        role,
        title: title.into(),
        person: None,
        since: at,
        ended: None,
    };
    account::insert_membership(tx, &row)?;
    Ok((who, membership, key))
}
