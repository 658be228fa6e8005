//! A link for a new password, by whoever runs the machine.

use crate::{config, runtime, serve};
use porchlight_app::way_in::LINK_HOURS;
use std::path::Path;
use std::process::ExitCode;

/// `porchlight way-in`
pub fn way_in(file: &Path, folder: Option<&Path>, sign_in_name: &str) -> anyhow::Result<ExitCode> {
    let config = config::read(file)?;
    let app = serve::open(&config, folder)?;
    match runtime()?.block_on(app.way_in_from_the_machine(sign_in_name)) {
        Ok(secret) => {
            println!(
                "Whoever signs in with this name sets a new password here, once, within {LINK_HOURS} hours:"
            );
            println!("{}/way-in/{}", config.public_url()?, secret.expose());
            println!("Their second step stays, and they are told.");
            Ok(ExitCode::SUCCESS)
        }
        Err(porchlight_app::Error::NotFound) => {
            println!("Nobody signs in with this name. Nothing was changed.");
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}
