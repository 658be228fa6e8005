//! The address at which a worker's own calendar reads when their visits are, and what it reads there.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar as Feed, Component, Event, EventStatus, Property};
use jiff::Timestamp;
use porchlight_app::account::Secret;
use porchlight_app::visit::calendar::{Calendar, CalendarAddress, Entry};
use porchlight_practice::id::CommandId;

use super::HOME;
use crate::error::Trouble;
use crate::form::Form;
use crate::i18n;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, address, command};

/// The page.
#[derive(Template)]
#[template(path = "visit/calendar.html")]
pub(crate) struct CalendarPage {
    pub page: Page,
    /// The address; empty while there is none.
    pub address: String,
    pub since: String,
    pub commands: [CommandId; 2],
}

impl CalendarPage {
    pub(crate) fn of(
        page: Page,
        found: Option<&CalendarAddress>,
        whole: impl Fn(&str) -> String,
        commands: [CommandId; 2],
    ) -> CalendarPage {
        let page = page.titled("visit-calendar").under("/day");
        let since = found.map(|found| {
            let day = found.made_at.to_zoned(page.zone()).date();
            page.t1("visit-calendar-since", "day", page.date(day))
        });
        CalendarPage {
            address: found.map(|found| whole(&path(&found.secret))).unwrap_or_default(),
            since: since.unwrap_or_default(),
            commands,
            page,
        }
    }
}

fn path(secret: &Secret) -> String {
    format!("/calendar/{}.ics", secret.expose())
}

pub(crate) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    let found = web.app.calendar_address(who.actor()).await?;
    let commands = [web.app.command_id(), web.app.command_id()];
    CalendarPage::of(page, found.as_ref(), |path| address(&web, path), commands).show()
}

pub(crate) async fn make(State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    web.app.make_calendar(who.actor(), command(&web, &form)).await?;
    Ok(done(&web.shell, &format!("{HOME}/calendar"), "flash-visit-calendar"))
}

pub(crate) async fn stop(State(web): State<Web>, who: Who, form: Form) -> Result<Response, Trouble> {
    web.app.stop_calendar(who.actor(), command(&web, &form)).await?;
    Ok(done(&web.shell, &format!("{HOME}/calendar"), "flash-visit-calendar-stopped"))
}

/// A moment as RFC 5545 writes one in UTC: `20261119T203000Z`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn event(calendar: &Calendar, entry: &Entry) -> Event {
    let kind = calendar.kinds.iter().find(|(id, _)| *id == entry.kind);
    let visit = i18n::text(calendar.lang, "visit-calendar-entry");
    let said = kind.map_or(visit.clone(), |(_, name)| format!("{visit}: {}", name.in_(calendar.lang)));
    let mut event = Event::with_uid(&format!("{}@porchlight", entry.id));
    event
        .summary(&said)
        .add_property("DTSTART", moment(entry.starts))
        .add_property("DTEND", moment(entry.ends))
        .add_property("DTSTAMP", moment(entry.at))
        .add_property("CLASS", "PRIVATE")
        .add_property("SEQUENCE", entry.version.to_string())
        .status(if entry.off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event
}

/// What a calendar reads: that there is a visit, how they meet and when. No name, no place, no words.
pub(crate) fn feed(calendar: &Calendar) -> String {
    let mut feed = Feed::new();
    feed.name(&i18n::text(calendar.lang, "visit-calendar-name"));
    feed.append_property(Property::new("METHOD", "PUBLISH"));
    for entry in &calendar.entries {
        feed.push(event(calendar, entry));
    }
    feed.to_string()
}

pub(crate) async fn read(State(web): State<Web>, Path(code): Path<String>) -> Result<Response, Trouble> {
    let secret = code.strip_suffix(".ics").ok_or(Trouble::NotFound)?;
    let calendar = web.app.calendar(&Secret::from_text(secret)).await?;
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((kind, feed(&calendar)).into_response())
}
