//! When the store can't write, for want of room or because its disk fails: the clockwork calls first, and keeps later.
//!
//! What is due is read, the calls are made, and only this process knows of them. Once the store writes again the ladder is
//! climbed as always, so somebody may be called twice: twice rather than never.

use super::calling::ready;
use super::{due_steps, laid_out};
use crate::{App, Error, Result};
use jiff::Timestamp;
use porchlight_practice::Means;
use porchlight_practice::id::{AccountId, RunId};
use porchlight_store::ladder;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// How many ladders and calls are looked at in one go.
const AT_ONCE: i64 = 200;

/// The step of a ladder, by when it was due, and a call of it.
type Call = (RunId, Timestamp, AccountId, Means);

/// The calls that were made and could not be kept.
#[derive(Debug, Default)]
pub(crate) struct Unkept(Mutex<BTreeSet<Call>>);

impl Unkept {
    /// Notes a call. `false` when it was made already.
    fn note(&self, call: Call) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(call)
    }

    /// The store keeps calls again.
    pub(super) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl App {
    /// Makes every call that is due, without the store. Waits for none of them.
    pub(super) async fn call_unkept(&self) -> Result<()> {
        let (packs, keys, ids, now) = (self.packs.clone(), self.keys.clone(), self.ids.clone(), self.now());
        let due = self
            .store
            .read(move |tx| {
                let mut calls = Vec::new();
                for row in ladder::waiting_calls(tx, now, AT_ONCE)? {
                    let (Some(run), Some(means)) = (ladder::get_run(tx, row.run)?, row.means) else {
                        continue;
                    };
                    calls.push(((row.run, row.due_at, row.account, means), row.id.0, run));
                }
                for row in ladder::due(tx, now, AT_ONCE)? {
                    let (plan, zone, not) = laid_out(tx, &packs, &row, now)?;
                    for step in due_steps(tx, &row, &plan, &zone, not, now)?.0 {
                        for who in &step.who {
                            let call = |means: &Means| {
                                ((row.id, step.due, *who, *means), ids.unguessable(), row.clone())
                            };
                            calls.extend(step.means.iter().map(call));
                        }
                    }
                }
                let mut found = Vec::new();
                for (call, id, run) in calls {
                    // One whose address can't be read holds up nobody else.
                    if let Ok(Ok(ready)) = ready(tx, &keys, id, &run, call.2, call.3) {
                        found.push((call, ready));
                    }
                }
                Ok::<_, Error>(found)
            })
            .await?;
        for (call, (notice, to)) in due {
            if self.unkept.note(call) {
                let app = self.clone();
                tokio::spawn(async move { app.send_to_all(&notice, &to).await });
            }
        }
        Ok(())
    }
}
