//! People who meet: the pages of each of the two, and of whoever brings them together.

pub(crate) mod card;
pub(crate) mod list;
pub(crate) mod mentor;
pub(crate) mod own;
pub(crate) mod show;
pub(crate) mod together;

use axum::http::Method;
use porchlight_app::Action;
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::{Because, Why};

use crate::page::Page;
use crate::routes::{Needs, Routes};
use crate::site::Web;

/// The pages about people who meet.
pub fn routes() -> Routes<Web> {
    let (read, write) = (Needs::Action(Action::PairingRead), Needs::Action(Action::PairingWrite));
    let answer = Needs::Action(Action::PairingAnswer);
    let plan = Needs::Action(Action::PairingPlan);
    Routes::new()
        .page(Method::GET, "/meet", own::own, read)
        .page(Method::GET, "/meet/card", card::own, read)
        .page(Method::POST, "/meet/card", card::keep, write)
        .page(Method::GET, "/meet/matters", card::own_matters, read)
        .page(Method::POST, "/meet/matters", card::keep_matters, write)
        .page(Method::POST, "/meet/pause", own::pause, write)
        .page(Method::POST, "/meet/forget", own::forget, write)
        .page(Method::POST, "/meet/suggested", own::suggested, Needs::Action(Action::PairingWish))
        .page(Method::GET, "/meet/{pairing}", show::show, Needs::Action(Action::PairingOpen))
        .page(Method::POST, "/meet/{pairing}", show::say, answer)
        .page(Method::GET, "/my-card", card::of_worker, read)
        .page(Method::POST, "/my-card", card::keep_of_worker, write)
        .page(Method::GET, "/pairings", list::list, Needs::Action(Action::PairingQueue))
        .page(Method::GET, "/pairings/{pairing}", together::show, Needs::Action(Action::PairingMeet))
        .page(Method::POST, "/pairings/{pairing}/ask", together::decide, Needs::Action(Action::PairingAsk))
        .page(Method::POST, "/pairings/{pairing}/plan", together::plan, plan)
        .page(Method::POST, "/pairings/{pairing}/talked", together::talked, plan)
        .page(Method::POST, "/pairings/{pairing}/heard", together::heard, plan)
        .page(Method::GET, "/people/{person}/mentor", mentor::show, Needs::Action(Action::PairingReadMentor))
        .page(Method::POST, "/people/{person}/mentor", mentor::keep, Needs::Action(Action::PairingScreen))
}

/// To whom reasons are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    /// One of the two.
    Them,
    /// Somebody else.
    Another,
}

/// What speaks for two people meeting, each reason a sentence.
pub(crate) fn sentences(page: &Page, rules: &Rules, why: &[Why], to: To) -> Vec<String> {
    let who = page.t(if to == To::Them { "pairing-you" } else { "pairing-they" });
    let sentence = |why: &Why| match why.kind {
        Because::SameArea => page.t1("pairing-why-same-area", "who", &who),
        Because::OtherArea => page.t1("pairing-why-other-area", "who", &who),
        Because::Kind(kind) => {
            let name = |id: &String| rules.common_grounds.iter().find(|ground| ground.id == *id);
            let names: Vec<String> =
                why.what.iter().filter_map(name).map(|ground| page.text(&ground.name)).collect();
            let key = format!("pairing-why-{}", kind.as_str().replace('_', "-"));
            page.t2(&key, "who", &who, "what", page.list(&names))
        }
    };
    why.iter().map(sentence).collect()
}
