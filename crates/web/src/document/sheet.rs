//! The same papers as files: a page for paper becomes a sheet, and the press of the site prints it.

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use porchlight_practice::sheet::{Part, PartAnswer, PartLine, Press, Sheet, SheetForm};

use crate::document::card::Wallet;
use crate::document::paper::Paper;
use crate::document::shown::{ShownAnswer, ShownItem, ShownSection};
use crate::error::Trouble;
use crate::page::Page;
use crate::site::Web;

/// How wide the quiet border around a code to scan is, in its squares.
const QUIET: usize = 2;

impl Paper {
    /// The same words as a sheet.
    pub(crate) fn sheet(&self) -> Sheet {
        let page = &self.page;
        let form = SheetForm::Letter {
            under: format!("{} · {}", self.called, self.lead),
            parts: parts(page, &self.sections),
            notice: self.notice.clone(),
            large: self.large,
        };
        sheet(page, &self.printed, form)
    }
}

impl Wallet {
    /// The same words as a sheet.
    pub(crate) fn sheet(&self) -> Sheet {
        let page = &self.page;
        let written: Vec<_> = self.sections.iter().filter(|section| !section.answers.is_empty()).collect();
        let form = SheetForm::Card {
            lead: page.t("document-wallet-lead"),
            whose: page.t1("document-wallet-name", "name", &self.called),
            open: page.t("document-wallet-open"),
            drawing: self.drawing(),
            drawn: page.t("document-wallet-scan"),
            address: page.t1("document-wallet-or", "address", &self.address),
            code: self.code.clone(),
            parts: parts(page, written),
        };
        sheet(page, &self.printed, form)
    }

    fn drawing(&self) -> String {
        if self.squares.is_empty() {
            return String::new();
        }
        let whole = self.width + 2 * QUIET;
        let squares = &self.squares;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{QUIET} -{QUIET} {whole} {whole}\" \
             width=\"{whole}\" height=\"{whole}\"><path d=\"{squares}\"/></svg>"
        )
    }
}

/// A sheet in the language of its page.
pub(crate) fn sheet(page: &Page, printed: &str, form: SheetForm) -> Sheet {
    Sheet {
        lang: page.lang,
        title: page.title.clone(),
        printed: printed.to_owned(),
        boxes: page.t("document-pdf-boxes"),
        form,
    }
}

fn parts<'s>(page: &Page, sections: impl IntoIterator<Item = &'s ShownSection>) -> Vec<Part> {
    let part = |section: &ShownSection| Part {
        name: section.name.clone(),
        answers: section.answers.iter().map(|answer| part_answer(page, answer)).collect(),
    };
    sections.into_iter().map(part).collect()
}

fn part_answer(page: &Page, answer: &ShownAnswer) -> PartAnswer {
    if answer.shape == "path" {
        return path(page, answer);
    }
    let pairs = answer.shape == "pairs";
    let line = |item: &ShownItem| {
        let mut more = Vec::new();
        if !item.second.is_empty() {
            more.push((if pairs { page.t("document-then") } else { String::new() }, item.second.clone()));
        }
        if !item.third.is_empty() {
            more.push((String::new(), item.third.clone()));
        }
        for (text, by) in &item.others {
            let also = page.t1("document-also", "name", by);
            more.push((also.trim_end_matches(':').to_owned(), text.clone()));
        }
        PartLine {
            before: if pairs { page.t("document-when") } else { String::new() },
            text: item.text.clone(),
            more,
        }
    };
    PartAnswer {
        ask: answer.ask.clone(),
        list: !matches!(answer.shape, "words" | "one"),
        lines: answer.items.iter().map(line).collect(),
    }
}

/// A path on paper: every place of it, and a word at the one that was picked.
fn path(page: &Page, answer: &ShownAnswer) -> PartAnswer {
    let line = |(name, here): &(String, bool)| {
        let text = if *here { page.t1("document-here", "place", name) } else { name.clone() };
        let more = answer.items.iter().filter(|_| *here).map(|item| (String::new(), item.second.clone()));
        PartLine { before: String::new(), text, more: more.filter(|(_, more)| !more.is_empty()).collect() }
    };
    PartAnswer { ask: answer.ask.clone(), list: true, lines: answer.stones.iter().map(line).collect() }
}

/// The file of a sheet. Its name tells whoever looks over a phone nothing.
///
/// # Errors
/// [`Trouble::NotFound`] where the program was built without a press; nothing leads here then.
pub(crate) async fn file(web: &Web, sheet: Sheet) -> Result<Response, Trouble> {
    let press: Arc<dyn Press> = web.press.clone().ok_or(Trouble::NotFound)?;
    let printed = tokio::task::spawn_blocking(move || press.print(&sheet)).await;
    match printed {
        Ok(Ok(bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"paper.pdf\""),
            ];
            Ok((headers, bytes).into_response())
        }
        Ok(Err(jam)) => {
            tracing::error!(%jam, "a sheet");
            Err(Trouble::Broken)
        }
        Err(_) => Err(Trouble::Broken),
    }
}
