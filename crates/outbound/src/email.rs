//! E-mail over SMTP.

use crate::address::EmailAddress;
use crate::http::is_this_machine;
use crate::outcome::{Outcome, Refusal, Trouble};
use crate::{Notice, Roots, Secret, SetupFault};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// How what is sent is protected on its way to the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// The connection begins in the clear and must turn to TLS (port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Tls,
    /// None. Only to a mail server on this machine.
    None,
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct Email {
    /// Its host name.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub protection: Protection,
    /// Name and password, if it wants them.
    pub sign_in: Option<(String, Secret)>,
    /// Who sends, such as `Porchlight <porch@example.org>`.
    pub from: String,
}

pub(crate) struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Sender {
    pub(crate) fn new(settings: Email, roots: &Roots, patience: Duration) -> Result<Sender, SetupFault> {
        let Email { server, port, protection, sign_in, from } = settings;
        if server.is_empty() || server.contains(|letter: char| letter.is_whitespace() || letter == '/') {
            return Err(SetupFault::MailServer);
        }
        let from: Mailbox = from.parse().map_err(|_| SetupFault::Sender)?;
        let parameters = || {
            let mut builder = TlsParameters::builder(server.clone());
            for root in roots.more() {
                let root = Certificate::from_der(root.to_vec()).map_err(|_| SetupFault::Roots)?;
                builder = builder.add_root_certificate(root);
            }
            builder.build_rustls().map_err(|_| SetupFault::NoRoots)
        };
        let tls = match protection {
            Protection::StartTls => Tls::Required(parameters()?),
            Protection::Tls => Tls::Wrapper(parameters()?),
            Protection::None if is_this_machine(&server) => Tls::None,
            Protection::None => return Err(SetupFault::Unprotected),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server)
            .port(port)
            .tls(tls)
            .timeout(Some(patience));
        if let Some((name, password)) = sign_in {
            transport = transport.credentials(Credentials::new(name, password.expose().to_owned()));
        }
        Ok(Sender { transport: transport.build(), from })
    }

    pub(crate) async fn send(&self, to: &EmailAddress, notice: &Notice, link: &str) -> Outcome {
        let id = format!("<{}@{}>", notice.id(), self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.0.clone()))
            .subject(notice.title())
            // The same when it is sent twice, so that a mailbox may show it once.
            .message_id(Some(id))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(notice.letter(link));
        let Ok(message) = message else { return Outcome::Refused(Refusal::Address) };
        match self.transport.send(message).await {
            Ok(_) => Outcome::Accepted { reference: None },
            Err(error) => judge(&error),
        }
    }
}

/// What a failure means. The library's error holds what the server said, which may hold an address.
fn judge(error: &lettre::transport::smtp::Error) -> Outcome {
    if error.is_permanent() {
        // 53x: we may not send. Anything else of that kind is about this mailbox.
        let code = error.status().map_or(0, u16::from);
        return Outcome::Refused(if (530..=539).contains(&code) { Refusal::Setup } else { Refusal::Address });
    }
    Outcome::TryAgain(if error.is_transient() {
        Trouble::Failing
    } else if error.is_timeout() {
        Trouble::NoAnswer
    } else if error.is_response() || error.is_tls() || error.is_client() {
        Trouble::Strange
    } else {
        Trouble::Unreachable
    })
}

/// Tells mailboxes that no human wrote it, so that none answers "I am away".
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_string())
    }
}
