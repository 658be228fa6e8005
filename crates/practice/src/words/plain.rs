//! How hard a text is to read, as the school grade in which most can.
//!
//! English by Flesch and Kincaid (1975), Spanish by Crawford (1984). Both count sentences, words and syllables; on a few
//! words they say little, so short texts have no grade.

use crate::Lang;

/// A text of fewer words has no grade.
pub const FEWEST_WORDS: usize = 20;

/// The grade in which most can read what is meant for everybody.
pub const AIM: f64 = 6.0;

/// What was counted in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Counted {
    /// Sentences, lines of a list among them.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Syllables, by rules of spelling.
    pub syllables: usize,
}

/// Counts sentences, words and syllables.
pub fn count(text: &str, lang: Lang) -> Counted {
    let mut counted = Counted::default();
    let mut open = false;
    let mut word_start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), '\n')));
    let mut letters = ends.peekable();
    while let Some((at, c)) = letters.next() {
        let inside = c.is_alphanumeric() || (matches!(c, '\'' | '\u{2019}') && word_start.is_some());
        match (inside, word_start) {
            (true, None) => word_start = Some(at),
            (false, Some(start)) => {
                counted.words += 1;
                counted.syllables += syllables(&text[start..at], lang);
                (open, word_start) = (true, None);
            }
            _ => {}
        }
        let next_is_word = letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let ends = matches!(c, '!' | '?' | '\u{2026}' | ';') || c == '.' && !next_is_word;
        let line_ends = c == '\n' && letters.peek().is_none_or(|(_, next)| !next.is_lowercase());
        if open && (ends || line_ends) {
            counted.sentences += 1;
            open = false;
        }
    }
    counted
}

/// The school grade, to a tenth; none when the text is too short to say.
pub fn grade(text: &str, lang: Lang) -> Option<f64> {
    let Counted { sentences, words, syllables } = count(text, lang);
    if words < FEWEST_WORDS {
        return None;
    }
    // No text has so many words that a number with a point could not count them.
    #[allow(clippy::cast_precision_loss)]
    let (sentences, words, syllables) = (sentences.max(1) as f64, words as f64, syllables as f64);
    let grade = match lang {
        Lang::En => 0.39 * words / sentences + 11.8 * syllables / words - 15.59,
        Lang::Es => -0.205 * (100.0 * sentences / words) + 0.049 * (100.0 * syllables / words) - 3.407,
    };
    Some((grade.max(0.0) * 10.0).round() / 10.0)
}

fn syllables(word: &str, lang: Lang) -> usize {
    if word.chars().all(char::is_numeric) {
        return word.len().min(4);
    }
    let word = word.to_lowercase();
    let mut count = 0;
    let mut before = ' ';
    for c in word.chars() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü');
        let joins = match lang {
            Lang::En => "aeiouy".contains(before),
            // Two strong vowels, or a weak one with an accent, are two syllables.
            Lang::Es => {
                let weak = |c: char| matches!(c, 'i' | 'u' | 'y' | 'ü');
                "aeiouyáéíóúü".contains(before)
                    && (weak(before) && !matches!(c, 'í' | 'ú') || weak(c) && !matches!(before, 'í' | 'ú'))
            }
        };
        count += usize::from(vowel && !joins);
        before = c;
    }
    if lang == Lang::En && count > 1 {
        let silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
            || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"))
            || (word.ends_with("es")
                && !["ses", "zes", "xes", "ches", "shes", "ges", "ces"]
                    .iter()
                    .any(|end| word.ends_with(end)));
        count -= usize::from(silent);
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_by_spelling() {
        for (word, count) in
            [("walk", 1), ("open", 2), ("table", 2), ("helped", 1), ("wanted", 2), ("family", 3)]
        {
            assert_eq!(syllables(word, Lang::En), count, "{word}");
        }
        for (word, count) in [
            ("casa", 2),
            ("día", 2),
            ("bueno", 2),
            ("oír", 2),
            ("leer", 2),
            ("ciudad", 2),
            ("recuperación", 5),
        ] {
            assert_eq!(syllables(word, Lang::Es), count, "{word}");
        }
    }

    /// A text that a child reads stands below one of an office, in both languages, and a few words have no grade.
    #[test]
    fn hard_texts_have_a_higher_grade() {
        let easy = "We met on Monday. We had tea. We talked about her son. He likes his new school. She was glad. So was I.";
        let hard = "In every circumstance and pursuant to the aforementioned authorization, the organization will facilitate comprehensive \
                    coordination of interdisciplinary services in accordance with applicable regulations.";
        assert!(grade(easy, Lang::En) < Some(4.0), "{:?}", grade(easy, Lang::En));
        assert!(grade(hard, Lang::En) > Some(14.0), "{:?}", grade(hard, Lang::En));
        let easy = "Nos vimos el lunes. Tomamos un café. Hablamos de su hijo. A él le gusta la escuela. Ella rió mucho hoy con él.";
        let hard = "En cualquier circunstancia y de conformidad con la autorización anteriormente mencionada, la organización facilitará la coordinación \
                    interdisciplinaria de los servicios correspondientes según las regulaciones aplicables.";
        assert!(grade(easy, Lang::Es) < Some(4.0), "{:?}", grade(easy, Lang::Es));
        assert!(grade(hard, Lang::Es) > Some(8.0), "{:?}", grade(hard, Lang::Es));
        assert_eq!(grade("He came.", Lang::En), None);
    }
}
