//! Checking the journal from outside.

use crate::config::Config;
use anyhow::{Context, bail};
use porchlight_app::{Clock, SystemClock};
use porchlight_store::journal::{self, Fault, Report, SignedHeads};
use porchlight_store::seal::KeyRing;
use porchlight_store::{Address, Options, Store};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// `porchlight journal verify`
pub fn verify(config: &Config, heads: Option<&Path>) -> anyhow::Result<ExitCode> {
    let signed = match heads {
        Some(path) => {
            let ring = KeyRing::read(&config.key_ring())?;
            Some(SignedHeads::read(path, &ring).with_context(|| path.display().to_string())?)
        }
        None => None,
    };
    let address = config.address()?;
    // Opening would make one, and its empty journal would be found whole.
    if let Address::Sqlite(path) = &address
        && !path.exists()
    {
        bail!("store.address: there is no database {}", path.display());
    }
    let store = Store::open(&address, Options::new(Arc::new(|| SystemClock.now())))?;
    let checked: Result<Report, Fault> = store.blocking_read(move |tx| journal::verify(tx, signed.as_ref()));
    match checked {
        Ok(report) => {
            println!("The journal is whole: {} entries.", report.entries);
            if report.rows > 0 {
                println!("{} invented rows are as its entries say.", report.rows);
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Fault::Entry(bad)) => {
            println!("The journal is not whole. Strand {}, entry {}: {}", bad.strand, bad.seq, bad.why);
            Ok(ExitCode::FAILURE)
        }
        Err(Fault::Store(error)) => Err(error.into()),
    }
}
