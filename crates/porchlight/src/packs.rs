//! Packs: inside the program, or in a folder.

use anyhow::Context;
use porchlight_practice::Lang;
use porchlight_practice::pack::{COMMON, Library, SourceFile, compile};
use rust_embed::RustEmbed;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::string::FromUtf8Error;

#[derive(RustEmbed)]
#[folder = "../../packs"]
#[include = "*.toml"]
struct Embedded;

pub fn embedded() -> anyhow::Result<Vec<SourceFile>> {
    Embedded::iter()
        .map(|path| {
            let file = Embedded::get(&path).with_context(|| format!("{path} is missing from the program"))?;
            let text =
                String::from_utf8(file.data.into_owned()).with_context(|| format!("{path} is no text"))?;
            Ok(SourceFile { path: path.into_owned(), text })
        })
        .collect()
}

/// Says where bytes stop being text.
pub fn no_text(name: &str, error: &FromUtf8Error) -> anyhow::Error {
    let good = error.utf8_error().valid_up_to();
    let before = &error.as_bytes()[..good];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    anyhow::anyhow!("{name}:{line}:{column}: this is no UTF-8 text (byte {good}); save the file as UTF-8")
}

/// Every `.toml` file of the packs in a folder; a folder that is itself one pack counts as well.
pub fn in_folder(folder: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let listed = |folder: &Path| -> anyhow::Result<Vec<PathBuf>> {
        let entries =
            std::fs::read_dir(folder).with_context(|| format!("{} can't be opened", folder.display()))?;
        let mut paths: Vec<PathBuf> =
            entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        paths.sort();
        Ok(paths)
    };
    let mut folders = Vec::new();
    if folder.join("pack.toml").exists() {
        folders.push(folder.to_path_buf());
    } else {
        folders.extend(listed(folder)?.into_iter().filter(|path| path.is_dir()));
    }
    let mut files = Vec::new();
    for pack in folders {
        let name = pack.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.with_context(|| format!("{} has no name", pack.display()))?;
        for path in listed(&pack)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")) {
            let bytes = std::fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
            let text = match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => return Err(no_text(&path.display().to_string(), &error)),
            };
            let file = path.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
            files.push(SourceFile { path: format!("{name}/{file}"), text });
        }
    }
    Ok(files)
}

/// The packs in use: those of the folder, else those inside the program.
///
/// # Errors
/// When a pack has a fault; each is named with file, line and column.
pub fn library(folder: Option<&Path>) -> anyhow::Result<Library> {
    let files = match folder {
        Some(folder) => in_folder(folder)?,
        None => embedded()?,
    };
    compile(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the packs can't be used:\n{}", lines.join("\n"))
    })
}

/// `porchlight pack check PATH…`
pub fn check(paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut good = true;
    for path in paths {
        let mut files = match in_folder(path) {
            Ok(files) => files,
            Err(error) => {
                println!("{error:#}");
                good = false;
                continue;
            }
        };
        if files.is_empty() {
            println!("{}: there is no pack here; a pack is a folder with a pack.toml", path.display());
            good = false;
            continue;
        }
        // A state's pack lies on the common one; without its own beside it, the one inside the program counts.
        let common = format!("{COMMON}/");
        if !files.iter().any(|file| file.path.starts_with(&common)) {
            files.extend(embedded()?.into_iter().filter(|file| file.path.starts_with(&common)));
        }
        if let Err(faults) = compile(&files) {
            good = false;
            let parent = if path.join("pack.toml").exists() { path.parent() } else { Some(path.as_path()) };
            for fault in faults {
                let file =
                    parent.map_or_else(|| PathBuf::from(&fault.file), |parent| parent.join(&fault.file));
                println!("{}:{}:{}: {}", file.display(), fault.line, fault.column, fault.message);
            }
        }
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `porchlight pack list`
pub fn list(folder: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let library = library(folder)?;
    if json {
        let packs: Vec<_> = library
            .iter()
            .map(|pack| {
                serde_json::json!({
                    "id": pack.id.as_str(),
                    "version": pack.version,
                    "name": { "en": pack.name.en, "es": pack.name.es },
                    "family": pack.family,
                    "hash": pack.hash.to_string(),
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&packs)?);
    } else {
        for pack in library.iter() {
            println!("{:<16} {:<10} {}", pack.id.as_str(), pack.version, pack.name.in_(Lang::En));
        }
    }
    Ok(ExitCode::SUCCESS)
}
