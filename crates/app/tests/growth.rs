//! What grows from a seed is what was lived through: the same rows each time, one by one or in bulk, the entries that the doors
//! would have made, roots that find a change, and never where somebody may be real.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::growth::{CONTACTS_EACH, Ground};
use porchlight_app::{Actor, Error};
use porchlight_practice::contact::{AdditionKind, Review};
use porchlight_practice::id::{ContactId, PersonId};
use porchlight_practice::role::Role;
use porchlight_store::journal::{Cursor, Entry, Fault, Record, verify};
use porchlight_store::testing::databases;
use porchlight_store::{Error as StoreError, Store, contact, goal, growth, journal, person, support, visit};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::{Arc, Mutex};
use world::{World, on_each};

const PEOPLE: u64 = 31;

/// In a database that was marked while it was empty.
fn where_nobody_is_real<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for database in databases() {
        database.store.blocking_write(growth::mark).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async { test(World::new(database).await).await });
    }
}

async fn grown(world: &World, seed: u64) -> (Ground, Vec<Actor>) {
    let here = world.peer.programme().unwrap();
    let ground = world.app.ground(here, seed, PEOPLE).await.unwrap();
    let heard = Arc::new(Mutex::new(0));
    let told = heard.clone();
    let grown = world.app.grow(ground.clone(), move |count| *told.lock().unwrap() = count).await.unwrap();
    assert_eq!((grown.contacts, *heard.lock().unwrap()), (PEOPLE * CONTACTS_EACH, PEOPLE * CONTACTS_EACH));
    (ground, grown.somebody)
}

async fn check(store: &Store) -> Result<u64, Fault> {
    store.read(move |tx| verify(tx, None).map(|report| report.rows)).await
}

/// Any row made alone is the row that the bulk wrote, and another seed makes another. A note opens for whoever walks with the
/// person, and is as it was signed.
#[test]
fn a_row_alone_is_the_row_in_bulk() {
    where_nobody_is_real(|world| async move {
        let (ground, somebody) = grown(&world, 7).await;
        let here = world.peer.programme().unwrap();
        let again = world.app.ground(here, 7, PEOPLE).await.unwrap();
        let other = world.app.ground(here, 8, PEOPLE).await.unwrap();
        let store = world.database.store.clone();
        let numbers = (0..PEOPLE * CONTACTS_EACH, 0..PEOPLE);
        tokio::task::block_in_place(|| {
            let same = TestRunner::new(Config::with_cases(48)).run(&numbers, |(of_contact, of_person)| {
                let (made, twice) = (ground.contact(of_contact).unwrap(), again.contact(of_contact).unwrap());
                prop_assert_eq!(format!("{:?}", made.contact), format!("{:?}", twice.contact));
                prop_assert_eq!(&made.entries, &twice.entries);
                let different = other.contact(of_contact).unwrap();
                prop_assert_ne!(&made.contact.body, &different.contact.body);
                let born = ground.person(of_person).unwrap();
                let seen = ground.visit(of_person % 6).unwrap();
                let (id, who) = (made.contact.id, born.person.id);
                let (wanted, walks, meets) = (born.goal.id, born.support.id, seen.id);
                let kept = store.blocking_read(move |tx| {
                    Ok::<_, StoreError>((
                        (contact::get(tx, id)?, contact::additions(tx, id)?),
                        (person::get(tx, who)?, support::get(tx, walks)?),
                        (goal::get(tx, wanted)?, visit::get(tx, meets)?),
                    ))
                });
                let made = (
                    (Some(made.contact), made.countersigned.into_iter().collect::<Vec<_>>()),
                    (Some(born.person), Some(born.support)),
                    (Some(born.goal), Some(seen)),
                );
                prop_assert_eq!(format!("{:?}", kept.unwrap()), format!("{made:?}"));
                Ok(())
            });
            same.unwrap();
        });
        let peer = &somebody[1];
        assert_eq!(peer.role(), Role::PeerSpecialist);
        let people = world.app.people(peer).await.unwrap();
        assert!(!people.is_empty() && people.iter().all(|line| line.goal.is_some()));
        let visits = world.app.visits(peer, people[0].id).await.unwrap();
        assert_eq!(visits.len() as u64, CONTACTS_EACH);
        let note = world.app.note(peer, visits[0].id).await.unwrap();
        assert!(note.whole && !note.signed.note.own_words.is_empty());
    });
}

/// What of an entry is no name, number or time.
fn shape(entry: &Record) -> (String, String, &'static str, String, String, String, String, bool) {
    let Record { actor_role, action, outcome, about_kind, part, purpose, policy, command, .. } =
        entry.clone();
    (actor_role, action, outcome.as_str(), about_kind, part, purpose, policy, command.is_some())
}

fn shape_of(entry: &Entry<'_>) -> (String, String, &'static str, String, String, String, String, bool) {
    (
        entry.actor_role.into(),
        entry.action.into(),
        entry.outcome.as_str(),
        entry.about_kind.into(),
        entry.part.into(),
        entry.purpose.into(),
        entry.policy.into(),
        entry.command.is_some(),
    )
}

async fn entries_of(world: &World, id: PersonId) -> Vec<Record> {
    let read = move |tx: &mut porchlight_store::Tx<'_>| journal::of_person(tx, id.0, Cursor::NEWEST, 1000);
    world.database.store.read(read).await.unwrap()
}

/// A contact that grew brings the entries and commands that one brings which is lived through: the form is opened, the draft
/// kept, the note signed, and the supervisor reads it and signs. What was done after it grew leaves its root whole.
#[test]
fn what_grows_is_what_the_doors_would_have_written() {
    where_nobody_is_real(|world| async move {
        let (ground, somebody) = grown(&world, 7).await;
        let app = &world.app;
        let rows = check(&world.database.store).await.unwrap();
        assert!(rows > PEOPLE * CONTACTS_EACH * 3, "{rows}");
        let [supervisor, peer, ..] = &somebody[..] else { panic!("nobody works there") };
        let person = app.people(peer).await.unwrap()[0].id;
        let before = entries_of(&world, person).await.len();
        let lived = ContactId(uuid::Uuid::from_u128(77));
        app.begin_note(peer, person).await.unwrap();
        let draft = world.draft();
        app.save_draft(peer, app.command_id(), lived, person, draft, 0).await.unwrap();
        app.sign_note(peer, app.command_id(), lived, 1).await.unwrap();
        app.note(supervisor, lived).await.unwrap();
        app.add_to_note(supervisor, app.command_id(), lived, AdditionKind::Countersignature, "")
            .await
            .unwrap();
        let entries = entries_of(&world, person).await;
        let mut lived: Vec<_> = entries[..entries.len() - before].iter().map(shape).collect();
        lived.sort();
        let old = ground.contact(0).unwrap();
        let mut grew: Vec<_> = old.entries.iter().map(shape_of).collect();
        grew.sort();
        assert_eq!(grew, lived);
        assert_eq!((old.commands.len(), old.contact.review), (3, Some(Review::Countersigned)));

        // The newest wait to be read, and are signed as any other.
        let waiting = app.queue(supervisor).await.unwrap().waiting;
        let kind = AdditionKind::Countersignature;
        app.add_to_note(supervisor, app.command_id(), waiting[0].id, kind, "").await.unwrap();
        assert_eq!(check(&world.database.store).await.unwrap(), rows);
    });
}

/// A changed, or a missing, row is found by the entry that stands for it.
#[test]
fn a_changed_row_is_found() {
    where_nobody_is_real(|world| async move {
        let (ground, _) = grown(&world, 7).await;
        let store = world.database.store.clone();
        check(&store).await.unwrap();
        let mut row = ground.contact(1234).unwrap().contact;
        row.started = row.ended;
        store.write(move |tx| contact::change(tx, &row)).await.unwrap();
        let found = check(&store).await;
        assert!(matches!(&found, Err(Fault::Entry(bad)) if bad.why.contains("was changed")), "{found:?}");
    });
}

/// Where nobody said that the database is for invented people, nobody is invented; and that can't be said any more once
/// somebody is in it.
#[test]
fn nothing_grows_where_somebody_may_be_real() {
    on_each(|world| async move {
        // The whole of it: what is not held goes before the end, and takes its database along.
        let world = &world;
        let here = world.peer.programme().unwrap();
        let refused = world.app.ground(here, 7, PEOPLE).await.map(drop);
        assert!(matches!(refused, Err(Error::Store(StoreError::NotInvented))), "{refused:?}");
        let late = world.database.store.write(growth::mark).await;
        assert!(matches!(late, Err(StoreError::NotInvented)), "{late:?}");
    });
}
