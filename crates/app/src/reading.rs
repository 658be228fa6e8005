//! Opening sealed rows into records. Each record's place is named once, here.

use crate::door::Desk;
use crate::{Error, Result};
use porchlight_practice::advocacy::Advocacy;
use porchlight_practice::contact::{Addition, Draft, Signed};
use porchlight_practice::goal::Goal;
use porchlight_practice::id::{
    AdvocacyId, ChildId, ContactId, GoalId, PersonId, PlanId, SupportId, TeamMeetingId, VisitId,
};
use porchlight_practice::look::LookQuestion;
use porchlight_practice::person::{Child, Profile};
use porchlight_practice::plan::HeldPlan;
use porchlight_practice::support::Support;
use porchlight_practice::visit::Visit;
use porchlight_store::advocacy::AdvocacyRow;
use porchlight_store::contact::{AdditionRow, ContactRow};
use porchlight_store::goal::GoalRow;
use porchlight_store::look::LookQuestionRow;
use porchlight_store::person::{ChildRow, PersonRow};
use porchlight_store::plan::PlanRow;
use porchlight_store::seal::{Owner, Place};
use porchlight_store::support::SupportRow;
use porchlight_store::visit::VisitRow;
use uuid::Uuid;

fn place(table: &'static str, row: Uuid) -> Place {
    Place { table, row, column: "body" }
}

pub(crate) fn person_place(id: PersonId) -> Place {
    Place { table: "person", row: id.0, column: "profile" }
}
pub(crate) fn child_place(id: ChildId) -> Place {
    place("child", id.0)
}
pub(crate) fn support_place(id: SupportId) -> Place {
    place("support", id.0)
}
pub(crate) fn goal_place(id: GoalId) -> Place {
    place("goal", id.0)
}
pub(crate) fn plan_place(id: PlanId) -> Place {
    place("plan", id.0)
}
pub(crate) fn advocacy_place(id: AdvocacyId) -> Place {
    place("advocacy", id.0)
}
pub(crate) fn contact_place(id: ContactId) -> Place {
    place("contact", id.0)
}
pub(crate) fn intake_place(id: PersonId) -> Place {
    place("intake", id.0)
}
pub(crate) fn team_meeting_place(id: TeamMeetingId) -> Place {
    place("team_meeting", id.0)
}
pub(crate) fn visit_place(id: VisitId) -> Place {
    place("visit", id.0)
}
pub(crate) fn addition_place(id: porchlight_practice::id::AdditionId) -> Place {
    place("addition", id.0)
}
pub(crate) fn question_place(id: porchlight_practice::id::LookQuestionId) -> Place {
    place("look_question", id.0)
}
pub(crate) fn disclosure_place(id: porchlight_practice::id::DisclosureId) -> Place {
    place("disclosure", id.0)
}
pub(crate) fn work_place(id: porchlight_practice::id::WorkId) -> Place {
    place("work", id.0)
}

pub(crate) fn kept_place(id: PersonId) -> Place {
    place("words_kept", id.0)
}

/// The owner of a child's key. A child is no person of the programme; its key is its own all the same.
pub(crate) fn child_owner(id: ChildId) -> Owner {
    Owner::Person(id.0)
}

impl Desk<'_, '_> {
    pub fn profile(&mut self, row: &PersonRow) -> Result<Profile> {
        self.open(Owner::Person(row.id.0), person_place(row.id), &row.profile)
    }

    pub fn person_row(&mut self, id: PersonId) -> Result<PersonRow> {
        porchlight_store::person::get(self.tx, id)?.ok_or(Error::NotFound)
    }

    pub fn profile_of(&mut self, id: PersonId) -> Result<Profile> {
        let row = self.person_row(id)?;
        self.profile(&row)
    }

    pub fn child(&mut self, row: &ChildRow) -> Result<Child> {
        self.open(child_owner(row.id), child_place(row.id), &row.body)
    }

    pub fn support(&mut self, row: &SupportRow) -> Result<Support> {
        self.open(Owner::Person(row.person.0), support_place(row.id), &row.body)
    }

    pub fn goal(&mut self, row: &GoalRow) -> Result<Goal> {
        self.open(Owner::Person(row.person.0), goal_place(row.id), &row.body)
    }

    pub fn visit(&mut self, row: &VisitRow) -> Result<Visit> {
        self.open(Owner::Person(row.person.0), visit_place(row.id), &row.body)
    }

    pub fn advocacy(&mut self, row: &AdvocacyRow) -> Result<Advocacy> {
        self.open(Owner::Person(row.person.0), advocacy_place(row.id), &row.body)
    }

    pub fn held_plan(&mut self, row: &PlanRow) -> Result<HeldPlan> {
        self.open(Owner::Person(row.person.0), plan_place(row.id), &row.body)
    }

    pub fn draft(&mut self, row: &ContactRow) -> Result<Draft> {
        self.open(Owner::Person(row.person.0), contact_place(row.id), &row.body)
    }

    pub fn signed(&mut self, row: &ContactRow) -> Result<Signed> {
        let mut signed: Signed = self.open(Owner::Person(row.person.0), contact_place(row.id), &row.body)?;
        // Where the note stands with the supervisor is not part of what was signed, and changes beside it.
        if let Some(review) = row.review {
            signed.review = review;
        }
        Ok(signed)
    }

    pub fn addition(&mut self, row: &AdditionRow, person: PersonId) -> Result<Addition> {
        self.open(Owner::Person(person.0), addition_place(row.id), &row.body)
    }

    pub fn question(&mut self, row: &LookQuestionRow) -> Result<LookQuestion> {
        self.open(Owner::Person(row.person.0), question_place(row.id), &row.body)
    }
}
