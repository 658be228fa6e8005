//! `cargo xtask matrix`: the policy matrix, printed from the policies, for a reviewer to read in a diff.

use crate::workshop::{self, Workshop};
use anyhow::{Context, Result};

/// Writes `docs/policy-matrix.txt` anew.
pub fn run(workshop: &Workshop) -> Result<()> {
    let text = workshop::output(workshop.cargo().args([
        "run",
        "--quiet",
        "--package",
        "porchlight-access",
        "--example",
        "matrix",
    ]))?;
    let file = workshop.root.join("docs/policy-matrix.txt");
    std::fs::write(&file, text).with_context(|| format!("{} can't be written", file.display()))
}
