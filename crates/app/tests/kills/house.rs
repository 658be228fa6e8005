//! An agency whose ladder is three people long and waits a second on each rung, and the processes that climb it: each is this
//! very test program, started anew, with the clockwork of a server and the real webhook.

use crate::pager::{Pager, SECRET};
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::programme::NewProgramme;
use porchlight_app::safety::NewSafetyReport;
use porchlight_app::{Actor, App, Clock, Error, RealIds, SystemClock};
use porchlight_outbound::{self as outbound, Outbound, Roots, Webhook};
use porchlight_practice::id::{AccountId, CommandId, SafetyReportId};
use porchlight_practice::ladder::{Called, Ladder, Plan, Rota, Rung};
use porchlight_practice::pack::{Library, Settings, SourceFile, compile};
use porchlight_practice::safety::{Kind, Report};
use porchlight_practice::{Lang, Means};
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Options, Store};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// How long anything may take. Long, since tests share their cores.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Seconds on each rung.
pub const WAIT: u32 = 1;

pub struct House {
    folder: TempDir,
    address: String,
    pub pager: Pager,
    /// Who is called, in this order.
    pub rungs: Vec<AccountId>,
    /// A server of its own inside of the test, which takes reports and climbs nothing: what it keeps is the others' to call.
    inside: Option<Inside>,
    runtime: Runtime,
    /// Seconds that the pager may take; so long a call of a dead server stays claimed.
    pub timeout: u32,
}

struct Inside {
    app: App,
    peer: Actor,
}

impl House {
    /// Founded, with a ladder that is switched on. On SQLite in its own folder, or on the PostgreSQL database given.
    pub fn founded(postgres: Option<String>) -> House {
        let folder = tempfile::tempdir().unwrap();
        let address = postgres
            .unwrap_or_else(|| format!("sqlite:{}", folder.path().join("porchlight.sqlite").display()));
        let ring = KeyRing::generate().unwrap();
        ring.write_new(&folder.path().join("key-ring")).unwrap();
        let mut house = House {
            folder,
            address,
            pager: Pager::open(),
            rungs: Vec::new(),
            inside: None,
            runtime: tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap(),
            timeout: 2,
        };
        let app = house.app();
        let (inside, rungs) = house.runtime.block_on(furnish(app));
        house.inside = Some(inside);
        house.rungs = rungs;
        house
    }

    /// Its database, behind the servers' back.
    pub fn store(&self) -> Store {
        let address: Address = self.address.parse().unwrap();
        Store::open(&address, Options::new(Arc::new(|| SystemClock.now()))).unwrap()
    }

    fn app(&self) -> App {
        let ring = KeyRing::read(&self.at("key-ring")).unwrap();
        App::new(self.store(), Keys::new(ring), library(), Arc::new(SystemClock), Arc::new(RealIds)).unwrap()
    }

    /// Sends a report, once. `true` when it is on disk.
    pub fn send(&self, id: Uuid, command: Uuid) -> bool {
        let Inside { app, peer } = self.inside.as_ref().unwrap();
        let report = Report {
            kind: Kind::Other,
            this_minute: false,
            who: String::new(),
            words: "Smoke on the second floor.".into(),
            place: String::new(),
            with_them: None,
            helped: String::new(),
            known_at: jiff::Timestamp::UNIX_EPOCH,
        };
        let new = NewSafetyReport { id: SafetyReportId(id), person: None, about_worker: None, report };
        match self.runtime.block_on(app.report_safety(peer, CommandId(command), new)) {
            Ok(_) => true,
            Err(Error::Busy) => false,
            Err(error) => panic!("a report was answered with {error}"),
        }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts a process that climbs ladders and makes calls; several may run on one PostgreSQL.
    pub fn serve(&self) -> Server {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "clockwork_until_killed", "--nocapture"]);
        command.env(
            "PORCHLIGHT_CLOCKWORK",
            format!("{} {} {}", self.address, self.at("key-ring").display(), self.pager.url),
        );
        command.env("PORCHLIGHT_CLOCKWORK_TIMEOUT", self.timeout.to_string());
        Server::start(&mut command)
    }
}

/// What such a process does.
pub fn clockwork(told: &str, timeout: u64) {
    let [address, ring, pager] = told.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let address: Address = address.parse().unwrap();
    let store = Store::open(&address, Options::new(Arc::new(|| SystemClock.now()))).unwrap();
    let ring = KeyRing::read(Path::new(ring)).unwrap();
    let outbound = Outbound::new(outbound::Settings {
        public_url: "https://porch.example.org".into(),
        patience: Duration::from_secs(timeout),
        roots: Roots::default(),
        email: None,
        push: None,
        phone: None,
        webhook: Some(Webhook { url: pager.into(), secret: outbound::Secret::new(SECRET) }),
    })
    .unwrap();
    let app = App::new(store, Keys::new(ring), library(), Arc::new(SystemClock), Arc::new(RealIds)).unwrap();
    let app = app.with_outbound(outbound);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (_keep, stop) = tokio::sync::watch::channel(false);
        println!("\nserving");
        app.ladders(stop).await;
    });
}

async fn furnish(app: App) -> (Inside, Vec<AccountId>) {
    let first = app.found_agency("Ruth Calloway").await.unwrap();
    let boss = accept(&app, &first, "Ruth Calloway").await;
    let new = NewProgramme {
        name: "Sweetgum".into(),
        pack: "us-ga-adult".into(),
        zone: "America/New_York".into(),
        settings: Settings::default(),
    };
    let here = app.open_programme(&boss, app.command_id(), new).await.unwrap();
    let mut staff = Vec::new();
    for (name, title) in [
        ("Marisol Vega", "peer"),
        ("Denise Hall", "program_manager"),
        ("Grace Okafor", "program_manager"),
        ("Owen Castillo", "program_manager"),
    ] {
        let link = app.invite_worker(&boss, app.command_id(), here, name, title).await.unwrap();
        staff.push(accept(&app, &link, name).await);
    }
    let [peer, managers @ ..] = staff.as_slice() else { unreachable!() };
    let rungs: Vec<AccountId> = managers.iter().map(Actor::account).collect();
    let rung =
        |who: &AccountId| Rung { who: Called::Named(*who), means: [Means::Webhook].into(), wait: WAIT };
    let plan = Plan {
        // After the last rung it ends, so that there is an end to wait for.
        ladder: Ladder { rungs: rungs.iter().map(rung).collect(), again: 60, hours: Some(0) },
        rota: Rota::default(),
        numbers: Default::default(),
    };
    app.keep_ladder(&boss, app.command_id(), here, plan.clone(), false, 0).await.unwrap();
    // Somebody of the ladder answers a test call; only then can reports be sent.
    let test = app.test_call(&boss, app.command_id(), here, rungs[0]).await.unwrap();
    let calls = app.test_call_to_me(&managers[0], test).await.unwrap().calls;
    // Nothing goes out of this process; what came is what showed on their page.
    let came = calls.iter().filter(|call| call.sent.is_some()).map(|call| call.id).collect();
    app.answer_test(&managers[0], app.command_id(), test, came).await.unwrap();
    app.keep_ladder(&boss, app.command_id(), here, plan, true, 1).await.unwrap();
    (Inside { peer: peer.clone(), app }, rungs)
}

async fn accept(app: &App, invitation: &Secret, name: &str) -> Actor {
    let new = NewAccount {
        name: name.into(),
        sign_in_name: name.to_lowercase().replace(' ', "."),
        password: "a porch with a lantern".into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(invitation, new, false).await.unwrap();
    app.session(&secret).await.unwrap().actor
}

/// The packs as they lie in the repository.
fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for pack in
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in std::fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "toml") {
                let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
                let path = format!("{}/{}", name(&pack), name(&file));
                files.push(SourceFile { path, text: std::fs::read_to_string(&file).unwrap() });
            }
        }
    }
    compile(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A serving program. It is killed when this is dropped.
pub struct Server {
    process: Mutex<Child>,
}

impl Server {
    fn start(command: &mut Command) -> Server {
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let (tell, told) = mpsc::channel();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if line.contains("serving") {
                    let _ = tell.send(());
                } else if line.contains("ERROR") {
                    eprintln!("{line}");
                }
            }
        });
        match told.recv_timeout(PATIENCE) {
            Ok(()) => Server { process: Mutex::new(process) },
            Err(_) => {
                let _ = process.kill();
                panic!("the server did not start");
            }
        }
    }

    /// As the system does it when memory runs out: SIGKILL, which no program hears.
    pub fn kill(self) {
        self.kill_now();
    }

    /// The same while others are still talking to it.
    pub fn kill_now(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(mut process) = self.process.lock() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
