//! Safety reports and their ladder through the two doors, on every database there is.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use jiff::{SignedDuration, Timestamp};
use porchlight_app::safety::NewSafetyReport;
use porchlight_app::{Action, Actor, App, Clock, Error, Fault, Ids, RealIds};
use porchlight_outbound::{Address, Outbound, Outcome, Sent, Trouble};
use porchlight_practice::Means;
use porchlight_practice::counsel::Topic;
use porchlight_practice::id::{AccountId, PersonId, SafetyReportId};
use porchlight_practice::ladder::{Called, Ladder, Plan, Rota, RotaDay, Rung, Saying, Shift};
use porchlight_practice::safety::{Back, Closing, Entry, Kind, Report, SafetyFault, Standing};
use std::sync::{Arc, Mutex};
use world::{World, not_found, on_each};

/// What went out, and to whom: the numbers that [`ready`] gave them.
#[derive(Clone)]
struct Recorder {
    sent: porchlight_outbound::Recorder,
    numbers: Vec<(&'static str, AccountId)>,
    heard: Arc<Mutex<usize>>,
}

impl Recorder {
    /// What went out since the last time, in order.
    fn came(&self) -> Vec<Sent> {
        let mut heard = self.heard.lock().unwrap();
        let new = self.sent.sent().split_off(*heard);
        *heard += new.len();
        new
    }

    /// Who was called since the last time, in order, by a means that rings.
    fn rang(&self) -> Vec<AccountId> {
        let number = |sent: Sent| match sent.to {
            Address::Call(number) => {
                self.numbers.iter().find(|(known, _)| number.expose().ends_with(known)).map(|(_, who)| *who)
            }
            _ => None,
        };
        self.came().into_iter().filter_map(number).collect()
    }
}

/// A ladder of supervisor, deputy and the clinician who is on call, 5 minutes each, switched on after a test call.
async fn ready(world: &World) -> (App, Recorder) {
    let (outbound, sent) = Outbound::recording();
    sent.without(Means::Email);
    sent.without(Means::Push);
    let numbers = vec![
        ("4045550150", world.supervisor.account()),
        ("4045550151", world.deputy.account()),
        ("4045550152", world.team.account()),
    ];
    let recorder = Recorder { sent, numbers, heard: Arc::default() };
    let app = world.app.clone().with_outbound(outbound);
    let here = world.peer.programme().unwrap();
    for (who, phone) in
        [(&world.supervisor, "404-555-0150"), (&world.deputy, "404-555-0151"), (&world.team, "404-555-0152")]
    {
        let version = app.my_account(who).await.unwrap().version;
        app.change_account(who, app.command_id(), who.name(), phone, who.lang(), version).await.unwrap();
    }
    let plan = plan_of(world.team.account());
    let off = app.keep_ladder(&world.admin, app.command_id(), here, plan.clone(), true, 0).await;
    assert!(matches!(off, Err(Error::Fault(Fault::NotTested))), "{off:?}");
    app.keep_ladder(&world.admin, app.command_id(), here, plan.clone(), false, 0).await.unwrap();
    for who in [&world.supervisor, &world.team] {
        let run = app.test_call(&world.admin, app.command_id(), here, who.account()).await.unwrap();
        app.make_calls().await.unwrap();
        assert_eq!(app.waiting_for(who).await.unwrap().tests, [run]);
        assert!(not_found(app.test_call_to_me(&world.second, run).await));
        let test = app.test_call_to_me(who, run).await.unwrap();
        let came = test.calls.iter().map(|call| call.id).collect();
        // What did not go out can't have come.
        assert!(not_found(app.answer_test(who, app.command_id(), run, came).await));
        let out = test.calls.iter().filter(|call| call.sent.is_some()).map(|call| call.id).collect();
        app.answer_test(who, app.command_id(), run, out).await.unwrap();
    }
    app.keep_ladder(&world.admin, app.command_id(), here, plan, true, 1).await.unwrap();
    recorder.rang();
    (app, recorder)
}

fn plan_of(on_call: AccountId) -> Plan {
    let rung = |who| Rung { who, means: [Means::Call, Means::Email].into(), wait: 300 };
    let shift = Shift {
        days: RotaDay::ALL.into_iter().take(7).collect(),
        from: jiff::civil::time(8, 0, 0, 0),
        until: jiff::civil::time(8, 0, 0, 0),
        who: on_call,
        deputy: None,
    };
    Plan {
        ladder: Ladder {
            rungs: vec![rung(Called::Supervisor), rung(Called::Deputy), rung(Called::OnCall)],
            again: 300,
            hours: None,
        },
        rota: Rota { shifts: vec![shift], ..Rota::default() },
        numbers: [("mobile_crisis_team".to_owned(), "404-555-0160".to_owned())].into(),
    }
}

fn new(kind: Kind, person: Option<PersonId>, at: Timestamp) -> NewSafetyReport {
    NewSafetyReport {
        id: SafetyReportId(RealIds.next()),
        person,
        about_worker: None,
        report: Report {
            kind,
            this_minute: false,
            who: "Darnell".into(),
            words: "I can't do another night like this.".into(),
            place: "The library steps".into(),
            with_them: Some(true),
            helped: "Walking.".into(),
            known_at: at,
        },
    }
}

async fn sent(app: &App, by: &Actor, kind: Kind, person: Option<PersonId>) -> SafetyReportId {
    app.report_safety(by, app.command_id(), new(kind, person, app.now())).await.unwrap()
}

/// One wake of the clockwork after some minutes.
async fn after(world: &World, app: &App, minutes: i64) {
    world.clock.advance(minutes);
    app.climb().await.unwrap();
    app.make_calls().await.unwrap();
}

/// covers: WI-32
#[test]
fn a_report_climbs_until_somebody_takes_it_and_calls_nobody_after_that() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let person = world.person("Darnell", false).await;
        let report = sent(&app, &world.peer, Kind::HarmToSelf, Some(person)).await;
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang(), [world.supervisor.account()]);
        assert!(app.safety(&world.deputy, report).await.is_ok(), "deputies supervise");
        assert!(not_found(app.safety(&world.team, report).await), "nobody has called them yet");
        assert!(not_found(app.safety(&world.second, report).await));
        assert!(not_found(app.safety(&world.admin, report).await));

        // Seen is not taken.
        app.see_safety(&world.supervisor, app.command_id(), report).await.unwrap();
        after(&world, &app, 4).await;
        assert_eq!(recorder.rang(), []);
        after(&world, &app, 1).await;
        assert_eq!(recorder.rang(), [world.deputy.account()]);
        // Nobody woke for a while: what was due meanwhile is called all the same, each once.
        after(&world, &app, 6).await;
        assert_eq!(recorder.rang(), [world.team.account()]);
        let view = app.safety(&world.team, report).await.unwrap();
        assert_eq!(view.story.report.words, "I can't do another night like this.");
        assert!(view.may.contains(&Action::SafetyTake) && !view.mine);
        let own = app.safety(&world.peer, report).await.unwrap();
        assert!(!own.may.contains(&Action::SafetyTake), "nobody takes their own");
        assert_eq!(own.saying, Saying::Ringing(vec![world.team.account()]));
        assert_eq!(own.ahead[0].who.len(), 3, "then everybody again");
        let supervisor = own.calls.iter().find(|call| call.account == world.supervisor.account()).unwrap();
        assert!(supervisor.seen.is_some());

        app.add_to_safety(&world.team, app.command_id(), report, Entry::Taken).await.unwrap();
        let late = app.add_to_safety(&world.deputy, app.command_id(), report, Entry::Taken).await;
        let first = world.team.account();
        assert!(matches!(late, Err(Error::Fault(Fault::Safety(SafetyFault::Taken { by }))) if by == first));
        after(&world, &app, 60).await;
        assert_eq!(recorder.rang(), []);
        let view = app.safety(&world.peer, report).await.unwrap();
        assert!(matches!(view.story.standing(), Standing::Taken { by, .. } if by == first));
        assert!(view.ahead.is_empty());
    });
}

/// A phone that is not sure sends twice: one report, one ladder.
#[test]
fn a_report_sent_twice_is_one_report() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let same = new(Kind::Other, None, app.now());
        let command = app.command_id();
        for _ in 0..2 {
            app.report_safety(&world.peer, command, same.clone()).await.unwrap();
        }
        // The same report by another form.
        app.report_safety(&world.peer, app.command_id(), same.clone()).await.unwrap();
        let foreign = app.report_safety(&world.second, app.command_id(), same.clone()).await;
        assert!(not_found(foreign));
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang().len(), 1);
        let empty = Report { words: "  ".into(), ..same.report.clone() };
        let empty = NewSafetyReport { report: empty, ..new(Kind::Other, None, app.now()) };
        let empty = app.report_safety(&world.peer, app.command_id(), empty).await;
        assert!(matches!(empty, Err(Error::Fault(Fault::Safety(SafetyFault::Empty("words"))))));
    });
}

#[test]
fn a_report_is_handed_on_and_climbs_again_when_nobody_accepts() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let report = sent(&app, &world.peer, Kind::HarmToOthers, None).await;
        app.make_calls().await.unwrap();
        app.add_to_safety(&world.supervisor, app.command_id(), report, Entry::Taken).await.unwrap();
        recorder.rang();
        let to = Entry::HandedOn { to: world.team.account() };
        let back = Entry::HandedOn { to: world.peer.account() };
        let reporter = app.add_to_safety(&world.supervisor, app.command_id(), report, back).await;
        assert!(matches!(reporter, Err(Error::Fault(Fault::Unknown("to")))));
        app.add_to_safety(&world.supervisor, app.command_id(), report, to).await.unwrap();
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang(), [world.team.account()]);
        after(&world, &app, 5).await;
        assert_eq!(recorder.rang(), [world.supervisor.account()], "from the first rung again");
        app.add_to_safety(&world.team, app.command_id(), report, Entry::Taken).await.unwrap();
        after(&world, &app, 30).await;
        assert_eq!(recorder.rang(), []);
    });
}

/// Whom a report is about is never called about it and never finds it.
#[test]
fn a_rung_the_report_is_about_is_skipped() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let about = NewSafetyReport {
            about_worker: Some(world.supervisor.account()),
            ..new(Kind::AdultAbuse, None, app.now())
        };
        let report = app.report_safety(&world.peer, app.command_id(), about).await.unwrap();
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang(), [world.deputy.account()], "at once");
        assert!(not_found(app.safety(&world.supervisor, report).await));
        let list = app.safety_list(&world.supervisor).await.unwrap();
        assert!(list.open.is_empty() && list.closed.is_empty());
        after(&world, &app, 10).await;
        after(&world, &app, 10).await;
        assert!(!recorder.rang().contains(&world.supervisor.account()));
        let to = Entry::HandedOn { to: world.supervisor.account() };
        app.add_to_safety(&world.deputy, app.command_id(), report, Entry::Taken).await.unwrap();
        assert!(app.add_to_safety(&world.deputy, app.command_id(), report, to).await.is_err());
        // Somebody who works here and is supported here is the same human in both.
        let person = world.person("Grace", true).await;
        let link = app.invite_person(&world.peer, app.command_id(), person).await.unwrap();
        world.joins("Grace Okafor", &link).await;
        let report = sent(&app, &world.peer, Kind::HarmToSelf, Some(person)).await;
        app.make_calls().await.unwrap();
        after(&world, &app, 5).await;
        assert_eq!(recorder.rang(), [world.supervisor.account(), world.team.account()]);
        assert!(not_found(app.safety(&world.deputy, report).await));
    });
}

#[test]
fn a_means_that_fails_is_tried_again_and_holds_up_nothing() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        recorder.sent.answer(Means::Call, Outcome::TryAgain(Trouble::Failing));
        let report = sent(&app, &world.peer, Kind::Other, None).await;
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang().len(), 1);
        let view = app.safety(&world.peer, report).await.unwrap();
        assert_eq!(view.saying, Saying::CallThem(vec![world.supervisor.account()]));
        assert_eq!(view.spoken_of[0].phone, "404-555-0150");
        after(&world, &app, 1).await;
        assert_eq!(recorder.rang().len(), 1, "tried again");
        // The next rung is called in its time though the first is still failing.
        after(&world, &app, 4).await;
        assert!(recorder.rang().contains(&world.deputy.account()));
        recorder.sent.answer(Means::Call, Outcome::Accepted { reference: None });
        after(&world, &app, 2).await;
        let rang = recorder.rang();
        assert!(rang.contains(&world.supervisor.account()) && rang.contains(&world.deputy.account()));
        // The deputy never answered a test call: nobody says that their phone rings.
        let view = app.safety(&world.peer, report).await.unwrap();
        assert_eq!(view.saying, Saying::CallThem(vec![world.deputy.account()]));
        // E-mail has no address here, which is said and not tried for ever.
        let mail = view.calls.iter().filter(|call| call.means == Some(Means::Email));
        assert!(mail.into_iter().all(|call| call.attempts == 1));
    });
}

/// Two servers on one database, waking at the same moment: each rung is called once.
#[test]
fn two_servers_call_each_rung_once() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let other = world.updated(world::library()).with_outbound(app.outbound().clone());
        for _ in 0..5 {
            sent(&app, &world.peer, Kind::Other, None).await;
        }
        for _ in 0..4 {
            let (one, two) = tokio::join!(app.climb(), other.climb());
            one.unwrap();
            two.unwrap();
            let (one, two) = tokio::join!(app.make_calls(), other.make_calls());
            one.unwrap();
            two.unwrap();
            world.clock.advance(5);
        }
        let mut counts = std::collections::BTreeMap::<AccountId, usize>::new();
        for who in recorder.rang() {
            *counts.entry(who).or_default() += 1;
        }
        // Three rungs of five reports, and everybody once more.
        assert!(counts.values().all(|count| *count == 10), "{counts:?}");
        assert_eq!(counts.len(), 3);
    });
}

#[test]
fn whoever_claimed_a_call_and_died_leaves_it_to_be_made_again() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        sent(&app, &world.peer, Kind::Other, None).await;
        // Claimed, and the server is gone before it says what became of it.
        let store = world.database.store.clone();
        let now = world.clock.now();
        let lease = SignedDuration::from_secs(60);
        let claimed = store
            .write(move |tx| {
                let mut count = 0;
                for means in Means::ALL {
                    while porchlight_store::ladder::claim_call(tx, means, now, lease)?.is_some() {
                        count += 1;
                    }
                }
                Ok::<_, porchlight_store::Error>(count)
            })
            .await
            .unwrap();
        assert_eq!(claimed, 2);
        app.make_calls().await.unwrap();
        assert_eq!(recorder.rang(), []);
        after(&world, &app, 2).await;
        assert_eq!(recorder.rang(), [world.supervisor.account()]);
    });
}

#[test]
fn nobody_is_told_before_a_human_being_has_said_it_and_the_named_role_decides_to_wait() {
    on_each(|world| async move {
        let (app, _) = ready(&world).await;
        let lead = world.invited("Paula Reyes", "privacy_lead").await;
        let (person, own) = world.person_with_account("Darnell", "Darnell Washington").await;
        let report = sent(&app, &world.peer, Kind::ChildAbuse, Some(person)).await;
        assert!(app.reports_about_me(&own).await.unwrap().is_empty());
        assert!(not_found(app.safety(&own, report).await));
        app.add_to_safety(&world.supervisor, app.command_id(), report, Entry::Taken).await.unwrap();
        // Supervisors do not decide that here; the privacy lead does, with a reason and a day.
        let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let withheld = Entry::Withheld { reason: "They live with them.".into(), look_again: today };
        let by_role = app.add_to_safety(&world.supervisor, app.command_id(), report, withheld.clone()).await;
        assert!(not_found(by_role));
        app.add_to_safety(&lead, app.command_id(), report, withheld).await.unwrap();
        assert!(app.reports_about_me(&own).await.unwrap().is_empty());
        let looks = app.who_looked(&own).await.unwrap();
        assert!(looks.looks.iter().all(|(look, _)| !look.look.part.contains("report")));
        let told = Entry::ToldPerson { words: "We sat down and said it.".into() };
        app.add_to_safety(&world.supervisor, app.command_id(), report, told).await.unwrap();
        let about = app.reports_about_me(&own).await.unwrap();
        assert_eq!(about[0].told.as_ref().unwrap().1, "Denise Hall");
        assert!(!format!("{about:?}").contains("Marisol"), "whoever reported is named to nobody");
    });
}

#[test]
fn a_report_is_closed_read_again_and_nothing_in_it_is_lost() {
    on_each(|world| async move {
        let (app, _) = ready(&world).await;
        let report = sent(&app, &world.peer, Kind::Other, None).await;
        let add = |who: &Actor, entry| {
            let (app, who) = (app.clone(), who.clone());
            async move { app.add_to_safety(&who, app.command_id(), report, entry).await }
        };
        add(&world.supervisor, Entry::Taken).await.unwrap();
        let closing = Entry::Closed(Closing {
            outcome: "She is safe at her aunt's.".into(),
            told: "The county".into(),
            follow_up: None,
            second_reader: world.deputy.account(),
            shows: false,
        });
        assert!(add(&world.supervisor, closing.clone()).await.is_err(), "nobody went back yet");
        for to in [Back::Person, Back::Reporter] {
            add(&world.supervisor, Entry::WentBack { to, words: "How are you after that?".into() })
                .await
                .unwrap();
        }
        add(&world.supervisor, closing).await.unwrap();
        add(&world.peer, Entry::Added { words: "It was the aunt's house.".into() }).await.unwrap();
        assert!(not_found(add(&world.second, Entry::Added { words: "x".into() }).await));
        add(&world.deputy, Entry::SecondRead).await.unwrap();
        let view = app.safety(&world.deputy, report).await.unwrap();
        assert_eq!(view.log.len(), 6);
        assert_eq!(app.safety_list(&world.peer).await.unwrap().closed.len(), 1);
        assert!(app.waiting_for(&world.supervisor).await.unwrap().again.is_empty(), "no day was set");
        world.holds_none_of(&["another night like this", "safe at her aunt's", "The library steps"]);
    });
}

/// Whoever closed a report and whoever reads it too find it again on the day that was set, until one of them has looked.
#[test]
fn a_day_to_look_again_comes_back_to_those_who_have_it_and_to_nobody_else() {
    on_each(|world| async move {
        let (app, _) = ready(&world).await;
        let report = sent(&app, &world.peer, Kind::Other, None).await;
        let add = |who: &Actor, entry| {
            let (app, who) = (app.clone(), who.clone());
            async move { app.add_to_safety(&who, app.command_id(), report, entry).await }
        };
        add(&world.supervisor, Entry::Taken).await.unwrap();
        for to in [Back::Person, Back::Reporter] {
            add(&world.supervisor, Entry::WentBack { to, words: String::new() }).await.unwrap();
        }
        let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let day = today.checked_add(jiff::Span::new().days(7)).unwrap();
        let closing = Closing {
            outcome: "She is at her aunt's.".into(),
            told: "The county".into(),
            follow_up: Some(day),
            second_reader: world.deputy.account(),
            shows: false,
        };
        add(&world.supervisor, Entry::Closed(closing)).await.unwrap();
        let waits = |who: &Actor| {
            let (app, who) = (app.clone(), who.clone());
            async move { app.waiting_for(&who).await.unwrap().again }
        };
        assert!(waits(&world.supervisor).await.is_empty(), "a week too early");
        world.clock.advance(8 * 24 * 60);
        for who in [&world.supervisor, &world.deputy] {
            assert_eq!(waits(who).await, [report]);
        }
        for who in [&world.peer, &world.second, &world.admin] {
            assert!(waits(who).await.is_empty());
        }
        let looked = |next| Entry::LookedAgain { words: "She sleeps well there.".into(), next };
        assert!(not_found(add(&world.peer, looked(None)).await));
        add(&world.deputy, looked(None)).await.unwrap();
        for who in [&world.supervisor, &world.deputy] {
            assert!(waits(who).await.is_empty());
        }
        world.holds_none_of(&["sleeps well there"]);
    });
}

/// Who stands up for a young person is family to a report about them, also when they work here: no rung calls them, and
/// nothing of it opens to them.
#[test]
fn a_guardian_who_works_here_is_not_called_about_their_own_family() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let person = world.person("Darnell", false).await;
        let born = app
            .now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date()
            .checked_sub(jiff::Span::new().years(9))
            .unwrap();
        app.say_birth(&world.peer, app.command_id(), person, born).await.unwrap();
        let link = app.invite_guardian(&world.peer, app.command_id(), person, "Denise Hall").await.unwrap();
        let soon = app.now() + SignedDuration::from_mins(5);
        let own = app.sign_in_link(world.supervisor.membership(), soon).await.unwrap();
        let secret = app.sign_in_by_link(&own, false).await.unwrap().secret().unwrap();
        app.join(&app.session(&secret).await.unwrap(), &link).await.unwrap();
        let report = sent(&app, &world.peer, Kind::ChildAbuse, Some(person)).await;
        app.make_calls().await.unwrap();
        let rang = recorder.rang();
        assert!(!rang.is_empty() && !rang.contains(&world.supervisor.account()), "{rang:?}");
        assert!(not_found(app.safety(&world.supervisor, report).await));
        assert!(app.safety_list(&world.supervisor).await.unwrap().open.is_empty());
        assert!(app.waiting_for(&world.supervisor).await.unwrap().reports.is_empty());
    });
}

#[test]
fn a_drill_is_the_same_ladder_and_says_so() {
    on_each(|world| async move {
        let (app, recorder) = ready(&world).await;
        let here = world.peer.programme().unwrap();
        let report = app.drill(&world.deputy, app.command_id()).await.unwrap();
        app.make_calls().await.unwrap();
        let made = recorder.came();
        assert!(
            made.iter().all(|sent| sent.notice.kind() == porchlight_outbound::Kind::Practice)
                && !made.is_empty()
        );
        after(&world, &app, 5).await;
        world.clock.advance(2);
        app.see_safety(&world.team, app.command_id(), report).await.unwrap();
        app.add_to_safety(&world.team, app.command_id(), report, Entry::Taken).await.unwrap();
        let view = app.ladder(&world.admin, here).await.unwrap();
        let drill = view.drill.unwrap();
        assert_eq!(drill.taken.map(|at| at.duration_since(drill.sent).as_secs()), Some(7 * 60));
        let (_, names, seconds) = drill.slowest.unwrap();
        // Who drills is not called, so the first call was to whoever is on call.
        assert_eq!((names, seconds), (vec!["Leena Patel".to_owned()], Some(7 * 60)));
        assert!(view.times.is_empty(), "drills are no figures");
        assert!(view.gaps.is_empty());
    });
}

#[test]
fn a_question_follows_the_order_of_supervision_or_goes_past_it() {
    on_each(|world| async move {
        let World { app, peer, supervisor, deputy, .. } = &world;
        let whom = app.whom_to_ask(peer).await.unwrap();
        assert_eq!(whom.supervisor.unwrap().account, supervisor.account());
        let lend = app
            .ask_counsel(peer, app.command_id(), Topic::Boundaries, "May I lend her ten dollars?", None)
            .await
            .unwrap();
        assert!(not_found(app.counsel(&world.second, lend).await));
        assert!(not_found(app.counsel(deputy, lend).await));
        assert!(not_found(app.answer_counsel(peer, app.command_id(), lend, "Yes").await));
        let past = Some(deputy.account());
        let no = app.ask_counsel(peer, app.command_id(), Topic::Boundaries, "x", past).await;
        assert!(matches!(no, Err(Error::Fault(Fault::Counsel(_)))));
        let worry =
            app.ask_counsel(peer, app.command_id(), Topic::Ethics, "My supervisor asked me to …", past).await;
        let worry = worry.unwrap();
        assert!(not_found(app.counsel(supervisor, worry).await), "it went past them");
        world.clock.advance(49 * 60);
        assert!(app.counsel(supervisor, lend).await.unwrap().overdue);
        app.answer_counsel(supervisor, app.command_id(), lend, "Let's talk on Monday.").await.unwrap();
        let again = app.answer_counsel(supervisor, app.command_id(), lend, "No").await;
        assert!(matches!(again, Err(Error::Fault(Fault::Counsel(_)))));
        assert_eq!(app.counsel_list(peer).await.unwrap().asked.len(), 2);
        assert_eq!(app.counsel_list(deputy).await.unwrap().to_answer.len(), 1);
        world.holds_none_of(&["lend her ten dollars", "My supervisor asked me to"]);
    });
}

/// Who is called may depend on who reports: that supervisor's answer to a test call is enough, and nobody else's is.
#[test]
fn the_supervisor_of_whoever_reports_counts_as_tested() {
    on_each(|world| async move {
        let world = &world;
        let (app, _) = ready(world).await;
        let here = world.peer.programme().unwrap();
        let rung = |who| Rung { who, means: [Means::Call].into(), wait: 12 };
        let kept = async |rungs: Vec<Rung>, version| {
            let ladder = Ladder { rungs, again: 300, hours: None };
            let plan = Plan { ladder, rota: Rota::default(), ..plan_of(world.team.account()) };
            app.keep_ladder(&world.admin, app.command_id(), here, plan, true, version).await
        };
        let untested = Called::Named(world.deputy.account());
        let refused = kept(vec![rung(untested)], 2).await;
        assert!(matches!(refused, Err(Error::Fault(Fault::NotTested))), "{refused:?}");
        kept(vec![rung(Called::Supervisor), rung(untested)], 2).await.unwrap();
    });
}
