//! Samples of the pages about people.

use std::path::Path;

use jiff::civil::date;
use porchlight_app::Action;
use porchlight_app::consent::{ConsentView, PersonHere};
use porchlight_app::contact::VisitLine;
use porchlight_app::person::{Alike, Opens, PersonLine, PersonView};
use porchlight_app::support::{SupportView, Unaccompanied};
use porchlight_app::worker::Colleague;
use porchlight_practice::consent::RecordPart;
use porchlight_practice::goal::{Closing, Goal};
use porchlight_practice::id::{
    AccountId, ChildId, ConsentId, ContactId, GoalId, PersonId, PlanId, ProgrammeId, SupportId,
};
use porchlight_practice::pack::{PackId, Rules, Settings, SourceFile, compile};
use porchlight_practice::person::{Child, NaturalSupport, Profile, Way, WayKind};
use porchlight_practice::plan::Gap;
use porchlight_practice::support::{Support, Walking};
use porchlight_practice::{Lang, Role};
use uuid::Uuid;

use super::{now, page, write};
use crate::form::Form;
use crate::goal::list::Goals;
use crate::person::WhoLooks;
use crate::person::children::Children;
use crate::person::edit::Edit;
use crate::person::invite::Invite;
use crate::person::list::List;
use crate::person::paper::Paper;
use crate::person::same::Same;
use crate::person::show::OnePerson;
use crate::person::visits::Visits;
use crate::share::{AboutWhom, Choices};
use crate::support::{Accompany, End, First, FirstMeeting, HandOver, Start};

pub(super) fn rules(pack: &str) -> Rules {
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
    let pack = compile(&files).unwrap().get(&PackId(pack.to_owned())).unwrap();
    pack.rules(date(2026, 11, 19), &Settings::default())
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn view() -> PersonView {
    let walking = |peer: u128, since| Walking {
        peer: AccountId(id(peer)),
        part: "main".into(),
        responsible: AccountId(id(9)),
        since,
        said: std::collections::BTreeSet::from(["role".to_owned()]),
    };
    let support = |number: u128, state: Support, peer: &str, to: Option<&str>| SupportView {
        id: SupportId(id(number)),
        state,
        peer: peer.into(),
        responsible: "Lydia Pruitt".into(),
        to: to.map(str::to_owned),
        version: 1,
    };
    let way = |kind, value: &str, shared| Way { kind, value: value.into(), shared };
    PersonView {
        id: PersonId(id(1)),
        programme: ProgrammeId(id(2)),
        profile: Profile {
            called: "Darnell".into(),
            family_name: "Washington".into(),
            pronouns: "he, him".into(),
            described: "a dad of three".into(),
            language: "English".into(),
            interpreter: true,
            ways: vec![
                way(WayKind::Message, "404 555 0117", false),
                way(WayKind::Phone, "404 555 0118", true),
                way(WayKind::Email, "darnell@example.org", false),
                way(WayKind::Letter, "12 Pine Street", false),
            ],
            safe_hours: "Weekdays after five".into(),
            never: "Never leave a voicemail".into(),
            strengths: ["Good with my hands", "Funny", "I show up", "Kind with kids"]
                .map(str::to_owned)
                .into(),
            matters: "My kids. Church on Sunday.".into(),
            needs: vec!["A ride to work".into()],
            culture: "Sunday is for my mother.".into(),
            natural_supports: vec![NaturalSupport { name: "Keisha".into(), how: "picks up at night".into() }],
        },
        works_here: true,
        version: 3,
        children: vec![(
            ChildId(id(3)),
            Child {
                called: "Maya".into(),
                born: Some(2019),
                tie: "parent".into(),
                loves: "Dinosaurs".into(),
            },
        )],
        supports: vec![
            support(4, Support::Walking(walking(10, date(2026, 9, 2))), "Marisol Vega", None),
            support(
                5,
                Support::HandedOver {
                    was: walking(11, date(2026, 3, 2)),
                    to: AccountId(id(10)),
                    on: date(2026, 9, 2),
                    to_know: "He likes to walk while talking.".into(),
                },
                "Terrence Boyd",
                Some("Marisol Vega"),
            ),
            support(
                6,
                Support::Ended {
                    was: walking(12, date(2025, 3, 2)),
                    on: date(2025, 9, 2),
                    reason: "moved".into(),
                    goodbye: "Come back any time.".into(),
                },
                "Joan Abbott",
                None,
            ),
        ],
        goals: vec![
            (GoalId(id(7)), wants("I want my own keys.", date(2026, 9, 9)), 1),
            (GoalId(id(8)), wants("Sleep through the night.", date(2026, 9, 9)), 1),
            (
                GoalId(id(9)),
                wants("A phone.", date(2026, 3, 9)).close(Closing::Reached, date(2026, 5, 9)).unwrap(),
                2,
            ),
            (
                GoalId(id(10)),
                wants("A dog.", date(2026, 3, 9)).close(Closing::SetAside, date(2026, 5, 9)).unwrap(),
                2,
            ),
        ],
        gaps: vec![
            Gap::Unlinked { goal: GoalId(id(7)) },
            Gap::EndsSoon { plan: PlanId(id(8)), on: date(2026, 12, 1) },
        ],
        same_as: vec![(PersonId(id(20)), "Darnell W.".into())],
        has_account: false,
        actions: Action::ALL.to_vec(),
    }
}

fn wants(words: &str, since: jiff::civil::Date) -> Goal {
    Goal::say(words, since).unwrap()
}

/// A record that says nothing but a name, to somebody who may do nothing with it.
fn bare() -> PersonView {
    PersonView {
        profile: Profile { called: "Rosa".into(), ..Profile::default() },
        works_here: false,
        children: vec![],
        supports: vec![],
        goals: vec![],
        gaps: vec![],
        same_as: vec![],
        has_account: true,
        actions: vec![],
        ..view()
    }
}

fn colleagues() -> Vec<Colleague> {
    let colleague = |number: u128, name: &str, role, title: &str| Colleague {
        account: AccountId(id(number)),
        name: name.into(),
        role,
        title: title.into(),
    };
    vec![
        colleague(10, "Marisol Vega", Role::PeerSpecialist, "peer"),
        colleague(11, "Terrence Boyd", Role::PeerSpecialist, ""),
        colleague(12, "Lydia Pruitt", Role::Supervisor, "supervisor"),
        colleague(13, "Amara Singh", Role::TeamMember, "team_member"),
    ]
}

fn alike() -> Vec<Alike> {
    let alike = |number: u128, name: &str, walks_with: &[&str], open| Alike {
        id: PersonId(id(number)),
        name: name.into(),
        walks_with: walks_with.iter().map(|name| (*name).to_owned()).collect(),
        open,
    };
    vec![alike(30, "Darnel W.", &["Terrence Boyd"], false), alike(31, "Darnell W.", &[], true)]
}

const PEER: WhoLooksSample = WhoLooksSample { account: 10, role: Role::PeerSpecialist };

struct WhoLooksSample {
    account: u128,
    role: Role,
}

impl WhoLooksSample {
    fn with<'r>(&self, rules: &'r Rules) -> WhoLooks<'r> {
        WhoLooks { rules, account: AccountId(id(self.account)), role: self.role }
    }
}

pub(super) fn list(lang: Lang) -> String {
    let line = |number: u128, name: &str, walks_with: &[&str], goal: Option<&str>, open: bool| PersonLine {
        id: PersonId(id(number)),
        name: name.into(),
        walks_with: walks_with.iter().map(|name| (*name).to_owned()).collect(),
        goal: goal.map(str::to_owned),
        last_contact: goal.map(|_| now()),
        waiting: walks_with.is_empty(),
        opens: if open { Opens::Record } else { Opens::Notes },
    };
    let lines = vec![
        line(1, "Darnell W.", &["Marisol Vega", "Terrence Boyd"], Some("I want my own keys."), true),
        line(2, "Rosa T.", &["Marisol Vega"], None, true),
        line(3, "Joe P.", &[], Some("A quiet room."), true),
        line(4, "Ana L.", &[], None, false),
    ];
    [Role::PeerSpecialist, Role::Supervisor, Role::TeamMember, Role::ProgrammeAdmin]
        .into_iter()
        .flat_map(|role| [(role, lines.clone()), (role, vec![])])
        .map(|(role, lines)| write(List::of(page(lang, Some(role)), role, lines)))
        .collect()
}

pub(super) fn edit(lang: Lang) -> String {
    let start = || page(lang, Some(Role::Supervisor));
    let first = First::of(&start(), &rules("us-al-parent"), &colleagues());
    let mut form = Form::new().with("way-2", "404 555 0117").with("strengths", "Funny");
    let calm = Edit::new(start().titled("person-clash"), form.clone(), "/people/new".into(), None);
    form.wrong("called", "person-error-name");
    form.wrong("peer", "person-error-works-here");
    let wrong = Edit::new(start().titled("person-clash"), form, "/people/new".into(), Some(first))
        .with_alike(alike());
    let clash = Edit::new(start().titled("person-clash"), Form::new(), "/people/1/edit".into(), None)
        .with_clash(&bare().profile, &view().profile);
    [write(calm), write(wrong), write(clash)].concat()
}

pub(super) fn show(lang: Lang) -> String {
    let of = |pack: &str, view: PersonView| {
        write(OnePerson::of(page(lang, Some(Role::PeerSpecialist)), &PEER.with(&rules(pack)), view))
    };
    let no_interpreter = || {
        let mut view = view();
        view.profile.interpreter = false;
        view.same_as.clear();
        view
    };
    let interpreter_alone = || {
        let mut view = view();
        view.profile.language.clear();
        view
    };
    [
        of("us-ga-adult", view()),
        of("us-al-parent", no_interpreter()),
        of("us-al-parent", interpreter_alone()),
        of("us-al-parent", bare()),
    ]
    .concat()
}

pub(super) fn paper(lang: Lang) -> String {
    let of = |view| {
        write(Paper::of(page(lang, Some(Role::PeerSpecialist)), &PEER.with(&rules("us-al-parent")), view))
    };
    [of(view()), of(bare())].concat()
}

pub(super) fn children(lang: Lang) -> String {
    let mut form = Form::new();
    form.wrong("called", "person-error-child-name");
    form.wrong("born", "person-error-born");
    form.wrong("tie", "person-error-tie");
    let page = page(lang, Some(Role::ParentPeerSpecialist));
    write(Children::of(page, &PEER.with(&rules("us-al-parent")), view(), form))
}

pub(super) fn same(lang: Lang) -> String {
    let of = |view, alike, form| write(Same::of(page(lang, Some(Role::Supervisor)), view, alike, form));
    let mut form = Form::new();
    form.wrong("other", "person-error-same");
    [of(view(), alike(), form), of(bare(), vec![], Form::new())].concat()
}

pub(super) fn invite(lang: Lang) -> String {
    let page_of = |view: &PersonView, link: &str| {
        let page = page(lang, Some(Role::PeerSpecialist));
        Invite::of(page, view, Form::new(), link.into(), "/welcome/0".into())
    };
    let of = |view: &PersonView, link: &str| write(page_of(view, link));
    let shown = write(page_of(&bare(), "").shown_before());
    [of(&view(), ""), of(&view(), "https://porchlight.example/welcome/0"), of(&bare(), ""), shown].concat()
}

pub(super) fn visits(lang: Lang) -> String {
    let line = VisitLine {
        id: ContactId(id(40)),
        writer_name: "Marisol Vega".into(),
        kind: "in_person".into(),
        started: now(),
        ended: now(),
        own_words: "It felt good to be outside.".into(),
        answered: true,
        late: true,
    };
    let of = |lines| {
        let page = page(lang, Some(Role::PeerSpecialist));
        write(Visits::of(page, &rules("us-ga-adult"), "/people".into(), lines))
    };
    [of(vec![line]), of(vec![])].concat()
}

pub(super) fn start(lang: Lang) -> String {
    let page = page(lang, Some(Role::Supervisor));
    let first = First::of(&page, &rules("us-ga-adult"), &colleagues());
    let mut form = Form::new();
    form.wrong("responsible", "support-error-lead");
    form.wrong("on", "support-error-future");
    let could = crate::support::Could {
        name: "Lydia Pruitt".into(),
        why: vec!["They both speak Spanish.".into(), "Walks with 4 people now.".into()],
    };
    write(Start::of(page, &view(), form, first, vec![could]))
}

pub(super) fn accompany(lang: Lang) -> String {
    let page = page(lang, Some(Role::PrivacyLead));
    let first = First::of(&page, &rules("us-ga-adult"), &colleagues());
    let waiting = Unaccompanied { id: PersonId(id(6)), name: "Wren W.".into() };
    let mut form = Form::new();
    form.wrong("peer", "support-error-peer");
    write(Accompany::of(page, &waiting, form, first))
}

pub(super) fn first_meeting(lang: Lang) -> String {
    let page = page(lang, Some(Role::PeerSpecialist));
    let said = std::collections::BTreeSet::from(["role".to_owned()]);
    let of = |form| FirstMeeting::of(page.clone(), &rules("us-al-parent"), &view(), &said, form);
    [write(of(Form::new())), write(of(Form::new().with("said", "introduce")).meanwhile())].concat()
}

pub(super) fn hand_over(lang: Lang) -> String {
    let mut form = Form::new();
    form.wrong("to", "support-error-same-peer");
    form.wrong("told", "support-error-told");
    let (view, page) = (view(), page(lang, Some(Role::PeerSpecialist)));
    write(HandOver::of(page, &rules("us-ga-adult"), &view, &view.supports[0], &colleagues(), form))
}

pub(super) fn end(lang: Lang) -> String {
    let mut form = Form::new();
    form.wrong("reason", "support-error-reason");
    form.wrong("on", "support-error-before");
    let (view, page) = (view(), page(lang, Some(Role::PeerSpecialist)));
    write(End::of(page, &rules("us-ga-adult"), &view, &view.supports[0], form))
}

pub(super) fn goals(lang: Lang) -> String {
    let of = |view: &PersonView, form| {
        write(Goals::of(page(lang, Some(Role::PeerSpecialist)), view, form, String::new))
    };
    let mut form = Form::new();
    form.wrong("words", "goal-error-words");
    [of(&view(), form), of(&bare(), Form::new())].concat()
}

pub(super) fn choices(lang: Lang) -> String {
    let consent = |number: u128, part, in_force: bool| ConsentView {
        id: ConsentId(id(number)),
        reader: "Amara Singh".into(),
        part,
        from: now(),
        until: now(),
        stopped: (!in_force).then(now),
        in_force,
    };
    let consents = vec![consent(1, RecordPart::Notes, true), consent(2, RecordPart::Profile, false)];
    let of = |view: &PersonView, consents, readers: &[PersonHere], form| {
        let page = page(lang, Some(Role::PeerSpecialist));
        write(Choices::of(page, &AboutWhom::recorded(view), consents, readers, form, String::new))
    };
    let reader =
        PersonHere { account: AccountId(id(13)), name: "Amara Singh".into(), role: Role::TeamMember };
    let mut form = Form::new().with("days", "90");
    form.wrong("reader", "share-error-reader");
    form.wrong("part", "share-error-part");
    [
        of(&view(), consents, &[reader], form),
        of(&view(), vec![], &[], Form::new()),
        of(&bare(), vec![], &[], Form::new()),
    ]
    .concat()
}
