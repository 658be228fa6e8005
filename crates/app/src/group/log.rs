//! A whole session written down at once: from a phone without signal, or from paper after it.

use super::session::SignedIn;
use crate::door::{About, Actor};
use crate::{Action, App, Result};
use jiff::Timestamp;
use porchlight_practice::group::session::How;
use porchlight_practice::id::{CommandId, GroupId, GroupSessionId, PersonId};
use std::collections::BTreeSet;

/// A session as somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Log {
    /// Its id, made by whoever writes it down.
    pub session: GroupSessionId,
    /// When it began.
    pub started: Timestamp,
    /// When it ended, or will: then it goes on until somebody ends it.
    pub ended: Timestamp,
    /// Who came, by name; nobody for a mutual-help group.
    pub people: BTreeSet<PersonId>,
    /// How many came without a name.
    pub unnamed: u32,
}

impl App {
    /// Writes a whole session down: it began, these came, it ended. All of it or nothing.
    ///
    /// # Errors
    /// When the group does not meet, it can't have been then, or somebody is none of the group's.
    pub async fn log_session(
        &self,
        actor: &Actor,
        command: CommandId,
        id: GroupId,
        log: Log,
    ) -> Result<SignedIn> {
        let body = (id, log.clone());
        self.command(actor, command, Action::GroupHold, About::Group(id), &body, move |desk| {
            let row = desk.begin_session(id, log.session, Some(log.started))?;
            let unnamed = i32::try_from(log.unnamed).unwrap_or(i32::MAX);
            let entered = desk.sign_in(&row, &log.people, unnamed, How::Paper, log.started)?;
            if log.ended <= desk.now {
                desk.end_session(&row, log.ended)?;
            }
            Ok(entered)
        })
        .await
    }
}
