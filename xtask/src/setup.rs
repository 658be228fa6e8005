//! What the tests need beside Rust, and how a Debian machine gets it.
//!
//! Each thing is looked for first and installed only when it is missing; what is installed is said before. On another
//! system, or without the right to install, name the things yourself: `PORCHLIGHT_CHROMEDRIVER`, `PORCHLIGHT_CHROMIUM`,
//! `PORCHLIGHT_POSTGRES_BIN` (the folder of `initdb` and `postgres`), `PORCHLIGHT_AXE` (the file `axe.min.js`),
//! `PORCHLIGHT_STRACE`, `PORCHLIGHT_OIDC_PROVIDER` (the folder with its `node_modules`).

use crate::workshop::{self, Workshop, on_path, output, path_from};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The accessibility rules we are measured by. A new version may find more, so it is changed on purpose, here.
const AXE_VERSION: &str = "4.14.1";
/// SHA-256 of `axe.min.js` in that version: the file runs in our pages, so it has to be the one we looked at.
const AXE_SHA256: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";
/// What says which provider of OpenID Connect the test of single sign-on runs, each of its files by its hash.
const PROVIDER: &str = "crates/porchlight/tests/provider";
/// The oldest PostgreSQL we promise to run on, and the one in Debian 12.
const POSTGRES_MAJOR: u32 = 15;

/// Where the things are that tests need.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Drives the browser.
    pub chromedriver: PathBuf,
    /// The browser itself.
    pub chromium: PathBuf,
    /// The folder with `initdb` and `postgres`.
    pub postgres: PathBuf,
    /// axe-core as one file.
    pub axe: PathBuf,
    /// Looks at system calls, and makes them fail.
    pub strace: PathBuf,
    /// The folder with the provider of OpenID Connect.
    pub provider: PathBuf,
}

/// Finds everything, and installs what is missing.
pub fn everything(workshop: &Workshop) -> Result<Tools> {
    let mut missing = Vec::new();
    if chromium().is_none() {
        missing.push(("chromium", "the browser that the pages are tested in"));
    }
    if chromedriver().is_none() {
        missing.push(("chromium-driver", "drives that browser"));
    }
    if postgres().is_none() {
        missing.push(("postgresql-15", "the second database that the store is tested on"));
    }
    if strace().is_none() {
        missing.push(("strace", "looks at what the server flushes, and makes its disk fail"));
    }
    if on_path("node").is_none() {
        missing.push(("nodejs", "runs the provider that single sign-on is tested with"));
    }
    if (axe(workshop).is_none() || provider(workshop)?.is_none()) && on_path("npm").is_none() {
        missing.push(("npm", "fetches axe-core, the accessibility rules, and that provider"));
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    if axe(workshop).is_none() {
        fetch_axe(workshop)?;
    }
    if provider(workshop)?.is_none() {
        fetch_provider(workshop)?;
    }
    Ok(Tools {
        chromium: chromium().context("chromium is still missing")?,
        chromedriver: chromedriver().context("chromedriver is still missing")?,
        postgres: postgres().context("PostgreSQL is still missing")?,
        axe: axe(workshop).context("axe-core is still missing")?,
        strace: strace().context("strace is still missing")?,
        provider: provider(workshop)?.context("the provider of OpenID Connect is still missing")?,
    })
}

fn chromium() -> Option<PathBuf> {
    path_from("PORCHLIGHT_CHROMIUM").or_else(|| on_path("chromium"))
}

fn chromedriver() -> Option<PathBuf> {
    path_from("PORCHLIGHT_CHROMEDRIVER").or_else(|| on_path("chromedriver"))
}

fn strace() -> Option<PathBuf> {
    path_from("PORCHLIGHT_STRACE").or_else(|| on_path("strace"))
}

/// The newest server that is there, if it is new enough.
pub fn postgres() -> Option<PathBuf> {
    if let Some(given) = path_from("PORCHLIGHT_POSTGRES_BIN") {
        return Some(given);
    }
    std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(major, bin)| {
            *major >= POSTGRES_MAJOR && bin.join("initdb").is_file() && bin.join("postgres").is_file()
        })
        .max()
        .map(|(_, bin)| bin)
}

fn axe(workshop: &Workshop) -> Option<PathBuf> {
    path_from("PORCHLIGHT_AXE")
        .or_else(|| Some(axe_folder(workshop).join("axe.min.js")).filter(|file| file.is_file()))
}

fn axe_folder(workshop: &Workshop) -> PathBuf {
    workshop.cache.join(format!("axe-core-{AXE_VERSION}"))
}

fn install(packages: &[(&str, &str)]) -> Result<()> {
    println!("Installing what the tests need:");
    for (name, why) in packages {
        println!("  {name:<16} {why}");
    }
    if on_path("apt-get").is_none() {
        bail!(
            "this is not a Debian system: install them yourself, see xtask/src/setup.rs for how to name them"
        );
    }
    let root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let apt = |args: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        workshop::run(&mut command)
    };
    apt(&["update", "--quiet=2"])?;
    let mut args = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
    args.extend(packages.iter().map(|(name, _)| *name));
    apt(&args)
}

/// Unpacks the one file beside its place first, so that an interrupted fetch leaves nothing half.
fn fetch_axe(workshop: &Workshop) -> Result<()> {
    println!("Fetching axe-core {AXE_VERSION}, the accessibility rules, into {}", workshop.cache.display());
    let folder = axe_folder(workshop);
    let fetching = workshop.cache.join("axe-core-fetching");
    std::fs::create_dir_all(&fetching).with_context(|| format!("could not make {}", fetching.display()))?;
    workshop::run(
        Command::new("npm")
            .args(["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"])
            .arg("--prefix")
            .arg(&fetching)
            .arg(format!("axe-core@{AXE_VERSION}")),
    )?;
    let fetched = fetching.join("node_modules/axe-core/axe.min.js");
    let found = sha256(&fetched)?;
    if found != AXE_SHA256 {
        bail!("axe.min.js is not the file we know: its SHA-256 is {found}, expected {AXE_SHA256}");
    }
    std::fs::create_dir_all(&folder)?;
    std::fs::rename(&fetched, folder.join("axe.min.js"))?;
    std::fs::remove_dir_all(&fetching)?;
    Ok(())
}

fn provider(workshop: &Workshop) -> Result<Option<PathBuf>> {
    if let Some(given) = path_from("PORCHLIGHT_OIDC_PROVIDER") {
        return Ok(Some(given));
    }
    let folder = provider_folder(workshop)?;
    Ok(folder.join("node_modules/oidc-provider/lib/index.js").is_file().then_some(folder))
}

/// Named by the lock file, so that another lock is another folder.
fn provider_folder(workshop: &Workshop) -> Result<PathBuf> {
    let lock = sha256(&workshop.root.join(PROVIDER).join("package-lock.json"))?;
    Ok(workshop.cache.join(format!("oidc-provider-{}", &lock[..12])))
}

/// Beside its place first, as axe-core is.
fn fetch_provider(workshop: &Workshop) -> Result<()> {
    println!(
        "Fetching the provider of OpenID Connect that single sign-on is tested with, into {}",
        workshop.cache.display()
    );
    let fetching = workshop.cache.join("oidc-provider-fetching");
    let _ = std::fs::remove_dir_all(&fetching);
    std::fs::create_dir_all(&fetching).with_context(|| format!("could not make {}", fetching.display()))?;
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(workshop.root.join(PROVIDER).join(name), fetching.join(name))?;
    }
    workshop::run(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .arg("--prefix")
            .arg(&fetching),
    )?;
    std::fs::rename(&fetching, provider_folder(workshop)?)?;
    Ok(())
}

fn sha256(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    let mut hex = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(hex, "{byte:02x}")?;
    }
    Ok(hex)
}
