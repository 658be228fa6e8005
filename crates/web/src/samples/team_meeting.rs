//! Pages of team meetings.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::team_meeting::{TeamMeetingLine, TeamMeetingView};
use porchlight_practice::id::{AccountId, CommandId, PersonId, TeamMeetingId};
use porchlight_practice::team_meeting::{Coming, Heard, Invitation, Outcome, Say, TeamMeeting};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, now, page as seen_by, write};
use crate::form::Form;
use crate::page::Page;
use crate::team_meeting::edit::EditPage;
use crate::team_meeting::list::ListPage;
use crate::team_meeting::outcome::OutcomePage;
use crate::team_meeting::say::SayPage;
use crate::team_meeting::show::ShowPage;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("team_meeting/list.html", lists),
        ("team_meeting/show.html", shows),
        ("team_meeting/edit.html", edits),
        ("team_meeting/outcome.html", outcomes),
        ("team_meeting/say.html", says),
    ]
}

const PERSON: PersonId = PersonId(Uuid::nil());

fn peer(lang: Lang) -> Page {
    seen_by(lang, Some(Role::PeerSpecialist))
}

fn person(lang: Lang) -> Page {
    seen_by(lang, Some(Role::Person))
}

fn in_hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn planned(hours: i64) -> TeamMeeting {
    let invitation = Invitation {
        at: in_hours(hours),
        place: "The clinic, second floor".into(),
        who: "Dr. Ruiz and the housing worker".into(),
        about: "The new room".into(),
    };
    TeamMeeting::plan(invitation, in_hours(-200)).unwrap()
}

fn said(meeting: TeamMeeting) -> TeamMeeting {
    let say = Say {
        said: "I want a room with a door that locks. I would rather wait than share one.".into(),
        unsaid: "Nothing about my brother.".into(),
        coming: Some(Coming::NotSure),
        beside: "Marisol".into(),
    };
    meeting.say(say).unwrap()
}

fn held() -> TeamMeeting {
    let outcome = Outcome {
        person_came: true,
        heard: Heard::Some,
        brought: "I read his words aloud.".into(),
        agreed: "He sees two rooms before he decides.".into(),
        next: "The housing worker calls him by Friday.".into(),
        by: AccountId(Uuid::nil()),
        on: date(2026, 11, 19),
    };
    let held = said(planned(-2)).held(outcome, now()).unwrap();
    held.say_since("They listened.".into()).unwrap()
}

fn every() -> [TeamMeeting; 5] {
    [planned(30), said(planned(30)), planned(-3), said(planned(20)).call_off().unwrap(), held()]
}

fn view(meeting: TeamMeeting, own: bool) -> TeamMeetingView {
    TeamMeetingView {
        id: TeamMeetingId(Uuid::nil()),
        person: PERSON,
        called: "Darnell".into(),
        meeting,
        written_by: "Marisol Vega".into(),
        goals: vec!["My own keys.".into()],
        says: own,
        keeps: !own,
        now: now(),
        version: 2,
    }
}

/// One in a list, with what its person wants said.
pub(super) fn line() -> TeamMeetingLine {
    of(said(planned(30)))
}

fn of(meeting: TeamMeeting) -> TeamMeetingLine {
    TeamMeetingLine { id: TeamMeetingId(Uuid::nil()), person: PERSON, name: "Darnell W.".into(), meeting }
}

fn lists(lang: Lang) -> String {
    let lines: Vec<_> = every().into_iter().map(of).collect();
    [
        write(ListPage::ahead_of(peer(lang), &lines)),
        write(ListPage::ahead_of(peer(lang), &[])),
        write(ListPage::of(peer(lang), false, PERSON, ("Darnell".into(), lines.clone(), true))),
        write(ListPage::of(person(lang), true, PERSON, ("Darnell".into(), lines, false))),
    ]
    .concat()
}

fn shows(lang: Lang) -> String {
    let commands = [CommandId(Uuid::nil()); 2];
    let papers = super::document::lines();
    let of = |own, meeting| {
        let page = if own { person(lang) } else { peer(lang) };
        let papers = if own { &[][..] } else { &papers[..] };
        write(ShowPage::of(page, own, &view(meeting, own), papers, commands))
    };
    [true, false].into_iter().flat_map(|own| every().map(|meeting| of(own, meeting))).collect()
}

fn edits(lang: Lang) -> String {
    let mut wrong = Form::new();
    for (field, key) in [
        ("day", "team-meeting-error-day"),
        ("start", "team-meeting-error-time"),
        ("place", "team-meeting-error-stale"),
    ] {
        wrong.wrong(field, key);
    }
    let of = |title, form| write(EditPage::of(peer(lang), "/people".into(), "/people".into(), title, form));
    [of("team-meeting-new", wrong), of("team-meeting-change", Form::new().with("place", "The clinic"))]
        .concat()
}

fn outcomes(lang: Lang) -> String {
    let mut wrong = Form::new();
    for (field, key) in [
        ("came", "team-meeting-error-pick"),
        ("agreed", "team-meeting-error-empty"),
        ("brought", "team-meeting-error-early"),
    ] {
        wrong.wrong(field, key);
    }
    let of = |said, form| write(OutcomePage::of(peer(lang), "/people".into(), "Darnell", said, form));
    [of("I want a room with a door.", Form::new()), of("", wrong)].concat()
}

fn says(lang: Lang) -> String {
    let mut wrong = Form::new().with("said", "A room with a door.");
    for (field, key) in [
        ("said", "team-meeting-error-long"),
        ("unsaid", "team-meeting-error-over"),
        ("beside", "team-meeting-error-far"),
    ] {
        wrong.wrong(field, key);
    }
    [
        write(SayPage::of(person(lang), true, "/me".into(), "Darnell", Form::new())),
        write(SayPage::of(peer(lang), false, "/people".into(), "Darnell", wrong)),
    ]
    .concat()
}
