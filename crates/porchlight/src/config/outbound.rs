//! The settings of what leaves: `docs/notices.md` is the guide.

use super::Config;
use anyhow::{anyhow, bail};
use porchlight_outbound::{
    Email, Outbound, Phone, PhoneNumber, Protection, Push, PushServices, Roots, Secret, Settings, SetupFault,
    Webhook,
};
use porchlight_practice::Means;
use porchlight_store::seal::KeyRing;
use std::time::Duration;

/// The shortest secret that is taken for signing.
const SECRET_AT_LEAST: usize = 16;

impl Config {
    /// Checks what can be checked without reading a file.
    pub(super) fn check_outbound(&self) -> anyhow::Result<()> {
        self.number("outbound.timeout", 1..=60)?;
        self.number("email.port", 1..=65535)?;
        self.protection()?;
        self.push_services()?;
        if self.is_set("phone.from") {
            self.phone_from()?;
        }
        Ok(())
    }

    /// The means to reach people outside of the pages, as they are set.
    ///
    /// # Errors
    /// Names the setting that is wrong or missing, and never repeats a secret.
    pub fn outbound(&self, ring: &KeyRing) -> anyhow::Result<Outbound> {
        let settings = Settings {
            public_url: self.public_url()?,
            patience: self.patience()?,
            roots: self.roots()?,
            email: self.email()?,
            push: self.push(ring)?,
            phone: self.phone()?,
            webhook: self.webhook()?,
        };
        Outbound::new(settings).map_err(|fault| self.fault(&fault))
    }

    /// The longest that another server may take.
    pub(super) fn patience(&self) -> anyhow::Result<Duration> {
        Ok(Duration::from_secs(self.number("outbound.timeout", 1..=60)? as u64))
    }

    /// Whom to believe that a server is who it says.
    pub(super) fn roots(&self) -> anyhow::Result<Roots> {
        match self.value("outbound.ca_file") {
            "" => Ok(Roots::default()),
            path => Roots::and(&self.file("outbound.ca_file", path)?).map_err(|fault| self.fault(&fault)),
        }
    }

    fn email(&self) -> anyhow::Result<Option<Email>> {
        if !self.is_set("email.server") {
            return Ok(None);
        }
        self.needs("email.server", "email.from")?;
        let sign_in = if self.is_set("email.user") {
            let password = self.secret("email.user", "email.password", "email.password_file")?;
            Some((self.value("email.user").to_string(), password))
        } else {
            None
        };
        Ok(Some(Email {
            server: self.value("email.server").to_string(),
            port: u16::try_from(self.number("email.port", 1..=65535)?)?,
            protection: self.protection()?,
            sign_in,
            from: self.value("email.from").to_string(),
        }))
    }

    fn protection(&self) -> anyhow::Result<Protection> {
        match self.value("email.protection") {
            "starttls" => Ok(Protection::StartTls),
            "tls" => Ok(Protection::Tls),
            "none" => Ok(Protection::None),
            _ => Err(self.wrong("email.protection")),
        }
    }

    fn phone(&self) -> anyhow::Result<Option<Phone>> {
        if !self.is_set("phone.account") {
            return Ok(None);
        }
        self.needs("phone.account", "phone.from")?;
        Ok(Some(Phone {
            url: self.value("phone.url").to_string(),
            account: self.value("phone.account").to_string(),
            token: self.secret("phone.account", "phone.token", "phone.token_file")?,
            from: self.phone_from()?,
        }))
    }

    fn phone_from(&self) -> anyhow::Result<PhoneNumber> {
        PhoneNumber::parse(self.value("phone.from")).map_err(|_| self.wrong("phone.from"))
    }

    fn push(&self, ring: &KeyRing) -> anyhow::Result<Option<Push>> {
        let contact = self.value("push.contact");
        if contact.is_empty() {
            return Ok(None);
        }
        if !contact.starts_with("mailto:") && !contact.starts_with("https://") {
            return Err(self.wrong("push.contact"));
        }
        Ok(Some(Push {
            seed: ring.push_seed(),
            contact: contact.to_string(),
            services: self.push_services()?,
        }))
    }

    fn push_services(&self) -> anyhow::Result<PushServices> {
        PushServices::parse(self.value("push.services")).ok_or_else(|| self.wrong("push.services"))
    }

    fn webhook(&self) -> anyhow::Result<Option<Webhook>> {
        if !self.is_set("webhook.url") {
            return Ok(None);
        }
        let secret = self.secret("webhook.url", "webhook.secret", "webhook.secret_file")?;
        if secret.len() < SECRET_AT_LEAST {
            return Err(self.wrong("webhook.secret"));
        }
        Ok(Some(Webhook { url: self.value("webhook.url").to_string(), secret }))
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    pub(super) fn place(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(_, place)| place.as_str())
    }

    /// A setting that has to be there because of another.
    pub(super) fn needs(&self, because: &str, name: &str) -> anyhow::Result<()> {
        if self.is_set(name) {
            return Ok(());
        }
        let about =
            super::SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.about);
        bail!("{}: {because} is set, so {name} must be set too. {about}", self.place(because))
    }

    /// A secret from its file, or from its own setting.
    pub(super) fn secret(&self, because: &str, name: &str, in_file: &str) -> anyhow::Result<Secret> {
        if self.is_set(in_file) {
            let text = self.file(in_file, self.value(in_file))?;
            let text = text.trim();
            if text.is_empty() {
                bail!("{}: the file that {in_file} names is empty", self.place(in_file));
            }
            return Ok(Secret::new(text));
        }
        if !self.is_set(name) {
            bail!("{}: {because} is set, so {in_file} or {name} must be set too", self.place(because));
        }
        Ok(Secret::new(self.value(name)))
    }

    fn file(&self, name: &str, path: &str) -> anyhow::Result<String> {
        std::fs::read_to_string(path).map_err(|error| {
            anyhow!("{}: the file {path} that {name} names can't be read: {}", self.place(name), error.kind())
        })
    }

    /// Which setting a fault is about.
    pub(super) fn fault(&self, fault: &SetupFault) -> anyhow::Error {
        let name = match fault {
            SetupFault::NoRoots | SetupFault::Roots => "outbound.ca_file",
            SetupFault::MailServer => "email.server",
            SetupFault::Sender => "email.from",
            SetupFault::Unprotected => "email.protection",
            SetupFault::Issuer => "single_sign_on.issuer",
            SetupFault::Url(Means::Webhook) => "webhook.url",
            SetupFault::Url(_) => "phone.url",
        };
        anyhow!("{}: the setting {name} is not right: {fault}", self.place(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::parse;
    use super::*;

    fn set_up(text: &str, environment: &[(&str, &str)]) -> anyhow::Result<Outbound> {
        parse(text, environment)?.outbound(&KeyRing::generate()?)
    }

    #[test]
    fn nothing_is_set_up_until_somebody_does() {
        assert_eq!(set_up("", &[]).unwrap().means().count(), 0);
    }

    #[test]
    fn each_means_is_set_up_by_itself() {
        let pager = [("PORCHLIGHT_WEBHOOK__SECRET", "sixteen letters.")];
        for (text, environment, means) in [
            (
                "[email]\nserver = \"localhost\"\nprotection = \"none\"\nfrom = \"porch@example.org\"",
                &[][..],
                &[Means::Email][..],
            ),
            ("[push]\ncontact = \"mailto:office@example.org\"", &[], &[Means::Push]),
            ("[webhook]\nurl = \"https://pager.example.org/in\"", &pager, &[Means::Webhook]),
            (
                "[phone]\naccount = \"AC1\"\ntoken = \"hush\"\nfrom = \"608 555 0100\"",
                &[],
                &[Means::Text, Means::Call],
            ),
        ] {
            assert_eq!(set_up(text, environment).unwrap().means().collect::<Vec<_>>(), means);
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_no_secret_is_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty");
        std::fs::write(&empty, "\n").unwrap();
        let empty = format!(
            "[email]\nserver = \"x.org\"\nfrom = \"a@x.org\"\nuser = \"u\"\npassword_file = {empty:?}"
        );
        for (text, wanted) in [
            ("[outbound]\ntimeout = 0", &["porchlight.toml:2", "outbound.timeout", "1 to 60"][..]),
            ("[outbound]\nca_file = \"/nowhere\"", &["porchlight.toml:2", "outbound.ca_file", "/nowhere"]),
            ("[email]\nport = 0", &["porchlight.toml:2", "email.port"]),
            ("[email]\nprotection = \"some\"", &["porchlight.toml:2", "email.protection", "starttls"]),
            ("[email]\nserver = \"x.org\"", &["porchlight.toml:2", "email.server", "email.from"]),
            (
                "[email]\nserver = \"x.org\"\nprotection = \"none\"\nfrom = \"a@x.org\"",
                &["porchlight.toml:3", "email.protection", "on this machine"],
            ),
            (
                "[email]\nserver = \"localhost\"\nprotection = \"none\"\nfrom = \"nobody\"",
                &["porchlight.toml:4", "email.from"],
            ),
            (
                "[email]\nserver = \"x.org\"\nfrom = \"a@x.org\"\nuser = \"u\"",
                &["porchlight.toml:4", "email.password_file", "email.password"],
            ),
            (&empty, &["porchlight.toml:5", "email.password_file", "empty"]),
            ("[phone]\nfrom = \"x\"", &["porchlight.toml:2", "phone.from", "+1 608"]),
            ("[phone]\naccount = \"AC1\"\ntoken = \"hush\"", &["porchlight.toml:2", "phone.from"]),
            ("[phone]\naccount = \"AC1\"\nfrom = \"608 555 0100\"", &["phone.token_file"]),
            (
                "[phone]\nurl = \"http://x.org\"\naccount = \"AC1\"\nfrom = \"608 555 0100\"\ntoken = \"hush\"",
                &["porchlight.toml:2", "phone.url", "https://"],
            ),
            ("[push]\ncontact = \"office\"", &["porchlight.toml:2", "push.contact", "mailto:"]),
            ("[push]\nservices = \"\"", &["porchlight.toml:2", "push.services"]),
            ("[webhook]\nurl = \"https://x.org\"", &["porchlight.toml:2", "webhook.secret_file"]),
            (
                "[webhook]\nurl = \"https://x.org\"\nsecret = \"hush\"",
                &["porchlight.toml:3", "webhook.secret", "16"],
            ),
            (
                "[webhook]\nurl = \"ftp://x.org\"\nsecret = \"hush hush hush hush\"",
                &["porchlight.toml:2", "webhook.url", "https://"],
            ),
        ] {
            let error = format!("{:#}", set_up(text, &[]).unwrap_err());
            for part in wanted {
                assert!(error.contains(part), "{error:?} does not say {part:?}");
            }
            assert!(!error.contains("hush"), "{error}");
        }
    }

    #[test]
    fn no_secret_is_shown_among_the_settings() {
        let config = parse(
            "[email]\npassword = \"hush1\"\n[phone]\ntoken = \"hush2\"\n[webhook]\nsecret = \"hush3\"",
            &[("PORCHLIGHT_PHONE__TOKEN", "hush4")],
        )
        .unwrap();
        let shown = config.describe();
        assert!(!shown.contains("hush"), "{shown}");
        assert!(shown.contains("phone.token = (hidden)  (environment PORCHLIGHT_PHONE__TOKEN"), "{shown}");
    }
}
