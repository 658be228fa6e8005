//! Cards: making one, switching it off, printing it to fold into a wallet.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::card::CardView;
use porchlight_app::document::DocumentView;
use porchlight_app::{Error, Fault};
use porchlight_practice::id::{CardId, DocumentId};
use qrcode::{Color, QrCode};

use crate::document::sheet::file;
use crate::document::shown::{ShownSection, sections};
use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, address, command};

/// A card in the list.
pub(crate) struct Line {
    pub id: CardId,
    pub code: String,
    pub what: String,
    pub when: String,
    pub command: String,
}

/// Every card of a paper, and a way to make one. Nothing is chosen beforehand.
#[derive(Template)]
#[template(path = "document/cards.html")]
pub(crate) struct Cards {
    pub page: Page,
    pub form: Form,
    pub id: DocumentId,
    pub tool: String,
    pub on: Vec<Line>,
    pub off: Vec<Line>,
    pub sections: Vec<Choice>,
}

impl Cards {
    pub(crate) fn of(
        page: Page,
        form: Form,
        view: &DocumentView,
        cards: &[CardView],
        command: impl Fn() -> String,
    ) -> Cards {
        let tool = page.text(&view.tool.name);
        let page = page
            .titled("document-cards-title")
            .focused(format!("/plans/{}", view.id))
            .under(if view.own { "/plans" } else { "/people" })
            .of_form(&form);
        let day = |at: jiff::Timestamp| page.date(at.to_zoned(page.zone()).date());
        let (mut on, mut off) = (Vec::new(), Vec::new());
        for card in cards {
            let named = view.tool.sections.iter().filter(|section| card.sections.contains(&section.id));
            let names: Vec<String> = named.map(|section| page.text(&section.name)).collect();
            let (list, when) = match card.off {
                None => (&mut on, page.t1("document-card-made", "day", day(card.made))),
                Some(at) => (&mut off, page.t1("document-card-off-since", "day", day(at))),
            };
            let (code, what) = (card.code.spaced(), page.list(&names));
            list.push(Line { id: card.id, code, what, when, command: command() });
        }
        let open = view.tool.sections.iter().filter(|section| section.card);
        let sections = open.map(|section| Choice::new(&section.id, page.text(&section.name))).collect();
        Cards { id: view.id, tool, on, off, sections, page, form: form.with("command", command()) }
    }
}

/// A card to print, cut out and fold.
#[derive(Template)]
#[template(path = "document/wallet.html")]
pub(crate) struct Wallet {
    pub page: Page,
    pub back: String,
    pub called: String,
    pub code: String,
    pub address: String,
    /// The dark squares of the code to scan, as the path of a drawing, and how many squares it is wide.
    pub squares: String,
    pub width: usize,
    pub sections: Vec<ShownSection>,
    pub printed: String,
    /// Where it can be had as a file; empty when it can't.
    pub file: String,
}

impl Wallet {
    pub(crate) fn of(
        page: Page,
        view: &mut DocumentView,
        card: &CardView,
        address: &str,
        site: &str,
        file: bool,
    ) -> Wallet {
        view.open.retain(|section| card.sections.contains(section));
        view.writes.clear();
        let page = page
            .titled("document-wallet-title")
            .focused(format!("/plans/{}/cards", view.id))
            .under(if view.own { "/plans" } else { "/people" });
        let (squares, width) = drawn(address);
        Wallet {
            back: format!("/plans/{}/cards", view.id),
            called: view.called.clone(),
            code: card.code.spaced(),
            address: site.to_owned(),
            squares,
            width,
            sections: sections(&page, view, &view.document.clone().on_card()),
            printed: page.t1("document-printed", "day", page.date(page.today())),
            file: if file { format!("/plans/{}/cards/{}/pdf", view.id, card.id) } else { String::new() },
            page,
        }
    }
}

/// A code to scan, as one path, and its width. An address too long to be drawn gives an empty one; the code can be typed.
pub(crate) fn drawn(text: &str) -> (String, usize) {
    let Ok(code) = QrCode::new(text) else { return (String::new(), 1) };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let squares = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    (squares, width)
}

pub(super) async fn list(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
) -> Result<Response, Trouble> {
    let view = web.app.document(who.actor(), id).await?;
    let cards = web.app.cards(who.actor(), id).await?;
    Cards::of(page, Form::new(), &view, &cards, || web.app.command_id().to_string()).show()
}

pub(super) async fn make(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<DocumentId>,
    mut form: Form,
) -> Result<Response, Trouble> {
    let sections: Vec<String> = form.all("sections").map(str::to_owned).collect();
    match web.app.make_card(who.actor(), command(&web, &form), id, sections).await {
        Ok(card) => Ok(done(&web.shell, &format!("/plans/{id}/cards/{card}"), "flash-card-made")),
        Err(Error::Fault(fault @ (Fault::Empty(_) | Fault::Unknown(_) | Fault::TooLong(_)))) => {
            let many = matches!(fault, Fault::TooLong(_));
            form.wrong("sections", if many { "document-error-cards" } else { "document-error-sections" });
            let view = web.app.document(who.actor(), id).await?;
            let cards = web.app.cards(who.actor(), id).await?;
            Cards::of(page, form, &view, &cards, || web.app.command_id().to_string())
                .show_as(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn wallet(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, card)): Path<(DocumentId, CardId)>,
) -> Result<Response, Trouble> {
    read(page, &who, &web, id, card).await?.show()
}

pub(super) async fn pdf(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path((id, card)): Path<(DocumentId, CardId)>,
) -> Result<Response, Trouble> {
    file(&web, read(page, &who, &web, id, card).await?.sheet()).await
}

async fn read(page: Page, who: &Who, web: &Web, id: DocumentId, card: CardId) -> Result<Wallet, Trouble> {
    let mut view = web.app.document(who.actor(), id).await?;
    let cards = web.app.cards(who.actor(), id).await?;
    let card = cards.iter().find(|known| known.id == card && known.off.is_none()).ok_or(Trouble::NotFound)?;
    let scanned = address(web, &format!("/card/{}", card.code.expose()));
    let site = address(web, "/card");
    Ok(Wallet::of(page, &mut view, card, &scanned, &site, web.press.is_some()))
}

pub(super) async fn switch_off(
    who: Who,
    State(web): State<Web>,
    Path((id, card)): Path<(DocumentId, CardId)>,
    form: Form,
) -> Result<Response, Trouble> {
    web.app.switch_off_card(who.actor(), command(&web, &form), id, card).await?;
    Ok(done(&web.shell, &format!("/plans/{id}/cards"), "flash-card-off"))
}
