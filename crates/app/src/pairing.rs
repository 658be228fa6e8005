//! People who meet: what each shares, whom they could meet, and what is between two. Nobody's name, and nothing else that
//! would tell who they are, reaches the other before both said yes; nothing says who was left out, or who said no.

mod finding;
mod together;

use crate::door::{About, Actor, Desk, seal};
use crate::{Action, App, Error, Fault, Result};
use finding::{offer_place, pairing_place};
use jiff::SignedDuration;
use jiff::civil::Date;

use porchlight_outbound::{Kind, Notice, Outcome, Page};
use porchlight_practice::id::{AccountId, CommandId, PairingId, PersonId};
use porchlight_practice::pack::Rules;
use porchlight_practice::pairing::{
    AGAIN_DAYS, Answer, Feels, Offer, Pairing, PairingFault, Side, Week, Why,
};
use porchlight_practice::{Lang, Means};
use porchlight_store::account;
use porchlight_store::pairing::{self, OfferRow, PairingRow};
use porchlight_store::seal::Owner;

pub use together::{MentorLine, MentorView, PairingLine, Step, Waiting};

/// Minutes a week that walking with one person takes at least, the note and the way among them: who has fewer left is not
/// suggested for one more.
pub(crate) const MINUTES_EACH: u32 = 60;
/// For how many hours a reminder that could not be sent is tried again.
const TELL_HOURS: i64 = 48;

/// Somebody who could be met: what speaks for it, and nothing that says who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// By what the page names them. It fits for this reader alone.
    pub token: String,
    /// What speaks for it.
    pub why: Vec<Why>,
}

/// What is between the reader and somebody else.
#[derive(Debug, Clone)]
pub struct Between {
    /// Its id.
    pub id: PairingId,
    /// Which of the two the reader is.
    pub side: Side,
    /// Where it stands.
    pub pairing: Pairing,
    /// The other's first name, once both said yes.
    pub name: Option<String>,
    /// Who brings them together, by name, once somebody does.
    pub by: Option<String>,
    /// The check-in the reader is asked for.
    pub asks: Option<Week>,
    /// Counts changes; a form sends it back.
    pub version: i64,
}

/// What somebody finds about meeting others.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// What they share; none while they wrote nothing.
    pub offer: Option<Offer>,
    /// Counts changes of it; 0 before the first.
    pub version: i64,
    /// Until when a guardian decides, who has to be asked first.
    pub guarded_until: Option<Date>,
    /// Whether everything was gone through with them that is needed to be there for others.
    pub ready: bool,
    /// Whom they could meet.
    pub suggested: Vec<Suggested>,
    /// What is between them and others.
    pub between: Vec<Between>,
    /// Whether their last wish came to nothing.
    pub came_to_nothing: bool,
}

/// A worker who could walk with somebody.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// What they have in common with the person, as far as both chose to share it.
    pub why: Vec<Why>,
    /// With how many they walk now.
    pub walking: usize,
    /// Minutes a week of their contract, or that they can work.
    pub minutes: Option<u32>,
}

/// What one of the two says.
#[derive(Debug, Clone, Copy)]
pub enum Say {
    /// An answer to being asked.
    Answer(Answer),
    /// The wish is taken back, before anybody knows a name.
    TakeBack,
    /// Yes to the ground rules and the limits of what stays private.
    Agree,
    /// How it is.
    Feels(Feels),
    /// It ends.
    End,
}

impl Say {
    fn as_str(self) -> &'static str {
        match self {
            Say::Answer(Answer::Yes) => "yes",
            Say::Answer(Answer::NotNow) => "not now",
            Say::Answer(Answer::SomebodyElse) => "somebody else",
            Say::TakeBack => "take back",
            Say::Agree => "agree",
            Say::Feels(Feels::Good) => "good",
            Say::Feels(Feels::Talk) => "talk",
            Say::End => "end",
        }
    }
}

/// Takes one step with two people and keeps it.
fn change(
    desk: &mut Desk<'_, '_>,
    id: PairingId,
    version: i64,
    step: impl FnOnce(Pairing, &PairingRow, Date) -> Result<Pairing, PairingFault>,
) -> Result<()> {
    let mut row = pairing::get(desk.tx, id)?.filter(|row| row.is_open).ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Stale);
    }
    let today = desk.day_here(row.programme)?;
    let was = desk.pairing(&row)?;
    let before = was.state();
    let now = step(was, &row, today)?;
    if now.state() != before {
        row.told = None;
    }
    (row.is_open, row.due) = (now.is_open(), due(&now, today).map(|day| day.to_string()));
    row.at = desk.now;
    let key = desk.keys.get(desk.tx, Owner::Programme(row.programme.0))?;
    row.body = seal(&key, &pairing_place(&row), &now)?;
    if pairing::change(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
}

/// From which day on one of the two has something to say.
fn due(pairing: &Pairing, today: Date) -> Option<Date> {
    match pairing {
        Pairing::Asked { .. } | Pairing::Met { .. } => Some(today),
        Pairing::Together { .. } => pairing.check_in_due(),
        _ => None,
    }
}

/// Whether one of the two has something to say today.
fn has_something_to_say(pairing: &Pairing, side: Side, today: Date) -> bool {
    match pairing {
        Pairing::Asked { .. } => side == Side::Other,
        Pairing::Met { .. } => !pairing.agreed(side),
        Pairing::Together { .. } => pairing.asks(side, today).is_some(),
        _ => false,
    }
}

fn side_of(row: &PairingRow, person: PersonId) -> Side {
    if row.asker == person { Side::Asker } else { Side::Other }
}

impl Desk<'_, '_> {
    fn between(&mut self, row: &PairingRow, person: PersonId) -> Result<Option<Between>> {
        let side = side_of(row, person);
        let pairing = self.pairing(row)?;
        if !row.is_open || (side == Side::Other && !pairing.other_knows()) {
            return Ok(None);
        }
        let them = if side == Side::Asker { row.other } else { row.asker };
        let today = self.day_here(row.programme)?;
        Ok(Some(Between {
            id: row.id,
            side,
            name: if pairing.names_are_known() { Some(self.first_name(them)?) } else { None },
            by: match pairing.by() {
                Some(by) => Some(self.name_of(by)?),
                None => None,
            },
            asks: pairing.asks(side, today),
            pairing,
            version: row.version,
        }))
    }

    /// Refuses what is no list of the pack's, and what two need to talk and is missing.
    fn checked_offer(&self, rules: &Rules, offer: Offer) -> Result<Offer> {
        let kind =
            |id: &str| rules.common_grounds.iter().find(|ground| ground.id == id).map(|ground| ground.kind);
        offer.checked(kind).map_err(|fault| Fault::Offer(fault).into())
    }
}

impl App {
    /// What somebody finds about meeting others: what they share, whom they could meet, what is between them and others.
    ///
    /// # Errors
    /// When the actor is nobody who is supported here.
    pub async fn my_meeting(&self, actor: &Actor) -> Result<Meeting> {
        let person = actor.person.ok_or(Error::NotFound)?;
        self.look(actor, Action::PairingRead, About::Person(person), "pairing", move |desk| {
            let here = desk.programme()?;
            let (rules, _) = desk.rules(here)?;
            let today = desk.day_here(here)?;
            let offer = desk.offer_of(here, person)?;
            let rows = pairing::of_person(desk.tx, person)?;
            let mut between = Vec::new();
            for row in &rows {
                between.extend(desk.between(row, person)?);
            }
            let looks = !rows.iter().any(|row| row.is_open && row.asker == person);
            let mut suggested = Vec::new();
            if let Some((offer, _)) = offer.as_ref().filter(|(offer, _)| looks && !offer.paused) {
                for (other, why) in desk.suggested(here, &rules, person, offer, today)? {
                    suggested.push(Suggested { token: desk.token(person, other), why });
                }
            }
            let last = rows.iter().find(|row| row.asker == person && row.wished);
            let (offer, version) = offer.map_or((None, 0), |(offer, version)| (Some(offer), version));
            Ok(Meeting {
                offer,
                version,
                guarded_until: desk.decides(person)?.guarded_until(),
                ready: desk.is_ready(&rules, person)?,
                suggested,
                between,
                came_to_nothing: last.is_some_and(|row| !row.is_open),
            })
        })
        .await
    }

    /// Keeps what a person shares so that others can be found.
    ///
    /// # Errors
    /// [`Fault::Offer`] names what is missing; [`Fault::GuardianSays`] while a guardian decides.
    pub async fn write_offer(
        &self,
        actor: &Actor,
        command: CommandId,
        offer: Offer,
        version: i64,
    ) -> Result<()> {
        let (owner, whose, about) = match (actor.person, actor.works_here()) {
            (Some(person), _) => (Owner::Person(person.0), person.0, About::Person(person)),
            (None, true) => (Owner::Worker(actor.account.0), actor.account.0, About::Own),
            (None, false) => return Err(Error::NotFound),
        };
        let key = self.key(owner).await?;
        let body = (offer.clone(), version);
        self.command(actor, command, Action::PairingWrite, about, &body, move |desk| {
            let here = desk.programme()?;
            if let Some(person) = desk.actor.person {
                desk.may_say_yes(person)?;
            }
            let (rules, _) = desk.rules(here)?;
            let offer = desk.checked_offer(&rules, offer.clone())?;
            let row = OfferRow {
                programme: here,
                whose,
                works: desk.actor.person.is_none(),
                body: seal(&key, &offer_place(whose), &offer)?,
                at: desk.now,
                version,
            };
            if pairing::keep_offer(desk.tx, &row)? { Ok(()) } else { Err(Error::Stale) }
        })
        .await
    }

    /// Takes away what somebody shares. What goes on between two goes on.
    ///
    /// # Errors
    /// When the actor has none here.
    pub async fn forget_offer(&self, actor: &Actor, command: CommandId) -> Result<()> {
        let (whose, about) = match (actor.person, actor.works_here()) {
            (Some(person), _) => (person.0, About::Person(person)),
            (None, true) => (actor.account.0, About::Own),
            (None, false) => return Err(Error::NotFound),
        };
        self.command(actor, command, Action::PairingWrite, about, "forget", move |desk| {
            let here = desk.programme()?;
            Ok(pairing::forget_offer(desk.tx, here, whose)?)
        })
        .await
    }

    /// What somebody who works here shares, so that whoever says who walks with whom can see it.
    ///
    /// # Errors
    /// When the actor walks with nobody here.
    pub async fn my_worker_offer(&self, actor: &Actor) -> Result<(Option<Offer>, i64)> {
        let here = actor.programme.filter(|_| actor.works_here()).ok_or(Error::NotFound)?;
        self.look(actor, Action::PairingRead, About::Own, "pairing", move |desk| {
            let offer = desk.worker_offer(here, desk.actor.account)?;
            Ok(offer.map_or((None, 0), |(offer, version)| (Some(offer), version)))
        })
        .await
    }

    /// Answers a suggestion: a wish to meet, not now, or somebody else. Nobody is told of the last two.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody of that token is suggested to them now.
    pub async fn wish_to_meet(
        &self,
        actor: &Actor,
        command: CommandId,
        token: &str,
        answer: Answer,
    ) -> Result<()> {
        let person = actor.person.ok_or(Error::NotFound)?;
        let (id, token) = (PairingId(self.ids.unguessable()), token.to_owned());
        let body = (token.clone(), Say::Answer(answer).as_str());
        self.command(actor, command, Action::PairingWish, About::Person(person), &body, move |desk| {
            desk.may_say_yes(person)?;
            let here = desk.programme()?;
            let (rules, _) = desk.rules(here)?;
            let today = desk.day_here(here)?;
            if pairing::of_person(desk.tx, person)?.iter().any(|row| row.is_open && row.asker == person) {
                return Err(Error::NotFound);
            }
            let (offer, _) = desk.offer_of(here, person)?.ok_or(Error::NotFound)?;
            let suggested = desk.suggested(here, &rules, person, &offer, today)?;
            let found = suggested.into_iter().find(|(other, _)| desk.token(person, *other) == token);
            let (other, why) = found.ok_or(Error::NotFound)?;
            let again = today.saturating_add(jiff::Span::new().days(AGAIN_DAYS));
            let pairing = match answer {
                Answer::Yes => Pairing::wish(why),
                Answer::NotNow => Pairing::LetGo { again: Some(again) },
                Answer::SomebodyElse => Pairing::LetGo { again: None },
            };
            let mut row = PairingRow {
                id,
                programme: here,
                asker: person,
                other,
                is_open: pairing.is_open(),
                wished: pairing.is_open(),
                due: None,
                told: None,
                body: Vec::new(),
                at: desk.now,
                version: 1,
            };
            let key = desk.keys.get(desk.tx, Owner::Programme(here.0))?;
            row.body = seal(&key, &pairing_place(&row), &pairing)?;
            Ok(pairing::insert(desk.tx, &row)?)
        })
        .await
    }

    /// What is between the actor and somebody else.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not theirs, is over, or they were not asked.
    pub async fn between(&self, actor: &Actor, id: PairingId) -> Result<Between> {
        let person = actor.person.ok_or(Error::NotFound)?;
        self.look(actor, Action::PairingOpen, About::Pairing(id), "pairing", move |desk| {
            let row = pairing::get(desk.tx, id)?.ok_or(Error::NotFound)?;
            desk.between(&row, person)?.ok_or(Error::NotFound)
        })
        .await
    }

    /// One of the two says something: an answer, a yes to the ground rules, how it is, or that it ends.
    ///
    /// # Errors
    /// When it is not at the point for that; [`Error::Stale`] when it changed since the page was opened.
    pub async fn say_between(
        &self,
        actor: &Actor,
        command: CommandId,
        id: PairingId,
        say: Say,
        version: i64,
    ) -> Result<()> {
        let person = actor.person.ok_or(Error::NotFound)?;
        let body = (id, say.as_str(), version);
        self.command(actor, command, Action::PairingAnswer, About::Pairing(id), &body, move |desk| {
            change(desk, id, version, |pairing, row, today| {
                let side = side_of(row, person);
                match say {
                    Say::Answer(answer) if side == Side::Other => pairing.answer(answer, today),
                    Say::TakeBack if side == Side::Asker => pairing.leave(),
                    Say::Agree => pairing.agree(side),
                    Say::Feels(feels) => pairing.check_in(side, feels, today),
                    Say::End => pairing.end(today),
                    Say::Answer(_) | Say::TakeBack => Err(PairingFault::NotNow),
                }
            })
        })
        .await
    }

    /// Tells everybody who has something to say to somebody they meet, or could meet, that something waits for them, and no
    /// more: when they are asked, when the ground rules wait, after two weeks and after six. A reconciler: it takes no
    /// input, and may run any number of times. Answers for how many somebody was told.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell_of_pairings(&self) -> Result<usize> {
        let (app, now) = (self.clone(), self.now());
        let waiting = self
            .store
            .read(move |tx| {
                let mut waiting = Vec::new();
                // The zone of each programme decides; nobody's day begins before this one.
                let earliest =
                    (now + SignedDuration::from_hours(14)).to_zoned(jiff::tz::TimeZone::UTC).date();
                for row in pairing::untold(tx, &earliest.to_string())? {
                    let (_, zone) = app.packs.rules(tx, row.programme, now)?;
                    let today = now.to_zoned(zone).date();
                    if row.due.as_deref().is_some_and(|due| *due > *today.to_string()) {
                        continue;
                    }
                    let key = app.keys.get(tx, Owner::Programme(row.programme.0))?;
                    let pairing: Pairing = crate::door::open(&key, &pairing_place(&row), &row.body)?;
                    let mut to = Vec::new();
                    for (side, person) in [(Side::Asker, row.asker), (Side::Other, row.other)] {
                        if !has_something_to_say(&pairing, side, today) {
                            continue;
                        }
                        let Some(account) = account::of_person(tx, person)? else { continue };
                        let owner = account::get(tx, account)?;
                        let lang = owner.and_then(|row| Lang::from_tag(&row.lang)).unwrap_or_default();
                        for means in [Means::Push, Means::Email] {
                            let found = crate::reach::addresses(tx, &app.keys, account, means)?;
                            to.extend(found.into_iter().map(|address| (lang, address)));
                        }
                    }
                    waiting.push((row, to));
                }
                Ok::<_, Error>(waiting)
            })
            .await?;
        let mut told = 0;
        for (row, to) in waiting {
            let mut outcomes = Vec::new();
            for (lang, address) in to {
                let notice = Notice::new(self.ids.unguessable(), Kind::Reminder, lang, Page::of_all("/meet"));
                outcomes.extend(self.send_to_all(&notice, &[address]).await);
            }
            let again = !outcomes.is_empty()
                && outcomes.iter().all(|outcome| matches!(outcome, Outcome::TryAgain(_)))
                && now < row.at + SignedDuration::from_hours(TELL_HOURS);
            if again {
                continue;
            }
            told += usize::from(!outcomes.is_empty());
            let Some(due) = row.due.clone() else { continue };
            self.store.write(move |tx| Ok::<_, Error>(pairing::told(tx, row.id, &due)?)).await?;
        }
        Ok(told)
    }
}
