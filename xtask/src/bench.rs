//! `cargo xtask bench`: how fast it is on this machine, beside what its parts cost alone. `cargo xtask bench rules` asks
//! the rules about one worker, and of a programme of 100,000; it needs no server. `cargo xtask bench meeting` asks who could
//! meet, of a million cards, and asks a PostgreSQL of its own the same. `cargo xtask bench paint` opens My day on a phone without
//! signal, in a browser. `cargo xtask bench --scale` asks the same pages of programmes of different sizes, and writes the table and the
//! picture of `docs/performance.md`.

use crate::postgres::Server;
use crate::setup;
use crate::test::browser_command;
use crate::workshop::{self, Workshop};
use anyhow::Result;
use std::process::Command;

/// Builds the program as it is shipped, and puts it under load.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    if let Some((first, [])) = args.split_first()
        && first == "rules"
    {
        return rules(workshop);
    }
    if let Some((first, [])) = args.split_first()
        && first == "meeting"
    {
        return meeting(workshop);
    }
    if let Some((first, [])) = args.split_first()
        && first == "paint"
    {
        return paint(workshop);
    }
    let shipped = workshop.shipped()?;
    let mut bench = Command::new(shipped.join("porchlight-bench"));
    bench.arg(shipped.join("porchlight")).args(args);
    if args.first().is_some_and(|first| first == "--scale") {
        bench.arg("--docs").arg(workshop.root.join("docs"));
    }
    workshop::run(&mut bench)
}

/// Only the rules: one worker against each full pack, then a programme of 100,000 workers.
fn rules(workshop: &Workshop) -> Result<()> {
    let mut example = workshop.cargo();
    example.args([
        "run",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "porchlight-practice",
        "--example",
        "rules_bench",
    ]);
    workshop::run(&mut example)?;
    let bench = workshop.shipped()?.join("porchlight-bench");
    workshop::run(Command::new(bench).args(["-", "team"]))
}

/// How soon a phone without signal shows the day, in a browser whose processor is slowed down.
fn paint(workshop: &Workshop) -> Result<()> {
    let tools = setup::everything(workshop)?;
    let mut test = browser_command(workshop, &tools);
    test.args(["--", "--ignored", "--exact", "paint::of_my_day_from_the_phone", "--nocapture"]);
    workshop::run(&mut test)
}

/// Who could meet, of a million cards. Without PostgreSQL on this machine, it is left out.
fn meeting(workshop: &Workshop) -> Result<()> {
    let shipped = workshop.shipped()?;
    let server = setup::postgres().map(|bin| Server::start(&bin)).transpose()?;
    let mut bench = Command::new(shipped.join("porchlight-bench"));
    bench.args(["-", "meeting"]);
    if let Some(server) = &server {
        bench.env("PORCHLIGHT_BENCH_POSTGRES", server.url());
    }
    workshop::run(&mut bench)
}
