//! A small agency to try pages in: two programmes, somebody in each role, and browsers without a screen.
//!
//! ```ignore
//! let world = World::new().await;
//! let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
//! let page = peer.get("/day").await;
//! assert_eq!(page.status, 200);
//! let answer = peer.submit(&page, "/contacts/new", &[("purpose", "a walk")]).await;   // as the form on the page
//! let next = peer.follow(answer).await;
//! world.clock.advance(SignedDuration::from_mins(31));
//! ```
//!
//! Everything was made through the app's own use cases: invitations were accepted with [`PASSWORD`], supervisors and
//! deputies were named. `world.app` with `world.actor(&world.georgia.peer)` does what no page is needed for.
#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(dead_code, reason = "each test file uses its own part of the world")]

pub mod filled;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::account::{NewAccount, Secret};
use porchlight_app::person::NewPerson;
use porchlight_app::programme::NewProgramme;
use porchlight_app::{Actor, App, Clock, RealIds};
use porchlight_outbound::{Outbound, Recorder};
use porchlight_practice::id::{AccountId, MembershipId, PersonId, ProgrammeId};
use porchlight_practice::pack::{Library, Settings, SourceFile, compile};
use porchlight_practice::person::Profile;
use porchlight_practice::sheet::{Jam, Press, Sheet};
use porchlight_practice::{Lang, Role};
use porchlight_store::seal::{KeyRing, Keys};
use porchlight_store::{Address, Options, Store};
use porchlight_web::{Shell, Web, site};
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt;

/// The password of everybody.
pub const PASSWORD: &str = "porch lamp at dusk";
/// Thursday, November 19, 2026: 3 pm in Georgia, 2 pm in Alabama.
pub const START: &str = "2026-11-19T20:00:00Z";
/// What the site is called by the browsers.
const HOST: &str = "porchlight.test";

/// A clock that only moves when it is told to.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Sets the time, given as `2026-11-19T20:00:00Z`.
    pub fn set(&self, time: &str) {
        let time: Timestamp = time.parse().expect("a time");
        self.0.store(time.as_microsecond(), Ordering::SeqCst);
    }

    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_micros()).expect("a short time");
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a time")
    }
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Member {
    /// The human.
    pub account: AccountId,
    /// Their role.
    pub membership: MembershipId,
    /// What others call them.
    pub name: String,
    /// What they type to sign in, beside [`PASSWORD`].
    pub sign_in_name: String,
}

/// A programme and the people in it.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its name.
    pub name: &'static str,
    /// The peer specialist who walks with [`Programme::person`].
    pub peer: Member,
    /// Another peer specialist, of the same supervisor, who walks with nobody.
    pub second_peer: Member,
    /// Supervises both.
    pub supervisor: Member,
    /// Deputises for the supervisor, and is supervised by nobody.
    pub deputy: Member,
    /// Of the treatment team; nobody shares anything with them yet.
    pub team_member: Member,
    /// Answers questions about looks.
    pub privacy_lead: Member,
    /// Runs the programme.
    pub admin: Member,
    /// Checks from outside.
    pub auditor: Member,
    /// The account of the person.
    pub person: Member,
    /// The person's record.
    pub person_id: PersonId,
}

/// The agency.
pub struct World {
    /// The two doors.
    pub app: App,
    /// What the site runs with.
    pub web: Web,
    /// The only time there is.
    pub clock: Arc<TestClock>,
    /// Georgia, adults (`us-ga-adult`), in New York's zone.
    pub georgia: Programme,
    /// Alabama, parents (`us-al-parent`), in Chicago's zone.
    pub alabama: Programme,
    /// Runs the whole agency.
    pub agency_admin: Member,
    /// Where the database lies (`agency.db`).
    pub folder: TempDir,
    /// What would have gone out by e-mail, push, text message, call and webhook.
    pub sent: Recorder,
    store: Store,
    outbound: Outbound,
    keys: Keys,
    site: Router,
}

/// The names of a programme's people, in the order of [`Programme`]'s fields, and the titles that differ.
struct Cast {
    name: &'static str,
    pack: &'static str,
    zone: &'static str,
    supervisor_title: &'static str,
    deputy_title: &'static str,
    names: [&'static str; 9],
}

const GEORGIA: Cast = Cast {
    name: "Sweetgum Peer Support",
    pack: "us-ga-adult",
    zone: "America/New_York",
    supervisor_title: "supervisor",
    deputy_title: "program_manager",
    names: [
        "Marisol Vega",
        "Terrence Boyd",
        "Lydia Pruitt",
        "Owen Castillo",
        "Amara Singh",
        "Grace Holloway",
        "Ruth Delgado",
        "Paul Keane",
        "Darnell Watts",
    ],
};

const ALABAMA: Cast = Cast {
    name: "Cahaba Family Circle",
    pack: "us-al-parent",
    zone: "America/Chicago",
    supervisor_title: "program_director",
    deputy_title: "program_manager",
    names: [
        "Denise Harper",
        "Jorge Salas",
        "Wanda Pickett",
        "Nathan Cole",
        "Irene Okafor",
        "Beth Lindqvist",
        "Carl Simmons",
        "Joan Abernathy",
        "Rosa Tillman",
    ],
};

/// Missouri, adults: whoever supervises is a qualified mental health professional.
const MISSOURI: Cast = Cast {
    name: "Ozark Peer Support",
    pack: "us-mo-adult",
    zone: "America/Chicago",
    supervisor_title: "mental_health_professional",
    deputy_title: "mental_health_professional",
    names: [
        "Marcos Delgado",
        "Tyler Boone",
        "Hannah Weiss",
        "Priya Nair",
        "Gail Sutter",
        "Norma Beck",
        "Ellis Crane",
        "Vera Lund",
        "Walt Greer",
    ],
};

const WISCONSIN: Cast = Cast {
    name: "Driftless Peer Support",
    pack: "us-wi-adult",
    zone: "America/Chicago",
    supervisor_title: "supervisor",
    deputy_title: "supervisor",
    names: [
        "Teresa Lindgren",
        "Moua Xiong",
        "Alan Kowalke",
        "Kris Olsen",
        "Bev Hanson",
        "Dora Thiel",
        "Lyle Berg",
        "Faye Novak",
        "Gus Larson",
    ],
};

const CALIFORNIA: Cast = Cast {
    name: "Bay Parent Partners",
    pack: "us-ca-parent",
    zone: "America/Los_Angeles",
    supervisor_title: "supervisor",
    deputy_title: "supervisor",
    names: [
        "Lupe Arroyo",
        "Minh Tran",
        "Carol Nakamura",
        "Dev Patel",
        "June Ortega",
        "Sol Rivera",
        "Amy Chen",
        "Rick Dunn",
        "Gloria Mata",
    ],
};

/// The packs as they lie in the repository.
pub fn library() -> Library {
    compile(&packs()).unwrap()
}

/// The text of those packs, for a test that changes some of it.
pub fn packs() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in folder.read_dir().into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|ending| ending == "toml") {
                let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push(SourceFile { path, text: std::fs::read_to_string(&file).unwrap() });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Prints every word of a sheet, so that a test reads in the file what a person would.
struct PlainPress;

impl Press for PlainPress {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, Jam> {
        Ok(format!("{sheet:?}").into_bytes())
    }
}

impl World {
    /// A new agency in a folder of its own.
    pub async fn new() -> World {
        World::with(library()).await
    }

    /// The same with other packs.
    pub async fn with(library: Library) -> World {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(0)));
        clock.set(START);
        let time = clock.clone();
        let shell_time = clock.clone();
        let address = Address::Sqlite(folder.path().join("agency.db"));
        let store = Store::open(&address, Options::new(Arc::new(move || time.now()))).unwrap();
        let keys = Keys::new(KeyRing::generate().unwrap());
        let (outbound, sent) = Outbound::recording();
        let app = App::new(store.clone(), keys.clone(), library, clock.clone(), Arc::new(RealIds)).unwrap();
        let app = app.with_outbound(outbound.clone()).with_passkeys("https://porchlight.test");
        let shell = Shell {
            secure_cookies: true,
            behind_proxy: true,
            public_url: "https://porchlight.test".into(),
            clock: Arc::new(move || shell_time.now()),
        };
        let web = Web { app: app.clone(), shell, press: Some(Arc::new(PlainPress)) };

        let first = app.found_agency("Ines Calloway").await.unwrap();
        let agency_admin = accept(&app, &first, "Ines Calloway", "ines").await;
        let boss = app.actor(agency_admin.membership).await.unwrap();
        let georgia = open(&app, &boss, GEORGIA).await;
        let alabama = open(&app, &boss, ALABAMA).await;
        let site = site(web.clone());
        World { app, clock, georgia, alabama, agency_admin, folder, sent, store, outbound, keys, site, web }
    }

    /// Somebody more who works in a programme.
    pub async fn invited(&self, place: &Programme, name: &str, title: &str) -> Member {
        let boss = self.actor(&place.admin).await;
        let link = self.app.invite_worker(&boss, self.app.command_id(), place.id, name, title).await.unwrap();
        accept(&self.app, &link, name, &sign_in_name(name)).await
    }

    /// Another programme of the agency: `us-mo-adult`, `us-wi-adult` or `us-ca-parent`.
    ///
    /// # Panics
    /// For another pack.
    pub async fn also(&self, pack: &str) -> Programme {
        let casts = [MISSOURI, WISCONSIN, CALIFORNIA];
        let cast = casts.into_iter().find(|cast| cast.pack == pack).unwrap();
        open(&self.app, &self.actor(&self.agency_admin).await, cast).await
    }

    /// A programme of a pack that is shipped with none of ours, with the titles of Wisconsin's.
    pub async fn also_of(&self, pack: &'static str) -> Programme {
        let cast = Cast { name: "Mesa Peer Support", pack, zone: "America/Denver", ..WISCONSIN };
        open(&self.app, &self.actor(&self.agency_admin).await, cast).await
    }

    /// The program comes back with other packs, as after an update; what is kept stays.
    pub fn update(&mut self, library: Library) {
        let (store, keys) = (self.store.clone(), self.keys.clone());
        let app = App::new(store, keys, library, self.clock.clone(), Arc::new(RealIds)).unwrap();
        self.serve(app.with_outbound(self.outbound.clone()).with_passkeys("https://porchlight.test"));
    }

    /// The program comes back with something else set up.
    pub fn serve(&mut self, app: App) {
        self.app = app;
        self.web =
            Web { app: self.app.clone(), shell: self.web.shell.clone(), press: self.web.press.clone() };
        self.site = site(self.web.clone());
    }

    /// The database behind the doors, for what no door does.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Somebody of this role, at a browser of their own, signed in just now. A peer specialist is the first one, a
    /// supervisor the one who is not the deputy.
    ///
    /// # Panics
    /// For a role nobody has in the world.
    pub async fn client(&self, role: Role, programme: &Programme) -> Client {
        let member = match role {
            Role::PeerSpecialist | Role::ParentPeerSpecialist => &programme.peer,
            Role::Supervisor => &programme.supervisor,
            Role::TeamMember => &programme.team_member,
            Role::PrivacyLead => &programme.privacy_lead,
            Role::ProgrammeAdmin => &programme.admin,
            Role::Auditor => &programme.auditor,
            Role::Person => &programme.person,
            Role::Supporter | Role::Trainee | Role::Certifier | Role::Former => {
                panic!("nobody is a {}", role.as_str())
            }
        };
        self.client_of(member).await
    }

    /// This member, at a browser of their own, signed in just now.
    pub async fn client_of(&self, member: &Member) -> Client {
        let until = self.app.now() + SignedDuration::from_hours(1);
        let link = self.app.sign_in_link(member.membership, until).await.unwrap();
        let secret = self.app.sign_in_by_link(&link, false).await.unwrap().secret().unwrap();
        let mut client = self.stranger();
        client.take_cookies(self.web.remember(StatusCode::OK.into_response(), &secret).headers());
        client
    }

    /// A browser nobody has signed in with.
    pub fn stranger(&self) -> Client {
        Client { site: self.site.clone(), cookies: BTreeMap::new() }
    }

    /// This member as the doors know them.
    pub async fn actor(&self, member: &Member) -> Actor {
        self.app.actor(member.membership).await.unwrap()
    }
}

async fn accept(app: &App, invitation: &Secret, name: &str, sign_in_name: &str) -> Member {
    let new = NewAccount {
        name: name.into(),
        sign_in_name: sign_in_name.into(),
        password: PASSWORD.into(),
        lang: Lang::En,
    };
    let secret = app.accept_invitation(invitation, new, false).await.unwrap();
    let session = app.session(&secret).await.unwrap();
    Member {
        account: session.actor.account(),
        membership: session.actor.membership(),
        name: name.into(),
        sign_in_name: sign_in_name.into(),
    }
}

async fn open(app: &App, boss: &Actor, cast: Cast) -> Programme {
    let new = NewProgramme {
        name: cast.name.into(),
        pack: cast.pack.into(),
        zone: cast.zone.into(),
        settings: Settings::default(),
    };
    let id = app.open_programme(boss, app.command_id(), new).await.unwrap();
    let titles = [
        "peer",
        "peer",
        cast.supervisor_title,
        cast.deputy_title,
        "team_member",
        "privacy_lead",
        "program_administrator",
        "auditor",
    ];
    let mut members = Vec::new();
    for (name, title) in cast.names.into_iter().zip(titles) {
        let invitation = app.invite_worker(boss, app.command_id(), id, name, title).await.unwrap();
        members.push(accept(app, &invitation, name, &sign_in_name(name)).await);
    }
    let Ok([peer, second_peer, supervisor, deputy, team_member, privacy_lead, admin, auditor]) =
        <[Member; 8]>::try_from(members)
    else {
        unreachable!("there are eight titles")
    };
    for of in [&peer, &second_peer] {
        app.name_supervisor(boss, app.command_id(), id, of.account, supervisor.account).await.unwrap();
    }
    app.name_deputy(boss, app.command_id(), id, supervisor.account, deputy.account).await.unwrap();

    let walker = app.actor(peer.membership).await.unwrap();
    let person_name = cast.names[8];
    let (called, family_name) = person_name.split_once(' ').unwrap();
    let person_id = PersonId(app.command_id().0);
    let profile = Profile { called: called.into(), family_name: family_name.into(), ..Profile::default() };
    let new = NewPerson { id: person_id, profile, works_here: false, first: None };
    app.add_person(&walker, app.command_id(), new).await.unwrap();
    let invitation = app.invite_person(&walker, app.command_id(), person_id).await.unwrap();
    let person = accept(app, &invitation, person_name, &sign_in_name(person_name)).await;
    Programme {
        id,
        name: cast.name,
        peer,
        second_peer,
        supervisor,
        deputy,
        team_member,
        privacy_lead,
        admin,
        auditor,
        person,
        person_id,
    }
}

/// "Marisol Vega" signs in as "marisol.vega".
fn sign_in_name(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}

/// A browser without a screen: it keeps cookies and says where a form came from.
#[derive(Clone)]
pub struct Client {
    site: Router,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The page.
    pub text: String,
}

impl Client {
    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, as a browser does from a page of the same site.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        self.post_bytes(path, body.into_bytes()).await
    }

    /// The same with a body that no form could send.
    pub async fn post_bytes(&mut self, path: &str, body: Vec<u8>) -> Answer {
        let request = request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Presses the button of the form on `page` that leads to `action`, with these fields filled in and all others as
    /// they stand: hidden ones, what was typed before, what was chosen.
    pub async fn submit(&mut self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = page.form(action);
        all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        let all: Vec<(&str, &str)> = all
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(fields.iter().copied())
            .collect();
        self.post(action, &all).await
    }

    /// The same as a form that may bring a file along.
    pub async fn upload(
        &mut self,
        page: &Answer,
        action: &str,
        fields: &[(&str, &str)],
        file: Option<&[u8]>,
    ) -> Answer {
        const BOUNDARY: &str = "----porch";
        let mut all = page.form(action);
        all.retain(|(name, _)| name != "file" && !fields.iter().any(|(other, _)| other == name));
        let all =
            all.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(fields.iter().copied());
        let mut body = Vec::new();
        for (name, value) in all {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.jpg\"\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(file.unwrap_or_default());
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request =
            request(Method::POST, action).header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        self.send(request).await
    }

    /// Goes where an answer leads, until there is a page.
    pub async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            let Some(to) = answer.location() else { return answer };
            answer = self.get(&to).await;
        }
        panic!("this goes round in circles");
    }

    /// Sends any request, with the cookies of this browser.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (status, headers, bytes) = self.sent(request).await;
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// What an address gives to keep, as it is.
    pub async fn bytes(&mut self, path: &str) -> Vec<u8> {
        let (status, _, bytes) = self.sent(request(Method::GET, path).body(Body::empty()).unwrap()).await;
        assert_eq!(status, 200, "{path}");
        bytes
    }

    async fn sent(&mut self, mut request: Request<Body>) -> (u16, HeaderMap, Vec<u8>) {
        let cookies =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        }
        let response = self.site.clone().oneshot(request).await.unwrap();
        self.take_cookies(response.headers());
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status.as_u16(), parts.headers, bytes.into())
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sets a cookie, or takes it away.
    pub fn set_cookie(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.cookies.insert(name.to_owned(), value.to_owned()),
            None => self.cookies.remove(name),
        };
    }

    fn take_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, about) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            let gone = about.contains("Max-Age=0");
            self.set_cookie(name, (!gone).then_some(value));
        }
    }
}

/// The start of a request, as a browser writes it.
pub fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, HOST).header(header::ACCEPT, "text/html")
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

impl Answer {
    /// Where it leads, when it is a redirect.
    pub fn location(&self) -> Option<String> {
        Some(self.headers.get(header::LOCATION)?.to_str().unwrap().to_owned())
    }

    /// Whether these words stand on the page for a reader, whatever the marks between them.
    pub fn says(&self, words: &str) -> bool {
        self.words().contains(words)
    }

    /// What stands on the page for a reader, with single blanks.
    pub fn words(&self) -> String {
        let page = Html::parse_document(&self.text);
        let body = Selector::parse("body").unwrap();
        let text: String = page.select(&body).flat_map(|body| body.text()).collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The value of the first field of that name on the page, hidden or not.
    ///
    /// # Panics
    /// When there is none.
    pub fn field(&self, name: &str) -> String {
        let page = Html::parse_document(&self.text);
        let any = Selector::parse(&format!("main [name=\"{name}\"]")).unwrap();
        let field = page.select(&any).next().unwrap_or_else(|| panic!("no field {name}: {}", self.words()));
        value_of(&field)
    }

    /// Everything the form that leads to `action` would send as it stands. Its buttons send nothing.
    ///
    /// # Panics
    /// When the page has no such form.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text);
        let form = Selector::parse(&format!("form[action=\"{action}\"]")).unwrap();
        let form = page
            .select(&form)
            .next()
            .unwrap_or_else(|| panic!("no form leads to {action}: {} {}", self.status, self.words()));
        let fields = Selector::parse("input[name], textarea[name], select[name]").unwrap();
        form.select(&fields)
            .filter(|field| {
                let ticks = matches!(field.attr("type"), Some("checkbox" | "radio"));
                !ticks || field.attr("checked").is_some()
            })
            .map(|field| (field.attr("name").unwrap().to_owned(), value_of(&field)))
            .collect()
    }
}

fn value_of(field: &ElementRef<'_>) -> String {
    match field.value().name() {
        // The line end behind the opening tag is no part of the text.
        "textarea" => {
            let text: String = field.text().collect();
            text.strip_prefix('\n').map(str::to_owned).unwrap_or(text)
        }
        "select" => {
            let chosen = Selector::parse("option[selected]").unwrap();
            let first = Selector::parse("option").unwrap();
            let option = field.select(&chosen).next().or_else(|| field.select(&first).next());
            option.and_then(|option| option.attr("value")).unwrap_or_default().to_owned()
        }
        _ => field.attr("value").unwrap_or_default().to_owned(),
    }
}
