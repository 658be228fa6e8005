//! Meetings of a person's team: written down by whoever walks with them, with the person's words in front.

pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod outcome;
pub(crate) mod say;
pub(crate) mod show;

use axum::http::Method;
use porchlight_access::Action;
use porchlight_app::Error;
use porchlight_practice::id::{PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::{TeamMeeting, TeamMeetingFault};

use crate::error::Trouble;
use crate::form::Form;
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages of team meetings. Those under `/me` are the person's own.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    let (read, keep, say) =
        (needs(Action::TeamMeetingRead), needs(Action::TeamMeetingKeep), needs(Action::TeamMeetingSay));
    Routes::new()
        .page(Method::GET, "/team-meetings", list::ahead, needs(Action::TeamMeetingListOwn))
        .page(Method::GET, "/people/{person}/team-meetings", list::of_person, read)
        .page(Method::GET, "/people/{person}/team-meetings/new", edit::ask_new, read)
        .page(Method::POST, "/people/{person}/team-meetings/new", edit::plan, keep)
        .page(Method::GET, "/people/{person}/team-meetings/{team_meeting}", show::show, read)
        .page(Method::GET, "/people/{person}/team-meetings/{team_meeting}/change", edit::ask, read)
        .page(Method::POST, "/people/{person}/team-meetings/{team_meeting}/change", edit::change, keep)
        .page(Method::POST, "/people/{person}/team-meetings/{team_meeting}/off", show::call_off, keep)
        .page(Method::GET, "/people/{person}/team-meetings/{team_meeting}/outcome", outcome::ask, read)
        .page(Method::POST, "/people/{person}/team-meetings/{team_meeting}/outcome", outcome::write, keep)
        .page(Method::GET, "/people/{person}/team-meetings/{team_meeting}/say", say::ask, read)
        .page(Method::POST, "/people/{person}/team-meetings/{team_meeting}/say", say::say, say)
        .page(Method::POST, "/people/{person}/team-meetings/{team_meeting}/since", say::since, say)
        .page(Method::GET, "/me/team-meetings", list::own_list, read)
        .page(Method::GET, "/me/team-meetings/{team_meeting}", show::own_show, read)
        .page(Method::GET, "/me/team-meetings/{team_meeting}/say", say::own_ask, read)
        .page(Method::POST, "/me/team-meetings/{team_meeting}/say", say::own_say, say)
        .page(Method::POST, "/me/team-meetings/{team_meeting}/since", say::own_since, say)
}

/// Where a meeting stands, for the person or for whoever walks with them.
fn here(own: bool, person: PersonId, id: TeamMeetingId) -> String {
    format!("{}/{id}", home(own, person))
}

/// Where the meetings about somebody stand.
fn home(own: bool, person: PersonId) -> String {
    if own { "/me/team-meetings".to_owned() } else { format!("/people/{person}/team-meetings") }
}

/// What a step could not do, noted beside a field of the form, to which the summary leads; anything else is trouble.
fn wrong(form: &mut Form, field: &str, error: Error) -> Result<(), Trouble> {
    let key = match error {
        Error::Stale => "team-meeting-error-stale",
        Error::Fault(porchlight_app::Fault::TeamMeeting(fault)) => match fault {
            TeamMeetingFault::TooLong => "team-meeting-error-long",
            TeamMeetingFault::TooFar => "team-meeting-error-far",
            TeamMeetingFault::Early => "team-meeting-error-early",
            TeamMeetingFault::Over => "team-meeting-error-over",
            TeamMeetingFault::Empty => "team-meeting-error-empty",
        },
        error => return Err(error.into()),
    };
    form.wrong(field, key);
    Ok(())
}

fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or_default()
}

/// Where it stands, as a tag: words and a tone.
fn tag(page: &Page, meeting: &TeamMeeting) -> (String, &'static str) {
    let now = page.now().timestamp();
    match meeting {
        TeamMeeting::Planned { invitation, .. } if invitation.at > now => (String::new(), ""),
        TeamMeeting::Planned { .. } => (page.t("team-meeting-unwritten"), "sun"),
        TeamMeeting::CalledOff { .. } => (page.t("team-meeting-off"), ""),
        TeamMeeting::Held { .. } => (page.t("team-meeting-held"), "ok"),
    }
}
