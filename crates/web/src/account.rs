//! The start page, signing in and out, invitations, links, and one's own account.

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::account::{AccountView, LinkView, NewAccount, Secret};
use porchlight_app::session::Entered;
use porchlight_app::{Error, Fault};
use porchlight_practice::account::{Beside, PasswordFault};
use porchlight_practice::id::{CommandId, MembershipId};
use porchlight_practice::{Lang, Role};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::i18n::Argument;
use crate::nav;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes, own_path};
use crate::session::{entrance, half_way, minutes, waits};
use crate::site::{Ended, Web, Who, role_name};
use porchlight_access::Action;

/// The language choice lasts as long on this device as the one in the foot of every page.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// Signing in and one's own account.
pub fn routes() -> Routes<Web> {
    let read = Needs::Action(Action::AccountRead);
    let change = Needs::Action(Action::AccountChange);
    Routes::new()
        .public(Method::GET, "/", start)
        .public(Method::GET, "/sign-in", ask)
        .public(Method::POST, "/sign-in", sign_in)
        .public(Method::POST, "/sign-out", sign_out)
        .public(Method::GET, "/welcome/{secret}", invited)
        .public(Method::POST, "/welcome/{secret}", accept)
        .public(Method::GET, "/open/{secret}", link)
        .public(Method::POST, "/open/{secret}", sign_in_by_link)
        .page(Method::POST, "/join/{secret}", join, change)
        .page(Method::GET, "/account", show, read)
        .page(Method::POST, "/account", save, change)
        .page(Method::POST, "/account/password", change_password, change)
        .page(Method::POST, "/account/role", switch_role, change)
}

/// Who is signed in on a page that anybody may open.
pub(crate) type Maybe = Option<Extension<Who>>;

// ---- the start page ----

/// The public start page.
#[derive(Template)]
#[template(path = "account/start.html")]
pub(crate) struct Start {
    pub page: Page,
}

async fn start(page: Page, who: Maybe) -> Result<Response, Trouble> {
    match who {
        Some(Extension(who)) => Ok(Redirect::to(who.home()).into_response()),
        None => Start { page: page.titled("account-start-title") }.show(),
    }
}

// ---- signing in ----

/// Asking for name and password.
#[derive(Template)]
#[template(path = "account/sign_in.html")]
pub(crate) struct SignIn {
    pub page: Page,
    pub form: Form,
    /// The session of this browser has ended.
    pub ended: bool,
    /// The host that passkeys answer to; empty where there are none.
    pub at: String,
    /// What people call the agency's provider of single sign-on; empty where there is none.
    pub provider: String,
}

impl SignIn {
    fn of(web: &Web, page: Page, form: Form, ended: bool) -> SignIn {
        let at = web.app.passkeys_at().unwrap_or_default().to_owned();
        let provider = web.app.single_sign_on().unwrap_or_default().to_owned();
        SignIn { page: page.titled("account-sign-in").of_form(&form), form, ended, at, provider }
    }
}

async fn ask(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    ended: Option<Extension<Ended>>,
    form: Form,
) -> Result<Response, Trouble> {
    if let Some(Extension(who)) = who {
        return Ok(Redirect::to(wanted(&form).unwrap_or(who.home())).into_response());
    }
    SignIn::of(&web, page, form, ended.is_some()).show()
}

async fn sign_in(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    ended: Option<Extension<Ended>>,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response, Trouble> {
    let name = form.need("sign_in_name", "account-error-sign-in-name");
    if form.value("password").is_empty() {
        form.wrong("password", "account-error-password-empty");
    }
    if let (Some(name), true) = (name, form.is_right()) {
        match web.app.sign_in(&name, form.value("password"), entrance(&web, &headers, &form)).await {
            Ok(entry) => return entered(&web, &headers, who, entry, wanted(&form)).await,
            // Nobody is told which of the two was wrong, or whether there is such a name.
            Err(Error::Fault(Fault::SignIn | Fault::Password(_))) => {
                form.wrong("sign_in_name", "account-error-sign-in");
            }
            Err(Error::Fault(Fault::Wait(seconds))) => {
                form.wrong_with(
                    "sign_in_name",
                    "account-error-too-many",
                    &[("minutes", minutes(seconds).value())],
                );
                let answer =
                    SignIn::of(&web, page, form, ended.is_some()).show_as(StatusCode::TOO_MANY_REQUESTS);
                return Ok(waits(answer?, seconds));
            }
            Err(error) => return Err(error.into()),
        }
    }
    SignIn::of(&web, page, form, ended.is_some()).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Where somebody wanted to go before they were asked to sign in.
pub(crate) fn wanted(form: &Form) -> Option<&str> {
    own_path(form.value("then")).filter(|path| *path != "/")
}

/// On to the second step, or into the house.
pub(crate) async fn entered(
    web: &Web,
    headers: &HeaderMap,
    before: Maybe,
    entry: Entered,
    then: Option<&str>,
) -> Result<Response, Trouble> {
    match entry {
        Entered::In(secret) => inside(web, headers, before, &secret, then).await,
        Entered::HalfWay(token) => Ok(half_way(web, &token, then)),
    }
}

/// On to the first page, with a new session; one that was going on in this browser ends.
pub(crate) async fn inside(
    web: &Web,
    headers: &HeaderMap,
    before: Maybe,
    secret: &Secret,
    then: Option<&str>,
) -> Result<Response, Trouble> {
    if let Some(Extension(before)) = before {
        web.app.sign_out(&before.session).await?;
    }
    let session = web.app.session(secret).await?;
    let to = match web.app.kept_form(&session.actor).await? {
        Some(_) => "/kept",
        None => then.unwrap_or(nav::home(&session.actor)),
    };
    let response = web.remember(Redirect::to(to).into_response(), secret);
    crate::session::marked(web, headers, &session, response).await
}

async fn sign_out(State(web): State<Web>, who: Maybe) -> Result<Response, Trouble> {
    if let Some(Extension(who)) = who {
        web.app.sign_out(&who.session).await?;
    }
    Ok(web.forget(done(&web.shell, "/", "flash-signed-out")))
}

// ---- links ----

/// A link that can't be used any more, or never could.
#[derive(Template)]
#[template(path = "account/old_link.html")]
pub(crate) struct OldLink {
    pub page: Page,
}

impl OldLink {
    /// The same answer whether it was used, has run out or never was.
    pub(crate) fn answer(page: Page) -> Result<Response, Trouble> {
        OldLink { page: page.titled("account-old-link") }.show_as(StatusCode::GONE)
    }
}

/// A link that signs in: opening it changes nothing, since mail programs open links too.
#[derive(Template)]
#[template(path = "account/open.html")]
pub(crate) struct Open {
    pub page: Page,
    pub form: Form,
    pub name: String,
}

async fn link(State(web): State<Web>, page: Page, Path(secret): Path<String>) -> Result<Response, Trouble> {
    match web.app.link(&Secret::from_text(&secret)).await {
        Ok(LinkView::SignIn { name }) => {
            Open { page: page.titled_with("account-open-title", "name", &name), form: Form::new(), name }
                .show()
        }
        Ok(LinkView::Invitation { .. }) => Ok(Redirect::to(&format!("/welcome/{secret}")).into_response()),
        Ok(LinkView::NewPassword { .. }) => Ok(Redirect::to(&format!("/way-in/{secret}")).into_response()),
        Ok(LinkView::Mailbox) => Ok(Redirect::to(&format!("/mailbox/{secret}")).into_response()),
        Err(Error::Fault(Fault::LinkOld)) => OldLink::answer(page),
        Err(error) => Err(error.into()),
    }
}

async fn sign_in_by_link(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    headers: HeaderMap,
    Path(secret): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.sign_in_by_link(&Secret::from_text(&secret), entrance(&web, &headers, &form)).await {
        Ok(entry) => entered(&web, &headers, who, entry, None).await,
        Err(Error::Fault(Fault::LinkOld | Fault::SignIn)) => OldLink::answer(page),
        Err(error) => Err(error.into()),
    }
}

/// An invitation, and what it asks.
#[derive(Template)]
#[template(path = "account/welcome.html")]
pub(crate) struct Welcome {
    pub page: Page,
    pub form: Form,
    /// The programme, if it is one.
    pub programme: Option<String>,
    /// In which role.
    pub role: String,
    pub langs: Vec<Choice>,
    /// Who is signed in already, and the path that adds the role to their account.
    pub join: Option<(String, String)>,
}

impl Welcome {
    async fn answer(
        web: &Web,
        page: Page,
        who: Maybe,
        secret: &str,
        form: Option<Form>,
    ) -> Result<Response, Trouble> {
        let (name, programme, role) = match web.app.link(&Secret::from_text(secret)).await {
            Ok(LinkView::Invitation { name, programme, role }) => (name, programme, role),
            Ok(_) => {
                return Ok(Redirect::to(&format!("/open/{secret}")).into_response());
            }
            Err(Error::Fault(Fault::LinkOld)) => return OldLink::answer(page),
            Err(error) => return Err(error.into()),
        };
        let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let form = form.unwrap_or_else(|| Form::new().with("name", &name).with("lang", page.lang.tag()));
        let join = who.map(|Extension(who)| (who.actor().name().to_owned(), format!("/join/{secret}")));
        let role = page.text(&role_name(role));
        let page = page.titled_with("account-welcome-title", "name", &name).of_form(&form);
        Welcome { langs: langs(&page), page, form, programme, role, join }.show_as(status)
    }
}

/// The mailbox that an invitation goes to, and the language of its letter, when one was typed.
pub(crate) fn letter(form: &mut Form) -> Option<(String, Lang)> {
    let to = form.value("email").trim().to_owned();
    if to.is_empty() {
        return None;
    }
    if porchlight_app::App::check_mailbox(&to).is_err() {
        form.wrong("email", "reach-error-email");
        return None;
    }
    Some((to, Lang::from_tag(form.value("lang")).unwrap_or_default()))
}

pub(crate) fn langs(page: &Page) -> Vec<Choice> {
    vec![Choice::new("en", page.t("account-lang-en")), Choice::new("es", page.t("account-lang-es"))]
}

async fn invited(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    Path(secret): Path<String>,
) -> Result<Response, Trouble> {
    Welcome::answer(&web, page, who, &secret, None).await
}

async fn accept(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    headers: HeaderMap,
    Path(secret): Path<String>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let name = form.need("name", "account-error-name");
    let sign_in_name = form.need("sign_in_name", "account-error-new-sign-in-name");
    let lang = form.choose("lang", "account-error-lang", Lang::from_tag);
    if form.value("password").is_empty() {
        wrong_password(&mut form, "password", PasswordFault::TooShort(Beside::Nothing.length()));
    }
    if let (Some(name), Some(sign_in_name), Some(lang), true) = (name, sign_in_name, lang, form.is_right()) {
        let password = form.value("password").to_owned();
        let new = NewAccount { name, sign_in_name, password, lang };
        let from = entrance(&web, &headers, &form);
        match web.app.accept_invitation(&Secret::from_text(&secret), new, from).await {
            Ok(secret) => {
                let response = inside(&web, &headers, who, &secret, None).await?;
                return Ok(speak(&web, response, lang));
            }
            Err(Error::Fault(fault)) => {
                if !wrong_account(&mut form, &fault) {
                    return OldLink::answer(page);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Welcome::answer(&web, page, who, &secret, Some(form)).await
}

/// Says beside its field what is wrong with an account; false when no field can put it right.
fn wrong_account(form: &mut Form, fault: &Fault) -> bool {
    match fault {
        Fault::NameTaken => form.wrong("sign_in_name", "account-error-taken"),
        Fault::Empty("sign_in_name") => form.wrong("sign_in_name", "account-error-new-sign-in-name"),
        Fault::Empty(_) => form.wrong("name", "account-error-name"),
        Fault::TooLong(field) => form.wrong(field, "account-error-long"),
        Fault::Password(fault) => wrong_password(form, "password", *fault),
        _ => return false,
    }
    true
}

pub(crate) fn wrong_password(form: &mut Form, field: &str, fault: PasswordFault) {
    match fault {
        PasswordFault::TooShort(length) => {
            form.wrong_with(field, "account-error-password-short", &[("length", length.value())]);
        }
        PasswordFault::TooLong => form.wrong(field, "account-error-password-long"),
        PasswordFault::Guessable => form.wrong(field, "account-error-password-guessable"),
    }
}

/// The choice of an account is the choice of this device too.
fn speak(web: &Web, mut response: Response, lang: Lang) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&web.shell.cookie("lang", lang.tag(), YEAR)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn join(
    State(web): State<Web>,
    page: Page,
    who: Who,
    Path(secret): Path<String>,
) -> Result<Response, Trouble> {
    match web.app.join(&who.session, &Secret::from_text(&secret)).await {
        Ok(()) => Ok(Redirect::to("/").into_response()),
        Err(Error::Fault(Fault::LinkOld)) => OldLink::answer(page),
        Err(error) => Err(error.into()),
    }
}

// ---- one's own account ----

/// A role of the account.
pub(crate) struct RoleLine {
    pub id: MembershipId,
    pub name: String,
    pub programme: Option<String>,
    /// The one acted in now.
    pub now: bool,
}

/// One's own account.
#[derive(Template)]
#[template(path = "account/show.html")]
pub(crate) struct AccountPage {
    pub page: Page,
    /// Name, phone and language.
    pub form: Form,
    /// The change of the password.
    pub password: Form,
    pub command: String,
    pub password_command: String,
    pub langs: Vec<Choice>,
    pub roles: Vec<RoleLine>,
    /// Name and phone on file, when they were changed elsewhere since the form was shown.
    pub meanwhile: Option<(String, String)>,
    /// Something typed waits to be sent.
    pub kept: bool,
    /// Whether a second step stands beside the password.
    pub second_step: bool,
    /// Whether help with words is on; none for whoever writes about nobody.
    pub words: Option<bool>,
    pub words_command: String,
    /// Whether there are passkeys here.
    pub passkeys: bool,
    /// What people call the agency's provider of single sign-on, when the account may be linked with it; else empty.
    pub provider: String,
}

/// The form that stands on the page with what was typed into it.
enum Typed {
    Nothing,
    Account(Form),
    /// Somebody else was quicker.
    Late(Form),
    Password(Form),
}

impl AccountPage {
    async fn answer(web: &Web, page: Page, who: &Who, typed: Typed) -> Result<Response, Trouble> {
        let view = web.app.my_account(who.actor()).await?;
        let kept = web.app.kept_form(who.actor()).await?.is_some();
        let on_file = || {
            Form::new()
                .with("name", &view.name)
                .with("phone", &view.phone)
                .with("lang", view.lang.tag())
                .with("version", view.version.to_string())
        };
        let fresh = || web.app.command_id().to_string();
        let (mut command, mut password_command) = (fresh(), fresh());
        let (mut form, mut password, mut meanwhile, mut status) =
            (on_file(), Form::new(), None, StatusCode::UNPROCESSABLE_ENTITY);
        match typed {
            Typed::Nothing => status = StatusCode::OK,
            Typed::Account(typed) => {
                command = command_of(&typed).map_or(command, |id| id.to_string());
                form = typed;
            }
            // Sent again it is a new command, on top of what is on file now.
            Typed::Late(typed) => {
                meanwhile = Some((view.name.clone(), view.phone.clone()));
                status = StatusCode::CONFLICT;
                form = typed.replaced("version", &view.version.to_string());
            }
            Typed::Password(typed) => {
                password_command = command_of(&typed).map_or(password_command, |id| id.to_string());
                password = typed;
            }
        }
        let mut page = page.titled("account-title");
        page.wrong = !form.is_right() || !password.is_right();
        let langs = langs(&page);
        let second_step = view.second_step;
        // What an employer runs never opens what is somebody's own.
        let provider = web.app.single_sign_on().filter(|_| view.only_works).unwrap_or_default().to_owned();
        let roles = roles(&page, who, view);
        let words = match who.actor().person() {
            Some(_) => None,
            None => web.app.wants_words(who.actor()).await.ok(),
        };
        let words_command = fresh();
        AccountPage {
            page,
            form,
            password,
            command,
            password_command,
            langs,
            roles,
            meanwhile,
            kept,
            second_step,
            words,
            words_command,
            passkeys: web.app.passkeys_at().is_some(),
            provider,
        }
        .show_as(status)
    }
}

fn roles(page: &Page, who: &Who, view: AccountView) -> Vec<RoleLine> {
    let line = |(id, role, title, programme): (MembershipId, Role, String, Option<String>)| {
        let now = id == who.actor().membership();
        // Another programme's titles are in another pack; the role says enough.
        let title = who.rules.as_deref().filter(|_| now).and_then(|rules| rules.title(&title));
        let name = title.map_or_else(|| role_name(role), |title| title.name.clone());
        RoleLine { id, name: page.text(&name), programme, now }
    };
    view.roles.into_iter().map(line).collect()
}

fn command_of(form: &Form) -> Option<CommandId> {
    form.value("command").parse().ok()
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    AccountPage::answer(&web, page, &who, Typed::Nothing).await
}

async fn save(State(web): State<Web>, page: Page, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let name = form.need("name", "account-error-name");
    let lang = form.choose("lang", "account-error-lang", Lang::from_tag);
    if let (Some(name), Some(lang), true) = (name, lang, form.is_right()) {
        let command = command_of(&form).unwrap_or_else(|| web.app.command_id());
        // Without a readable version it counts as late, and both texts are shown.
        let version = form.value("version").parse().unwrap_or(0);
        let phone = form.value("phone");
        match web.app.change_account(who.actor(), command, &name, phone, lang, version).await {
            Ok(()) => return Ok(speak(&web, done(&web.shell, "/account", "flash-saved"), lang)),
            Err(Error::Stale) => return AccountPage::answer(&web, page, &who, Typed::Late(form)).await,
            Err(Error::Fault(fault)) if wrong_account(&mut form, &fault) => {}
            Err(error) => return Err(error.into()),
        }
    }
    AccountPage::answer(&web, page, &who, Typed::Account(form)).await
}

async fn change_password(
    State(web): State<Web>,
    page: Page,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    if form.value("password").is_empty() {
        form.wrong("password", "account-error-password-now");
    }
    if form.is_right() {
        let command = command_of(&form).unwrap_or_else(|| web.app.command_id());
        let (old, new) = (form.value("password"), form.value("new_password"));
        match web.app.change_password(&who.session, command, old, new).await {
            Ok(()) => return Ok(done(&web.shell, "/account", "flash-password-changed")),
            Err(Error::Fault(Fault::SignIn)) => form.wrong("password", "account-error-password-now"),
            Err(Error::Fault(Fault::Wait(seconds))) => {
                form.wrong_with("password", "session-error-wait", &[("minutes", minutes(seconds).value())]);
            }
            Err(Error::Fault(Fault::Password(fault))) => wrong_password(&mut form, "new_password", fault),
            Err(error) => return Err(error.into()),
        }
    }
    AccountPage::answer(&web, page, &who, Typed::Password(form)).await
}

async fn switch_role(State(web): State<Web>, who: Who, mut form: Form) -> Result<Response, Trouble> {
    let to = form.read::<MembershipId>("role", "account-error-role").ok_or(Trouble::NotFound)?;
    web.app.switch_role(&who.session, to).await?;
    // The start leads to the first page of the role acted in from now on.
    Ok(Redirect::to("/").into_response())
}
