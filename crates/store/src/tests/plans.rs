//! How SQLite finds what each statement asks for: a lost index fails here, long before a programme has grown.

use crate::testing::{Database, options};
use crate::{Error, db};

/// Tables that stay small however much a programme writes, so that reading all of one is no harm: each with why.
const SMALL: &[(&str, &str)] = &[
    ("migration", "one row for each version of the schema"),
    ("programme", "the programmes of one agency"),
    ("kept_form", "forms of the last hours; what has run out is cleared twice a minute"),
    ("forgotten_password", "names that were typed just now; all of it is worked off twice a minute"),
    ("passkey_challenge", "questions of the last minutes; what has run out is cleared twice a minute"),
    ("single_sign_on_question", "questions of the last minutes; what has run out is cleared twice a minute"),
    ("sign_in_failure", "tries of one day; older ones are cleared twice a minute"),
];

/// Statements that read a table or an index from end to end, by file and table, each with why.
const WHOLE: &[(&str, &str, &str)] =
    &[("seal.rs", "data_key", "a change of the ring's key, some hundred rows at a time")];

/// Statements that read all that one programme has of something, by file and table, each with why. A programme may hold nearly all
/// of a database, so that this is nearly the whole table.
const OF_A_PROGRAMME: &[(&str, &str, &str)] = &[
    (
        "account.rs",
        "membership",
        "everybody who works here, for the office's list, and who is uncovered, for its day",
    ),
    ("emergency.rs", "emergency", "emergency looks are few"),
    ("group.rs", "peer_group", "the groups of a programme"),
    ("ladder.rs", "ladder", "its rungs"),
    ("ladder.rs", "ladder_proof", "who answered a test call"),
    ("ladder.rs", "ladder_run", "test calls are few"),
    ("pairing.rs", "offer", "the offers of a programme"),
    ("permission.rs", "permission", "what its own texts allow"),
    ("person.rs", "p", "those with whom nobody walks, by an index of them alone"),
    ("person.rs", "person", "whether there is anybody: the first is enough"),
    ("programme.rs", "adoption", "the packs it took up"),
    ("programme.rs", "deputy", "written once when somebody leaves"),
    ("programme.rs", "supervision", "written once when somebody leaves"),
    ("safety.rs", "safety", "reports are few"),
];

/// One step of how SQLite finds what a statement asks for.
struct Step {
    /// File and line of the statement.
    at: &'static str,
    does: String,
    /// By an index of a part alone: that holds what is still to be done, and is meant to be read whole.
    part: bool,
}

impl Step {
    /// The table that it reads from end to end; none when it finds its rows.
    fn whole(&self) -> Option<&str> {
        let name = self.does.strip_prefix("SCAN ")?.split(' ').next()?;
        // The rows of a list in the statement itself, or of what an earlier step made.
        (!self.part && !name.starts_with('(') && name != "CONSTANT").then_some(name)
    }

    /// The table of which it reads all that one programme has.
    fn of_a_programme(&self) -> Option<&str> {
        let rest = self.does.strip_prefix("SEARCH ")?.strip_suffix(" (programme=?)")?;
        rest.split(' ').next()
    }

    fn stands_in(&self, reasons: &[(&str, &str, &str)], table: &str) -> bool {
        reasons.iter().any(|(file, known, _)| self.at.contains(file) && *known == table)
    }
}

/// The steps of every statement outside of tests. Nothing keeps statistics, so a plan is the same in every house.
fn steps() -> Vec<Step> {
    let database = Database::sqlite(options());
    let found = database.store.blocking_write(|tx| {
        let db::Link::Sqlite { conn, .. } = &tx.link else { panic!("a SQLite database") };
        let mut parts =
            conn.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")?;
        let parts: Vec<String> = parts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let (mut found, mut seen) = (Vec::new(), 0);
        for (sql, at) in db::statements().filter(|(_, at)| !at.contains("tests") && !at.contains("testing")) {
            let plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text()));
            let mut plan = plan.unwrap_or_else(|error| panic!("{at}: {error}"));
            seen += 1;
            let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
            let mut rows = plan.query(rusqlite::params_from_iter(nothing))?;
            while let Some(row) = rows.next()? {
                let does: String = row.get("detail")?;
                let part = parts.iter().any(|index| does.ends_with(index.as_str()));
                found.push(Step { at, does, part });
            }
        }
        assert!(seen > 200, "only {seen} statements were looked at");
        Ok::<_, Error>(found)
    });
    found.unwrap()
}

#[test]
fn no_statement_reads_a_whole_table_that_grows() {
    let steps = steps();
    let small = |table: &str| SMALL.iter().any(|(known, _)| *known == table);
    let left = steps
        .iter()
        .filter(|step| step.whole().is_some_and(|table| !small(table) && !step.stands_in(WHOLE, table)));
    let left: Vec<_> = left.map(|step| format!("{}: {}", step.at, step.does)).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn no_list_of_a_day_goes_through_all_of_a_programme() {
    let steps = steps();
    let left = steps
        .iter()
        .filter(|step| step.of_a_programme().is_some_and(|table| !step.stands_in(OF_A_PROGRAMME, table)));
    let left: Vec<_> = left.map(|step| format!("{}: {}", step.at, step.does)).collect();
    assert!(left.is_empty(), "{left:#?}");
    for (file, table, _) in OF_A_PROGRAMME {
        let used = steps.iter().any(|step| step.at.contains(file) && step.of_a_programme() == Some(table));
        assert!(used, "no statement of {file} goes through {table} any more");
    }
}
