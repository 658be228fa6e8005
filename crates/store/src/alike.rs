//! When two names may be the same, for the blind index: accents, spelling and sound, in English and Spanish.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents, single spaces, nothing but letters and digits: `"  José  Ángel-Díaz "` is
/// `"jose angel diaz"`.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '\'' | '’' | 'ʼ'))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a name sounds, roughly and for both languages at once: the words of a name in a row, each as a few letters.
/// Names that are easily written for each other get the same answer (Gonzalez and Gonsales, Jiménez and Ximenes,
/// Stephen, Steven and Esteban, Catherine and Katrin); sometimes others do too, and a human decides.
pub fn phonetic(text: &str) -> String {
    fold(text).split(' ').map(word).filter(|sound| !sound.is_empty()).collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::new();
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (heard, used) = match (letters[at], next) {
            // Two letters that are one sound.
            ('c' | 's', 'h') => ('S', 2),
            ('s', 'c') if matches!(letters.get(at + 2), Some('e' | 'i')) => ('s', 2),
            ('p', 'h') => ('b', 2),
            ('t', 'h') => ('t', 2),
            ('g', 'h') => (' ', 2),
            ('q', 'u') => ('k', 2),
            ('c', 'k') => ('k', 2),
            ('l', 'l') if at == 0 => ('y', 2),
            ('k' | 'g', 'n') if at == 0 => ('n', 2),
            ('w', 'r') if at == 0 => ('r', 2),
            ('g', 'u') if matches!(letters.get(at + 2), Some('e' | 'i')) => ('g', 2),
            // Letters that sound by what follows.
            ('c', 'e' | 'i' | 'y') => ('s', 1),
            ('g', 'e' | 'i') => ('j', 1),
            ('x', _) => (if at == 0 { 'j' } else { 's' }, 1),
            ('y', next) if at == 0 && is_vowel(next) => ('y', 1),
            // Letters that are written for each other.
            ('b' | 'v' | 'f', _) => ('b', 1),
            ('c' | 'k' | 'q', _) => ('k', 1),
            ('z' | 's', _) => ('s', 1),
            ('d', _) => ('d', 1),
            ('h' | 'w', _) => (' ', 1),
            (letter, _) if is_vowel(letter) || letter == 'y' => (if sound.is_empty() { 'a' } else { ' ' }, 1),
            (letter, _) => (letter, 1),
        };
        // A vowel between two of the same keeps them apart only in the mouth: "Anna" and "Ana" must meet.
        if heard != ' ' && !sound.ends_with(heard) {
            sound.push(heard);
        }
        at += used;
    }
    // Spanish says a vowel before s and another consonant: Stephen, Esteban.
    match sound.strip_prefix("as") {
        Some(rest)
            if rest.starts_with(|next: char| next.is_alphabetic()) && letters.first() == Some(&'e') =>
        {
            format!("s{rest}")
        }
        _ => sound,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}
