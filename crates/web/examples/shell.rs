//! The shell alone, to look at: `cargo run -p porchlight-web --example shell`, then open http://127.0.0.1:8086/kit.
//!
//! `?role=supervisor` on any page shows it to somebody of that role; without it nobody is signed in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::{Json, Router};
use jiff::tz::TimeZone;
use porchlight_access::Action;
use porchlight_practice::{Role, Text};
use porchlight_web::help_now::{HelpLine, HelpNow};
use porchlight_web::kit::Kit;
use porchlight_web::{Form, Needs, Page, Routes, Shell, Trouble, Visitor};

async fn help_now(page: Page) -> Result<Response, Trouble> {
    let lines = vec![
        HelpLine {
            name: "988 Suicide and Crisis Lifeline".into(),
            call: "988".into(),
            text: Some("988".into()),
            hint: Some("Press 2 for Spanish.".into()),
        },
        HelpLine {
            name: "Georgia Crisis and Access Line".into(),
            call: "1-800-715-4225".into(),
            text: None,
            hint: None,
        },
    ];
    HelpNow::answer(page, lines)
}

async fn kit(page: Page) -> Result<Response, Trouble> {
    Kit::answer(page)
}

async fn busy(_form: Form) -> Trouble {
    Trouble::Busy
}

/// Takes a draft as a noun's handler would: the version it was based on must be the newest.
async fn draft(form: Form) -> Result<Json<serde_json::Value>, Trouble> {
    match form.value("version") {
        "3" => Ok(Json(serde_json::json!({ "version": "4" }))),
        _ => Err(Trouble::Stale),
    }
}

async fn visit(mut request: Request, next: Next) -> Response {
    let role = request.uri().query().and_then(|query| query.strip_prefix("role=")).and_then(Role::parse);
    if let (Some(role), Ok(zone)) = (role, TimeZone::get("America/New_York")) {
        Visitor {
            name: "Marisol Vega".into(),
            role,
            title: Text { en: "Certified peer specialist".into(), es: "Especialista certificada".into() },
            programme: "Sweetgum Peer Support".into(),
            lang: None,
            zone,
            words: Arc::default(),
            waiting: BTreeMap::from([("/notes-to-read", 6)]),
            mark: "0-0".into(),
            second_due: None,
            news: false,
            seat: "marisol/lighthouse".into(),
        }
        .enter(&mut request);
    }
    next.run(request).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = "2026-11-19T20:00:00Z".parse()?;
    let shell = Shell {
        secure_cookies: false,
        behind_proxy: false,
        public_url: "http://127.0.0.1".into(),
        clock: Arc::new(move || now),
    };
    let site = Routes::new()
        .public(Method::GET, "/help-now", help_now)
        .public(Method::GET, "/kit", kit)
        .public(Method::POST, "/busy", busy)
        .public(Method::POST, "/kit/draft", draft)
        .page(Method::GET, "/account", kit, Needs::Action(Action::AccountRead))
        .site(shell, |router: Router| router.layer(middleware::from_fn(visit)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8086").await?;
    println!("http://127.0.0.1:8086/kit?role=peer_specialist");
    axum::serve(listener, site).await?;
    Ok(())
}
