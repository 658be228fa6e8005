//! One signed note.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use porchlight_app::Action;
use porchlight_app::contact::NoteView;
use porchlight_practice::Role;
use porchlight_practice::contact::{AdditionKind, Review};
use porchlight_practice::id::{CommandId, ContactId, PersonId};
use porchlight_practice::pack::{NoteField, Rules};

use crate::contact::row::both;
use crate::contact::words::{Line, addition_key, date_time, lines, signature, signer};
use crate::error::Trouble;
use crate::form::Form;
use crate::page::{Page, Show};
use crate::site::{Web, Who};

fn addition_look(kind: AdditionKind) -> (&'static str, &'static str) {
    match kind {
        AdditionKind::Addendum => ("pri", "pencil"),
        AdditionKind::OwnWords | AdditionKind::ReadBack => ("sun", "speech"),
        AdditionKind::Differently => ("clay", "speech"),
        AdditionKind::WentWell => ("ok", "heart"),
        AdditionKind::Question => ("sky", "question"),
        AdditionKind::Reply => ("sky", "speech"),
        AdditionKind::Countersignature => ("ok", "check"),
    }
}

/// Something beside a note, in words.
pub(crate) struct Beside {
    pub tone: &'static str,
    pub icon: &'static str,
    pub when: String,
    pub title: String,
    pub words: String,
    /// Whether the person said it.
    pub voice: bool,
}

/// One signed note.
#[derive(Template)]
#[template(path = "contact/show.html")]
pub(crate) struct NotePage {
    pub page: Page,
    pub form: Form,
    pub id: ContactId,
    pub person: PersonId,
    pub person_name: String,
    pub writer: String,
    pub when: String,
    pub tags: Vec<(String, String)>,
    pub late: bool,
    pub whole: bool,
    pub own_words: String,
    pub goal: String,
    pub did: Vec<(String, String)>,
    pub did_name: String,
    pub lines: Vec<Line>,
    pub signature: Vec<String>,
    pub beside: Vec<Beside>,
    pub can_add: bool,
    pub can_reply: bool,
    pub can_read_back: bool,
    pub can_review: bool,
    pub can_copy: bool,
    pub can_see_person: bool,
    pub typed: bool,
    pub left_out: Vec<String>,
    pub commands: [CommandId; 3],
    pub up: (&'static str, String),
}

impl NotePage {
    pub fn of(page: Page, web: &Web, rules: &Rules, view: NoteView) -> NotePage {
        NotePage::with(page, [(); 3].map(|()| web.app.command_id()), rules, view)
    }

    pub fn with(page: Page, commands: [CommandId; 3], rules: &Rules, view: NoteView) -> NotePage {
        let signed = &view.signed;
        let note = &signed.note;
        let lang = page.lang;
        let day = signed.started.to_zoned(page.zone()).date();
        let mut tags = Vec::new();
        if let Some(kind) = rules.contact_kind(&note.kind) {
            tags.push((kind.icon.clone(), kind.name.in_(lang).to_owned()));
        }
        if let Some(place) = rules.places.iter().find(|place| place.id == note.place) {
            tags.push((place.icon.clone(), place.name.in_(lang).to_owned()));
        }
        tags.push(("clock".to_owned(), page.length(signed.minutes)));
        let did = note.did.iter().map(|id| {
            rules.activity(id).map_or_else(
                || ("other".to_owned(), id.clone()),
                |activity| (activity.icon.clone(), activity.name.in_(lang).to_owned()),
            )
        });
        let elsewhere = [
            NoteField::OwnWords,
            NoteField::Goal,
            NoteField::Start,
            NoteField::End,
            NoteField::Kind,
            NoteField::Place,
        ];
        let mut rest = lines(&page, rules, note, view.goal.clone());
        // A goal stands by itself, in the person's words; that there was none this time stands with the rest.
        let no_goal = note.serves_no_goal();
        rest.retain(|line| !elsewhere.contains(&line.field) || (no_goal && line.field == NoteField::Goal));
        // What they did stands as chips; only words about it stand with the rest.
        for line in rest.iter_mut().filter(|line| line.field == NoteField::Did) {
            line.text = note.did_words.trim().to_owned();
        }
        rest.retain(|line| !line.text.is_empty());
        let beside = view.additions.iter().map(|addition| {
            let (tone, icon) = addition_look(addition.kind);
            let by = signer(&addition.by.name, &addition.by.title);
            Beside {
                tone,
                icon,
                when: page.t2("contact-by-when", "name", by, "when", date_time(&page, addition.at)),
                title: page.t(addition_key(addition.kind)),
                words: addition.words.clone(),
                voice: matches!(
                    addition.kind,
                    AdditionKind::OwnWords | AdditionKind::Differently | AdditionKind::ReadBack
                ),
            }
        });
        let role = page.visitor.as_ref().map(|visitor| visitor.role);
        let up = match role {
            Some(Role::Supervisor) => ("/notes-to-read", page.t("contact-queue")),
            Some(role) if role.is_peer() => ("/contacts", page.t("contact-mine")),
            _ => ("/people", page.heading("people")),
        };
        let open = matches!(signed.review, Review::Waiting | Review::Asked);
        let left_out = if view.own {
            note.reminders(rules).map(|element| element.name.in_(lang).to_owned()).collect()
        } else {
            Vec::new()
        };
        NotePage {
            form: Form::new(),
            id: view.id,
            person: view.person,
            writer: signed.by.name.clone(),
            when: both(&page.near(day), &page.span(signed.started, signed.ended)),
            tags,
            late: signed.late,
            whole: view.whole,
            own_words: note.own_words.trim().to_owned(),
            goal: view.goal.clone().unwrap_or_default(),
            did: did.collect(),
            did_name: rules
                .note
                .element(NoteField::Did)
                .map(|element| element.name.in_(lang).to_owned())
                .unwrap_or_default(),
            lines: rest,
            signature: signature(&page, rules, &view),
            beside: beside.collect(),
            can_add: view.own && view.may(Action::ContactAdd),
            can_reply: view.own && view.may(Action::ContactAdd) && signed.review == Review::Asked,
            can_read_back: view.may(Action::ContactReadBack),
            can_review: open && !view.own && view.may(Action::ContactCountersign),
            can_copy: view.may(Action::ContactCopy),
            // A yes to the notes is no yes to the record.
            can_see_person: role != Some(Role::TeamMember) && view.may(Action::ContactListOfPerson),
            typed: false,
            left_out,
            commands,
            up,
            page: page.titled_with("contact-visit-with", "name", &view.person_name),
            person_name: view.person_name,
        }
    }

    /// With words that came too late for the note itself, ready to stand beside it.
    pub(super) fn with_typed(mut self, typed: String) -> NotePage {
        self.typed = !typed.is_empty();
        self.form = Form::new().with("addendum", typed);
        self
    }

    /// With what is to be put right.
    pub(super) fn with_form(mut self, form: Form) -> NotePage {
        self.page = self.page.of_form(&form);
        self.form = form;
        self
    }

    /// Where a form of this page leads.
    pub fn path(&self, what: &str) -> String {
        format!("/contacts/{}/{what}", self.id)
    }
}

pub(super) async fn show(
    page: Page,
    who: Who,
    State(web): State<Web>,
    Path(id): Path<ContactId>,
) -> Result<Response, Trouble> {
    if who.actor().role() == Role::Person {
        // The same note, as the person reads it.
        return Ok(Redirect::to(&format!("/me/visits/{id}")).into_response());
    }
    let note = web.app.note(who.actor(), id).await?;
    NotePage::of(page, &web, who.rules()?, note).show()
}
