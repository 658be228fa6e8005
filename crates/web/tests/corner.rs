//! Somebody's own corner, through the site: that it works without scripts, that only its owner opens it, that it outlives
//! the job, and that nothing and nobody else can tell that anybody was there.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, header};
use jiff::SignedDuration;
use porchlight_practice::Role;
use porchlight_web::Needs;
use porchlight_web::site::table;
use world::{Answer, Client, Member, PASSWORD, World, request};

const PASSPHRASE: &str = "copper kettle seven sparrows";
const COOKIE: &str = "__Secure-mine";
/// Words that stand in a corner and nowhere else.
const PLANTED: [&str; 4] =
    ["heron-at-the-weir", "my cousin Wendeline", "nine blue kites", "the winter I did not say"];

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// Makes a corner on its page, and answers the printed code.
async fn made(client: &mut Client) -> String {
    let page = client.get("/mine").await;
    let fields = [("new_passphrase", PASSPHRASE), ("again_passphrase", PASSPHRASE)];
    let code = client.submit(&page, "/mine/make", &fields).await;
    assert_eq!(code.status, 200, "{}", code.words());
    let at = code.text.find("class=\"code lone\">").unwrap();
    code.text[at..].split(['>', '<']).nth(1).unwrap().to_owned()
}

async fn open(client: &mut Client, secret: &str) -> Answer {
    let page = client.get("/mine").await;
    client.submit(&page, "/mine/open", &[("secret", secret)]).await
}

/// Begins a tool on the page and answers its address.
async fn begun(client: &mut Client, tool: &str) -> String {
    let page = client.get("/mine/start").await;
    let begun = client.submit(&page, "/mine/start", &[("tool", tool)]).await;
    assert_eq!(begun.status, 303, "{}", begun.words());
    begun.location().unwrap().split("/write/").next().unwrap().to_owned()
}

/// Writes everything that one can write, with the planted words.
async fn filled(client: &mut Client) -> String {
    let plan = begun(client, "wellness_plan").await;
    let action = format!("{plan}/write/well");
    let page = client.get(&action).await;
    client.submit(&page, &action, &[("good_day", PLANTED[0])]).await;
    let crisis = begun(client, "crisis_plan").await;
    let action = format!("{crisis}/write/call");
    let page = client.get(&action).await;
    let field = page.form(&action).into_iter().find(|(name, _)| name.ends_with(".name")).unwrap().0;
    let reach = field.replace(".name", ".reach");
    client.submit(&page, &action, &[(&field, PLANTED[1]), (&reach, "404 555 0188")]).await;
    let page = client.get("/mine/energy").await;
    let kept = client.submit(&page, "/mine/energy", &[("step", "3"), ("words", PLANTED[2])]).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    let story = begun(client, "my_story").await;
    let action = format!("{story}/write/never");
    let page = client.get(&action).await;
    let field = page.form(&action).into_iter().find(|(name, _)| name.starts_with("never_pieces.")).unwrap().0;
    let kept = client.submit(&page, &action, &[(&field, PLANTED[3])]).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    plan
}

/// Everything can be done with forms alone, and each of the two keys opens it, on whatever device.
///
/// covers: WI-18, GA-62, GA-65
#[tokio::test]
async fn a_corner_is_made_written_closed_opened_and_thrown_away_without_scripts() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let more = client.get("/more").await;
    assert!(more.text.contains("href=\"/mine\""));
    let first = client.get("/mine").await;
    // Said before the first word.
    assert!(first.says("If you lose both, your words are gone."), "{}", first.words());
    assert!(first.says("While it is open, the computer that runs this can read it"), "{}", first.words());
    let short = [("new_passphrase", "short"), ("again_passphrase", "short")];
    assert_eq!(client.submit(&first, "/mine/make", &short).await.status, 422);
    let unlike = [("new_passphrase", PASSPHRASE), ("again_passphrase", "another one here")];
    assert_eq!(client.submit(&first, "/mine/make", &unlike).await.status, 422);
    let code = made(&mut client).await;
    assert_eq!(code.len(), 24, "{code}");
    // The form sent twice makes no second one.
    let again =
        [("new_passphrase", "other words than before"), ("again_passphrase", "other words than before")];
    assert_eq!(client.post("/mine/make", &again).await.location().as_deref(), Some("/mine"));

    let plan = filled(&mut client).await;
    let shown = client.get(&plan).await;
    assert!(shown.says(PLANTED[0]) && shown.says("Written by you."), "{}", shown.words());
    assert!(shown.text.contains("data-leave"), "the way out in a hurry");
    assert!(client.get(&format!("{plan}/paper")).await.says(PLANTED[0]));
    let home = client.get("/mine").await;
    assert!(home.says("My wellness plan") && home.says("3 of 10"), "{}", home.words());
    assert!(!home.says("My story and my road"), "stories have a page of their own");
    assert!(client.get("/mine/story").await.says("My story and my road"));

    // Saving on the way, and two windows.
    let action = format!("{plan}/write/well");
    let old = client.get(&action).await;
    let keep = format!("{plan}/keep/well");
    let version = old.field("version");
    let saved = client.post(&keep, &[("version", &version), ("good_day", "I bake rolls.")]).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    client.submit(&old, &action, &[("good_day", "I bake bread.")]).await;
    let both = client.get(&plan).await;
    assert!(both.says("I bake rolls.") && both.says("I bake bread."), "{}", both.words());

    let closed = client.post("/mine/close", &[]).await;
    assert_eq!(closed.location().as_deref(), Some("/mine"));
    assert_eq!(client.cookie(COOKIE), None);
    let shut = client.get(&plan).await;
    assert!(shut.location().unwrap().starts_with("/mine?then=%2Fmine%2Fpapers"), "{:?}", shut.location());
    assert!(!client.get("/mine").await.says("My wellness plan"));

    // Another device, with the code as people type it, and on to where they were going.
    let mut phone = world.client(Role::PeerSpecialist, &world.georgia).await;
    let door = phone.get(&plan).await;
    let door = phone.follow(door).await;
    let typed = code.to_lowercase().replace(' ', "-");
    let opened = phone.submit(&door, "/mine/open", &[("secret", &typed)]).await;
    assert_eq!(opened.location().as_deref(), Some(plan.as_str()), "{}", opened.words());
    assert!(phone.get(&plan).await.says("I bake bread."));

    // Other keys; the words stay.
    let keys = phone.get("/mine/keys").await;
    let new = [
        ("secret", PASSPHRASE),
        ("new_passphrase", "eleven green doors"),
        ("again_passphrase", "eleven green doors"),
    ];
    let wrong = [("secret", "not this one at all"), new[1], new[2]];
    assert_eq!(phone.submit(&keys, "/mine/keys/passphrase", &wrong).await.status, 422);
    assert_eq!(phone.submit(&keys, "/mine/keys/passphrase", &new).await.status, 303);
    let other_code = phone.submit(&keys, "/mine/keys/code", &[("code_secret", &code)]).await;
    assert_eq!(other_code.status, 200, "{}", other_code.words());
    for (secret, status) in [(PASSPHRASE, 422), (code.as_str(), 422), ("eleven green doors", 303)] {
        assert_eq!(open(&mut client, secret).await.status, status, "{secret}");
    }
    assert!(client.get(&plan).await.says("I bake bread."));

    assert_eq!(client.post(&format!("{plan}/forget"), &[]).await.location().as_deref(), Some("/mine"));
    assert_eq!(client.get(&plan).await.status, 404);
    assert_eq!(client.post("/mine/lost", &[]).await.status, 422);
    assert_eq!(client.post("/mine/lost", &[("sure", "yes")]).await.status, 303);
    assert!(client.get("/mine").await.says("Choose a passphrase"));
    // What another device still holds open leads nowhere.
    assert!(phone.get("/mine").await.says("Choose a passphrase"));
}

#[tokio::test]
async fn it_closes_by_itself_and_loses_no_word() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    let plan = begun(&mut client, "wellness_plan").await;
    let action = format!("{plan}/write/well");
    let page = client.get(&action).await;
    for _ in 0..3 {
        world.clock.advance(minutes(14));
        assert_eq!(client.get(&action).await.status, 200, "each page holds it open for another while");
    }
    world.clock.advance(minutes(15));
    assert_eq!(client.get("/account").await.status, 200, "the session goes on");
    let kept = client.post(&format!("{plan}/keep/well"), &[("version", "0"), ("good_day", "x")]).await;
    assert_eq!(kept.status, 401);
    let words = "I sing in the stairwell.\nTwice.";
    let door = client.submit(&page, &action, &[("good_day", words), ("do", "done")]).await;
    assert_eq!(door.status, 409);
    assert!(door.says("Your words are still on this page."), "{}", door.words());
    let wrong = client.submit(&door, "/mine/open", &[("secret", "not this one at all")]).await;
    assert_eq!(wrong.status, 422);
    let opened = client.submit(&wrong, "/mine/open", &[("secret", PASSPHRASE)]).await;
    assert_eq!(opened.location().as_deref(), Some(plan.as_str()), "{}", opened.words());
    let shown = client.get(&plan).await;
    assert!(shown.text.contains("I sing in the stairwell.\nTwice."), "{}", shown.text);

    // After the session has ended the words wait on the page, and nowhere else: not with the forms that are kept.
    let cookie = client.cookie(COOKIE).unwrap().to_owned();
    world.clock.advance(minutes(31));
    let late = client.submit(&page, &action, &[("good_day", "words that came too late")]).await;
    assert_eq!(late.status, 401);
    assert!(late.says("words that came too late"), "{}", late.words());
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    assert_eq!(client.get("/kept").await.status, 303, "nothing is kept");
    // The key of the session before opens nothing in this one, not even at once.
    client.set_cookie(COOKIE, Some(&cookie));
    assert_eq!(client.get(&plan).await.status, 303);
}

#[tokio::test]
async fn signing_out_and_leaving_close_it_and_a_stolen_cookie_opens_nothing() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    let cookie = client.cookie(COOKIE).unwrap().to_owned();
    let set = client.get("/mine").await.headers.get_all(header::SET_COOKIE).iter().next().unwrap().clone();
    let set = set.to_str().unwrap();
    for part in ["Path=/mine;", "HttpOnly", "SameSite=Strict", "Secure", "Max-Age=900"] {
        assert!(set.contains(part), "{set}");
    }
    for other in [&world.georgia.supervisor, &world.georgia.second_peer, &world.georgia.peer] {
        let mut thief = world.client_of(other).await;
        thief.set_cookie(COOKIE, Some(&cookie));
        assert_eq!(thief.get("/mine/energy").await.status, 303, "{}", other.name);
    }
    assert_eq!(client.get("/mine/energy").await.status, 200);
    client.get("/leave").await;
    assert_eq!(client.cookie(COOKIE), None);
    open(&mut client, PASSPHRASE).await;
    assert_eq!(client.get("/mine/energy").await.status, 200);
    client.post("/sign-out", &[]).await;
    assert_eq!(client.cookie(COOKIE), None);
}

#[tokio::test]
async fn wrong_tries_are_slowed_down_and_the_owner_is_not_kept_out_for_long() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    client.post("/mine/close", &[]).await;
    for _ in 0..5 {
        assert_eq!(open(&mut client, "not this one at all").await.status, 422);
    }
    let paused = open(&mut client, PASSPHRASE).await;
    assert_eq!(paused.status, 429);
    assert!(paused.says("Wait five minutes"), "{}", paused.words());
    // Nobody else's corner waits for this one.
    let mut other = world.client_of(&world.georgia.second_peer).await;
    made(&mut other).await;
    world.clock.advance(minutes(5));
    assert_eq!(open(&mut client, PASSPHRASE).await.status, 303);
}

/// Neither a new password nor the end of the job touches it.
///
/// covers: GA-09
#[tokio::test]
async fn it_outlives_the_password_and_the_job() {
    let world = World::new().await;
    let georgia = &world.georgia;
    let mut client = world.client_of(&georgia.peer).await;
    let code = made(&mut client).await;
    let plan = filled(&mut client).await;
    let account = client.get("/account").await;
    let change = [("password", PASSWORD), ("new_password", "a quite different lamp")];
    assert_eq!(client.submit(&account, "/account/password", &change).await.status, 303);
    assert!(client.get(&plan).await.says(PLANTED[0]));

    let admin = world.actor(&georgia.admin).await;
    world.app.end_worker(&admin, world.app.command_id(), georgia.id, georgia.peer.membership).await.unwrap();
    assert_eq!(client.get("/mine").await.status, 303, "the job's session has ended");
    let mut client = world.stranger();
    let page = client.get("/sign-in").await;
    let fields =
        [("sign_in_name", georgia.peer.sign_in_name.as_str()), ("password", "a quite different lamp")];
    let entered = client.submit(&page, "/sign-in", &fields).await;
    assert_eq!(entered.location().as_deref(), Some("/mine"), "{}", entered.words());
    assert_eq!(open(&mut client, &code).await.status, 303);
    assert!(client.get(&plan).await.says(PLANTED[0]));
    assert!(client.get("/mine/hard-day").await.says("988"), "help lines stay");
    let page = client.get("/mine/start").await;
    assert!(page.says("My wellness plan"), "{}", page.words());
    let page = client.get("/account").await;
    assert!(page.status == 200 && page.says("Not here any more"), "{}", page.words());

    // Nothing of the programme is left open.
    for route in table().iter().filter(|route| route.method == Method::GET) {
        let Needs::Action(action) = route.needs else { continue };
        // What they have shown is theirs too, and goes along.
        let theirs = action.as_str().starts_with("account.") || action.as_str() == "credential.take";
        if theirs || route.path == "/live" {
            continue;
        }
        let fill = |part: &str| match part.strip_prefix('{') {
            Some("person}") => georgia.person_id.to_string(),
            Some("id}") => georgia.id.to_string(),
            Some(_) => "0198c0de-0000-7000-8000-000000000001".to_owned(),
            None => part.to_owned(),
        };
        let path = route.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let page = client.get(&path).await;
        assert!(page.status == 404 || page.status == 303, "{path}: {} {}", page.status, page.words());
        assert!(!page.text.contains(georgia.name), "{path}");
    }
}

fn multipart(file: &[u8], secret: &str) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend_from_slice(
        b"--porch\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mine.sealed\"\r\nContent-Type: application/octet-stream\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--porch\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\n");
    body.extend_from_slice(secret.as_bytes());
    body.extend_from_slice(b"\r\n--porch--\r\n");
    body
}

async fn bring(client: &mut Client, file: &[u8], secret: &str) -> Answer {
    let request = request(Method::POST, "/mine/bring")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=porch")
        .header(header::ORIGIN, "https://porchlight.test")
        .header("sec-fetch-site", "same-origin");
    client.send(request.body(Body::from(multipart(file, secret))).unwrap()).await
}

/// covers: WI-18
#[tokio::test]
async fn it_is_taken_along_as_one_sealed_file_and_opens_elsewhere() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    let code = made(&mut client).await;
    filled(&mut client).await;
    let file = client.get("/mine/file").await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"mine.sealed\"");
    for words in PLANTED.iter().chain(&["Marisol", "Sweetgum", "wellness"]) {
        assert!(!file.text.contains(words), "{words}");
    }
    assert!(!file.text.contains(&world.georgia.peer.account.to_string()));

    // Without any server.
    let bytes = file.text.as_bytes();
    for secret in [PASSPHRASE, &code] {
        let corner = porchlight_app::corner::open_file(bytes, secret).unwrap();
        assert_eq!((corner.papers().len(), corner.energy().len()), (3, 1));
    }
    assert!(porchlight_app::corner::open_file(bytes, "not this one at all").is_err());
    assert!(porchlight_app::corner::open_file(b"{}", PASSPHRASE).is_err());

    // In another agency, with another key ring.
    let elsewhere = World::new().await;
    let mut client = elsewhere.client(Role::PeerSpecialist, &elsewhere.alabama).await;
    assert!(client.get("/mine").await.text.contains("/mine/bring"));
    assert_eq!(bring(&mut client, b"not a corner", PASSPHRASE).await.status, 422);
    assert_eq!(bring(&mut client, bytes, "not this one at all").await.status, 422);
    let brought = bring(&mut client, bytes, PASSPHRASE).await;
    assert_eq!(brought.location().as_deref(), Some("/mine"), "{}", brought.words());
    let home = client.get("/mine").await;
    assert!(home.says("My wellness plan") && home.says("My crisis plan"), "{}", home.words());
    // A second one takes no place of the first.
    assert_eq!(bring(&mut client, bytes, PASSPHRASE).await.location().as_deref(), Some("/mine"));
}

/// Pieces for anyone, for when it helps, and never; what helped and what did not; and why one tells it, before and after.
///
/// covers: GA-45, GA-51, GA-53, WI-14
#[tokio::test]
async fn a_story_is_planned_piece_by_piece_with_whom_why_and_what_stays_mine() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    let page = client.get("/mine/story").await;
    assert!(page.says("Why am I telling this? Is it for them, or for me?"), "{}", page.words());
    for (tool, asked) in [
        (
            "my_story",
            vec![
                ("road", "helped", "What helped you along the way? What did not?"),
                ("anyone", "anyone_pieces", "What are you happy to tell anyone?"),
                ("when_it_helps", "helps_pieces", "What would you tell, and when would it help?"),
                ("never", "never_pieces", "What do you not tell, whoever asks?"),
            ],
        ),
        (
            "telling",
            vec![
                ("before", "why", "Why am I telling this?"),
                ("before", "who_hears", "Who will hear it, and what do they need right now?"),
                ("before", "piece", "Which piece, in one or two sentences?"),
                ("before", "stays_mine", "What stays mine this time?"),
                ("after", "did_for_them", "What did it do for them, as far as they said?"),
            ],
        ),
    ] {
        let story = client.get("/mine/story").await;
        let begun = client.submit(&story, "/mine/start", &[("tool", tool)]).await;
        let paper = begun.location().unwrap().split("/write/").next().unwrap().to_owned();
        for (section, question, ask) in asked {
            let action = format!("{paper}/write/{section}");
            let page = client.get(&action).await;
            assert!(page.says(ask), "{ask}: {}", page.words());
            let words = format!("kite-{question}");
            let field =
                page.form(&action).into_iter().find(|(name, _)| name.starts_with(question)).unwrap().0;
            assert_eq!(client.submit(&page, &action, &[(&field, &words)]).await.status, 303);
            let shown = client.get(&paper).await;
            assert!(shown.says(&words) && shown.says(ask), "{}", shown.words());
        }
    }
}

/// covers: GA-63
#[tokio::test]
async fn energy_is_a_line_with_ones_own_words_and_a_hard_day_shows_ones_own_people() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    filled(&mut client).await;
    let page = client.get("/mine/energy").await;
    assert_eq!(client.submit(&page, "/mine/energy", &[("words", "No number.")]).await.status, 422);
    world.clock.advance(minutes(10));
    let twice = [("step", "8"), ("words", "I slept.")];
    for _ in 0..2 {
        assert_eq!(client.submit(&page, "/mine/energy", &twice).await.status, 303);
    }
    let page = client.get("/mine/energy").await;
    assert_eq!(page.text.matches("I slept.").count(), 1, "a form sent twice is kept once");
    assert!(page.says("8 of 10") && page.says("A line from 3 of 10"), "{}", page.words());
    let id = page.text.split("name=\"id\" value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(client.post("/mine/energy/forget", &[("id", &id)]).await.status, 303);
    assert!(!client.get("/mine/energy").await.says("I slept."));

    let day = client.get("/mine/hard-day").await;
    assert!(day.text.contains("tel:988") && day.text.contains("tel:911"));
    assert!(day.says(PLANTED[1]) && day.text.contains("tel:4045550188"), "{}", day.words());
}

// ---- no trace ----

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The page with every id that a form or a link makes anew taken out.
fn without_ids(text: &str) -> String {
    let is_id = |part: &[u8]| {
        part.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if at + 36 <= bytes.len() && is_id(&bytes[at..at + 36]) {
            out.push(b'#');
            at += 36;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Every page of a role, with the real ids of the world in its places. Ids that are made anew count as equal.
async fn walk(world: &World, member: &Member) -> BTreeMap<String, (u16, String)> {
    let georgia = &world.georgia;
    let fill = |part: &str| match part.strip_prefix('{') {
        Some("person}") => georgia.person_id.to_string(),
        Some("code}") => "noneofours".to_owned(),
        Some("worker}") => georgia.peer.account.to_string(),
        Some("id}") => georgia.id.to_string(),
        Some(_) => georgia.peer.membership.to_string(),
        None => part.to_owned(),
    };
    let client = world.client_of(member).await;
    let mut pages = BTreeMap::new();
    // One never ends; the other shows a fresh secret each time.
    let apart = ["/live", "/account/second-step/new", "/account/passkeys/new"];
    for route in table().iter().filter(|route| route.method == Method::GET && !apart.contains(&route.path)) {
        let path = route.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let page = client.clone().get(&path).await;
        assert!(page.status < 500, "{path}");
        pages.insert(route.path.to_owned(), (page.status, without_ids(&page.text)));
    }
    pages
}

/// How many rows each table has.
fn rows(world: &World) -> BTreeMap<String, i64> {
    let file = rusqlite::Connection::open(world.folder.path().join("agency.db")).unwrap();
    let mut names = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let count = |name: &String| {
        file.query_row(&format!("SELECT COUNT(*) FROM \"{name}\""), [], |row| row.get(0)).unwrap()
    };
    names.iter().map(|name| (name.clone(), count(name))).collect()
}

/// Somebody made a corner, wrote in it, was on its page for a hard day, and took it along. In another world the same person
/// only signed in. Every role asks every page there is in both worlds, and finds no difference; no table but one has a row
/// more; and neither the database, nor what it writes beside it, nor the log holds a word, a key or a name of it.
///
/// covers: WI-18
#[tokio::test]
async fn nobody_and_nothing_can_tell_that_somebody_has_a_corner() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let (with, without) = (World::new().await, World::new().await);
    let mut client = with.client_of(&with.georgia.peer).await;
    without.client_of(&without.georgia.peer).await;

    let before = rows(&with);
    let code = made(&mut client).await;
    let plan = filled(&mut client).await;
    client.post("/mine/open", &[("secret", "not this one at all")]).await;
    for path in ["/mine/hard-day", "/mine/take", "/mine/file", "/mine/keys", "/mine/story", &plan] {
        assert_eq!(client.get(path).await.status, 200, "{path}");
    }
    let change = [
        ("secret", PASSPHRASE),
        ("new_passphrase", "eleven green doors"),
        ("again_passphrase", "eleven green doors"),
    ];
    assert_eq!(client.post("/mine/keys/passphrase", &change).await.status, 303);
    let mut expected = before.clone();
    *expected.get_mut("corner").unwrap() += 1;
    assert_eq!(rows(&with), expected, "no journal entry, no command, nothing but the one row");

    let members = |world: &World| -> Vec<Member> {
        let georgia = &world.georgia;
        let all = [
            &georgia.peer,
            &georgia.second_peer,
            &georgia.supervisor,
            &georgia.deputy,
            &georgia.team_member,
            &georgia.privacy_lead,
            &georgia.admin,
            &georgia.auditor,
            &georgia.person,
            &world.agency_admin,
            &world.alabama.admin,
            &world.alabama.privacy_lead,
        ];
        all.into_iter().cloned().collect()
    };
    let mut opened = 0;
    for (one, other) in members(&with).iter().zip(members(&without)) {
        let (mut one_sees, mut other_sees) = (walk(&with, one).await, walk(&without, &other).await);
        if one.account == with.georgia.peer.account {
            // The owner's own door differs, and nothing else of theirs.
            assert_ne!(one_sees.remove("/mine"), other_sees.remove("/mine"));
            assert_ne!(one_sees.remove("/mine/bring"), other_sees.remove("/mine/bring"));
        }
        opened += one_sees.values().filter(|(status, _)| *status == 200).count();
        for (path, seen) in &one_sees {
            assert_eq!(seen, &other_sees[path], "{} at {path}", one.name);
            for word in PLANTED {
                assert!(!seen.1.contains(word), "{} at {path}", one.name);
            }
        }
    }
    assert!(opened > 100, "{opened} pages were opened");

    let spaceless = code.replace(' ', "");
    let hidden = PLANTED.iter().copied().chain([PASSPHRASE, "eleven green doors", &code, &spaceless]);
    let hidden: Vec<&str> = hidden.collect();
    for file in std::fs::read_dir(with.folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        for word in &hidden {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word} in {}", file.display());
        }
    }
    // The row: neither the account nor any role of it, as bytes or as text.
    let file = rusqlite::Connection::open(with.folder.path().join("agency.db")).unwrap();
    let (id, vault): (Vec<u8>, Vec<u8>) =
        file.query_row("SELECT id, vault FROM corner", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let row = [id, vault].concat();
    for uuid in [with.georgia.peer.account.0, with.georgia.peer.membership.0, with.georgia.id.0] {
        let names =
            [uuid.as_bytes().to_vec(), uuid.to_string().into_bytes(), uuid.simple().to_string().into_bytes()];
        for name in names {
            assert!(!row.windows(name.len()).any(|part| part == name), "{uuid}");
        }
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let account = with.georgia.peer.account.to_string();
    for word in hidden.into_iter().chain(["/mine", "corner", account.as_str()]) {
        let line = log.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word}");
    }
}

/// A thought about one's work stays in the corner; a part of it reaches supervision when it is picked, and nothing tells that
/// somebody looked.
///
/// covers: AL-26
#[tokio::test]
async fn only_what_is_picked_leaves_the_corner() {
    let world = World::new().await;
    let mut client = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut client).await;
    let paper = begun(&mut client, "reflection").await;
    let action = format!("{paper}/write/thought");
    let page = client.get(&action).await;
    let words = [("bias", "A zebra I keep."), ("feelings", "A giraffe I bring.")];
    assert_eq!(client.submit(&page, &action, &words).await.status, 303);
    let pick = format!("{paper}/supervision");
    let page = client.get(&pick).await;
    assert!(
        page.says("A zebra I keep.") && page.says("What stirred strong feelings in me?"),
        "{}",
        page.words()
    );
    let none = client.submit(&page, &pick, &[]).await;
    assert!(none.status == 422 && none.says("Tick what you want to bring."), "{}", none.words());
    let value = page.text.split("name=\"pick\" value=\"feelings.").nth(1).unwrap().split('"').next().unwrap();
    let value = format!("feelings.{value}");
    for _ in 0..2 {
        let brought = client.submit(&page, &pick, &[("pick", &value)]).await;
        assert_eq!(brought.location().as_deref(), Some(paper.as_str()), "{}", brought.words());
    }
    let own = client.get("/supervision").await;
    assert_eq!(own.words().matches("A giraffe I bring.").count(), 1, "{}", own.words());
    assert!(!own.says("zebra"));
    // It is a tool for those who work here, and only in their corner.
    let mut person = world.client(Role::Person, &world.georgia).await;
    assert!(!person.get("/plans/start").await.says("A thought about my work"));
    // Once it is closed the picked words wait at the door with the form.
    client.post("/mine/close", &[]).await;
    assert!(client.get(&pick).await.location().unwrap().starts_with("/mine?then="));
}

/// How one shows somebody to make a plan, and the look at power between two people, lie in one's own corner alone.
///
/// covers: GA-42, GA-64, WI-10, WI-41
#[tokio::test]
async fn how_a_plan_is_shown_and_where_power_lies_is_thought_through_in_the_corner() {
    let world = World::new().await;
    let mut peer = world.client(Role::PeerSpecialist, &world.georgia).await;
    made(&mut peer).await;
    for (tool, section, says) in [
        ("teach_plan", "parts", "Early signs."),
        ("teach_plan", "ways", "Talk first, write later"),
        ("power_check", "between", "How easy is it for them to tell you no?"),
    ] {
        let paper = begun(&mut peer, tool).await;
        let page = peer.get(&format!("{paper}/write/{section}")).await;
        assert!(page.says(says), "{tool} {section}: {}", page.words());
    }
    let mut person = world.client(Role::Person, &world.georgia).await;
    assert!(!person.get("/plans/start").await.says("Power and limits"), "it is nobody else's to begin");
}
