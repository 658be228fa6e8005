//! `cargo xtask torture`: what the tests try for seconds, for as long as one likes.

use crate::postgres::Server;
use crate::setup;
use crate::test::{browser_command, durable_environment};
use crate::workshop::{self, Workshop};
use anyhow::{Result, bail};

const HELP: &str = "say `cargo xtask torture kills --rounds 500`, `… failover --rounds 20`, `… ladder --rounds 500` \
                    or `… offline --rounds 1000`";

/// Runs one of them, so many rounds.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let (what, rounds) = match args {
        [what] => (what, None),
        [what, flag, rounds] if flag == "--rounds" && rounds.parse::<u32>().is_ok() => (what, Some(rounds)),
        _ => bail!(HELP),
    };
    match what.as_str() {
        "kills" => kills(workshop, rounds.map_or("500", String::as_str)),
        "failover" => failover(workshop, rounds.map_or("20", String::as_str)),
        "ladder" => ladder(workshop, rounds.map_or("500", String::as_str)),
        "offline" => offline(workshop, rounds.map_or("1000", String::as_str)),
        _ => bail!(HELP),
    }
}

/// Kills the server while people write and look, so many rounds on each database, and checks that what was answered is there
/// once.
fn kills(workshop: &Workshop, rounds: &str) -> Result<()> {
    let tools = setup::everything(workshop)?;
    let mut test = workshop.cargo();
    durable_environment(&mut test, &tools);
    test.args(["test", "--workspace", "--locked", "--test", "durable"]);
    // One after the other: each has the machine to itself.
    test.args(["--", "--nocapture", "--test-threads=1", "what_was_answered_outlives_a_kill"]);
    workshop::run(test.env("PORCHLIGHT_KILL_ROUNDS", rounds))
}

/// Kills the PostgreSQL that leads under two servers, so many times, lets the one that follows lead, and checks that what was
/// answered is there.
fn failover(workshop: &Workshop, rounds: &str) -> Result<()> {
    let tools = setup::everything(workshop)?;
    let mut test = workshop.cargo();
    durable_environment(&mut test, &tools);
    test.args(["test", "--workspace", "--locked", "--test", "durable"]);
    test.args(["--", "--nocapture", "a_leading_database_that_is_killed_loses_nothing"]);
    workshop::run(test.env("PORCHLIGHT_FAILOVER_ROUNDS", rounds))
}

/// Kills the process under climbing ladders, so many rounds on each database, and checks that every rung was called; then the whole server
/// while it receives reports, as often, and checks that each is there once.
fn ladder(workshop: &Workshop, rounds: &str) -> Result<()> {
    let server = Server::start(&setup::everything(workshop)?.postgres)?;
    let mut test = workshop.cargo();
    test.env("PORCHLIGHT_TEST_POSTGRES", server.url());
    // The whole workspace, as in the tests: what is built for them serves here too.
    test.args(["test", "--workspace", "--locked", "--test", "kills", "--test", "received"]);
    test.args(["--", "--nocapture", "--test-threads=1", "--exact"]);
    test.arg("every_rung_is_called_however_often_the_server_is_killed");
    test.arg("on_postgres_too_every_rung_is_called_however_often_the_server_is_killed");
    test.arg("a_report_that_was_answered_outlives_a_kill_and_is_there_once");
    workshop::run(test.env("PORCHLIGHT_LADDER_ROUNDS", rounds))
}

/// Lets two phones without signal write, send and lose the network in every way, so many schedules, and checks that every text is
/// on the server once.
fn offline(workshop: &Workshop, rounds: &str) -> Result<()> {
    let tools = setup::everything(workshop)?;
    let mut test = browser_command(workshop, &tools);
    test.args(["--", "--nocapture", "random_schedules"]);
    workshop::run(test.env("PORCHLIGHT_SCHEDULES", rounds))
}
