//! Who looked: every look at one's own record as a sentence, and a way to ask about it.

use askama::Template;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use porchlight_app::emergency::EmergencyLine;
use porchlight_app::look::{AskedQuestion, WhoLooked};
use porchlight_app::{Action, Asker};
use porchlight_practice::Role;
use porchlight_practice::id::{AccountId, CommandId};
use porchlight_practice::look::{LookQuestion, MergedLook};

use crate::error::Trouble;
use crate::form::Form;
use crate::i18n::{self, Argument};
use crate::me::own;
use crate::page::{Page, Show, done};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who, command};

/// The pages of looks.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/me/looks", list, Needs::Action(Action::LookRead))
        .page(Method::GET, "/me/looks/ask", about, Needs::Action(Action::LookRead))
        .page(Method::POST, "/me/looks/ask", ask, Needs::Action(Action::LookAsk))
}

/// A look as one sentence.
pub(crate) struct LookLine {
    pub sentence: String,
    pub ask: String,
}

/// What was opened in an emergency.
pub(crate) struct EmergencyShown {
    pub sentence: String,
    pub reason: String,
    pub ask: String,
}

/// The part of a look in an emergency.
const EMERGENCY: &str = "emergency";

/// Who opened what helps in an emergency, and for how long.
fn emergency_sentence(page: &Page, line: &EmergencyLine) -> String {
    page.t3(
        "look-emergency",
        "name",
        &line.name,
        "moment",
        page.moment(line.from),
        "time",
        page.time(line.until),
    )
}

/// A question with its answer, or with the day it is due.
pub(crate) struct QuestionLine {
    pub about: String,
    pub question: String,
    pub answer: String,
    pub note: String,
}

/// Who looked.
#[derive(Template)]
#[template(path = "look/list.html")]
pub(crate) struct Looks {
    pub page: Page,
    /// What was opened in an emergency, with its reason, on top.
    pub emergencies: Vec<EmergencyShown>,
    pub looks: Vec<LookLine>,
    pub questions: Vec<QuestionLine>,
}

impl Looks {
    pub(crate) fn of(page: Page, looked: WhoLooked) -> Looks {
        let looks = looked
            .looks
            .iter()
            .map(|(look, name)| LookLine { sentence: sentence(&page, look, name), ask: ask_address(look) })
            .collect();
        let questions = looked.questions.iter().map(|asked| question(&page, asked)).collect();
        let emergencies = looked.emergencies.iter().map(|line| EmergencyShown {
            sentence: emergency_sentence(&page, line),
            reason: line.reason.clone(),
            ask: ask_at(line.by, line.from, EMERGENCY),
        });
        let emergencies = emergencies.collect();
        Looks { page: page.titled("look-title"), emergencies, looks, questions }
    }
}

/// Who read what, when and why, the way one would say it.
pub(crate) fn sentence(page: &Page, merged: &MergedLook, name: &str) -> String {
    let look = &merged.look;
    if look.role == Asker::Stranger.as_str() {
        return page.t1("look-card", "moment", page.moment(look.at));
    }
    let who = match Role::parse(&look.role) {
        Some(role) if role.is_peer() => page.t2("look-who-peer", "name", name, "peer", page.w("peer")),
        Some(Role::Supervisor) => page.t1("look-who-supervisor", "name", name),
        Some(Role::Supporter) => page.t1("look-who-guardian", "name", name),
        Some(Role::TeamMember) => page.t2("look-who-team", "name", name, "team", page.w("team")),
        _ => page.t1("look-who-other", "name", name),
    };
    // Whatever paper a guardian reads, nothing of it was shared with them.
    let papers = look.role == Role::Supporter.as_str() && !matches!(&*look.part, "choices" | "guardians");
    let part = page.t(match look.part.as_str() {
        _ if papers && look.purpose == "guardian" => "look-part-papers",
        "profile" => "look-part-profile",
        "notes" => "look-part-notes",
        "goals" => "look-part-goals",
        "plans" => "look-part-plans",
        "advocacy" => "look-part-advocacy",
        "draft" => "look-part-draft",
        "choices" => "look-part-choices",
        "visits" => "look-part-visits",
        "intake" => "look-part-intake",
        "team_meetings" => "look-part-team-meetings",
        "copy" => "look-part-copy",
        "pairing" => "look-part-pairing",
        "emergency" => "look-part-emergency",
        "guardians" => "look-part-guardians",
        "plan" => "look-part-plan",
        "crisis" => "look-part-crisis",
        "look_back" => "look-part-look-back",
        "goal" => "look-part-goal",
        "thinking" => "look-part-thinking",
        "voice" => "look-part-voice",
        "story" => "look-part-story",
        "around" => "look-part-around",
        "agreement" => "look-part-agreement",
        "measure" => "look-part-measure",
        _ => "look-part-other",
    });
    let why = page.t(match look.purpose.as_str() {
        "support" => "look-why-support",
        "supervision" => "look-why-supervision",
        "treatment" => "look-why-treatment",
        "running" => "look-why-running",
        "guardian" => "look-why-guardian",
        "emergency" => "look-why-emergency",
        _ => "look-why-oversight",
    });
    let day = page.day(look.at.to_zoned(page.zone()).date());
    let (from, to) = (page.time(merged.first_at), page.time(look.at));
    let when = if from == to {
        page.t2("look-at", "day", day, "time", to)
    } else {
        page.t3("look-between", "day", day, "from", from, "to", to)
    };
    let arguments =
        [("who", who.value()), ("part", part.value()), ("when", when.value()), ("why", why.value())];
    i18n::with(page.lang, "look-sentence", &arguments)
}

/// Where one asks about a look. It names the look by who, when and what; the page finds the sentence again.
fn ask_address(merged: &MergedLook) -> String {
    let look = &merged.look;
    ask_at(look.by, look.at, &look.part)
}

fn ask_at(by: AccountId, at: Timestamp, part: &str) -> String {
    let part = part.replace(' ', "+");
    format!("/me/looks/ask?by={by}&at={}&part={part}", at.as_microsecond())
}

fn question(page: &Page, asked: &AskedQuestion) -> QuestionLine {
    let was = asked.question.asked();
    let (answer, note) = match &asked.question {
        LookQuestion::Open(asked) => {
            let day = page.day(asked.due.to_zoned(page.zone()).date());
            (String::new(), page.t1("look-question-due", "day", day))
        }
        LookQuestion::Answered { at, answer, .. } => {
            let by = page.t2("look-answer-by", "name", &asked.answered_by, "moment", page.moment(at));
            (answer.clone(), by)
        }
    };
    QuestionLine { about: was.about.clone(), question: was.question.clone(), answer, note }
}

async fn list(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    own(&who)?;
    Looks::of(page, web.app.who_looked(who.actor()).await?).show()
}

/// Asking about one look.
#[derive(Template)]
#[template(path = "look/ask.html")]
pub(crate) struct AskAbout {
    pub page: Page,
    pub form: Form,
    pub sentence: String,
    pub due: String,
    pub command: CommandId,
}

impl AskAbout {
    pub(crate) fn of(
        page: Page,
        form: Form,
        sentence: String,
        due: Timestamp,
        command: CommandId,
    ) -> AskAbout {
        let due = page.day(due.to_zoned(page.zone()).date());
        let page = page.titled("look-ask-title").focused("/me/looks").of_form(&form);
        AskAbout { page, form, sentence, due, command }
    }
}

/// The look that a form names: who, when, and which part.
fn key(form: &Form) -> Option<(AccountId, Timestamp, String)> {
    let at = form.value("at").parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok())?;
    Some((form.value("by").parse().ok()?, at, form.value("part").to_owned()))
}

/// The sentence of that look, as the reader's own list has it.
async fn named(
    page: &Page,
    who: &Who,
    web: &Web,
    key: Option<(AccountId, Timestamp, String)>,
) -> Result<String, Trouble> {
    own(who)?;
    let (by, at, part) = key.ok_or(Trouble::NotFound)?;
    let looked = web.app.who_looked(who.actor()).await?;
    if let Some(line) = looked.emergency_at(by, at).filter(|_| part == EMERGENCY) {
        return Ok(emergency_sentence(page, line));
    }
    let found = looked.looks.iter().find(|(merged, _)| {
        let look = &merged.look;
        look.by == by && look.part == part && merged.first_at <= at && at <= look.at
    });
    found.map(|(look, name)| sentence(page, look, name)).ok_or(Trouble::NotFound)
}

fn due(web: &Web) -> Timestamp {
    web.app.now() + jiff::SignedDuration::from_hours(24 * porchlight_practice::look::ANSWER_DAYS)
}

async fn about(page: Page, who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    let sentence = named(&page, &who, &web, key(&form)).await?;
    AskAbout::of(page, form, sentence, due(&web), web.app.command_id()).show()
}

async fn ask(page: Page, who: Who, State(web): State<Web>, mut form: Form) -> Result<Response, Trouble> {
    let sentence = named(&page, &who, &web, key(&form)).await?;
    let command = command(&web, &form);
    let question = form.need("question", "look-ask-error");
    let (Some(question), true) = (question, form.is_right()) else {
        return AskAbout::of(page, form, sentence, due(&web), command)
            .show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    web.app.ask_about_look(who.actor(), command, &sentence, &question).await?;
    Ok(done(&web.shell, "/me/looks", "flash-look-asked"))
}
