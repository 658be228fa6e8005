//! The page of one person.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_practice::Role;
use porchlight_practice::id::PersonId;
use porchlight_practice::pack::Confidence;
use porchlight_practice::person::{Child, Way, WayKind};

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::person::{Named, WhoLooks, first_big};
use crate::site::{Web, Who};
use crate::support::{Past, Walk};

/// What the reader may do with the record.
#[derive(Default)]
pub struct May {
    log: bool,
    change: bool,
    children: bool,
    goals: bool,
    plans: bool,
    advocacy: bool,
    start: bool,
    part_ways: bool,
    first_meeting: bool,
    same: bool,
    invite: bool,
    guardian: bool,
    intake: bool,
    emergency: bool,
    choices: bool,
    visits: bool,
    sitting_in: bool,
}

impl May {
    fn of(view: &PersonView, role: Role) -> May {
        May {
            log: view.may(Action::ContactDraft),
            change: view.may(Action::PersonChange),
            children: view.may(Action::PersonAddChild),
            goals: view.may(Action::GoalSay),
            plans: view.may(Action::PlanRead),
            advocacy: view.may(Action::AdvocacyRead),
            start: view.may(Action::SupportStart),
            part_ways: view.may(Action::SupportHandOver),
            first_meeting: view.may(Action::SupportFirstMeeting),
            same: view.may(Action::PersonLinkSame),
            invite: view.may(Action::PersonInvite),
            guardian: view.may(Action::GuardianSayBirth),
            emergency: view.may(Action::LookEmergency),
            intake: view.may(Action::IntakeRead),
            choices: view.may(Action::ConsentRead),
            sitting_in: view.may(Action::SupervisionSitIn),
            // A team member may read visits when they are shared too; whether they are is asked when they look.
            visits: view.may(Action::ContactListOfPerson) && role != Role::TeamMember,
        }
    }
}

/// A goal, in the person's words.
pub struct GoalLine {
    pub(super) words: String,
    pub(super) since: String,
    /// Its own page; empty for those who don't walk with the person.
    pub(super) address: String,
}

/// A way to reach the person, in words.
pub struct WayLine {
    pub(crate) kind: String,
    pub(crate) icon: &'static str,
    pub(crate) value: String,
    pub(crate) href: String,
    pub(crate) shared: bool,
}

impl WayLine {
    pub(crate) fn of(page: &Page, way: &Way) -> WayLine {
        let dialled: String = way.value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let (icon, href) = match way.kind {
            WayKind::Phone => ("phone", format!("tel:{dialled}")),
            WayKind::Message => ("message", format!("sms:{dialled}")),
            WayKind::Email if way.value.contains('@') && !way.value.contains(char::is_whitespace) => {
                ("message", format!("mailto:{}", way.value))
            }
            WayKind::Email => ("message", String::new()),
            WayKind::Letter => ("home", String::new()),
        };
        let is_number = dialled.len() >= 3 || !matches!(way.kind, WayKind::Phone | WayKind::Message);
        WayLine {
            kind: page.t(&format!("person-way-{}", way.kind.as_str())),
            icon,
            value: way.value.clone(),
            href: if is_number { href } else { String::new() },
            shared: way.shared,
        }
    }
}

/// A child, in words.
pub struct ChildLine {
    pub(super) called: String,
    pub(super) note: String,
    pub(super) loves: String,
    /// What many children of this age are still learning, and whether that still needs checking; none where the year is not known,
    /// or the child is grown.
    pub(super) growing: Option<(String, bool)>,
}

/// The page of one person.
#[derive(Template)]
#[template(path = "person/show.html")]
pub struct OnePerson {
    page: Page,
    pub(super) person: Named,
    pub(super) view: PersonView,
    may: May,
    family: bool,
    pub(super) goals: Vec<GoalLine>,
    pub(super) ways: Vec<WayLine>,
    pub(super) children: Vec<ChildLine>,
    pub(super) walks: Vec<Walk>,
    past: Vec<Past>,
    /// What is missing in the plans that others hold.
    reminders: Vec<String>,
}

impl OnePerson {
    pub(crate) fn of(page: Page, who_is: &WhoLooks<'_>, view: PersonView) -> OnePerson {
        let person = Named::of(&view);
        let mut page = page;
        page.title = person.full.clone();
        let rules = who_is.rules;
        let may_open = view.may(Action::GoalRead);
        let goals = view.goals.iter().filter(|(_, goal, _)| goal.is_open()).map(|(id, goal, _)| GoalLine {
            words: goal.words().to_owned(),
            since: page.t1("goal-since", "day", page.date(goal.since())),
            address: if may_open { format!("/people/{}/goals/{id}", view.id) } else { String::new() },
        });
        let tie = |child: &Child| {
            let known = rules.support.caregivers.iter().find(|tie| tie.id == child.tie);
            known.map(|tie| page.text(&tie.name)).unwrap_or_default()
        };
        let children = view.children.iter().map(|(_, child)| ChildLine {
            called: child.called.clone(),
            note: match child.born {
                Some(year) => page.t2("person-child-note", "year", year.to_string(), "tie", tie(child)),
                None => tie(child),
            },
            loves: child.loves.clone(),
            growing: child.growing(&rules.growing, page.today()).map(|one| {
                (page.text(&one.text).to_owned(), one.source.confidence == Confidence::NeedsChecking)
            }),
        });
        OnePerson {
            goals: goals.collect(),
            children: children.collect(),
            ways: view.profile.ways.iter().map(|way| WayLine::of(&page, way)).collect(),
            walks: Walk::all(&page, rules, &view, who_is.account),
            past: Past::all(&page, rules, &view),
            may: May::of(&view, who_is.role),
            reminders: crate::plan::reminders(&page, &view.gaps, &view.profile.called),
            family: rules.family,
            person,
            view,
            page,
        }
    }

    pub(super) fn interpreter_note(&self) -> String {
        match (self.view.profile.language.is_empty(), self.view.profile.interpreter) {
            (false, true) => {
                self.page.t1("person-speaks-interpreter", "language", &self.view.profile.language)
            }
            (false, false) => self.page.t1("person-speaks", "language", &self.view.profile.language),
            (true, true) => self.page.t("person-interpreter"),
            (true, false) => String::new(),
        }
    }

    fn visits_title(&self) -> String {
        first_big(&self.page.w("contacts"))
    }

    fn account_note(&self) -> String {
        self.page.t(if self.view.has_account { "person-has-account" } else { "person-no-account" })
    }

    fn same_note(&self) -> String {
        match self.view.same_as.len() {
            0 => self.page.t("person-same-note"),
            count => self.page.t1("person-same-count", "count", count),
        }
    }

    pub(super) fn has_contact_facts(&self) -> bool {
        let profile = &self.view.profile;
        !(profile.never.is_empty() && profile.safe_hours.is_empty() && profile.ways.is_empty())
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<PersonId>,
) -> Result<Response, Trouble> {
    let view = web.app.person(who.actor(), id).await?;
    OnePerson::of(page, &WhoLooks::of(&who)?, view).show()
}
