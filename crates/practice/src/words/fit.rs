//! What to try, made to fit the place of what was said: the article before it, the pronoun before an apostrophe, the capital.

use std::borrow::Cow;

use super::text::{char_after, char_before, is_apostrophe, word_before};
use crate::Lang;

/// Makes what to try fit its place, which begins here: a capital where a sentence begins, and the article before it. Says where its place
/// begins now.
pub(super) fn fit(text: &str, start: usize, taken: usize, lang: Lang, tries: &mut [Cow<'_, str>]) -> usize {
    if let Some(word) = word_before(text, start)
        && word.start >= taken
        && &text[word.end..start] == " "
    {
        let before = &text[word.clone()];
        if tries.iter().any(|one| article(before, one, lang).is_some()) {
            for one in tries {
                let before = article(before, one, lang).map_or(Cow::Borrowed(before), Cow::Owned);
                *one = format!("{before} {one}").into();
            }
            return word.start;
        }
    }
    // "He's homeless": the whole of it is said in another way, "he is without housing".
    if let Some(word) = word_before(text, start)
        && word.start >= taken
        && is_apostrophe(&text[word.end..start])
    {
        for one in tries {
            *one = format!("{} {one}", &text[word.clone()]).into();
        }
        return word.start;
    }
    let is_capital = char_after(text, start).is_some_and(char::is_uppercase);
    let earlier = text[..start].trim_end();
    let begins = || match char_before(earlier, earlier.len()) {
        None => true,
        Some(c) => matches!(c, '.' | '!' | '?' | ':' | '\u{201c}' | '"' | '¿' | '¡'),
    };
    if is_capital && begins() {
        for one in tries {
            let mut letters = one.chars();
            if let Some(first) = letters.next() {
                *one = first.to_uppercase().chain(letters).collect::<String>().into();
            }
        }
    }
    start
}

/// The longest word that is changed as an article is, in bytes.
const LONGEST_ARTICLE: usize = 7;

/// The article that what is tried needs, where it is another one than this.
fn article(before: &str, tried: &str, lang: Lang) -> Option<String> {
    if before.len() > LONGEST_ARTICLE {
        return None;
    }
    let small = before.to_lowercase();
    let right = match lang {
        Lang::En => {
            // "use" and "user" sound like "you", "hour" begins with a vowel; no pack tries "honest".
            let is_vowel = tried.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'])
                && !tried.starts_with("use")
                && !tried.starts_with("uni");
            match (small.as_str(), is_vowel) {
                ("a", true) => "an",
                ("an", false) => "a",
                _ => return None,
            }
        }
        Lang::Es => {
            let noun = tried.split(' ').next().unwrap_or_default();
            if !matches!(noun, "persona" | "personas" | "familia" | "familias" | "mamá" | "madre" | "madres")
            {
                return None;
            }
            match small.as_str() {
                "un" => "una",
                "el" => "la",
                "los" => "las",
                "unos" => "unas",
                "al" => "a la",
                "del" => "de la",
                "este" => "esta",
                "ese" => "esa",
                "otro" => "otra",
                "estos" => "estas",
                "esos" => "esas",
                "otros" => "otras",
                "muchos" => "muchas",
                "algunos" => "algunas",
                _ => return None,
            }
        }
    };
    let capital = before.chars().next().is_some_and(char::is_uppercase);
    let mut right = right.to_owned();
    if capital && let Some(first) = right.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(right)
}
