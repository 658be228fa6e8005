//! The letter about when somebody was there. Only they ask for it, and it leaves only as they read it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use porchlight_app::group::{Letter, LetterAsked, Letters};
use porchlight_app::{Error, Fault};
use porchlight_practice::id::GroupLetterId;

use super::OWN;
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show, done};
use crate::site::{Web, Who, command};

/// The letter in words.
pub(crate) struct Said {
    pub programme: String,
    pub intro: String,
    pub days: Vec<String>,
    pub none: bool,
    pub made: String,
}

/// What a letter says.
pub(crate) fn said(page: &Page, letter: &Letter) -> Said {
    let days = letter.days.iter().map(|one| {
        let mut text = page.date(one.day);
        if let Some(minutes) = one.minutes {
            text = format!("{text}, {}", page.length(minutes));
        }
        match &one.group {
            Some(name) => format!("{text}, {name}"),
            None => text,
        }
    });
    Said {
        programme: letter.programme.clone(),
        intro: page.t3(
            "group-letter-intro",
            "name",
            &letter.name,
            "from",
            page.date(letter.asked.from),
            "until",
            page.date(letter.asked.until),
        ),
        days: days.collect(),
        none: letter.days.is_empty(),
        made: page.t1("group-letter-made", "day", page.date(letter.on)),
    }
}

/// Asking for one, and reading it before it is made.
#[derive(Template)]
#[template(path = "group/letter.html")]
pub(crate) struct AskPage {
    pub page: Page,
    pub form: Form,
    pub said: Option<Said>,
    /// What was read, so that what is made is that.
    pub read: String,
    pub command: String,
    /// Earlier ones: where each is, and what it is called.
    pub earlier: Vec<(String, String)>,
}

impl AskPage {
    pub(crate) fn of(
        page: Page,
        form: Form,
        letter: Option<&Letter>,
        earlier: &Letters,
        command: String,
    ) -> AskPage {
        let page = page.titled("group-letter-title").under(OWN).of_form(&form);
        AskPage {
            said: letter.map(|letter| said(&page, letter)),
            read: letter.and_then(|letter| serde_json::to_string(letter).ok()).unwrap_or_default(),
            command,
            earlier: earlier
                .iter()
                .map(|(id, letter)| {
                    let name = page.t2(
                        "group-letter-span",
                        "from",
                        page.date(letter.asked.from),
                        "until",
                        page.date(letter.asked.until),
                    );
                    (format!("/me/letters/{id}"), name)
                })
                .collect(),
            page,
            form,
        }
    }
}

/// What the form asks about; none when it was not filled in, or not rightly.
fn asked(form: &mut Form) -> Option<LetterAsked> {
    let from = form.date("from", "group-error-letter-day");
    let until = form.date("until", "group-error-letter-day");
    let asked = LetterAsked { from: from?, until: until?, named: form.has("named", "yes") };
    if asked.until < asked.from {
        form.wrong("until", "group-error-letter-order");
        return None;
    }
    Some(asked)
}

pub(super) async fn ask(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let earlier = web.app.letters(who.actor()).await?;
    let command = web.app.command_id().to_string();
    if form.values().next().is_none() {
        return AskPage::of(page, form, None, &earlier, command).show();
    }
    match asked(&mut form) {
        Some(asked) => {
            let letter = web.app.letter_to_read(who.actor(), asked).await?;
            AskPage::of(page, form, Some(&letter), &earlier, command).show()
        }
        None => AskPage::of(page, form, None, &earlier, command).show_as(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub(super) async fn make(
    page: Page,
    State(web): State<Web>,
    who: Who,
    mut form: Form,
) -> Result<Response, Trouble> {
    let read: Letter = serde_json::from_str(form.value("letter")).map_err(|_| Trouble::NotFound)?;
    let asked = read.asked;
    if form.has("read", "yes") {
        match web.app.make_letter(who.actor(), command(&web, &form), read).await {
            Ok(id) => return Ok(done(&web.shell, &format!("/me/letters/{id}"), "flash-group-letter")),
            Err(Error::Stale) => form.wrong("read", "group-error-letter-stale"),
            Err(Error::Fault(Fault::Unknown(_))) => form.wrong("read", "group-error-letter-order"),
            Err(error) => return Err(error.into()),
        }
    } else {
        form.wrong("read", "group-error-letter-read");
    }
    let letter = web.app.letter_to_read(who.actor(), asked).await?;
    let earlier = web.app.letters(who.actor()).await?;
    let form = form
        .replaced("from", &asked.from.to_string())
        .replaced("until", &asked.until.to_string())
        .replaced("named", if asked.named { "yes" } else { "" });
    let command = web.app.command_id().to_string();
    AskPage::of(page, form, Some(&letter), &earlier, command).show_as(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The letter on paper.
#[derive(Template)]
#[template(path = "group/letter_show.html")]
pub(crate) struct LetterPage {
    pub page: Page,
    pub said: Said,
}

impl LetterPage {
    pub(crate) fn of(page: Page, letter: &Letter) -> LetterPage {
        let page = page.titled("group-letter-about").under(OWN);
        LetterPage { said: said(&page, letter), page }
    }
}

pub(super) async fn show(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(id): Path<GroupLetterId>,
) -> Result<Response, Trouble> {
    let letters = web.app.letters(who.actor()).await?;
    let letter = letters.iter().find(|(known, _)| *known == id).ok_or(Trouble::NotFound)?;
    LetterPage::of(page, &letter.1).show()
}
