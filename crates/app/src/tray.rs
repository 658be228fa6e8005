//! What came from phones and could not be filed as it is. It is never thrown away: its writer puts it right, or somebody by
//! name settles it.

use crate::device::{Heard, Written};
use crate::door::{About, Actor, Desk, seal};
use crate::{Action, App, Error, Fault, Result};
use jiff::Timestamp;
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId};
use porchlight_practice::tray::{Item, State, TrayFault, Why};
use porchlight_store::seal::{Owner, Place};
use porchlight_store::tray::TrayRow;
use porchlight_store::{programme, tray};
use serde::{Deserialize, Serialize};

/// Something in one's own tray.
#[derive(Debug, Clone)]
pub struct TrayLine {
    /// The command that the phone gave it.
    pub id: CommandId,
    /// Why it is here.
    pub why: Why,
    /// When it was written, by the phone's clock.
    pub written_at: Timestamp,
    /// When it came.
    pub arrived_at: Timestamp,
    /// Where the form was going.
    pub path: String,
    /// The form, as a browser sends it.
    pub body: String,
}

/// Something in the tray of somebody one supervises: whose, and why, and never what it says.
#[derive(Debug, Clone)]
pub struct TeamTrayLine {
    /// The command that the phone gave it.
    pub id: CommandId,
    /// Who wrote it, by name.
    pub writer: String,
    /// Why it is here.
    pub why: Why,
    /// When it came.
    pub arrived_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Body {
    path: String,
    form: String,
}

fn place(id: CommandId, column: &'static str) -> Place {
    Place::new("tray", id.0, column)
}

fn item(row: &TrayRow) -> Item {
    let state = match row.state.as_str() {
        "waiting" => State::Waiting,
        _ => State::Filed { at: row.arrived_at },
    };
    Item { writer: row.account, why: row.why, state }
}

impl Desk<'_, '_> {
    /// Whether the actor supervises a writer. For one whom nobody supervises any more, such as somebody who left, every
    /// supervisor of the programme answers.
    fn answers_for(&mut self, here: ProgrammeId, writer: AccountId) -> Result<bool> {
        let me = self.actor.account;
        Ok(programme::supervises(self.tx, here, me, writer)?
            || (writer != me && programme::supervisors_of(self.tx, here, writer)?.is_empty()))
    }

    fn tray_line(&mut self, row: &TrayRow) -> Result<TrayLine> {
        let body: Body = self.open(Owner::Worker(row.account.0), place(row.id, "body"), &row.body)?;
        Ok(TrayLine {
            id: row.id,
            why: row.why,
            written_at: row.written_at,
            arrived_at: row.arrived_at,
            path: body.path,
            body: body.form,
        })
    }
}

impl App {
    /// Puts something that a phone sent into its writer's tray. Sent twice, it lies there once.
    ///
    /// # Errors
    /// When the store fails: then the phone still has it.
    pub async fn put_in_tray(&self, phone: &Heard, written: &Written, why: Why) -> Result<()> {
        let key = self.key(Owner::Worker(phone.account.0)).await?;
        let body = Body { path: written.path.clone(), form: written.body.clone() };
        let now = self.now();
        let row = TrayRow {
            id: written.id,
            account: phone.account,
            programme: phone.programme,
            body: seal(&key, &place(written.id, "body"), &body)?,
            why,
            written_at: Timestamp::from_millisecond(written.at).unwrap_or(now),
            arrived_at: now,
            state: String::new(),
        };
        self.store.write(move |tx| Ok::<_, Error>(tray::put(tx, &row).map(drop)?)).await
    }

    /// What of one's own waits, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn own_tray(&self, actor: &Actor) -> Result<Vec<TrayLine>> {
        self.look(actor, Action::TrayRead, About::Own, "tray", move |desk| {
            let rows = tray::waiting_of(desk.tx, desk.actor.account)?;
            rows.iter().map(|row| desk.tray_line(row)).collect()
        })
        .await
    }

    /// One's own is settled: it was filed after all, or stays out of the record.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of theirs, [`TrayFault::Settled`] when it is settled already.
    pub async fn settle_own(
        &self,
        actor: &Actor,
        command: CommandId,
        id: CommandId,
        filed: bool,
    ) -> Result<()> {
        self.command(actor, command, Action::TraySettle, About::Own, &(id, filed), move |desk| {
            let me = desk.actor.account;
            let row = tray::get(desk.tx, id)?.filter(|row| row.account == me).ok_or(Error::NotFound)?;
            let state = match filed {
                true => item(&row).filed(desk.now).map(|_| "filed"),
                false => item(&row).set_aside(me, "", desk.now).map(|_| "aside"),
            };
            match tray::settle(desk.tx, id, state?, me, None, desk.now)? {
                true => Ok(()),
                false => Err(Fault::Tray(TrayFault::Settled).into()),
            }
        })
        .await
    }

    /// What waits of those whom the actor supervises and what its writer can't put right alone, the oldest first.
    ///
    /// # Errors
    /// When the actor supervises nobody here.
    pub async fn team_tray(&self, actor: &Actor) -> Result<Vec<TeamTrayLine>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::TrayTeam, About::Programme(here), "trays", move |desk| {
            let (mut lines, mut shown) = (Vec::new(), Vec::new());
            for row in tray::waiting_in(desk.tx, here)? {
                if row.why.needs_somebody() && desk.answers_for(here, row.account)? {
                    let writer = desk.name_of(row.account)?;
                    lines.push(TeamTrayLine { id: row.id, writer, why: row.why, arrived_at: row.arrived_at });
                    shown.push(row.id.0);
                }
            }
            Ok((lines, shown))
        })
        .await
    }

    /// Sets aside what somebody else can't put right, with a reason. It stays sealed in the tray.
    ///
    /// # Errors
    /// With what keeps it from being set aside.
    pub async fn set_aside(
        &self,
        actor: &Actor,
        command: CommandId,
        id: CommandId,
        reason: &str,
    ) -> Result<()> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let reason = reason.to_owned();
        let key = self.key(Owner::Programme(here.0)).await?;
        let sealed = seal(&key, &place(id, "reason"), &reason)?;
        let about = About::Programme(here);
        let body = (id, reason.clone());
        self.command(actor, command, Action::TraySetAside, about, &body, move |desk| {
            let me = desk.actor.account;
            let row = tray::get(desk.tx, id)?.filter(|row| row.programme == Some(here));
            let row = row.ok_or(Error::NotFound)?;
            if !desk.answers_for(here, row.account)? {
                return Err(Error::NotFound);
            }
            item(&row).set_aside(me, &reason, desk.now)?;
            match tray::settle(desk.tx, id, "aside", me, Some(sealed.clone()), desk.now)? {
                true => Ok(()),
                false => Err(Fault::Tray(TrayFault::Settled).into()),
            }
        })
        .await
    }
}
