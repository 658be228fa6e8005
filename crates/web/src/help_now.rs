//! Help now: whom to call, signed in or not. It is also the example of how a page is written.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::Method;
use axum::response::Response;
use porchlight_app::day::WhomToReach;
use porchlight_practice::{Lang, pack};

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::routes::Routes;
use crate::site::{Web, Who};

/// Help now, which anybody may open at any time.
pub fn routes() -> Routes<Web> {
    Routes::new().public(Method::GET, "/help-now", show)
}

/// Shown first and largest on every such page, so it does not stand among the lines again.
const EMERGENCY: &str = "911";

/// One line to call or write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// Its name, in the reader's language.
    pub name: String,
    /// What to dial.
    pub call: String,
    /// Where to write a text message to, when one can.
    pub text: Option<String>,
    /// How to get another language, or what to expect.
    pub hint: Option<String>,
}

/// The page. The first line is the one that is shown largest.
#[derive(Template)]
#[template(path = "help_now.html")]
pub struct HelpNow {
    /// Who looks, in which language.
    pub page: Page,
    /// The pack's help lines, the most important first.
    pub lines: Vec<HelpLine>,
    /// Who walks with the person who looks.
    pub walks: Vec<Reach>,
    /// The people on their side.
    pub people: Vec<Reach>,
    /// What can't stay private, in the pack's words.
    pub privacy: String,
}

/// Somebody to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Their name.
    pub name: String,
    /// What to dial, when there is a number.
    pub call: Option<String>,
    /// What is written down about them instead; may be empty.
    pub note: String,
}

impl Reach {
    /// Somebody with a number, or with whatever is written down where a number could be.
    pub fn new(name: String, how: String) -> Reach {
        let is_number = how.chars().filter(char::is_ascii_digit).count() >= 3
            && how.chars().all(|letter| letter.is_ascii_digit() || " +-().".contains(letter));
        if is_number {
            Reach { name, call: Some(how.trim().to_owned()), note: String::new() }
        } else {
            Reach { name, call: None, note: how }
        }
    }

    /// The same for many.
    pub fn all(named: Vec<(String, String)>) -> Vec<Reach> {
        named.into_iter().map(|(name, how)| Reach::new(name, how)).collect()
    }

    /// The number as `tel:` takes it.
    pub fn dial(&self) -> String {
        let number = self.call.iter().flat_map(|number| number.chars());
        number.filter(|letter| letter.is_ascii_digit() || *letter == '+').collect()
    }
}

impl HelpLine {
    /// A pack's lines, without the emergency number.
    pub fn all(rules: &pack::Rules, lang: Lang) -> Vec<HelpLine> {
        let lines = rules.help_lines.iter().filter(|line| line.call != EMERGENCY);
        lines.map(|line| HelpLine::of(line, lang)).collect()
    }

    /// A pack's line in the reader's language.
    pub fn of(line: &pack::HelpLine, lang: Lang) -> HelpLine {
        HelpLine {
            name: line.name.in_(lang).to_owned(),
            call: line.call.clone(),
            text: line.text.clone(),
            hint: line.hint.as_ref().map(|hint| hint.in_(lang).to_owned()),
        }
    }
}

impl HelpNow {
    /// The page with these lines, for somebody we know nothing of.
    pub fn answer(page: Page, lines: Vec<HelpLine>) -> Result<Response, Trouble> {
        HelpNow::with(page, lines, WhomToReach::default()).show()
    }

    /// The same with the reader's own people.
    pub(crate) fn with(page: Page, lines: Vec<HelpLine>, own: WhomToReach) -> HelpNow {
        let (walks, people) = (Reach::all(own.walks), Reach::all(own.people));
        HelpNow { page: page.titled("help-now-title"), lines, walks, people, privacy: String::new() }
    }
}

async fn show(State(web): State<Web>, page: Page, who: Option<Extension<Who>>) -> Result<Response, Trouble> {
    let who = who.map(|Extension(who)| who);
    let rules = web.rules_for(who.as_ref(), page.today()).ok_or(Trouble::NotFound)?;
    let lines = HelpLine::all(&rules, page.lang);
    let own = match who.as_ref().filter(|who| who.actor().person().is_some()) {
        // The numbers that everybody may call are shown whatever happens to the rest.
        Some(who) => web.app.whom_to_reach(who.actor()).await.unwrap_or_else(|error| {
            tracing::error!(%error, "somebody's own people could not be read");
            WhomToReach::default()
        }),
        None => WhomToReach::default(),
    };
    let privacy = page.text(&rules.limits_of_privacy);
    HelpNow { privacy, ..HelpNow::with(page, lines, own) }.show()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_and_anything_else_is_read() {
        let reach = |how: &str| Reach::new("Ana".into(), how.into());
        assert_eq!(reach("(404) 555-0142").dial(), "4045550142");
        assert_eq!(reach("+1 404 555 0142").dial(), "+14045550142");
        assert_eq!(reach("picks up at night").call, None);
        assert_eq!(reach("555-0142, after 5").note, "555-0142, after 5");
        assert_eq!(reach("").call, None);
    }
}
