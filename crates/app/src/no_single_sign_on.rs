//! A build without single sign-on: there is never a provider.

use crate::App;

/// What no such build has.
#[derive(Clone)]
pub enum SingleSignOn {}

impl App {
    /// None: this build has no single sign-on.
    pub fn single_sign_on(&self) -> Option<&str> {
        self.single_sign_on.as_ref().map(|provider| match *provider {})
    }
}
