//! What the person wants, in their own words.

use crate::door::{About, Actor, seal};
use crate::reading::goal_place;
use crate::{Action, App, Error, Fault, Result};
use porchlight_practice::goal::{Closing, Goal};
use porchlight_practice::id::{CommandId, GoalId, PersonId};
use porchlight_store::goal;
use porchlight_store::goal::GoalRow;
use porchlight_store::seal::Owner;

impl App {
    /// Says a goal in the person's own words.
    ///
    /// # Errors
    /// When there are no words.
    pub async fn say_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        words: &str,
    ) -> Result<GoalId> {
        if words.chars().count() > porchlight_practice::person::FIELD_LIMIT {
            return Err(Fault::TooLong("words").into());
        }
        let id = GoalId(self.ids.next());
        let key = self.key(Owner::Person(person.0)).await?;
        let words = words.to_string();
        let body = (person, words.clone());
        self.command(actor, command, Action::GoalSay, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (_, zone) = desk.rules(programme)?;
            let state = Goal::say(&words, desk.now.to_zoned(zone).date())?;
            let row = GoalRow {
                id,
                person,
                is_open: true,
                body: seal(&key, &goal_place(id), &state)?,
                at: desk.now,
                version: 1,
            };
            goal::insert(desk.tx, &row)?;
            Ok(id)
        })
        .await
    }

    /// Closes a goal, as the person says.
    ///
    /// # Errors
    /// When it is closed already.
    pub async fn close_goal(
        &self,
        actor: &Actor,
        command: CommandId,
        person: PersonId,
        id: GoalId,
        reached: bool,
        version: i64,
    ) -> Result<()> {
        let key = self.key(Owner::Person(person.0)).await?;
        let body = (person, id, reached, version);
        self.command(actor, command, Action::GoalClose, About::Person(person), &body, move |desk| {
            let programme = desk.programme()?;
            let (_, zone) = desk.rules(programme)?;
            let mut row =
                goal::get(desk.tx, id)?.filter(|row| row.person == person).ok_or(Error::NotFound)?;
            let how = if reached { Closing::Reached } else { Closing::SetAside };
            let state = desk.goal(&row)?.close(how, desk.now.to_zoned(zone).date())?;
            row.is_open = false;
            row.body = seal(&key, &goal_place(id), &state)?;
            row.at = desk.now;
            row.version = version;
            if goal::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }
}
