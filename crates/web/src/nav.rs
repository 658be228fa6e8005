//! Where each role can go. One list for each role: a phone shows its first five as tabs, a wide screen shows all of
//! them at the side, and the page "More" shows all of them as a list.

use porchlight_app::Actor;
use porchlight_practice::Role;

/// How much a place in the list stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Like any other.
    Plain,
    /// What this role does most: the disc in the middle of the tab bar.
    Lead,
    /// Somebody may be in danger.
    Urgent,
    /// Help for the reader.
    Help,
    /// Never among the tabs of a phone, where whoever sits beside one reads along.
    Quiet,
}

/// One place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The path, which the route table must have.
    pub path: &'static str,
    /// The key of its name.
    pub name: &'static str,
    /// The icon beside it.
    pub icon: &'static str,
    /// How much it stands out.
    pub weight: Weight,
}

impl Place {
    /// Whether it is what this role does most.
    pub fn is_lead(&self) -> bool {
        self.weight == Weight::Lead
    }

    /// Whether it stays out of the tabs.
    pub fn is_quiet(&self) -> bool {
        self.weight == Weight::Quiet
    }

    /// The class that shows its weight.
    pub fn class(&self) -> &'static str {
        match self.weight {
            Weight::Plain | Weight::Quiet => "plain",
            Weight::Lead => "lead",
            Weight::Urgent => "urgent",
            Weight::Help => "help",
        }
    }
}

const fn place(path: &'static str, name: &'static str, icon: &'static str) -> Place {
    Place { path, name, icon, weight: Weight::Plain }
}

const TODAY: Place = place("/day", "nav-day", "sun");
const PEOPLE: Place = place("/people", "nav-people", "people");
const LOG: Place = Place { path: "/contacts/new", name: "nav-log", icon: "plus", weight: Weight::Lead };
const NOTES: Place = place("/contacts", "nav-notes", "note");
const TELL: Place = Place { path: "/tell-someone", name: "nav-tell", icon: "shield", weight: Weight::Urgent };
const LADDER: Place = place("/ladder", "nav-ladder", "bell");
const WORK: Place = place("/work", "nav-work", "clock");
const TO_READ: Place = place("/notes-to-read", "nav-to-read", "note");
const WORKERS: Place = place("/workers", "nav-workers", "badge");
const PROGRAMME: Place = place("/programme", "nav-programme", "building");
const PROGRAMMES: Place = place("/programmes", "nav-programmes", "building");
const JOURNAL: Place = place("/journal", "nav-journal", "book");
const EMERGENCIES: Place = place("/emergencies", "nav-emergencies", "eye");
const YOUNG: Place = place("/young", "nav-young", "home");
const QUESTIONS: Place = place("/questions", "nav-questions", "question");
const CREDENTIALS: Place = place("/credentials", "nav-credentials", "badge");
const SUPERVISION: Place = place("/supervision", "nav-supervision", "speech");
const TIMES: Place = place("/supervision-times", "supervision-times", "speech");
/// What somebody showed, for whoever works nowhere any more.
const TAKE: Place = place("/credentials/take", "credential-along", "badge");
const PAPERS: Place = place("/papers-to-check", "nav-papers", "note");
const AHEAD: Place = place("/ahead", "nav-ahead", "calendar");
const UNMET: Place = place("/unmet", "nav-unmet", "hand");
const GROUPS: Place = place("/groups", "nav-groups", "people");
const OWN_GROUPS: Place = place("/me/groups", "nav-groups", "people");
const HOME: Place = place("/me", "nav-home", "home");
const PLANS: Place = place("/plans", "nav-plans", "leaf");
const MEET: Place = place("/meet", "nav-meet", "people");
const PAIRINGS: Place = place("/pairings", "nav-pairings", "people");
const VISITS: Place = place("/me/visits", "nav-visits", "calendar");
const LOOKED: Place = place("/me/looks", "nav-looked", "eye");
const CHOICES: Place = place("/me/choices", "nav-choices", "share");
const HELP: Place = Place { path: "/help-now", name: "nav-help", icon: "heart", weight: Weight::Help };
const MINE: Place = Place { path: "/mine", name: "nav-mine", icon: "lock", weight: Weight::Quiet };
/// The same for whoever has nothing else here any more.
const ONLY_MINE: Place = place("/mine", "nav-mine", "lock");
const ACCOUNT: Place = place("/account", "nav-account", "settings");

/// The places of a role, those of the tab bar first.
pub fn places(role: Role) -> &'static [Place] {
    match role {
        Role::Supporter => &[YOUNG, HELP, ACCOUNT],
        Role::Person => &[HOME, PLANS, VISITS, LOOKED, HELP, OWN_GROUPS, MEET, CHOICES, ACCOUNT],
        Role::PeerSpecialist | Role::ParentPeerSpecialist | Role::Trainee => &[
            TODAY,
            PEOPLE,
            LOG,
            NOTES,
            TELL,
            GROUPS,
            SUPERVISION,
            CREDENTIALS,
            PAIRINGS,
            WORK,
            MINE,
            ACCOUNT,
        ],
        Role::Supervisor => &[
            TODAY,
            TO_READ,
            PEOPLE,
            WORKERS,
            TELL,
            GROUPS,
            SUPERVISION,
            PAIRINGS,
            LADDER,
            EMERGENCIES,
            AHEAD,
            CREDENTIALS,
            UNMET,
            WORK,
            MINE,
            ACCOUNT,
        ],
        Role::TeamMember => &[TODAY, PEOPLE, TELL, MINE, ACCOUNT],
        Role::PrivacyLead => &[QUESTIONS, EMERGENCIES, JOURNAL, TELL, MINE, ACCOUNT],
        Role::ProgrammeAdmin => {
            &[TODAY, PAPERS, PROGRAMME, WORKERS, LADDER, AHEAD, TIMES, TELL, GROUPS, UNMET, MINE, ACCOUNT]
        }
        Role::Certifier => &[MINE, ACCOUNT],
        Role::Auditor => &[JOURNAL, MINE, ACCOUNT],
        Role::Former => &[ONLY_MINE, TAKE, ACCOUNT],
    }
}

/// The places of a role in the agency as a whole, which belongs to no programme.
pub fn agency_places(role: Role) -> &'static [Place] {
    match role {
        Role::ProgrammeAdmin => &[PROGRAMMES, MINE, ACCOUNT],
        Role::Former => &[ONLY_MINE, TAKE, ACCOUNT],
        _ => &[ACCOUNT],
    }
}

/// What somebody sees first after signing in: the first place of their role.
pub fn home(actor: &Actor) -> &'static str {
    let places = match actor.programme() {
        Some(_) => places(actor.role()),
        None => agency_places(actor.role()),
    };
    places.first().unwrap_or(&ACCOUNT).path
}

/// How many places the tab bar of a phone holds.
pub const TABS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n, icon};

    #[test]
    fn every_place_has_a_name_and_an_icon() {
        let both = |role| places(role).iter().chain(agency_places(role));
        for place in Role::ALL.into_iter().flat_map(both) {
            assert!(i18n::is_key(place.name), "{}", place.name);
            assert!(icon::is_icon(place.icon), "{}", place.icon);
        }
    }

    #[test]
    fn help_or_telling_someone_is_one_tap_away_on_a_phone() {
        for role in [Role::Person, Role::Supporter, Role::PeerSpecialist, Role::Trainee, Role::Supervisor] {
            let mut tabs = places(role).iter().take(TABS);
            assert!(tabs.any(|place| matches!(place.weight, Weight::Urgent | Weight::Help)), "{role:?}");
        }
    }
}
