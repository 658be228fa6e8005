//! What holds on every page that anybody can reach: it can be used with any eyes, on any screen, by any keyboard, and
//! with scripts switched off.
//!
//! The pages are found by walking along the links from where signing in leads, so a new page is tried without a line
//! here.

use crate::harness::{Demo, Link, Page, Screen};

/// More kinds of page than any role has today, so that a walk ends even where links have no end.
const MOST_PAGES: usize = 40;

/// The programmes of Georgia and Alabama. Between them they have both shapes of pages, with adults and with parents,
/// and every role. Another state's pages differ in their words alone, and would make a long walk more than twice as
/// long.
const WALKED: [&str; 2] = ["Sweetgum Peer Support", "Redbud Family Partners"];

/// One person of each role in each of these programmes, and whoever is in none.
fn one_of_each() -> impl Iterator<Item = &'static Link> {
    let links = Demo::shared().links();
    for name in WALKED {
        assert!(links.iter().any(|link| link.programme == name), "the demo has no {name}");
    }
    let same = |a: &Link, b: &Link| a.role == b.role && a.programme == b.programme;
    links
        .iter()
        .enumerate()
        .filter(|(_, link)| link.programme == "Agency" || WALKED.contains(&link.programme.as_str()))
        .filter(move |(at, link)| !links[..*at].iter().any(|e| same(e, link)))
        .map(|(_, link)| link)
}

/// Every page of these roles in both programmes, and all that is wrong with each.
async fn try_all(roles: &[&str]) {
    let mut faults = Vec::new();
    for link in one_of_each().filter(|link| roles.contains(&link.role.as_str())) {
        let page = Page::open(Screen::phone()).await;
        page.sign_in_with(link).await;
        for path in page.walk(MOST_PAGES).await {
            page.visit(&path).await;
            let what = try_one(&page).await;
            faults.extend(
                what.iter().map(|what| format!("{} of {} at {path}, {what}", link.role, link.programme)),
            );
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

async fn try_one(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    for (width, height) in [(390, 844), (1280, 900)] {
        page.set_size(width, height);
        page.set_dark(false);
        faults.extend(page.what_axe_finds().await.iter().map(|what| format!("{width} px, light: {what}")));
        page.set_dark(true);
        let dark = page.what_axe_finds_in_colours().await;
        faults.extend(dark.iter().map(|what| format!("{width} px, dark: {what}")));
    }
    page.set_dark(false);
    page.set_size(390, 844);
    faults.extend(page.what_does_not_fit().await);
    faults.extend(page.what_hides_the_focus().await);
    faults
}

#[tokio::test]
async fn every_page_of_the_people_supported() {
    try_all(&["person", "supporter"]).await;
}

#[tokio::test]
async fn every_page_of_the_people_who_walk_with_them() {
    try_all(&["peer_specialist", "parent_peer_specialist", "trainee"]).await;
}

#[tokio::test]
async fn every_page_of_the_people_around_them() {
    try_all(&["supervisor", "team_member"]).await;
}

#[tokio::test]
async fn every_page_of_the_office() {
    try_all(&["privacy_lead", "programme_admin", "certifier", "auditor"]).await;
}

/// The first pages of a peer specialist and of a person: no rule of axe broken by day or by night, nothing too wide.
#[tokio::test]
async fn the_first_pages_of_a_peer_specialist_and_a_person() {
    let mut faults = Vec::new();
    for role in ["peer_specialist", "person"] {
        let Some(link) = one_of_each().find(|link| link.role == role) else { panic!("nobody is a {role}") };
        let page = Page::open(Screen::phone()).await;
        page.sign_in_with(link).await;
        for path in page.walk(7).await {
            page.visit(&path).await;
            for dark in [false, true] {
                page.set_dark(dark);
                faults.extend(
                    page.what_axe_finds().await.iter().map(|what| format!("{role} at {path}: {what}")),
                );
            }
            page.set_dark(false);
            faults.extend(
                page.what_does_not_fit().await.iter().map(|what| format!("{role} at {path}: {what}")),
            );
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn every_page_of_somebody_signed_out() {
    let page = Page::open(Screen::phone()).await;
    let mut faults = Vec::new();
    page.visit("/").await;
    for path in page.walk(MOST_PAGES).await {
        page.visit(&path).await;
        faults.extend(try_one(&page).await.iter().map(|what| format!("{path}, {what}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn every_page_without_scripts_and_in_spanish() {
    let page = Page::open(Screen::phone().spanish().without_scripts()).await;
    for link in one_of_each() {
        page.forget_cookies();
        page.set_language("es");
        page.sign_in_with(link).await;
        for path in page.walk(MOST_PAGES).await {
            page.visit(&path).await;
            let who = format!("{} of {} at {path}", link.role, link.programme);
            assert_eq!(page.count("html[lang=es]").await, 1, "{who} is not in Spanish");
            assert_eq!(page.count("main h1").await, 1, "{who} has no title");
        }
    }
}
