//! How a page is written.
//!
//! 1. **Handler** in `src/<noun>.rs`. It takes a [`Page`] (who is looking, in which language) and returns
//!    `Result<Response, Trouble>`:
//!
//!    ```ignore
//!    pub async fn show(page: Page, State(web): State<Web>, Path(id): Path<PersonId>) -> Result<Response, Trouble> {
//!        let person = web.app.person(&actor, id).await?;      // the door to look; `Trouble` says what may go wrong
//!        PersonPage { page: page.titled_with("person-title", "name", &person.name), person }.show()
//!    }
//!    ```
//!
//! 2. **Struct** with `page: Page` and what the page shows, already decided: a template has no logic.
//!
//!    ```ignore
//!    #[derive(Template)]
//!    #[template(path = "person/show.html")]
//!    struct PersonPage { page: Page, person: PersonView }
//!    ```
//!
//! 3. **Template** `templates/<noun>/<what>.html`, which extends the layout and fills `main`. Everything said is a key;
//!    everything that looks like something is a macro from `parts/` or a class of `app.css`. No `style=`, no script.
//!
//!    ```html
//!    {% extends "layout.html" %}
//!    {% import "parts/pieces.html" as pieces %}
//!    {% block main %}
//!    <h1>{{ page.title }}</h1>
//!    <p>{{ page.t1("person-since", "day", page.day(person.since)) }}</p>
//!    {% endblock %}
//!    ```
//!
//! 4. **Sentences** in `locales/en/<noun>.ftl` and `locales/es/<noun>.ftl`, each key beginning with the noun.
//!
//! 5. **Route** in the noun's `routes()`, which names the action: see [`crate::routes`].
//!
//! 6. **Sample** in [`crate::samples`], so that a test renders the page in every language.
//!
//! A page with a form adds `form: Form`; see [`crate::form`]. `help_now.rs` is a whole page to copy from, and
//! `kit.rs` shows every piece on one page.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRef, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use porchlight_practice::pack::{Rules, WordKey};
use porchlight_practice::{Lang, Role, Text};

use crate::error::{Kept, Trouble};
use crate::i18n::{self, Argument};
use crate::icon::{Icon, icon};
use crate::nav::{self, Place};
use crate::shell::{Shell, cookie_of};
use crate::{assets, when};

/// Light or dark, as somebody chose on this device; without a choice the device decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// What the device says.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order shown.
    pub const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    /// Every theme by its name in the form, with the key of what the switch says.
    pub const NAMES: [(&str, &str); 3] =
        [("device", "layout-theme-device"), ("light", "layout-theme-light"), ("dark", "layout-theme-dark")];

    /// The name in the cookie and in `data-theme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads that name; anything else is the device's choice.
    pub fn parse(text: &str) -> Theme {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or_default()
    }
}

/// What a programme calls things, where it differs from ours. The words we start with are `word-…` in `word.ftl`.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The rules that name them, shared by everybody in the programme.
    rules: Option<Arc<Rules>>,
    /// Words without a programme, for samples.
    own: BTreeMap<String, Text>,
}

impl Words {
    /// Those of a programme.
    pub(crate) fn of(rules: Arc<Rules>) -> Words {
        Words { rules: Some(rules), own: BTreeMap::new() }
    }

    fn get(&self, word: &str, lang: Lang) -> Option<&str> {
        let own = self.own.get(word).map(|text| text.in_(lang));
        own.or_else(|| Some(self.rules.as_ref()?.words.get(WordKey::parse(word)?, lang)))
    }
}

impl FromIterator<(String, Text)> for Words {
    fn from_iter<I: IntoIterator<Item = (String, Text)>>(words: I) -> Words {
        Words { rules: None, own: words.into_iter().collect() }
    }
}

/// Who is signed in, as a page shows them. Whatever knows the session lets them in by [`Visitor::enter`]; a request
/// without a visitor is signed out.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// What they want to be called.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// What the programme calls that ("Certified peer specialist").
    pub title: Text,
    /// The programme's name.
    pub programme: String,
    /// The language of their account, for a device that has not chosen one.
    pub lang: Option<Lang>,
    /// The zone of the programme: a visit at 4:30 is at 4:30 there, wherever the reader sits.
    pub zone: TimeZone,
    /// What the programme calls things.
    pub words: Arc<Words>,
    /// How much waits behind a place of the list, by its path.
    pub waiting: BTreeMap<&'static str, u32>,
    /// Of the changes that were there when the request came, for pages that stay current.
    pub mark: String,
    /// By when the programme asks them to set up the second step of signing in, while they may put it off.
    pub second_due: Option<Timestamp>,
    /// Whether something happened to how they sign in that they have not seen.
    pub news: bool,
    /// Names the account and the programme it acts in. What a device keeps is theirs alone.
    pub seat: String,
}

impl Visitor {
    /// Marks a request as coming from this visitor.
    pub fn enter(self, request: &mut Request) {
        let visitor = Arc::new(self);
        if let Some(kept) = request.extensions().get::<Kept>() {
            kept.seen(visitor.clone());
        }
        request.extensions_mut().insert(visitor);
    }

    /// At most two letters for the round mark beside the name.
    pub fn initials(&self) -> String {
        let mut letters = self.name.split_whitespace().filter_map(|word| word.chars().next());
        let first = letters.next();
        let last = letters.next_back();
        first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
    }

    /// Whether this is somebody the programme supports, who may need to leave the page in a hurry.
    pub fn is_supported(&self) -> bool {
        self.role.is_supported()
    }
}

/// What every template has: the language, who looks, and the way to say things.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of this answer.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Whether all type is larger, as somebody chose on this device.
    pub large: bool,
    /// The path that was asked for, without its query.
    pub path: String,
    /// The title of the tab and of the page.
    pub title: String,
    /// Who is signed in.
    pub visitor: Option<Arc<Visitor>>,
    /// What was just done, said once on the next page.
    pub flash: Option<String>,
    /// Whether the form on it has something to put right; then the tab says so first.
    pub wrong: bool,
    /// Set on a page with one task: where its back arrow leads. On a phone its own bar takes the place of the tabs.
    pub back: Option<String>,
    /// The place of the list this page belongs to, where its path does not say so.
    pub place: Option<&'static str>,
    /// Reports and test calls that wait for the reader: where each is, and what it is.
    pub calls: Vec<(String, String)>,
    /// What the reader wanted to look at again by today: where each is, and what it is.
    pub again: Vec<(String, String)>,
    /// Whether it answers a form: then it holds every word of it that was not taken.
    pub answers: bool,
    now: Timestamp,
}

impl Page {
    /// A page outside any request, for samples and printing.
    pub fn sample(lang: Lang, visitor: Option<Visitor>, now: Timestamp) -> Page {
        Page {
            lang,
            theme: Theme::Device,
            large: false,
            path: "/".to_owned(),
            title: String::new(),
            visitor: visitor.map(Arc::new),
            flash: None,
            wrong: false,
            back: None,
            place: None,
            calls: Vec::new(),
            again: Vec::new(),
            answers: false,
            now,
        }
    }

    /// With the title of that key.
    pub fn titled(mut self, key: &str) -> Page {
        self.title = self.t(key);
        self
    }

    /// With the title of that key and one argument.
    pub fn titled_with(mut self, key: &str, name: &'static str, value: impl Argument) -> Page {
        self.title = self.t1(key, name, value);
        self
    }

    /// As a page with one task, whose back arrow leads to `path`.
    pub fn focused(mut self, path: impl Into<String>) -> Page {
        self.back = Some(path.into());
        self
    }

    /// As part of a place of the list that its path does not lie below.
    pub fn under(mut self, place: &'static str) -> Page {
        self.place = Some(place);
        self
    }

    /// With "Error:" before its title when the form has something to put right.
    pub fn of_form(mut self, form: &crate::form::Form) -> Page {
        self.wrong = !form.is_right();
        self
    }

    // ---- saying things ----

    /// The sentence of that key.
    pub fn t(&self, key: &str) -> String {
        i18n::text(self.lang, key)
    }

    /// The sentence of that key with one argument.
    pub fn t1(&self, key: &str, name: &'static str, value: impl Argument) -> String {
        i18n::with(self.lang, key, &[(name, value.value())])
    }

    /// The sentence of that key with two arguments.
    pub fn t2(
        &self,
        key: &str,
        name: &'static str,
        value: impl Argument,
        other_name: &'static str,
        other_value: impl Argument,
    ) -> String {
        i18n::with(self.lang, key, &[(name, value.value()), (other_name, other_value.value())])
    }

    /// The sentence of that key with three arguments.
    #[allow(clippy::too_many_arguments)]
    pub fn t3(
        &self,
        key: &str,
        name: &'static str,
        value: impl Argument,
        second_name: &'static str,
        second: impl Argument,
        third_name: &'static str,
        third: impl Argument,
    ) -> String {
        let arguments = [(name, value.value()), (second_name, second.value()), (third_name, third.value())];
        i18n::with(self.lang, key, &arguments)
    }

    /// What this programme calls something, as it stands inside a sentence: `page.w("people")`. The words are those of
    /// [`porchlight_practice::pack::WordKey`]; `word.ftl` holds what is said where no programme is known.
    pub fn w(&self, word: &str) -> String {
        let own = self.visitor.as_ref().and_then(|visitor| visitor.words.get(word, self.lang));
        own.map_or_else(|| self.t(&format!("word-{word}")), str::to_owned)
    }

    /// The same as it begins a heading or a button: "People".
    pub fn heading(&self, word: &str) -> String {
        let word = self.w(word);
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Text that comes in both languages, such as a pack's.
    pub fn text(&self, text: &Text) -> String {
        text.in_(self.lang).to_owned()
    }

    // ---- dates ----

    /// The zone dates are said in: the programme's, or UTC when nobody is signed in.
    pub fn zone(&self) -> TimeZone {
        self.visitor.as_ref().map_or(TimeZone::UTC, |visitor| visitor.zone.clone())
    }

    /// What that zone is called, for scripts.
    pub fn zone_name(&self) -> String {
        self.zone().iana_name().unwrap_or("UTC").to_owned()
    }

    /// Now, in that zone.
    pub fn now(&self) -> Zoned {
        self.now.to_zoned(self.zone())
    }

    /// Today, in that zone.
    pub fn today(&self) -> Date {
        self.now().date()
    }

    /// "Thursday, November 19".
    pub fn day(&self, date: impl std::borrow::Borrow<Date>) -> String {
        when::day(self.lang, *date.borrow(), self.today())
    }

    /// "Today", "Yesterday", "Tomorrow", or "Thursday, November 19".
    pub fn near(&self, date: impl std::borrow::Borrow<Date>) -> String {
        let date = *date.borrow();
        let today = self.today();
        if date == today {
            self.t("when-today")
        } else if today.yesterday().ok() == Some(date) {
            self.t("when-yesterday")
        } else if today.tomorrow().ok() == Some(date) {
            self.t("when-tomorrow")
        } else {
            self.day(date)
        }
    }

    /// "Nov 19".
    pub fn short_day(&self, date: impl std::borrow::Borrow<Date>) -> String {
        when::short_day(self.lang, *date.borrow())
    }

    /// "November 19, 2026".
    pub fn date(&self, date: impl std::borrow::Borrow<Date>) -> String {
        when::date(self.lang, *date.borrow())
    }

    /// "4:30 pm".
    pub fn time(&self, at: impl std::borrow::Borrow<Timestamp>) -> String {
        when::time(self.lang, at.borrow().to_zoned(self.zone()).time())
    }

    /// "Today, 4:30 pm", "Thursday, November 19, 4:30 pm".
    pub fn moment(&self, at: impl std::borrow::Borrow<Timestamp>) -> String {
        let at = *at.borrow();
        self.t2("when-moment", "day", self.near(at.to_zoned(self.zone()).date()), "time", self.time(at))
    }

    /// "4:30 pm to 5:20 pm".
    pub fn span(
        &self,
        from: impl std::borrow::Borrow<Timestamp>,
        to: impl std::borrow::Borrow<Timestamp>,
    ) -> String {
        self.t2("when-span", "from", self.time(*from.borrow()), "to", self.time(*to.borrow()))
    }

    /// "50 minutes", "1 hour and 5 minutes".
    pub fn length(&self, minutes: impl std::borrow::Borrow<u32>) -> String {
        let minutes = *minutes.borrow();
        let hours = || self.t1("when-hours", "hours", minutes / 60);
        let rest = || self.t1("when-minutes", "minutes", minutes % 60);
        match (minutes / 60, minutes % 60) {
            (0, _) => rest(),
            (_, 0) => hours(),
            _ => self.t2("when-both", "hours", hours(), "minutes", rest()),
        }
    }

    /// The value a `datetime` attribute wants.
    pub fn machine(&self, at: impl std::borrow::Borrow<Timestamp>) -> String {
        at.borrow().to_string()
    }

    /// "Ana, Bo, and Chen".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        when::list(self.lang, items)
    }

    // ---- drawing ----

    /// An icon, ready to be written.
    pub fn icon(&self, name: &str) -> Icon {
        icon(name)
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// On the first page of those who work here: the day by which they are asked to set up the second step.
    pub fn second_step_by(&self) -> Option<String> {
        let visitor = self.visitor.as_ref().filter(|visitor| !visitor.is_supported())?;
        let due = visitor.second_due?;
        let first = self.places().first().is_some_and(|place| place.path == self.path);
        first.then(|| self.day(due.to_zoned(self.zone()).date()))
    }

    /// On the first page of a role: whether something happened to how its reader signs in that they have not seen.
    pub fn has_news(&self) -> bool {
        let first = self.places().first().is_some_and(|place| place.path == self.path);
        first && self.visitor.as_ref().is_some_and(|visitor| visitor.news)
    }

    /// The places of the visitor's role; empty when signed out.
    pub fn places(&self) -> &'static [Place] {
        self.visitor.as_ref().map_or(&[], |visitor| match visitor.programme.as_str() {
            "" => nav::agency_places(visitor.role),
            _ => nav::places(visitor.role),
        })
    }

    /// Whether something of the safety of others waits for the reader.
    pub fn is_called(&self) -> bool {
        !self.calls.is_empty() || !self.again.is_empty()
    }

    /// Whether this page is that place, or below it and below no nearer place.
    pub fn is_at(&self, place: &Place) -> bool {
        let path = self.place.unwrap_or(&self.path);
        let covers = |candidate: &Place| {
            path == candidate.path
                || path.strip_prefix(candidate.path).is_some_and(|rest| rest.starts_with('/'))
        };
        covers(place)
            && !self.places().iter().any(|other| other.path.len() > place.path.len() && covers(other))
    }

    /// What the list calls a place: programmes have their own word for the people they walk with.
    pub fn place_name(&self, place: &Place) -> String {
        if place.name == "nav-people" { self.heading("people") } else { self.t(place.name) }
    }

    /// Whether the page shows the way out in a hurry: to whoever is supported here, and in anybody's own corner.
    pub fn leaves(&self) -> bool {
        let supported = self.visitor.as_ref().is_some_and(|visitor| visitor.is_supported());
        supported || (self.visitor.is_some() && crate::corner::is_inside(&self.path))
    }

    /// Where `live.js` listens for what changes after this page was made.
    pub fn live(&self) -> String {
        let mark = self.visitor.as_ref().map_or("", |visitor| &visitor.mark);
        format!("/live?{mark}")
    }

    /// How much waits there.
    pub fn waiting_at(&self, place: &Place) -> u32 {
        self.visitor.as_ref().and_then(|visitor| visitor.waiting.get(place.path).copied()).unwrap_or(0)
    }
}

impl<S> FromRequestParts<S> for Page
where
    S: Send + Sync,
    Shell: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Page, Infallible> {
        let shell = Shell::from_ref(state);
        Ok(Page::of_parts(parts, (shell.clock)()))
    }
}

impl Page {
    pub(crate) fn of_parts(parts: &Parts, now: Timestamp) -> Page {
        let headers = &parts.headers;
        let visitor = parts.extensions.get::<Arc<Visitor>>().cloned();
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = cookie_of(headers, "lang")
            .and_then(Lang::from_tag)
            .or_else(|| visitor.as_ref().and_then(|visitor| visitor.lang))
            .unwrap_or_else(|| i18n::preferred(accept));
        let flash = cookie_of(headers, "flash").and_then(|said| said_by_flash(lang, said));
        Page {
            lang,
            theme: cookie_of(headers, "theme").map(Theme::parse).unwrap_or_default(),
            large: cookie_of(headers, "type") == Some("large"),
            path: parts.uri.path().to_owned(),
            title: String::new(),
            visitor,
            flash,
            wrong: false,
            back: None,
            place: None,
            calls: Vec::new(),
            again: Vec::new(),
            answers: parts.method == Method::POST,
            now,
        }
    }
}

/// Only our own sentences can be said this way, whoever sets the cookie.
fn said_by_flash(lang: Lang, cookie: &str) -> Option<String> {
    let (key, count) = cookie.split_once('.').unwrap_or((cookie, "0"));
    let count: u32 = count.parse().ok()?;
    let said = key.starts_with("flash-").then(|| i18n::with(lang, key, &[("count", count.value())]))?;
    // What nobody wrote shows its key in brackets.
    (!said.starts_with('⟦')).then_some(said)
}

/// Turns a filled template into an answer.
pub trait Show: Template {
    /// The page, with status 200.
    fn show(&self) -> Result<Response, Trouble> {
        self.show_as(StatusCode::OK)
    }

    /// The page with another status: 422 for a form with something to put right.
    fn show_as(&self, status: StatusCode) -> Result<Response, Trouble> {
        match self.render() {
            Ok(text) => Ok((status, Html(text)).into_response()),
            Err(error) => {
                tracing::error!(%error, "a template could not be written");
                Err(Trouble::Broken)
            }
        }
    }
}

impl<T: Template> Show for T {}

/// After something was done: on to another page (303), which says `flash` once. `flash` is a key that begins with
/// `flash-`; names never go into it, since it travels in a cookie.
pub fn done(shell: &Shell, to: &str, flash: &'static str) -> Response {
    done_with(shell, to, flash, 0)
}

/// The same with a number, for sentences such as "Sent. 2 notes are now on file." The sentence gets it as `$count`.
pub fn done_with(shell: &Shell, to: &str, flash: &'static str, count: u32) -> Response {
    let cookie = shell.cookie("flash", &format!("{flash}.{count}"), 60);
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn initials_are_first_and_last() {
        let named = |name: &str| {
            Visitor { name: name.to_owned(), ..samples::visitor(Role::PeerSpecialist) }.initials()
        };
        assert_eq!(named("Marisol Vega"), "MV");
        assert_eq!(named("Ángel de la Cruz"), "ÁC");
        assert_eq!(named("Cher"), "C");
        assert_eq!(named("  "), "");
    }

    #[test]
    fn moments_are_said_in_the_zone_of_the_programme() {
        let page = samples::page(Lang::En, Some(Role::PeerSpecialist));
        let at: Timestamp = "2026-11-19T21:30:00Z".parse().unwrap();
        assert_eq!(page.moment(at), "Today, 4:30\u{a0}pm");
        let late: Timestamp = "2026-11-20T03:30:00Z".parse().unwrap();
        assert_eq!(page.moment(late), "Today, 10:30\u{a0}pm");
        assert_eq!(page.near(jiff::civil::date(2026, 11, 18)), "Yesterday");
        assert_eq!(page.near(jiff::civil::date(2026, 11, 20)), "Tomorrow");
        assert_eq!(page.length(65), "1 hour and 5 minutes");
        assert_eq!(page.length(50), "50 minutes");
        assert_eq!(page.length(60), "1 hour");
    }

    #[test]
    fn a_programmes_own_word_comes_before_ours() {
        let page = samples::page(Lang::En, Some(Role::ParentPeerSpecialist));
        assert_eq!(page.w("people"), "families");
        assert_eq!(page.heading("people"), "Families");
        assert_eq!(samples::page(Lang::En, None).heading("people"), "People");
    }

    #[test]
    fn only_our_own_sentences_come_back_as_a_flash() {
        assert_eq!(said_by_flash(Lang::En, "flash-saved.0").as_deref(), Some("Saved."));
        assert_eq!(said_by_flash(Lang::En, "help-now-title"), None);
        assert_eq!(said_by_flash(Lang::En, "flash-<b>"), None);
        assert_eq!(said_by_flash(Lang::En, "flash-saved.x"), None);
    }

    #[test]
    fn the_nearest_place_is_the_current_one() {
        let mut page = samples::page(Lang::En, Some(Role::PeerSpecialist));
        page.path = "/contacts/new".to_owned();
        let current: Vec<_> =
            page.places().iter().filter(|place| page.is_at(place)).map(|place| place.path).collect();
        assert_eq!(current, ["/contacts/new"]);
        page.path = "/peoplewhatever".to_owned();
        assert!(!page.places().iter().any(|place| page.is_at(place)));
    }
}
