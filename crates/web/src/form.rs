//! What somebody typed, what is wrong with it, and how both come back to them.
//!
//! A [`Form`] is read from a request and keeps every value exactly as typed. The handler asks it for values, which
//! notes what is missing or unreadable, each by the key of a sentence; then it either carries on or shows the same
//! page again with status 422, the values still in place:
//!
//! ```ignore
//! pub async fn save(page: Page, State(web): State<Web>, mut form: Form) -> Result<Response, Trouble> {
//!     let name = form.need("name", "person-error-name");
//!     let day = form.date("day", "contact-error-day");
//!     let (Some(name), Some(day), true) = (name, day, form.is_right()) else {
//!         return NewPerson { page: page.titled("person-new").of_form(&form), form }.show_as(StatusCode::UNPROCESSABLE_ENTITY);
//!     };
//!     …
//! }
//! ```
//!
//! Values that come from a record and not from a request are put in by [`Form::with`].

use std::str::FromStr;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, header};
use fluent_templates::fluent_bundle::FluentValue;
use jiff::civil::{Date, Time};
use percent_encoding::percent_decode;
use tokio_stream::StreamExt;

use crate::error::{Kept, Trouble};
use crate::i18n::{self, Argument};
use crate::page::Page;

/// The longest a field may be, in characters.
pub const FIELD_LIMIT: usize = 20_000;
/// The largest a body may be, in bytes.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// A body above the limit is read and thrown away up to here, so that the browser gets to see the answer.
const DRAIN_LIMIT: usize = 64 * 1024 * 1024;

/// Something to put right: the field, and the sentence that says how.
#[derive(Debug, Clone, PartialEq)]
struct Wrong {
    field: String,
    key: &'static str,
    arguments: Vec<(&'static str, FluentValue<'static>)>,
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    values: Vec<(String, String)>,
    wrong: Vec<Wrong>,
}

impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(values: I) -> Form {
        Form { values: values.into_iter().collect(), wrong: Vec::new() }
    }
}

/// One of several to choose from, as a tile or a line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// The icon beside it; empty for none.
    pub icon: String,
    /// A second line under the name; empty for none.
    pub note: String,
}

impl Choice {
    /// A choice of a word.
    pub fn new(value: impl Into<String>, name: impl Into<String>) -> Choice {
        Choice { value: value.into(), name: name.into(), ..Choice::default() }
    }

    /// With an icon beside it.
    pub fn icon(mut self, icon: impl Into<String>) -> Choice {
        self.icon = icon.into();
        self
    }

    /// With a second line under the name.
    pub fn note(mut self, note: impl Into<String>) -> Choice {
        self.note = note.into();
        self
    }
}

/// One line of the summary at the top of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The field it leads to.
    pub field: String,
    /// What it says.
    pub text: String,
}

impl Form {
    /// An empty form.
    pub fn new() -> Form {
        Form::default()
    }

    /// With one more value, for a form that starts from a record.
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Form {
        self.values.push((field.to_owned(), value.into()));
        self
    }

    /// With this value in place of whatever the field held.
    pub fn replaced(mut self, field: &str, value: &str) -> Form {
        self.values.retain(|(name, _)| name != field);
        self.with(field, value)
    }

    /// Reads `a=1&b=2`. Line ends become `\n`, whatever the browser sends.
    pub fn parse(text: &[u8]) -> Result<Form, Trouble> {
        let mut form = Form::new();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let split = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = match split {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &b""[..]),
            };
            let (name, value) = (decode(name)?, decode(value)?);
            let length = value.chars().count();
            if length > FIELD_LIMIT {
                let arguments = [("limit", FIELD_LIMIT.value()), ("over", (length - FIELD_LIMIT).value())];
                form.wrong_with(&name, "form-error-long", &arguments);
            }
            form.values.push((name, value));
        }
        Ok(form)
    }

    // ---- what was typed ----

    /// The value exactly as typed; empty when there is none.
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    /// The value without the blanks around it; `None` when nothing is left.
    pub fn text(&self, field: &str) -> Option<String> {
        let value = self.value(field).trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Every value of a field that can be ticked more than once.
    pub fn all<'f>(&'f self, field: &str) -> impl Iterator<Item = &'f str> {
        let field = field.to_owned();
        self.values.iter().filter(move |(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    /// Whether a field has this value among its values.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(name, known)| name == field && known == value)
    }

    /// Every field and value, in the order sent.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    // ---- asking for values, and noting what is wrong ----

    /// A text that must be there.
    pub fn need(&mut self, field: &str, key: &'static str) -> Option<String> {
        let text = self.text(field);
        if text.is_none() {
            self.wrong(field, key);
        }
        text
    }

    /// A value that must be there and be readable: an id, a number, a choice.
    pub fn read<T: FromStr>(&mut self, field: &str, key: &'static str) -> Option<T> {
        let read = self.text(field).and_then(|text| text.parse().ok());
        if read.is_none() {
            self.wrong(field, key);
        }
        read
    }

    /// A value that may be missing, but must be readable when it is there.
    pub fn read_if_there<T: FromStr>(&mut self, field: &str, key: &'static str) -> Option<T> {
        self.text(field).and_then(|_| self.read(field, key))
    }

    /// A value that must be one of those that `choose` knows.
    pub fn choose<T>(
        &mut self,
        field: &str,
        key: &'static str,
        choose: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let chosen = self.text(field).and_then(|text| choose(&text));
        if chosen.is_none() {
            self.wrong(field, key);
        }
        chosen
    }

    /// A day (`type="date"`).
    pub fn date(&mut self, field: &str, key: &'static str) -> Option<Date> {
        self.read(field, key)
    }

    /// A time of day (`type="time"`).
    pub fn time(&mut self, field: &str, key: &'static str) -> Option<Time> {
        self.read(field, key)
    }

    /// Notes that a field is wrong. The first thing said about a field is the one that counts.
    pub fn wrong(&mut self, field: &str, key: &'static str) {
        self.wrong_with(field, key, &[]);
    }

    /// The same with arguments for the sentence.
    pub fn wrong_with(
        &mut self,
        field: &str,
        key: &'static str,
        arguments: &[(&'static str, FluentValue<'static>)],
    ) {
        if !self.wrong.iter().any(|wrong| wrong.field == field) {
            self.wrong.push(Wrong { field: field.to_owned(), key, arguments: arguments.to_vec() });
        }
    }

    /// Whether nothing is wrong so far.
    pub fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// Whether something is wrong with this field.
    pub fn is_wrong(&self, field: &str) -> bool {
        self.wrong.iter().any(|wrong| wrong.field == field)
    }

    /// What is wrong with this field, for the line above it; empty when nothing is.
    pub fn why(&self, page: &Page, field: &str) -> String {
        let wrong = self.wrong.iter().find(|wrong| wrong.field == field);
        wrong.map_or_else(String::new, |wrong| i18n::with(page.lang, wrong.key, &wrong.arguments))
    }

    /// Everything that is wrong, for the summary at the top.
    pub fn lines(&self, page: &Page) -> Vec<Line> {
        let line = |wrong: &Wrong| Line {
            field: wrong.field.clone(),
            text: i18n::with(page.lang, wrong.key, &wrong.arguments),
        };
        self.wrong.iter().map(line).collect()
    }

    /// The ids that describe a field, for `aria-describedby`: its hint and what is wrong with it.
    pub fn described(&self, field: &str, has_hint: bool) -> String {
        let hint = has_hint.then(|| format!("{field}-hint"));
        let wrong = self.is_wrong(field).then(|| format!("{field}-wrong"));
        hint.into_iter().chain(wrong).collect::<Vec<_>>().join(" ")
    }
}

fn decode(text: &[u8]) -> Result<String, Trouble> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Vec<u8> = percent_decode(&spaced).collect();
    // No database keeps a NUL inside text, and nobody types one.
    if bytes.contains(&0) {
        return Err(Trouble::NotText);
    }
    let text = String::from_utf8(bytes).map_err(|_| Trouble::NotText)?;
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

async fn body_of(body: Body) -> Result<Vec<u8>, Trouble> {
    let mut parts = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Trouble::CutOff)?;
        length += part.len();
        if length <= BODY_LIMIT {
            bytes.extend_from_slice(&part);
        } else if length > DRAIN_LIMIT {
            break;
        }
    }
    if length > BODY_LIMIT { Err(Trouble::TooLarge) } else { Ok(bytes) }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Trouble;

    /// From the body of a POST, or from the query of a GET.
    async fn from_request(request: Request, _state: &S) -> Result<Form, Trouble> {
        let (parts, body) = request.into_parts();
        // One that brings a file and came too late: its words are kept.
        if let Some(boundary) = crate::upload::boundary(&parts.headers) {
            let form = crate::upload::Upload::read(body, boundary).await?.form;
            if let Some(kept) = parts.extensions.get::<Kept>() {
                kept.keep(&form);
            }
            return Ok(form);
        }
        if parts.method == Method::GET || parts.method == Method::HEAD {
            return Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        }
        let bytes = body_of(body).await?;
        if !is_form(&parts.headers) && !bytes.is_empty() {
            return Err(Trouble::NotText);
        }
        let form = Form::parse(&bytes)?;
        if let Some(kept) = parts.extensions.get::<Kept>() {
            kept.keep(&form);
        }
        Ok(form)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_stay_as_typed() {
        let form = Form::parse(b"name=%C3%81ngel+de&did=goal&did=story&note=a%0D%0Ab&empty=&flag").unwrap();
        assert_eq!(form.value("name"), "Ángel de");
        assert_eq!(form.all("did").collect::<Vec<_>>(), ["goal", "story"]);
        assert_eq!(form.value("note"), "a\nb");
        assert!(form.has("did", "story") && !form.has("did", "cope"));
        assert_eq!(form.text("empty"), None);
        assert!(form.has("flag", ""));
        assert!(form.is_right());
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(matches!(Form::parse(b"note=%FF%FE"), Err(Trouble::NotText)));
        assert!(matches!(Form::parse(b"note=\xff"), Err(Trouble::NotText)));
        assert!(matches!(Form::parse(b"note=a%00b"), Err(Trouble::NotText)));
    }

    #[test]
    fn a_field_too_long_keeps_its_words_and_says_so() {
        let long = "ñ".repeat(FIELD_LIMIT + 5);
        let encoded = percent_encoding::utf8_percent_encode(&long, percent_encoding::NON_ALPHANUMERIC);
        let form = Form::parse(format!("note={encoded}").as_bytes()).unwrap();
        assert!(form.is_wrong("note"));
        assert_eq!(form.value("note"), long);
        let page = crate::samples::page(porchlight_practice::Lang::En, None);
        assert!(form.why(&page, "note").contains("5"));
    }

    #[test]
    fn the_first_thing_wrong_with_a_field_is_said() {
        let mut form = Form::new();
        assert_eq!(form.need("name", "form-error-long"), None);
        form.wrong("name", "help-now-title");
        let page = crate::samples::page(porchlight_practice::Lang::En, None);
        assert_eq!(form.lines(&page).len(), 1);
        assert_eq!(form.described("name", true), "name-hint name-wrong");
    }

    #[test]
    fn dates_and_times_are_read_as_browsers_send_them() {
        let mut form = Form::new().with("day", "2026-11-19").with("from", "16:30").with("to", "soon");
        assert_eq!(form.date("day", "form-error-long"), Some(jiff::civil::date(2026, 11, 19)));
        assert_eq!(form.time("from", "form-error-long"), Some(jiff::civil::time(16, 30, 0, 0)));
        assert_eq!(form.time("to", "form-error-long"), None);
        assert!(form.is_wrong("to") && !form.is_wrong("from"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_but_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&bytes);
        }

        #[test]
        fn any_text_comes_back_as_typed(text in "[^\0\r]{0,60}") {
            let encoded = percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC);
            let form = Form::parse(format!("field={encoded}").as_bytes()).unwrap();
            prop_assert_eq!(form.value("field"), text);
        }
    }
}
