//! What people of the demo ask for elsewhere: one still open, one that came, one that came in part.

use super::Demo;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use porchlight_app::Actor;
use porchlight_practice::advocacy::{Ask, Came, Try};
use porchlight_practice::id::PersonId;

struct Asked {
    called: &'static str,
    need: &'static str,
    place: &'static str,
    of: &'static str,
    words: &'static str,
    /// Days ago, way, words.
    tries: &'static [(i64, &'static str, &'static str)],
    /// What was missing: nothing at all when it is empty.
    came: Option<&'static str>,
}

const ASKED: &[Asked] = &[
    Asked {
        called: "Darnell",
        need: "home",
        place: "agency",
        of: "The housing office on Oak Street",
        words: "A place with a door I can lock, near the bus.",
        tries: &[(16, "form", "They gave us a number, and no day."), (6, "letter", "")],
        came: None,
    },
    Asked {
        called: "Darnell",
        need: "ride",
        place: "community",
        of: "The county transit office",
        words: "A bus pass that does not run out mid-month.",
        tries: &[(18, "talk", "They renew it by phone from now on.")],
        came: Some(""),
    },
    Asked {
        called: "Angela",
        need: "school",
        place: "school",
        of: "The school",
        words: "One teacher who calls me before things blow up.",
        tries: &[(15, "meeting", "They try it until the winter break.")],
        came: None,
    },
    Asked {
        called: "Carmen",
        need: "child_care",
        place: "home",
        of: "The regional center",
        words: "Four hours a week in which I can sleep.",
        tries: &[(17, "form", ""), (8, "talk", "Two hours now. The rest when somebody is free.")],
        came: Some("waiting"),
    },
    Asked {
        called: "Loretta",
        need: "ride",
        place: "community",
        of: "The choir",
        words: "Somebody to drive me home after choir.",
        tries: &[(12, "talk", "Two of them take turns.")],
        came: Some(""),
    },
    Asked {
        called: "Gus",
        need: "care",
        place: "agency",
        of: "The clinic",
        words: "A doctor who asks me before she writes.",
        tries: &[(14, "letter", "")],
        came: None,
    },
];

impl Demo {
    /// What somebody asks for, as they and whoever walks with them wrote it down.
    pub(super) async fn advocacy(
        &self,
        peer: &Actor,
        person: PersonId,
        called: &str,
        now: Timestamp,
        zone: &TimeZone,
    ) -> anyhow::Result<()> {
        for asked in ASKED.iter().filter(|asked| asked.called == called) {
            let ago = |days: i64| now - SignedDuration::from_hours(24 * days);
            let ask = Ask {
                need: asked.need.into(),
                place: asked.place.into(),
                of: asked.of.into(),
                words: asked.words.into(),
            };
            self.clock.set(Some(ago(21)));
            let id = self.app.ask_elsewhere(peer, self.command(), person, ask).await?;
            let mut version = 1;
            for (days, way, words) in asked.tries {
                self.clock.set(Some(ago(*days)));
                let on = ago(*days).to_zoned(zone.clone()).date();
                let one = Try { on, way: (*way).into(), words: (*words).into() };
                self.app.tried_elsewhere(peer, self.command(), person, id, one, version).await?;
                version += 1;
            }
            let came = match asked.came {
                None => continue,
                Some("") => Came::All,
                Some(lacking) => Came::Part { lacking: lacking.into() },
            };
            self.clock.set(Some(ago(5)));
            self.app.close_elsewhere(peer, self.command(), person, id, came, version).await?;
        }
        Ok(())
    }
}
