//! Every page, filled with a sample, so that a test can render each in every language and look at what comes out.
//!
//! Add a line to [`all`] for each template: its path and a function that fills it. A template without one fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use porchlight_app::day::WhomToReach;
use porchlight_app::news::NewsLine;
use porchlight_app::passkey::{PasskeyLine, Question};
use porchlight_app::second_step::{Offer, SecondStepView};
use porchlight_app::session::SessionLine;
use porchlight_app::way_in::{Lost, Mailed, WayIn};
use porchlight_practice::id::MembershipId;
use porchlight_practice::news::News;
use porchlight_practice::second_step::RecoveryCode;
use porchlight_practice::{Lang, Role, Text};

use crate::error::{ErrorPage, Trouble};
use crate::form::{Choice, Form};
use crate::help_now::{HelpLine, HelpNow, Reach};
use crate::i18n::Argument;
use crate::kept::KeptPage;
use crate::kit::Kit;
use crate::page::{Page, Visitor};
use crate::preference::More;
use crate::prove::ProvePage;
use crate::reach::{DeviceLine, ReachPage};
use crate::rights::RightsPage;
use crate::tell_someone::TellSomeone;
use crate::{account, passkey, second_step, session, way_in};

mod advocacy;
mod availability;
mod contact;
mod corner;
mod credential;
mod device;
mod disclosure;
mod document;
mod goal;
mod group;
mod guardian;
mod intake;
mod me;
mod pairing;
mod people;
mod plan;
mod safety;
mod set_up;
mod supervision;
mod team_meeting;
mod visit;

/// The page of a template, filled.
type Fill = fn(Lang) -> String;

/// Each template with its sample. A template may stand here more than once.
pub(crate) fn all() -> Vec<(&'static str, Fill)> {
    let mut all = shell();
    all.extend(advocacy::all());
    all.extend(availability::all());
    all.extend(corner::all());
    all.extend(disclosure::all());
    all.extend(credential::all());
    all.extend(device::all());
    all.extend(document::all());
    all.extend(goal::all());
    all.extend(intake::all());
    all.extend(team_meeting::all());
    all.extend(group::all());
    all.extend(me::all());
    all.extend(pairing::all());
    all.extend(safety::all());
    all.extend(supervision::all());
    all.extend(guardian::all());
    all.extend(plan::all());
    all.extend(visit::all());
    all
}

fn shell() -> Vec<(&'static str, Fill)> {
    vec![
        ("day/admin.html", |lang| set_up::day(lang, &set_up::wanting())),
        ("day/admin.html", |lang| set_up::day(lang, &set_up::ready())),
        ("contact/clash.html", contact::clash),
        ("parts/words.html", contact::words),
        ("contact/copy.html", contact::copy),
        ("contact/form.html", contact::form),
        ("contact/mine.html", contact::mine),
        ("contact/pick.html", contact::pick),
        ("contact/queue.html", contact::queue),
        ("contact/show.html", contact::show),
        ("day/peer.html", contact::peer_day),
        ("day/supervisor.html", contact::supervisor_day),
        ("reach/show.html", |lang| reach(lang, true)),
        ("reach/show.html", |lang| reach(lang, false)),
        ("account/old_link.html", |lang| {
            write(account::OldLink { page: page(lang, None).titled("account-old-link") })
        }),
        ("account/open.html", |lang| {
            let name = "Marisol Vega".to_owned();
            let page = page(lang, None).titled_with("account-open-title", "name", &name);
            write(account::Open { page, form: Form::new(), name })
        }),
        ("account/show.html", |lang| my_account(lang, false)),
        ("account/show.html", |lang| my_account(lang, true)),
        ("account/sign_in.html", |lang| sign_in(lang, Form::new(), true)),
        ("account/sign_in.html", |lang| {
            let mut form = Form::new().with("sign_in_name", "marisol").with("kept", "yes");
            form.wrong("sign_in_name", "account-error-sign-in");
            sign_in(lang, form, false)
        }),
        ("session/code.html", |lang| code(lang, false)),
        ("session/code.html", |lang| code(lang, true)),
        ("session/list.html", |lang| sessions(lang, 1)),
        ("session/list.html", |lang| sessions(lang, 3)),
        ("session/prove.html", prove),
        ("second_step/show.html", |lang| second_step(lang, None, None)),
        ("second_step/show.html", |lang| second_step(lang, None, Some(false))),
        ("second_step/show.html", |lang| second_step(lang, None, Some(true))),
        ("second_step/show.html", |lang| second_step(lang, Some(1), None)),
        ("second_step/new.html", new_second_step),
        ("second_step/codes.html", |lang| codes(lang, true)),
        ("second_step/codes.html", |lang| codes(lang, false)),
        ("news/show.html", |lang| news(lang, true)),
        ("news/show.html", |lang| news(lang, false)),
        ("passkey/list.html", |lang| passkeys(lang, 0) + &passkeys(lang, 2)),
        ("passkey/new.html", |lang| {
            let question = Question { id: uuid::Uuid::from_u128(7), asked: serde_json::Value::Null };
            let mut form = Form::new();
            form.wrong("passkey-make", "passkey-error");
            let page = page(lang, Some(Role::PeerSpecialist));
            write(passkey::NewPage::of(page, form, "porchlight.example", question, a_command()))
        }),
        #[cfg(feature = "single-sign-on")]
        ("single_sign_on/show.html", |lang| single_sign_on(lang, false) + &single_sign_on(lang, true)),
        #[cfg(feature = "single-sign-on")]
        ("single_sign_on/onward.html", |lang| {
            let (name, to) = ("Riverbend account", "https://sign-in.example.org/auth?state=7".to_owned());
            write(crate::single_sign_on::OnwardPage::of(page(lang, None), name, to, "/sign-in"))
        }),
        ("way_in/forgot.html", |lang| {
            let mut wrong = Form::new();
            wrong.wrong("sign_in_name", "account-error-sign-in-name");
            let of = |form, mails, sent| write(way_in::ForgotPage::of(page(lang, None), form, mails, sent));
            [of(wrong, true, false), of(Form::new(), true, true), of(Form::new(), false, false)].concat()
        }),
        ("way_in/set.html", |lang| {
            let mut wrong = Form::new();
            wrong.wrong("sign_in_name", "account-error-taken");
            let of = |form, step| write(way_in::SetPage::of(page(lang, None), form, step));
            [of(wrong, true), of(Form::new(), false)].concat()
        }),
        ("way_in/mailbox.html", |lang| {
            write(way_in::MailboxPage { page: page(lang, None).titled("way-in-mailbox") })
        }),
        ("way_in/find.html", |lang| lost(lang)),
        ("way_in/link.html", way_in_link),
        ("way_in/elsewhere.html", |lang| {
            let page = page(lang, Some(Role::ProgrammeAdmin)).titled("way-in-elsewhere");
            write(way_in::ElsewherePage { page, team: "/programmes/1/workers".into() })
        }),
        ("account/start.html", |lang| {
            write(account::Start { page: page(lang, None).titled("account-start-title") })
        }),
        ("account/welcome.html", |lang| welcome(lang, Some("Sweetgum Peer Support"), None)),
        ("account/welcome.html", |lang| {
            welcome(lang, None, Some(("Marisol Vega".to_owned(), "/join/x".to_owned())))
        }),
        ("error.html", |lang| errors(lang, None)),
        ("error.html", |lang| errors(lang, Some(Role::Person))),
        ("help_now.html", |lang| write(HelpNow::with(page(lang, None), lines(), WhomToReach::default()))),
        ("share/list.html", people::choices),
        ("goal/list.html", people::goals),
        ("help_now.html", |lang| {
            let walks = vec![("Marisol Vega".to_owned(), "555-0150".to_owned())];
            let people = vec![("My sister Ana".to_owned(), "picks up at night".to_owned())];
            write(HelpNow::with(page(lang, Some(Role::Person)), lines(), WhomToReach { walks, people }))
        }),
        ("journal/show.html", set_up::journal),
        ("kept.html", |lang| kept(lang, vec!["We walked to the library and sat in the sun.".to_owned()])),
        ("kept.html", |lang| kept(lang, Vec::new())),
        ("kit.html", |lang| write(Kit::sample(page(lang, Some(Role::Supervisor)).titled("kit-title")))),
        ("rights.html", |lang| {
            write(RightsPage {
                page: page(lang, None).titled("rights-title"),
                role_card: "We listen, and share what helped us.".into(),
                privacy: "Some things can't stay private.".into(),
                rights: vec!["You can say no.".into(), "You can stop.".into()],
            })
        }),
        ("tell_someone.html", |lang| tell_someone(lang, Vec::new())),
        ("tell_someone.html", |lang| {
            let named = [("Lydia Pruitt", "555-0150"), ("Owen Castillo", ""), ("Ana Diaz", "front desk")];
            tell_someone(lang, named.map(|(name, how)| Reach::new(name.into(), how.into())).into())
        }),
        ("more.html", |lang| write(More { page: page(lang, None).titled("nav-more") })),
        ("work.html", contact::work),
        ("more.html", |lang| {
            Role::ALL.map(|role| write(More { page: page(lang, Some(role)).titled("nav-more") })).concat()
        }),
        ("programme/list.html", set_up::list),
        ("programme/measures.html", set_up::measures),
        ("programme/new.html", set_up::new),
        ("programme/pack.html", set_up::pack),
        ("programme/pick.html", set_up::pick),
        ("programme/rules.html", set_up::rules),
        ("programme/settings.html", set_up::settings),
        ("programme/show.html", set_up::show),
        ("question/answer.html", set_up::question),
        ("question/list.html", set_up::questions),
        ("worker/end.html", set_up::end),
        ("worker/invite.html", set_up::invite),
        ("worker/invited.html", set_up::invited),
        ("worker/list.html", set_up::workers),
        ("worker/show.html", set_up::worker),
        ("person/children.html", people::children),
        ("person/edit.html", people::edit),
        ("person/invite.html", people::invite),
        ("person/list.html", people::list),
        ("person/paper.html", people::paper),
        ("person/same.html", people::same),
        ("person/show.html", people::show),
        ("person/visits.html", people::visits),
        ("support/end.html", people::end),
        ("support/first_meeting.html", people::first_meeting),
        ("support/hand_over.html", people::hand_over),
        ("support/accompany.html", people::accompany),
        ("support/new.html", people::start),
    ]
}

fn sign_in(lang: Lang, form: Form, ended: bool) -> String {
    let page = page(lang, None).titled("account-sign-in").of_form(&form);
    write(account::SignIn {
        page,
        form,
        ended,
        at: if ended { "porchlight.example".into() } else { String::new() },
        provider: if ended { "Riverbend account".into() } else { String::new() },
    })
}

fn a_command() -> porchlight_practice::id::CommandId {
    porchlight_practice::id::CommandId(uuid::Uuid::from_u128(7))
}

fn code(lang: Lang, wrong: bool) -> String {
    let mut form = Form::new().with("then", "/people");
    if wrong {
        form.wrong("code", "session-error-code");
    }
    let at = if wrong { String::new() } else { "porchlight.example".into() };
    write(session::CodePage { page: page(lang, None).titled("session-code-title").of_form(&form), form, at })
}

fn sessions(lang: Lang, many: u128) -> String {
    let line = |number: u128| SessionLine {
        id: uuid::Uuid::from_u128(number),
        browser: if number == 1 { "Firefox, Android".into() } else { String::new() },
        started: Timestamp::UNIX_EPOCH,
        seen: Timestamp::UNIX_EPOCH,
        shared: number > 2,
        this: number == 1,
    };
    let page = page(lang, Some(Role::PeerSpecialist));
    write(session::ListPage::of(page, (1..=many).map(line).collect(), a_command))
}

fn prove(lang: Lang) -> String {
    let mut form =
        Form::new().with("reason", "She called and then nobody answered.").with("proof_pass", "hush");
    form.wrong("proof_pass", "session-error-prove");
    let shown = write(ProvePage::of(
        page(lang, Some(Role::PeerSpecialist)),
        form,
        "/people/x/emergency".into(),
        "porchlight.example",
    ));
    assert!(!shown.contains("hush"));
    shown
}

fn second_step(lang: Lang, left: Option<i64>, due: Option<bool>) -> String {
    let view = SecondStepView { since: left.map(|_| Timestamp::UNIX_EPOCH), codes_left: left.unwrap_or(0) };
    let mut form = Form::new();
    if left.is_some() {
        form.wrong_with("password", "session-error-wait", &[("minutes", 2.value())]);
    }
    let page = page(lang, Some(Role::PeerSpecialist));
    let due = due.map(|must| (Timestamp::UNIX_EPOCH, must));
    write(second_step::ShowPage::of(page, form, &view, due, "/day", a_command))
}

fn new_second_step(lang: Lang) -> String {
    let secret = porchlight_practice::second_step::Secret::from_random([7; 32]);
    let offer = Offer { secret, sealed: "x".into() };
    let mut form = Form::new();
    form.wrong("code", "second-step-error-code");
    let page = page(lang, Some(Role::PeerSpecialist));
    write(second_step::NewPage::of(page, form, &offer, a_command()))
}

fn codes(lang: Lang, fresh: bool) -> String {
    let code = |number: u8| RecoveryCode::from_random([number; 32]);
    let codes: Vec<_> = if fresh { (1..=10).filter_map(code).collect() } else { Vec::new() };
    write(second_step::CodesPage::of(page(lang, Some(Role::PeerSpecialist)), &codes, "/day"))
}

fn news(lang: Lang, some: bool) -> String {
    let line = |kind: News| NewsLine {
        kind,
        browser: if kind == News::NewDevice { "Firefox, Android".into() } else { String::new() },
        at: Timestamp::UNIX_EPOCH,
        here: kind == News::NewDevice,
    };
    let lines = if some { News::ALL.map(line).into() } else { Vec::new() };
    write(crate::news::NewsPage::of(page(lang, Some(Role::PeerSpecialist)), lines))
}

fn passkeys(lang: Lang, many: u128) -> String {
    let line = |number: u128| PasskeyLine {
        id: uuid::Uuid::from_u128(number),
        browser: if number == 1 { "Firefox, Android".into() } else { String::new() },
        added: Timestamp::UNIX_EPOCH,
        used: (number == 1).then_some(Timestamp::UNIX_EPOCH),
    };
    let page = page(lang, Some(Role::PeerSpecialist));
    write(passkey::ListPage::of(page, (1..=many).map(line).collect(), a_command))
}

#[cfg(feature = "single-sign-on")]
fn single_sign_on(lang: Lang, linked: bool) -> String {
    use crate::single_sign_on::LinkPage;
    use porchlight_app::single_sign_on::{LinkedLine, SecondFactor};
    let line = LinkedLine { since: Timestamp::UNIX_EPOCH, used: None };
    let second = if linked { SecondFactor::Provider } else { SecondFactor::Own };
    let page = page(lang, Some(Role::PeerSpecialist));
    write(LinkPage::of(page, "Riverbend account", second, linked.then_some(line), a_command()))
}

fn lost(lang: Lang) -> String {
    let one = |name: &str, walks_with: &[&str]| Lost {
        membership: MembershipId(uuid::Uuid::from_u128(7)),
        name: name.into(),
        since: Timestamp::UNIX_EPOCH,
        walks_with: walks_with.iter().map(|name| (*name).to_owned()).collect(),
        second_step: walks_with.is_empty(),
    };
    let of = |form: Form, found: Option<Vec<Lost>>| {
        let id = porchlight_practice::id::ProgrammeId(uuid::Uuid::from_u128(1));
        let page = page(lang, Some(Role::ProgrammeAdmin));
        write(way_in::FindPage::of(page, form, id, found, "/workers", a_command))
    };
    let mut wrong = Form::new();
    wrong.wrong("sign_in_name", "way-in-error-find");
    let found = vec![one("Darnell Watts", &["Marisol Vega"]), one("Ana Diaz", &[])];
    [of(wrong, None), of(Form::new(), Some(Vec::new())), of(Form::new(), Some(found))].concat()
}

fn way_in_link(lang: Lang) -> String {
    let id = porchlight_practice::id::ProgrammeId(uuid::Uuid::from_u128(1));
    let of = |mailed: Option<Mailed>| {
        let link = "https://porchlight.example/way-in/0123456789abcdef".to_owned();
        let secret = porchlight_app::account::Secret::from_text("x");
        let way = mailed.map(|mailed| WayIn { name: "Darnell Watts".into(), secret, mailed });
        let page = page(lang, Some(Role::ProgrammeAdmin));
        write(way_in::LinkPage::of(page, id, way.as_ref().map(|way| (way, link)), "/workers"))
    };
    [None, Some(Mailed::Sent), Some(Mailed::Failed), Some(Mailed::NoMailbox)].map(of).concat()
}

fn langs() -> Vec<Choice> {
    vec![Choice::new("en", "English"), Choice::new("es", "Español")]
}

fn welcome(lang: Lang, programme: Option<&str>, join: Option<(String, String)>) -> String {
    let form = Form::new().with("name", "Marisol").with("lang", "en");
    write(account::Welcome {
        page: page(lang, None).titled_with("account-welcome-title", "name", "Marisol"),
        form,
        programme: programme.map(str::to_owned),
        role: "Peer specialist".into(),
        langs: langs(),
        join,
    })
}

fn my_account(lang: Lang, busy: bool) -> String {
    let role = |name: &str, now| account::RoleLine {
        id: MembershipId(uuid::Uuid::from_u128(7)),
        name: name.into(),
        programme: Some("Sweetgum Peer Support".into()),
        now,
    };
    let mut password = Form::new();
    if busy {
        password.wrong("password", "account-error-password-now");
    }
    write(account::AccountPage {
        page: page(lang, Some(Role::PeerSpecialist)).titled("account-title"),
        form: Form::new().with("name", "Marisol Vega").with("phone", "555-0150").with("lang", "en"),
        password,
        command: "c".into(),
        password_command: "d".into(),
        langs: langs(),
        roles: if busy {
            vec![role("Peer specialist", true), role("Supervisor", false)]
        } else {
            vec![role("Peer specialist", true)]
        },
        meanwhile: busy.then(|| ("Marisol V.".into(), "555-0151".into())),
        kept: busy,
        second_step: busy,
        words: Some(busy),
        words_command: "e".into(),
        passkeys: busy,
        provider: if busy { "Riverbend account".into() } else { String::new() },
    })
}

fn reach(lang: Lang, set_up: bool) -> String {
    let mut form = Form::new().with("email", "denise@example.org");
    if !set_up {
        form.wrong("email", "reach-error-email");
        form.wrong("device", "reach-error-device");
    }
    let device = || DeviceLine {
        id: porchlight_practice::id::ReachId(uuid::Uuid::from_u128(7)),
        since: Timestamp::UNIX_EPOCH,
        command: "c".into(),
    };
    write(ReachPage {
        page: page(lang, Some(Role::Supervisor)).titled("reach-title"),
        form,
        command: "a".into(),
        device_command: "b".into(),
        phone: if set_up { "608 555 0100".into() } else { String::new() },
        phone_dials: !set_up,
        devices: if set_up { vec![device(), device()] } else { Vec::new() },
        push_key: set_up.then(|| "BK".into()),
        mails: set_up,
        rings: set_up,
        email_waits: !set_up,
        email_confirmed: set_up,
    })
}

fn kept(lang: Lang, words: Vec<String>) -> String {
    write(KeptPage {
        page: page(lang, Some(Role::PeerSpecialist)).titled("kept-title"),
        id: uuid::Uuid::from_u128(7),
        path: "/contacts/new".into(),
        typed: words.iter().map(|text| ("note".to_owned(), text.clone())).collect(),
        words,
    })
}

fn tell_someone(lang: Lang, call: Vec<Reach>) -> String {
    let works_here = !call.is_empty();
    let mut page = page(lang, Some(Role::PeerSpecialist)).titled("tell-someone-title");
    if works_here {
        page.calls.push(("/safety/x".into(), "A report waits".into()));
    }
    write(TellSomeone {
        page,
        call,
        lines: lines(),
        privacy: "Some things can't stay private.".into(),
        is_on: works_here,
        works_here,
    })
}

fn errors(lang: Lang, role: Option<Role>) -> String {
    let typed = vec![("note".to_owned(), "We walked to the library and sat in the sun.".to_owned())];
    Trouble::ALL.map(|trouble| write(ErrorPage::of(trouble, page(lang, role), typed.clone()))).concat()
}

pub(crate) fn write(template: impl Template) -> String {
    template.render().expect("a sample renders")
}

fn lines() -> Vec<HelpLine> {
    vec![HelpLine {
        name: "988 Suicide and Crisis Lifeline".into(),
        call: "988".into(),
        text: Some("988".into()),
        hint: Some("Press 2 for Spanish.".into()),
    }]
}

/// The moment every sample is seen at.
pub(crate) fn now() -> Timestamp {
    "2026-11-19T20:00:00Z".parse().expect("a time")
}

/// A page seen by somebody of that role, or by nobody.
pub(crate) fn page(lang: Lang, role: Option<Role>) -> Page {
    Page::sample(lang, role.map(visitor), now())
}

/// Somebody of that role.
pub(crate) fn visitor(role: Role) -> Visitor {
    let families = Text { en: "families".into(), es: "familias".into() };
    let words =
        if role == Role::ParentPeerSpecialist { vec![("people".to_owned(), families)] } else { vec![] };
    Visitor {
        name: "Marisol Vega".into(),
        role,
        title: Text { en: "Certified peer specialist".into(), es: "Especialista certificada".into() },
        programme: "Sweetgum Peer Support".into(),
        lang: None,
        zone: TimeZone::get("America/New_York").expect("a zone"),
        words: Arc::new(words.into_iter().collect()),
        waiting: BTreeMap::from([("/notes-to-read", 3)]),
        mark: "0-0".into(),
        second_due: None,
        news: false,
        seat: "marisol/lighthouse".into(),
    }
}

mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn templates() -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut found = BTreeSet::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn every_template_has_a_sample() {
        let sampled: BTreeSet<String> = all().iter().map(|(name, _)| (*name).to_owned()).collect();
        for template in templates() {
            let is_page = template != "layout.html" && !template.starts_with("parts/");
            assert!(!is_page || sampled.contains(&template), "{template} has no line in samples.rs");
        }
    }

    #[test]
    fn every_sample_is_whole_in_every_language() {
        for (name, fill) in all() {
            for lang in Lang::ALL {
                let text = fill(lang);
                assert!(!text.contains('⟦'), "{name} in {lang:?}: {}", around(&text, '⟦'));
                assert!(!text.contains("/assets/0/missing"), "{name}: an asset has no file");
                if name.starts_with("parts/") {
                    // A piece that a script asks for by itself is no page.
                    continue;
                }
                assert!(text.contains(&format!("<html lang=\"{}\"", lang.tag())), "{name}");
                for page in text.split("<!doctype html>").skip(1) {
                    look_over(name, page);
                }
            }
        }
    }

    fn around(text: &str, mark: char) -> String {
        text.split(mark).nth(1).unwrap_or_default().chars().take(40).collect()
    }

    /// What every page must have, whoever wrote it.
    fn look_over(name: &str, page: &str) {
        assert_eq!(page.matches("<h1").count(), 1, "{name}: one h1");
        assert_eq!(page.matches("<main id=\"main\"").count(), 1, "{name}: one main");
        assert!(!page.contains(" style="), "{name}: an inline style");
        assert!(!page.contains("javascript:"), "{name}: a script address");
        assert!(!page.contains("<title> |"), "{name}: no title");
        let mut ids = BTreeSet::new();
        for id in attributes(page, "id") {
            assert!(ids.insert(id), "{name}: the id {id} stands twice");
        }
        for used in
            ["for", "aria-labelledby", "aria-describedby"].iter().flat_map(|used| attributes(page, used))
        {
            for id in used.split_whitespace() {
                assert!(ids.contains(id), "{name}: nothing has the id {id}");
            }
        }
        for form in page.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap_or_default();
            assert!(
                // One that says "dialog" outside of a dialog goes nowhere: what is typed stays on the device.
                ["post", "get", "dialog"].iter().any(|way| tag.contains(&format!("method=\"{way}\""))),
                "{name}: a form says its method"
            );
        }
    }

    fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
        let start = format!(" {name}=\"");
        page.match_indices(&start)
            .map(|(at, _)| page[at + start.len()..].split('"').next().unwrap())
            .collect()
    }
}
