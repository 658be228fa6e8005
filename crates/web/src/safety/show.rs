//! One report: for whoever sent it, for whoever is called, for whoever took it. The same page, with what each may do.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use porchlight_access::Action;
use porchlight_app::ladder::CallLine;
use porchlight_app::safety::{LogLine, SafetyView};
use porchlight_practice::Means;
use porchlight_practice::id::SafetyReportId;
use porchlight_practice::ladder::{Plan, Saying, Went};
use porchlight_practice::pack::{Confidence, Rules, StepClock};
use porchlight_practice::safety::{Back, Entry, Standing, due};

use super::{kind_name, reach};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::help_now::{HelpLine, Reach};
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// A step to come: when, for the script too, and whom to call oneself.
pub(crate) struct AheadLine {
    at: i64,
    when: String,
    names: String,
    who: Vec<Reach>,
}

/// Something that happened.
pub(crate) struct Moment {
    at: Timestamp,
    tone: &'static str,
    icon: &'static str,
    when: String,
    title: String,
    note: String,
}

/// What the law or the programme asks.
pub(crate) struct StepLine {
    id: String,
    name: String,
    to: String,
    how: String,
    call: Option<Reach>,
    due: String,
    late: bool,
    done: String,
    unsure: bool,
    outside: bool,
    asks_reference: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "safety/show.html")]
pub(crate) struct ShowReport {
    page: Page,
    form: Form,
    address: String,
    practice: bool,
    kind: String,
    /// Whether nobody has it.
    waits: bool,
    closed: bool,
    /// The one big sentence.
    headline: String,
    /// What to do now; may be empty.
    lead: String,
    /// Whom to call oneself, now.
    call: Vec<Reach>,
    clock: i64,
    ahead: Vec<AheadLine>,
    /// Whether the last of these is called again and again.
    repeats: bool,
    own: bool,
    may_take: bool,
    mine: bool,
    words: String,
    by: String,
    facts: Vec<String>,
    person: Option<(String, String)>,
    plans: Vec<String>,
    moments: Vec<Moment>,
    steps: Vec<StepLine>,
    known: String,
    abuse: bool,
    reporter: Reach,
    lines: Vec<HelpLine>,
    near: Vec<Reach>,
    staff: Vec<Choice>,
    may_add: bool,
    may_step: bool,
    may_tell: bool,
    may_withhold: bool,
    may_go_back: bool,
    may_second: bool,
    /// When it is looked at again, for those who may.
    again: String,
    told: bool,
    withheld: String,
    outcome: String,
    command: Box<dyn Fn() -> String + Send>,
}

fn means_name(page: &Page, means: Option<Means>) -> String {
    page.t(&format!("safety-means-{}", means.map_or("page", Means::as_str)))
}

fn call_moments(page: &Page, calls: &[CallLine]) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut seen: Vec<(String, Timestamp)> = Vec::new();
    for call in calls {
        if let Some(at) = call.seen
            && !seen.iter().any(|(name, _)| *name == call.name)
        {
            seen.push((call.name.clone(), at));
        }
    }
    let mut at = 0;
    while at < calls.len() {
        let first = &calls[at];
        let same: Vec<&CallLine> = calls[at..]
            .iter()
            .take_while(|call| {
                (call.step, call.account, call.made) == (first.step, first.account, first.made)
            })
            .collect();
        at += same.len();
        let names = |went: Went| {
            let of = same.iter().filter(|call| call.went == went && call.means.is_some());
            of.map(|call| means_name(page, call.means)).collect::<Vec<_>>()
        };
        let (out, waiting, no_way) = (names(Went::Out), names(Went::Waiting), names(Went::NoWay));
        let mut notes = vec![page.t("safety-call-page")];
        if !out.is_empty() {
            notes.push(page.t1("safety-call-out", "means", page.list(&out)));
        }
        if !waiting.is_empty() {
            notes.push(page.t1("safety-call-waiting", "means", page.list(&waiting)));
        }
        if !no_way.is_empty() {
            notes.push(page.t1("safety-call-no-way", "means", page.list(&no_way)));
        }
        moments.push(Moment {
            at: first.made,
            tone: "",
            icon: "phone",
            when: page.moment(first.made),
            title: page.t1("safety-called", "name", &first.name),
            note: notes.join(" "),
        });
    }
    moments.extend(seen.into_iter().map(|(name, at)| Moment {
        at,
        tone: "",
        icon: "eye",
        when: page.moment(at),
        title: page.t1("safety-seen", "name", name),
        note: String::new(),
    }));
    moments
}

fn log_moment(page: &Page, rules: &Rules, line: &LogLine) -> Moment {
    let name = || line.by.clone();
    let (icon, tone, title, note) = match &line.entry {
        Entry::Taken => ("check", "ok", page.t1("safety-log-taken", "name", name()), String::new()),
        Entry::HandedOn { .. } => (
            "forward",
            "",
            page.t2("safety-log-handed-on", "name", name(), "other", line.other.clone()),
            String::new(),
        ),
        Entry::Added { words } => ("note", "", page.t1("safety-log-added", "name", name()), words.clone()),
        Entry::StepDone { step, reference } => {
            let known = rules.safety.steps.iter().find(|known| known.id == *step);
            let step = known.map_or_else(|| step.clone(), |known| page.text(&known.name));
            ("check", "ok", page.t2("safety-log-step", "name", name(), "step", step), reference.clone())
        }
        Entry::ToldPerson { words } => {
            ("speech", "ok", page.t1("safety-log-told", "name", name()), words.clone())
        }
        Entry::Withheld { reason, look_again } => (
            "clock",
            "",
            page.t2("safety-log-withheld", "name", name(), "day", page.date(*look_again)),
            reason.clone(),
        ),
        Entry::WentBack { to, words } => {
            let key = match to {
                Back::Person => "safety-log-back-person",
                Back::Reporter => "safety-log-back-reporter",
            };
            ("heart", "ok", page.t1(key, "name", name()), words.clone())
        }
        Entry::LookedAgain { words, next } => (
            "clock",
            "ok",
            match next {
                Some(day) => page.t2("safety-log-again-next", "name", name(), "day", page.date(*day)),
                None => page.t1("safety-log-again", "name", name()),
            },
            words.clone(),
        ),
        Entry::SecondRead => ("eye", "ok", page.t1("safety-log-second", "name", name()), String::new()),
        Entry::Closed(closing) => (
            "lock",
            "",
            page.t2("safety-log-closed", "name", name(), "other", line.other.clone()),
            format!("{}\n{}", closing.outcome, page.t1("safety-log-closed-told", "who", &closing.told)),
        ),
    };
    Moment { at: line.at, tone, icon, when: page.moment(line.at), title, note }
}

impl ShowReport {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        view: &SafetyView,
        form: Form,
        command: impl Fn() -> String + Send + 'static,
    ) -> ShowReport {
        let page = page.titled("safety-show-title").under("/tell-someone").of_form(&form);
        let (story, report) = (&view.story, &view.story.report);
        let waits = story.standing().is_open_to_take();
        let holder = view.holder.as_ref().map(|holder| holder.name.clone()).unwrap_or_default();
        let names = |who: &[porchlight_app::ladder::Callee]| {
            page.list(&who.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
        };
        let spoken = names(&view.spoken_of);
        let may_take = view.may.contains(&Action::SafetyTake) && waits;
        let headline = match (story.standing(), &view.saying) {
            (Standing::Closed { .. }, _) => page.t("safety-head-closed"),
            (Standing::Taken { at, .. }, _) if view.mine => {
                page.t1("safety-head-mine", "when", page.time(at))
            }
            (Standing::Taken { at, .. }, _) => {
                page.t2("safety-head-taken", "name", &holder, "when", page.time(at))
            }
            (Standing::HandedOn { .. }, _) => page.t1("safety-head-handed-on", "name", &holder),
            (Standing::Waiting, _) if !view.own => page.t("safety-head-waiting"),
            (Standing::Waiting, Saying::Ringing(_)) => page.t1("safety-head-ringing", "name", &spoken),
            (Standing::Waiting, Saying::CallThem(_)) => page.t1("safety-head-call", "name", &spoken),
            (Standing::Waiting, Saying::Nobody) => page.t("safety-head-nobody"),
        };
        let lead = match waits {
            true if view.own => page.t("safety-lead-own"),
            true => page.t("safety-lead-called"),
            false => String::new(),
        };
        let calls_oneself = waits && view.own && matches!(view.saying, Saying::CallThem(_));
        let mut ahead: Vec<AheadLine> = view
            .ahead
            .iter()
            .map(|step| AheadLine {
                at: step.due.as_millisecond(),
                when: page.time(step.due),
                names: names(&step.who),
                who: step.who.iter().map(reach).collect(),
            })
            .collect();
        // The same people again are one line, which stays at "now".
        let steps = ahead.len();
        ahead.dedup_by(|later, before| later.names == before.names);
        let repeats = ahead.len() < steps;
        let mut facts = Vec::new();
        if report.this_minute {
            facts.push(page.t("safety-fact-now"));
        }
        if !report.place.trim().is_empty() {
            facts.push(page.t1("safety-fact-place", "place", &report.place));
        }
        match report.with_them {
            Some(true) => facts.push(page.t1("safety-fact-with", "name", &view.reporter.name)),
            Some(false) => facts.push(page.t1("safety-fact-not-with", "name", &view.reporter.name)),
            None => {}
        }
        if !report.helped.trim().is_empty() {
            facts.push(page.t1("safety-fact-helped", "helped", &report.helped));
        }
        if let Some(worker) = &view.about_worker {
            facts.push(page.t1("safety-fact-worker", "name", worker));
        }
        let who = match (&view.person, report.who.trim()) {
            (Some((_, called)), _) => called.clone(),
            (None, who) => who.to_owned(),
        };
        let person = match &view.person {
            _ if who.is_empty() => None,
            Some((id, _)) if view.may_open_person => Some((who, format!("/people/{id}"))),
            _ => Some((who, String::new())),
        };
        let mut moments = call_moments(&page, &view.calls);
        moments.push(Moment {
            at: story.sent,
            tone: "ok",
            icon: "note",
            when: page.moment(story.sent),
            title: page.t1("safety-log-sent", "name", &view.reporter.name),
            note: String::new(),
        });
        moments.extend(view.log.iter().map(|line| log_moment(&page, rules, line)));
        moments.sort_by_key(|moment| moment.at);
        let now = page.now().timestamp();
        let step = |step: &porchlight_practice::pack::SafetyStep| {
            let at = due(report.known_at, step.within_hours);
            let done = story.step_done(&step.id).map(|(logged, reference)| {
                let by = view.log.iter().find(|line| line.at == logged.at).map(|line| line.by.clone());
                let said = page.t2(
                    "safety-step-done",
                    "name",
                    by.unwrap_or_default(),
                    "when",
                    page.moment(logged.at),
                );
                if reference.is_empty() { said } else { format!("{said} {reference}") }
            });
            let number = view.numbers.get(&step.id).or(step.call.as_ref());
            StepLine {
                id: step.id.clone(),
                name: page.text(&step.name),
                to: page.text(&step.to),
                how: page.text(&step.how),
                call: number.map(|number| Reach::new(page.text(&step.name), number.clone())),
                due: match step.within_hours {
                    0 => page.t("safety-step-at-once"),
                    _ => page.t1("safety-step-by", "when", page.moment(at)),
                },
                late: done.is_none() && step.within_hours > 0 && at < now,
                done: done.unwrap_or_default(),
                unsure: step.source.confidence == Confidence::NeedsChecking,
                outside: step.clock == StepClock::Outside,
                asks_reference: step.asks_reference,
            }
        };
        let numbers =
            [(Plan::CRISIS_TEAM, "safety-crisis-team"), (Plan::WARMLINE, "safety-warmline")].into_iter();
        let may = |action| view.may.contains(&action);
        let told = story.is_told();
        ShowReport {
            address: format!("/safety/{}", view.id),
            practice: view.practice,
            kind: kind_name(&page, report.kind),
            waits,
            closed: matches!(story.standing(), Standing::Closed { .. }),
            headline,
            lead,
            call: match calls_oneself {
                true => view.spoken_of.iter().map(reach).collect(),
                false => Vec::new(),
            },
            clock: now.as_millisecond(),
            ahead,
            repeats,
            own: view.own,
            may_take,
            mine: view.mine,
            words: report.words.clone(),
            by: page.t2("safety-by", "name", &view.reporter.name, "when", page.moment(story.sent)),
            facts,
            person,
            plans: view.crisis_plans.iter().map(|id| format!("/plans/{id}")).collect(),
            moments,
            steps: rules.safety.steps_for(report.kind).map(step).collect(),
            known: page.t1("safety-clock-known", "when", page.moment(report.known_at)),
            abuse: report.kind.is_abuse(),
            reporter: reach(&view.reporter),
            lines: HelpLine::all(rules, page.lang),
            near: numbers
                .filter_map(|(key, name)| Some(Reach::new(page.t(name), view.numbers.get(key)?.clone())))
                .collect(),
            staff: view.staff.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            may_add: may(Action::SafetyAdd) && !view.practice,
            may_step: may(Action::SafetyStep) && !view.practice,
            may_tell: may(Action::SafetyTell) && !told && !view.practice,
            may_withhold: may(Action::SafetyWithhold)
                && !told
                && !view.practice
                && rules.safety.withheld_by == page_role(&page),
            may_go_back: may(Action::SafetyGoBack) && !waits,
            may_second: may(Action::SafetySecondRead)
                && story.closing().is_some()
                && !story.log.iter().any(|logged| logged.entry == Entry::SecondRead),
            again: match story.look_again() {
                Some(day) if may(Action::SafetyLookAgain) => {
                    page.t1("safety-again-on", "day", page.date(day))
                }
                _ => String::new(),
            },
            told,
            withheld: match story.withheld().map(|logged| &logged.entry) {
                Some(Entry::Withheld { look_again, .. }) => {
                    page.t1("safety-withheld-until", "day", page.date(*look_again))
                }
                _ => String::new(),
            },
            outcome: story.closing().map(|closing| closing.outcome.clone()).unwrap_or_default(),
            command: Box::new(command),
            page,
            form,
        }
    }

    /// A fresh command, for one of the forms.
    fn command(&self) -> String {
        (self.command)()
    }
}

fn page_role(page: &Page) -> porchlight_practice::Role {
    page.visitor.as_ref().map_or(porchlight_practice::Role::Person, |visitor| visitor.role)
}

pub(super) async fn page_of(
    web: &Web,
    who: &Who,
    page: Page,
    id: SafetyReportId,
    form: Form,
) -> Result<ShowReport, Trouble> {
    let mut view = web.app.safety(who.actor(), id).await?;
    let me = who.actor().account();
    let unseen = |call: &CallLine| call.account == me && call.seen.is_none();
    if view.may.contains(&Action::SafetySee) && view.calls.iter().any(unseen) {
        web.app.see_safety(who.actor(), web.app.command_id(), id).await?;
        view = web.app.safety(who.actor(), id).await?;
    }
    let app = web.app.clone();
    Ok(ShowReport::of(page, who.rules()?, &view, form, move || app.command_id().to_string()))
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SafetyReportId>,
) -> Result<Response, Trouble> {
    page_of(&web, &who, page, id, Form::new()).await?.show()
}
