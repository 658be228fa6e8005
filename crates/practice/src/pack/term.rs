//! Terms of a pack: what is said, what to try instead, and when it is no fault.

use std::sync::Arc;

use super::entry::Noun;
use super::read::{Entry, no_such, one_of};
use super::{PackId, Source};
use crate::Lang;
use crate::words::{AboutWhom, Even, FinePhrase, Form, Near, Say, Term, TermKind, Try, fold};

const LANGS: &[(&str, Lang)] = &[("en", Lang::En), ("es", Lang::Es)];
/// Where a language, kind or whom it is about is not said.
const MOST_TRIES: usize = 3;

fn says(entry: &Entry<'_>, key: &'static str) -> Option<Vec<Say>> {
    let texts = entry.texts(key)?;
    let mut good = true;
    let says = texts
        .iter()
        .filter_map(|text| match Say::parse(text) {
            Ok(say) => Some(say),
            Err(fault) => {
                good = false;
                entry.fault_at(key, fault.to_string());
                None
            }
        })
        .collect::<Vec<_>>();
    good.then_some(says)
}

/// `say` and `try` of a term, or of one of its further forms.
fn form(entry: &Entry<'_>) -> Option<Form> {
    if !entry.has("say") {
        entry.fault("what is said is missing; write `say = [\"…\"]`".to_owned());
    }
    let say = says(entry, "say").filter(|say| !say.is_empty());
    let texts = entry.texts("try").unwrap_or_default();
    if texts.is_empty() || texts.len() > MOST_TRIES {
        entry.fault("one to three things to try are needed; write `try = [\"…\"]`".to_owned());
        return None;
    }
    let say = say?;
    let mut tries = Vec::new();
    for text in &texts {
        match Try::parse(text, &say) {
            Ok(one) => tries.push(one),
            Err(fault) => entry.fault_at("try", fault.to_string()),
        }
    }
    (tries.len() == texts.len()).then_some(Form { say, tries })
}

impl Noun for Arc<Term> {
    const TABLE: &'static str = "term";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        let lang = entry.one_of("lang", LANGS);
        let kind = entry.one_of("kind", TermKind::NAMES);
        let about = entry.maybe_one_of("about", AboutWhom::NAMES).unwrap_or(AboutWhom::Anything);
        let evens = entry.texts("even").unwrap_or_default();
        let even = evens.iter().filter_map(|name| {
            let found = one_of(name, Even::NAMES);
            if found.is_none() {
                entry.fault_at("even", no_such("context", name, Even::NAMES));
            }
            found
        });
        let even: Vec<Even> = even.collect();
        let near = entry.inner("near").and_then(|inner| {
            let words = inner.texts("words").unwrap_or_default();
            let within = inner.number("within").and_then(|number| usize::try_from(number).ok());
            inner.finish();
            Some(Near { words: words.iter().map(|word| fold(word)).collect(), within: within? })
        });
        let to_people = entry.maybe_flag("to_people").unwrap_or(false);
        let why = entry.text("why");
        if why.as_ref().is_some_and(|why| why.contains('!') || !why.ends_with('.')) {
            entry.fault_at(
                "why",
                "`why` is one kind sentence: it ends with a full stop, and nothing is shouted",
            );
        }
        let unless = says(entry, "unless");
        let first = form(entry);
        let more = entry.inners("form");
        let mut forms: Vec<Form> = first.into_iter().collect();
        for inner in &more {
            forms.extend(form(inner));
            inner.finish();
        }
        if forms.len() != more.len() + 1 {
            return None;
        }
        Some(Arc::new(Term {
            id: id.to_owned(),
            pack: PackId(entry.folder().to_owned()),
            lang: lang?,
            kind: kind?,
            about,
            near,
            to_people,
            even,
            forms,
            why: why?,
            unless: unless.unwrap_or_default(),
            source: source.clone(),
        }))
    }
}

impl Noun for Arc<FinePhrase> {
    const TABLE: &'static str = "fine_phrase";

    fn read(entry: &Entry<'_>, id: &str, source: &Source) -> Option<Self> {
        if !entry.has("say") {
            entry.fault("the expressions are missing; write `say = [\"…\"]`".to_owned());
        }
        let say = says(entry, "say")?;
        Some(Arc::new(FinePhrase { id: id.to_owned(), say, source: source.clone() }))
    }
}
