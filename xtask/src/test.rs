//! `cargo xtask test`: everything that has to hold before a change lands. CI runs exactly this.

use crate::coverage::Coverage;
use crate::deny;
use crate::postgres::Server;
use crate::setup::{self, Tools};
use crate::workshop::{self, Workshop, on_path};
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

const STEPS: [(&str, &str); 6] = [
    ("format", "is everything laid out by rustfmt"),
    ("lint", "clippy, where a warning is an error"),
    ("dependencies", "licences, banned crates and sources, from deny.toml"),
    ("coverage", "does every mark name a requirement and stand at a test"),
    ("unit", "unit, property and store tests on both databases"),
    ("browser", "pages in a real browser, and accessibility"),
];

/// Runs the named steps in their order, or all, and prints the time of each.
pub fn run(workshop: &Workshop, wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| STEPS.iter().all(|(step, _)| step != name)) {
        let known = STEPS.map(|(step, what)| format!("  {step:<13} {what}")).join("\n");
        bail!("there is no step `{unknown}`; the steps are\n{known}");
    }
    let began = Instant::now();
    let mut times = Vec::new();
    let mut tools: Option<Tools> = None;
    for (step, what) in STEPS {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == step) {
            continue;
        }
        println!("\n== {step}: {what}");
        let start = Instant::now();
        match step {
            "format" => workshop::run(workshop.cargo().args(["fmt", "--all", "--", "--check"]))?,
            "lint" => workshop::run(
                workshop
                    .cargo()
                    .args(["clippy", "--workspace", "--all-targets", "--locked"])
                    .args(["--", "--deny", "warnings"]),
            )?,
            "dependencies" => deny::run(workshop)?,
            "coverage" => println!("{}", Coverage::read(&workshop.root)?.summary()),
            "unit" => unit(workshop, installed(&mut tools, workshop)?)?,
            "browser" => browser(workshop, installed(&mut tools, workshop)?)?,
            other => bail!("the step `{other}` has nothing to run"),
        }
        times.push((step, start.elapsed()));
    }
    println!("\n== times");
    for (step, time) in times {
        println!("  {step:<13} {}", minutes(time));
    }
    println!("  {:<13} {}", "all", minutes(began.elapsed()));
    Ok(())
}

/// Installs once, and only when a step needs it.
fn installed<'a>(tools: &'a mut Option<Tools>, workshop: &Workshop) -> Result<&'a Tools> {
    match tools {
        Some(tools) => Ok(tools),
        None => Ok(tools.insert(setup::everything(workshop)?)),
    }
}

fn unit(workshop: &Workshop, tools: &Tools) -> Result<()> {
    // Built first, so that the server does not wait beside a compiler that needs the memory.
    let nextest = on_path("cargo-nextest").is_some();
    let mut build = workshop.cargo();
    build.args(["test", "--workspace", "--locked", "--no-run"]);
    workshop::run(&mut build)?;

    let server = Server::start(&tools.postgres)?;
    let mut tests = workshop.cargo();
    if nextest {
        // .config/nextest.toml leaves the browser tests out: they share one server, so they need one process.
        tests.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]);
    } else {
        tests.args(["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins"]);
        for target in test_targets(workshop)?.iter().filter(|target| *target != BROWSER) {
            tests.args(["--test", target]);
        }
    }
    durable_environment(&mut tests, tools);
    tests.env("PORCHLIGHT_OIDC_PROVIDER", &tools.provider);
    workshop::run(tests.env("PORCHLIGHT_TEST_POSTGRES", server.url()))?;
    // Neither of the two ways above runs the examples in doc comments.
    workshop::run(workshop.cargo().args(["test", "--workspace", "--locked", "--doc", "--quiet"]))
}

/// What the tests of the program itself need: strace, and the programs of PostgreSQL, whose servers they start and crash.
pub fn durable_environment(tests: &mut std::process::Command, tools: &Tools) {
    tests.env("PORCHLIGHT_TEST_POSTGRES_BIN", &tools.postgres).env("PORCHLIGHT_STRACE", &tools.strace);
}

/// The test target of the pages in a browser.
pub const BROWSER: &str = "browser";

/// A cargo that runs browser tests, with what they need in their environment.
pub fn browser_command(workshop: &Workshop, tools: &Tools) -> std::process::Command {
    let mut tests = workshop.cargo();
    tests
        .env("PORCHLIGHT_CHROMEDRIVER", &tools.chromedriver)
        .env("PORCHLIGHT_CHROMIUM", &tools.chromium)
        .env("PORCHLIGHT_AXE", &tools.axe)
        // The whole workspace, though only one package has this target: its dependencies are then the very ones that the
        // other steps built, and not built once more with fewer features.
        .args(["test", "--workspace", "--locked", "--test", BROWSER]);
    tests
}

fn browser(workshop: &Workshop, tools: &Tools) -> Result<()> {
    workshop::run(&mut browser_command(workshop, tools))
}

/// The names of all test targets beside the library and program ones.
fn test_targets(workshop: &Workshop) -> Result<Vec<String>> {
    let metadata = deny::metadata(workshop)?;
    Ok(metadata.test_targets())
}

fn minutes(time: Duration) -> String {
    format!("{:>2} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}
