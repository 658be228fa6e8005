//! Opening a programme: which pack, then its name, zone and choices.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::Error;
use porchlight_app::programme::NewProgramme;
use porchlight_practice::id::CommandId;
use porchlight_practice::pack::{COMMON, Orientation, Pack, PackId, Rules, Settings};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::programme::setting::{AskedGroup, asked, chosen, holding, tell_fault, to_check};
use crate::programme::{home, manages};
use crate::site::{Web, Who, command};

/// The zones one can choose when a programme is opened: its IANA name and the key of what people call it.
const ZONES: [(&str, &str); 9] = [
    ("America/New_York", "programme-zone-eastern"),
    ("America/Chicago", "programme-zone-central"),
    ("America/Denver", "programme-zone-mountain"),
    ("America/Phoenix", "programme-zone-arizona"),
    ("America/Los_Angeles", "programme-zone-pacific"),
    ("America/Anchorage", "programme-zone-alaska"),
    ("Pacific/Honolulu", "programme-zone-hawaii"),
    ("America/Puerto_Rico", "programme-zone-atlantic"),
    ("Pacific/Guam", "programme-zone-guam"),
];

/// A pack one can open a programme from.
#[derive(Debug, Clone)]
pub(crate) struct PackCard {
    pub id: String,
    pub name: String,
    pub version: String,
    /// For whom it is, in one sentence.
    pub about: String,
    pub icon: &'static str,
    /// The documents it stems from, with an address where there is one.
    pub documents: Vec<(String, String)>,
    /// How many of its values nobody has confirmed.
    pub to_check: usize,
}

impl PackCard {
    fn of(page: &Page, pack: &Pack) -> PackCard {
        let rules = pack.rules(page.today(), &Settings::new());
        let about = match (pack.family, pack.orientation) {
            (true, _) => "programme-about-family",
            (false, Orientation::Recovery) => "programme-about-recovery",
            (false, Orientation::Resilience) => "programme-about-resilience",
        };
        PackCard {
            id: pack.id.to_string(),
            name: page.text(&pack.name),
            version: pack.version.clone(),
            about: page.t(about),
            icon: if pack.family { "home" } else { "leaf" },
            documents: documents(page, &rules),
            to_check: to_check(&rules),
        }
    }
}

/// Every document that these rules name, but for what is our own advice.
fn documents(page: &Page, rules: &Rules) -> Vec<(String, String)> {
    let sources = (rules.note.elements.iter().map(|element| &element.source))
        .chain(rules.titles.iter().map(|title| &title.source))
        .chain(rules.first_meeting.iter().map(|item| &item.source))
        .chain(rules.rights.iter().map(|right| &right.source))
        .chain(rules.help_lines.iter().map(|line| &line.source))
        .chain(rules.open_settings.iter().map(|setting| &setting.source));
    let found: BTreeMap<&str, (String, String)> = sources
        .filter(|source| source.document.id != "porchlight")
        .map(|source| {
            let document = &source.document;
            let address = document.address.clone().unwrap_or_default();
            (document.id.as_str(), (page.text(&document.title), address))
        })
        .collect();
    found.into_values().collect()
}

/// Which pack?
#[derive(Template)]
#[template(path = "programme/pick.html")]
pub(crate) struct PickPage {
    pub page: Page,
    pub packs: Vec<PackCard>,
}

/// A new programme's name, zone and choices.
#[derive(Template)]
#[template(path = "programme/new.html")]
pub(crate) struct NewPage {
    pub page: Page,
    pub form: Form,
    pub pack: PackCard,
    pub zones: Vec<Choice>,
    pub groups: Vec<AskedGroup>,
    pub command: String,
}

impl NewPage {
    pub(crate) fn of(page: Page, form: Form, pack: &Pack, command: CommandId) -> NewPage {
        let page =
            page.titled("programme-new").focused("/programmes/new").under("/programmes").of_form(&form);
        let rules = pack.rules(page.today(), &Settings::new());
        NewPage {
            pack: PackCard::of(&page, pack),
            zones: ZONES.iter().map(|(zone, key)| Choice::new(*zone, page.t(key))).collect(),
            groups: asked(&page, &rules),
            command: command.to_string(),
            page,
            form,
        }
    }
}

impl PickPage {
    pub(crate) fn of<'p>(page: Page, packs: impl Iterator<Item = &'p Arc<Pack>>) -> PickPage {
        let page = page.titled("programme-pick").under("/programmes");
        let packs =
            packs.filter(|pack| pack.id.as_str() != COMMON).map(|pack| PackCard::of(&page, pack)).collect();
        PickPage { page, packs }
    }
}

/// Only somebody who runs the whole agency opens programmes.
fn opens(who: &Who) -> Result<(), Trouble> {
    if manages(who) && who.actor().programme().is_none() { Ok(()) } else { Err(Trouble::NotFound) }
}

fn pack_of(web: &Web, form: &Form) -> Option<Arc<Pack>> {
    let id = PackId(form.text("pack")?);
    if id.as_str() == COMMON { None } else { web.app.library().get(&id) }
}

pub(super) async fn new(
    page: Page,
    State(web): State<Web>,
    who: Who,
    form: Form,
) -> Result<Response, Trouble> {
    opens(&who)?;
    let Some(pack) = pack_of(&web, &form) else {
        return PickPage::of(page, web.app.library().iter()).show();
    };
    let rules = pack.rules(page.today(), &Settings::new());
    NewPage::of(page, holding(Form::new(), &rules), &pack, web.app.command_id()).show()
}

pub(super) async fn open_it(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    opens(&who)?;
    let Some(pack) = pack_of(&web, &form) else {
        return PickPage::of(page, web.app.library().iter()).show_as(StatusCode::UNPROCESSABLE_ENTITY);
    };
    let rules = pack.rules(page.today(), &Settings::new());
    let command = command(&web, &form);
    let name = form.need("name", "programme-error-name");
    let zone = form.choose("zone", "programme-error-zone", |zone| {
        ZONES.iter().find(|(known, _)| *known == zone).map(|(known, _)| (*known).to_owned())
    });
    let settings = chosen(&page, &mut form, &rules);
    if let (Some(name), Some(zone), true) = (name, zone, form.is_right()) {
        let new = NewProgramme { name, pack: pack.id.to_string(), zone, settings };
        match web.app.open_programme(who.actor(), command, new).await {
            Ok(id) => return Ok(done(&web.shell, &home(id), "flash-programme-opened")),
            Err(Error::Fault(fault)) => tell_fault(&page, &mut form, &rules, fault)?,
            Err(error) => return Err(error.into()),
        }
    }
    NewPage::of(page, form, &pack, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}
