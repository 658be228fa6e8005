//! Pictures of the main pages, for people to look at: `cargo xtask shots DIR [NAME…]`.

use crate::harness::{Demo, Page, Screen};

/// Of each role in each programme: phone and desktop, light and dark, English and Spanish. The names in
/// `PORCHLIGHT_SHOTS_ONLY`, with commas between, choose roles or programmes.
#[tokio::test]
#[ignore = "it takes pictures and asserts nothing"]
async fn of_the_main_pages() {
    let only = std::env::var_os("PORCHLIGHT_SHOTS_ONLY").unwrap_or_default();
    let only = only.to_string_lossy().to_lowercase();
    let wanted = |name: &str| only.is_empty() || only.split(',').any(|part| name.contains(part.trim()));

    if wanted("signed-out") {
        let page = Page::open(Screen::phone()).await;
        page.visit("/").await;
        take(&page, "signed-out").await;
    }
    for link in Demo::shared().links() {
        let name = format!("{}-{}", slug(&link.programme), slug(&link.role));
        if wanted(&name) {
            let page = Page::open(Screen::phone()).await;
            page.sign_in_with(link).await;
            take(&page, &name).await;
        }
    }
}

async fn take(page: &Page, name: &str) {
    for path in page.walk(20).await {
        println!("{name} {path}");
        for lang in ["en", "es"] {
            page.set_language(lang);
            page.visit(&path).await;
            for (width, height) in [(390, 844), (1280, 900)] {
                for dark in [false, true] {
                    page.set_dark(dark);
                    let theme = if dark { "dark" } else { "light" };
                    let name = format!("{name}-{}-{width}-{theme}-{lang}", slug(&path));
                    page.screenshot_at(&name, width, height).await;
                }
            }
        }
    }
}

/// Letters and dashes of a path or name, with long ids left out.
fn slug(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|part| !part.is_empty());
    let parts: Vec<_> = parts.map(|part| if part.len() > 24 { "one" } else { part }).collect();
    if parts.is_empty() { "start".into() } else { parts.join("-").to_lowercase() }
}
