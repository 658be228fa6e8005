//! What the provider of single sign-on is asked: what it is, which keys it signs with, and who somebody is there.
//!
//! The protocol is OpenID Connect's authorization code flow with PKCE. It is `openidconnect`'s; the requests go through our own
//! careful client, and the clock and what is random come from whoever asks.

use crate::http::{self, Client};
use crate::{Roots, Secret, SetupFault, Trouble};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, SignatureVerificationError,
    TokenResponse,
};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long what a provider says of itself is believed before somebody is sent there. Whoever comes back is checked with what it
/// says then.
const KNOWN: SignedDuration = SignedDuration::from_mins(10);
/// How far the provider's clock may be ahead of ours.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// How a token may be signed: by a key of the provider that only it holds. Not with a secret that both know, and not at all never.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How the provider is set up.
#[derive(Debug, Clone)]
pub struct SingleSignOn {
    /// The provider's own name, an address: https, unless it is this machine.
    pub issuer: String,
    /// What the provider calls us.
    pub client_id: String,
    /// What both sides know.
    pub client_secret: Secret,
    /// Where the provider sends people back to.
    pub back: String,
    /// What the provider calls having asked for two factors (`acr`), where it has a name of its own for it. It is asked for.
    pub both_factors: Option<String>,
}

/// Where somebody goes on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onward(pub String);

/// What the provider says of somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Who they are there: means nothing elsewhere.
    pub subject: String,
    /// Whether it asked them for two factors.
    pub both_factors: bool,
}

/// Why nobody can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// The provider can't be asked now.
    #[error("the provider can't be asked: {0:?}")]
    Down(Trouble),
    /// What it answered is not to be believed; why, in words that name nobody.
    #[error("the provider's answer is not taken: {0}")]
    Wrong(&'static str),
}

/// The provider of single sign-on. Cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    back: RedirectUrl,
    both_factors: Option<AuthenticationContextClass>,
    asks: Asks,
    known: Mutex<Option<(Timestamp, Arc<CoreProviderMetadata>)>>,
}

/// The careful client, as the library wants it.
struct Asks(Client);

impl<'c> AsyncHttpClient<'c> for Asks {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Trouble>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            // Where to ask is in part what the provider said.
            let request = self.0.request(request).ok_or(Trouble::Strange)?;
            let answer = http::ask_whole(request).await?;
            let mut response = HttpResponse::new(answer.body);
            *response.status_mut() = answer.status;
            match answer.status.is_server_error() {
                true => Err(Trouble::Failing),
                false => Ok(response),
            }
        })
    }
}

impl Provider {
    /// Sets the provider up. Nothing is asked yet.
    ///
    /// # Errors
    /// [`SetupFault::Issuer`] when that can't be the address of one.
    pub fn new(settings: SingleSignOn, roots: &Roots, patience: Duration) -> Result<Provider, SetupFault> {
        let SingleSignOn { issuer, client_id, client_secret, back, both_factors } = settings;
        http::server(&issuer).ok_or(SetupFault::Issuer)?;
        Ok(Provider(Arc::new(Inner {
            issuer: IssuerUrl::new(issuer).map_err(|_| SetupFault::Issuer)?,
            client_id: ClientId::new(client_id),
            client_secret: ClientSecret::new(client_secret.expose().to_owned()),
            back: RedirectUrl::new(back).map_err(|_| SetupFault::Issuer)?,
            both_factors: both_factors.map(AuthenticationContextClass::new),
            asks: Asks(Client::new(roots, patience)?),
            known: Mutex::default(),
        })))
    }

    /// The provider's own name.
    pub fn issuer(&self) -> &str {
        self.0.issuer.as_str()
    }

    /// What the provider says of itself, and its keys, asked now.
    async fn ask(&self, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, ProviderFault> {
        let found = CoreProviderMetadata::discover_async(self.0.issuer.clone(), &self.0.asks).await;
        let found = Arc::new(found.map_err(|error| match error {
            DiscoveryError::Request(trouble) => ProviderFault::Down(trouble),
            DiscoveryError::Validation(_) => ProviderFault::Wrong("it calls itself by another name"),
            _ => ProviderFault::Down(Trouble::Strange),
        })?);
        *self.0.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, found.clone()));
        Ok(found)
    }

    /// Where somebody goes to say who they are. What is given comes back with them (`state`), or lies in what the provider signs
    /// (`nonce`), or is shown to it later (`verifier`, 43 characters or more).
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn onward(
        &self,
        now: Timestamp,
        state: String,
        nonce: String,
        verifier: String,
    ) -> Result<Onward, ProviderFault> {
        let known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // A clock that was set back makes nothing last longer.
        let fresh = known.filter(|(asked, _)| *asked <= now && now.duration_since(*asked) < KNOWN);
        let about = match fresh {
            Some((_, about)) => about,
            None => self.ask(now).await?,
        };
        if !http::is_protected(about.authorization_endpoint().url()) {
            return Err(ProviderFault::Wrong("its page is not protected by TLS"));
        }
        let client = CoreClient::from_provider_metadata((*about).clone(), self.0.client_id.clone(), None)
            .set_redirect_uri(self.0.back.clone());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
        // Beside who somebody is, nothing is asked for: no name, no address.
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge);
        if let Some(both) = &self.0.both_factors {
            request = request.add_auth_context_value(both.clone());
        }
        Ok(Onward(request.url().0.into()))
    }

    /// Who somebody is that came back with this code.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn who(
        &self,
        now: Timestamp,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<Said, ProviderFault> {
        let about = self.ask(now).await?;
        let of_us = about.token_endpoint_auth_methods_supported();
        let in_the_body = of_us.is_some_and(|known| {
            !known.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && known.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        let secret = Some(self.0.client_secret.clone());
        let client = CoreClient::from_provider_metadata((*about).clone(), self.0.client_id.clone(), secret)
            .set_redirect_uri(self.0.back.clone())
            .set_auth_type(if in_the_body { AuthType::RequestBody } else { AuthType::BasicAuth });
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| ProviderFault::Wrong("it gives no tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.0.asks)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(trouble) => ProviderFault::Down(trouble),
                RequestTokenError::ServerResponse(_) => ProviderFault::Wrong("it takes the code for none"),
                _ => ProviderFault::Wrong("its token does not read"),
            })?;
        let token = answer.id_token().ok_or(ProviderFault::Wrong("it says nothing of anybody"))?;
        let at = SystemTime::from(now);
        // As if we shared no secret with it: a token counts by the provider's own key alone.
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.0.client_id.clone(),
            self.0.issuer.clone(),
            about.jwks().clone(),
        )
        .set_allowed_algs(SIGNED_BY)
        .set_time_fn(move || at.into())
        .set_issue_time_verifier_fn(move |made| match SystemTime::from(made) <= at + AHEAD {
            true => Ok(()),
            false => Err(String::new()),
        });
        let claims =
            token.claims(&verifier, &Nonce::new(nonce)).map_err(|fault| ProviderFault::Wrong(why(&fault)))?;
        // RFC 8176: "mfa" is the provider's word for more than one factor.
        let methods =
            claims.auth_method_refs().is_some_and(|all| all.iter().any(|one| one.as_str() == "mfa"));
        let class =
            self.0.both_factors.is_some() && claims.auth_context_ref() == self.0.both_factors.as_ref();
        Ok(Said { subject: claims.subject().as_str().to_owned(), both_factors: methods || class })
    }
}

/// In words that name nobody: the library's own hold what was sent.
fn why(fault: &ClaimsVerificationError) -> &'static str {
    use SignatureVerificationError as Signature;
    match fault {
        ClaimsVerificationError::Expired(_) => "its token has run out",
        ClaimsVerificationError::InvalidAudience(_) => "its token is for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "its token is of another provider",
        ClaimsVerificationError::InvalidNonce(_) => "its token answers another question",
        ClaimsVerificationError::SignatureVerification(Signature::NoSignature) => "its token is not signed",
        ClaimsVerificationError::SignatureVerification(Signature::DisallowedAlg(_)) => {
            "its token is signed in a way that does not count"
        }
        ClaimsVerificationError::SignatureVerification(_) => "its token is not signed by a key of its own",
        _ => "its token is not as it should be",
    }
}
