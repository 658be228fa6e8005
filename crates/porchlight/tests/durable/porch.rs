//! A small agency on either database, and the real server before it: some write notes, some write in papers of their own, one
//! looks.

use crate::house::{House, Server};
use crate::http::{Answer, ask};
use crate::postgres::Cluster;
use jiff::Timestamp;
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::person::NewPerson;
use porchlight_app::programme::NewProgramme;
use porchlight_app::{Actor, App, Clock, Ids, RealIds, SystemClock};
use porchlight_practice::Lang;
use porchlight_practice::id::{AccountId, ContactId, DocumentId, PersonId};
use porchlight_practice::pack::{Library, Settings, SourceFile, compile};
use porchlight_practice::person::Profile;
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Options, Store};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// So many write notes; as many write in papers.
const WRITERS: usize = 3;

/// Somebody who is signed in as long as the data lives.
pub struct Somebody {
    pub account: AccountId,
    pub cookie: String,
    link: String,
    pub does: Does,
}

#[derive(Debug, Clone, Copy)]
pub enum Does {
    /// Signs notes about this person.
    Notes(PersonId),
    /// Writes in this paper.
    Paper(DocumentId),
    /// Opens the page of their own account, which is a look.
    Looks,
}

pub struct Porch {
    pub house: House,
    pub cluster: Option<Cluster>,
    pub people: Vec<Somebody>,
    address: Address,
}

impl Porch {
    /// On a file.
    pub fn on_sqlite() -> Porch {
        Porch::furnished(House::new(), None)
    }

    /// On a PostgreSQL of its own, or none where there is none.
    pub fn on_postgres() -> Option<Porch> {
        let cluster = Cluster::started()?;
        let house = House::on(tempfile::tempdir().unwrap(), cluster.address());
        Some(Porch::furnished(house, Some(cluster)))
    }

    /// On a PostgreSQL that another one follows, or none where there is none. Also that other one.
    pub fn on_two() -> Option<(Porch, Cluster)> {
        let mut leads = Cluster::started()?;
        let follows = leads.followed();
        let house = House::on(tempfile::tempdir().unwrap(), leads.address_with(&follows));
        Some((Porch::furnished(house, Some(leads)), follows))
    }

    fn furnished(house: House, cluster: Option<Cluster>) -> Porch {
        let address: Address = house.address().parse().unwrap();
        std::fs::create_dir(house.at("keys")).unwrap();
        KeyRing::generate().unwrap().write_new(&house.at("keys/key-ring")).unwrap();
        let mut porch = Porch { house, cluster, people: Vec::new(), address };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let ring = KeyRing::read(&porch.house.at("keys/key-ring")).unwrap();
        let app =
            App::new(porch.store(), Keys::new(ring), library(), Arc::new(SystemClock), Arc::new(RealIds))
                .unwrap();
        porch.people = runtime.block_on(furnish(&app));
        drop(app);
        let server = porch.serve();
        for somebody in &mut porch.people {
            let entered = ask(server.at, "POST", &format!("/open/{}", somebody.link), "", "").unwrap();
            assert_eq!(entered.status, 303, "{}", entered.body);
            somebody.cookie = entered.cookies();
        }
        server.end();
        porch
    }

    pub fn serve(&self) -> Server {
        self.house.serve()
    }

    /// One more server on the same database. It signs the journal's heads into a file of its own.
    pub fn serve_beside(&self) -> Server {
        let mut command = self.house.command(&["serve"]);
        command.env("PORCHLIGHT_JOURNAL__HEADS", self.house.at("other-heads"));
        Server::start(command)
    }

    /// Its database, behind the server's back.
    pub fn store(&self) -> Store {
        Store::open(&self.address, Options::new(Arc::new(|| SystemClock.now()))).unwrap()
    }

    pub fn wal(&self) -> String {
        self.house.at("porchlight.sqlite-wal").to_str().unwrap().to_owned()
    }

    pub fn file(&self) -> String {
        self.house.at("porchlight.sqlite").to_str().unwrap().to_owned()
    }

    /// Those who change something.
    pub fn writers(&self) -> impl Iterator<Item = (usize, &Somebody)> {
        self.people.iter().enumerate().filter(|(_, who)| !matches!(who.does, Does::Looks))
    }

    pub fn looker(&self) -> &Somebody {
        self.people.iter().find(|who| matches!(who.does, Does::Looks)).unwrap()
    }
}

/// A form that somebody sends, perhaps again.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Whose.
    pub by: usize,
    pub what: What,
    path: String,
    body: String,
}

#[derive(Debug, Clone, Copy)]
pub enum What {
    /// Signing a note is two commands: the draft, and the signature.
    Note { id: ContactId, draft: Uuid, sign: Uuid },
    /// Words in a paper are one.
    Words { paper: DocumentId, command: Uuid },
}

impl Sent {
    /// What this writer writes next. `None` for somebody who only looks.
    pub fn next(by: usize, who: &Somebody) -> Option<Sent> {
        Some(match who.does {
            Does::Notes(person) => {
                let id = ContactId(RealIds.next());
                let (draft, sign) = (RealIds.next(), RealIds.next());
                let began = (SystemClock.now() - jiff::SignedDuration::from_mins(50))
                    .to_zoned(jiff::tz::TimeZone::get("America/New_York").unwrap());
                let (day, start) = (began.strftime("%Y-%m-%d"), began.strftime("%H%%3A%M"));
                let body = format!(
                    "command={draft}&sign_command={sign}&person={person}&version=0&day={day}&start={start}&length=30\
                     &purpose=work_on_goal&kind=in_person&place=out_and_about&did=goal_work&present=supporter\
                     &present_words=His+sister+June&strengths=He+asked+for+what+he+needs.\
                     &own_words=Three+good+nights+this+week.&response=He+was+proud+of+it.&goal=none\
                     &next_step=meet_again&next_words=Saturday"
                );
                Sent { by, what: What::Note { id, draft, sign }, path: format!("/contacts/{id}/sign"), body }
            }
            Does::Paper(paper) => {
                let command = RealIds.next();
                // A number that no answer has: the form has seen everything.
                let body =
                    format!("command={command}&version={}&good_day=I+sing+on+day+{command}.", i64::MAX);
                let path = format!("/plans/{paper}/write/well");
                Sent { by, what: What::Words { paper, command }, path, body }
            }
            Does::Looks => return None,
        })
    }

    pub fn send(&self, at: SocketAddr, who: &Somebody) -> std::io::Result<Answer> {
        ask(at, "POST", &self.path, &who.cookie, &self.body)
    }
}

async fn furnish(app: &App) -> Vec<Somebody> {
    let first = app.found_agency("Ruth Calloway").await.unwrap();
    let boss = accept(app, &first, "Ruth Calloway").await;
    let new = NewProgramme {
        name: "Sweetgum".into(),
        pack: "us-ga-adult".into(),
        zone: "America/New_York".into(),
        settings: Settings::default(),
    };
    let here = app.open_programme(&boss, app.command_id(), new).await.unwrap();
    let mut people = vec![somebody(app, &boss, Does::Looks).await];
    for number in 0..WRITERS {
        let name = format!("Marisol Vega {number}");
        let link = app.invite_worker(&boss, app.command_id(), here, &name, "peer").await.unwrap();
        let peer = accept(app, &link, &name).await;
        let profile = Profile { called: format!("Darnell {number}"), ..Profile::default() };
        let new = NewPerson { id: PersonId(RealIds.next()), profile, works_here: false, first: None };
        let person = app.add_person(&peer, app.command_id(), new).await.unwrap();
        let link = app.invite_person(&peer, app.command_id(), person).await.unwrap();
        let own = accept(app, &link, &format!("Darnell {number}")).await;
        let paper = app.start_document(&own, app.command_id(), person, "wellness_plan").await.unwrap();
        people.push(somebody(app, &peer, Does::Notes(person)).await);
        people.push(somebody(app, &own, Does::Paper(paper)).await);
    }
    people
}

async fn somebody(app: &App, actor: &Actor, does: Does) -> Somebody {
    let until: Timestamp = SystemClock.now() + jiff::SignedDuration::from_hours(1);
    let link = app.sign_in_link(actor.membership(), until).await.unwrap();
    Somebody { account: actor.account(), cookie: String::new(), link: link.expose().to_owned(), does }
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
