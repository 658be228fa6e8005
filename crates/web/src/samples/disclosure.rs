//! The pages of copies that leave, filled.

use jiff::civil::date;
use porchlight_app::disclosure::{Asking, CopyLine, CopyView, DisclosureView, Disclosures, Says};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::disclosure::{Disclosure, Ends, Mark, Reason, Recipient, Scope, SignedPaper, Terms};
use porchlight_practice::id::{AccountId, CommandId, DisclosedId, DisclosureId, PersonId};
use porchlight_practice::person::Profile;
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{Fill, contact, now, page as seen_by, write};
use crate::disclosure::ask::{AskPage, SignPage, Step};
use crate::disclosure::copy::CopyPage;
use crate::disclosure::list::ListPage;
use crate::disclosure::show::ShowPage;
use crate::form::Form;
use crate::page::Page;

pub(super) fn all() -> Vec<(&'static str, Fill)> {
    vec![
        ("disclosure/list.html", |lang| write(ListPage::of(page(lang, true), person(), &disclosures(true)))),
        ("disclosure/list.html", |lang| {
            write(ListPage::of(page(lang, false), person(), &disclosures(false)))
        }),
        ("disclosure/list.html", |lang| {
            let nothing = Disclosures { all: Vec::new(), copies: Vec::new(), ..disclosures(true) };
            write(ListPage::of(page(lang, true), person(), &nothing))
        }),
        ("disclosure/ask.html", |lang| ask(lang, Step::To, Form::new())),
        ("disclosure/ask.html", |lang| {
            let mut form = Form::new().with("to", "named").with("part", "notes");
            form.wrong("substance_use", "disclosure-error-substance-use");
            ask(lang, Step::What, form)
        }),
        ("disclosure/ask.html", |lang| {
            let mut form = Form::new().with("to", "care").with("why", "ask");
            form.wrong("why", "disclosure-error-why-care");
            ask(lang, Step::Why, form)
        }),
        ("disclosure/ask.html", |lang| ask(lang, Step::Until, Form::new().with("days", "30"))),
        ("disclosure/sign.html", |lang| sign(lang, Says::Person, Form::new())),
        ("disclosure/sign.html", |lang| {
            let mut form = Form::new();
            form.wrong("typed", "disclosure-error-typed");
            sign(lang, Says::Person, form)
        }),
        ("disclosure/sign.html", |lang| sign(lang, Says::ToWorker, Form::new())),
        ("disclosure/sign.html", |lang| sign(lang, Says::Guardian { last: date(2026, 12, 9) }, Form::new())),
        ("disclosure/sign.html", |lang| {
            let mut form = Form::new().with("guardian", "Ray Watts").with("young_on", "2027-01-01");
            form.wrong("young_on", "disclosure-error-signed-on");
            form.wrong("guardian_on", "disclosure-error-signed-on");
            sign(lang, Says::BothOnPaper { last: date(2026, 12, 9) }, form)
        }),
        ("disclosure/show.html", |lang| show(lang, view(Mark::Tapped, false))),
        ("disclosure/show.html", |lang| show(lang, view(Mark::Typed { name: "Darnell Watts".into() }, true))),
        ("disclosure/show.html", |lang| {
            let days = (date(2026, 11, 18), date(2026, 11, 19));
            let signed =
                SignedPaper::check(days.0, "Ray Watts", days.1, days.1).expect("the sample is signed");
            let mut paper = view(Mark::Paper { signed, kept_by: AccountId(Uuid::from_u128(2)) }, false);
            paper.written_by = Some("Marisol Vega".into());
            show(lang, paper)
        }),
        ("disclosure/list.html", |lang| {
            let says = Some(Says::BothOnPaper { last: date(2026, 12, 9) });
            let guarded_until = Some(date(2026, 12, 10));
            let paper = Disclosures { says, guarded_until, ..disclosures(false) };
            write(ListPage::of(page(lang, false), person(), &paper))
        }),
        ("disclosure/show.html", |lang| {
            let mut said = view(Mark::Said { to: AccountId(Uuid::from_u128(2)) }, false);
            (said.written_by, said.in_force) = (Some("Marisol Vega".into()), false);
            show(lang, said)
        }),
        ("disclosure/copy.html", |lang| {
            let profile = Profile {
                called: "Darnell".into(),
                pronouns: "he/him".into(),
                described: "A dad of three".into(),
                language: "English".into(),
                strengths: vec!["I keep my word".into(), "I cook".into()],
                matters: "My kids".into(),
                needs: vec!["A bus pass".into()],
                ..Profile::default()
            };
            let copy = CopyView {
                under: view(Mark::Tapped, false),
                at: now(),
                called: "Darnell".into(),
                profile: Some(profile),
                notes: vec![contact::note(true, &[])],
            };
            write(CopyPage::of(
                page(lang, false),
                contact::rules(),
                person(),
                false,
                &copy,
                "/outside/x/copies/y/pdf".into(),
            ))
        }),
    ]
}

fn page(lang: Lang, own: bool) -> Page {
    seen_by(lang, Some(if own { Role::Person } else { Role::PeerSpecialist }))
}

fn person() -> PersonId {
    PersonId(Uuid::from_u128(1))
}

fn command() -> CommandId {
    CommandId(Uuid::from_u128(7))
}

fn asking(says: Says) -> Asking {
    Asking {
        says,
        called: "Darnell".into(),
        whose: "Darnell Watts".into(),
        from: "Sweetgum Peer Support".into(),
        of_substance_use: true,
        today: date(2026, 11, 19),
    }
}

fn terms() -> Terms {
    let to = Recipient::Named { name: "Oak Street housing office".into(), place: "fax 555-0117".into() };
    let what =
        Scope { parts: RecordPart::ALL.into(), notes_since: Some(date(2026, 8, 19)), substance_use: true };
    let why = Reason::Words { words: "To show that I look for a home".into() };
    let ends = Ends { by: date(2026, 12, 19), event: "when I have the apartment".into() };
    let Asking { whose, from, today, .. } = asking(Says::Person);
    Terms::check(whose, from, to, what, why, ends, today, true).expect("the sample says everything")
}

fn view(mark: Mark, stopped: bool) -> DisclosureView {
    let mut disclosure: Disclosure = terms().sign(mark, now()).expect("the sample is signed");
    if stopped {
        disclosure = disclosure.stop(now());
    }
    DisclosureView { id: DisclosureId(Uuid::from_u128(11)), disclosure, written_by: None, in_force: !stopped }
}

fn disclosures(own: bool) -> Disclosures {
    let copy = |own| CopyLine {
        id: DisclosedId(Uuid::from_u128(12)),
        at: now(),
        by: "Marisol Vega".into(),
        own,
        under: view(Mark::Tapped, false),
    };
    Disclosures {
        guardian: false,
        guarded_until: None,
        both_sign: true,
        called: "Darnell".into(),
        own,
        says: own.then_some(Says::Person),
        all: vec![view(Mark::Tapped, false), view(Mark::Tapped, true)],
        copies: vec![copy(false), copy(true)],
    }
}

fn ask(lang: Lang, step: Step, form: Form) -> String {
    write(AskPage::of(page(lang, true), &asking(Says::Person), person(), step, form))
}

fn sign(lang: Lang, says: Says, form: Form) -> String {
    let form = form.with("to", "named").with("to_name", "Oak Street housing office");
    write(SignPage::of(page(lang, says == Says::Person), &asking(says), person(), &terms(), form, command()))
}

fn show(lang: Lang, view: DisclosureView) -> String {
    write(ShowPage::of(page(lang, true), person(), true, &view, || command().to_string()))
}
