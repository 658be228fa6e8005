//! Asking for a yes: one thing a page, then all of it read back, then the signature.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use porchlight_app::disclosure::{Asking, Chosen, Says, Signing};
use porchlight_app::{Error, Fault};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Ends, Reason, Recipient, Scope, Terms, TermsFault};
use porchlight_practice::id::{CommandId, PersonId};

use crate::disclosure::{Line, home, lines, place, sentence};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::prove::Proven;
use crate::site::{Web, Who, command};

/// For how many days a yes can be given, with the key of how one says it.
const LENGTHS: [(i64, &str); 4] = [
    (7, "disclosure-days-7"),
    (30, "disclosure-days-30"),
    (90, "disclosure-days-90"),
    (180, "disclosure-days-180"),
];
/// How far back notes can go, in days.
const BACK: [(i64, &str); 3] =
    [(30, "disclosure-back-30"), (90, "disclosure-back-90"), (365, "disclosure-back-365")];

/// What is asked, one a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    To,
    What,
    Why,
    Until,
}

impl Step {
    const ALL: [Step; 4] = [Step::To, Step::What, Step::Why, Step::Until];

    fn as_str(self) -> &'static str {
        match self {
            Step::To => "to",
            Step::What => "what",
            Step::Why => "why",
            Step::Until => "until",
        }
    }

    fn parse(text: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.as_str() == text)
    }

    /// The keys of the question, of its help, and of the way back to it.
    fn keys(self) -> [&'static str; 3] {
        match self {
            Step::To => ["disclosure-ask-to", "disclosure-ask-to-help", "disclosure-change-to"],
            Step::What => ["disclosure-ask-what", "disclosure-ask-what-help", "disclosure-change-what"],
            Step::Why => ["disclosure-ask-why", "disclosure-ask-why-help", "disclosure-change-why"],
            Step::Until => ["disclosure-ask-until", "disclosure-ask-until-help", "disclosure-change-until"],
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Step::To => &["to", "to_name", "to_place"],
            Step::What => &["part", "back", "substance_use"],
            Step::Why => &["why", "why_words"],
            Step::Until => &["days", "event"],
        }
    }
}

/// One question on its way to a yes.
#[derive(Template)]
#[template(path = "disclosure/ask.html")]
pub(crate) struct AskPage {
    pub page: Page,
    pub form: Form,
    pub step: &'static str,
    pub address: String,
    pub back: String,
    pub question: String,
    pub help: String,
    pub choices: Vec<Choice>,
    pub more: Vec<Choice>,
    pub of_substance_use: bool,
    /// What was answered on other pages, and goes along.
    pub carried: Vec<(String, String)>,
}

impl AskPage {
    pub(crate) fn of(page: Page, asking: &Asking, person: PersonId, step: Step, form: Form) -> AskPage {
        let [question, help, _] = step.keys();
        let choice = |value: &str, key: &str| Choice::new(value, page.t(key));
        let days = |all: &[(i64, &str)]| {
            all.iter().map(|(days, key)| Choice::new(days.to_string(), page.t(key))).collect::<Vec<_>>()
        };
        let (choices, more) = match step {
            Step::To => (
                vec![
                    choice("named", "disclosure-to-named").icon("people"),
                    choice("care", "disclosure-to-care-choice")
                        .icon("heart")
                        .note(page.t("disclosure-to-care-note")),
                ],
                Vec::new(),
            ),
            Step::What => {
                let mut back = days(&BACK);
                back.push(choice("all", "disclosure-back-all"));
                let parts = vec![
                    Choice::new(
                        RecordPart::Profile.as_str(),
                        page.t1("disclosure-part-profile-choice", "name", &asking.called),
                    )
                    .icon("heart")
                    .note(page.t("disclosure-part-profile-note")),
                    choice(RecordPart::Notes.as_str(), "disclosure-part-notes-choice").icon("note"),
                ];
                (parts, back)
            }
            Step::Why => (
                vec![
                    choice("ask", "disclosure-why-ask-choice"),
                    choice("care", "disclosure-why-care-choice"),
                    choice("words", "disclosure-why-words-choice"),
                ],
                Vec::new(),
            ),
            Step::Until => (days(&LENGTHS), Vec::new()),
        };
        let carried = form
            .values()
            .filter(|(name, _)| *name != "step" && *name != "show" && !step.fields().contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let back = home(person);
        AskPage {
            question: page.t(question),
            help: page.t(help),
            address: format!("{back}/new"),
            step: step.as_str(),
            choices,
            more,
            of_substance_use: asking.of_substance_use,
            carried,
            page: page
                .titled("disclosure-ask-title")
                .focused(back.clone())
                .under(place(asking.says == Says::Person))
                .of_form(&form),
            back,
            form,
        }
    }
}

/// Everything read back, before it counts.
#[derive(Template)]
#[template(path = "disclosure/sign.html")]
pub(crate) struct SignPage {
    pub page: Page,
    pub form: Form,
    pub address: String,
    pub back: String,
    /// Where one of the answers can be changed.
    pub change: Vec<Line>,
    pub sentence: String,
    pub lines: Vec<Line>,
    pub whose: String,
    pub says: Says,
    pub command: CommandId,
    pub carried: Vec<(String, String)>,
}

impl SignPage {
    pub(crate) fn of(
        page: Page,
        asking: &Asking,
        person: PersonId,
        terms: &Terms,
        form: Form,
        command: CommandId,
    ) -> SignPage {
        let carried: Vec<(String, String)> = form
            .values()
            .filter(|(name, _)| {
                !matches!(
                    *name,
                    "step" | "show" | "typed" | "how" | "command" | "young_on" | "guardian" | "guardian_on"
                )
            })
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let back = home(person);
        let change = Step::ALL
            .iter()
            .map(|step| Line { name: page.t(step.keys()[2]), text: step.as_str().to_owned() });
        SignPage {
            change: change.collect(),
            sentence: sentence(&page, terms),
            lines: lines(&page, terms),
            whose: asking.whose.clone(),
            says: asking.says,
            address: format!("{back}/new"),
            command,
            carried,
            page: page
                .titled("disclosure-sign-title")
                .focused(back.clone())
                .under(place(asking.says == Says::Person))
                .of_form(&form),
            back,
            form,
        }
    }
}

/// Reads what one page asked. Whatever is missing is said beside its field.
fn read_to(form: &mut Form) -> Option<Recipient> {
    let general = form.choose("to", "disclosure-error-to", |text| match text {
        "named" => Some(false),
        "care" => Some(true),
        _ => None,
    })?;
    if general {
        return Some(Recipient::EverybodyInMyCare);
    }
    let name = form.need("to_name", "disclosure-error-name")?;
    Some(Recipient::Named { name, place: form.value("to_place").trim().to_owned() })
}

fn read_what(form: &mut Form, asking: &Asking) -> Option<Scope> {
    let parts: std::collections::BTreeSet<RecordPart> =
        form.all("part").filter_map(RecordPart::parse).collect();
    if parts.is_empty() {
        form.wrong("part", "disclosure-error-part");
    }
    let substance_use = form.has("substance_use", "yes");
    if asking.of_substance_use && !substance_use {
        form.wrong("substance_use", "disclosure-error-substance-use");
    }
    let mut notes_since = None;
    if parts.contains(&RecordPart::Notes) {
        notes_since = form.choose("back", "disclosure-error-back", |text| {
            if text == "all" {
                return Some(None);
            }
            let (days, _) = BACK.iter().find(|(days, _)| days.to_string() == text)?;
            Some(Some(asking.today.saturating_sub(days.days())))
        })?;
    }
    form.is_right().then_some(Scope { parts, notes_since, substance_use })
}

fn read_why(form: &mut Form) -> Option<Reason> {
    let general = form.value("to") == "care";
    let reason = form.choose("why", "disclosure-error-why", |text| match text {
        "ask" => Some(Reason::IAskForIt),
        "care" => Some(Reason::Care),
        "words" => Some(Reason::Words { words: String::new() }),
        _ => None,
    })?;
    if general && reason != Reason::Care {
        form.wrong("why", "disclosure-error-why-care");
        return None;
    }
    match reason {
        Reason::Words { .. } => {
            Some(Reason::Words { words: form.need("why_words", "disclosure-error-why-words")? })
        }
        other => Some(other),
    }
}

fn read_until(form: &mut Form, asking: &Asking) -> Option<Ends> {
    let days = form.choose("days", "disclosure-error-days", |text| {
        LENGTHS.iter().map(|(days, _)| *days).find(|days| days.to_string() == text)
    })?;
    let by = asking.today.saturating_add(days.days());
    let by = asking.says.last().map_or(by, |last| last.min(by));
    Some(Ends { by, event: form.value("event").trim().to_owned() })
}

/// Everything that was chosen, or the first page that is not answered yet.
fn chosen(form: &mut Form, asking: &Asking) -> Result<Chosen, Step> {
    let to = read_to(form).ok_or(Step::To)?;
    let what = read_what(form, asking).ok_or(Step::What)?;
    let why = read_why(form).ok_or(Step::Why)?;
    let ends = read_until(form, asking).ok_or(Step::Until)?;
    Ok(Chosen { to, what, why, ends })
}

fn terms(asking: &Asking, chosen: &Chosen) -> Result<Terms, TermsFault> {
    let Chosen { to, what, why, ends } = chosen.clone();
    let (whose, from) = (asking.whose.clone(), asking.from.clone());
    Terms::check(whose, from, to, what, why, ends, asking.today, asking.of_substance_use)
}

/// How it is signed. Whatever is missing on a paper is said beside its field.
fn signing(form: &mut Form, says: Says) -> Option<Signing> {
    match says {
        Says::Person if form.value("how") == "type" => {
            Some(Signing::Typed(form.value("typed").trim().to_owned()))
        }
        Says::Person | Says::ToWorker | Says::Guardian { .. } => Some(Signing::Tapped),
        Says::BothOnPaper { .. } => {
            let young_on = form.date("young_on", "disclosure-error-signed-on");
            let guardian = form.need("guardian", "disclosure-error-guardian");
            let guardian_on = form.date("guardian_on", "disclosure-error-signed-on");
            Some(Signing::Paper { young_on: young_on?, guardian: guardian?, guardian_on: guardian_on? })
        }
    }
}

/// The page on which a fault is put right, with the fault beside its field.
fn put_right(form: &mut Form, fault: TermsFault) -> Step {
    let (step, field, key) = match fault {
        TermsFault::To | TermsFault::Nobody => (Step::To, "to_name", "disclosure-error-name"),
        TermsFault::What => (Step::What, "part", "disclosure-error-part"),
        TermsFault::SubstanceUse => (Step::What, "substance_use", "disclosure-error-substance-use"),
        TermsFault::GeneralName => (Step::Why, "why", "disclosure-error-why-care"),
        TermsFault::Why => (Step::Why, "why_words", "disclosure-error-why-words"),
        TermsFault::Ends => (Step::Until, "days", "disclosure-error-days"),
        TermsFault::Signature | TermsFault::SignedOn => (Step::Until, "typed", "disclosure-error-typed"),
        TermsFault::TooLong => (Step::To, "to_name", "disclosure-error-long"),
    };
    form.wrong(field, key);
    step
}

pub(super) async fn ask(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let asking = web.app.ask_disclosure(who.actor(), person).await?;
    if let Some(step) = Step::parse(form.value("show")) {
        return AskPage::of(page, &asking, person, step, form).show();
    }
    let Some(answered) = Step::parse(form.value("step")) else {
        return AskPage::of(page, &asking, person, Step::To, form).show();
    };
    let mut tried = form.clone();
    let outcome = chosen(&mut tried, &asking)
        .and_then(|chosen| terms(&asking, &chosen).map_err(|fault| put_right(&mut tried, fault)));
    match outcome {
        Ok(terms) => {
            let command = web.app.command_id();
            SignPage::of(page, &asking, person, &terms, form, command).show()
        }
        // The next question is simply asked; what is missing on this page or an earlier one is said.
        Err(step) if step as usize > answered as usize => {
            form = form.replaced("step", step.as_str());
            AskPage::of(page, &asking, person, step, form).show()
        }
        Err(step) => {
            AskPage::of(page, &asking, person, step, tried).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

pub(super) async fn sign(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(person): Path<PersonId>,
    Proven(mut form): Proven,
) -> Result<Response, Trouble> {
    let asking = web.app.ask_disclosure(who.actor(), person).await?;
    let made = chosen(&mut form, &asking);
    let Ok(chosen) = made else {
        let step = made.err().unwrap_or(Step::To);
        return AskPage::of(page, &asking, person, step, form).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let command = command(&web, &form);
    let again = |form: Form| {
        let terms = terms(&asking, &chosen).map_err(|_| Trouble::NotFound)?;
        SignPage::of(page.clone(), &asking, person, &terms, form, command)
            .show_as(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let Some(signing) = signing(&mut form, asking.says) else { return again(form) };
    match web.app.agree_disclosure(who.actor(), command, person, chosen.clone(), signing).await {
        Ok(id) => Ok(done(&web.shell, &format!("{}/{id}", home(person)), "flash-disclosure-agreed")),
        Err(Error::Fault(Fault::Terms(TermsFault::Signature))) => {
            form.wrong("typed", "disclosure-error-typed");
            again(form)
        }
        Err(Error::Fault(Fault::Terms(TermsFault::SignedOn))) => {
            form.wrong("young_on", "disclosure-error-signed-on");
            again(form)
        }
        Err(Error::Fault(Fault::Terms(fault))) => {
            let step = put_right(&mut form, fault);
            AskPage::of(page, &asking, person, step, form).show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}
