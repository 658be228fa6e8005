//! Taking along what one has shown, as a file that opens anywhere.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use porchlight_app::credential::{Part, Taken};
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::words;
use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

/// What the file is.
#[derive(Template)]
#[template(path = "credential/take.html")]
pub(crate) struct TakePage {
    pub page: Page,
    pub lines: Vec<String>,
    pub parts: Vec<(String, String)>,
}

impl TakePage {
    pub(crate) fn of(page: Page, taken: &Taken) -> TakePage {
        let page = page.titled("credential-along");
        let papers: usize = taken.parts.iter().map(Vec::len).sum();
        let minutes: u32 = taken.months.values().sum();
        let lines = vec![
            page.t2("credential-along-shown", "count", taken.shown.len() as u32, "papers", papers as u32),
            page.t1("credential-along-supervision", "count", taken.supervision.len() as u32),
            page.t1("credential-along-hours", "hours", words::hours(minutes)),
        ];
        let all = taken.parts.len();
        let part = |number: usize| match all {
            1 => page.t("credential-along-file"),
            _ => page.t2("credential-along-part", "number", number as u32, "all", all as u32),
        };
        let parts = (1..=all).map(|number| (format!("/credentials/take/{number}"), part(number)));
        TakePage { parts: parts.collect(), lines, page }
    }
}

/// Everything in words, for whoever opens the file in ten years.
fn summary(page: &Page, taken: &Taken) -> String {
    let names = std::collections::BTreeMap::new();
    let mut text = format!("{}\n{}\n\n", taken.name, page.t("credential-along-about"));
    let _ = writeln!(text, "== {}", page.t("credential-sent"));
    for (at, one) in taken.shown.iter().enumerate() {
        let entry = &one.credential.entry;
        let kind = page.t(&format!("credential-kind-{}", entry.as_str()));
        let (state, why) = words::standing(page, &one.credential);
        let _ = writeln!(text, "\n{:03} {kind} ({})", at + 1, state.text);
        for (what, said) in words::lines(page, &names, entry) {
            let _ = writeln!(text, "    {what}: {said}");
        }
        let _ = writeln!(text, "    {why}");
    }
    let _ = writeln!(text, "\n== {}\n", page.t("nav-supervision"));
    for held in &taken.supervision {
        let kind = crate::supervision::words::kind(page, held.kind);
        let length = page.length(u32::try_from(held.minutes).unwrap_or_default());
        let _ = writeln!(
            text,
            "{}  {kind}, {length}, {} ({})",
            page.date(held.day),
            held.supervisor,
            held.programme
        );
    }
    let _ = writeln!(text, "\n== {}\n", page.t("credential-along-months"));
    for (month, minutes) in &taken.months {
        let _ = writeln!(text, "{month}  {}", words::hours(*minutes));
    }
    text.replace('\n', "\r\n")
}

/// The same for a program.
fn machine(taken: &Taken) -> String {
    let shown = taken.shown.iter().enumerate().map(|(at, one)| {
        json!({
            "number": at + 1,
            "entry": one.credential.entry,
            "sent": one.credential.sent,
            "standing": one.credential.standing(),
        })
    });
    let all = json!({
        "porchlight_worker": 1,
        "name": taken.name,
        "shown": shown.collect::<Vec<_>>(),
        "supervision": taken.supervision,
        "minutes_with_people": taken.months,
    });
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn packed(page: &Page, taken: &Taken, papers: Part) -> zip::result::ZipResult<Vec<u8>> {
    // Photos are packed already.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    file.start_file("read-me.txt", plain)?;
    file.write_all(summary(page, taken).as_bytes())?;
    file.start_file("worker.json", plain)?;
    file.write_all(machine(taken).as_bytes())?;
    for (at, kind, bytes) in papers {
        file.start_file(format!("papers/{:03}.{}", at + 1, kind.ending()), plain)?;
        file.write_all(&bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

pub(super) async fn show(page: Page, State(web): State<Web>, who: Who) -> Result<Response, Trouble> {
    TakePage::of(page, &web.app.to_take_along(who.actor()).await?).show()
}

pub(super) async fn file(
    page: Page,
    State(web): State<Web>,
    who: Who,
    Path(part): Path<usize>,
) -> Result<Response, Trouble> {
    let part = part.checked_sub(1).ok_or(Trouble::NotFound)?;
    let (taken, papers) = web.app.take_along(who.actor(), part).await?;
    let file = packed(&page, &taken, papers).map_err(|error| {
        tracing::error!(%error, "a file to take along could not be written");
        Trouble::Broken
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"my-work.zip\""),
    ];
    Ok((headers, file).into_response())
}
