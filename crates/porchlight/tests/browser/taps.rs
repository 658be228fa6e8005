//! How many taps the two commonest pieces of work take on a phone. If a page needs more, the page is wrong.

use crate::harness::{Page, Screen};

/// Who writes in a programme of the demo, about whom, and what its pack calls things.
struct Programme {
    name: &'static str,
    peer: &'static str,
    person: &'static str,
    goal: &'static str,
    strengths: &'static str,
    own_words: &'static str,
    response: &'static str,
    /// What a check-in needs beside what is filled in already.
    check_in: &'static [&'static str],
}

const SWEETGUM: Programme = Programme {
    name: "Sweetgum",
    peer: "peer_specialist",
    person: "Darnell W.",
    goal: "Get my own keys.",
    strengths: "Strengths you saw",
    own_words: "Their own words",
    response: "How was it for them?",
    check_in: &["Listened and was there"],
};

const REDBUD: Programme = Programme {
    name: "Redbud",
    peer: "parent_peer_specialist",
    person: "Angela L.",
    goal: "I want to walk into that school meeting and not shake.",
    strengths: "The parent's strengths",
    own_words: "The parent's own words",
    response: "How was it for the parent?",
    check_in: &["Be there and listen", "Listened and was there"],
};

/// From My day to a signed check-in, with nothing typed.
async fn check_in(programme: &Programme) -> u32 {
    let page = Page::open(Screen::phone()).await;
    page.sign_in(programme.peer, programme.name).await;
    page.arrive("/day").await;
    page.count_taps_from_here();
    page.tap(&format!("Check-in {}", programme.person)).await;
    for tile in programme.check_in {
        page.tap(tile).await;
    }
    page.tap("Sign").await;
    page.see("Signed. The note is on file.").await;
    page.see("10 minutes").await;
    page.taps()
}

/// From My day to a signed note with every question answered. To type somewhere takes a tap too, so it counts.
async fn full_note(programme: &Programme) -> u32 {
    let page = Page::open(Screen::phone()).await;
    page.sign_in(programme.peer, programme.name).await;
    page.arrive("/day").await;
    page.count_taps_from_here();
    page.tap_first(programme.person).await;
    for tile in ["Work on a goal", programme.goal, "Out and about", "Family", "Listened and was there"] {
        page.tap(tile).await;
    }
    for (label, words) in [
        (programme.strengths, "Asked for what was needed."),
        (programme.own_words, "I said it out loud, and it was all right."),
        (programme.response, "Lighter at the end."),
    ] {
        page.tap(label).await;
        page.type_here(words).await;
    }
    page.tap("They try a step").await;
    page.tap("Say what, when and who").await;
    page.tap_css("#next_words").await;
    page.type_here("A call on Friday. I ask how it went.").await;
    page.tap("Sign").await;
    page.see("Signed. The note is on file.").await;
    page.see("I said it out loud, and it was all right.").await;
    page.do_not_see("Left out").await;
    page.taps()
}

/// covers: AL-52
#[tokio::test]
async fn a_check_in_takes_at_most_six_taps_and_no_typing() {
    for (programme, taps) in [(SWEETGUM, 3), (REDBUD, 4)] {
        assert_eq!(check_in(&programme).await, taps, "{}: at most 6", programme.name);
    }
}

/// covers: AL-52
#[tokio::test]
async fn a_full_note_takes_at_most_fourteen_taps_and_what_is_typed() {
    for programme in [SWEETGUM, REDBUD] {
        assert_eq!(full_note(&programme).await, 13, "{}: at most 14", programme.name);
    }
}
