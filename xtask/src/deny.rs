//! Holds the crates we build on to `deny.toml`: their licences, the banned ones, and where they come from.
//!
//! The file is in cargo-deny's format and says the same to both. Why we read it ourselves is in
//! `docs/decisions/checking-dependencies.md`.

use crate::workshop::{Workshop, output};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};
use std::path::Path;

/// What `cargo metadata` tells about every crate in the lock file, of which we need this much.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// Nothing for a crate that lies in a folder.
    source: Option<String>,
    manifest_path: String,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    /// Nothing means crates.io.
    registry: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

impl Metadata {
    /// The names of the test targets in the workspace.
    pub fn test_targets(&self) -> Vec<String> {
        let ours = self.packages.iter().filter(|package| package.source.is_none());
        let targets = ours.flat_map(|package| &package.targets);
        targets
            .filter(|target| target.kind.iter().any(|kind| kind == "test"))
            .map(|t| t.name.clone())
            .collect()
    }
}

/// Asks cargo.
pub fn metadata(workshop: &Workshop) -> Result<Metadata> {
    let text = output(workshop.cargo().args(["metadata", "--format-version=1", "--locked"]))?;
    serde_json::from_str(&text).context("cargo's metadata has changed its form")
}

#[derive(Debug, Deserialize)]
struct Rules {
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

/// cargo-deny's spelling.
#[derive(Debug, Deserialize)]
struct Licences {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Debug, Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
}

/// Only the strictest setting is understood, so that a laxer one can't be written and then not be held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    unknown_registry: Denied,
    unknown_git: Denied,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Denied {
    Deny,
}

/// Checks the lock file and lists all that is wrong, not only the first.
pub fn run(workshop: &Workshop) -> Result<()> {
    let file = workshop.root.join("deny.toml");
    let text =
        std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let metadata = metadata(workshop)?;
    let faults = check(&text, &metadata, &workshop.root)?;
    if !faults.is_empty() {
        bail!(
            "{} of the crates we build on are not allowed by deny.toml:\n  {}",
            faults.len(),
            faults.join("\n  ")
        );
    }
    println!("{} crates, all allowed", metadata.packages.len());
    Ok(())
}

fn check(rules: &str, metadata: &Metadata, root: &Path) -> Result<Vec<String>> {
    let rules: Rules = toml::from_str(rules).context("deny.toml")?;
    let Sources { unknown_registry: Denied::Deny, unknown_git: Denied::Deny } = rules.sources;
    let allowed = licensees(&rules.licenses.allow)?;
    let mut faults = Vec::new();
    for package in &metadata.packages {
        let who = format!("{} {}", package.name, package.version);
        if rules.bans.deny.iter().any(|banned| banned.name == package.name) {
            faults.push(format!("{who} is banned"));
        }

        let mut allowed = allowed.clone();
        for exception in rules.licenses.exceptions.iter().filter(|exception| exception.name == package.name) {
            allowed.extend(licensees(&exception.allow)?);
        }
        match &package.license {
            None => faults.push(format!("{who} names no licence")),
            Some(licence) => match Expression::parse_mode(licence, ParseMode::LAX) {
                Err(_) => faults.push(format!("{who} has a licence we can't read: {licence}")),
                Ok(expression) => {
                    if !expression.evaluate(|asked| allowed.iter().any(|have| have.satisfies(asked))) {
                        faults.push(format!("{who} has the licence {licence}"));
                    }
                }
            },
        }

        match &package.source {
            None if !Path::new(&package.manifest_path).starts_with(root) => {
                faults.push(format!("{who} lies in a folder outside the checkout"));
            }
            Some(source) if !source.starts_with("registry+") => {
                faults.push(format!("{who} comes from {source} and not from crates.io"));
            }
            _ => {}
        }
        for dependency in &package.dependencies {
            if dependency.registry.is_some() {
                faults.push(format!("{who} takes {} from a registry that is not crates.io", dependency.name));
            }
        }
    }
    Ok(faults)
}

fn licensees(names: &[String]) -> Result<Vec<Licensee>> {
    names
        .iter()
        .map(|name| Licensee::parse(name).with_context(|| format!("deny.toml: licence {name}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        licenses = { allow = ["MIT", "Apache-2.0"], exceptions = [{ crate = "driver", allow = ["MPL-2.0"] }] }
        bans = { deny = [{ crate = "openssl-sys" }] }
        sources = { unknown-registry = "deny", unknown-git = "deny" }
    "#;

    fn faults(
        name: &str,
        licence: Option<&str>,
        source: Option<&str>,
        registry: Option<&str>,
    ) -> Vec<String> {
        let metadata = Metadata {
            packages: vec![Package {
                name: name.into(),
                version: "1.0.0".into(),
                license: licence.map(Into::into),
                source: source.map(Into::into),
                manifest_path: "/checkout/crates/a/Cargo.toml".into(),
                dependencies: vec![Dependency { name: "b".into(), registry: registry.map(Into::into) }],
                targets: Vec::new(),
            }],
        };
        check(RULES, &metadata, Path::new("/checkout")).unwrap()
    }

    const CRATES_IO: Option<&str> = Some("registry+index");

    #[test]
    fn allows_what_the_rules_allow() {
        for licence in
            ["MIT", "MIT OR Apache-2.0", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "MIT AND Apache-2.0"]
        {
            assert_eq!(faults("a", Some(licence), CRATES_IO, None), [] as [&str; 0], "{licence}");
        }
        assert_eq!(faults("driver", Some("MPL-2.0"), CRATES_IO, None), [] as [&str; 0]);
        assert_eq!(faults("ours", Some("MIT"), None, None), [] as [&str; 0]);
    }

    #[test]
    fn refuses_another_licence() {
        assert_eq!(faults("a", Some("MPL-2.0"), CRATES_IO, None), ["a 1.0.0 has the licence MPL-2.0"]);
        assert_eq!(faults("a", Some("MIT AND GPL-3.0-only"), CRATES_IO, None).len(), 1);
        assert_eq!(
            faults("a", Some("made up"), CRATES_IO, None),
            ["a 1.0.0 has a licence we can't read: made up"]
        );
        assert_eq!(faults("a", None, CRATES_IO, None), ["a 1.0.0 names no licence"]);
    }

    #[test]
    fn refuses_a_banned_crate() {
        assert_eq!(faults("openssl-sys", Some("MIT"), CRATES_IO, None), ["openssl-sys 1.0.0 is banned"]);
    }

    #[test]
    fn refuses_another_source() {
        assert_eq!(
            faults("a", Some("MIT"), Some("git+place"), None),
            ["a 1.0.0 comes from git+place and not from crates.io"]
        );
        assert_eq!(
            faults("a", Some("MIT"), CRATES_IO, Some("elsewhere")),
            ["a 1.0.0 takes b from a registry that is not crates.io"]
        );
        let lax = RULES.replace(r#"unknown-git = "deny""#, r#"unknown-git = "allow""#);
        assert!(check(&lax, &Metadata { packages: Vec::new() }, Path::new("/")).is_err());
    }
}
