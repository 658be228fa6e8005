//! Taking along what is one's own: everything one has shown with its papers, the supervision one had, the hours one served.
//! It needs no programme, so it is there after the last job here has ended.

use super::{Shown, part_place, shown};
use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use porchlight_practice::evidence::FileKind;
use porchlight_practice::rule::fact::SessionKind;
use porchlight_practice::work::minutes;
use porchlight_store::seal::Owner;
use porchlight_store::{contact, credential, programme, supervision};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How much the papers of one part are together, in bytes, if one of them alone is not more.
const PART_BYTES: usize = 48 * 1024 * 1024;

/// Supervision that was held.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// The day.
    pub day: Date,
    /// How.
    pub kind: SessionKind,
    /// How long, in minutes.
    pub minutes: i64,
    /// By whom, by name.
    pub supervisor: String,
    /// What they were on that day.
    pub supervisor_was: Vec<String>,
    /// In which programme.
    pub programme: String,
}

/// What somebody takes along, without the papers themselves.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Their name.
    pub name: String,
    /// Everything they have shown, the newest first.
    pub shown: Vec<Shown>,
    /// The supervision they had, the oldest first.
    pub supervision: Vec<Held>,
    /// Minutes with people, by month (`2026-11`). Not with whom.
    pub months: BTreeMap<String, u32>,
    /// Which papers each part carries: places in `shown`.
    pub parts: Vec<Vec<usize>>,
}

/// One part: which paper of `shown`, what it is, and its bytes.
pub type Part = Vec<(usize, FileKind, Vec<u8>)>;

fn parts(shown: &[Shown]) -> Vec<Vec<usize>> {
    let (mut parts, mut together) = (vec![Vec::new()], 0);
    for (at, one) in shown.iter().enumerate() {
        let Some(paper) = &one.credential.paper else { continue };
        if together + paper.bytes > PART_BYTES && together > 0 {
            parts.push(Vec::new());
            together = 0;
        }
        together += paper.bytes;
        if let Some(part) = parts.last_mut() {
            part.push(at);
        }
    }
    parts
}

impl Desk<'_, '_> {
    fn taken(&mut self) -> Result<Taken> {
        let me = self.actor.account;
        let mut all = Vec::new();
        for row in credential::of_account(self.tx, me)? {
            all.push(shown(self.keys, self.tx, &row)?);
        }
        let mut held = Vec::new();
        for row in supervision::of_worker(self.tx, me, i64::MAX)? {
            if row.state != "held" {
                continue;
            }
            let here = programme::get(self.tx, row.programme)?.ok_or(Error::Damaged("supervision"))?;
            held.push(Held {
                day: row.day.parse().map_err(|_| Error::Damaged("supervision"))?,
                kind: SessionKind::parse(&row.kind).ok_or(Error::Damaged("supervision"))?,
                minutes: row.minutes,
                supervisor: self.name_of(row.supervisor)?,
                supervisor_was: row.supervisor_was.split(' ').map(str::to_owned).collect(),
                programme: here.name,
            });
        }
        held.reverse();
        let mut months = BTreeMap::new();
        for (started, ended) in contact::with_people(self.tx, me)? {
            let day = started.to_zoned(TimeZone::UTC).date();
            *months.entry(format!("{:04}-{:02}", day.year(), day.month())).or_default() +=
                minutes(started, ended);
        }
        Ok(Taken { name: self.name_of(me)?, parts: parts(&all), shown: all, supervision: held, months })
    }
}

impl App {
    /// What the actor can take along.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_take_along(&self, actor: &Actor) -> Result<Taken> {
        self.prepare(actor, Action::CredentialTake, About::Own, |desk| desk.taken()).await
    }

    /// One part of it, with the papers in it.
    ///
    /// # Errors
    /// When there is no such part.
    pub async fn take_along(&self, actor: &Actor, part: usize) -> Result<(Taken, Part)> {
        self.look(actor, Action::CredentialTake, About::Own, "credentials", move |desk| {
            let taken = desk.taken()?;
            let key = desk.keys.get(desk.tx, Owner::Worker(desk.actor.account.0))?;
            let mut papers = Vec::new();
            for at in taken.parts.get(part).ok_or(Error::NotFound)? {
                let one = &taken.shown[*at];
                let Some(about) = &one.credential.paper else { continue };
                let mut bytes = Vec::with_capacity(about.bytes);
                for (place, piece) in credential::parts(desk.tx, one.id)? {
                    bytes.extend(key.open(&part_place(place), &piece)?);
                }
                let hash: [u8; 32] = Sha256::digest(&bytes).into();
                if hash != about.hash {
                    return Err(Error::Damaged("evidence"));
                }
                papers.push((*at, about.kind, bytes));
            }
            Ok((taken, papers))
        })
        .await
    }
}
