//! How soon a phone without signal shows the day: a measurement, on a processor four times slower than this one.

use serde_json::{Value, json};

use crate::harness::{Page, Screen};
use crate::offline::{PIN, Server, ready};

/// How often it is opened.
const TIMES: usize = 9;

/// Opens the phone with the PIN, and answers how many milliseconds lie between the tap and the first picture of the day.
const OPEN: &str = "const [pin, done] = arguments; const copy = document.querySelector('[data-part=copy]'); \
    document.querySelector('[name=pin]').value = pin; let from; \
    new MutationObserver(() => copy.hidden || requestAnimationFrame(() => setTimeout(() => \
      done([performance.now() - from, copy.querySelector('h1').textContent])))).observe(copy, { attributes: true }); \
    from = performance.now(); document.querySelector('[data-part=pin] button').click();";

/// When the page that asks for the PIN was first painted, in milliseconds after somebody went there.
const PAINTED: &str = "const [done] = arguments; new PerformanceObserver((list) => { \
    const [first] = list.getEntriesByName('first-contentful-paint'); if (first) done(first.startTime); \
    }).observe({ type: 'paint', buffered: true });";

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[tokio::test]
#[ignore = "a measurement: cargo xtask bench paint"]
async fn of_my_day_from_the_phone() {
    let mut server = Server::new();
    let link = server.demo().link("peer_specialist", "Basswood").clone();
    let page = Page::open_at(Screen::phone(), server.demo().origin()).await;
    ready(&page, &link).await;
    server.kill();
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    let (mut asked, mut shown) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        page.visit("/day").await;
        page.see("No signal.").await;
        asked.push(page.client().execute_async(PAINTED, vec![]).await.unwrap().as_f64().unwrap());
        let opened: Value = page.client().execute_async(OPEN, vec![json!(PIN)]).await.unwrap();
        assert!(opened[1].as_str().unwrap().len() > 3, "the day is there: {opened}");
        shown.push(opened[0].as_f64().unwrap());
    }
    println!(
        "My day from the phone's store, without signal, on a processor slowed down 4 times, {TIMES} times, in the middle: the \
         page that asks for the PIN is painted after {:.0} ms, and the day {:.0} ms after the tap that opens it.",
        middle(asked),
        middle(shown)
    );
}
