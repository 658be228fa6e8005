//! What the route table promises, and the committed list that shows it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::http::Method;
use porchlight_access::{Access, Facts, Relation};
use porchlight_practice::Role;
use porchlight_web::routes::listing;
use porchlight_web::site::table;
use porchlight_web::{Needs, RouteInfo};
use world::World;

#[test]
fn the_committed_list_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/routes.txt");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let now = listing(&table());
    let differs: Vec<_> = now
        .lines()
        .filter(|line| !committed.lines().any(|known| known == *line))
        .chain(committed.lines().filter(|line| !now.lines().any(|known| known == *line)))
        .collect();
    assert!(
        committed == now,
        "docs/routes.txt differs from the table in {differs:#?}\nread the change, then write it with \
         cargo run -p porchlight-web --example routes > docs/routes.txt"
    );
}

#[test]
fn every_action_of_a_route_is_one_that_somebody_may_do() {
    let access = Access::load().unwrap();
    for route in table() {
        let Needs::Action(action) = route.needs else { continue };
        let somebody = Role::ALL.into_iter().any(|role| {
            Relation::ALL.into_iter().any(|relation| {
                [false, true].into_iter().any(|consent| {
                    access.decide(Facts { action, asker: role.into(), relation, consent }).is_allow()
                })
            })
        });
        assert!(somebody, "{} {}: nobody may do {action:?}", route.method, route.path);
    }
}

#[test]
fn no_path_stands_twice_with_one_method() {
    let table = table();
    for (at, route) in table.iter().enumerate() {
        let twice = table[..at].iter().any(|other| other.path == route.path && other.method == route.method);
        assert!(!twice, "{} {}", route.method, route.path);
    }
}

/// A path with something in each place that changes.
fn filled(route: &RouteInfo) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            "0198c0de-0000-7000-8000-000000000001".to_owned()
        } else {
            part.to_owned()
        }
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_signed_out_visitor_comes_to_no_page_that_needs_somebody() {
    let world = World::new().await;
    let mut guarded = 0;
    for route in table() {
        if route.needs == Needs::Public {
            continue;
        }
        guarded += 1;
        let path = filled(&route);
        let mut stranger = world.stranger();
        if route.method == Method::GET {
            let answer = stranger.get(&path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.location().unwrap().starts_with("/sign-in?then=%2F"), "{path}");
        } else {
            // What was typed comes back to whoever typed it.
            let answer = stranger.post(&path, &[("text", "three good nights in a row")]).await;
            assert_eq!(answer.status, 401, "{path}");
            assert!(answer.text.contains("three good nights in a row"), "{path}");
        }
    }
    assert!(guarded >= 7, "the table is empty");
}
