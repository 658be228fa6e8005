//! Every pair of colours that carries meaning has enough contrast, light and dark, computed from the tokens in app.css
//! by the formula of WCAG 2.2 (relative luminance, (L1 + 0.05) / (L2 + 0.05)).

use std::collections::BTreeMap;

type Tokens = BTreeMap<String, [f64; 3]>;

const SHEET: &str = include_str!("../assets/app.css");

/// Text needs 4.5, a line that one must find to use something needs 3.
const TEXT: f64 = 4.5;
const LINE: f64 = 3.0;

/// What stands on what.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "bg", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunk", TEXT),
    ("ink-2", "bg", TEXT),
    ("ink-2", "surface", TEXT),
    ("ink-2", "sunk", TEXT),
    ("primary", "bg", TEXT),
    ("primary", "surface", TEXT),
    ("primary", "sunk", TEXT),
    ("clay", "bg", TEXT),
    ("clay", "surface", TEXT),
    ("clay", "sunk", TEXT),
    ("plum", "bg", TEXT),
    ("plum", "surface", TEXT),
    ("plum", "sunk", TEXT),
    ("sky", "bg", TEXT),
    ("sky", "surface", TEXT),
    ("sky", "sunk", TEXT),
    ("ok", "bg", TEXT),
    ("ok", "surface", TEXT),
    ("ok", "sunk", TEXT),
    ("danger", "bg", TEXT),
    ("danger", "surface", TEXT),
    ("danger", "sunk", TEXT),
    ("primary-ink", "primary-soft", TEXT),
    ("ink", "primary-soft", TEXT),
    ("ink-2", "primary-soft", TEXT),
    ("clay-ink", "clay-soft", TEXT),
    ("ink", "clay-soft", TEXT),
    ("ink-2", "clay-soft", TEXT),
    ("clay-ink", "bg", TEXT),
    ("clay-ink", "surface", TEXT),
    ("primary", "primary-soft", LINE),
    ("sun-ink", "sun-soft", TEXT),
    ("ink", "sun-soft", TEXT),
    ("ink-2", "sun-soft", TEXT),
    ("plum-ink", "plum-soft", TEXT),
    ("ink", "plum-soft", TEXT),
    ("ink-2", "plum-soft", TEXT),
    ("sky-ink", "sky-soft", TEXT),
    ("ink", "sky-soft", TEXT),
    ("ink-2", "sky-soft", TEXT),
    ("ok-ink", "ok-soft", TEXT),
    ("ink", "ok-soft", TEXT),
    ("ink-2", "ok-soft", TEXT),
    ("ok-ink", "surface", TEXT),
    ("danger-ink", "danger-soft", TEXT),
    ("ink", "danger-soft", TEXT),
    ("ink-2", "danger-soft", TEXT),
    ("on-hero", "hero", TEXT),
    ("sun", "hero", LINE),
    ("ink", "heat-1", TEXT),
    ("ink", "heat-2", TEXT),
    ("ink", "heat-3", TEXT),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-hover", TEXT),
    ("on-danger", "clay", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-danger", "danger-hover", TEXT),
    ("bg", "ink", TEXT),
    ("line-strong", "bg", LINE),
    ("line-strong", "surface", LINE),
    ("line-strong", "sunk", LINE),
    ("focus", "bg", LINE),
    ("focus", "surface", LINE),
    ("focus", "sunk", LINE),
    ("danger", "danger-soft", LINE),
    ("clay", "clay-soft", LINE),
];

#[test]
fn every_pair_has_enough_contrast_light_and_dark() {
    for (theme, tokens) in [("light", block(":root {")), ("dark", block(":root[data-theme=\"dark\"] {"))] {
        for (front, back, least) in PAIRS {
            let found = contrast(colour(&tokens, front), colour(&tokens, back));
            assert!(found >= *least, "{theme}: {front} on {back} is {found:.2}, needs {least}");
        }
    }
}

#[test]
fn a_device_that_is_dark_gets_the_same_dark_as_the_switch() {
    assert_eq!(block(":root:not([data-theme=\"light\"]) {"), block(":root[data-theme=\"dark\"] {"));
}

#[test]
fn the_formula_agrees_with_known_values() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let grey = 0x77 as f64 / 255.0;
    assert!((contrast([grey; 3], [1.0; 3]) - 4.48).abs() < 0.01);
}

fn colour(tokens: &Tokens, name: &str) -> [f64; 3] {
    *tokens.get(name).unwrap_or_else(|| panic!("app.css has no --{name}"))
}

/// The colours in the first block that begins so.
fn block(start: &str) -> Tokens {
    let from = SHEET.find(start).expect("the block is there") + start.len();
    let text = &SHEET[from..from + SHEET[from..].find('}').expect("the block ends")];
    let colours = text.split(';').filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let part =
            |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).expect("two digits")) / 255.0;
        Some((name.to_owned(), [part(0), part(2), part(4)]))
    });
    colours.collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
