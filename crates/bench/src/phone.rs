//! What a phone that was without signal sends when it has one again.

use crate::browser::Browser;
use crate::load::{Cell, measure};
use crate::{Measured, Peer};
use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use porchlight_app::{Ids, RealIds};
use porchlight_store::envelope::Envelopes;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Notes in one sending: the most that a phone puts into one.
const WAITING: usize = 50;

/// What a phone is given when it is set up.
#[derive(Deserialize)]
struct Given {
    secret: String,
    key: String,
}

/// What it is told about what it sent.
#[derive(Deserialize)]
struct Told {
    done: BTreeMap<String, String>,
}

/// Fifty notes, written on one phone, are sent and answered, and once more as after an answer that was lost.
pub async fn sync(peers: &[Arc<Peer>], most: usize) -> anyhow::Result<Vec<Measured>> {
    let peer = peers.first().context("nobody is signed in")?.clone();
    let given: Given = peer.browser.tell("/device", String::new()).await?;
    let key = STANDARD.decode(&given.key)?;
    let turns = most.min(60);
    let mut bodies = Vec::new();
    // A phone seals each note when it is written, long before it sends.
    for turn in 0..turns + crate::load::WARM {
        let items = (0..WAITING).map(|note| sealed(&peer, &key, turn * WAITING + note));
        let items = items.collect::<anyhow::Result<Vec<_>>>()?;
        bodies.push(json!({ "secret": given.secret, "waiting": WAITING, "items": items }).to_string());
    }
    let bodies = Arc::new(bodies);
    let mut cells = Vec::new();
    for _ in ["as they come", "again"] {
        let next = Arc::new(AtomicUsize::new(0));
        let (peer, bodies) = (peer.clone(), bodies.clone());
        // Those of the warming up count too: each is sent once.
        let send = move |_| {
            let (peer, bodies, turn) = (peer.clone(), bodies.clone(), next.fetch_add(1, Ordering::Relaxed));
            async move { send(&peer.browser, &bodies[turn % bodies.len()]).await }
        };
        cells.push(measure(1, turns, send).await?);
    }
    let [first, again] = cells[..] else { bail!("two rows were measured") };
    let row = |what, cell: Cell| Measured { what, cells: vec![cell] };
    Ok(vec![row("Take in 50 notes from a phone", first), row("The same 50 once more", again)])
}

async fn send(browser: &Browser, body: &str) -> anyhow::Result<()> {
    let told: Told = browser.tell("/device/send", body.to_owned()).await?;
    let filed = told.done.values().filter(|to| *to != "/tray").count();
    if filed != WAITING {
        bail!("{filed} of {WAITING} notes from a phone were filed");
    }
    Ok(())
}

/// A note as a phone seals it when somebody writes it.
fn sealed(peer: &Peer, key: &[u8], turn: usize) -> anyhow::Result<String> {
    let form = &peer.forms[turn % peer.forms.len()];
    let (contact, command, sign) = (RealIds.next(), RealIds.next().to_string(), RealIds.next().to_string());
    let body = form.with(&[("command", &command), ("sign_command", &sign)]);
    let path = format!("/contacts/{contact}/draft");
    let text = json!({ "id": command, "path": path, "body": body, "at": 1_795_000_000_000_i64 }).to_string();
    Ok(STANDARD.encode(Envelopes::seal(key, text.as_bytes())?))
}
