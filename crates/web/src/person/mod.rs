//! People and parents: the list, adding, the page of one person, changing, children, same names, a way to sign in.

pub(crate) mod children;
pub(crate) mod edit;
mod form;
pub(crate) mod invite;
pub(crate) mod list;
mod new;
pub(crate) mod paper;
pub(crate) mod same;
pub(crate) mod show;
pub(crate) mod visits;

use axum::http::Method;
use porchlight_access::Action;
use porchlight_app::person::PersonView;
use porchlight_app::{Error, Fault};
use porchlight_practice::Role;
use porchlight_practice::id::PersonId;
use porchlight_practice::person::{ProfileFault, initials};
use porchlight_practice::support::SupportFault;

use crate::error::Trouble;
use crate::form::Form;
use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::{Web, Who};

/// The pages about people.
pub fn routes() -> Routes<Web> {
    Routes::new()
        .page(Method::GET, "/people", list::list, Needs::Action(Action::PersonList))
        .page(Method::GET, "/people/new", new::new, Needs::Action(Action::PersonAdd))
        .page(Method::POST, "/people/new", new::add, Needs::Action(Action::PersonAdd))
        .page(Method::POST, "/people/same", same::same_names, Needs::Action(Action::PersonFindSame))
        .page(Method::GET, "/people/{person}", show::show, Needs::Action(Action::PersonRead))
        .page(Method::GET, "/people/{person}/print", paper::paper, Needs::Action(Action::PersonRead))
        .page(Method::GET, "/people/{person}/edit", edit::edit, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/edit", edit::keep, Needs::Action(Action::PersonChange))
        .page(Method::GET, "/people/{person}/children", children::children, Needs::Action(Action::PersonRead))
        .page(
            Method::POST,
            "/people/{person}/children",
            children::add_child,
            Needs::Action(Action::PersonAddChild),
        )
        .page(Method::GET, "/people/{person}/same", same::same, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/same", same::link, Needs::Action(Action::PersonLinkSame))
        .page(Method::POST, "/people/{person}/unlink", same::unlink, Needs::Action(Action::PersonUnlinkSame))
        .page(Method::GET, "/people/{person}/invite", invite::invite, Needs::Action(Action::PersonRead))
        .page(Method::POST, "/people/{person}/invite", invite::give_link, Needs::Action(Action::PersonInvite))
        .page(
            Method::GET,
            "/people/{person}/visits",
            visits::visits,
            Needs::Action(Action::ContactListOfPerson),
        )
}

/// A form that can be sent once.
pub(crate) fn fresh(web: &Web) -> Form {
    Form::new().with("command", web.app.command_id().to_string())
}

/// Whom a page is about, for its head and the way back.
pub struct Named {
    /// The record.
    pub id: PersonId,
    /// How they want to be called.
    pub called: String,
    /// The name in full, for those who may open the record.
    pub full: String,
}

impl Named {
    pub(crate) fn of(view: &PersonView) -> Named {
        let full = format!("{} {}", view.profile.called, view.profile.family_name);
        Named { id: view.id, called: view.profile.called.clone(), full: full.trim().to_owned() }
    }

    /// Two letters for the round mark.
    pub fn initials(&self) -> String {
        initials(&self.full)
    }
}

/// A page about a person, with their name in its title and the way back to them.
pub(crate) fn about(page: Page, title: &str, view: &PersonView) -> Page {
    page.titled_with(title, "name", &view.profile.called).focused(format!("/people/{}", view.id))
}

/// Says what did not work beside the field it is about, in every form about a person. What has no field goes on as
/// trouble.
pub(crate) fn beside(form: &mut Form, error: Error) -> Result<(), Trouble> {
    let Error::Fault(fault) = &error else { return Err(error.into()) };
    let (field, key) = match fault {
        Fault::Profile(ProfileFault::NoName) => ("called", "person-error-name"),
        Fault::Profile(ProfileFault::TooLong) => ("called", "person-error-long"),
        Fault::Empty("peer") => ("peer", "person-error-works-here"),
        Fault::Unknown("peer") => ("peer", "support-error-peer"),
        Fault::Unknown("to") => ("to", "support-error-peer"),
        Fault::Unknown("responsible") => ("responsible", "support-error-responsible"),
        Fault::Unknown("part") => ("part", "support-error-part"),
        Fault::Unknown("reason") => ("reason", "support-error-reason"),
        Fault::Unknown("tie") => ("tie", "person-error-tie"),
        Fault::Unknown("reader") => ("reader", "share-error-reader"),
        Fault::GuardianSays => ("reader", "guardian-error-says"),
        Fault::Unknown("days") => ("days", "share-error-days"),
        Fault::Support(SupportFault::NeedsLead) => ("responsible", "support-error-lead"),
        Fault::Support(SupportFault::SamePeer) if form.text("to").is_some() => {
            ("to", "support-error-same-peer")
        }
        Fault::Support(SupportFault::SamePeer) => ("peer", "support-error-same-peer"),
        Fault::Support(SupportFault::BeforeStart) => ("on", "support-error-before"),
        Fault::Support(SupportFault::NotWalking) => ("on", "support-error-over"),
        Fault::Goal(_) => ("words", "goal-error-words"),
        _ => return Err(error.into()),
    };
    form.wrong(field, key);
    Ok(())
}

/// A word at the beginning of a heading.
pub(crate) fn first_big(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who reads a page about a person, and under which rules.
pub(crate) struct WhoLooks<'w> {
    pub rules: &'w porchlight_practice::pack::Rules,
    pub account: porchlight_practice::id::AccountId,
    pub role: Role,
}

impl<'w> WhoLooks<'w> {
    pub(crate) fn of(who: &'w Who) -> Result<WhoLooks<'w>, Trouble> {
        Ok(WhoLooks { rules: who.rules()?, account: who.actor().account(), role: who.actor().role() })
    }
}
