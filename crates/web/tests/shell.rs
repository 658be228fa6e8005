//! The shell as a browser meets it: headers, switches, refusals, limits, and typed text that comes back.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use jiff::tz::TimeZone;
use porchlight_access::Action;
use porchlight_practice::{Role, Text};
use porchlight_web::help_now::{HelpLine, HelpNow};
use porchlight_web::kit::Kit;
use porchlight_web::page::done_with;
use porchlight_web::{Form, Needs, Page, Routes, Shell, Trouble, Visitor, assets};
use tower::ServiceExt;

async fn help(page: Page) -> Result<Response, Trouble> {
    HelpNow::answer(
        page,
        vec![HelpLine {
            name: "988".into(),
            call: "988".into(),
            text: Some("988".into()),
            hint: Some("Press 2 for Spanish.".into()),
        }],
    )
}

async fn kit(page: Page) -> Result<Response, Trouble> {
    Kit::answer(page)
}

async fn fail(form: Form) -> Trouble {
    match form.value("how") {
        "busy" => Trouble::Busy,
        "disk" => Trouble::NotKept,
        "stale" => Trouble::Stale,
        _ => Trouble::Broken,
    }
}

async fn save(axum::extract::State(shell): axum::extract::State<Shell>, _form: Form) -> Response {
    done_with(&shell, "/help-now", "flash-saved", 1)
}

fn visitor() -> Visitor {
    Visitor {
        name: "Marisol Vega".into(),
        role: Role::Person,
        title: Text::default(),
        programme: String::new(),
        lang: None,
        zone: TimeZone::UTC,
        words: Arc::default(),
        waiting: BTreeMap::new(),
        mark: "0-0".into(),
        second_due: None,
        news: false,
        seat: "marisol/lighthouse".into(),
    }
}

/// Whoever sends `x-signed-in` is signed in.
async fn sessions(mut request: Request, next: Next) -> Response {
    if request.headers().contains_key("x-signed-in") {
        visitor().enter(&mut request);
    }
    next.run(request).await
}

fn site() -> Router {
    let shell = Shell {
        secure_cookies: true,
        behind_proxy: true,
        public_url: "https://porchlight.test".into(),
        clock: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
    };
    Routes::new()
        .public(Method::GET, "/help-now", help)
        .public(Method::POST, "/fail", fail)
        .public(Method::POST, "/save", save)
        .page(Method::GET, "/kit", kit, Needs::Action(Action::AccountRead))
        .page(Method::POST, "/kit", save, Needs::Action(Action::AccountChange))
        .site(shell, |router| router.layer(middleware::from_fn(sessions)))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn send(request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
    let response = site().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

async fn get(path: &str) -> Answer {
    send(Request::get(path), Body::empty()).await
}

fn post(path: &str) -> axum::http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    for path in ["/help-now", "/no-such-page", assets::address("app.css")] {
        let answer = get(path).await;
        assert_eq!(
            answer.header("content-security-policy"),
            porchlight_web::headers::CONTENT_SECURITY_POLICY
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("permissions-policy").contains("geolocation=()"));
    }
    assert_eq!(get("/help-now").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn assets_may_be_kept_for_ever_and_only_under_their_own_hash() {
    for (name, address) in assets::all() {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(answer.header("cache-control").contains("immutable"), "{name}");
    }
    let other = assets::address("app.css").replace("/assets/", "/assets/0");
    assert_eq!(get(&other).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        get(assets::address("live.js")).await.header("content-type"),
        "text/javascript; charset=utf-8"
    );
}

/// covers: AL-00
#[tokio::test]
async fn every_page_begins_with_a_way_past_its_menu() {
    for path in ["/help-now", "/no-such-page"] {
        let page = get(path).await.text;
        let skip = page.find("class=\"skip\" href=\"#main\"").expect(path);
        assert!(skip < page.find("<nav").unwrap_or(usize::MAX), "{path}: the menu comes first");
        assert!(page.contains("id=\"main\""), "{path}");
    }
}

#[tokio::test]
async fn an_unknown_page_is_a_page_in_the_readers_language() {
    let answer = get("/no-such-page").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("We could not find that page"));
    let spanish = send(Request::get("/no-such-page").header("accept-language", "es-MX"), Body::empty()).await;
    assert!(spanish.text.contains("No encontramos esa página") && spanish.text.contains("lang=\"es\""));
    let inside = send(Request::get("/no-such-page").header("x-signed-in", "1"), Body::empty()).await;
    assert!(inside.text.contains("Marisol Vega"), "the frame of the visitor stays");
    // A wrong method tells a stranger no more than a wrong path.
    let wrong = send(post("/help-now"), "").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signed_out_visitors_are_sent_to_sign_in_and_back() {
    let answer = get("/kit?a=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?then=%2Fkit%3Fa%3D1");
    let answer = send(Request::get("/kit").header("x-signed-in", "1"), Body::empty()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("<title>Error: All the pieces"));
}

#[tokio::test]
async fn a_form_that_comes_without_a_session_comes_back_with_its_words() {
    let answer = send(post("/kit"), "note=We+walked+%3Cslowly%3E&password=hush").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.text.contains("We walked &#60;slowly&#62;"), "{}", answer.text);
    assert!(!answer.text.contains("hush"));
}

#[tokio::test]
async fn when_it_does_not_work_the_words_come_back_to_be_sent_again() {
    let answer = send(post("/fail"), "how=busy&note=Three+good+nights&did=goal&did=story").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    assert!(answer.text.contains("action=\"/fail\"") && answer.text.contains("Three good nights"));
    assert_eq!(answer.text.matches("name=\"did\"").count(), 2);
    let disk = send(post("/fail"), "how=disk&note=Three+good+nights").await;
    assert_eq!((disk.status, disk.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "60"));
    assert!(disk.text.contains("Nothing was changed") && disk.text.contains("Three good nights"));
    let stale = send(post("/fail"), "how=stale&note=Three+good+nights+this+week").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("Three good nights this week") && !stale.text.contains("Send it again"));
    let broken = send(post("/fail"), "how=").await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let answer = send(post("/save").header("host", "porch.example").header(name, value), "a=1").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        assert!(answer.text.contains("We could not be sure this came from you"));
        assert_eq!(answer.header("location"), "");
    }
    let own = send(post("/save").header("sec-fetch-site", "same-origin"), "a=1").await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn too_much_at_once_and_bytes_that_are_no_text_are_refused_with_a_page() {
    let answer = send(post("/save"), vec![b'a'; 5 * 1024 * 1024]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("too much at once"));
    let answer = send(post("/save"), "note=%C3%28").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text.contains("was not text"));
    let json = send(Request::post("/save").header("content-type", "application/json"), "{}").await;
    assert_eq!(json.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_was_done_is_said_once() {
    let answer = send(post("/save"), "a=1").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("flash=flash-saved.1;"), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let next =
        send(Request::get("/help-now").header("cookie", "lang=en; flash=flash-saved.1"), Body::empty()).await;
    assert!(next.text.contains("role=\"status\"") && next.text.contains("Saved."));
    assert!(next.header("set-cookie").starts_with("flash=;"), "the cookie is taken away");
}

#[tokio::test]
async fn language_and_theme_are_switched_without_a_script() {
    let answer = send(post("/language"), "lang=es&back=%2Fhelp-now").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/help-now"));
    assert!(answer.header("set-cookie").starts_with("lang=es;"));
    let dark = send(post("/theme"), "theme=dark&back=https%3A%2F%2Fevil.example").await;
    assert_eq!(dark.header("location"), "/", "only back to ourselves");
    let page = send(Request::get("/help-now").header("cookie", "theme=dark; lang=es"), Body::empty()).await;
    assert!(page.text.contains("<html lang=\"es\" data-theme=\"dark\">"));
    let odd =
        send(Request::get("/help-now").header("cookie", "theme=\"><script>; lang=xx"), Body::empty()).await;
    assert!(odd.text.contains("<html lang=\"en\">"));
    let large = send(post("/type"), "type=large&back=%2Fhelp-now").await;
    assert!(large.header("set-cookie").starts_with("type=large;"));
    let page = send(Request::get("/help-now").header("cookie", "type=large"), Body::empty()).await;
    assert!(page.text.contains("<html lang=\"en\" data-type=\"large\">"));
    let normal = send(post("/type"), "type=<b>&back=%2Fhelp-now").await;
    assert!(normal.header("set-cookie").starts_with("type=;"));
}

#[tokio::test]
async fn people_can_leave_fast() {
    let page = send(Request::get("/help-now").header("x-signed-in", "1"), Body::empty()).await;
    assert!(page.text.contains("href=\"/leave\"") && page.text.contains("data-leave"));
    let away = get("/leave").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    assert!(away.header("location").starts_with("https://www.weather.gov"));
    assert_eq!(away.header("clear-site-data"), "\"cache\"");
}

#[test]
fn the_table_names_every_route() {
    let routes: Routes<Shell> =
        Routes::new().page(Method::GET, "/kit", kit, Needs::Action(Action::AccountRead));
    assert_eq!(routes.table().len(), 1);
    assert_eq!(routes.table()[0].needs, Needs::Action(Action::AccountRead));
}
