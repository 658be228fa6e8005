//! `cargo xtask torture`: what the tests try for seconds, for as long as one likes.

use crate::workshop::{self, Workshop};
use anyhow::{Result, bail};

/// Kills the process under climbing ladders, so many rounds, and checks that every rung was called; then the whole server
/// while it receives reports, as often, and checks that each is there once.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let rounds = match args {
        [what] if what == "ladder" => "500",
        [what, flag, rounds] if what == "ladder" && flag == "--rounds" && rounds.parse::<u32>().is_ok() => {
            rounds
        }
        _ => bail!("say `cargo xtask torture ladder --rounds 500`"),
    };
    let mut test = workshop.cargo();
    // The whole workspace, as in the tests: what is built for them serves here too.
    test.args(["test", "--workspace", "--locked", "--test", "kills", "--test", "received"]);
    test.args(["--", "--nocapture", "--exact"]);
    test.arg("every_rung_is_called_however_often_the_server_is_killed");
    test.arg("a_report_that_was_answered_outlives_a_kill_and_is_there_once");
    workshop::run(test.env("PORCHLIGHT_LADDER_ROUNDS", rounds))
}
