//! A small programme to try the doors in, on every database there is.
#![allow(dead_code, reason = "each test file uses its own part of the world")]

use jiff::{SignedDuration, Timestamp};
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::contact::Saved;
use porchlight_app::person::NewPerson;
use porchlight_app::programme::NewProgramme;
use porchlight_app::{Actor, App, Clock, Error, Ids, RealIds};
use porchlight_practice::Lang;
use porchlight_practice::contact::Draft;
use porchlight_practice::id::{ContactId, PersonId};
use porchlight_practice::pack::{Library, Settings, SourceFile, compile};
use porchlight_practice::person::Profile;
use porchlight_store::Address;
use porchlight_store::seal::{KeyRing, Keys, Owner};
use porchlight_store::testing::{Database, databases, noon};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The password of everybody.
pub const PASSWORD: &str = "the porch light is on";

/// A clock that only moves when it is told to.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    /// Lets minutes pass.
    pub fn advance(&self, minutes: i64) {
        *self.0.lock().unwrap() += SignedDuration::from_mins(minutes);
    }
}

/// The packs as they lie in the repository.
pub fn library() -> Library {
    compile(&packs()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The text of those packs, for a test that changes some of it.
pub fn packs() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for pack in
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in std::fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "toml") {
                let path = format!(
                    "{}/{}",
                    pack.file_name().unwrap().to_str().unwrap(),
                    file.file_name().unwrap().to_str().unwrap()
                );
                files.push(SourceFile { path, text: std::fs::read_to_string(&file).unwrap() });
            }
        }
    }
    files
}

/// A programme with somebody in most roles.
pub struct World {
    /// The two doors.
    pub app: App,
    /// The only time there is.
    pub clock: TestClock,
    /// Where it is all kept.
    pub database: Database,
    /// Walks with everybody whom [`World::person`] makes.
    pub peer: Actor,
    /// Walks with nobody yet.
    pub second: Actor,
    /// Of both.
    pub supervisor: Actor,
    /// Of the supervisor.
    pub deputy: Actor,
    /// Of the treatment team.
    pub team: Actor,
    /// Of the whole agency.
    pub admin: Actor,
    keys: Keys,
}

impl World {
    pub async fn new(database: Database) -> World {
        let clock = TestClock(Arc::new(Mutex::new(noon())));
        let keys = Keys::new(KeyRing::generate().unwrap());
        let app = App::new(
            database.store.clone(),
            keys.clone(),
            library(),
            Arc::new(clock.clone()),
            Arc::new(RealIds),
        )
        .unwrap();
        let first = app.found_agency("Ruth").await.unwrap();
        let admin = accept(&app, &first, "Ruth Calloway").await;
        let programme = NewProgramme {
            name: "Sweetgum".into(),
            pack: "us-ga-adult".into(),
            zone: "America/New_York".into(),
            settings: Settings::default(),
        };
        let here = app.open_programme(&admin, app.command_id(), programme).await.unwrap();
        let mut staff = Vec::new();
        for (name, title) in [
            ("Marisol Vega", "peer"),
            ("Joe Kimball", "peer"),
            ("Denise Hall", "program_manager"),
            ("Grace Okafor", "program_manager"),
            ("Leena Patel", "team_member"),
        ] {
            let link = app.invite_worker(&admin, app.command_id(), here, name, title).await.unwrap();
            staff.push(accept(&app, &link, name).await);
        }
        let [peer, second, supervisor, deputy, team] = <[Actor; 5]>::try_from(staff).unwrap();
        for who in [&peer, &second] {
            app.name_supervisor(&admin, app.command_id(), here, who.account(), supervisor.account())
                .await
                .unwrap();
        }
        app.name_deputy(&admin, app.command_id(), here, supervisor.account(), deputy.account())
            .await
            .unwrap();
        World { app, clock, database, peer, second, supervisor, deputy, team, admin, keys }
    }

    pub async fn person(&self, called: &str, works_here: bool) -> PersonId {
        let new = NewPerson {
            id: PersonId(RealIds.next()),
            profile: Profile {
                called: called.into(),
                family_name: "Washington".into(),
                ..Profile::default()
            },
            works_here,
            first: None,
        };
        self.app.add_person(&self.peer, self.app.command_id(), new).await.unwrap()
    }

    pub fn draft(&self) -> Draft {
        let ended = self.clock.now() - SignedDuration::from_mins(10);
        Draft {
            kind: "phone".into(),
            purpose: "work_on_goal".into(),
            started: Some(ended - SignedDuration::from_mins(45)),
            ended: Some(ended),
            did: ["goal_work".to_string()].into(),
            own_words: "Three good nights this week.".into(),
            next_step: "meet_again".into(),
            ..Draft::default()
        }
    }

    pub async fn signed(&self, person: PersonId) -> ContactId {
        let id = ContactId(RealIds.next());
        let saved = self.app.save_draft(&self.peer, self.app.command_id(), id, person, self.draft(), 0).await;
        let Saved::Done(version) = saved.unwrap() else { panic!("a new draft clashed") };
        self.app.sign_note(&self.peer, self.app.command_id(), id, version).await.unwrap();
        id
    }

    /// Somebody who works here from now on.
    pub async fn invited(&self, name: &str, title: &str) -> Actor {
        let here = self.peer.programme().unwrap();
        let link =
            self.app.invite_worker(&self.admin, self.app.command_id(), here, name, title).await.unwrap();
        accept(&self.app, &link, name).await
    }

    /// One more role for somebody who has an account, in which they act from now on.
    pub async fn joins(&self, name: &str, link: &Secret) -> Actor {
        let secret = self.app.sign_in(name, PASSWORD, false).await.unwrap().secret().unwrap();
        self.app.join(&self.app.session(&secret).await.unwrap(), link).await.unwrap();
        self.app.session(&secret).await.unwrap().actor
    }

    /// The program comes back with other packs, as after an update; what is kept stays.
    pub fn updated(&self, library: Library) -> App {
        let (store, clock) = (self.database.store.clone(), Arc::new(self.clock.clone()));
        App::new(store, self.keys.clone(), library, clock, Arc::new(RealIds)).unwrap()
    }

    /// A person whose account `sign_in` opens.
    pub async fn person_with_account(&self, called: &str, sign_in: &str) -> (PersonId, Actor) {
        let person = self.person(called, false).await;
        let link = self.app.invite_person(&self.peer, self.app.command_id(), person).await.unwrap();
        (person, accept(&self.app, &link, sign_in).await)
    }

    /// Whether the key of an owner was thrown away.
    pub async fn key_is_gone(&self, owner: Owner) -> bool {
        let keys = self.keys.clone();
        let key = self
            .database
            .store
            .read(move |tx| Ok::<_, porchlight_store::Error>(keys.get(tx, owner).is_err()));
        key.await.unwrap()
    }

    /// That none of these words stands in clear in any file of the database. A server's files are not ours to read.
    pub fn holds_none_of(&self, words: &[&str]) {
        let Address::Sqlite(path) = &self.database.address else { return };
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
        }
        assert!(bytes.len() > 10_000);
        for word in words {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} stands in clear");
        }
    }
}

/// Takes an invitation with [`PASSWORD`].
pub async fn accept(app: &App, link: &Secret, name: &str) -> Actor {
    let new = NewAccount {
        name: name.into(),
        sign_in_name: name.into(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(link, new, false).await.unwrap();
    app.session(&secret).await.unwrap().actor
}

/// Runs on a fresh database of each kind.
pub fn on_each<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for database in databases() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async { test(World::new(database).await).await });
    }
}

/// Whether it is not there, or may not be seen: the two look alike.
pub fn not_found<T>(answer: Result<T, Error>) -> bool {
    matches!(answer, Err(Error::NotFound))
}
