//! A simulated year of a new parent peer specialist in Alabama: hired, yes, the warning, the closed gate.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::harness::{Demo, Link, Page, Screen, new_folder};

const NAME: &str = "Odessa Tate";
const SIGN_IN: &str = "odessa by the creek";
const PASSWORD: &str = "four pecans in a row";
const PROGRAMME: &str = "Redbud";
const ALONE: &str = "/credentials?question=work_alone_with_youth";
/// Four trainings that the job description asks for before working alone with youth.
const TRAININGS: [&str; 4] = ["infection_control", "crisis_training", "abuse_and_neglect", "tuberculosis"];

/// One agency, through the years.
struct Years {
    data: PathBuf,
    port: String,
}

impl Years {
    fn on(&self, today: &str) -> Demo {
        let data = self.data.to_str().unwrap();
        Demo::start_with(&["--data", data, "--port", &self.port, "--today", today])
    }
}

fn link<'a>(demo: &'a Demo, name: &str) -> &'a Link {
    let mut links = demo.links().iter();
    links.find(|link| link.name == name && link.programme.contains(PROGRAMME)).expect("somebody of that name")
}

async fn signed_in(demo: &Demo, name: &str, screen: Screen) -> Page {
    let page = Page::open_at(screen, demo.origin()).await;
    page.sign_in_with(link(demo, name)).await;
    page
}

/// A small photo on this machine.
fn photo(folder: &Path) -> PathBuf {
    let path = folder.join("certificate.jpg");
    std::fs::File::create(&path).unwrap().write_all(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0xFF, 0xD9]).unwrap();
    path
}

/// covers: AL-62, AL-63, AL-64, AL-69, AL-70, AL-71
#[tokio::test]
async fn a_simulated_year_from_hire_to_yes_to_the_warning_and_the_closed_gate() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let folder = new_folder("year");
    let years = Years { data: folder.join("data"), port };
    let demo = years.on("2027-01-11");

    // Hired: the office invites her, she comes in by the link, and her supervisor is named.
    let office = signed_in(&demo, "Hank Weller", Screen::desktop()).await;
    office.visit("/workers").await;
    office.tap("Invite somebody").await;
    office.type_into("Their name", NAME).await;
    office.tap_css("label:has(input[name=title][value=peer])").await;
    office.tap_css("main .savebar button").await;
    office.see("is invited").await;
    let script = "return document.querySelector('#link').value.trim()";
    let invitation = office.client().execute(script, vec![]).await.unwrap();
    let invitation = invitation.as_str().unwrap().strip_prefix(demo.origin()).unwrap().to_owned();
    let odessa = Page::open_at(Screen::phone(), demo.origin()).await;
    odessa.visit(&invitation).await;
    odessa.type_into("Sign-in name", SIGN_IN).await;
    odessa.type_into("Password", PASSWORD).await;
    odessa.tap("Make my account").await;
    // The page before calls her by her name, too.
    odessa.arrive("/day").await;
    office.visit("/workers").await;
    let script = "return [...document.querySelectorAll('main a.task')] \
                  .find(one => one.innerText.includes(arguments[0])).getAttribute('href')";
    let her_page = office.client().execute(script, vec![NAME.into()]).await.unwrap();
    office.visit(her_page.as_str().unwrap()).await;
    office.choose("Who supervises them?", "Yolanda Price, Program Manager").await;
    office.tap_css("main form[action$=supervisor] button").await;
    office.see("They know whom to call.").await;

    // She will come back by her password alone, years later, so the program asks nobody for a second step.
    office.visit("/programme").await;
    let script = "return document.querySelector(\"main a[href$='/settings']\").getAttribute('href')";
    let settings = office.client().execute(script, vec![]).await.unwrap();
    office.visit(settings.as_str().unwrap()).await;
    office.tap_css("label:has(input[name='set-second_step_staff'][value=no])").await;
    office.tap_css("main .savebar button").await;
    office.see("Saved.").await;

    // Not yet; one photo for each training; then yes, and somebody else looks at them.
    odessa.visit(ALONE).await;
    odessa.see("Not yet").await;
    odessa.see("4 of 4 things are left").await;
    let photo = photo(&folder);
    for training in TRAININGS {
        odessa.visit(&format!("/credentials/new?for={training}")).await;
        odessa.type_into("The day it ended", "2027-01-08").await;
        let field = odessa.client().find(fantoccini::Locator::Css("#file")).await.unwrap();
        field.send_keys(photo.to_str().unwrap()).await.unwrap();
        odessa.tap("Send it").await;
        odessa.see("It counts now.").await;
    }
    odessa.visit(ALONE).await;
    odessa.see("Everything is in place.").await;
    odessa.see("This is yes until January 8, 2028").await;
    odessa.axe().await;
    for left in (0..TRAININGS.len()).rev() {
        office.visit("/papers-to-check").await;
        let script = "return [...document.querySelectorAll('main a.task')] \
                      .filter(one => one.innerText.includes(arguments[0])).map(one => one.getAttribute('href'))";
        let waiting = office.client().execute(script, vec![NAME.into()]).await.unwrap();
        let waiting = waiting.as_array().unwrap().clone();
        assert_eq!(waiting.len(), left + 1);
        office.visit(waiting[0].as_str().unwrap()).await;
        office.tap("Yes, it is good").await;
        office.see("Checked. They can see it.").await;
    }
    drop((odessa, office));
    demo.kill();

    // Almost a year on: nothing yet, two weeks before.
    let demo = years.on("2027-12-24");
    let lead = signed_in(&demo, "Yolanda Price", Screen::phone()).await;
    lead.visit("/day").await;
    assert!(!lead.text("main").await.contains("January 8, 2028"), "two weeks before it is quiet");
    drop(lead);
    demo.kill();

    // Five days before: her supervisor reads it on their day, and she reads until when it is yes.
    let demo = years.on("2028-01-03");
    let lead = signed_in(&demo, "Yolanda Price", Screen::phone()).await;
    lead.visit("/day").await;
    lead.see("Within a week").await;
    lead.see("May I work alone with youth? Yes up to January 8, 2028.").await;
    lead.axe().await;
    lead.visit("/ahead").await;
    lead.see("January 9, 2028").await;
    let odessa = returned(&demo).await;
    odessa.visit(ALONE).await;
    odessa.see("This is yes until January 8, 2028").await;
    drop((lead, odessa));
    demo.kill();

    // The day after: the gate is closed, and what helps stands beside it.
    let demo = years.on("2028-01-09");
    let odessa = returned(&demo).await;
    odessa.visit(ALONE).await;
    odessa.see("Not yet").await;
    odessa.see("Ended January 8, 2028").await;
    odessa.see("You can meet parents").await;
    odessa.axe().await;
}

/// She signs in again by name and password: a session does not last a year.
async fn returned(demo: &Demo) -> Page {
    let page = Page::open_at(Screen::phone(), demo.origin()).await;
    page.visit("/sign-in").await;
    page.type_into("Sign-in name", SIGN_IN).await;
    page.type_into("Password", PASSWORD).await;
    page.tap("Sign in").await;
    page.see("Odessa").await;
    page
}
