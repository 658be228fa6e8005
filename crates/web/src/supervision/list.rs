//! One's own supervision, from either side.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use porchlight_app::supervision::{Leading, OwnSupervision, Supervised};
use porchlight_practice::id::CommandId;
use porchlight_practice::pack::Rules;
use porchlight_practice::rule::Word;

use super::words::{self, Row, Said};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// Something on the agenda.
pub(crate) struct OnAgenda {
    pub id: String,
    pub said: Said,
    pub to: String,
    pub command: CommandId,
}

/// Something that could go there.
pub(crate) struct Offered {
    pub said: Said,
    /// As the form names it.
    pub value: String,
    pub to: String,
    pub name: String,
    pub command: CommandId,
}

/// A worker's side.
#[derive(Template)]
#[template(path = "supervision/own.html")]
pub(crate) struct OwnPage {
    pub page: Page,
    pub form: Form,
    pub booked: Vec<Row>,
    pub past: Vec<Row>,
    pub agenda: Vec<OnAgenda>,
    pub offers: Vec<Offered>,
    pub supervisors: Vec<Choice>,
    pub topics: Vec<Choice>,
    pub only: String,
}

impl OwnPage {
    pub(crate) fn of(
        page: Page,
        rules: &Rules,
        own: &Supervised,
        form: Form,
        mut fresh: impl FnMut() -> CommandId,
    ) -> OwnPage {
        let page = page.titled("nav-supervision");
        let agenda = own.agenda.iter().map(|item| OnAgenda {
            id: item.id.to_string(),
            said: words::brought(&page, rules, &item.brought),
            to: item.to.clone(),
            command: fresh(),
        });
        let agenda = agenda.collect();
        let offers = own.offers.iter().map(|offer| Offered {
            said: words::brought(&page, rules, &offer.brought),
            value: super::agenda::value(&offer.brought.item()),
            to: offer.to.to_string(),
            name: offer.name.clone(),
            command: fresh(),
        });
        let offers = offers.collect();
        let form =
            if form.value("command").is_empty() { form.with("command", fresh().to_string()) } else { form };
        OwnPage {
            booked: own.booked.iter().map(|line| words::row(&page, line, own.today)).collect(),
            past: own.past.iter().map(|line| words::row(&page, line, own.today)).collect(),
            agenda,
            offers,
            supervisors: own.supervisors.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
            only: match own.supervisors.as_slice() {
                [(id, _)] => id.to_string(),
                _ => String::new(),
            },
            topics: rules
                .supervision_topics
                .iter()
                .map(|topic| Choice::new(&topic.id, page.text(&topic.name)))
                .collect(),
            page: page.of_form(&form),
            form,
        }
    }
}

/// One of those whom somebody supervises.
pub(crate) struct TeamRow {
    pub name: String,
    pub note: String,
    pub tag: String,
    pub tag_tone: &'static str,
    /// The next meeting, or where one is booked.
    pub href: String,
}

/// A supervisor's side.
#[derive(Template)]
#[template(path = "supervision/lead.html")]
pub(crate) struct LeadPage {
    pub page: Page,
    pub team: Vec<TeamRow>,
    pub booked: Vec<Row>,
    pub past: Vec<Row>,
}

/// How the supervision of one of a team stands.
pub(crate) fn team_row(page: &Page, line: &porchlight_app::supervision::TeamLine) -> TeamRow {
    let (tag, tag_tone) = match (line.word, line.changes) {
        (Some(Word::Yes), Some(day)) => {
            let by = day.yesterday().unwrap_or(day);
            (page.t1("supervision-due", "day", page.date(by)), "")
        }
        (Some(Word::Yes), None) | (None, _) => (String::new(), ""),
        (Some(_), _) if line.next.is_some() => (page.t("supervision-late-booked"), "sun"),
        (Some(_), _) => (page.t("supervision-late"), "sun"),
    };
    let next = match line.next {
        Some((_, day, time)) => page.t1("supervision-next-on", "when", words::moment(page, day, time)),
        None => page.t("supervision-none-booked"),
    };
    let note = match line.waiting {
        0 => next,
        count => format!("{next} · {}", page.t1("supervision-brings", "count", count as u32)),
    };
    TeamRow {
        name: line.name.clone(),
        note,
        tag,
        tag_tone,
        href: match line.next {
            Some((id, ..)) => format!("/supervision/{id}"),
            None => format!("/supervision/new?with={}", line.account),
        },
    }
}

impl LeadPage {
    pub(crate) fn of(page: Page, own: &Leading) -> LeadPage {
        let page = page.titled("nav-supervision");
        LeadPage {
            team: own.team.iter().map(|line| team_row(&page, line)).collect(),
            booked: own.booked.iter().map(|line| words::row(&page, line, own.today)).collect(),
            past: own.past.iter().map(|line| words::row(&page, line, own.today)).collect(),
            page,
        }
    }
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    match web.app.own_supervision(who.actor()).await? {
        OwnSupervision::Supervised(own) => {
            OwnPage::of(page, who.rules()?, &own, Form::new(), || web.app.command_id()).show()
        }
        OwnSupervision::Leading(own) => LeadPage::of(page, &own).show(),
    }
}
