//! Every sentence in both languages: `locales/<lang>/<noun>.ftl`, in Fluent.
//!
//! A key begins with its noun: `help-now-title` lives in `help_now.ftl`. A test goes through templates and Rust, so a
//! missing key, an unused one, or one whose languages take different arguments fails the build.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::langid;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use porchlight_practice::Lang;

static_loader! {
    static LOCALES = {
        locales: "../../locales",
        fallback_language: "en",
        // The marks that isolate directions are for mixed scripts; both languages run left to right, and the marks
        // would get into titles and copied text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const EN: LanguageIdentifier = langid!("en");
const ES: LanguageIdentifier = langid!("es");

/// Something that can be put into a sentence. Text, numbers, and references to them.
pub trait Argument {
    /// As Fluent wants it.
    fn value(&self) -> FluentValue<'static>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

impl Argument for str {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.clone())
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_string())
    }
}

macro_rules! number_arguments {
    ($($kind:ty),*) => {$(
        impl Argument for $kind {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )*};
}

number_arguments!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// Sentences without arguments, once they were said: a page says dozens of them. There are only as many as
/// keys in both languages, since a key nobody wrote is never kept.
static SAID: LazyLock<[RwLock<HashMap<String, String>>; 2]> = LazyLock::new(Default::default);

/// The sentence of that key. A key nobody wrote shows itself between ⟦ ⟧, which the tests look for.
pub fn text(lang: Lang, key: &str) -> String {
    let said = &SAID[lang as usize];
    if let Some(known) = said.read().unwrap_or_else(PoisonError::into_inner).get(key) {
        return known.clone();
    }
    let Some(found) = find(lang, key, &HashMap::new()) else { return format!("⟦{key}⟧") };
    said.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), found.clone());
    found
}

/// The sentence of that key with its arguments.
pub fn with(lang: Lang, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'static>> =
        arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    find(lang, key, &arguments).unwrap_or_else(|| format!("⟦{key}⟧"))
}

/// Whether somebody wrote a sentence for that key.
pub fn is_key(key: &str) -> bool {
    find(Lang::En, key, &HashMap::new()).is_some()
}

fn find(
    lang: Lang,
    key: &str,
    arguments: &HashMap<Cow<'static, str>, FluentValue<'static>>,
) -> Option<String> {
    let lang = match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    };
    LOCALES.try_lookup_with_args(lang, key, arguments)
}

/// Picks the language for somebody who has not chosen one, from what the browser says (`Accept-Language`).
pub fn preferred(accept: Option<&str>) -> Lang {
    let mut best = (Lang::En, 0.0_f32);
    for part in accept.unwrap_or_default().split(',') {
        let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
        let quality: f32 = quality.trim().parse().unwrap_or(0.0);
        if let Some(lang) = Lang::from_tag(tag.trim())
            && quality > best.1
        {
            best = (lang, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_believed_in_its_own_order() {
        assert_eq!(preferred(None), Lang::En);
        assert_eq!(preferred(Some("es-US,es;q=0.9,en;q=0.8")), Lang::Es);
        assert_eq!(preferred(Some("fr-CA, en;q=0.5, es;q=0.7")), Lang::Es);
        assert_eq!(preferred(Some("zh")), Lang::En);
        assert_eq!(preferred(Some(";;q=,=")), Lang::En);
    }

    #[test]
    fn a_missing_key_shows_itself() {
        assert_eq!(text(Lang::Es, "no-such-key"), "⟦no-such-key⟧");
    }
}
