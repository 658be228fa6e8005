//! `cargo xtask probe`: tools that others made to break sites, let loose on a demo as each role, for so many minutes each. What
//! they find is compared with what is written down in `xtask/probe.toml`; anything else makes the probe fail.

mod site;

use crate::workshop::{self, Workshop, on_path, output};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use site::{LEFT_ALONE, Route, Site};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The tools, each with the version whose reports we can read. They live apart: each brings its own libraries.
const TOOLS: [(&str, &str); 3] = [("wapiti3", "3.2.3"), ("sqlmap", "1.10.10"), ("schemathesis", "4.32.5")];
/// In which programme of the demo: the roles of one are those of all.
const PROGRAMME: &str = "Basswood Recovery Circle";
/// How long a demo may take to be lived through.
const BEGINS_WITHIN: Duration = Duration::from_secs(300);

/// Something that a tool said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    tool: &'static str,
    what: String,
    place: String,
}

/// What is written down, with a reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    known: Vec<KnownFinding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownFinding {
    tool: String,
    what: String,
    /// Only there; everywhere when left away.
    place: Option<String>,
    why: String,
}

/// A way into the demo.
#[derive(Debug, Clone, Deserialize)]
struct Link {
    role: String,
    programme: String,
    url: String,
}

/// A running demo, which ends with this.
struct Demo {
    child: Child,
    site: Site,
    links: Vec<Link>,
    log: PathBuf,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the probe; `--minutes N` is for each tool and role, and names keep only these roles.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let (minutes, only) = match args {
        [flag, minutes, only @ ..] if flag == "--minutes" => (minutes.parse::<u64>().ok(), only),
        only => (Some(2), only),
    };
    let Some(minutes) = minutes.filter(|minutes| *minutes > 0) else {
        bail!("say `cargo xtask probe [--minutes N] [ROLE…]`, such as `probe --minutes 2 person supervisor`");
    };
    let limit = Duration::from_secs(60 * minutes);
    let tools = installed(workshop)?;
    let known = fs::read_to_string(workshop.root.join("xtask/probe.toml")).context("xtask/probe.toml")?;
    let known: Known = toml::from_str(&known).context("xtask/probe.toml")?;
    let routes = site::routes(&fs::read_to_string(workshop.root.join("docs/routes.txt"))?);
    let program = workshop.shipped()?.join("porchlight");
    let folder = workshop.target.join("probe");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let demo = Demo::start(&program, &folder)?;

    let mut roles: Vec<Option<Link>> = vec![None];
    for link in &demo.links {
        let new = roles.iter().flatten().all(|known| known.role != link.role);
        if link.programme == PROGRAMME && new {
            roles.push(Some(link.clone()));
        }
    }
    roles.retain(|role| only.is_empty() || only.contains(&name(role.as_ref()).to_owned()));
    println!("\n{:<18} {:<13} {:>8}  findings", "role", "tool", "seconds");
    let (mut new, mut old) = (BTreeMap::<Finding, Vec<String>>::new(), 0);
    for role in &roles {
        for tool in TOOLS {
            let began = Instant::now();
            let found = demo.tried(role.as_ref(), tool.0, &tools, &folder, limit, &routes)?;
            let (expected, unexpected): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| known.has(one));
            println!(
                "{:<18} {:<13} {:>8}  {} ({} written down)",
                name(role.as_ref()),
                tool.0,
                began.elapsed().as_secs(),
                unexpected.len() + expected.len(),
                expected.len()
            );
            old += expected.len();
            for one in unexpected {
                new.entry(one).or_default().push(name(role.as_ref()).to_owned());
            }
        }
    }
    demo.still_well()?;
    println!("\n{old} findings are written down in xtask/probe.toml:");
    for one in &known.known {
        println!("  {}: {}. {}", one.tool, one.what, one.why);
    }
    if new.is_empty() {
        println!("Nothing else was found. The reports are in {}", folder.display());
        return Ok(());
    }
    for (one, roles) in &new {
        println!("{}: {} at {} ({})", one.tool, one.what, one.place, roles.join(", "));
    }
    bail!("{} findings are not written down; the reports are in {}", new.len(), folder.display())
}

fn name(role: Option<&Link>) -> &str {
    role.map_or("stranger", |link| &link.role)
}

impl Known {
    fn has(&self, found: &Finding) -> bool {
        self.known.iter().any(|known| {
            known.tool == found.tool
                && known.what == found.what
                && known.place.as_ref().is_none_or(|place| found.place.contains(place))
        })
    }
}

impl Demo {
    fn start(program: &Path, folder: &Path) -> Result<Demo> {
        let (links, log) = (folder.join("links.json"), folder.join("demo.log"));
        let child = Command::new(program)
            .args(["demo", "--port", "0", "--links"])
            .arg(&links)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .spawn()
            .context("the demo does not start")?;
        let began = Instant::now();
        while !links.exists() {
            if began.elapsed() > BEGINS_WITHIN {
                bail!("the demo did not begin; see {}", log.display());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        let links: Vec<Link> = serde_json::from_slice(&fs::read(&links)?)?;
        let first = links.first().context("the demo has no links")?;
        let host = first.url.split('/').nth(2).context("a link without a host")?;
        let site = Site(host.parse().with_context(|| format!("{host} is no address"))?);
        Ok(Demo { child, site, links, log })
    }

    /// What one tool finds as one role.
    fn tried(
        &self,
        role: Option<&Link>,
        tool: &'static str,
        tools: &Path,
        folder: &Path,
        limit: Duration,
        routes: &[Route],
    ) -> Result<Vec<Finding>> {
        // A session of its own for each, so that none suffers from what another did.
        let (cookie, first) = match role {
            Some(link) => self.site.sign_in(&link.url)?,
            None => (String::new(), "/sign-in".to_owned()),
        };
        let places = self.site.walk(&cookie, &first, routes)?;
        if places.pages.len() < 2 {
            bail!("as {} nothing but {first} is found", name(role));
        }
        let base = format!("http://{}", self.site.0);
        let report = folder.join(format!("{}-{tool}", name(role)));
        let program = |name: &str| tools.join(tool).join("bin").join(name);
        let found = match tool {
            "wapiti3" => {
                let mut wapiti = Command::new(program("wapiti"));
                wapiti.args(["--url", &format!("{base}{first}"), "--scope", "domain", "--flush-session"]);
                wapiti
                    .args(["--no-bugreport", "--format", "json", "--output"])
                    .arg(report.with_extension("json"));
                let parts = limit.as_secs() / 4;
                wapiti.args(["--max-scan-time", &parts.max(10).to_string()]);
                wapiti.args(["--max-attack-time", &(parts / 4).max(5).to_string()]);
                for path in LEFT_ALONE {
                    wapiti.args(["--exclude", &format!("{base}{path}*")]);
                }
                for page in &places.pages {
                    wapiti.args(["--start", &format!("{base}{page}")]);
                }
                if !cookie.is_empty() {
                    wapiti.args(["--header", &format!("Cookie: {cookie}")]);
                }
                bounded(&mut wapiti, &report, limit * 2)?;
                wapiti_says(&fs::read(report.with_extension("json")).context("wapiti left no report")?)?
            }
            "sqlmap" => {
                let targets = report.with_extension("targets");
                let lines = places.pages.iter().map(|page| match page.contains('?') {
                    true => format!("{base}{page}\n"),
                    // The end of the path is tried where there is nothing behind a question mark.
                    false => format!("{base}{page}*\n"),
                });
                fs::write(&targets, lines.collect::<String>())?;
                let mut sqlmap = Command::new(program("sqlmap"));
                sqlmap
                    .args(["--batch", "--forms", "--smart", "--level", "2", "--technique", "BEU", "-m"])
                    .arg(targets);
                sqlmap.args([
                    "--disable-coloring",
                    "--flush-session",
                    "--ignore-code",
                    "*",
                    "--retries",
                    "1",
                ]);
                sqlmap.args([
                    "--time-limit",
                    &limit.as_secs().to_string(),
                    "--scope",
                    &format!("^(?!.*({}))", LEFT_ALONE.join("|")),
                ]);
                sqlmap.arg("--results-file").arg(report.with_extension("csv"));
                sqlmap.arg("--output-dir").arg(&report);
                if !cookie.is_empty() {
                    sqlmap.args(["--cookie", &cookie]);
                }
                bounded(&mut sqlmap, &report, limit * 2)?;
                sqlmap_says(&fs::read_to_string(report.with_extension("log"))?)?
            }
            _ => {
                let description = report.with_extension("openapi.json");
                fs::write(&description, serde_json::to_vec_pretty(&places.description(routes))?)?;
                let mut fuzz = Command::new(program("schemathesis"));
                // What it keeps for itself lies with the reports.
                fuzz.current_dir(folder);
                fuzz.arg("run").arg(description).args(["--url", &base, "--checks", "not_a_server_error"]);
                fuzz.args([
                    "--max-time",
                    &limit.as_secs().to_string(),
                    "--phases",
                    "examples,coverage,fuzzing",
                ]);
                fuzz.args(["--continue-on-failure", "--warnings", "off", "--max-redirects", "0"]);
                fuzz.args(["--suppress-health-check", "all", "--report", "json", "--report-json-path"]);
                fuzz.arg(report.with_extension("json"));
                if !cookie.is_empty() {
                    fuzz.args(["--header", &format!("Cookie: {cookie}")]);
                }
                bounded(&mut fuzz, &report, limit * 2)?;
                fuzzer_says(&fs::read(report.with_extension("json")).context("the fuzzer left no report")?)?
            }
        };
        self.still_well()?;
        if role.is_some() && !self.site.is_signed_in(&cookie, &first)? {
            // What came after was tried as a stranger: it is no probe of this role.
            bail!(
                "{tool} ended the session of {}; leave that address alone in xtask/src/probe/site.rs",
                name(role)
            );
        }
        Ok(found)
    }

    /// Whether the demo answers, and never panicked.
    fn still_well(&self) -> Result<()> {
        self.site.is_signed_in("", "/help-now")?;
        let log = fs::read_to_string(&self.log)?;
        match log.lines().find(|line| line.contains("panicked")) {
            Some(line) => bail!("the demo panicked: {line}"),
            None => Ok(()),
        }
    }
}

/// Runs a tool with what it prints in a file, and ends it when it takes too long.
fn bounded(command: &mut Command, report: &Path, limit: Duration) -> Result<()> {
    let log = fs::File::create(report.with_extension("log"))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("{:?} does not start", command.get_program()))?;
    let began = Instant::now();
    while child.try_wait()?.is_none() {
        if began.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn wapiti_says(report: &[u8]) -> Result<Vec<Finding>> {
    let report: Value = serde_json::from_slice(report)?;
    let mut found = Vec::new();
    for kind in ["vulnerabilities", "anomalies"] {
        let kinds = report[kind].as_object().with_context(|| format!("no {kind} in wapiti's report"))?;
        for (what, places) in kinds {
            for place in places.as_array().into_iter().flatten() {
                let text = |name: &str| place[name].as_str().unwrap_or_default();
                let place = format!("{} {} {}", text("method"), text("path"), text("info"));
                found.push(Finding { tool: "wapiti3", what: what.clone(), place });
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn sqlmap_says(log: &str) -> Result<Vec<Finding>> {
    if !log.contains("[INFO]") {
        bail!("sqlmap did not run");
    }
    // What it says of every place where nothing was found.
    const NOTHING: [&str; 4] =
        ["not injectable", "not appear", "might not be", "no dynamic nor injectable parameters"];
    let told = log.lines().filter(|line| {
        let line = line.to_lowercase();
        let injectable = line.contains("injectable") && !NOTHING.iter().any(|nothing| line.contains(nothing));
        injectable || line.contains("is vulnerable")
    });
    let finding = |line: &str| {
        let place = line.split("] ").last().unwrap_or(line).to_owned();
        Finding { tool: "sqlmap", what: "injection".to_owned(), place }
    };
    let mut found: Vec<_> = told.map(finding).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

fn fuzzer_says(report: &[u8]) -> Result<Vec<Finding>> {
    let report: Value = serde_json::from_slice(report)?;
    let failures = report["failures"].as_array().context("no failures in the fuzzer's report")?;
    let finding = |failure: &Value| Finding {
        tool: "schemathesis",
        what: failure["title"].as_str().unwrap_or("a failure").to_owned(),
        place: failure["operation"].as_str().or(failure["label"].as_str()).unwrap_or_default().to_owned(),
    };
    let mut found: Vec<_> = failures.iter().map(finding).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// Puts each tool into a folder of its own, where it is not there yet.
fn installed(workshop: &Workshop) -> Result<PathBuf> {
    let python = on_path("python3").context("python3 is missing; on Debian: apt-get install python3-venv")?;
    let folder = workshop.cache.join("probe");
    for (tool, version) in TOOLS {
        let place = folder.join(tool);
        let there = place.join(format!("version-{version}"));
        if there.exists() {
            continue;
        }
        println!("Fetching {tool} {version}, which tries to break sites, into {}", place.display());
        let _ = fs::remove_dir_all(&place);
        workshop::run(Command::new(&python).args(["-m", "venv"]).arg(&place))
            .context("on Debian: apt-get install python3-venv")?;
        output(Command::new(place.join("bin/pip")).args([
            "install",
            "--quiet",
            &format!("{tool}=={version}"),
        ]))?;
        fs::write(there, "")?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn a_finding_is_known_by_its_tool_its_kind_and_where_it_is() {
        let known: Known = toml::from_str(
            "[[known]]\ntool = \"wapiti3\"\nwhat = \"Secure Flag cookie\"\nplace = \"lang\"\nwhy = \"loopback\"\n",
        )
        .unwrap();
        let finding =
            |tool, place: &str| Finding { tool, what: "Secure Flag cookie".into(), place: place.into() };
        assert!(known.has(&finding("wapiti3", "GET /day Secure flag is not set in the cookie : lang")));
        assert!(!known.has(&finding("wapiti3", "GET /day Secure flag is not set in the cookie : other")));
        assert!(!known.has(&finding("sqlmap", "lang")));
    }

    #[test]
    fn reports_are_read_and_an_empty_one_is_no_clean_one() {
        let report = br#"{"vulnerabilities": {"XSS": [{"method": "GET", "path": "/x", "info": "q"}]}, "anomalies": {"E": []}}"#;
        assert_eq!(wapiti_says(report).unwrap().len(), 1);
        assert!(wapiti_says(b"{}").is_err() && fuzzer_says(b"{}").is_err() && sqlmap_says("").is_err());
        let log = "[10:00:00] [INFO] testing\n[10:00:01] [WARNING] GET parameter 'a' does not appear to be injectable\n\
                   [10:00:02] [INFO] GET parameter 'b' is vulnerable. Do you want\n\
                   [10:00:03] [INFO] heuristic (basic) test shows that GET parameter 'c' might not be injectable\n\
                   [10:00:04] [WARNING] target URL content is not stable. If no dynamic nor injectable parameters are detected\n";
        assert_eq!(sqlmap_says(log).unwrap().len(), 1);
    }

    /// What is written down names tools that run, and says why.
    #[test]
    fn what_is_written_down_can_be_read() {
        let known: Known = toml::from_str(include_str!("../probe.toml")).unwrap();
        for one in known.known {
            assert!(TOOLS.iter().any(|(tool, _)| *tool == one.tool), "{}", one.tool);
            assert!(one.why.len() > 20, "{}", one.what);
        }
    }
}
