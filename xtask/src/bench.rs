//! `cargo xtask bench`: how fast it is on this machine, beside what its parts cost alone.

use crate::workshop::{self, Workshop};
use anyhow::Result;
use std::process::Command;

/// Builds the program as it is shipped, and puts it under load.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let mut build = workshop.cargo();
    build.args([
        "build",
        "--release",
        "--locked",
        "--package",
        "porchlight",
        "--package",
        "porchlight-bench",
    ]);
    workshop::run(&mut build)?;
    let at = |name| workshop.target.join("release").join(name);
    workshop::run(Command::new(at("porchlight-bench")).arg(at("porchlight")).args(args))
}
