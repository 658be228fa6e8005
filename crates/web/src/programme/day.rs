//! An administrator's day.

use askama::Template;
use axum::response::Response;
use porchlight_app::day::AdminDay;
use porchlight_practice::id::ProgrammeId;

use crate::error::Trouble;
use crate::page::{Page, Show};
use crate::programme::home;
use crate::programme::setting::to_check;
use crate::programme::show::{Step, steps};
use crate::site::Who;

/// What needs an administrator today.
#[derive(Template)]
#[template(path = "day/admin.html")]
pub(crate) struct AdminDayPage {
    pub page: Page,
    pub steps: Vec<Step>,
    pub alone: bool,
    pub home: String,
}

impl AdminDayPage {
    pub(crate) fn of(page: Page, id: ProgrammeId, day: &AdminDay, to_check: usize) -> AdminDayPage {
        let page = page.titled("nav-day");
        let mut steps = steps(&page, id, day, to_check);
        steps.retain(|step| !step.done);
        AdminDayPage { steps, alone: day.supervisors == 1, home: home(id), page }
    }
}

/// The day of somebody who runs a programme: only what waits for them. `/day` asks for it.
///
/// # Errors
/// [`Trouble::NotFound`] for a role in no programme.
pub fn day_admin(page: Page, who: &Who, day: AdminDay) -> Result<Response, Trouble> {
    let id = who.actor().programme().ok_or(Trouble::NotFound)?;
    let to_check = to_check(who.rules()?);
    AdminDayPage::of(page, id, &day, to_check).show()
}
