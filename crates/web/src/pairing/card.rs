//! What somebody shares so that others can be found, and what matters to them: a person's, and a worker's.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::{Error, Fault};
use porchlight_practice::pack::{CommonGround, Rules};
use porchlight_practice::pairing::{GroundKind, Near, Offer, OfferFault};

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// For how many others somebody can say they would like to be there.
const PLACES: [(u32, &str); 4] =
    [(0, "pairing-places-0"), (1, "pairing-places-1"), (2, "pairing-places-2"), (3, "pairing-places-3")];

/// One kind of thing to share.
pub(crate) struct Group {
    pub name: &'static str,
    pub legend: String,
    pub choices: Vec<Choice>,
}

/// What somebody shares.
#[derive(Template)]
#[template(path = "pairing/card.html")]
pub(crate) struct CardPage {
    pub page: Page,
    pub form: Form,
    pub address: &'static str,
    pub back: &'static str,
    /// Whether it is a worker's.
    pub works: bool,
    pub first: Vec<Group>,
    pub more: Vec<Group>,
    pub needed: Vec<Group>,
    pub near: Vec<Choice>,
    pub places: Vec<Choice>,
}

/// As it stands alone on a tile; in packs it stands inside a sentence.
fn alone(page: &Page, ground: &CommonGround) -> Choice {
    let name = page.text(&ground.name);
    let mut letters = name.chars();
    let name = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Choice::new(&ground.id, name)
}

fn group(page: &Page, rules: &Rules, kind: GroundKind) -> Option<Group> {
    let choices: Vec<Choice> = rules
        .common_grounds
        .iter()
        .filter(|ground| ground.kind == kind)
        .map(|ground| alone(page, ground))
        .collect();
    let legend = page.t(&format!("pairing-kind-{}", kind.as_str().replace('_', "-")));
    (!choices.is_empty()).then(|| Group { name: kind.as_str(), legend, choices })
}

impl CardPage {
    pub(crate) fn of(page: Page, rules: &Rules, form: Form, works: bool) -> CardPage {
        let groups = |kinds: &[GroundKind]| -> Vec<Group> {
            kinds.iter().filter_map(|kind| group(&page, rules, *kind)).collect()
        };
        let near =
            |near: Near| Choice::new(near.as_str(), page.t(&format!("pairing-near-{}", near.as_str())));
        let (address, back, title) = match works {
            true => ("/my-card", "/day", "pairing-worker-card"),
            false => ("/meet/card", "/meet", "pairing-card"),
        };
        CardPage {
            address,
            back,
            works,
            first: groups(&[GroundKind::ChildAge, GroundKind::System]),
            more: groups(&[GroundKind::Experience, GroundKind::Faith, GroundKind::Military]),
            needed: groups(&[GroundKind::Language, GroundKind::Way, GroundKind::Hour]),
            near: Near::ALL.map(near).into(),
            places: PLACES.iter().map(|(count, key)| Choice::new(count.to_string(), page.t(key))).collect(),
            page: page.titled(title).focused(back).of_form(&form),
            form,
        }
    }
}

/// A form that begins from what was kept.
pub(crate) fn form_of(rules: &Rules, offer: Option<&Offer>, version: i64, command: String) -> Form {
    let mut form = Form::new().with("command", command).with("version", version.to_string());
    let Some(offer) = offer else { return form.with("near", "anywhere").with("places", "0") };
    for ground in rules.common_grounds.iter().filter(|ground| offer.shares.contains(&ground.id)) {
        form = form.with(ground.kind.as_str(), &ground.id);
    }
    form.with("area", &offer.area)
        .with("near", offer.near.as_str())
        .with("workplace", &offer.workplace)
        .with("avoid", offer.avoid.join("\n"))
        .with("places", offer.places.to_string())
}

/// What was sent, over what was kept.
fn read(form: &mut Form, was: Option<Offer>) -> Option<(Offer, i64)> {
    let version = form.value("version").parse().ok()?;
    let shares = GroundKind::ALL
        .iter()
        .flat_map(|kind| form.all(kind.as_str()).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let offer = Offer {
        shares,
        area: form.value("area").to_owned(),
        near: Near::parse(form.value("near")).unwrap_or_default(),
        workplace: form.value("workplace").to_owned(),
        avoid: form.value("avoid").lines().map(str::to_owned).collect(),
        places: form.value("places").parse().unwrap_or_default(),
        ..was.unwrap_or_default()
    };
    Some((offer, version))
}

/// Says beside its field what is wrong.
fn put_right(form: &mut Form, fault: OfferFault) {
    match fault {
        OfferFault::Needs(GroundKind::Way) => form.wrong("way", "pairing-error-way"),
        OfferFault::Needs(GroundKind::Hour) => form.wrong("hour", "pairing-error-hour"),
        OfferFault::Needs(_) => form.wrong("language", "pairing-error-language"),
        OfferFault::Unknown => form.wrong("language", "pairing-error-list"),
        OfferFault::TooLong => form.wrong("avoid", "pairing-error-long"),
        OfferFault::TooMany => form.wrong("places", "pairing-error-places"),
    }
}

/// Keeps what was sent, or shows the form again with what is wrong.
async fn keep_and_show(
    page: Page,
    web: &Web,
    who: &Who,
    mut form: Form,
    was: Option<Offer>,
    next: &str,
) -> Result<Response, Trouble> {
    let works = was_worker(who);
    let (offer, version) = read(&mut form, was).ok_or(Trouble::NotFound)?;
    if form.is_right() {
        match web.app.write_offer(who.actor(), command(web, &form), offer, version).await {
            Ok(()) => return Ok(done(&web.shell, next, "flash-pairing-kept")),
            Err(Error::Fault(Fault::Offer(fault))) => put_right(&mut form, fault),
            Err(Error::Fault(Fault::GuardianSays)) => {
                return Ok(done(&web.shell, "/meet", "flash-pairing-guarded"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    CardPage::of(page, who.rules()?, form, works).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

fn was_worker(who: &Who) -> bool {
    who.actor().person().is_none()
}

pub(super) async fn own(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let meeting = web.app.my_meeting(who.actor()).await?;
    let command = web.app.command_id().to_string();
    let form = form_of(who.rules()?, meeting.offer.as_ref(), meeting.version, command);
    CardPage::of(page, who.rules()?, form, false).show()
}

pub(super) async fn keep(
    page: Page,
    who: Who,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let was = web.app.my_meeting(who.actor()).await?.offer;
    keep_and_show(page, &web, &who, form, was, "/meet/matters").await
}

pub(super) async fn of_worker(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    let (offer, version) = web.app.my_worker_offer(who.actor()).await?;
    let form = form_of(who.rules()?, offer.as_ref(), version, web.app.command_id().to_string());
    CardPage::of(page, who.rules()?, form, true).show()
}

pub(super) async fn keep_of_worker(
    page: Page,
    who: Who,
    State(web): State<Web>,
    form: Form,
) -> Result<Response, Trouble> {
    let (was, _) = web.app.my_worker_offer(who.actor()).await?;
    keep_and_show(page, &web, &who, form, was, "/my-card").await
}

/// What matters to somebody in whom they meet.
#[derive(Template)]
#[template(path = "pairing/matters.html")]
pub(crate) struct MattersPage {
    pub page: Page,
    pub form: Form,
    /// What they share themself.
    pub own: Vec<Choice>,
    /// Everything else, kind by kind.
    pub others: Vec<Group>,
}

impl MattersPage {
    pub(crate) fn of(page: Page, rules: &Rules, offer: &Offer, form: Form) -> MattersPage {
        let own = rules
            .common_grounds
            .iter()
            .filter(|ground| ground.kind.can_matter() && offer.shares.contains(&ground.id))
            .map(|ground| alone(&page, ground))
            .collect();
        let others = GroundKind::ALL.iter().filter(|kind| kind.can_matter()).filter_map(|kind| {
            let mut group = group(&page, rules, *kind)?;
            group.choices.retain(|choice| !offer.shares.contains(&choice.value));
            (!group.choices.is_empty()).then_some(group)
        });
        MattersPage {
            own,
            others: others.collect(),
            page: page.titled("pairing-matters").focused("/meet").of_form(&form),
            form,
        }
    }
}

pub(super) async fn own_matters(page: Page, who: Who, State(web): State<Web>) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let meeting = web.app.my_meeting(who.actor()).await?;
    let Some(offer) = meeting.offer else { return Err(Trouble::NotFound) };
    let rules = who.rules()?;
    let mut form = Form::new()
        .with("command", web.app.command_id().to_string())
        .with("version", meeting.version.to_string());
    for ground in rules.common_grounds.iter().filter(|ground| offer.matters.contains(&ground.id)) {
        let own = offer.shares.contains(&ground.id);
        form = form.with(if own { "own" } else { ground.kind.as_str() }, &ground.id);
    }
    MattersPage::of(page, rules, &offer, form).show()
}

pub(super) async fn keep_matters(who: Who, State(web): State<Web>, form: Form) -> Result<Response, Trouble> {
    crate::me::own(&who)?;
    let meeting = web.app.my_meeting(who.actor()).await?;
    let offer = meeting.offer.ok_or(Trouble::NotFound)?;
    let names = GroundKind::ALL.iter().map(|kind| kind.as_str()).chain(["own"]);
    let matters: BTreeSet<String> =
        names.flat_map(|name| form.all(name).map(str::to_owned).collect::<Vec<_>>()).collect();
    let version = form.value("version").parse().map_err(|_| Trouble::NotFound)?;
    web.app.write_offer(who.actor(), command(&web, &form), Offer { matters, ..offer }, version).await?;
    Ok(done(&web.shell, "/meet", "flash-pairing-kept"))
}
