//! Of whom a note speaks. In a family programme the parent is the one who is walked beside (AL-08), and a note drifts easily to
//! what the child did. What is said here is a question to whoever writes, never a finding: when in doubt it says nothing.

use crate::Lang;

/// So many sentences that speak of a child alone, before anything is said.
const FEWEST: usize = 3;

/// What a child is called.
fn child(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "child",
            "child's",
            "children",
            "children's",
            "kid",
            "kid's",
            "kids",
            "son",
            "son's",
            "sons",
            "daughter",
            "daughter's",
            "daughters",
            "baby",
            "toddler",
            "teen",
            "teenager",
            "boy",
            "girl",
            "grandson",
            "granddaughter",
            "stepson",
            "stepdaughter",
        ],
        Lang::Es => &[
            "hijo",
            "hijos",
            "hija",
            "hijas",
            "niño",
            "niños",
            "niña",
            "niñas",
            "bebé",
            "adolescente",
            "nieto",
            "nieta",
            "chico",
            "chica",
            "hijastro",
            "hijastra",
        ],
    }
}

/// What somebody who raises a child is called.
fn parent(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "mother",
            "mother's",
            "mom",
            "mom's",
            "mama",
            "father",
            "father's",
            "dad",
            "dad's",
            "parent",
            "parent's",
            "parents",
            "caregiver",
            "guardian",
            "grandmother",
            "grandma",
            "grandfather",
            "grandpa",
            "aunt",
            "uncle",
            "stepmother",
            "stepfather",
        ],
        Lang::Es => &[
            "madre",
            "mamá",
            "padre",
            "papá",
            "padres",
            "cuidador",
            "cuidadora",
            "tutor",
            "tutora",
            "abuela",
            "abuelo",
            "tía",
            "tío",
            "madrastra",
            "padrastro",
        ],
    }
}

/// Words that begin a sentence with a capital letter and are no name.
fn beginnings(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "the",
            "a",
            "an",
            "her",
            "his",
            "their",
            "our",
            "my",
            "this",
            "that",
            "these",
            "at",
            "in",
            "on",
            "after",
            "before",
            "when",
            "while",
            "today",
            "yesterday",
            "then",
            "there",
            "both",
            "all",
            "one",
            "two",
            "three",
            "how",
            "why",
            "also",
            "now",
            "for",
            "with",
            "during",
            "since",
            "because",
            "and",
            "but",
        ],
        Lang::Es => &[
            "el", "la", "los", "las", "un", "una", "su", "sus", "mi", "mis", "este", "esta", "ese", "esa",
            "en", "a", "al", "con", "cuando", "mientras", "hoy", "ayer", "luego", "después", "antes",
            "ambos", "también", "ahora", "para", "por", "y", "pero", "dos", "tres",
        ],
    }
}

/// Whether most of a text speaks of a child, and of nobody who raises one. A sentence that begins with a name counts for
/// whoever that is.
pub fn is_on_the_child(text: &str, lang: Lang) -> bool {
    let (mut all, mut alone) = (0, 0);
    for sentence in text.split(['.', '!', '?', '\n', ';']) {
        let words: Vec<&str> = sentence
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .collect();
        let Some(first) = words.first() else { continue };
        all += 1;
        let is = |list: &[&str], word: &str| list.contains(&word.to_lowercase().replace('’', "'").as_str());
        let names = first.chars().next().is_some_and(char::is_uppercase)
            && ![beginnings(lang), child(lang)].iter().any(|list| is(list, first));
        let speaks_of = |list: &[&str]| words.iter().any(|word| is(list, word));
        if !names && speaks_of(child(lang)) && !speaks_of(parent(lang)) {
            alone += 1;
        }
    }
    alone >= FEWEST && alone * 3 >= all * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// covers: AL-08
    #[test]
    fn a_note_that_lost_sight_of_the_parent_is_seen() {
        for (lang, text) in [
            (
                Lang::En,
                "Her son was sent home again. The boy threw a chair. His daughter has a new teacher. Long day.",
            ),
            (
                Lang::En,
                "The child has two diagnoses.\nThe child takes a new medicine.\nThe child sleeps badly.",
            ),
            (Lang::Es, "Su hijo no fue a la escuela. El niño está triste. La niña tiene cita el lunes."),
        ] {
            assert!(is_on_the_child(text, lang), "{text}");
        }
    }

    #[test]
    fn a_note_about_a_parent_who_speaks_of_the_child_is_left_alone() {
        for (lang, text) in [
            (Lang::En, ""),
            (Lang::En, "Her son was sent home again. We made a plan for the meeting."),
            (
                Lang::En,
                "Keisha called the school about her son. Keisha asked for the plan. She wants her daughter there too.",
            ),
            (
                Lang::En,
                "The mother said her son is better. Mom asked what the child needs. Dad's work allows a call.",
            ),
            (
                Lang::En,
                "She asked about her son. She wrote her own words. She wants a friend. Her daughter came along.",
            ),
            (Lang::Es, "La mamá habló de su hijo. Ella quiere ir a la junta. Su hija viene también."),
        ] {
            assert!(!is_on_the_child(text, lang), "{text}");
        }
    }
}
