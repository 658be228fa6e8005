//! The route table: the one way to make a path answer.
//!
//! Each route names the action that the door behind it asks for, or says that it is public. Signed-out visitors never
//! reach a route that names an action. The table can be read ([`Routes::table`]), so that the matrix in
//! `docs/policy-matrix.txt` shows every route and a test fails when one has no row.
//!
//! ```ignore
//! pub fn routes() -> Routes<Web> {
//!     Routes::new()
//!         .page(Method::GET, "/people", list, Needs::Action(Action::PersonList))
//!         .page(Method::POST, "/people/new", add, Needs::Action(Action::PersonAdd))
//!         .public(Method::GET, "/help-now", help_now)
//! }
//! ```

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, FromRef, Request};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use porchlight_access::Action;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::csrf::CsrfLayer;

use crate::error::{self, Trouble};
use crate::page::Visitor;
use crate::shell::Shell;
use crate::{assets, headers, preference};

/// Who may come as far as the door behind a route. The door itself decides about the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nobody needs to be signed in, and nothing about a person is shown.
    Public,
    /// Somebody signed in, whom the door lets do this.
    Action(Action),
    /// Somebody signed in, in whatever role. What is behind it is theirs alone, and no door of the programme leads there.
    SignedIn,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// The method, such as GET.
    pub method: Method,
    /// The path, with `{name}` for what changes.
    pub path: &'static str,
    /// Who may come this far.
    pub needs: Needs,
}

/// The table while it is being written.
pub struct Routes<S> {
    table: Vec<RouteInfo>,
    router: Router<S>,
    later: Router<S>,
}

/// The forms that may come later, from a phone that had no signal. They are answered as if they came now.
#[derive(Clone)]
pub(crate) struct Later(pub Router);

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Routes { table: Vec::new(), router: Router::new(), later: Router::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// An empty table.
    pub fn new() -> Self {
        Routes::default()
    }

    /// A route that needs somebody signed in. The action is the one the door behind it asks for.
    pub fn page<H, T>(mut self, method: Method, path: &'static str, handler: H, needs: Needs) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let answers: MethodRouter<S> = on(filter(&method), handler);
        let answers = match needs {
            Needs::Public => answers,
            Needs::Action(_) | Needs::SignedIn => answers.route_layer(middleware::from_fn(signed_in)),
        };
        self.table.push(RouteInfo { method, path, needs });
        self.router = self.router.route(path, answers);
        self
    }

    /// A form that may also be filled in without signal, and then comes later, once or more often, by the id of its
    /// command. Whether it is still allowed is asked when it comes.
    pub fn page_later<H, T>(mut self, path: &'static str, handler: H, needs: Needs) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let answers: MethodRouter<S> = axum::routing::post(handler.clone());
        self.later = self.later.route(path, answers.route_layer(middleware::from_fn(signed_in)));
        self.page(Method::POST, path, handler, needs)
    }

    /// A route anybody may take.
    pub fn public<H, T>(self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.page(method, path, handler, Needs::Public)
    }

    /// Joins another table, such as a noun's.
    pub fn merge(mut self, other: Routes<S>) -> Self {
        self.table.extend(other.table);
        self.router = self.router.merge(other.router);
        self.later = self.later.merge(other.later);
        self
    }

    /// Every route, in the order written.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The whole site: these routes, the shell's own, and the layers around all of them. `sessions` is the layer that
    /// knows who is signed in and lets them in by [`Visitor::enter`].
    pub fn site<L>(self, state: S, sessions: L) -> Router
    where
        Shell: FromRef<S>,
        L: FnOnce(Router) -> Router,
    {
        let shell = Shell::from_ref(&state);
        let compressed = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
        let Routes { router, later, .. } = self.merge(preference::routes());
        let later = Later(later.with_state(state.clone()));
        let router = router.with_state(state).layer(Extension(later));
        sessions(router)
            .route("/assets/{hash}/{*name}", axum::routing::get(assets::serve))
            .layer(CsrfLayer::new())
            .layer(middleware::from_fn_with_state(shell, error::dress))
            .layer(middleware::from_fn(headers::protect))
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(compressed))
    }
}

/// A table as `docs/routes.txt` shows it: one route a line.
pub fn listing(table: &[RouteInfo]) -> String {
    let line = |route: &RouteInfo| {
        let needs = match route.needs {
            Needs::Public => "public",
            Needs::Action(action) => action.as_str(),
            Needs::SignedIn => "one's own corner",
        };
        format!("{:<5} {:<40} {needs}\n", route.method.as_str(), route.path)
    };
    table.iter().map(line).collect()
}

/// Nobody can say just now whether the visitor is signed in, so nobody is told that their session has ended.
#[derive(Clone)]
pub(crate) struct Unread(pub Trouble);

/// Sends a signed-out visitor to sign in, and back afterwards. A form that comes without a session is not lost: it is
/// kept for the account whose session has ended ([`crate::kept`]), or the page it gets holds what was typed.
async fn signed_in(request: Request, next: Next) -> Response {
    if request.extensions().get::<Arc<Visitor>>().is_some() {
        return next.run(request).await;
    }
    let unread = request.extensions().get::<Unread>().map(|unread| unread.0);
    if let Some(trouble) = unread.filter(|_| request.method() == Method::GET) {
        return trouble.into_response();
    }
    if request.method() == Method::GET && wants_page(request.headers()) {
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        let then = utf8_percent_encode(asked, NON_ALPHANUMERIC);
        return Redirect::to(&format!("/sign-in?then={then}")).into_response();
    }
    // Reads the form only so that it can be given back.
    if let Err(trouble) =
        <crate::form::Form as axum::extract::FromRequest<()>>::from_request(request, &()).await
    {
        return trouble.into_response();
    }
    unread.unwrap_or(Trouble::SignedOut).into_response()
}

pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_none_or(|accept| {
        accept.to_str().is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*"))
    })
}

/// Reads a path that came from outside, such as `then=/people`: only a path of this site comes through.
pub fn own_path(text: &str) -> Option<&str> {
    let foreign = text.starts_with("//") || text.contains('\\') || text.chars().any(char::is_control);
    (text.starts_with('/') && !foreign).then_some(text)
}

fn filter(method: &Method) -> MethodFilter {
    // A method outside HTTP's own list cannot be written in the table: `Method` has no such constant.
    MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET)
}

/// The answer of a path that is there but has nothing to say.
pub fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_paths_come_back() {
        assert_eq!(own_path("/people?x=1"), Some("/people?x=1"));
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil.example", "people", "", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(own_path(foreign), None, "{foreign:?}");
        }
    }
}
