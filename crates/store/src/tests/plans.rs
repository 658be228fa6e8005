//! How SQLite finds what each statement asks for: a lost index fails here, long before a programme has grown.

use crate::testing::{Database, options};
use crate::{Error, db};
use std::collections::BTreeSet;

/// Tables that stay small however much a programme writes, so that reading all of one is no harm: each with why.
const SMALL: &[(&str, &str)] = &[
    ("migration", "one row for each version of the schema"),
    ("programme", "the programmes of one agency"),
    ("kept_form", "forms of the last hours; what has run out is cleared twice a minute"),
    ("forgotten_password", "names that were typed just now; all of it is worked off twice a minute"),
    ("passkey_challenge", "questions of the last minutes; what has run out is cleared twice a minute"),
    ("sign_in_failure", "tries of one day; older ones are cleared twice a minute"),
];

/// Statements that read a table or an index from end to end, by file and table, each with why.
const WHOLE: &[(&str, &str, &str)] =
    &[("seal.rs", "data_key", "a change of the ring's key, some hundred rows at a time")];

/// The table that a step of a plan reads from end to end; none when it finds its rows.
fn scanned(step: &str) -> Option<&str> {
    let rest = step.strip_prefix("SCAN ")?;
    // The rows of a list in the statement itself, or of what an earlier step made.
    let name = rest.split(' ').next()?;
    (!name.starts_with('(') && name != "CONSTANT").then_some(name)
}

#[test]
fn no_statement_reads_a_whole_table_that_grows() {
    let database = Database::sqlite(options());
    let found = database
        .store
        .blocking_write(|tx| {
            let db::Link::Sqlite { conn, .. } = &tx.link else { panic!("a SQLite database") };
            // An index of a part alone holds what is still to be done, and is meant to be read whole.
            let mut parts =
                conn.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")?;
            let parts: Vec<String> = parts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let (mut found, mut seen) = (BTreeSet::new(), 0);
            for (sql, at) in
                db::statements().filter(|(_, at)| !at.contains("tests") && !at.contains("testing"))
            {
                let plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text()));
                let mut plan = plan.unwrap_or_else(|error| panic!("{at}: {error}"));
                seen += 1;
                let count = plan.parameter_count();
                let nothing = vec![rusqlite::types::Null; count];
                let mut rows = plan.query(rusqlite::params_from_iter(nothing)).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let step: String = row.get("detail").unwrap();
                    let part = parts.iter().any(|index| step.ends_with(index.as_str()));
                    if let Some(table) = scanned(&step).filter(|_| !part) {
                        found.insert(format!("{at}: {table}: {step}"));
                    }
                }
            }
            assert!(seen > 200, "only {seen} statements were looked at");
            Ok::<_, Error>(found)
        })
        .unwrap();
    let left: Vec<_> = found
        .iter()
        .filter(|line| !SMALL.iter().any(|(table, _)| line.split(": ").nth(1) == Some(table)))
        .filter(|line| {
            !WHOLE
                .iter()
                .any(|(file, table, _)| line.contains(file) && line.split(": ").nth(1) == Some(table))
        })
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}
