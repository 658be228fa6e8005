//! Gates: what has to be in place before something is done. Whoever books asks here; what has happened is never held up.

use crate::door::{About, Actor};
use crate::{Action, App, Error, Result};
use jiff::civil::Date;
use porchlight_practice::id::AccountId;
use porchlight_practice::rule::{Answer, Word};
use porchlight_store::credential;

/// What somebody wants to do. These are the words by which a pack's questions and the parts that book meet; a pack
/// without such a question has no such gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Activity {
    /// Be with a young person together with somebody who is cleared.
    WithYouth,
    /// Be with a young person alone.
    AloneWithYouth,
    /// Take a family along in a car.
    DriveFamilies,
}

impl Activity {
    /// The questions that all have to be answered with yes. Where a pack says "before working with youth" without "alone",
    /// accompanied work stops too; and who may not work with youth at all may not alone.
    fn questions(self) -> &'static [&'static str] {
        match self {
            Activity::WithYouth => &["work_with_youth"],
            Activity::AloneWithYouth => &["work_with_youth", "work_alone_with_youth"],
            Activity::DriveFamilies => &["drive_families"],
        }
    }
}

/// Whether something can be booked for a day, by what is known today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The worst of the answers; yes where the pack does not ask.
    pub word: Word,
    /// The last day on which it is still a yes with nothing new; none when it has no end, or is no yes.
    pub last: Option<Date>,
    /// The answers behind it, for the worker alone; the one that decides comes last.
    pub answers: Vec<Answer>,
}

impl Gate {
    fn of(mut answers: Vec<Answer>) -> Gate {
        answers.sort_by_key(|answer| answer.word);
        let word = answers.last().map_or(Word::Yes, |answer| answer.word);
        let ends = answers.iter().filter_map(|answer| answer.next_change).min();
        let last = ends.filter(|_| word == Word::Yes).and_then(|day| day.yesterday().ok());
        Gate { word, last, answers }
    }

    /// Whether it may be booked.
    pub fn is_open(&self) -> bool {
        self.word == Word::Yes
    }

    /// The question that holds it up.
    pub fn closed_by(&self) -> Option<&Answer> {
        self.answers.last().filter(|_| !self.is_open())
    }
}

impl App {
    /// Whether a worker may do something on a day. They themself read why; somebody who books for them reads the word and
    /// the day on which it ends, and nothing of what is behind it.
    ///
    /// # Errors
    /// When the worker does not work in the actor's programme, or the actor does not book for others.
    pub async fn gate(
        &self,
        actor: &Actor,
        worker: AccountId,
        activity: Activity,
        day: Date,
    ) -> Result<Gate> {
        let here = actor.programme.ok_or(Error::NotFound)?;
        let own = worker == actor.account;
        let (action, about) = match own {
            true => (Action::CredentialRead, About::Own),
            false => (Action::CredentialAhead, About::Programme(here)),
        };
        self.prepare(actor, action, about, move |desk| {
            if !own && !credential::works_in(desk.tx, here, worker)? {
                return Err(Error::NotFound);
            }
            let gate = Gate::of(crate::credential::answered(desk, here, worker, activity.questions(), day)?);
            Ok(if own { gate } else { Gate { answers: Vec::new(), ..gate } })
        })
        .await
    }
}
