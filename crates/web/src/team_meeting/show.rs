//! One meeting: the person's words first, then their goals and what they opened, then what came of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::document::DocumentLine;
use porchlight_app::team_meeting::TeamMeetingView;
use porchlight_practice::id::{CommandId, PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::{Coming, Heard, TeamMeeting};

use super::{here, home, tag, version, wrong};
use crate::document::list::Line;
use crate::error::Trouble;
use crate::form::Form;
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// One meeting.
#[derive(Template)]
#[template(path = "team_meeting/show.html")]
pub(crate) struct ShowPage {
    pub page: Page,
    pub own: bool,
    pub here: String,
    pub up: String,
    pub called: String,
    pub when: String,
    pub tag: String,
    pub tag_tone: &'static str,
    /// Where, who, what about, each under its name.
    pub lines: Vec<(String, String)>,
    pub said: String,
    pub unsaid: String,
    pub wants: Vec<(String, String)>,
    pub goals: Vec<String>,
    /// What the person opened to the reader.
    pub papers: Vec<Line>,
    pub open: bool,
    pub begun: bool,
    pub says: bool,
    pub keeps: bool,
    /// What came of it, each under its name; empty before.
    pub outcome: Vec<(String, String)>,
    pub outcome_by: String,
    pub since: String,
    pub held: bool,
    pub form: Form,
    pub commands: [CommandId; 2],
}

impl ShowPage {
    pub(crate) fn of(
        page: Page,
        own: bool,
        view: &TeamMeetingView,
        papers: &[DocumentLine],
        commands: [CommandId; 2],
    ) -> ShowPage {
        let up = home(own, view.person);
        let mut page = page.under(if own { "/me" } else { "/people" }).focused(up.clone());
        page.title = match own {
            true => page.t("team-meeting-mine"),
            false => page.t1("team-meeting-about", "name", &view.called),
        };
        let (tag, tag_tone) = tag(&page, &view.meeting);
        let invitation = view.meeting.invitation();
        let full = |lines: Vec<(&str, String)>| -> Vec<(String, String)> {
            lines
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(key, text)| (page.t(key), text))
                .collect()
        };
        let wants = view.meeting.wants();
        let coming = wants.coming.map(|coming| {
            page.t(match coming {
                Coming::Yes => "team-meeting-comes",
                Coming::NotSure => "team-meeting-comes-maybe",
                Coming::No => "team-meeting-comes-not",
            })
        });
        let (mut outcome, mut outcome_by, mut since) = (Vec::new(), String::new(), String::new());
        if let TeamMeeting::Held { outcome: of, since: words, .. } = &view.meeting {
            let heard = page.t(match of.heard {
                Heard::All => "team-meeting-heard-all",
                Heard::Some => "team-meeting-heard-some",
                Heard::None => "team-meeting-heard-none",
            });
            let came = page.t(if of.person_came { "team-meeting-came" } else { "team-meeting-came-not" });
            outcome = full(vec![
                ("team-meeting-agreed", of.agreed.clone()),
                ("team-meeting-next", of.next.clone()),
                ("team-meeting-brought", of.brought.clone()),
                ("team-meeting-heard", heard),
                ("team-meeting-there", came),
            ]);
            outcome_by = page.t2("team-meeting-by", "name", &view.written_by, "day", page.date(of.on));
            since.clone_from(words);
        }
        let form = Form::new().with("version", view.version.to_string()).with("words", since.clone());
        ShowPage {
            own,
            here: here(own, view.person, view.id),
            up,
            called: view.called.clone(),
            when: page.moment(invitation.at),
            tag,
            tag_tone,
            lines: full(vec![
                ("team-meeting-place", invitation.place.clone()),
                ("team-meeting-who", invitation.who.clone()),
                ("team-meeting-what", invitation.about.clone()),
            ]),
            said: wants.said.clone(),
            unsaid: wants.unsaid.clone(),
            wants: full(vec![
                ("team-meeting-coming", coming.unwrap_or_default()),
                ("team-meeting-beside", wants.beside.clone()),
            ]),
            goals: view.goals.clone(),
            papers: papers.iter().map(|line| Line { tag: String::new(), ..Line::of(&page, line) }).collect(),
            open: view.meeting.is_open(),
            begun: invitation.at <= view.now,
            says: view.says,
            keeps: view.keeps,
            outcome,
            outcome_by,
            since,
            held: matches!(view.meeting, TeamMeeting::Held { .. }),
            form,
            commands,
            page,
        }
    }
}

pub(crate) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, TeamMeetingId)>,
) -> Result<Response, Trouble> {
    let view = web.app.team_meeting(who.actor(), person, id).await?;
    let papers = match web.app.documents(who.actor(), person).await {
        Ok(papers) => papers.lines,
        // Whoever supervises reads the meeting, and nobody's papers.
        Err(Error::NotFound) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    ShowPage::of(page, false, &view, &papers, [web.app.command_id(), web.app.command_id()]).show()
}

pub(crate) async fn own_show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<TeamMeetingId>,
) -> Result<Response, Trouble> {
    let view = web.app.team_meeting(who.actor(), own(&who)?, id).await?;
    ShowPage::of(page, true, &view, &[], [web.app.command_id(), web.app.command_id()]).show()
}

pub(crate) async fn call_off(
    State(web): State<Web>,
    who: Who,
    Path((person, id)): Path<(PersonId, TeamMeetingId)>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let which = (person, id, version(&form));
    let flash = match web.app.call_off_team_meeting(who.actor(), command(&web, &form), which).await {
        Ok(()) => "flash-team-meeting-off",
        Err(error) => {
            wrong(&mut form, "words", error)?;
            "flash-team-meeting-stale"
        }
    };
    Ok(done(&web.shell, &here(false, person, id), flash))
}
