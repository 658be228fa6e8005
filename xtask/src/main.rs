//! What developers and CI run: `cargo xtask TASK`. One file a task.

mod bench;
mod coverage;
mod demo;
mod deny;
mod dist;
mod matrix;
mod postgres;
mod probe;
mod setup;
mod shots;
mod test;
mod torture;
mod workshop;

use anyhow::{Result, bail};
use std::process::ExitCode;
use workshop::Workshop;

const HELP: &str = "\
cargo xtask TASK

  demo [ARGS…]        build Porchlight and open programmes full of invented people
                      (ARGS go to `porchlight demo`, such as --port 8080)
  test [STEP…]        install what the tests need, then run them all, or only these steps:
                      format, lint, dependencies, coverage, unit, browser
  coverage [--json]   which of the 294 requirements are met, and by what
  shots DIR [NAME…]   pictures of the main pages for each role, phone and desktop, light and
                      dark, English and Spanish; NAME keeps only roles that contain it
  matrix              write docs/policy-matrix.txt anew from the policies
  bench [--requests N] [pages|notes|papers|phone|ladder]
                      the program as it is shipped under load, beside what its parts cost alone
  bench --scale [CONTACTS…]
                      the same pages with 10,000 and 1,000,000 contacts, or as many as said;
                      writes the table and the picture in docs/performance.md
  torture kills [--rounds N]
                      kill the server while people write and look, 500 times or as often as
                      said, on each database
  torture failover [--rounds N]
                      kill the PostgreSQL that leads under two servers, 20 times or as said
  torture ladder [--rounds N]
                      kill the server under climbing ladders, as often, on each database
  torture offline [--rounds N]
                      1000 random schedules of phones without signal, or as many as said
  probe [--minutes N] [ROLE…]
                      let tools that break sites try every page of a demo as each role, 2
                      minutes for each tool and role or as said
  dist [PROGRAM]      the program as it is shipped, in a package for Debian
  setup               install what the tests need, and nothing else";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<()> {
    let Some((task, rest)) = args.split_first() else {
        println!("{HELP}");
        return Ok(());
    };
    let workshop = Workshop::find()?;
    match task.as_str() {
        "demo" => demo::run(&workshop, rest),
        "test" => test::run(&workshop, rest),
        "coverage" => coverage::run(&workshop, rest),
        "bench" => bench::run(&workshop, rest),
        "shots" => shots::run(&workshop, rest),
        "matrix" => matrix::run(&workshop),
        "torture" => torture::run(&workshop, rest),
        "probe" => probe::run(&workshop, rest),
        "dist" => dist::run(&workshop, rest),
        "setup" => setup::everything(&workshop).map(drop),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no task `{other}`\n\n{HELP}"),
    }
}
