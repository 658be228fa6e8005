//! Recording that a meeting was held, and booking the next before leaving the page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::supervision::{MeetingView, Recorded};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{AccountId, AgendaId, SittingInId, SupervisionId};
use porchlight_practice::pack::{Rules, Skill};
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::supervision::{Account, LookedAt, Meeting, Next, Step, SupervisionFault};
use std::collections::{BTreeMap, BTreeSet};

use super::{HOME, words};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// A skill with the names of its two fields.
pub(crate) struct SkillFields {
    pub name: String,
    pub ask: String,
    pub own: String,
    pub lead: String,
}

fn of_skill(id: &str) -> [String; 2] {
    [format!("own-{id}"), format!("lead-{id}")]
}

/// The form.
#[derive(Template)]
#[template(path = "supervision/record.html")]
pub(crate) struct RecordPage {
    pub page: Page,
    pub form: Form,
    pub here: String,
    pub lead: String,
    pub there: Vec<Choice>,
    pub agenda: Vec<Choice>,
    pub topics: Vec<Choice>,
    /// Skills to look at together; none for a group.
    pub skills: Vec<SkillFields>,
    /// How somebody sees a skill.
    pub steps: Vec<Choice>,
    /// Whether one of them is chosen already.
    pub looked: bool,
    /// For sitting in: who said yes.
    pub yeses: Vec<Choice>,
    pub observed: bool,
    pub group: bool,
}

impl RecordPage {
    pub(crate) fn of(page: Page, rules: &Rules, view: &MeetingView, form: Form) -> RecordPage {
        let here = format!("{HOME}/{}", view.id);
        let page = page.titled("supervision-record").focused(here.clone()).under(HOME);
        let kind = view.meeting.kind();
        let agenda = view.agenda.iter().map(|item| {
            let said = words::brought(&page, rules, &item.brought);
            let text = if said.words.is_empty() { said.line.clone() } else { said.words.clone() };
            let note =
                if said.words.is_empty() { item.by.clone() } else { format!("{} · {}", item.by, said.line) };
            Choice::new(item.id.to_string(), text).note(note.trim_end_matches(" · ").to_owned())
        });
        let skill = |skill: &Skill| {
            let [own, lead] = of_skill(&skill.id);
            SkillFields { name: page.text(&skill.name), ask: page.text(&skill.ask), own, lead }
        };
        let skills: Vec<SkillFields> = match kind {
            SessionKind::Group => Vec::new(),
            _ => rules.skills.iter().map(skill).collect(),
        };
        RecordPage {
            looked: skills.iter().any(|one| form.text(&one.own).or(form.text(&one.lead)).is_some()),
            skills,
            steps: Step::ALL
                .map(|step| {
                    Choice::new(step.as_str(), page.t(&format!("supervision-step-{}", step.as_str())))
                })
                .into(),
            lead: format!("{} · {}", words::kind(&page, kind), page.t("supervision-record-lead")),
            there: view.there.iter().map(|one| Choice::new(one.account.to_string(), &one.name)).collect(),
            agenda: agenda.collect(),
            topics: rules
                .supervision_topics
                .iter()
                .map(|topic| Choice::new(&topic.id, page.text(&topic.name)))
                .collect(),
            yeses: view
                .yeses
                .iter()
                .map(|yes| {
                    Choice::new(
                        yes.id.to_string(),
                        page.t2("supervision-yes-of", "name", &yes.person, "day", page.date(yes.day)),
                    )
                })
                .collect(),
            observed: kind == SessionKind::Observed,
            group: kind == SessionKind::Group,
            here,
            page: page.of_form(&form),
            form,
        }
    }
}

/// What stands in the form before anything is typed.
fn begun(view: &MeetingView) -> Form {
    let day = view.meeting.day().min(view.today).to_string();
    let mut form = Form::new().with("version", view.version.to_string()).with("day", day);
    for one in &view.there {
        form = form.with("with", one.account.to_string());
    }
    if let [yes] = view.yeses.as_slice() {
        form = form.with("yes", yes.id.to_string());
    }
    form
}

async fn open(web: &Web, who: &Who, id: SupervisionId) -> Result<Option<MeetingView>, Trouble> {
    let view = web.app.supervision_meeting(who.actor(), id).await?;
    if !view.leads {
        return Err(Trouble::NotFound);
    }
    Ok(matches!(view.meeting, Meeting::Booked(_)).then_some(view))
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
) -> Result<Response, Trouble> {
    let Some(view) = open(&web, &who, id).await? else {
        return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-over"));
    };
    let form = begun(&view).with("command", web.app.command_id().to_string());
    RecordPage::of(page, who.rules()?, &view, form).show()
}

/// The next meeting, or a short reason why there is none yet.
fn next(form: &mut Form) -> Option<Next> {
    if let Some(why) = form.text("not_now")
        && form.text("next_day").is_none()
    {
        return Some(Next::NotNow { why });
    }
    if form.text("next_day").is_none() {
        form.wrong("next_day", "supervision-error-next");
        return None;
    }
    let day = form.date("next_day", "supervision-error-day");
    let time = form.read_if_there("next_time", "supervision-error-time");
    Some(Next::Booked { day: day?, time })
}

pub(super) async fn record(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<SupervisionId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let day = form.date("day", "supervision-error-day");
    let minutes = form.read::<u32>("minutes", "supervision-error-minutes");
    let agreed = form.need("agreed", "supervision-error-agreed");
    let following = next(&mut form);
    let took_part: BTreeSet<AccountId> = form.all("with").filter_map(|one| one.parse().ok()).collect();
    let yes: Option<SittingInId> = form.value("yes").parse().ok();
    let talked_about: Vec<AgendaId> = form.all("talked").filter_map(|one| one.parse().ok()).collect();
    let skills: BTreeMap<String, LookedAt> = who
        .rules()?
        .skills
        .iter()
        .map(|skill| {
            let [own, lead] = of_skill(&skill.id).map(|field| Step::parse(form.value(&field)));
            (skill.id.clone(), LookedAt { own, lead })
        })
        .filter(|(_, one)| *one != LookedAt::default())
        .collect();
    let topics: BTreeSet<String> = form.all("topic").map(str::to_owned).collect();
    if let (Some(day), Some(minutes), Some(agreed), Some(next), true) =
        (day, minutes, agreed, following, form.is_right())
    {
        let account = Account { day, minutes, took_part, topics, skills, agreed, next };
        let version = form.value("version").parse().unwrap_or_default();
        let recorded = Recorded { account, talked_about, yes, version };
        match web.app.record_supervision(who.actor(), command(&web, &form), id, recorded).await {
            Ok(_) => return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-held")),
            Err(Error::Fault(Fault::Supervision(SupervisionFault::Over))) => {
                return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-over"));
            }
            Err(Error::Fault(Fault::Supervision(fault))) => {
                let (field, key) = words::fault(fault);
                form.wrong(field, key);
            }
            Err(Error::Fault(Fault::Unknown("yes"))) => form.wrong("yes", "supervision-error-yes"),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("with", "supervision-error-uninvited"),
            Err(error) => return Err(error.into()),
        }
    }
    let Some(view) = open(&web, &who, id).await? else {
        return Ok(done(&web.shell, &format!("{HOME}/{id}"), "flash-supervision-over"));
    };
    RecordPage::of(page, who.rules()?, &view, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
