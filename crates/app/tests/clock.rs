//! A machine's clock was set back by an hour while no server ran. (While one runs, time goes on: `clock.rs` of the program.)

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::Clock;
use porchlight_store::job::{self, NewJob};
use porchlight_store::journal::{self, HeadsFile, SignedHeads};
use porchlight_store::seal::KeyRing;
use porchlight_store::{Error, Store};
use uuid::Uuid;
use world::{PASSWORD, on_each};

async fn claimed(store: &Store, now: jiff::Timestamp) -> Option<Uuid> {
    let lease = SignedDuration::from_mins(1);
    store.write(move |tx| Ok::<_, Error>(job::claim(tx, now, "one", lease)?.map(|job| job.id))).await.unwrap()
}

/// Whoever operates it is told. Nobody is signed out, what is written is kept in its order, the journal stays whole and goes on
/// being signed, and work that was due is done once: late, while the clock is wrong, and never twice.
#[test]
fn a_clock_set_back_an_hour_loses_nothing() {
    on_each(|world| async move {
        let (app, store) = (&world.app, world.database.store.clone());
        let folder = tempfile::tempdir().unwrap();
        let (path, ring) = (folder.path().join("heads"), KeyRing::generate().unwrap());
        let mut heads = HeadsFile::open(&path, &ring, store.database()).unwrap();
        let session = app.sign_in("Marisol Vega", PASSWORD, false).await.unwrap().secret().unwrap();
        let person = world.person("Darnell", false).await;
        let before = world.signed(person).await;
        app.sign_heads(&mut heads).await.unwrap();
        assert_eq!(app.clock_behind().await.unwrap(), None);
        let (noon, [due, taken]) = (world.clock.now(), [Uuid::from_u128(1), Uuid::from_u128(2)]);
        for id in [due, taken] {
            let new = move |tx: &mut porchlight_store::Tx<'_>| {
                let job = NewJob { id, kind: "test", payload: b"", run_at: noon, unique_key: None };
                job::enqueue(tx, &job).map(drop)
            };
            store.write(new).await.unwrap();
        }
        // One is claimed by a server that then dies.
        let first = claimed(&store, noon).await.unwrap();

        world.clock.advance(-60);
        assert_eq!(app.clock_behind().await.unwrap(), Some(SignedDuration::from_hours(1)));
        let again = app.session(&session).await.unwrap();
        assert_eq!(again.actor.name(), "Marisol Vega");
        let after = world.signed(person).await;
        assert_eq!(claimed(&store, world.clock.now()).await, None, "not before its time");
        app.sign_heads(&mut heads).await.unwrap();
        let signed = SignedHeads::read(&path, &ring).unwrap();
        let whole = store.read(move |tx| journal::verify(tx, Some(&signed))).await.unwrap();
        assert!(whole.signed >= 2);

        // The clock is right again, two minutes later.
        world.clock.advance(62);
        assert!(app.session(&session).await.is_ok());
        let [mut one, mut two] =
            [claimed(&store, world.clock.now()).await, claimed(&store, world.clock.now()).await];
        if one != Some(first) {
            std::mem::swap(&mut one, &mut two);
        }
        assert_eq!((one, two), (Some(first), Some(if first == due { taken } else { due })));
        assert_eq!(claimed(&store, world.clock.now()).await, None, "nobody is given what another does");
        for note in [before, after] {
            app.note(&world.peer, note).await.unwrap();
        }
    });
}
