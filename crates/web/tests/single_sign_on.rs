//! Single sign-on: linking, signing in, taking it off, and every answer that opens nothing. The provider is a server in the test,
//! which signs with keys made here and can be told to lie.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use porchlight_app::person::NewPerson;
use porchlight_app::single_sign_on::{SecondFactor, SingleSignOn};
use porchlight_outbound::single_sign_on::{Provider, SingleSignOn as Settings};
use porchlight_outbound::{Roots, Secret};
use porchlight_practice::id::PersonId;
use porchlight_practice::person::Profile;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;
use world::{Answer, Client, Member, PASSWORD, World};

const HOME: &str = "/account/single-sign-on";
const NAME: &str = "Riverbend account";

fn said(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the provider says behind a code, and for whom the code is.
struct Grant {
    token: String,
    challenge: String,
}

#[derive(Default)]
struct Known {
    issuer: String,
    /// Beside the right one, something that fills an answer up.
    filling: String,
    grants: BTreeMap<String, Grant>,
}

type Shared = Arc<Mutex<Known>>;

/// The agency's provider.
struct Theirs {
    known: Shared,
    serving: JoinHandle<()>,
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

async fn about(State(known): State<Shared>) -> Json<Value> {
    let known = known.lock().unwrap();
    let at = |path: &str| format!("{}{path}", known.issuer);
    Json(json!({
        "issuer": known.issuer, "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "none", "HS256"], "filling": known.filling,
    }))
}

async fn keys() -> Json<Value> {
    let point = key(7).verifying_key().to_encoded_point(false);
    let (x, y) = (said(point.x().unwrap()), said(point.y().unwrap()));
    Json(
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one", "x": x, "y": y }] }),
    )
}

/// Gives what lies behind a code, once, to whoever has the secret and began with the same verifier.
async fn token(
    State(known): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> (axum::http::StatusCode, Json<Value>) {
    let no = || (axum::http::StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    let right = format!("Basic {}", STANDARD.encode("porch:between-us"));
    let grant = known.lock().unwrap().grants.remove(&form["code"]);
    let Some(grant) = grant.filter(|_| headers.get("authorization").is_some_and(|given| *given == right))
    else {
        return no();
    };
    let challenge = said(Sha256::digest(&form["code_verifier"]));
    let back = format!("https://porchlight.test{}", porchlight_app::single_sign_on::BACK);
    if challenge != grant.challenge || form["redirect_uri"] != back {
        return no();
    }
    let answer = json!({ "access_token": "unused", "token_type": "Bearer", "id_token": grant.token });
    (axum::http::StatusCode::OK, Json(answer))
}

impl Theirs {
    async fn new() -> Theirs {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let known: Shared = Arc::new(Mutex::new(Known { issuer, ..Known::default() }));
        let pages = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(known.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, pages).await.unwrap() });
        Theirs { known, serving }
    }

    fn issuer(&self) -> String {
        self.known.lock().unwrap().issuer.clone()
    }

    /// A world whose operator has set this provider up.
    async fn world(&self, second_factor: SecondFactor) -> World {
        let mut world = World::new().await;
        let settings = Settings {
            issuer: self.issuer(),
            client_id: "porch".into(),
            client_secret: Secret::new("between-us"),
            back: format!("https://porchlight.test{}", porchlight_app::single_sign_on::BACK),
            both_factors: Some("two".into()),
        };
        let provider = Provider::new(settings, &Roots::default(), Duration::from_secs(10)).unwrap();
        let with = SingleSignOn { name: NAME.into(), second_factor, provider };
        world.serve(world.app.clone().with_single_sign_on(with));
        world
    }

    /// Somebody says at the provider who they are: where the provider sends them back to. `change` makes the token another one.
    fn answers(
        &self,
        world: &World,
        onward: &BTreeMap<String, String>,
        subject: &str,
        change: impl FnOnce(&mut Value, &mut Value) -> Signed,
    ) -> String {
        let now = world.app.now().as_second();
        let mut head = json!({ "alg": "ES256", "typ": "JWT", "kid": "one" });
        let mut body = json!({
            "iss": self.issuer(), "sub": subject, "aud": "porch", "iat": now, "exp": now + 300,
            "nonce": onward["nonce"],
        });
        let how = change(&mut head, &mut body);
        let signed = format!("{}.{}", said(head.to_string()), said(body.to_string()));
        let signature = match how {
            Signed::With(number) => {
                let signature: Signature = key(number).sign(signed.as_bytes());
                said(signature.to_bytes())
            }
            Signed::Not => String::new(),
            Signed::WithOurSecret(mac) => said(mac(signed.as_bytes())),
        };
        let mut known = self.known.lock().unwrap();
        let code = format!("code {}", known.grants.len() + usize::try_from(now).unwrap());
        let token = format!("{signed}.{signature}");
        known.grants.insert(code.clone(), Grant { token, challenge: onward["code_challenge"].clone() });
        back(&[("code", &code), ("state", &onward["state"]), ("iss", &known.issuer)])
    }

    fn says(&self, world: &World, onward: &BTreeMap<String, String>, subject: &str) -> String {
        self.answers(world, onward, subject, |_, _| Signed::With(7))
    }
}

/// How a token is signed.
enum Signed {
    With(u8),
    Not,
    WithOurSecret(fn(&[u8]) -> Vec<u8>),
}

/// HMAC with the secret that both sides know, which every client could make as well.
fn with_our_secret(signed: &[u8]) -> Vec<u8> {
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(b"between-us").for_each(|(byte, letter)| *byte ^= letter);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(signed).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn back(given: &[(&str, &str)]) -> String {
    let encode = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
    let given: Vec<String> = given.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{}?{}", porchlight_app::single_sign_on::BACK, given.join("&"))
}

/// Where a page leads on to, as the provider reads it.
fn onward(page: &Answer) -> BTreeMap<String, String> {
    let html = Html::parse_document(&page.text);
    let links = Selector::parse("main a.btn").unwrap();
    let link = html.select(&links).next().unwrap_or_else(|| panic!("{} {}", page.status, page.words()));
    let address = link.attr("href").unwrap();
    let by_itself = page.headers["refresh"].to_str().unwrap();
    assert_eq!(by_itself.strip_prefix("0; url="), Some(address));
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned()
    };
    let (start, asked) = address.split_once('?').unwrap();
    assert!(start.ends_with("/auth"), "{start}");
    asked.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(n, v)| (decode(n), decode(v))).collect()
}

async fn begin(client: &mut Client) -> BTreeMap<String, String> {
    onward(&client.post("/sign-in/single-sign-on", &[("then", "/people")]).await)
}

async fn sign_in(world: &World, theirs: &Theirs, client: &mut Client, subject: &str) -> Answer {
    let asked = begin(client).await;
    client.get(&theirs.says(world, &asked, subject)).await
}

/// Links an account with who somebody is at the provider.
async fn link(world: &World, theirs: &Theirs, own: &mut Client, subject: &str) -> Answer {
    let page = own.get(HOME).await;
    let asked = onward(&own.submit(&page, HOME, &[]).await);
    own.get(&theirs.says(world, &asked, subject)).await
}

async fn linked(world: &World, theirs: &Theirs, member: &Member, subject: &str) -> Client {
    let mut own = world.client_of(member).await;
    let answer = link(world, theirs, &mut own, subject).await;
    let page = own.follow(answer).await;
    assert!(page.says("You can sign in that way from now on."), "{}", page.words());
    own
}

#[tokio::test]
async fn an_account_is_linked_by_its_owner_signs_in_and_is_taken_off() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Own).await;
    let peer = &world.georgia.peer;
    let mut own = world.client_of(peer).await;
    let mut elsewhere = world.client_of(peer).await;
    assert!(own.get("/account").await.says("Sign in with Riverbend account"));
    let page = own.get(HOME).await;
    assert!(page.says("Sign in with Riverbend account from now on"), "{}", page.words());
    let asked = onward(&own.submit(&page, HOME, &[]).await);
    assert_eq!(asked["scope"], "openid", "nothing but who somebody is");
    assert_eq!(asked["redirect_uri"], "https://porchlight.test/sign-in/single-sign-on/answer");
    assert_eq!((&*asked["response_type"], &*asked["code_challenge_method"]), ("code", "S256"));
    assert_eq!(asked["acr_values"], "two");
    let answer = own.get(&theirs.says(&world, &asked, "marisol at work")).await;
    assert_eq!(answer.location().as_deref(), Some(HOME));
    let page = own.follow(answer).await;
    assert!(page.says("Linked: Today. Not used yet."), "{}", page.words());
    assert!(elsewhere.get("/account/news").await.says("Signing in through your workplace was set up"));

    let mut phone = world.stranger();
    assert!(phone.get("/sign-in").await.says("Sign in with Riverbend account"));
    let inside = sign_in(&world, &theirs, &mut phone, "marisol at work").await;
    assert_eq!(inside.location().as_deref(), Some("/people"), "{}", inside.words());
    assert_eq!(phone.get("/people").await.status, 200);
    assert!(own.get(HOME).await.says("Last used: Today."));

    // Nothing readable of it lies in the database.
    for file in std::fs::read_dir(world.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for planted in ["marisol at work", &*theirs.issuer()] {
            assert!(!bytes.windows(planted.len()).any(|part| part == planted.as_bytes()), "{planted}");
        }
    }

    let page = own.get(HOME).await;
    let off = own.submit(&page, "/account/single-sign-on/remove", &[]).await;
    assert!(own.follow(off).await.says("It opens nothing any more."));
    assert_eq!(phone.get("/people").await.status, 303, "what it opened is shut");
    assert!(own.get("/account/news").await.says("Signing in through your workplace was taken off"));
    let mut again = world.stranger();
    let answer = sign_in(&world, &theirs, &mut again, "marisol at work").await;
    assert!(again.follow(answer).await.says("That opens no account here."));
}

/// No token counts that is not the provider's own, for us, of now, and in answer to this very question.
#[tokio::test]
async fn a_token_that_is_not_as_it_should_be_opens_nothing() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Provider).await;
    linked(&world, &theirs, &world.georgia.peer, "marisol").await;
    let now = world.app.now().as_second();
    type Change = Box<dyn FnOnce(&mut Value, &mut Value) -> Signed>;
    fn body(name: &'static str, value: Value) -> Change {
        Box::new(move |_, body| {
            body[name] = value;
            Signed::With(7)
        })
    }
    fn head(alg: &'static str, signed: Signed) -> Change {
        Box::new(move |head, _| {
            head["alg"] = alg.into();
            signed
        })
    }
    let changes: Vec<(&str, bool, Change)> = vec![
        ("as it should be", true, body("name", "Marisol".into())),
        ("for us and nobody else", true, body("aud", json!(["porch"]))),
        ("another question", false, body("nonce", "of before".into())),
        ("no question", false, body("nonce", Value::Null)),
        ("somebody else's", false, body("aud", "another site".into())),
        ("ours and somebody else's", false, body("aud", json!(["porch", "another site"]))),
        ("another provider's", false, body("iss", "https://elsewhere.example.org".into())),
        ("run out", false, body("exp", now.into())),
        ("of tomorrow", false, body("iat", (now + 24 * 60 * 60).into())),
        ("without an end", false, body("exp", Value::Null)),
        ("not signed", false, head("none", Signed::Not)),
        ("said to be unsigned", false, head("none", Signed::With(7))),
        ("signed by nobody", false, head("ES256", Signed::Not)),
        ("signed by another key", false, head("ES256", Signed::With(8))),
        ("signed with what we know too", false, head("HS256", Signed::WithOurSecret(with_our_secret))),
        ("nobody who is linked", false, body("sub", "ruth".into())),
        ("nobody", false, body("sub", Value::Null)),
    ];
    for (what, opens, change) in changes {
        let mut client = world.stranger();
        let asked = begin(&mut client).await;
        let answer = client.get(&theirs.answers(&world, &asked, "marisol", change)).await;
        let to = if opens { "/people" } else { "/sign-in" };
        assert_eq!(answer.location().as_deref(), Some(to), "{what}: {}", answer.words());
        assert_eq!(client.get("/people").await.status, if opens { 200 } else { 303 }, "{what}");
    }
}

/// An answer counts once, in the browser that asked, for ten minutes.
#[tokio::test]
async fn an_answer_counts_once_in_its_own_browser_and_in_time() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Own).await;
    linked(&world, &theirs, &world.georgia.peer, "marisol").await;
    let refused = |answer: &Answer| answer.location().as_deref() == Some("/sign-in");

    // Twice, also with a new code.
    let mut client = world.stranger();
    let asked = begin(&mut client).await;
    let address = theirs.says(&world, &asked, "marisol");
    assert_eq!(client.clone().get(&address).await.location().as_deref(), Some("/people"));
    assert!(refused(&client.clone().get(&address).await), "the same");
    assert!(refused(&client.get(&theirs.says(&world, &asked, "marisol")).await), "the same question");
    // In another browser: somebody was sent a link that would sign them in as somebody else.
    let (mut thief, mut victim) = (world.stranger(), world.stranger());
    let asked = begin(&mut thief).await;
    begin(&mut victim).await;
    let address = theirs.says(&world, &asked, "marisol");
    assert!(refused(&victim.get(&address).await), "another browser's");
    assert!(refused(&world.stranger().get(&address).await), "of a browser that never went");
    assert!(refused(&thief.get(&address).await), "and it is used up");
    // A code that was caught on its way, put into a question of one's own: the provider asks for the verifier.
    let (mut owner, mut thief) = (world.stranger(), world.stranger());
    let (theirs_asked, own_asked) = (begin(&mut owner).await, begin(&mut thief).await);
    let caught = theirs.says(&world, &theirs_asked, "marisol");
    assert!(
        refused(&thief.get(&caught.replace(&theirs_asked["state"], &own_asked["state"])).await),
        "caught"
    );
    // Too late.
    let mut client = world.stranger();
    let asked = begin(&mut client).await;
    world.clock.advance(SignedDuration::from_mins(10));
    assert!(refused(&client.get(&theirs.says(&world, &asked, "marisol")).await), "late");
    // The provider said no, or it was another provider, or nonsense.
    for given in [
        &[("error", "access_denied")][..],
        &[("code", "x"), ("iss", "https://elsewhere.example.org")],
        &[("code", "never given")],
        &[("code", "")],
        &[],
    ] {
        let mut client = world.stranger();
        let asked = begin(&mut client).await;
        let state = ("state", &*asked["state"]);
        let given: Vec<_> = given.iter().copied().chain([state]).collect();
        let answer = client.get(&back(&given)).await;
        assert!(refused(&answer), "{given:?}");
        assert!(client.follow(answer).await.says("That did not work, or it took too long."));
    }
    let mut client = world.stranger();
    begin(&mut client).await;
    for state in ["", "x", "0198c0de-0000-7000-8000-000000000001", &*"9".repeat(9000)] {
        assert!(refused(&client.get(&back(&[("code", "x"), ("state", state)])).await));
    }
}

#[tokio::test]
async fn nobody_links_what_is_not_theirs() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Own).await;
    let (peer, second) = (&world.georgia.peer, &world.georgia.second_peer);
    linked(&world, &theirs, peer, "marisol").await;
    // What one account is linked with opens no other.
    let mut own = world.client_of(second).await;
    let answer = link(&world, &theirs, &mut own, "marisol").await;
    assert!(own.follow(answer).await.says("That is linked with another account here."));
    // Who answers must be signed in as whoever asked.
    let page = own.get(HOME).await;
    let asked = onward(&own.submit(&page, HOME, &[]).await);
    let mut other = world.client_of(&world.georgia.supervisor).await;
    other.set_cookie("__Host-away", own.cookie("__Host-away").map(str::to_owned).as_deref());
    let answer = other.get(&theirs.says(&world, &asked, "sam")).await;
    assert!(other.follow(answer).await.says("That did not work"));
    let page = own.get(HOME).await;
    let asked = onward(&own.submit(&page, HOME, &[]).await);
    own.set_cookie("__Host-session", None);
    assert_eq!(own.get(&theirs.says(&world, &asked, "sam")).await.location().as_deref(), Some("/sign-in"));
    let answer = sign_in(&world, &theirs, &mut own, "sam").await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in"));
    // Somebody who left their screen open is not linked by whoever sits down there.
    let mut own = world.client_of(second).await;
    let page = own.get(HOME).await;
    world.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(own.submit(&page, HOME, &[]).await.status, 401);
    assert_eq!(own.post("/account/single-sign-on/remove", &[]).await.status, 401);
}

/// An employer runs the provider: it opens work, and never what is somebody's own support.
#[tokio::test]
async fn for_those_who_work_here_alone_and_while_they_do() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Own).await;
    let georgia = &world.georgia;
    let mut person = world.client_of(&georgia.person).await;
    assert!(!person.get("/account").await.says("Riverbend"));
    assert_eq!(person.get(HOME).await.status, 404);
    assert_eq!(person.post(HOME, &[]).await.status, 404);
    assert_eq!(person.post("/account/single-sign-on/remove", &[]).await.status, 404);

    // Somebody who works here and is supported here too, later.
    let app = &world.app;
    let mut both = linked(&world, &theirs, &georgia.second_peer, "both").await;
    let walker = world.actor(&georgia.peer).await;
    let id = PersonId(app.command_id().0);
    let profile = Profile { called: "Tess".into(), family_name: "Boone".into(), ..Profile::default() };
    let new = NewPerson { id, profile, works_here: true, first: None };
    app.add_person(&walker, app.command_id(), new).await.unwrap();
    let invitation = app.invite_person(&walker, app.command_id(), id).await.unwrap();
    assert_eq!(both.post(&format!("/join/{}", invitation.expose()), &[]).await.status, 303);
    let answer = sign_in(&world, &theirs, &mut world.stranger(), "both").await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in"));
    assert_eq!(both.get(HOME).await.status, 404);
    assert!(!both.get("/account").await.says("Riverbend"));

    // Somebody who works here no more.
    linked(&world, &theirs, &georgia.deputy, "deputy").await;
    let inside = sign_in(&world, &theirs, &mut world.stranger(), "deputy").await;
    assert_eq!(inside.location().as_deref(), Some("/people"));
    let admin = world.actor(&georgia.admin).await;
    app.end_worker(&admin, app.command_id(), georgia.id, georgia.deputy.membership).await.unwrap();
    let answer = sign_in(&world, &theirs, &mut world.stranger(), "deputy").await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in"));
}

/// One's own second step is asked for, unless the operator says that the provider's counts and the provider says that it asked.
#[tokio::test]
async fn the_second_step_is_asked_for_unless_the_provider_did() {
    for (second, claim, value, asks) in [
        (SecondFactor::Own, "amr", json!(["mfa"]), true),
        (SecondFactor::Provider, "amr", json!(["pwd"]), true),
        (SecondFactor::Provider, "acr", json!("one"), true),
        (SecondFactor::Provider, "amr", json!(["pwd", "mfa"]), false),
        (SecondFactor::Provider, "acr", json!("two"), false),
    ] {
        let theirs = Theirs::new().await;
        let world = theirs.world(second).await;
        let peer = &world.georgia.peer;
        let own = linked(&world, &theirs, peer, "marisol").await;
        let kept = own.clone().get(HOME).await.says("keeps them out here");
        assert_eq!(kept, second == SecondFactor::Own);
        let (account, now) = (peer.account, world.app.now());
        world
            .store()
            .write(move |tx| porchlight_store::second_step::set(tx, account, b"sealed", 0, now))
            .await
            .unwrap();
        let mut client = world.stranger();
        let asked = begin(&mut client).await;
        let answer = theirs.answers(&world, &asked, "marisol", |_, body| {
            body[claim] = value.clone();
            Signed::With(7)
        });
        let answer = client.get(&answer).await;
        let to = if asks { "/sign-in/code?then=%2Fpeople" } else { "/people" };
        assert_eq!(answer.location().as_deref(), Some(to), "{second:?} {claim} {value}");
        assert_eq!(client.get("/people").await.status, if asks { 303 } else { 200 });
    }
}

#[tokio::test]
async fn a_provider_that_does_not_answer_leaves_the_other_ways_open() {
    let theirs = Theirs::new().await;
    let world = theirs.world(SecondFactor::Own).await;
    let mut own = linked(&world, &theirs, &world.georgia.peer, "marisol").await;
    let mut halfway = world.stranger();
    let asked = begin(&mut halfway).await;
    let address = theirs.says(&world, &asked, "marisol");
    // What it said of itself is forgotten after a while.
    world.clock.advance(SignedDuration::from_mins(10));
    // More than anybody has to say.
    theirs.known.lock().unwrap().filling = "x".repeat(100_000);
    let mut client = world.stranger();
    let answer = client.post("/sign-in/single-sign-on", &[]).await;
    assert_eq!(answer.location().as_deref(), Some("/sign-in"));
    assert!(client.follow(answer).await.says("That way to sign in does not answer now."));
    // Another name than the one in the settings.
    theirs.known.lock().unwrap().filling.clear();
    let issuer = std::mem::replace(&mut theirs.known.lock().unwrap().issuer, "http://127.0.0.1:1".into());
    assert_eq!(client.post("/sign-in/single-sign-on", &[]).await.location().as_deref(), Some("/sign-in"));
    theirs.known.lock().unwrap().issuer = issuer;
    begin(&mut client).await;

    world.clock.advance(SignedDuration::from_mins(10));
    theirs.serving.abort();
    assert_eq!(halfway.get(&address).await.location().as_deref(), Some("/sign-in"));
    let answer = client.post("/sign-in/single-sign-on", &[]).await;
    assert!(client.follow(answer).await.says("Use your name and password, or a passkey."));
    let inside = client.post("/sign-in", &[("sign_in_name", "marisol.vega"), ("password", PASSWORD)]).await;
    assert_eq!(inside.location().as_deref(), Some("/day"));
    // To look at one's own link nobody has to be asked.
    assert!(own.get(HOME).await.says("Linked: Today."));
}

#[tokio::test]
async fn where_nobody_set_it_up_there_is_none() {
    let world = World::new().await;
    let mut own = world.client_of(&world.georgia.peer).await;
    assert!(!own.get("/account").await.text.contains("single-sign-on"));
    assert!(!world.stranger().get("/sign-in").await.text.contains("single-sign-on"));
    for path in [HOME, porchlight_app::single_sign_on::BACK] {
        assert_eq!(own.get(path).await.status, 404, "{path}");
    }
    for path in [HOME, "/account/single-sign-on/remove", "/sign-in/single-sign-on"] {
        assert_eq!(own.post(path, &[]).await.status, 404, "{path}");
    }
}
