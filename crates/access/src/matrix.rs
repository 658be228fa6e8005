//! The table as text, for people who review rules and not code.

use crate::{Access, Action, Asker, Decision, Door, Facts, Relation};
use std::fmt::Write;

/// Every role, record, action and consent as ticks: `yes`, `ask` (only with the person's consent), `.` (no).
/// Roles and columns in which nothing is ever allowed are left out of an action's block.
pub fn matrix(access: &Access) -> String {
    let mut out = String::from(
        "Who may do what. Made from crates/access/policies; a test compares the two.\n\
         Columns: how the actor stands to the record. yes = allowed, ask = only with the person's consent, . = no.\n\
         A role that is not listed under an action may never do it.\n",
    );
    for &action in Action::ALL {
        let door = match action.door() {
            Door::Command => "command",
            Door::Look => "look",
        };
        let _ = write!(out, "\n{} ({door})\n", action.as_str());
        let cell = |asker, relation| {
            let ask = |consent| access.decide(Facts { action, asker, relation, consent });
            match (ask(false), ask(true)) {
                (Decision::Allow(_), _) => "yes",
                (Decision::Deny, Decision::Allow(_)) => "ask",
                (Decision::Deny, Decision::Deny) => ".",
            }
        };
        let askers: Vec<Asker> = Asker::all()
            .filter(|&asker| Relation::ALL.into_iter().any(|relation| cell(asker, relation) != "."))
            .collect();
        if askers.is_empty() {
            out += "  nobody\n";
            continue;
        }
        let _ = write!(out, "  {:<24}", "");
        for relation in Relation::ALL {
            let _ = write!(out, "{:<12}", relation.as_str());
        }
        out = out.trim_end().to_string();
        out.push('\n');
        for asker in askers {
            let _ = write!(out, "  {:<24}", asker.as_str());
            for relation in Relation::ALL {
                let _ = write!(out, "{:<12}", cell(asker, relation));
            }
            out = out.trim_end().to_string();
            out.push('\n');
        }
    }
    out
}
