//! Asking a worker who went alone whether all is well, once, at the end of the visit; and telling whoever supervises them
//! when there is no answer. It asks, and follows nobody: what it knows is when and where they meant to meet.

use crate::door::{About, Actor, Desk};
use crate::{Action, App, Error, Result};
use jiff::{SignedDuration, Timestamp};
use porchlight_outbound::{Kind, Notice, Outcome, Page};
use porchlight_practice::id::{AccountId, CommandId, ProgrammeId, VisitId};
use porchlight_practice::{Lang, Means, Role};
use porchlight_store::seal::Keys;
use porchlight_store::visit::{self, VisitRow};
use porchlight_store::{Tx, account, programme};

/// The means by which a notice about a visit goes out: to whatever of them its receiver has set up.
const MEANS: [Means; 3] = [Means::Push, Means::Text, Means::Email];
/// How long it is tried again to send a question, in minutes. The page asks in any case.
const TRY_MINUTES: i64 = 5;
/// The most that one round does.
const MOST: i64 = 200;

/// Where asking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Nobody asks, or not yet.
    Not,
    /// They are asked, and have not answered.
    Asked {
        /// When whoever supervises them is told.
        tell_at: Timestamp,
    },
    /// They have not answered, and whoever supervises them knows.
    Told,
    /// They answered.
    Answered,
}

impl Asking {
    pub(super) fn of(row: &VisitRow) -> Asking {
        let asking = row.asking;
        match (asking.answered_at, asking.told_at, asking.tell_at) {
            (Some(_), ..) => Asking::Answered,
            (None, Some(_), _) => Asking::Told,
            (None, None, Some(tell_at)) => Asking::Asked { tell_at },
            (None, None, None) => Asking::Not,
        }
    }

    /// Whether an answer is waited for.
    pub fn waits(self) -> bool {
        matches!(self, Asking::Asked { .. } | Asking::Told)
    }
}

/// What became of a notice, by the best of the means its receiver has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Went {
    /// Somebody has taken it over.
    Out,
    /// It may go out when it is tried again.
    Again,
    /// There is no address that takes it.
    Nowhere,
}

/// Somebody who has not answered, as whoever supervises them sees it.
#[derive(Debug, Clone)]
pub struct Unanswered {
    /// The visit.
    pub id: VisitId,
    /// Who went.
    pub worker: String,
    /// Their number; may be empty.
    pub phone: String,
    /// When the visit was to end.
    pub ended: Timestamp,
    /// How they meant to meet, an id of the pack's contact kinds.
    pub kind: String,
    /// Where they meant to meet; may be empty.
    pub place: String,
}

/// Who is told: whoever supervises, and deputies; where nobody does, every supervisor of the programme.
fn told(tx: &mut Tx<'_>, here: ProgrammeId, worker: AccountId) -> Result<Vec<AccountId>> {
    let mut all = programme::supervisors_of(tx, here, worker)?;
    for one in all.clone().into_iter().chain([worker]) {
        for deputy in programme::deputies_of(tx, here, one)? {
            if !all.contains(&deputy) {
                all.push(deputy);
            }
        }
    }
    if all.is_empty() {
        let members = account::members(tx, here)?;
        all = members.iter().filter(|one| one.role == Role::Supervisor).map(|one| one.account).collect();
    }
    all.retain(|one| *one != worker);
    Ok(all)
}

/// A notice that goes to everybody named, in their language.
type Letters = Vec<(AccountId, Lang)>;

fn langs(tx: &mut Tx<'_>, who: &[AccountId]) -> Result<Letters> {
    let mut all = Vec::new();
    for id in who {
        let lang = account::get(tx, *id)?.and_then(|row| Lang::from_tag(&row.lang)).unwrap_or_default();
        all.push((*id, lang));
    }
    Ok(all)
}

impl Desk<'_, '_> {
    /// Those who went alone, have not answered, and whom the actor looks after.
    pub(crate) fn unanswered(&mut self, here: ProgrammeId) -> Result<Vec<Unanswered>> {
        let mut all = Vec::new();
        for row in visit::unanswered(self.tx, here, self.now, MOST)? {
            if !told(self.tx, here, row.peer)?.contains(&self.actor.account) {
                continue;
            }
            let (worker, phone) = self.name_and_phone(row.peer)?;
            let visit = self.visit(&row)?;
            let arranged = visit.arranged().clone();
            all.push(Unanswered {
                id: row.id,
                worker,
                phone,
                ended: row.ends,
                kind: arranged.kind,
                place: arranged.place,
            });
        }
        Ok(all)
    }
}

impl App {
    /// Sends a notice by every means its receiver has.
    pub(super) async fn tell_by_all(
        &self,
        who: AccountId,
        lang: Lang,
        kind: Kind,
        page: Page,
    ) -> Result<Went> {
        let keys = self.keys.clone();
        let to = self
            .store
            .read(move |tx| {
                let mut to = Vec::new();
                for means in MEANS {
                    to.extend(crate::reach::addresses(tx, &keys, who, means)?);
                }
                Ok::<_, Error>(to)
            })
            .await?;
        let outcomes = self.send_to_all(&Notice::new(self.ids.unguessable(), kind, lang, page), &to).await;
        let is = |of: fn(&Outcome) -> bool| outcomes.iter().any(of);
        Ok(match () {
            () if is(|one| matches!(one, Outcome::Accepted { .. })) => Went::Out,
            () if is(|one| matches!(one, Outcome::TryAgain(_))) => Went::Again,
            () => Went::Nowhere,
        })
    }

    /// Asks everybody whose visit alone has ended and who wanted to be asked. A reconciler: it takes no input, and may run
    /// any number of times. Answers how many were asked.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_after_visits(&self) -> Result<usize> {
        let now = self.now();
        let packs = self.packs.clone();
        let due = self
            .store
            .read(move |tx| {
                let mut due = Vec::new();
                for row in visit::to_ask(tx, now, MOST)? {
                    let (rules, _) = packs.rules(tx, row.programme, now)?;
                    let Some((_, lang)) = langs(tx, &[row.peer])?.pop() else { continue };
                    due.push((row, lang, rules.visits.answer_minutes));
                }
                Ok::<_, Error>(due)
            })
            .await?;
        let mut asked = 0;
        for (row, lang, minutes) in due {
            let page = Page::of("/visits/", row.id.0);
            let again = self.tell_by_all(row.peer, lang, Kind::AllRight, page).await? == Went::Again;
            let asked_at = row.asking.ask_at.unwrap_or(now);
            if again && now < asked_at + SignedDuration::from_mins(TRY_MINUTES) {
                continue;
            }
            let tell_at = now + SignedDuration::from_mins(i64::from(minutes));
            asked += 1;
            self.store.write(move |tx| Ok::<_, Error>(visit::asked(tx, row.id, now, tell_at)?)).await?;
            self.live.tell(crate::live::Signal::Account(row.peer));
        }
        Ok(asked)
    }

    /// Tells whoever supervises that somebody has not answered. A reconciler. Answers of how many it told.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell_of_no_answer(&self) -> Result<usize> {
        let now = self.now();
        let due = self
            .store
            .read(move |tx| {
                let mut due = Vec::new();
                for row in visit::to_tell(tx, now, MOST)? {
                    let who = told(tx, row.programme, row.peer)?;
                    due.push((row.id, row.programme, langs(tx, &who)?));
                }
                Ok::<_, Error>(due)
            })
            .await?;
        let mut done = 0;
        for (id, programme, who) in due {
            let mut went = Vec::new();
            for (account, lang) in who {
                let page = Page::of_all("/no-answer");
                went.push(self.tell_by_all(account, lang, Kind::NoAnswer, page).await?);
            }
            // It reached nobody yet: it is tried again, and stands on their pages meanwhile.
            if went.contains(&Went::Again) && !went.contains(&Went::Out) {
                continue;
            }
            done += 1;
            self.store.write(move |tx| Ok::<_, Error>(visit::told(tx, id, now)?)).await?;
            self.live.tell(crate::live::Signal::Programme(programme));
        }
        Ok(done)
    }

    /// Says that all is well, as the worker who was asked. Twice changes nothing.
    ///
    /// # Errors
    /// When it is not their visit.
    pub async fn answer_all_right(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        self.command(actor, command, Action::VisitAnswer, About::Visit(id), &id, move |desk| {
            Ok(visit::answered(desk.tx, id, desk.now)?)
        })
        .await
    }

    /// Says that somebody who did not answer is looked after, as whoever supervises them. Twice changes nothing.
    ///
    /// # Errors
    /// When they are not the actor's to look after.
    pub async fn look_after(&self, actor: &Actor, command: CommandId, id: VisitId) -> Result<()> {
        self.command(actor, command, Action::VisitLookAfter, About::Visit(id), &id, move |desk| {
            let row = desk.visit_row(id)?;
            if !told(desk.tx, row.programme, row.peer)?.contains(&desk.actor.account) {
                return Err(Error::NotFound);
            }
            Ok(visit::answered(desk.tx, id, desk.now)?)
        })
        .await
    }

    /// Those who went alone and have not answered, for whoever supervises them.
    ///
    /// # Errors
    /// When the actor supervises nobody here.
    pub async fn no_answers(&self, actor: &Actor) -> Result<Vec<Unanswered>> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        self.list(actor, Action::VisitUnanswered, About::Programme(here), "no answer", move |desk| {
            let all = desk.unanswered(here)?;
            let shown = all.iter().map(|one| one.id.0).collect();
            Ok((all, shown))
        })
        .await
    }
}

/// Whether somebody has set up any way by which a notice about a visit reaches them.
pub(super) fn reaches(tx: &mut Tx<'_>, keys: &Keys, who: AccountId) -> Result<bool> {
    for means in MEANS {
        if !crate::reach::addresses(tx, keys, who, means)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
