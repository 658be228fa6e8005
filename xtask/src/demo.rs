//! `cargo xtask demo`: from a fresh clone to programmes one can look at.

use crate::workshop::{self, Workshop};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Builds the program and becomes it, so that Ctrl-C reaches it and nothing stays behind.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    workshop::run(workshop.cargo().args(["build", "--package", "porchlight"]))?;
    let program = workshop.target.join("debug/porchlight");
    let error = Command::new(&program).current_dir(&workshop.root).arg("demo").args(args).exec();
    Err(error).with_context(|| format!("could not start {}", program.display()))
}
