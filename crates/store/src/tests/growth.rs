//! The indexes that a bulk of rows lifts and lays again are those of the schema, all of them.

use crate::growth::{Invented, indexes, mark};
use crate::testing::{Database, options};
use crate::{Error, Tx, db};
use std::collections::BTreeSet;

fn there(tx: &Tx<'_>) -> BTreeSet<String> {
    let db::Link::Sqlite { conn, .. } = &tx.link else { panic!("a SQLite database") };
    let names = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND \
                 tbl_name IN ('contact', 'addition', 'journal')";
    let mut names = conn.prepare(names).unwrap();
    names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_index_comes_back() {
    let database = Database::sqlite(options());
    let count = database.store.blocking_write(|tx| {
        mark(tx)?;
        let before = there(tx);
        let known = indexes(&["contact", "addition", "journal"]);
        assert_eq!(known.into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>(), before);
        let invented = Invented::here(tx, 1)?;
        invented.lift_indexes(tx)?;
        assert!(there(tx).is_empty());
        invented.lay_indexes(tx)?;
        assert_eq!(there(tx), before);
        Ok::<_, Error>(before.len())
    });
    assert!(count.unwrap() >= 8);
}
