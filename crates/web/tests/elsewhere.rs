//! What is of another programme looks like what never was.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod world;

use axum::http::Method;
use std::collections::BTreeSet;
use world::filled::{Filled, filled_world};
use world::{Answer, World};

/// Whether this is an id, as it stands in paths.
fn is_id(part: &str) -> bool {
    uuid::Uuid::parse_str(part).is_ok()
}

/// The same path with ids that nobody made.
fn made_up(path: &str) -> String {
    let parts = path.split('/').enumerate().map(|(at, part)| match is_id(part) {
        // One of the same kind and time, which only its last part tells from a real one.
        true => format!("{}-{:012x}", &part[..23], 0xdead_beef + at),
        false => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// All of an answer but what is new in each: ids. A page to prove oneself on names the path that was asked for.
fn told(answer: &Answer, path: &str) -> String {
    let mut headers: Vec<String> =
        answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    let mut all = format!("{} {headers:?} {}", answer.status, answer.text);
    for id in path.split('/').filter(|part| is_id(part)) {
        all = all.replace(&id.replace('-', "%2D"), "ID");
    }
    let mut said = String::new();
    let mut rest = all.as_str();
    while let Some(found) = rest.char_indices().find(|(at, _)| rest.get(*at..at + 36).is_some_and(is_id)) {
        said += &rest[..found.0];
        said += "ID";
        rest = &rest[found.0 + 36..];
    }
    said + rest
}

/// Whoever works in another programme, or is supported there, asks for everything there is by its real id, and is answered
/// word for word as for an id that nobody made: in what is read, and in what is sent.
///
/// covers: WI-35
#[tokio::test]
async fn an_id_of_another_programme_is_answered_like_one_that_never_was() {
    let filled = filled_world().await;
    let Filled { world, .. } = &filled;
    let mut differ = BTreeSet::new();
    let mut tried = 0;
    for member in strangers(world) {
        let client = world.client_of(member).await;
        for method in [Method::GET, Method::POST] {
            for path in filled.paths(&method) {
                if !path.split('/').any(is_id) {
                    continue;
                }
                let mut answers = Vec::new();
                for path in [&path, &made_up(&path)] {
                    let mut client = client.clone();
                    let answer = match method {
                        Method::GET => client.get(path).await,
                        _ => client.post(path, &[("version", "1")]).await,
                    };
                    answers.push(told(&answer, path));
                }
                tried += 1;
                if answers[0] != answers[1] {
                    let parts = path.split('/').map(|part| if is_id(part) { "{}" } else { part });
                    let route = parts.collect::<Vec<_>>().join("/");
                    let first = |text: &str| text.chars().take(40).collect::<String>();
                    differ.insert(format!(
                        "{method} {route} as {:?}: {} / {}",
                        member.name,
                        first(&answers[0]),
                        first(&answers[1])
                    ));
                }
            }
        }
    }
    assert!(tried > 1000, "only {tried}");
    assert!(differ.is_empty(), "{differ:#?}");
}

fn strangers(world: &World) -> [&world::Member; 6] {
    let there = &world.alabama;
    [&there.peer, &there.supervisor, &there.team_member, &there.privacy_lead, &there.admin, &there.person]
}
