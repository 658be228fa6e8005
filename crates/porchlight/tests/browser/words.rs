//! Help with words in Log a contact: a gentle line below the box while somebody writes, and once before signing where no
//! script runs.

use crate::harness::{Demo, Link, Page, Screen};

fn teresa() -> &'static Link {
    Demo::shared().links().iter().find(|link| link.name == "Teresa Lindgren").unwrap()
}

/// A new note, without a draft that would stand on My day afterwards.
async fn new_note(screen: Screen) -> Page {
    let page = Page::open(screen).await;
    page.sign_in_with(teresa()).await;
    page.arrive("/day").await;
    page.tap_first("Gus P.").await;
    page.see("Your time with").await;
    page
}

/// covers: AL-18
#[tokio::test]
async fn a_kinder_word_is_offered_while_somebody_writes() {
    let page = new_note(Screen::phone()).await;
    page.type_into("How was it for them?", "He refused the clinic call for now.").await;
    page.see("“refused the” is a word to look at.").await;
    page.axe_in_both_themes().await;
    page.no_sideways_scroll().await;
    page.screenshot("words-390-light").await;
    page.set_dark(true);
    page.screenshot("words-390-dark").await;
    page.set_dark(false);
    page.screenshot_at("words-1280-light", 1280, 900).await;
    page.tap("Use this refused the").await;
    page.do_not_see("is a word to look at.").await;
    assert_eq!(page.typed_in("How was it for them?").await, "He said no to the clinic call for now.");

    // Their own words are theirs.
    page.type_into("Their own words", "I am an addict and a junkie.").await;
    page.type_into("How was it for them?", "He is an alcoholic.").await;
    page.see("“an alcoholic” is a word to look at.").await;
    assert_eq!(page.count("[role=status] .hintbox").await, 1);
    page.tap("That is how they say it an alcoholic").await;
    page.do_not_see("is a word to look at.").await;
    page.tap("Save for later").await;
    page.see("Saved. You can finish it on any of your devices.").await;
    page.tap("Note for Gus P.").await;
    page.see("Your time with").await;
    assert_eq!(page.count("form[data-kept~=alcoholic]").await, 1);
    page.tap("Throw this draft away").await;
    page.tap("Yes, throw it away").await;
    page.see("The draft is gone.").await;
}

/// covers: AL-18
#[tokio::test]
async fn without_a_script_words_are_looked_at_before_signing() {
    let page = new_note(Screen::phone().without_scripts()).await;
    for tile in ["I want a place with a door that is mine.", "Out and about", "Listened and was there"] {
        page.tap(tile).await;
    }
    page.type_into("Strengths you saw", "He asked for what he needs.").await;
    page.type_into("Their own words", "I am an addict, and I cook.").await;
    page.type_into("How was it for them?", "He refused to go, and said so.").await;
    page.tap("They try a step").await;
    page.tap("Sign").await;
    page.see("A few words to look at").await;
    page.see("“chose not to”").await;
    page.do_not_see("addict” is a word").await;
    page.screenshot("words-no-script").await;
    page.tap("Sign").await;
    page.see("Signed. The note is on file.").await;
}
