//! A peer specialist makes a corner of their own, writes, closes it, opens it with the printed code on another device, and
//! takes it along. That it outlives the job is tried in the tests of pages.

use crate::harness::{Demo, Page, Screen, new_folder};
use std::io::Write;
use std::process::{Command, Stdio};

/// covers: WI-18
#[tokio::test]
async fn a_corner_is_made_written_opened_elsewhere_and_taken_along() {
    // A demo of its own: nobody else's corner is touched.
    let demo = Demo::start();
    let (role, programme) = ("peer_specialist", "Sweetgum");
    let link = demo.link(role, programme);
    let page = Page::open_at(Screen::desktop(), demo.origin()).await;
    page.sign_in_with(link).await;
    page.visit("/day").await;
    page.tap_link("/mine").await;
    page.see("If you lose both, your words are gone.").await;
    page.type_into("New passphrase", "copper kettle seven sparrows").await;
    page.type_into("The same again", "copper kettle seven sparrows").await;
    page.tap("Make my corner").await;
    page.see("This is the only time you see it.").await;
    let code = page.text(".code").await;
    page.tap("I have it").await;
    page.see("Nothing written yet").await;
    page.visit("/mine/start").await;
    page.tap("My wellness plan").await;
    page.see("Part 1 of").await;
    page.type_into("What are you like on a good day?", "I whistle on the stairs.").await;
    page.see("Draft saved").await;
    page.tap("Done for now").await;
    page.see("I whistle on the stairs.").await;
    let paper = page.path().await;
    page.visit("/mine").await;
    page.tap("Close now").await;
    page.see("It is closed.").await;
    page.do_not_see("My wellness plan").await;

    let phone = Page::open_at(Screen::phone(), demo.origin()).await;
    phone.sign_in_with(link).await;
    phone.visit(&paper).await;
    phone.type_into("Passphrase or printed code", &code.to_lowercase()).await;
    phone.tap("Open").await;
    phone.arrive(&paper).await;
    phone.see("I whistle on the stairs.").await;
    phone.axe_in_both_themes().await;

    // The sealed file, as the button would save it, opens without any server.
    phone.visit("/mine/take").await;
    let fetch = "const done = arguments[0]; fetch('/mine/file').then(file => file.text()).then(done)";
    let file = phone.client().execute_async(fetch, Vec::new()).await.expect("the file");
    let file = file.as_str().expect("a text").to_owned();
    let folder = new_folder("corner");
    let sealed = folder.join("mine.sealed");
    std::fs::write(&sealed, file).expect("a file");
    let mut program = Command::new(env!("CARGO_BIN_EXE_porchlight"))
        .args(["corner", "open"])
        .arg(&sealed)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut answer = program.stdin.take().expect("its input");
    writeln!(answer, "{code}").expect("the code goes in");
    drop(answer);
    let said = program.wait_with_output().expect("it ends");
    assert!(String::from_utf8_lossy(&said.stdout).contains("I whistle on the stairs."));
}
