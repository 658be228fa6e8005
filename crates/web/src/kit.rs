//! Every piece on one page: to look at, and to copy from. No route leads here in a running system.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::error::Trouble;
use crate::form::{Choice, Form};
use crate::page::{Page, Show};

/// The page of pieces.
#[derive(Template)]
#[template(path = "kit.html")]
pub struct Kit {
    page: Page,
    form: Form,
    ways: Vec<Choice>,
    places: Vec<Choice>,
    deeds: Vec<Choice>,
}

impl Kit {
    /// The pieces with invented content, and two things to put right.
    pub fn sample(page: Page) -> Kit {
        let mut form = Form::new()
            .with("way", "person")
            .with("deed", "goal")
            .with("deed", "story")
            .with("name", "Rosa")
            .with("said", "Three good nights this week.\nThe walk helps.");
        form.wrong("day", "kit-error-day");
        form.wrong("place", "kit-error-place");
        let choice =
            |value: &str, icon: &str| Choice::new(value, page.t(&format!("kit-choice-{value}"))).icon(icon);
        let ways = vec![choice("person", "walk"), choice("phone", "phone"), choice("video", "video")];
        let places = vec![
            choice("out", "tree"),
            choice("home", "home"),
            choice("office", "building"),
            choice("other", "pin"),
        ];
        let deeds = vec![
            choice("goal", "target"),
            choice("story", "heart").note(page.t("kit-note")),
            choice("skill", "leaf"),
        ];
        Kit { page: page.of_form(&form).focused("/"), form, ways, places, deeds }
    }

    /// The page as an answer.
    pub fn answer(page: Page) -> Result<Response, Trouble> {
        Kit::sample(page.titled("kit-title")).show_as(StatusCode::UNPROCESSABLE_ENTITY)
    }
}
