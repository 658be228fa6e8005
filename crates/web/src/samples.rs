//! Every page, filled with a sample, so that a test can render each in every language and look at what comes out.
//!
//! Add a line to [`all`] for each template: its path and a function that fills it. A template without one fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use porchlight_practice::{Lang, Role, Text};

use crate::error::{ErrorPage, Trouble};
use crate::help_now::{HelpLine, HelpNow};
use crate::kit::Kit;
use crate::page::{Page, Visitor};
use crate::preference::More;

mod me;

/// The page of a template, filled.
type Fill = fn(Lang) -> String;

/// Each template with its sample. A template may stand here more than once.
pub(crate) fn all() -> Vec<(&'static str, Fill)> {
    let mut all = shell();
    all.extend(me::all());
    all
}

fn shell() -> Vec<(&'static str, Fill)> {
    vec![
        ("error.html", |lang| errors(lang, None)),
        ("error.html", |lang| errors(lang, Some(Role::Person))),
        ("help_now.html", |lang| {
            write(HelpNow { page: page(lang, None).titled("help-now-title"), lines: lines() })
        }),
        ("help_now.html", |lang| {
            write(HelpNow { page: page(lang, Some(Role::Person)).titled("help-now-title"), lines: lines() })
        }),
        ("kit.html", |lang| write(Kit::sample(page(lang, Some(Role::Supervisor)).titled("kit-title")))),
        ("more.html", |lang| write(More { page: page(lang, None).titled("nav-more") })),
        ("more.html", |lang| {
            Role::ALL.map(|role| write(More { page: page(lang, Some(role)).titled("nav-more") })).concat()
        }),
    ]
}

fn errors(lang: Lang, role: Option<Role>) -> String {
    let typed = vec![("note".to_owned(), "We walked to the library and sat in the sun.".to_owned())];
    Trouble::ALL.map(|trouble| write(ErrorPage::of(trouble, page(lang, role), typed.clone()))).concat()
}

fn write(template: impl Template) -> String {
    template.render().expect("a sample renders")
}

fn lines() -> Vec<HelpLine> {
    vec![HelpLine {
        name: "988 Suicide and Crisis Lifeline".into(),
        call: "988".into(),
        text: Some("988".into()),
        hint: Some("Press 2 for Spanish.".into()),
    }]
}

/// The moment every sample is seen at.
pub(crate) fn now() -> Timestamp {
    "2026-11-19T20:00:00Z".parse().expect("a time")
}

/// A page seen by somebody of that role, or by nobody.
pub(crate) fn page(lang: Lang, role: Option<Role>) -> Page {
    Page::sample(lang, role.map(visitor), now())
}

/// Somebody of that role.
pub(crate) fn visitor(role: Role) -> Visitor {
    let families = Text { en: "families".into(), es: "familias".into() };
    let words =
        if role == Role::ParentPeerSpecialist { vec![("people".to_owned(), families)] } else { vec![] };
    Visitor {
        name: "Marisol Vega".into(),
        role,
        title: Text { en: "Certified peer specialist".into(), es: "Especialista certificada".into() },
        programme: "Sweetgum Peer Support".into(),
        lang: None,
        zone: TimeZone::get("America/New_York").expect("a zone"),
        words: Arc::new(words.into_iter().collect()),
        waiting: BTreeMap::from([("/notes-to-read", 3)]),
    }
}

mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn templates() -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut found = BTreeSet::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn every_template_has_a_sample() {
        let sampled: BTreeSet<String> = all().iter().map(|(name, _)| (*name).to_owned()).collect();
        for template in templates() {
            let is_page = template != "layout.html" && !template.starts_with("parts/");
            assert!(!is_page || sampled.contains(&template), "{template} has no line in samples.rs");
        }
    }

    #[test]
    fn every_sample_is_whole_in_every_language() {
        for (name, fill) in all() {
            for lang in Lang::ALL {
                let text = fill(lang);
                assert!(!text.contains('⟦'), "{name} in {lang:?}: {}", around(&text, '⟦'));
                assert!(!text.contains("/assets/0/missing"), "{name}: an asset has no file");
                assert!(text.contains(&format!("<html lang=\"{}\"", lang.tag())), "{name}");
                for page in text.split("<!doctype html>").skip(1) {
                    look_over(name, page);
                }
            }
        }
    }

    fn around(text: &str, mark: char) -> String {
        text.split(mark).nth(1).unwrap_or_default().chars().take(40).collect()
    }

    /// What every page must have, whoever wrote it.
    fn look_over(name: &str, page: &str) {
        assert_eq!(page.matches("<h1").count(), 1, "{name}: one h1");
        assert_eq!(page.matches("<main id=\"main\"").count(), 1, "{name}: one main");
        assert!(!page.contains(" style="), "{name}: an inline style");
        assert!(!page.contains("javascript:"), "{name}: a script address");
        assert!(!page.contains("<title> |"), "{name}: no title");
        let mut ids = BTreeSet::new();
        for id in attributes(page, "id") {
            assert!(ids.insert(id), "{name}: the id {id} stands twice");
        }
        for used in
            ["for", "aria-labelledby", "aria-describedby"].iter().flat_map(|used| attributes(page, used))
        {
            for id in used.split_whitespace() {
                assert!(ids.contains(id), "{name}: nothing has the id {id}");
            }
        }
        for form in page.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap_or_default();
            assert!(
                tag.contains("method=\"post\"") || tag.contains("method=\"get\""),
                "{name}: a form says its method"
            );
        }
    }

    fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
        let start = format!(" {name}=\"");
        page.match_indices(&start)
            .map(|(at, _)| page[at + start.len()..].split('"').next().unwrap())
            .collect()
    }
}
