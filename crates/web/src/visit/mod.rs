//! Visits that are arranged: a worker's coming days, booking, moving, calling off, being late, being there; the calendar
//! that reads them; and what the person sees and decides of them.

pub(crate) mod book;
pub(crate) mod calendar;
pub(crate) mod coming;
pub(crate) mod list;
pub(crate) mod no_answer;
pub(crate) mod remind;
pub(crate) mod show;
pub(crate) mod words;

use axum::http::Method;
use porchlight_access::Action;

use crate::routes::{Needs, Routes};
use crate::site::Web;

/// Where it begins.
pub(crate) const HOME: &str = "/visits";

/// The pages of visits.
pub fn routes() -> Routes<Web> {
    let needs = Needs::Action;
    let (book, change) = (needs(Action::VisitBook), needs(Action::VisitChange));
    let (own, calendar) = (needs(Action::VisitListOwn), needs(Action::VisitCalendar));
    Routes::new()
        .page(Method::GET, "/visits", list::show, own)
        .page(Method::GET, "/visits/new", book::ask, book)
        .page(Method::POST, "/visits/new", book::book, book)
        .page(Method::GET, "/visits/calendar", calendar::show, own)
        .page(Method::POST, "/visits/calendar", calendar::make, calendar)
        .page(Method::POST, "/visits/calendar/stop", calendar::stop, calendar)
        .page(Method::GET, "/visits/{visit}", show::show, needs(Action::VisitRead))
        .page(Method::GET, "/visits/{visit}/move", book::ask_move, needs(Action::VisitRead))
        .page(Method::POST, "/visits/{visit}/move", book::put_off, change)
        .page(Method::POST, "/visits/{visit}/late", show::late, change)
        .page(Method::POST, "/visits/{visit}/begin", show::begin, change)
        .page(Method::POST, "/visits/{visit}/end", show::end, change)
        .page(Method::POST, "/visits/{visit}/call-off", show::call_off, needs(Action::VisitCallOff))
        .page(Method::POST, "/me/coming/{visit}/other-time", coming::other_time, needs(Action::VisitAskTime))
        .page(Method::POST, "/me/coming/{visit}/call-off", coming::call_off, needs(Action::VisitCallOff))
        .page(Method::POST, "/visits/{visit}/all-right", no_answer::all_right, needs(Action::VisitAnswer))
        .page(Method::GET, "/no-answer", no_answer::show, needs(Action::VisitUnanswered))
        .page(Method::POST, "/no-answer/{visit}", no_answer::look_after, needs(Action::VisitLookAfter))
        .page(Method::GET, "/reminders", remind::show, needs(Action::VisitReadReminders))
        .page(Method::POST, "/reminders", remind::choose, needs(Action::VisitRemind))
        .public(Method::GET, "/calendar/{code}", calendar::read)
}
