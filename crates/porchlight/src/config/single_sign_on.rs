//! The settings of single sign-on: `docs/running.md` is the guide.

use super::Config;
use porchlight_app::App;

/// The longest name that fits on a button, in letters.
#[cfg(feature = "single-sign-on")]
const NAME: usize = 40;

#[cfg(feature = "single-sign-on")]
impl Config {
    /// Checks what can be checked without reading a file.
    pub(super) fn check_single_sign_on(&self) -> anyhow::Result<()> {
        self.second_factor().map(drop)
    }

    /// With the agency's provider, if there is one.
    ///
    /// # Errors
    /// Names the setting that is wrong or missing, and never repeats the secret.
    pub fn with_single_sign_on(&self, app: App) -> anyhow::Result<App> {
        use porchlight_app::single_sign_on::{BACK, SingleSignOn};
        use porchlight_outbound::single_sign_on::{Provider, SingleSignOn as Settings};

        const ISSUER: &str = "single_sign_on.issuer";
        if !self.is_set(ISSUER) {
            return Ok(app);
        }
        self.needs(ISSUER, "single_sign_on.client_id")?;
        self.needs(ISSUER, "single_sign_on.name")?;
        let name = self.value("single_sign_on.name").trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(self.wrong("single_sign_on.name"));
        }
        let both = self.value("single_sign_on.second_factor_acr");
        let settings = Settings {
            issuer: self.value(ISSUER).trim().to_owned(),
            client_id: self.value("single_sign_on.client_id").to_owned(),
            client_secret: self.secret(
                ISSUER,
                "single_sign_on.client_secret",
                "single_sign_on.client_secret_file",
            )?,
            back: format!("{}{BACK}", self.public_url()?),
            both_factors: (!both.is_empty()).then(|| both.to_owned()),
        };
        let provider =
            Provider::new(settings, &self.roots()?, self.patience()?).map_err(|fault| self.fault(&fault))?;
        let second_factor = self.second_factor()?;
        Ok(app.with_single_sign_on(SingleSignOn { name, second_factor, provider }))
    }

    fn second_factor(&self) -> anyhow::Result<porchlight_app::single_sign_on::SecondFactor> {
        use porchlight_app::single_sign_on::SecondFactor;
        match self.value("single_sign_on.second_factor") {
            "own" => Ok(SecondFactor::Own),
            "provider" => Ok(SecondFactor::Provider),
            _ => Err(self.wrong("single_sign_on.second_factor")),
        }
    }
}

#[cfg(not(feature = "single-sign-on"))]
impl Config {
    pub(super) fn check_single_sign_on(&self) -> anyhow::Result<()> {
        if self.is_set("single_sign_on.issuer") {
            let place = self.place("single_sign_on.issuer");
            anyhow::bail!(
                "{place}: single_sign_on.issuer is set, and this program was built without single sign-on"
            );
        }
        Ok(())
    }

    /// There is never a provider.
    ///
    /// # Errors
    /// None here; with single sign-on there are some.
    pub fn with_single_sign_on(&self, app: App) -> anyhow::Result<App> {
        Ok(app)
    }
}

#[cfg(all(test, feature = "single-sign-on"))]
mod tests {
    use super::super::tests::parse;
    use porchlight_app::{App, RealIds, SystemClock};
    use porchlight_store::seal::{KeyRing, Keys};
    use porchlight_store::{Address, Options, Store};
    use std::sync::Arc;

    fn set_up(text: &str) -> anyhow::Result<Option<String>> {
        let folder = tempfile::tempdir()?;
        let address = Address::Sqlite(folder.path().join("porchlight.sqlite"));
        let clock = || porchlight_app::Clock::now(&SystemClock);
        let store = Store::open(&address, Options::new(Arc::new(clock)))?;
        let keys = Keys::new(KeyRing::generate()?);
        let app =
            App::new(store, keys, crate::packs::library(None)?, Arc::new(SystemClock), Arc::new(RealIds))?;
        let app = parse(text, &[])?.with_single_sign_on(app)?;
        Ok(app.single_sign_on().map(str::to_owned))
    }

    const WHOLE: &str = "[single_sign_on]\nissuer = \"https://sign-in.example.org\"\nclient_id = \"porch\"\n\
                         client_secret = \"hush hush\"\nname = \"Riverbend account\"\n";

    #[test]
    fn there_is_none_until_somebody_sets_it_up() {
        assert_eq!(set_up("").unwrap(), None);
        assert_eq!(set_up(WHOLE).unwrap().as_deref(), Some("Riverbend account"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_the_secret_is_not_repeated() {
        for (from, to, wanted) in [
            (
                "https://sign-in",
                "http://sign-in",
                &["porchlight.toml:2", "single_sign_on.issuer", "https://"][..],
            ),
            ("https://sign-in.example.org", "sign-in", &["porchlight.toml:2", "single_sign_on.issuer"]),
            ("client_id = \"porch\"\n", "", &["porchlight.toml:2", "single_sign_on.client_id"]),
            (
                "client_secret = \"hush hush\"\n",
                "",
                &["porchlight.toml:2", "single_sign_on.client_secret_file"],
            ),
            ("name = \"Riverbend account\"\n", "", &["porchlight.toml:2", "single_sign_on.name"]),
            ("Riverbend", &*"R".repeat(40), &["porchlight.toml:5", "single_sign_on.name", "40"]),
            (
                "name =",
                "second_factor = \"theirs\"\nname =",
                &["porchlight.toml:5", "single_sign_on.second_factor", "own", "provider"],
            ),
        ] {
            let text = WHOLE.replace(from, to);
            assert_ne!(text, WHOLE);
            let error = format!("{:#}", set_up(&text).unwrap_err());
            for part in wanted {
                assert!(error.contains(part), "{error:?} does not say {part:?}");
            }
            assert!(!error.contains("hush"), "{error}");
        }
        let shown = parse(WHOLE, &[]).unwrap().describe();
        assert!(!shown.contains("hush"), "{shown}");
    }
}
