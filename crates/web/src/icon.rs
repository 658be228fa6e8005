//! The icons: own line drawings, inline so that they take the colour of the text beside them.
//!
//! An icon never stands alone: there is always a word beside it, so each is hidden from screen readers.

use std::fmt;

use askama::filters::HtmlSafe;

/// One drawing, ready to be written into a page: `{{ page.icon("walk") }}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

impl HtmlSafe for Icon {}

impl fmt::Display for Icon {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, r#"<svg class="i" aria-hidden="true" viewBox="0 0 24 24">{}</svg>"#, self.0)
    }
}

/// The icon of that name. A name nobody drew gives the plain dot, so that a pack can never break a page.
pub fn icon(name: &str) -> Icon {
    match ICONS.binary_search_by(|(known, _)| (*known).cmp(name)) {
        Ok(at) => Icon(ICONS[at].1),
        Err(_) => Icon(r#"<circle cx="12" cy="12" r="4"/>"#),
    }
}

/// Whether somebody drew an icon of that name.
pub fn is_icon(name: &str) -> bool {
    ICONS.binary_search_by(|(known, _)| (*known).cmp(name)).is_ok()
}

/// Sorted by name; drawn on 24 by 24 with a stroke of 1.75.
const ICONS: &[(&str, &str)] = &[
    ("alert", r#"<path d="M12 4l9 16H3zM12 10v4.5M12 17.3v.2"/>"#),
    (
        "aloud",
        r#"<path d="M4 9.5v5h3.5L12 18.500v-13L7.500 9.500zM15.500 9a4.2 4.2 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>"#,
    ),
    ("back", r#"<path d="M15 5.5L8.5 12l6.5 6.5"/>"#),
    ("badge", r#"<circle cx="12" cy="9" r="5.5"/><path d="M8.5 13.5L7 21l5-2.5L17 21l-1.5-7.5"/>"#),
    ("bell", r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>"#),
    (
        "book",
        r#"<path d="M12 6.5C10 5 7.5 4.5 4 4.5V18c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V4.5c-3.5 0-6 .5-8 2zM12 6.5V20"/>"#,
    ),
    (
        "building",
        r#"<path d="M5 21V4h10v17M15 9.5h4V21M3 21h18M8 8h1M11 8h1M8 12h1M11 12h1M8 16h1M11 16h1"/>"#,
    ),
    (
        "bulb",
        r#"<path d="M9 17.5h6M10 20.5h4M12 3.5a6 6 0 0 0-3.5 10.8c.4.4.5.9.5 1.7h6c0-.8.1-1.3.5-1.7A6 6 0 0 0 12 3.5z"/>"#,
    ),
    (
        "calendar",
        r#"<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>"#,
    ),
    (
        "car",
        r#"<path d="M4 16.5v-4l2-5.5h12l2 5.5v4zM4 12.5h16M6 16.5V19M18 16.5V19"/><path d="M7.5 14.5h.1M16.5 14.5h.1"/>"#,
    ),
    ("chart", r#"<path d="M4 20h16M7 16v-4M12 16V7M17 16v-6"/>"#),
    ("check", r#"<path d="M5 12.5l4.5 4.5L19 7.5"/>"#),
    (
        "child",
        r#"<circle cx="12" cy="7" r="3.5"/><path d="M6.5 20c.4-4.4 2.6-6.5 5.5-6.5s5.1 2.1 5.5 6.5"/>"#,
    ),
    ("clock", r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.3 2"/>"#),
    ("close", r#"<path d="M6 6l12 12M18 6L6 18"/>"#),
    (
        "copy",
        r#"<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/><path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5"/>"#,
    ),
    ("download", r#"<path d="M12 3.5V15M8 11.5l4 4 4-4M4.5 16v4.5h15V16"/>"#),
    (
        "eye",
        r#"<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#,
    ),
    ("flag", r#"<path d="M6 21V4.5M6 5c4-2.2 7 2 12 0v8.5c-5 2-8-2.2-12 0"/>"#),
    ("forward", r#"<path d="M9 5.5l6.5 6.5L9 18.5"/>"#),
    (
        "group",
        r#"<circle cx="12" cy="6.5" r="2.7"/><circle cx="5.5" cy="15" r="2.5"/><circle cx="18.5" cy="15" r="2.5"/><path d="M9.5 9.5 7.2 12.7M14.5 9.5l2.3 3.2M8.5 16.5h7"/>"#,
    ),
    (
        "hand",
        r#"<path d="M8 12V6a1.5 1.5 0 0 1 3 0v5V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8c0 4-2.5 6.5-6 6.5-3 0-4.5-1.5-6-4.5l-1.5-3c-.5-1.2 1-2.2 2-1z"/>"#,
    ),
    (
        "heart",
        r#"<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>"#,
    ),
    ("home", r#"<path d="M4 11l8-7 8 7M6.5 9.5V20h11V9.5M10 20v-5.5h4V20"/>"#),
    ("key", r#"<circle cx="8" cy="15.5" r="4"/><path d="M11 12.500L19.5 4M16 7.500l3 3"/>"#),
    ("leaf", r#"<path d="M5 19c0-9 5-14 15-14 0 10-5 14-11 14-1.5 0-3-.5-4-1.5M5 19c2-5 5-8 9-9.5"/>"#),
    ("leave", r#"<path d="M13.5 4H5.500v16h8M10 12h10.500M17 8.500l3.5 3.5-3.5 3.5"/>"#),
    (
        "lock",
        r#"<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>"#,
    ),
    ("menu", r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#),
    ("message", r#"<path d="M3.5 6h17v12h-17zM3.5 7l8.5 6.500L20.5 7"/>"#),
    ("minus", r#"<path d="M5 12h14"/>"#),
    ("note", r#"<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5M9 13h6M9 16.5h6"/>"#),
    (
        "offline",
        r#"<path d="M3.5 3.5l17 17M8 8.2A4.5 4.5 0 0 0 6.8 17H17M10.7 6.3A5.5 5.5 0 0 1 17.6 10 3.7 3.7 0 0 1 20.3 15.5"/>"#,
    ),
    (
        "other",
        r#"<circle cx="6" cy="12" r="1.5"/><circle cx="12" cy="12" r="1.5"/><circle cx="18" cy="12" r="1.5"/>"#,
    ),
    ("pencil", r#"<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5"/>"#),
    (
        "people",
        r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6"/><path d="M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.6c2 .7 3.2 2.5 3.6 5.4"/>"#,
    ),
    (
        "phone",
        r#"<path d="M6 3.5h3l1.5 4.5-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4.5 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4 5.7 2 2 0 0 1 6 3.5z"/>"#,
    ),
    (
        "pin",
        r#"<path d="M12 21c4.5-4.7 6.7-8.2 6.7-11a6.7 6.7 0 0 0-13.4 0c0 2.8 2.2 6.3 6.7 11z"/><circle cx="12" cy="10" r="2.4"/>"#,
    ),
    ("plus", r#"<path d="M12 5v14M5 12h14"/>"#),
    ("printer", r#"<path d="M7 9V3.5h10V9M7 17H4.5v-8h15v8H17M7 14.5h10v6H7z"/>"#),
    (
        "question",
        r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.500a2.5 2.5 0 1 1 3.7 2.200c-.8.5-1.2 1-1.2 2M12 16.800v.1"/>"#,
    ),
    (
        "school",
        r#"<path d="M2.5 9.500L12 5l9.5 4.500L12 14zM6.5 11.500V16c1.5 1.5 3.5 2.2 5.5 2.200s4-.7 5.5-2.200v-4.500M21.5 9.500V15"/>"#,
    ),
    ("search", r#"<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>"#),
    (
        "settings",
        r#"<path d="M4 7.500h9M17 7.500h3M4 16.500h3M11 16.500h9"/><circle cx="15" cy="7.5" r="2"/><circle cx="9" cy="16.5" r="2"/>"#,
    ),
    ("share", r#"<path d="M12 15V4M8 7.5L12 3.5l4 4M6 12H4.5v8.5h15V12H18"/>"#),
    ("shield", r#"<path d="M12 3l7.5 2.7V11c0 4.8-3 8.3-7.5 10-4.5-1.7-7.5-5.2-7.5-10V5.7z"/>"#),
    ("speech", r#"<path d="M4 5.5h16v11H10l-4.5 3.5v-3.5H4z"/>"#),
    (
        "star",
        r#"<path d="M12 3.500l2.6 5.4 5.9.8-4.3 4.1 1 5.900L12 16.900l-5.2 2.8 1-5.900L3.5 9.700l5.9-.8z"/>"#,
    ),
    (
        "sun",
        r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>"#,
    ),
    (
        "target",
        r#"<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><circle cx="12" cy="12" r=".8"/>"#,
    ),
    (
        "tree",
        r#"<path d="M12 21v-7M12 3c3.5 0 5 2.5 5 4.5 1.5.5 2.5 1.8 2.5 3.3 0 2-1.6 3.2-3.5 3.2H8c-1.9 0-3.5-1.2-3.5-3.2 0-1.5 1-2.8 2.5-3.300C7 5.5 8.5 3 12 3z"/>"#,
    ),
    ("video", r#"<rect x="3" y="6.5" width="12" height="11" rx="2"/><path d="M15 11l6-3.5v9L15 13"/>"#),
    (
        "walk",
        r#"<circle cx="13" cy="4.5" r="1.7"/><path d="M9 20.5l2-6 3 2.5 1 3.5M11 14.5l1-6.5 4.5 3 2 .5M12 8L8.5 9.5 7.5 13"/>"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_search_finds_each() {
        for (name, drawing) in ICONS {
            assert_eq!(icon(name), Icon(drawing), "{name}");
        }
    }

    #[test]
    fn an_unknown_name_still_draws_something() {
        assert!(!is_icon("no-such-icon"));
        assert!(icon("no-such-icon").to_string().contains("<circle"));
    }

    #[test]
    fn every_icon_a_pack_may_name_is_drawn() {
        for name in porchlight_practice::pack::icons() {
            assert!(is_icon(name), "{name}");
        }
    }
}
