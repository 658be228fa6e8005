//! Who decides for a young person: kept by whoever walks with them, seen by the young person, and what a guardian finds.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::guardian::{GuardiansView, ReadToo};
use porchlight_app::{Error, Fault};
use porchlight_practice::guardian::Decides;
use porchlight_practice::id::{MembershipId, PersonId};

use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::person::fresh;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, address, command};

/// The pages about guardians.
pub fn routes() -> Routes<Web> {
    let (read, end) = (Needs::Action(Action::GuardianRead), Needs::Action(Action::GuardianEnd));
    Routes::new()
        .page(Method::GET, "/young", home, read)
        .page(Method::GET, "/me/guardian", mine, read)
        .page(Method::POST, "/me/guardian/{membership}/end", end_mine, end)
        .page(Method::GET, "/people/{person}/guardian", keep, read)
        .page(
            Method::POST,
            "/people/{person}/guardian/birth",
            say_birth,
            Needs::Action(Action::GuardianSayBirth),
        )
        .page(Method::POST, "/people/{person}/guardian/invite", invite, Needs::Action(Action::GuardianInvite))
        .page(Method::POST, "/people/{person}/guardian/{membership}/end", end_theirs, end)
}

/// Who reads somebody's papers beside those they let in, in one sentence; empty when nobody does.
pub(crate) fn read_too(page: &Page, who: Option<&ReadToo>) -> String {
    who.map_or_else(String::new, |who| {
        page.t2("guardian-reads-too", "names", page.list(&who.names), "day", page.date(who.until))
    })
}

/// A guardian in a list.
pub(crate) struct Line {
    pub id: MembershipId,
    pub name: String,
    pub since: String,
    pub command: String,
}

fn lines(page: &Page, view: &GuardiansView, command: &impl Fn() -> String) -> Vec<Line> {
    let line = |guardian: &porchlight_app::guardian::GuardianLine| Line {
        id: guardian.membership,
        name: guardian.name.clone(),
        since: page.t1("guardian-since", "day", page.date(guardian.since.to_zoned(page.zone()).date())),
        command: command(),
    };
    view.guardians.iter().map(line).collect()
}

/// For whoever keeps the record.
#[derive(Template)]
#[template(path = "guardian/keep.html")]
pub(crate) struct Keep {
    pub page: Page,
    pub form: Form,
    pub id: PersonId,
    pub called: String,
    pub sentence: String,
    pub ages: String,
    pub guardians: Vec<Line>,
    pub may_invite: bool,
    pub link: String,
    pub path: String,
    /// Whether this form made a link before, which nobody can show again.
    pub shown: bool,
    pub command: String,
}

impl Keep {
    pub(crate) fn of(page: Page, view: &GuardiansView, form: Form, command: impl Fn() -> String) -> Keep {
        let name = &view.called;
        let sentence = match view.decides {
            Decides::Guardian { until } => page.t2("guardian-decides", "name", name, "day", page.date(until)),
            Decides::Young { since, .. } => page.t2("guardian-young", "name", name, "day", page.date(since)),
            Decides::Adult if view.born.is_some() => page.t1("guardian-adult", "name", name),
            Decides::Adult => page.t1("guardian-unknown", "name", name),
        };
        let form = match (form.text("born"), view.born) {
            (None, Some(born)) => form.with("born", born.to_string()),
            _ => form,
        };
        let page =
            page.titled_with("guardian-title", "name", name).focused(format!("/people/{}", view.person));
        Keep {
            id: view.person,
            called: name.clone(),
            sentence,
            ages: page.t2("guardian-ages", "decides", view.ages.decides, "adult", view.ages.adult),
            guardians: lines(&page, view, &command),
            may_invite: view.decides.guarded_until().is_some(),
            link: String::new(),
            path: String::new(),
            shown: false,
            command: command(),
            page: page.of_form(&form).under("/people"),
            form,
        }
    }

    pub(crate) fn with_link(self, link: String, path: String) -> Keep {
        Keep { link, path, ..self }
    }
}

async fn keeping(page: Page, web: &Web, who: &Who, id: PersonId, form: Form) -> Result<Keep, Trouble> {
    let view = web.app.guardians(who.actor(), id).await?;
    if !view.actions.contains(&Action::GuardianSayBirth) {
        return Err(Trouble::NotFound);
    }
    Ok(Keep::of(page, &view, form, || web.app.command_id().to_string()))
}

async fn keep(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    keeping(page, &web, &who, id, fresh(&web)).await?.show()
}

async fn say_birth(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(born) = form.date("born", "guardian-error-born") {
        match web.app.say_birth(who.actor(), command(&web, &form), id, born).await {
            Ok(()) => return Ok(done(&web.shell, &format!("/people/{id}/guardian"), "flash-saved")),
            Err(Error::Fault(Fault::Unknown("born"))) => form.wrong("born", "guardian-error-born"),
            Err(error) => return Err(error.into()),
        }
    }
    keeping(page, &web, &who, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn invite(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    if let Some(name) = form.need("name", "guardian-error-name") {
        match web.app.invite_guardian(who.actor(), command(&web, &form), id, &name).await {
            Ok(secret) => {
                let path = format!("/welcome/{}", secret.expose());
                let kept = keeping(page, &web, &who, id, fresh(&web)).await?;
                return kept.with_link(address(&web, &path), path).show();
            }
            Err(Error::Fault(Fault::LinkShown)) => {
                let kept = keeping(page, &web, &who, id, fresh(&web)).await?;
                return Keep { shown: true, ..kept }.show();
            }
            Err(Error::Fault(Fault::DecidesAlone)) => form.wrong("name", "guardian-error-alone"),
            Err(error) => return Err(error.into()),
        }
    }
    keeping(page, &web, &who, id, form).await?.show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn end_theirs(
    State(web): State<Web>,
    who: Who,
    Path((person, membership)): Path<(PersonId, MembershipId)>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.end_guardian(who.actor(), command(&web, &form), person, membership).await?;
    Ok(done(&web.shell, &format!("/people/{person}/guardian"), "flash-guardian-ended"))
}

/// What a young person reads about it.
#[derive(Template)]
#[template(path = "guardian/mine.html")]
pub(crate) struct Mine {
    pub page: Page,
    pub sentence: String,
    pub can: Vec<String>,
    pub guardians: Vec<Line>,
    pub may_end: bool,
}

impl Mine {
    pub(crate) fn of(page: Page, view: &GuardiansView, command: impl Fn() -> String) -> Mine {
        let (sentence, can) = match view.decides {
            Decides::Guardian { until } => (
                page.t1("guardian-mine-until", "day", page.date(until)),
                ["guardian-mine-reads", "guardian-mine-yes", "guardian-mine-never", "guardian-mine-looked"]
                    .map(|key| page.t(key))
                    .into(),
            ),
            Decides::Young { .. } | Decides::Adult => (page.t("guardian-mine-alone"), Vec::new()),
        };
        Mine {
            sentence,
            can,
            guardians: lines(&page, view, &command),
            may_end: view.decides.guarded_until().is_none(),
            page: page.titled("guardian-mine-title").focused("/me/choices").under("/me/choices"),
        }
    }
}

async fn mine(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let view = web.app.guardians(who.actor(), own(&who)?).await?;
    Mine::of(page, &view, || web.app.command_id().to_string()).show()
}

async fn end_mine(
    who: Who,
    State(web): State<Web>,
    Path(membership): Path<MembershipId>,
    form: Form,
) -> Result<Response, Trouble> {
    let person = own(&who)?;
    web.app.end_guardian(who.actor(), command(&web, &form), person, membership).await?;
    Ok(done(&web.shell, "/me/guardian", "flash-guardian-ended"))
}

/// What a guardian finds.
#[derive(Template)]
#[template(path = "guardian/home.html")]
pub(crate) struct Home {
    pub page: Page,
    pub id: PersonId,
    pub called: String,
    pub sentence: String,
    pub more: String,
    /// Whether they decide today.
    pub decides: bool,
}

impl Home {
    pub(crate) fn of(page: Page, view: &GuardiansView) -> Home {
        let name = &view.called;
        let (sentence, more, decides) = match view.decides {
            Decides::Guardian { until } => (
                page.t2("guardian-home-until", "name", name, "day", page.date(until)),
                page.t1("guardian-home-more", "name", name),
                true,
            ),
            Decides::Young { .. } | Decides::Adult => (
                page.t1("guardian-home-alone", "name", name),
                page.t1("guardian-home-shared", "name", name),
                false,
            ),
        };
        let mut page = page;
        page.title = name.clone();
        Home { id: view.person, called: name.clone(), sentence, more, decides, page }
    }
}

async fn home(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let person = who.actor().ward().ok_or(Trouble::NotFound)?;
    let view = web.app.guardians(who.actor(), person).await?;
    Home::of(page, &view).show()
}
