//! Goals through the two doors, on every database there is: who writes what of the way there.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use porchlight_app::{Error, Fault};
use porchlight_practice::goal::{Plan, PlannedStep, Standing};
use world::{World, accept, not_found, on_each};

/// The plan's words, steps, ratings and the end of a goal on each database: whoever walks with somebody writes the way
/// there, but once the person can sign in, what is done, how near it feels and that it is reached are theirs to say.
#[test]
fn once_they_can_sign_in_only_the_person_says_what_is_done_and_reached() {
    on_each(|world| async move {
        let World { app, peer, .. } = &world;
        let person = world.person("Darnell", false).await;
        let goal = app.say_goal(peer, app.command_id(), person, "My own keys.").await.unwrap();
        let step = |number, what: &str| PlannedStep { number, what: what.into(), ..PlannedStep::default() };
        let plan = Plan {
            plan_words: Some("Secure housing.".into()),
            steps: vec![step(None, "Call the office"), step(None, "See the room")],
            ..Plan::default()
        };
        app.plan_goal(peer, app.command_id(), person, goal, plan.clone(), 1).await.unwrap();
        let late = app.plan_goal(peer, app.command_id(), person, goal, plan.clone(), 1).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        // Nobody who does not walk with them, and nobody by another person's id.
        assert!(not_found(app.goal(&world.second, person, goal).await));
        assert!(not_found(app.goal(&world.supervisor, person, goal).await));
        let other = world.person("Rosa", false).await;
        assert!(not_found(app.goal(peer, other, goal).await));
        assert!(not_found(app.plan_goal(peer, app.command_id(), other, goal, plan.clone(), 2).await));

        // Written down for somebody who can't sign in.
        app.step_done(peer, app.command_id(), person, goal, 1, true, 2).await.unwrap();
        let near = |number: u8| number.try_into().unwrap();
        let again = app.command_id();
        for _ in 0..2 {
            app.rate_goal(peer, again, person, goal, near(3), None, "Far.").await.unwrap();
        }
        assert_eq!(
            app.goal(peer, person, goal).await.unwrap().goal.ratings().len(),
            1,
            "sent twice, said once"
        );

        let link = app.invite_person(peer, app.command_id(), person).await.unwrap();
        let own = accept(app, &link, "Darnell Washington").await;
        let theirs = |answer: Result<(), Error>| matches!(answer, Err(Error::Fault(Fault::TheirsToSay)));
        assert!(theirs(app.step_done(peer, app.command_id(), person, goal, 2, true, 4).await));
        assert!(theirs(app.rate_goal(peer, app.command_id(), person, goal, near(9), None, "").await));
        assert!(theirs(app.close_goal(peer, app.command_id(), person, goal, true, 4).await));
        assert!(!app.goal(peer, person, goal).await.unwrap().theirs);

        app.step_done(&own, app.command_id(), person, goal, 2, true, 4).await.unwrap();
        app.rate_goal(&own, app.command_id(), person, goal, near(8), Some(near(7)), "Near.").await.unwrap();
        let words = Plan { plan_words: Some("Mine".into()), ..Plan::default() };
        app.plan_goal(&own, app.command_id(), person, goal, words, 6).await.unwrap();
        app.close_goal(&own, app.command_id(), person, goal, true, 7).await.unwrap();
        let view = app.goal(&own, person, goal).await.unwrap();
        assert_eq!((view.goal.words(), view.goal.plan_words()), ("My own keys.", "Secure housing."));
        assert!(matches!(view.goal.standing(), Standing::Reached { .. }));
        assert!(view.goal.steps().iter().all(|step| step.done.is_some()));
        let ratings: Vec<u8> = view.goal.ratings().iter().map(|rating| rating.near.into()).collect();
        assert_eq!(ratings, [3, 8]);
        let closed = app.rate_goal(&own, app.command_id(), person, goal, near(1), None, "").await;
        assert!(matches!(closed, Err(Error::Fault(Fault::Goal(_)))));
    });
}
