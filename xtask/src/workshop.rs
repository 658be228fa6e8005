//! Where things are on this machine, and how a command is run there.

use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders a task works with.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// The top of the checkout.
    pub root: PathBuf,
    /// What was fetched and can be fetched again. Outside the checkout.
    pub cache: PathBuf,
    /// Where cargo builds. Outside the checkout, so that a fresh clone builds warm.
    pub target: PathBuf,
}

impl Workshop {
    /// Reads the environment: `CARGO_TARGET_DIR`, `XDG_CACHE_HOME`, `HOME`.
    pub fn find() -> Result<Workshop> {
        // As cargo says now, since several checkouts may share one target folder and so this program.
        let manifest = path_from("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = manifest.parent().context("xtask has to lie in a folder of the checkout")?.to_path_buf();
        let cache = match (path_from("XDG_CACHE_HOME"), path_from("HOME")) {
            (Some(cache), _) => cache,
            (None, Some(home)) => home.join(".cache"),
            (None, None) => bail!("neither HOME nor XDG_CACHE_HOME is set, so there is nowhere to build"),
        }
        .join("porchlight");
        let target = path_from("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target"));
        Ok(Workshop { root, cache, target })
    }

    /// A cargo that builds in [`Workshop::target`].
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(path_from("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Builds the program as it is shipped, with the benchmark that drives it, and answers the folder they lie in.
    pub fn shipped(&self) -> Result<PathBuf> {
        let both = ["--package", "porchlight", "--package", "porchlight-bench"];
        run(self.cargo().args(["build", "--release", "--locked"]).args(both))?;
        Ok(self.target.join("release"))
    }
}

/// A setting from the environment; an empty one counts as not given.
pub fn path_from(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Looks a program up on `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// Runs a command with its output shown, and says which one it was when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command.output().with_context(|| format!("could not start `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({}):\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is not UTF-8"))
}

fn show(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    std::iter::once(program)
        .chain(command.get_args().map(|arg| arg.to_string_lossy().into_owned()))
        .collect::<Vec<_>>()
        .join(" ")
}
