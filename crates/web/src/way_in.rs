//! A way back in: what somebody does who forgot their password, the link that sets a new one, a mailbox that is confirmed, and the
//! pages on which whoever runs the programme helps somebody they have before them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::account::{LinkView, Secret};
use porchlight_app::way_in::{LINK_HOURS, Lost, Mailed, WayIn};
use porchlight_app::{Error, Fault};
use porchlight_practice::account::{Beside, PasswordFault};
use porchlight_practice::id::{CommandId, MembershipId, ProgrammeId};

use crate::account::{Maybe, OldLink, entered, wrong_password};
use crate::document::card::drawn;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::programme::manages;
use crate::prove::Proven;
use crate::routes::{Needs, Routes};
use crate::session::entrance;
use crate::site::{Web, Who, address, command};

/// The routes of a way back in.
pub fn routes() -> Routes<Web> {
    let find = || Needs::Action(Action::WayInFind);
    Routes::new()
        .public(Method::GET, "/sign-in/forgot", forgot)
        .public(Method::POST, "/sign-in/forgot", wish)
        .public(Method::GET, "/way-in/{secret}", open)
        .public(Method::POST, "/way-in/{secret}", set)
        .public(Method::GET, "/mailbox/{secret}", mailbox)
        .public(Method::POST, "/mailbox/{secret}", confirm)
        .page(Method::GET, "/programmes/{id}/way-in", ask, find())
        .page(Method::POST, "/programmes/{id}/way-in", search, find())
        .page(Method::POST, "/programmes/{id}/way-in/{member}/link", make, Needs::Action(Action::WayInLink))
        .page(
            Method::POST,
            "/programmes/{id}/way-in/{member}/second-step",
            forget,
            Needs::Action(Action::WayInForgetStep),
        )
}

// ---- by oneself ----

/// Forgotten: what to do, and where a letter can go, the name that is signed in with.
#[derive(Template)]
#[template(path = "way_in/forgot.html")]
pub(crate) struct ForgotPage {
    pub page: Page,
    pub form: Form,
    /// Whether letters can go out.
    pub mails: bool,
    /// Whether a name was sent. The page is the same whatever there is.
    pub sent: bool,
}

impl ForgotPage {
    pub(crate) fn of(page: Page, form: Form, mails: bool, sent: bool) -> ForgotPage {
        let page = page.titled("way-in-forgot").of_form(&form);
        ForgotPage { page, form, mails, sent }
    }
}

async fn forgot(State(web): State<Web>, page: Page) -> Result<Response, Trouble> {
    ForgotPage::of(page, Form::new(), web.app.mails(), false).show()
}

async fn wish(State(web): State<Web>, page: Page, mut form: Form) -> Result<Response, Trouble> {
    let mails = web.app.mails();
    let Some(name) = form.need("sign_in_name", "account-error-sign-in-name") else {
        return ForgotPage::of(page, form, mails, false).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.forgot_password(&name).await?;
    ForgotPage::of(page, Form::new(), mails, true).show()
}

/// A new password, by a link.
#[derive(Template)]
#[template(path = "way_in/set.html")]
pub(crate) struct SetPage {
    pub page: Page,
    pub form: Form,
    pub second_step: bool,
}

impl SetPage {
    pub(crate) fn of(page: Page, form: Form, second_step: bool) -> SetPage {
        SetPage { page: page.titled("way-in-set").of_form(&form), form, second_step }
    }

    async fn answer(web: &Web, page: Page, secret: &str, form: Form) -> Result<Response, Trouble> {
        match web.app.link(&Secret::from_text(secret)).await {
            Ok(LinkView::NewPassword { second_step }) => {
                let status = if form.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
                SetPage::of(page, form, second_step).show_as(status)
            }
            Ok(_) | Err(Error::Fault(Fault::LinkOld)) => OldLink::answer(page),
            Err(error) => Err(error.into()),
        }
    }
}

async fn open(State(web): State<Web>, page: Page, Path(secret): Path<String>) -> Result<Response, Trouble> {
    SetPage::answer(&web, page, &secret, Form::new()).await
}

async fn set(
    State(web): State<Web>,
    page: Page,
    who: Maybe,
    headers: HeaderMap,
    Path(secret): Path<String>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let link = Secret::from_text(&secret);
    if form.value("password").is_empty() {
        wrong_password(&mut form, "password", PasswordFault::TooShort(Beside::Nothing.length()));
    } else {
        let (name, password) = (form.value("sign_in_name").to_owned(), form.value("password").to_owned());
        match web.app.new_password(&link, &name, &password, entrance(&web, &headers, &form)).await {
            Ok(entry) => return entered(&web, &headers, who, entry, None).await,
            Err(Error::Fault(Fault::Password(fault))) => wrong_password(&mut form, "password", fault),
            Err(Error::Fault(Fault::NameTaken)) => form.wrong("sign_in_name", "account-error-taken"),
            Err(Error::Fault(Fault::TooLong(_))) => form.wrong("sign_in_name", "account-error-long"),
            Err(Error::Fault(Fault::LinkOld)) => return OldLink::answer(page),
            Err(error) => return Err(error.into()),
        }
    }
    SetPage::answer(&web, page, &secret, form).await
}

/// Is this mailbox yours? Opening it changes nothing, since mail programs open links too.
#[derive(Template)]
#[template(path = "way_in/mailbox.html")]
pub(crate) struct MailboxPage {
    pub page: Page,
}

async fn mailbox(
    State(web): State<Web>,
    page: Page,
    Path(secret): Path<String>,
) -> Result<Response, Trouble> {
    match web.app.link(&Secret::from_text(&secret)).await {
        Ok(LinkView::Mailbox) => MailboxPage { page: page.titled("way-in-mailbox") }.show(),
        Ok(_) | Err(Error::Fault(Fault::LinkOld)) => OldLink::answer(page),
        Err(error) => Err(error.into()),
    }
}

async fn confirm(
    State(web): State<Web>,
    page: Page,
    Path(secret): Path<String>,
) -> Result<Response, Trouble> {
    match web.app.confirm_mailbox(&Secret::from_text(&secret)).await {
        Ok(()) => Ok(done(&web.shell, "/", "flash-mailbox-confirmed")),
        Err(Error::Fault(Fault::LinkOld)) => OldLink::answer(page),
        Err(error) => Err(error.into()),
    }
}

// ---- by whoever runs the programme ----

/// Somebody who was found, in words.
pub(crate) struct Found {
    pub name: String,
    pub since: String,
    /// Who walks with them; empty when nobody does.
    pub walks_with: String,
    pub second_step: bool,
    /// Where their forms go.
    pub here: String,
    pub command: CommandId,
    pub step_command: CommandId,
}

/// Whom to help, and who was found.
#[derive(Template)]
#[template(path = "way_in/find.html")]
pub(crate) struct FindPage {
    pub page: Page,
    pub form: Form,
    pub team: String,
    pub here: String,
    /// None before anybody was looked for.
    pub found: Option<Vec<Found>>,
}

impl FindPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        id: ProgrammeId,
        found: Option<Vec<Lost>>,
        place: &'static str,
        command: impl Fn() -> CommandId,
    ) -> FindPage {
        let team = format!("/programmes/{id}/workers");
        let page = page.titled("way-in-find").focused(team.clone()).under(place).of_form(&form);
        let here = format!("/programmes/{id}/way-in");
        let line = |lost: Lost| Found {
            since: page.t1("way-in-since", "day", page.day(lost.since.to_zoned(page.zone()).date())),
            walks_with: match lost.walks_with.as_slice() {
                [] => String::new(),
                names => page.t1("way-in-walks", "names", page.list(names)),
            },
            name: lost.name,
            second_step: lost.second_step,
            here: format!("{here}/{}", lost.membership),
            command: command(),
            step_command: command(),
        };
        let found = found.map(|found| found.into_iter().map(line).collect());
        FindPage { team, here, found, form, page }
    }
}

/// The place of the list that the team of a programme belongs to for this visitor.
fn place(who: &Who) -> &'static str {
    if who.actor().programme().is_some() { "/workers" } else { "/programmes" }
}

async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
) -> Result<Response, Trouble> {
    if !manages(&who) {
        return Err(Trouble::NotFound);
    }
    // Whether there is such a programme for them.
    web.app.programme(who.actor(), id).await?;
    FindPage::of(page, Form::new(), id, None, place(&who), || web.app.command_id()).show()
}

async fn search(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<ProgrammeId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let [sign_in, called, family] =
        ["sign_in_name", "called", "family_name"].map(|name| form.value(name).trim().to_owned());
    let found = web.app.find_lost(who.actor(), id, &sign_in, &called, &family).await?;
    let asked = !sign_in.is_empty() || (!called.is_empty() && !family.is_empty());
    if !asked {
        form.wrong("sign_in_name", "way-in-error-find");
    }
    let status = if asked { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = asked.then_some(found);
    FindPage::of(page, form, id, found, place(&who), || web.app.command_id()).show_as(status)
}

/// The link, shown this once.
#[derive(Template)]
#[template(path = "way_in/link.html")]
pub(crate) struct LinkPage {
    pub page: Page,
    pub team: String,
    /// Empty when it was shown before.
    pub link: String,
    /// The dark squares of what is scanned, and how many squares it is wide.
    pub squares: String,
    pub width: usize,
    /// Whether it went to their mailbox, and whether that failed.
    pub mailed: bool,
    pub failed: bool,
    pub hours: i64,
}

impl LinkPage {
    pub(crate) fn of(
        page: Page,
        id: ProgrammeId,
        made: Option<(&WayIn, String)>,
        place: &'static str,
    ) -> LinkPage {
        let team = format!("/programmes/{id}/workers");
        let page = match &made {
            Some((way, _)) => page.titled_with("way-in-for", "name", &way.name),
            None => page.titled("way-in-shown"),
        };
        let page = page.focused(team.clone()).under(place);
        let mailed = made.as_ref().map_or(Mailed::NoMailbox, |(way, _)| way.mailed);
        let link = made.map(|(_, link)| link).unwrap_or_default();
        let (squares, width) = if link.is_empty() { (String::new(), 1) } else { drawn(&link) };
        LinkPage {
            page,
            team,
            link,
            squares,
            width,
            mailed: mailed == Mailed::Sent,
            failed: mailed == Mailed::Failed,
            hours: LINK_HOURS,
        }
    }
}

/// It can't be done here, and who does it.
#[derive(Template)]
#[template(path = "way_in/elsewhere.html")]
pub(crate) struct ElsewherePage {
    pub page: Page,
    pub team: String,
}

async fn make(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((id, member)): Path<(ProgrammeId, MembershipId)>,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    match web.app.make_way_in(who.actor(), command(&web, &form), id, member).await {
        Ok(way) => {
            let link = address(&web, &format!("/way-in/{}", way.secret.expose()));
            LinkPage::of(page, id, Some((&way, link)), place(&who)).show()
        }
        Err(Error::Fault(Fault::LinkShown)) => LinkPage::of(page, id, None, place(&who)).show(),
        Err(Error::Fault(Fault::RunsElsewhere)) => {
            let team = format!("/programmes/{id}/workers");
            let page = page.titled("way-in-elsewhere").focused(team.clone()).under(place(&who));
            ElsewherePage { page, team }.show_as(StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}

async fn forget(
    State(web): State<Web>,
    who: Who,
    Path((id, member)): Path<(ProgrammeId, MembershipId)>,
    Proven(form): Proven,
) -> Result<Response, Trouble> {
    web.app.forget_step_of_lost(who.actor(), command(&web, &form), id, member).await?;
    Ok(done(&web.shell, &format!("/programmes/{id}/way-in"), "flash-second-step-forgotten"))
}
