//! `cargo xtask shots DIR`: pictures of the main pages, to look at.

use crate::workshop::{self, Workshop};
use crate::{setup, test};
use anyhow::{Context, Result, bail};

/// Walks through the pages of the demo with the harness of the browser tests.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let Some((folder, names)) = args.split_first() else {
        bail!("say where the pictures go: `cargo xtask shots DIR`");
    };
    std::fs::create_dir_all(folder).with_context(|| format!("could not make {folder}"))?;
    let folder = std::fs::canonicalize(folder)?;
    let tools = setup::everything(workshop)?;
    let mut command = test::browser_command(workshop, &tools);
    command.env("PORCHLIGHT_SHOTS", &folder).env("PORCHLIGHT_SHOTS_ONLY", names.join(","));
    // Ignored in an ordinary run, since it asserts nothing.
    command.args(["--", "--ignored", "--exact", "shots::of_the_main_pages", "--nocapture"]);
    workshop::run(&mut command)?;
    println!("The pictures are in {}", folder.display());
    Ok(())
}
