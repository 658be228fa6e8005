//! The whole site: its state, who is signed in, and every route.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use porchlight_app::account::{SESSION_HOURS, Secret, Session};
use porchlight_app::kept::KEPT_FORM_HOURS;
use porchlight_app::{Actor, App};
use porchlight_practice::id::CommandId;
use porchlight_practice::pack::{COMMON, PackId, Rules, Settings};
use porchlight_practice::sheet::Press;
use porchlight_practice::{Lang, Role, Text};

use crate::error::Trouble;
use crate::form::Form;
use crate::limit::{self, Limits};
use crate::page::{Visitor, Words};
use crate::routes::{RouteInfo, Routes, Unread};
use crate::shell::{Shell, cookie_of};

/// The state of the site. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The two doors.
    pub app: App,
    /// What the shell needs.
    pub shell: Shell,
    /// What prints sheets as PDF; without one, the pages offer what the browser prints.
    pub press: Option<Arc<dyn Press>>,
}

impl FromRef<Web> for Shell {
    fn from_ref(web: &Web) -> Shell {
        web.shell.clone()
    }
}

impl Web {
    /// The rules somebody reads: their programme's, or what lies under every pack for whoever is in no programme.
    pub(crate) fn rules_for(&self, who: Option<&Who>, on: Date) -> Option<Arc<Rules>> {
        let own = who.and_then(|who| who.rules.clone());
        own.or_else(|| {
            let common = self.app.library().get(&PackId(COMMON.into()))?;
            Some(Arc::new(common.rules(on, &Settings::default())))
        })
    }
}

/// The command that a form's field names, so that sending it twice does it once; a new one when it names none that can be
/// read, which is nothing that was done.
pub(crate) fn command_in(web: &Web, form: &Form, field: &str) -> CommandId {
    form.value(field).parse().unwrap_or_else(|_| web.app.command_id())
}

/// The command of a form that has one.
pub(crate) fn command(web: &Web, form: &Form) -> CommandId {
    command_in(web, form, "command")
}

/// The whole address of a path, for a link that travels.
pub(crate) fn address(web: &Web, path: &str) -> String {
    format!("{}{path}", web.shell.public_url)
}

/// Every route, those of the frame of the pages included, in the order of their paths.
pub fn table() -> Vec<RouteInfo> {
    let mut table = routes().merge(crate::preference::routes()).table().to_vec();
    table.sort_by_key(|route| (route.path, route.method.to_string()));
    table
}

/// Every route of the site, before the layers around it: the table that tests read.
pub fn routes() -> Routes<Web> {
    #[cfg(feature = "single-sign-on")]
    let routes = crate::single_sign_on::routes();
    #[cfg(not(feature = "single-sign-on"))]
    let routes = Routes::new();
    routes
        .merge(crate::account::routes())
        .merge(crate::advocacy::routes())
        .merge(crate::availability::routes())
        .merge(crate::card::routes())
        .merge(crate::consent::routes())
        .merge(crate::contact::routes())
        .merge(crate::counsel::routes())
        .merge(crate::corner::routes())
        .merge(crate::credential::routes())
        .merge(crate::day::routes())
        .merge(crate::device::routes())
        .merge(crate::disclosure::routes())
        .merge(crate::document::routes())
        .merge(crate::emergency::routes())
        .merge(crate::group::routes())
        .merge(crate::guardian::routes())
        .merge(crate::help_now::routes())
        .merge(crate::goal::routes())
        .merge(crate::intake::routes())
        .merge(crate::journal::routes())
        .merge(crate::kept::routes())
        .merge(crate::ladder::routes())
        .merge(crate::live::routes())
        .merge(crate::look::routes())
        .merge(crate::me::routes())
        .merge(crate::news::routes())
        .merge(crate::pairing::routes())
        .merge(crate::passkey::routes())
        .merge(crate::person::routes())
        .merge(crate::plan::routes())
        .merge(crate::programme::routes())
        .merge(crate::question::routes())
        .merge(crate::reach::routes())
        .merge(crate::rights::routes())
        .merge(crate::safety::routes())
        .merge(crate::team_meeting::routes())
        .merge(crate::second_step::routes())
        .merge(crate::session::routes())
        .merge(crate::tell_someone::routes())
        .merge(crate::share::routes())
        .merge(crate::supervision::routes())
        .merge(crate::support::routes())
        .merge(crate::visit::routes())
        .merge(crate::tray::routes())
        .merge(crate::way_in::routes())
        .merge(crate::words::routes())
        .merge(crate::work::routes())
        .merge(crate::worker::routes())
}

/// The site, ready to serve.
pub fn site(web: Web) -> Router {
    let sessions = middleware::from_fn_with_state(web.clone(), known);
    let limits = middleware::from_fn_with_state(Limits::new(web.shell.clone()), limit::around);
    routes().site(web, |router| router.layer(sessions).layer(limits))
}

impl Web {
    /// Puts the session's cookie on an answer.
    pub fn remember(&self, mut response: Response, secret: &Secret) -> Response {
        // Longer than the session itself: what is sent after it has ended is kept for its owner.
        let age = (SESSION_HOURS + KEPT_FORM_HOURS) as u32 * 3600;
        let cookie = self.shell.cookie(&self.shell.cookie_name("session"), secret.expose(), age);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }

    /// Takes it away.
    pub fn forget(&self, mut response: Response) -> Response {
        if let Ok(value) =
            HeaderValue::from_str(&self.shell.cookie(&self.shell.cookie_name("session"), "", 0))
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        // What was read on this device goes from its cache. What waits on it to be sent is no cache, and stays.
        response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
        crate::corner::closed(&self.shell, response)
    }

    /// The secret of the session's cookie.
    pub fn secret(&self, headers: &HeaderMap) -> Option<Secret> {
        cookie_of(headers, &self.shell.cookie_name("session")).map(Secret::from_text)
    }
}

/// Who is signed in, with the rules they work under. A route that names an action always has one.
#[derive(Clone)]
pub struct Who {
    /// The session.
    pub session: Session,
    /// The rules in force in their programme today; none for a role in the whole agency.
    pub rules: Option<Arc<Rules>>,
    /// The programme's zone; UTC for a role in the whole agency.
    pub zone: TimeZone,
}

impl Who {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.session.actor
    }

    /// What they see first.
    pub fn home(&self) -> &'static str {
        crate::nav::home(self.actor())
    }

    /// The rules of the actor's programme.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for a role in the whole agency.
    pub fn rules(&self) -> Result<&Rules, Trouble> {
        self.rules.as_deref().ok_or(Trouble::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Who, Trouble> {
        parts.extensions.get::<Who>().cloned().ok_or(Trouble::SignedOut)
    }
}

/// Finds out who is signed in, once a request.
async fn known(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    if let Some(secret) = web.secret(request.headers()) {
        // Taken before anything is read: what changes from here on is told to the page.
        let (staff, family) = (web.app.live().mark(true), web.app.live().mark(false));
        match web.app.session(&secret).await {
            Ok(session) => {
                let mark = if session.actor.role().is_supported() { family } else { staff };
                let (who, visitor) = introduce(session, mark);
                visitor.enter(&mut request);
                if crate::second_step::waits(&who, request.uri().path()) {
                    return crate::second_step::first(&web, &secret, request).await;
                }
                request.extensions_mut().insert(who);
            }
            Err(porchlight_app::Error::SignedOut) => {
                request.extensions_mut().insert(Ended(secret));
            }
            Err(error) => {
                tracing::warn!(%error, "a session could not be read");
                request.extensions_mut().insert(Unread(error.into()));
            }
        }
    }
    crate::kept::around(&web, request, next).await
}

/// The cookie of a session that has ended: what is sent with it is kept for its owner.
#[derive(Clone)]
pub struct Ended(pub Secret);

fn introduce(mut session: Session, mark: String) -> (Who, Visitor) {
    let (rules, zone, programme) = match session.here.take() {
        Some(here) => (Some(here.rules), here.zone, here.name),
        None => (None, TimeZone::UTC, String::new()),
    };
    let actor = &session.actor;
    let seat = match actor.programme() {
        Some(programme) => format!("{}/{programme}", actor.account()),
        None => actor.account().to_string(),
    };
    let title = rules.as_ref().and_then(|rules| rules.title(actor.title())).map(|title| title.name.clone());
    let words = rules.clone().map(|rules| Arc::new(Words::of(rules))).unwrap_or_default();
    let visitor = Visitor {
        name: actor.name().to_owned(),
        role: actor.role(),
        title: title.unwrap_or_else(|| match actor.ward() {
            Some(_) => said("role-guardian"),
            None => role_name(actor.role()),
        }),
        programme,
        lang: Some(actor.lang()),
        zone: zone.clone(),
        words,
        waiting: BTreeMap::new(),
        mark,
        seat,
        second_due: session.second_due.filter(|_| !session.must_set_up()),
        news: session.news,
    };
    (Who { session, rules, zone }, visitor)
}

/// What a role is called where the pack has no title for it.
pub(crate) fn role_name(role: Role) -> Text {
    said(&format!("role-{}", role.as_str().replace('_', "-")))
}

fn said(key: &str) -> Text {
    Text { en: crate::i18n::text(Lang::En, key), es: crate::i18n::text(Lang::Es, key) }
}

/// What went wrong behind the door, as a page says it. A fault in what was typed belongs beside its field: a handler
/// that can show it matches it before it comes this far.
impl From<porchlight_app::Error> for Trouble {
    fn from(error: porchlight_app::Error) -> Trouble {
        use porchlight_app::Error as E;
        match error {
            E::NotFound => Trouble::NotFound,
            E::Stale => Trouble::Stale,
            E::CommandReused => Trouble::Repeated,
            E::SignedOut => Trouble::SignedOut,
            E::Busy => Trouble::Busy,
            E::Fault(_) => Trouble::NotFound,
            error if error.is_of_the_disk() => Trouble::NotKept,
            E::Store(_) | E::Damaged(_) => {
                tracing::error!(%error, "a request failed");
                Trouble::Broken
            }
        }
    }
}
