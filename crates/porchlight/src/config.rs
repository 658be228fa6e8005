//! Settings: every one is in the table [`SETTINGS`], with what it means and what it may be. They come from a TOML file,
//! and from the environment as `PORCHLIGHT_SECTION__KEY`, which wins.

mod outbound;
mod single_sign_on;

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
    /// Whether it is a secret, and shown nowhere.
    secret: bool,
}

const fn setting(name: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { name, default, about, secret: false }
}

const fn secret(name: &'static str, about: &'static str) -> Setting {
    Setting { name, default: "", about, secret: true }
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    setting("server.listen", "127.0.0.1:8080", "Address and port to listen on, such as 127.0.0.1:8080."),
    setting(
        "server.public_url",
        "http://127.0.0.1:8080",
        "How people reach the site, such as https://porch.example.org; links begin with it.",
    ),
    setting(
        "server.behind_proxy",
        "false",
        "true when a proxy you trust speaks TLS to the outside and passes requests on; else serve refuses.",
    ),
    setting(
        "server.watch",
        "",
        "Address and port for /health, /ready and /metrics, such as 127.0.0.1:9180. Empty: nowhere. Keep it closed to the outside.",
    ),
    setting(
        "store.address",
        "sqlite:/var/lib/porchlight/porchlight.sqlite",
        "The database: sqlite:PATH, or postgres://USER@HOST/NAME. Another machine is reached through TLS; ?sslrootcert=FILE names its authority.",
    ),
    setting("store.readers", "4", "Connections that read, 1 to 64."),
    setting(
        "store.queue",
        "1024",
        "How many changes may wait before people are asked to try again, 16 to 65536.",
    ),
    setting(
        "keys.file",
        "/var/lib/porchlight/key-ring",
        "The key ring. Keep a copy apart from the backups: without it nobody can read anything.",
    ),
    setting(
        "journal.heads",
        "/var/lib/porchlight/journal-heads",
        "Where the signed heads of the journal go, outside of the database.",
    ),
    setting(
        "backup.recipients",
        "",
        "Whose keys open backups, such as age1…, between commas. `porchlight backup-key FILE` makes one.",
    ),
    setting("log.level", "info", "How much is logged: error, warn, info or debug."),
    setting(
        "outbound.timeout",
        "10",
        "How many seconds a mail server or provider may take to answer, 1 to 60.",
    ),
    setting(
        "outbound.ca_file",
        "",
        "A file of certificate authorities (PEM) to believe beside those of the machine, for a mail server of your own.",
    ),
    setting(
        "email.server",
        "",
        "The mail server's host name, such as smtp.example.org. Empty: no e-mail is sent.",
    ),
    setting("email.port", "587", "The mail server's port, 1 to 65535: 587 for starttls, 465 for tls."),
    setting(
        "email.protection",
        "starttls",
        "starttls, tls, or none (only for a mail server on this machine).",
    ),
    setting("email.from", "", "Who sends, such as Porchlight <porch@example.org>."),
    setting("email.user", "", "The name to sign in to the mail server with, if it wants one."),
    secret("email.password", "The password for it. Better in a file of its own, or in the environment."),
    setting("email.password_file", "", "A file with that password."),
    setting(
        "phone.url",
        "https://api.twilio.com",
        "Where the provider of text messages and calls is, or one that speaks the same interface.",
    ),
    setting(
        "phone.account",
        "",
        "The account there (Account SID). Empty: no text message is sent and no phone rings.",
    ),
    secret("phone.token", "The account's token. Better in a file of its own, or in the environment."),
    setting("phone.token_file", "", "A file with that token."),
    setting("phone.from", "", "The number that sends and calls, such as +1 608 555 0100."),
    setting(
        "push.contact",
        "",
        "How push services reach you, such as mailto:office@example.org. Empty: nothing is pushed to phones and browsers.",
    ),
    setting(
        "push.services",
        "fcm.googleapis.com, updates.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com",
        "The push services of browsers that may be sent to: host names between commas, *. for every host below.",
    ),
    setting(
        "webhook.url",
        "",
        "Where your own pager listens, such as https://pager.example.org/in. Empty: none.",
    ),
    secret(
        "webhook.secret",
        "What both sides know, at least 16 characters. Better in a file of its own, or in the environment.",
    ),
    setting("webhook.secret_file", "", "A file with that secret."),
    setting(
        "single_sign_on.issuer",
        "",
        "Your provider of OpenID Connect, such as https://sign-in.example.org, as it names itself. Empty: no single sign-on.",
    ),
    setting("single_sign_on.client_id", "", "What the provider calls this site (client ID)."),
    secret(
        "single_sign_on.client_secret",
        "What both sides know. Better in a file of its own, or in the environment.",
    ),
    setting("single_sign_on.client_secret_file", "", "A file with that secret."),
    setting(
        "single_sign_on.name",
        "",
        "What people call it, up to 40 letters, such as Riverbend account; stands on the button.",
    ),
    setting(
        "single_sign_on.second_factor",
        "own",
        "own: whoever has a second step here is asked for it too. provider: not when the provider says that it asked for two factors.",
    ),
    setting(
        "single_sign_on.second_factor_acr",
        "",
        "What the provider calls two factors (acr), where its tokens do not say mfa (amr).",
    ),
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
        config.backup_recipients()?;
        config.log_level()?;
        config.check_outbound()?;
        config.check_single_sign_on()?;
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

    /// Where whatever watches over this machine may ask; none when nowhere.
    pub fn watch(&self) -> anyhow::Result<Option<SocketAddr>> {
        match self.value("server.watch") {
            "" => Ok(None),
            at => at.parse().map(Some).map_err(|_| self.wrong("server.watch")),
        }
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

    /// Whose keys open backups.
    pub fn backup_recipients(&self) -> anyhow::Result<Vec<age::x25519::Recipient>> {
        let said = self.value("backup.recipients").split(',').map(str::trim);
        // What can't be read may be the secret half, put here by mistake: it is not repeated.
        let read = |one: &str| one.parse().map_err(|_| self.wrong("backup.recipients"));
        said.filter(|one| !one.is_empty()).map(read).collect()
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
            } else if setting.secret && !value.is_empty() {
                "(hidden)".to_string()
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

    pub(super) fn parse(text: &str, environment: &[(&str, &str)]) -> anyhow::Result<Config> {
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
