//! Settings: every one is in the table [`SETTINGS`], with what it means and what it may be. They come from a TOML file,
//! and from the environment as `PORCHLIGHT_SECTION__KEY`, which wins.

use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Where the configuration is unless `--config` says otherwise.
pub const DEFAULT_FILE: &str = "/etc/porchlight/porchlight.toml";

/// One setting.
pub struct Setting {
    /// `section.key`.
    name: &'static str,
    /// What it is when nobody says otherwise.
    default: &'static str,
    /// What it means, and what it may be.
    about: &'static str,
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "server.listen",
        default: "127.0.0.1:8080",
        about: "Address and port to listen on, such as 127.0.0.1:8080.",
    },
    Setting {
        name: "server.public_url",
        default: "http://127.0.0.1:8080",
        about: "How people reach the site, such as https://porch.example.org; links begin with it.",
    },
    Setting {
        name: "server.behind_proxy",
        default: "false",
        about: "true when a proxy you trust speaks TLS to the outside and passes requests on; else serve refuses.",
    },
    Setting {
        name: "store.address",
        default: "sqlite:/var/lib/porchlight/porchlight.sqlite",
        about: "The database: sqlite:PATH, or postgres://USER@HOST/NAME.",
    },
    Setting { name: "store.readers", default: "4", about: "Connections that read, 1 to 64." },
    Setting {
        name: "store.queue",
        default: "1024",
        about: "How many changes may wait before people are asked to try again, 16 to 65536.",
    },
    Setting {
        name: "keys.file",
        default: "/var/lib/porchlight/key-ring",
        about: "The key ring. Keep a copy apart from the backups: without it nobody can read anything.",
    },
    Setting {
        name: "journal.heads",
        default: "/var/lib/porchlight/journal-heads",
        about: "Where the signed heads of the journal go, outside of the database.",
    },
    Setting { name: "log.level", default: "info", about: "How much is logged: error, warn, info or debug." },
];

/// The settings in force, each with where it came from.
#[derive(Debug, Clone)]
pub struct Config(BTreeMap<&'static str, (String, String)>);

/// Reads the file, if it is there, and the environment.
///
/// # Errors
/// For a file that can't be read, an unknown setting (with file and line), or a value that is not allowed.
pub fn read(file: &Path) -> anyhow::Result<Config> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if file != Path::new(DEFAULT_FILE) {
                bail!("the configuration file {} is not there", file.display());
            }
            String::new()
        }
        Err(error) => return Err(error).with_context(|| format!("{} can't be read", file.display())),
    };
    Config::parse(&text, file, environment())
}

#[expect(clippy::disallowed_methods, reason = "the program is the one place that reads the environment")]
fn environment() -> impl Fn(&str) -> Option<String> {
    |name| std::env::var(name).ok()
}

fn variable(setting: &str) -> String {
    format!("PORCHLIGHT_{}", setting.replace('.', "__").to_uppercase())
}

impl Config {
    fn parse(
        text: &str,
        file: &Path,
        environment: impl Fn(&str) -> Option<String>,
    ) -> anyhow::Result<Config> {
        type Tables = BTreeMap<String, BTreeMap<String, Spanned<toml::Value>>>;
        let shown = file.display();
        let tables: Tables = toml::from_str(text)
            .map_err(|error| anyhow::anyhow!("{shown} is not as it should be:\n{error}"))?;
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let mut values: BTreeMap<&'static str, (String, String)> =
            SETTINGS.iter().map(|s| (s.name, (s.default.to_string(), "not set".to_string()))).collect();
        for (section, keys) in tables {
            for (key, value) in keys {
                let name = format!("{section}.{key}");
                let place = format!("{shown}:{}", line(value.span().start));
                let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
                    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
                    bail!("{place}: there is no setting {name}; there are {}", known.join(", "));
                };
                let value = match value.into_inner() {
                    toml::Value::String(text) => text,
                    toml::Value::Integer(number) => number.to_string(),
                    toml::Value::Boolean(yes) => yes.to_string(),
                    _ => bail!("{place}: {name} must be a text, a number, true or false"),
                };
                values.insert(setting.name, (value, place));
            }
        }
        for setting in SETTINGS {
            let variable = variable(setting.name);
            if let Some(value) = environment(&variable) {
                values.insert(setting.name, (value, format!("environment {variable}")));
            }
        }
        let config = Config(values);
        config.listen()?;
        config.public_url()?;
        config.behind_proxy()?;
        config.address()?;
        config.readers()?;
        config.queue()?;
        config.log_level()?;
        Ok(config)
    }

    fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(value, _)| value.as_str())
    }

    fn wrong(&self, name: &str) -> anyhow::Error {
        let place = self.0.get(name).map_or("", |(_, place)| place.as_str());
        let about = SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.about);
        anyhow::anyhow!("{place}: the setting {name} is not right. {about}")
    }

    fn number(&self, name: &str, allowed: std::ops::RangeInclusive<usize>) -> anyhow::Result<usize> {
        self.value(name).parse().ok().filter(|n| allowed.contains(n)).ok_or_else(|| self.wrong(name))
    }

    /// Where to listen.
    pub fn listen(&self) -> anyhow::Result<SocketAddr> {
        self.value("server.listen").parse().map_err(|_| self.wrong("server.listen"))
    }

    /// How people reach the site, without a slash at the end.
    pub fn public_url(&self) -> anyhow::Result<String> {
        let url = self.value("server.public_url").trim_end_matches('/');
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', ' '])) {
            Ok(url.to_string())
        } else {
            Err(self.wrong("server.public_url"))
        }
    }

    /// Whether a trusted proxy speaks TLS.
    pub fn behind_proxy(&self) -> anyhow::Result<bool> {
        self.value("server.behind_proxy").parse().map_err(|_| self.wrong("server.behind_proxy"))
    }

    /// The database.
    pub fn address(&self) -> anyhow::Result<porchlight_store::Address> {
        self.value("store.address").parse().map_err(|_| self.wrong("store.address"))
    }

    /// Connections that read.
    pub fn readers(&self) -> anyhow::Result<usize> {
        self.number("store.readers", 1..=64)
    }

    /// How many changes may wait.
    pub fn queue(&self) -> anyhow::Result<usize> {
        self.number("store.queue", 16..=65536)
    }

    /// The key ring.
    pub fn key_ring(&self) -> PathBuf {
        self.value("keys.file").into()
    }

    /// Where the signed heads go.
    pub fn heads(&self) -> PathBuf {
        self.value("journal.heads").into()
    }

    /// How much is logged.
    pub fn log_level(&self) -> anyhow::Result<tracing::Level> {
        // Below debug the crates we build on write whole addresses, and those of invitations hold a secret.
        let level = self.value("log.level").parse::<tracing::Level>().ok();
        level.filter(|level| *level <= tracing::Level::DEBUG).ok_or_else(|| self.wrong("log.level"))
    }

    /// Every setting, what it means, what it is and why.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        for setting in SETTINGS {
            let (value, place) = self.0.get(setting.name).cloned().unwrap_or_default();
            // An address may hold a password.
            let value = if setting.name == "store.address" {
                self.address().map_or(String::new(), |address| address.to_string())
            } else {
                value
            };
            let variable = variable(setting.name);
            out += &format!("{} = {value}  ({place}; {variable})\n    {}\n", setting.name, setting.about);
        }
        out
    }
}

/// The file that `init` writes when there is none.
pub fn template() -> String {
    let mut out = String::from("# Porchlight. `porchlight settings` explains every line.\n");
    let mut section = "";
    for setting in SETTINGS {
        let (table, key) = setting.name.split_once('.').unwrap_or(("", setting.name));
        if table != section {
            out += &format!("\n[{table}]\n");
            section = table;
        }
        let plain = setting.default.parse::<u32>().is_ok() || setting.default.parse::<bool>().is_ok();
        let value = if plain { setting.default.to_string() } else { format!("{:?}", setting.default) };
        out += &format!("# {}\n# {key} = {value}\n", setting.about);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, environment: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::parse(text, Path::new("porchlight.toml"), |name| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn a_wrong_setting_names_itself_its_line_and_what_is_allowed() {
        for (text, environment, wanted) in [
            (
                "[server]\nlisten = \"here\"",
                &[][..],
                &["porchlight.toml:2", "server.listen", "127.0.0.1:8080"][..],
            ),
            (
                "[server]\n\nlisen = \"x\"",
                &[],
                &["porchlight.toml:3", "no setting server.lisen", "server.listen"],
            ),
            ("[store]\nreaders = 0", &[], &["porchlight.toml:2", "store.readers", "1 to 64"]),
            ("[store]\nreaders = [1]", &[], &["porchlight.toml:2", "store.readers"]),
            ("[store\n", &[], &["porchlight.toml", "line 1"]),
            ("", &[("PORCHLIGHT_LOG__LEVEL", "loud")], &["PORCHLIGHT_LOG__LEVEL", "log.level", "debug"]),
            ("", &[("PORCHLIGHT_LOG__LEVEL", "trace")], &["PORCHLIGHT_LOG__LEVEL", "log.level", "debug"]),
            (
                "",
                &[("PORCHLIGHT_STORE__ADDRESS", "mysql://x")],
                &["PORCHLIGHT_STORE__ADDRESS", "sqlite:PATH"],
            ),
        ] {
            let error = format!("{:#}", parse(text, environment).unwrap_err());
            for part in wanted {
                assert!(error.contains(part), "{error:?} does not say {part:?}");
            }
        }
    }

    #[test]
    fn the_environment_wins_and_a_password_is_not_shown() {
        let config = parse(
            "[store]\nreaders = 8",
            &[
                ("PORCHLIGHT_STORE__READERS", "2"),
                ("PORCHLIGHT_STORE__ADDRESS", "postgres://u:hush@localhost/p"),
            ],
        )
        .unwrap();
        assert_eq!(config.readers().unwrap(), 2);
        assert!(!config.describe().contains("hush"));
    }

    #[test]
    fn the_written_file_reads_back_as_the_defaults() {
        let config = parse(&template(), &[]).unwrap();
        let uncommented: String = template()
            .lines()
            .map(|l| l.strip_prefix("# ").filter(|l| l.contains(" = ")).unwrap_or(l))
            .fold(String::new(), |all, line| all + line + "\n");
        let said = parse(&uncommented, &[]).unwrap();
        for setting in SETTINGS {
            assert_eq!(config.value(setting.name), said.value(setting.name));
        }
    }
}
