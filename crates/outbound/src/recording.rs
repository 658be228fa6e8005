//! Sends nothing and keeps what would have been sent.

use crate::{Address, Notice, Outcome, Refusal};
use jiff::Timestamp;
use porchlight_practice::Means;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What would have been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub to: Address,
    /// What.
    pub notice: Notice,
    /// What the sender was told.
    pub outcome: Outcome,
}

/// Keeps what would have been sent, and answers as a test wants.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    sent: Vec<Sent>,
    answers: BTreeMap<Means, Answer>,
    patience: Option<Duration>,
}

enum Answer {
    With(Outcome),
    NotSetUp,
    Never,
}

impl Recorder {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything so far, in order.
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// From now on this means answers so; at first every means accepts.
    pub fn answer(&self, means: Means, outcome: Outcome) {
        self.state().answers.insert(means, Answer::With(outcome));
    }

    /// From now on this means is not set up.
    pub fn without(&self, means: Means) {
        self.state().answers.insert(means, Answer::NotSetUp);
    }

    /// From now on a sending may take so long; at first 10 seconds, as in the settings.
    pub fn wait_at_most(&self, patience: Duration) {
        self.state().patience = Some(patience);
    }

    pub(crate) fn patience(&self) -> Duration {
        self.state().patience.unwrap_or(Duration::from_secs(10))
    }

    /// From now on this means never answers: a fault that only the time limit ends.
    pub fn never_answer(&self, means: Means) {
        self.state().answers.insert(means, Answer::Never);
    }

    pub(crate) fn can(&self, means: Means) -> bool {
        !matches!(self.state().answers.get(&means), Some(Answer::NotSetUp))
    }

    pub(crate) async fn record(&self, at: Timestamp, to: &Address, notice: &Notice) -> Outcome {
        let outcome = {
            let mut state = self.state();
            let outcome = match state.answers.get(&to.means()) {
                None => Some(Outcome::Accepted { reference: None }),
                Some(Answer::With(outcome)) => Some(outcome.clone()),
                Some(Answer::NotSetUp) => Some(Outcome::Refused(Refusal::NotSetUp)),
                Some(Answer::Never) => None,
            };
            if let Some(outcome) = &outcome {
                let sent = Sent { at, to: to.clone(), notice: notice.clone(), outcome: outcome.clone() };
                state.sent.push(sent);
            }
            outcome
        };
        match outcome {
            Some(outcome) => outcome,
            None => std::future::pending().await,
        }
    }
}
