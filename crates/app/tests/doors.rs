//! The main job through the two doors, on every database there is: from an agency's first day to a note that is signed,
//! read and answered; and what the doors promise on the way.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::SignedDuration;
use porchlight_app::contact::Saved;
use porchlight_app::person::{FirstSupport, NewPerson};
use porchlight_app::{About, Action, Actor, Clock, Error, Fault, Ids, RealIds};
use porchlight_practice::consent::RecordPart;
use porchlight_practice::contact::{AdditionKind, Draft, Review};
use porchlight_practice::id::{CommandId, ContactId, PersonId, SupportId};
use porchlight_practice::person::Profile;
use porchlight_store::journal;
use world::{PASSWORD, World, accept, not_found, on_each};

/// covers: GA-08, WI-06, AL-27
#[test]
fn from_the_first_day_to_a_note_that_is_signed_read_and_answered() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let goal =
            app.say_goal(&world.peer, app.command_id(), person, "Sleep through the night.").await.unwrap();
        let invitation = app.invite_person(&world.peer, app.command_id(), person).await.unwrap();
        let darnell = accept(app, &invitation, "Darnell W").await;

        let id = ContactId(RealIds.next());
        let draft = Draft { goal: Some(goal), ..world.draft() };
        let Saved::Done(version) =
            app.save_draft(&world.peer, app.command_id(), id, person, draft.clone(), 0).await.unwrap()
        else {
            panic!("clash")
        };
        // A draft is its writer's alone.
        for other in [&darnell, &world.supervisor, &world.second, &world.team, &world.admin] {
            assert!(not_found(app.note(other, id).await));
            assert!(not_found(app.draft(other, id).await));
        }
        app.sign_note(&world.peer, app.command_id(), id, version).await.unwrap();

        let note = app.note(&darnell, id).await.unwrap();
        assert_eq!(note.signed.note, draft);
        assert_eq!(note.goal.as_deref(), Some("Sleep through the night."));
        assert!(note.whole && !note.signed.late);
        app.add_to_note(&darnell, app.command_id(), id, AdditionKind::Differently, "It was two nights.")
            .await
            .unwrap();

        // Questions between peer and supervisor are theirs; the rest everybody reads.
        app.add_to_note(&world.supervisor, app.command_id(), id, AdditionKind::Question, "Which walk?")
            .await
            .unwrap();
        assert_eq!(app.own_notes(&world.peer).await.unwrap().asked.len(), 1);
        app.add_to_note(&world.peer, app.command_id(), id, AdditionKind::Reply, "By the river.")
            .await
            .unwrap();
        app.add_to_note(&world.deputy, app.command_id(), id, AdditionKind::Countersignature, "")
            .await
            .unwrap();
        let read = app.note(&world.supervisor, id).await.unwrap();
        assert_eq!(read.signed.review, Review::Countersigned);
        assert_eq!(read.additions.len(), 4);
        let seen: Vec<_> = app.note(&darnell, id).await.unwrap().additions.iter().map(|a| a.kind).collect();
        assert_eq!(seen, [AdditionKind::Differently, AdditionKind::Countersignature]);

        // Who looked says who, and leaves out oneself.
        let looked = app.who_looked(&darnell).await.unwrap();
        assert!(looked.looks.iter().any(|(_, name)| name == "Denise Hall"));
        assert!(looked.looks.iter().all(|(_, name)| name != "Darnell W"));

        let report = world
            .database
            .store
            .read(|tx| {
                journal::verify(tx, None).map_err(|fault| match fault {
                    journal::Fault::Store(error) => error,
                    journal::Fault::Entry(bad) => panic!("{bad}"),
                })
            })
            .await
            .unwrap();
        assert!(report.entries > 20);
    });
}

/// A command sent twice is done once and answers the same; the same id with other content, or from somebody else, is
/// refused without telling whose it was.
#[test]
fn twice_is_once_and_an_id_is_not_reused() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let command = CommandId(RealIds.next());
        let first = app.say_goal(&world.peer, command, person, "My own keys.").await.unwrap();
        let again = app.say_goal(&world.peer, command, person, "My own keys.").await.unwrap();
        assert_eq!(first, again);
        assert_eq!(app.person(&world.peer, person).await.unwrap().goals.len(), 1);
        let other = app.say_goal(&world.peer, command, person, "Something else.").await;
        assert!(matches!(other, Err(Error::CommandReused)));
        let somebody = app.say_goal(&world.second, command, person, "My own keys.").await;
        assert!(matches!(somebody, Err(Error::CommandReused)));
    });
}

/// Two devices write in one draft: both texts come back, and the saved one stands until the writer chooses.
#[test]
fn two_edits_of_one_draft_lose_neither() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let id = ContactId(RealIds.next());
        let save =
            |draft: Draft, version| app.save_draft(&world.peer, app.command_id(), id, person, draft, version);
        save(world.draft(), 0).await.unwrap();
        let phone = Draft { response: "from the phone".into(), ..world.draft() };
        let desk = Draft { response: "from the desk".into(), ..world.draft() };
        assert!(matches!(save(phone, 1).await.unwrap(), Saved::Done(2)));
        let Saved::Clash(clash) = save(desk, 1).await.unwrap() else {
            panic!("the phone's words were overwritten")
        };
        assert_eq!(clash.saved.draft.response, "from the phone");
        assert_eq!(clash.typed.response, "from the desk");
    });
}

/// Once signed, no use case changes the note: saving and signing again are refused, and the hash still fits.
#[test]
fn a_signed_note_stays_as_it_was_signed() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let id = world.signed(person).await;
        let before = app.note(&world.peer, id).await.unwrap().signed;
        let changed = Draft { own_words: "never said".into(), ..world.draft() };
        for version in 0..4 {
            assert!(
                app.save_draft(&world.peer, app.command_id(), id, person, changed.clone(), version)
                    .await
                    .is_err()
            );
            assert!(app.sign_note(&world.peer, app.command_id(), id, version).await.is_err());
        }
        assert!(app.discard_draft(&world.peer, app.command_id(), id).await.is_err());
        app.add_to_note(&world.peer, app.command_id(), id, AdditionKind::Addendum, "It was raining.")
            .await
            .unwrap();
        let after = app.note(&world.peer, id).await.unwrap();
        assert_eq!(after.signed, before);
        assert!(after.whole);
    });
}

/// What can't be signed is told, and stays as a draft.
#[test]
fn what_is_missing_is_named_and_nothing_is_lost() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let now = world.clock.now();
        for (draft, field) in [
            (Draft { kind: String::new(), ..world.draft() }, "kind"),
            (Draft { kind: "seance".into(), ..world.draft() }, "kind"),
            (Draft { did: Default::default(), ..world.draft() }, "did"),
            (Draft { ended: Some(now - SignedDuration::from_hours(3)), ..world.draft() }, "end"),
            (Draft { ended: Some(now + SignedDuration::from_hours(3)), ..world.draft() }, "end"),
        ] {
            let id = ContactId(RealIds.next());
            app.save_draft(&world.peer, app.command_id(), id, person, draft.clone(), 0).await.unwrap();
            let answer = app.sign_note(&world.peer, app.command_id(), id, 1).await;
            let Err(Error::Fault(Fault::Missing(missing))) = answer else { panic!("{field}: {answer:?}") };
            assert!(missing.iter().any(|missing| missing.field.as_str() == field), "{field}: {missing:?}");
            assert_eq!(app.draft(&world.peer, id).await.unwrap().draft, draft);
        }
    });
}

/// The record of somebody who works here is found by no colleague, at no exit.
#[test]
fn colleagues_never_see_the_record_of_somebody_who_works_here() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Wren", true).await;
        let note = world.signed(person).await;
        let open = world.person("Darnell", false).await;
        for colleague in [&world.second, &world.team, &world.admin] {
            assert!(not_found(app.person(colleague, person).await));
            assert!(not_found(app.note(colleague, note).await));
            assert!(not_found(app.visits(colleague, person).await));
            assert!(not_found(app.note_to_copy(colleague, note).await));
        }
        assert!(app.people(&world.second).await.unwrap().is_empty());
        for who in [&world.peer, &world.second, &world.supervisor] {
            let found = app.find_same(who, "Wren", "Washington").await.unwrap();
            assert!(found.is_empty(), "{found:?}");
        }
        let found = app.find_same(&world.second, "Darnel", "Washingtin").await.unwrap();
        assert_eq!(found.iter().map(|alike| alike.id).collect::<Vec<_>>(), [open]);
    });
}

/// covers: WI-35
#[test]
fn the_team_reads_what_is_shared_and_no_longer_once_it_is_stopped() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let note = world.signed(person).await;
        assert!(not_found(app.note(&world.team, note).await));
        let reader = world.team.account();
        let yes = app
            .give_consent(&world.peer, app.command_id(), person, reader, RecordPart::Notes, 7)
            .await
            .unwrap();
        assert!(app.note(&world.team, note).await.is_ok());
        assert!(not_found(app.person(&world.team, person).await), "only the notes were shared");
        app.stop_consent(&world.peer, app.command_id(), person, yes).await.unwrap();
        assert!(not_found(app.note(&world.team, note).await));
        // And a yes runs out by itself.
        app.give_consent(&world.peer, app.command_id(), person, reader, RecordPart::Notes, 7).await.unwrap();
        world.clock.advance(7 * 24 * 60);
        assert!(not_found(app.note(&world.team, note).await));
    });
}

/// A stolen database tells nothing: no name and no word of a note stands in it in clear.
#[test]
fn the_file_holds_no_name_and_no_word_in_clear() {
    on_each(|world| async move {
        let person = world.person("Xanthippe", false).await;
        world.signed(person).await;
        world.holds_none_of(&["Xanthippe", "Washington", "Three good nights", "Marisol", PASSWORD]);
    });
}

/// A late entry says so: the same word for a draft past its time and a note signed after it.
#[test]
fn late_has_one_meaning() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let id = ContactId(RealIds.next());
        app.save_draft(&world.peer, app.command_id(), id, person, world.draft(), 0).await.unwrap();
        assert!(app.queue(&world.supervisor).await.unwrap().overdue.is_empty());
        world.clock.advance(25 * 60);
        assert!(app.own_notes(&world.peer).await.unwrap().drafts[0].late);
        assert_eq!(app.queue(&world.supervisor).await.unwrap().overdue.len(), 1);
        app.sign_note(&world.peer, app.command_id(), id, 1).await.unwrap();
        assert!(app.note(&world.peer, id).await.unwrap().signed.late);
        let queue = app.queue(&world.supervisor).await.unwrap();
        assert!(queue.overdue.is_empty());
        assert!(queue.waiting[0].late);
    });
}

impl World {
    /// Says, as `who`, that the second peer specialist begins to walk with somebody.
    async fn accompanies(&self, who: &Actor, person: PersonId) -> Result<SupportId, Error> {
        let first = FirstSupport {
            peer: self.second.account(),
            part: "main".into(),
            responsible: self.supervisor.account(),
        };
        self.app.accompany(who, self.app.command_id(), person, first, jiff::civil::date(2026, 3, 2)).await
    }

    /// The newest names of actions on the whole journal.
    async fn journal(&self, many: i64) -> Vec<(String, Option<uuid::Uuid>)> {
        let records =
            self.database.store.read(move |tx| journal::recent(tx, journal::Cursor::NEWEST, many)).await;
        records.unwrap().into_iter().map(|record| (record.action, record.programme)).collect()
    }
}

/// The same invitation sent twice shows its link once: a second link would open nothing, or be one link too many.
#[test]
fn an_invitation_shows_its_link_once() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let command = app.command_id();
        let link = app.invite_person(&world.peer, command, person).await.unwrap();
        let again = app.invite_person(&world.peer, command, person).await;
        assert!(matches!(again, Err(Error::Fault(Fault::LinkShown))), "{again:?}");
        assert_eq!(accept(app, &link, "Darnell W").await.person(), Some(person));
        let late = app.invite_person(&world.peer, app.command_id(), person).await;
        assert!(matches!(late, Err(Error::Fault(Fault::HasAccount))), "{late:?}");
    });
}

/// Whichever comes first, the work or the support: once one account has both, colleagues no longer find the record.
#[test]
fn a_record_closes_to_colleagues_when_its_person_works_here_too() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Joe", false).await;
        assert_eq!(app.find_same(&world.second, "Joe", "Washington").await.unwrap().len(), 1);
        let link = app.invite_person(&world.peer, app.command_id(), person).await.unwrap();
        let own = world.joins("Joe Kimball", &link).await;
        assert!(app.person(&own, person).await.unwrap().works_here);
        assert!(app.person(&world.peer, person).await.is_ok(), "who walks with them still does");
        for colleague in [&world.second, &world.team] {
            assert!(app.find_same(&world.supervisor, "Joe", "Washington").await.unwrap().is_empty());
            assert!(not_found(app.person(colleague, person).await));
        }

        let other = world.person("Darnell", false).await;
        let link = app.invite_person(&world.peer, app.command_id(), other).await.unwrap();
        accept(app, &link, "Darnell W").await;
        assert!(!app.person(&world.peer, other).await.unwrap().works_here);
        let here = world.peer.programme().unwrap();
        let work =
            app.invite_worker(&world.admin, app.command_id(), here, "Darnell", "trainee").await.unwrap();
        world.joins("Darnell W", &work).await;
        assert!(app.person(&world.peer, other).await.unwrap().works_here);
    });
}

/// A colleague's record with which nobody walks is not lost: the privacy lead says who begins, and sees no more than a name.
#[test]
fn the_privacy_lead_says_who_walks_with_a_colleague_who_has_nobody() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let lead = world.invited("Ines Ortega", "privacy_lead").await;
        let person = world.person("Wren", true).await;
        let open = world.person("Darnell", false).await;
        assert!(app.unaccompanied(&lead).await.unwrap().is_empty());
        assert!(not_found(world.accompanies(&lead, person).await), "somebody walks with them");

        for id in [person, open] {
            let support = app.person(&world.peer, id).await.unwrap().supports.remove(0);
            let on = support.state.walking().since;
            app.end_support(
                &world.peer,
                app.command_id(),
                id,
                support.id,
                on,
                "chose_to_stop",
                "",
                support.version,
            )
            .await
            .unwrap();
        }
        for nobody in [&world.peer, &world.second, &world.supervisor, &world.admin, &world.team] {
            assert!(not_found(app.person(nobody, person).await));
            assert!(not_found(app.unaccompanied(nobody).await));
            assert!(not_found(world.accompanies(nobody, person).await));
        }
        let waiting = app.unaccompanied(&lead).await.unwrap();
        assert_eq!(waiting.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["Wren W."]);
        assert_eq!(waiting[0].id, person);
        assert!(not_found(app.person(&lead, person).await), "naming somebody opens nothing");
        assert!(not_found(app.visits(&lead, person).await));
        assert!(not_found(world.accompanies(&lead, open).await), "supervisors see to everybody else");

        assert!(app.colleagues(&lead, Action::SupportAccompany, About::Person(person)).await.is_ok());
        world.accompanies(&lead, person).await.unwrap();
        assert!(app.person(&world.second, person).await.is_ok());
        assert!(app.unaccompanied(&lead).await.unwrap().is_empty());
        assert!(not_found(app.colleagues(&lead, Action::SupportAccompany, About::Person(person)).await));
    });
}

/// Somebody who works here and is supported here never walks with themself, nor answers for themself.
#[test]
fn nobody_walks_with_themself() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Joe", false).await;
        let link = app.invite_person(&world.peer, app.command_id(), person).await.unwrap();
        let own = world.joins("Joe Kimball", &link).await;
        let first = FirstSupport {
            peer: own.account(),
            part: "main".into(),
            responsible: world.supervisor.account(),
        };
        let today = jiff::civil::date(2026, 3, 2);
        let answer = app.start_support(&world.supervisor, app.command_id(), person, first, today).await;
        assert!(matches!(answer, Err(Error::Fault(Fault::Unknown("peer")))), "{answer:?}");
        let support = app.person(&world.peer, person).await.unwrap().supports.remove(0);
        let (on, version) = (support.state.walking().since, support.version);
        let to = own.account();
        let answer =
            app.hand_over(&world.peer, app.command_id(), person, support.id, to, on, "", version).await;
        assert!(matches!(answer, Err(Error::Fault(Fault::Unknown("to")))), "{answer:?}");
    });
}

/// What a supervisor writes themself waits for their deputy, who may sign it, and never for themself.
#[test]
fn a_supervisors_own_note_waits_for_the_deputy() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let here = world.peer.programme().unwrap();
        let link =
            app.invite_worker(&world.admin, app.command_id(), here, "Denise Hall", "peer").await.unwrap();
        let writer = world.joins("Denise Hall", &link).await;
        assert_eq!(writer.account(), world.supervisor.account());
        let new = NewPerson {
            id: PersonId(RealIds.next()),
            profile: Profile { called: "Lou".into(), ..Profile::default() },
            works_here: false,
            first: None,
        };
        let person = app.add_person(&writer, app.command_id(), new).await.unwrap();
        let id = ContactId(RealIds.next());
        app.save_draft(&writer, app.command_id(), id, person, world.draft(), 0).await.unwrap();
        app.sign_note(&writer, app.command_id(), id, 1).await.unwrap();

        assert!(app.queue(&world.supervisor).await.unwrap().waiting.is_empty());
        let own =
            app.add_to_note(&world.supervisor, app.command_id(), id, AdditionKind::Countersignature, "");
        assert!(not_found(own.await));
        let waiting = app.queue(&world.deputy).await.unwrap().waiting;
        assert_eq!(waiting.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
        assert!(app.person(&world.deputy, person).await.is_ok());
        app.add_to_note(&world.deputy, app.command_id(), id, AdditionKind::Countersignature, "")
            .await
            .unwrap();
        assert_eq!(app.note(&writer, id).await.unwrap().signed.review, Review::Countersigned);
    });
}

/// Two records said to be of one person, and parted: saying so again changes nothing.
#[test]
fn parting_two_records_twice_is_once() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let (one, other) = (world.person("Darnell", false).await, world.person("Darnel", false).await);
        app.link_same(&world.peer, app.command_id(), one, other).await.unwrap();
        for _ in 0..2 {
            app.unlink_same(&world.peer, app.command_id(), one, other).await.unwrap();
            assert!(app.person(&world.peer, one).await.unwrap().same_as.is_empty());
        }
        assert!(not_found(app.unlink_same(&world.second, app.command_id(), one, other).await));
    });
}

/// Going on in another role leaves its entry, and not in the programme: who reads its journal must not learn that
/// somebody who works here is supported here.
#[test]
fn going_on_in_another_role_is_on_the_journal() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Joe", false).await;
        let link = app.invite_person(&world.peer, app.command_id(), person).await.unwrap();
        world.joins("Joe Kimball", &link).await;
        let secret = app.sign_in("Joe Kimball", PASSWORD, false).await.unwrap().secret().unwrap();
        let session = app.session(&secret).await.unwrap();
        let mine = app.my_account(&session.actor).await.unwrap().roles;
        let to = mine.iter().find(|(id, ..)| *id != session.actor.membership()).unwrap().0;
        world.clock.advance(1);
        app.switch_role(&session, to).await.unwrap();
        assert_eq!(world.journal(1).await, [("account.switch_role".to_string(), None)]);
        assert!(app.switch_role(&session, world.admin.membership()).await.is_err());
    });
}

/// "No goal this time" is kept with the draft and stands in what was signed.
#[test]
fn no_goal_this_time_is_kept() {
    on_each(|world| async move {
        let World { app, .. } = &world;
        let person = world.person("Darnell", false).await;
        let id = ContactId(RealIds.next());
        let draft = Draft { no_goal: true, ..world.draft() };
        app.save_draft(&world.peer, app.command_id(), id, person, draft, 0).await.unwrap();
        assert!(app.draft(&world.peer, id).await.unwrap().draft.serves_no_goal());
        app.sign_note(&world.peer, app.command_id(), id, 1).await.unwrap();
        let note = app.note(&world.peer, id).await.unwrap();
        assert!(note.signed.note.serves_no_goal() && note.whole);
    });
}
