//! Work with the ladders of safety reports.

use crate::config::Config;
use crate::{runtime, serve};
use jiff::tz::TimeZone;
use porchlight_app::ladder::LOOK_AHEAD;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

/// A stretch of time in which nobody would be called.
#[derive(Serialize)]
struct Gap {
    from: String,
    until: String,
}

/// One programme.
#[derive(Serialize)]
struct Programme {
    id: String,
    name: String,
    /// Whether reports can be sent there.
    is_on: bool,
    zone: String,
    gaps: Vec<Gap>,
}

/// `porchlight ladder check`
pub fn check(config: &Config, folder: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let app = serve::open(config, folder)?;
    let found = runtime()?.block_on(app.ladder_gaps(LOOK_AHEAD))?;
    let minute = |at: jiff::Timestamp, zone: &TimeZone| {
        at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    };
    let programmes: Vec<Programme> = found
        .into_iter()
        .map(|found| Programme {
            id: found.programme.to_string(),
            name: found.name,
            is_on: found.is_on,
            zone: found.zone.iana_name().unwrap_or("UTC").to_owned(),
            gaps: found
                .gaps
                .iter()
                .map(|gap| Gap { from: minute(gap.from, &found.zone), until: minute(gap.until, &found.zone) })
                .collect(),
        })
        .collect();
    let whole = programmes.iter().all(|programme| programme.gaps.is_empty());
    if json {
        println!("{}", serde_json::to_string_pretty(&programmes)?);
    } else {
        for Programme { name, is_on, zone, gaps, .. } in &programmes {
            let off = if *is_on { "" } else { " (safety reports are not switched on)" };
            match gaps.len() {
                0 => println!(
                    "{name}: somebody would be called at any hour of the coming {LOOK_AHEAD} days{off}."
                ),
                _ => println!("{name}: nobody would be called in these hours ({zone}){off}:"),
            }
            for Gap { from, until } in gaps {
                println!("  from {from} until {until}");
            }
        }
        if !whole {
            println!("Put somebody on call there, or a rung with somebody who is always there.");
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
