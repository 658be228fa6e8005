//! Setting up for real: key ring, database, agency, and the first administrator's link.

use crate::{config, runtime, serve};
use anyhow::Context;
use porchlight_store::seal::KeyRing;
use std::path::Path;
use std::process::ExitCode;

/// `porchlight init`
pub fn init(file: &Path, folder: Option<&Path>, name: &str) -> anyhow::Result<ExitCode> {
    if !file.exists() {
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("{} can't be made", parent.display()))?;
        }
        std::fs::write(file, config::template())
            .with_context(|| format!("{} can't be written", file.display()))?;
        println!("Wrote {}. Look at it before you serve.", file.display());
    }
    let config = config::read(file)?;
    let ring = config.key_ring();
    if ring.exists() {
        println!("The key ring {} is there already and stays.", ring.display());
    } else {
        if let Some(parent) = ring.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("{} can't be made", parent.display()))?;
        }
        KeyRing::generate()?.write_new(&ring)?;
        println!("Made the key ring {}. Keep a copy apart from the backups.", ring.display());
    }
    let app = serve::open(&config, folder)?;
    let secret = runtime()?.block_on(async {
        if app.is_founded().await {
            return Ok(None);
        }
        app.found_agency(name).await.map(Some)
    })?;
    match secret {
        Some(secret) => {
            println!("The agency is founded. The first administrator opens this link once, within 14 days:");
            println!("{}/welcome/{}", config.public_url()?, secret.expose());
            Ok(ExitCode::SUCCESS)
        }
        None => {
            println!("The agency was founded before; nothing has changed.");
            Ok(ExitCode::SUCCESS)
        }
    }
}
