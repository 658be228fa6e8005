//! One programme more of the demo, as large as one likes.

use super::{Demo, Link};
use porchlight_app::Actor;
use porchlight_app::programme::NewProgramme;
use porchlight_practice::pack::Settings;

/// What it is called.
const NAME: &str = "Long Meadow";

impl Demo {
    /// Opens it and fills it with so many people, and says how far it is.
    pub(super) async fn grow(&self, director: &Actor, people: u64, seed: u64) -> anyhow::Result<Vec<Link>> {
        // Two years lie behind it, whatever the other programmes lived through.
        self.clock.set(None);
        let new = NewProgramme {
            name: NAME.into(),
            pack: "us-ga-adult".into(),
            zone: "America/New_York".into(),
            settings: Settings::default(),
        };
        let id = self.app.open_programme(director, self.command(), new).await?;
        let ground = self.app.ground(id, seed, people).await?;
        let (all, mut next) = (ground.contacts(), 0);
        let told = |contacts: u64| {
            if contacts >= next {
                eprintln!("{contacts} of {all} contacts with {people} people are written.");
                next = contacts + all.div_ceil(10);
            }
        };
        let grown = self.app.grow(ground, told).await?;
        let mut links = Vec::new();
        for actor in &grown.somebody {
            links.push(self.link(actor, NAME).await?);
        }
        Ok(links)
    }
}
