//! What happened to how one signs in.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use porchlight_access::Action;
use porchlight_app::news::{NewsLine, SHOWN_DAYS};

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The page of one's news.
pub fn routes() -> Routes<Web> {
    Routes::new().page(Method::GET, "/account/news", show, Needs::Action(Action::AccountRead))
}

/// One thing that happened, in words.
pub(crate) struct Line {
    pub what: String,
    pub when: String,
    /// With which browser; empty when that is not known.
    pub browser: String,
    pub here: bool,
}

/// What happened, the newest first.
#[derive(Template)]
#[template(path = "news/show.html")]
pub(crate) struct NewsPage {
    pub page: Page,
    pub lines: Vec<Line>,
    pub days: i64,
}

impl NewsPage {
    pub(crate) fn of(page: Page, news: Vec<NewsLine>) -> NewsPage {
        let page = page.titled("news-title").focused("/account").under("/account");
        let line = |line: NewsLine| Line {
            what: page.t(&format!("news-{}", line.kind.as_str())),
            // A day says enough: nobody needs to know when exactly somebody was awake.
            when: page.near(line.at.to_zoned(page.zone()).date()),
            browser: line.browser,
            here: line.here,
        };
        let lines = news.into_iter().map(line).collect();
        NewsPage { page, lines, days: SHOWN_DAYS }
    }
}

async fn show(State(web): State<Web>, page: Page, who: Who) -> Result<Response, Trouble> {
    let news = web.app.news(&who.session).await?;
    NewsPage::of(page, news).show()
}

#[cfg(test)]
mod tests {
    use porchlight_practice::news::News;

    #[test]
    fn everything_that_can_happen_has_its_words() {
        for news in News::ALL {
            let key = format!("news-{}", news.as_str());
            assert!(crate::i18n::is_key(&key), "{key}");
        }
    }
}
