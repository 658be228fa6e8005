//! Pages of setting up, of the team, and of those who check.

use std::path::Path;

use jiff::civil::date;
use porchlight_app::day::AdminDay;
use porchlight_app::look::{JournalLine, JournalView, WaitingQuestion};
use porchlight_app::programme::{Adoption, NewerPack, ProgrammeView};
use porchlight_app::support::Unaccompanied;
use porchlight_app::worker::Worker;
use porchlight_practice::id::{AccountId, CommandId, LookQuestionId, MembershipId, PersonId, ProgrammeId};
use porchlight_practice::look::LookQuestion;
use porchlight_practice::pack::{
    Difference, How, Library, Part, SettingValue, Settings, SourceFile, compile,
};
use uuid::Uuid;

use super::*;
use crate::form::Form;
use crate::{journal as journals, programme, question as questions_of, worker as team};

pub(super) fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in folder.read_dir().into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|ending| ending == "toml") {
                let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push(SourceFile { path, text: std::fs::read_to_string(&file).unwrap() });
            }
        }
    }
    compile(&files).unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn command() -> CommandId {
    CommandId(id(1))
}

fn admin(lang: Lang) -> Page {
    page(lang, Some(Role::ProgrammeAdmin))
}

fn differences() -> Vec<Difference> {
    let name = |en: &str| porchlight_practice::Text { en: en.into(), es: en.into() };
    vec![
        Difference { part: Part::Activity, how: How::New, name: name("Went swimming") },
        Difference { part: Part::Activity, how: How::Gone, name: name("Found a resource") },
        Difference { part: Part::Setting, how: How::Changed, name: name("A note is due after (hours)") },
    ]
}

fn view() -> ProgrammeView {
    let library = library();
    let pack = library.get(&"us-al-parent".into()).unwrap();
    let mut settings = Settings::new();
    settings.set("note_due_hours", SettingValue::Number(12));
    settings.set("note_strengths_must", SettingValue::YesNo(true));
    let adopted = |from, version: &str| Adoption {
        from,
        version: version.into(),
        hash: pack.hash,
        by: "Ruth Delgado".into(),
    };
    ProgrammeView {
        id: ProgrammeId(id(2)),
        name: "Cahaba Family Circle".into(),
        zone: "America/Chicago".into(),
        rules: Arc::new(pack.rules(date(2026, 11, 19), &settings)),
        settings,
        version: 3,
        adoptions: vec![adopted(date(2026, 12, 1), "2026.12"), adopted(date(2026, 9, 1), "2026.09")],
        newer: Some(NewerPack { version: "2027.01".into(), hash: pack.hash, differences: differences() }),
    }
}

pub(super) fn wanting() -> AdminDay {
    AdminDay {
        unsupervised: vec!["Marisol Vega".into(), "Joe King".into()],
        without_deputy: vec!["Denise Hall".into()],
        has_peers: true,
        supervisors: 1,
        has_privacy_lead: false,
        has_person: false,
    }
}

pub(super) fn ready() -> AdminDay {
    AdminDay {
        unsupervised: vec![],
        without_deputy: vec![],
        has_peers: true,
        supervisors: 2,
        has_privacy_lead: true,
        has_person: true,
    }
}

pub(super) fn day(lang: Lang, day: &AdminDay) -> String {
    write(programme::day::AdminDayPage::of(admin(lang), ProgrammeId(id(2)), day, 0))
}

pub(super) fn list(lang: Lang) -> String {
    let rows = || {
        vec![programme::list::ProgrammeRow {
            href: "/programmes/1".into(),
            name: "Cahaba Family Circle".into(),
            pack: "Alabama: parents".into(),
        }]
    };
    [vec![], rows()]
        .map(|programmes| {
            write(programme::list::ListPage { page: admin(lang).titled("programme-list"), programmes })
        })
        .concat()
}

pub(super) fn pick(lang: Lang) -> String {
    write(programme::new::PickPage::of(admin(lang), library().iter()))
}

pub(super) fn new(lang: Lang) -> String {
    let pack = library().get(&"us-ga-adult".into()).unwrap();
    let mut form = Form::new().with("set-note_due_hours", "soon");
    form.wrong("name", "programme-error-name");
    form.wrong("set-note_due_hours", "programme-error-zone");
    write(programme::new::NewPage::of(admin(lang), form, &pack, command()))
}

pub(super) fn show(lang: Lang) -> String {
    let pack = Text { en: "Alabama: parents".into(), es: "Alabama: madres y padres".into() };
    let of = |day: &AdminDay, agency| {
        write(programme::show::ShowPage::of(admin(lang), &view(), day, pack.clone(), agency))
    };
    [of(&wanting(), true), of(&ready(), false)].concat()
}

pub(super) fn rules(lang: Lang) -> String {
    let view = view();
    let of = |up: &str| {
        write(programme::rules::RulesPage::of(admin(lang), &view.name, &view.rules, up.into(), "/programme"))
    };
    [of(""), of("/programmes/1")].concat()
}

pub(super) fn settings(lang: Lang) -> String {
    let of = |form: Form| {
        programme::settings::SettingsPage::of(admin(lang), form, &view(), command(), "/programme")
    };
    let mut form = Form::new();
    form.wrong("name", "programme-error-name");
    let clash = || programme::settings::Clash { name: "Name".into(), now: "Oak".into(), yours: "Elm".into() };
    let clashing = programme::settings::SettingsPage { clashes: vec![clash()], ..of(Form::new()) };
    [write(of(form)), write(clashing)].concat()
}

pub(super) fn measures(lang: Lang) -> String {
    use porchlight_app::permission::MeasureView;
    use porchlight_practice::pack::Permission;
    let given = Permission {
        given_by: "University of Sydney".into(),
        on: jiff::civil::date(2026, 9, 1),
        until: Some(jiff::civil::date(2027, 8, 31)),
        kept: "Office, blue folder".into(),
    };
    let view = view();
    let known = view.rules.measures.iter().zip([(true, true), (true, false), (false, false)].iter().cycle());
    let measures = known.map(|(measure, (filed, in_force))| MeasureView {
        measure: measure.clone(),
        permission: filed.then(|| given.clone()),
        in_force: *in_force,
        has_questions: *in_force,
    });
    let measures: Vec<MeasureView> = measures.collect();
    let mut form = Form::new().with("measure", "who_5");
    form.wrong("given_by-who_5", "programme-measure-error-by");
    let shown = programme::measures::Measures::of(admin(lang), form, &view, &measures, "/programme", || {
        command().to_string()
    });
    write(shown)
}

pub(super) fn pack(lang: Lang) -> String {
    let of = |view: ProgrammeView| {
        let mut form = Form::new().with("from", "2026-11-01");
        form.wrong("from", "programme-error-from");
        write(programme::pack::PackPage::of(admin(lang), form, &view, command(), "/programme"))
    };
    [of(view()), of(ProgrammeView { newer: None, ..view() })].concat()
}

fn staff() -> Vec<Worker> {
    let of = |number, name: &str, role, title: &str| Worker {
        account: AccountId(id(number)),
        membership: MembershipId(id(number + 100)),
        name: name.into(),
        role,
        title: title.into(),
        supervisor: None,
        also: vec![(AccountId(id(13)), "Lin Park".to_owned())],
        deputy: None,
    };
    let denise = Some((AccountId(id(11)), "Denise Hall".to_owned()));
    vec![
        Worker { supervisor: denise.clone(), ..of(10, "Tasha Bell", Role::ParentPeerSpecialist, "peer") },
        of(11, "Denise Hall", Role::Supervisor, "program_manager"),
        of(12, "Joe King", Role::Trainee, "trainee"),
        Worker { deputy: denise, ..of(13, "Lin Park", Role::Supervisor, "clinical_director") },
        of(14, "Sam Reed", Role::PrivacyLead, "no_such_title"),
    ]
}

pub(super) fn workers(lang: Lang) -> String {
    let of =
        |workers: &[Worker], may| write(team::ListPage::of(admin(lang), &view(), workers, may, "/workers"));
    let one: Vec<Worker> = staff().into_iter().take(2).collect();
    [of(&staff(), true), of(&one, false), of(&[], true)].concat()
}

pub(super) fn worker(lang: Lang) -> String {
    let of = |all: &[Worker], at: usize, me: u128| {
        let me = MembershipId(id(me));
        let mut form = Form::new();
        form.wrong("deputy", "worker-error-same");
        let page = admin(lang);
        write(team::ShowPage::of(page, form, &view(), all, &all[at], me, [command(); 2], "/workers"))
    };
    let staff = staff();
    [of(&staff, 0, 1), of(&staff, 1, 1), of(&staff[..2], 1, 1), of(&staff, 4, 114)].concat()
}

pub(super) fn invite(lang: Lang) -> String {
    let mut form = Form::new();
    form.wrong("name", "worker-error-name");
    form.wrong("title", "worker-error-title");
    form.wrong("email", "reach-error-email");
    write(team::InvitePage::of(admin(lang), form, &view(), command(), true, "/workers"))
}

pub(super) fn invited(lang: Lang) -> String {
    let link = "https://porchlight.example/welcome/0123456789abcdef";
    [("", false), ("", true), (link, false)]
        .map(|(link, mailed)| {
            write(team::InvitedPage {
                page: admin(lang).titled_with("worker-invited", "name", "Joe King"),
                team: "/programmes/1/workers".into(),
                programme: "Cahaba Family Circle".into(),
                name: "Joe King".into(),
                link: link.into(),
                days: 14,
                mailed,
                failed: !mailed,
            })
        })
        .concat()
}

pub(super) fn end(lang: Lang) -> String {
    write(team::EndPage {
        page: admin(lang).titled_with("worker-end", "name", "Denise Hall"),
        here: "/programmes/1/workers/2".into(),
        name: "Denise Hall".into(),
        left: "Tasha Bell".into(),
        is_peer: true,
        command: command().to_string(),
    })
}

fn waiting(page: &Page, overdue: bool) -> questions_of::Waiting {
    let about = "Dana, your peer specialist, read your goals on Tuesday".to_owned();
    let question = LookQuestion::ask(about, "Why on a Sunday?".into(), now());
    let waiting =
        WaitingQuestion { id: LookQuestionId(id(3)), person_name: "Darnell W.".into(), question, overdue };
    questions_of::Waiting::of(page, &waiting)
}

pub(super) fn questions(lang: Lang) -> String {
    let page = page(lang, Some(Role::PrivacyLead)).titled("question-list");
    let some = vec![waiting(&page, false), waiting(&page, true)];
    let wren = Unaccompanied { id: PersonId(id(6)), name: "Wren W.".into() };
    [(vec![], vec![]), (some, vec![wren])]
        .map(|(questions, unaccompanied)| {
            write(questions_of::ListPage { page: page.clone(), questions, unaccompanied })
        })
        .concat()
}

pub(super) fn question(lang: Lang) -> String {
    let page = page(lang, Some(Role::PrivacyLead));
    let mut form = Form::new();
    form.wrong("answer", "question-error-answer");
    let question = waiting(&page, true);
    let page = page.titled_with("question-of", "name", &question.name);
    write(questions_of::AnswerPage { page, form, question, command: command().to_string() })
}

pub(super) fn journal(lang: Lang) -> String {
    let line = |by: &str, role: &str, action: &str, outcome, policy: &str| JournalLine {
        at: now(),
        by: by.into(),
        role: role.into(),
        action: action.into(),
        outcome,
        part: String::new(),
        policy: policy.into(),
    };
    let some = vec![
        line("Marisol Vega", "peer_specialist", "person.read", "looked", "person-read-walks"),
        line("", "person", "look.read", "looked", "look-own"),
        line("Ruth Delgado", "programme_admin", "worker.invite", "done", "worker-keep"),
        line("Ruth Delgado", "programme_admin", "person.read", "refused", ""),
        line("", "", "later.thing", "done", ""),
    ];
    let auditor = || page(lang, Some(Role::Auditor));
    let of = |lines, older: Option<&str>, newest| {
        let view = JournalView { lines, older: older.map(str::to_owned) };
        write(journals::JournalPage::of(auditor(), &view, newest))
    };
    [of(vec![], None, true), of(some.clone(), Some("1.2.3"), true), of(some, None, false)].concat()
}
