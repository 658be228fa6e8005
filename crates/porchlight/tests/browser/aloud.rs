//! Reading aloud: by a voice on the device or not at all, and silent once somebody leaves.

use crate::harness::{Page, Screen};

/// In the place of the browser's voices, which a test machine has none of: what is spoken is written down.
const VOICES: &str = r#"
    window.said = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const voices = arguments[0].map(([lang, localService]) => ({ lang, localService }));
    speechSynthesis.getVoices = () => voices;
    speechSynthesis.speak = (one) => window.said.push([one.text, one.voice?.lang, one.lang]);
    speechSynthesis.cancel = () => { window.said.push(["silence"]); };
    speechSynthesis.dispatchEvent(new Event("voiceschanged"));
"#;

async fn with_voices(page: &Page, voices: serde_json::Value) {
    page.client().execute(VOICES, vec![voices]).await.unwrap();
}

async fn said(page: &Page) -> String {
    page.client()
        .execute("return JSON.stringify(window.said)", vec![])
        .await
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_page_of_the_persons_is_read_aloud_by_a_voice_on_the_device_alone() {
    let page = Page::open(Screen::phone()).await;
    page.sign_in("person", "Sweetgum").await;
    page.visit("/plans").await;
    page.do_not_see("Read aloud").await;
    // A voice far away would be told every word.
    with_voices(&page, serde_json::json!([["en-US", false], ["es-US", true]])).await;
    page.do_not_see("Read aloud").await;
    with_voices(&page, serde_json::json!([["en-US", false], ["en-US", true]])).await;
    page.tap("Read aloud").await;
    page.see("Stop reading").await;
    let said = said(&page).await;
    assert!(said.contains("My plans") && said.contains("These are yours."), "{said}");
    for left_out in ["Read aloud", "Stop reading", "Leave fast", "Colors"] {
        assert!(!said.contains(left_out), "{said}");
    }
    page.tap("Stop reading").await;
    page.see("Read aloud").await;
    page.axe().await;
}
