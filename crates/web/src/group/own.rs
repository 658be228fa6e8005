//! Groups as a person sees them: to come, to go, to keep one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::group::{OwnGroup, OwnGroups};
use porchlight_app::{Error, Fault};
use porchlight_practice::group::{Group, Kind};
use porchlight_practice::id::{CommandId, GroupId};

use super::words::{self, Row};
use super::{HOME, OWN};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The list.
#[derive(Template)]
#[template(path = "group/own_list.html")]
pub(crate) struct OwnListPage {
    pub page: Page,
    pub own: Vec<Row>,
    pub others: Vec<Row>,
    pub steps: Vec<Row>,
}

fn row(page: &Page, one: &OwnGroup) -> Row {
    let (tag, tag_tone) = match (one.asked, one.keeps, one.step) {
        (true, ..) => (page.t("group-own-asked"), "sun"),
        (_, true, _) => (page.t("group-own-keeps"), "plum"),
        (_, _, Some(step)) => (words::step(page, step), ""),
        _ => (String::new(), ""),
    };
    let meets = words::where_and_when(&one.group);
    Row {
        href: format!("{OWN}/{}", one.id),
        icon: words::icon(one.group.kind()),
        tone: "pri",
        title: one.group.name().to_owned(),
        note: if meets.is_empty() { words::kind(page, one.group.kind()) } else { meets },
        tag,
        tag_tone,
    }
}

impl OwnListPage {
    pub(crate) fn of(page: Page, all: &OwnGroups) -> OwnListPage {
        let page = page.titled("nav-groups");
        let own = |one: &&OwnGroup| one.comes || one.keeps;
        OwnListPage {
            own: all.groups.iter().filter(own).map(|one| row(&page, one)).collect(),
            others: all.groups.iter().filter(|one| !own(one)).map(|one| row(&page, one)).collect(),
            steps: all
                .steps
                .iter()
                .map(|one| {
                    let led = words::led(&page, one);
                    let href = led.href.strip_prefix(HOME).map(|rest| format!("{OWN}{rest}"));
                    Row { href: href.unwrap_or_default(), ..led }
                })
                .collect(),
            page,
        }
    }
}

pub(super) async fn list(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    OwnListPage::of(page, &web.app.own_groups(who.actor()).await?).show()
}

/// A day on which they were there.
pub(crate) struct DayRow {
    pub day: String,
    pub words: String,
    pub by: String,
}

/// One group.
#[derive(Template)]
#[template(path = "group/own.html")]
pub(crate) struct OwnPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub kind: String,
    pub mutual: bool,
    pub theirs: bool,
    pub meets: String,
    pub purpose: String,
    pub agreements: Vec<String>,
    pub leaders: Vec<(String, String)>,
    pub comes: bool,
    pub may_come: bool,
    pub asked: bool,
    pub keeps: bool,
    pub step: String,
    pub days: Vec<DayRow>,
    pub command: CommandId,
    pub version: i64,
}

impl OwnPage {
    pub(crate) fn of(page: Page, one: &OwnGroup, form: Form, command: CommandId) -> OwnPage {
        let mut page = page.under(OWN).of_form(&form);
        page.title = one.group.name().to_owned();
        let form = match (&one.group, form.is_right()) {
            (Group::Theirs(listing), true) => form
                .with("name", &*listing.name)
                .with("purpose", &*listing.purpose)
                .with("place", &*listing.place)
                .with("when", &*listing.when),
            _ => form,
        };
        let days = one.days.iter().map(|day| DayRow {
            day: page.date(day.day),
            words: day.line.as_ref().map(|(line, _)| line.words.clone()).unwrap_or_default(),
            by: day
                .line
                .as_ref()
                .map(|(line, by)| {
                    page.t2("group-own-line-by", "name", by, "length", page.length(line.minutes))
                })
                .unwrap_or_default(),
        });
        OwnPage {
            here: format!("{OWN}/{}", one.id),
            kind: words::kind(&page, one.group.kind()),
            mutual: one.group.kind() == Kind::MutualHelp,
            theirs: matches!(one.group, Group::Theirs(_)),
            meets: words::where_and_when(&one.group),
            purpose: words::purpose(&one.group),
            agreements: one.group.circle().map(|circle| circle.frame.agreements.clone()).unwrap_or_default(),
            leaders: one
                .leaders
                .iter()
                .map(|leader| (words::leader(&page, leader), words::step(&page, leader.step)))
                .collect(),
            comes: one.comes,
            may_come: one.group.meets(),
            asked: one.asked,
            keeps: one.keeps,
            step: one.step.map(|step| words::step(&page, step)).unwrap_or_default(),
            days: days.collect(),
            command,
            version: one.version,
            page,
            form,
        }
    }
}

async fn show_with(
    page: Page,
    web: &Web,
    who: &Who,
    id: GroupId,
    form: Form,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let one = web.app.own_group(who.actor(), id).await?;
    OwnPage::of(page, &one, form, web.app.command_id()).show_as(status)
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
) -> Result<Response, Trouble> {
    show_with(page, &web, &who, id, Form::new(), StatusCode::OK).await
}

pub(super) async fn come(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.come_to_group(who.actor(), command(&web, &form), id, true).await?;
    Ok(done(&web.shell, &format!("{OWN}/{id}"), "flash-group-i-come"))
}

pub(super) async fn leave(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.come_to_group(who.actor(), command(&web, &form), id, false).await {
        Ok(()) => Ok(done(&web.shell, OWN, "flash-group-i-leave")),
        Err(Error::Fault(Fault::Group(fault))) => {
            Ok(done(&web.shell, &format!("{OWN}/{id}"), words::fault(fault)))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn keep(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let listed = form.choose("listed", "group-error-listed", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let Some(listed) = listed else {
        return show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match web.app.answer_keeping(who.actor(), command(&web, &form), id, Some(listed)).await {
        Ok(()) => Ok(done(&web.shell, OWN, "flash-group-yours")),
        Err(Error::Fault(Fault::Group(_))) => {
            Ok(done(&web.shell, &format!("{OWN}/{id}"), "flash-group-not-now"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn not_now(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    match web.app.answer_keeping(who.actor(), command(&web, &form), id, None).await {
        Ok(()) => Ok(done(&web.shell, &format!("{OWN}/{id}"), "flash-group-said-no")),
        Err(Error::Fault(Fault::Group(_))) => {
            Ok(done(&web.shell, &format!("{OWN}/{id}"), "flash-group-not-now"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn relist(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    form.need("name", "group-error-name");
    if form.is_right() {
        let listing = words::listing(&form);
        let version = form.value("version").parse().unwrap_or_default();
        match web.app.relist_group(who.actor(), command(&web, &form), id, Some(listing), version).await {
            Ok(()) => return Ok(done(&web.shell, &format!("{OWN}/{id}"), "flash-saved")),
            Err(Error::Fault(Fault::Group(fault))) => form.wrong("name", words::fault(fault)),
            Err(Error::Stale) => form.wrong("name", "group-error-stale"),
            Err(error) => return Err(error.into()),
        }
    }
    show_with(page, &web, &who, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(super) async fn unlist(
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupId>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.relist_group(who.actor(), command(&web, &form), id, None, 0).await?;
    Ok(done(&web.shell, OWN, "flash-group-unknown"))
}
