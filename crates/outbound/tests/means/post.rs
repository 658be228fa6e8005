//! A mail server on this machine.

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// How it behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Plain,
    /// Offers STARTTLS.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Does not offer the TLS that it should.
    Stripped,
    /// Says nothing.
    Silent,
    /// Speaks something else.
    Babbles,
    /// Answers the recipient like this.
    Recipient(&'static str),
    /// Answers the sign-in like this.
    SignIn(&'static str),
    /// Hangs up in the middle of the letter.
    HangsUp,
}

#[derive(Clone, Default)]
pub struct Letter {
    pub signed_in: Option<String>,
    pub protected: bool,
    pub to: String,
    pub text: String,
}

pub struct Post {
    pub port: u16,
    /// The certificate it shows, for who wants to believe it.
    pub pem: String,
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl Post {
    pub async fn open(manner: Manner) -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let certificate = CertificateDer::from(made.cert.der().to_vec());
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let tls = TlsAcceptor::from(Arc::new(config));
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = letters.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, kept) = (tls.clone(), kept.clone());
                tokio::spawn(async move {
                    let mut letter = Letter::default();
                    let done = if manner == Manner::Tls {
                        let Ok(stream) = tls.accept(stream).await else { return };
                        letter.protected = true;
                        talk(BufReader::new(stream), manner, true, &mut letter).await.1
                    } else {
                        let (stream, next) = talk(BufReader::new(stream), manner, true, &mut letter).await;
                        if next == Next::Turn {
                            let Ok(stream) = tls.accept(stream.into_inner()).await else { return };
                            letter.protected = true;
                            talk(BufReader::new(stream), manner, false, &mut letter).await.1
                        } else {
                            next
                        }
                    };
                    if done == Next::Kept {
                        kept.lock().unwrap().push(letter);
                    }
                });
            }
        });
        Post { port, pem: made.cert.pem(), letters }
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }
}

#[derive(PartialEq, Eq)]
enum Next {
    Turn,
    Kept,
    Gone,
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: BufReader<S>,
    manner: Manner,
    greet: bool,
    letter: &mut Letter,
) -> (BufReader<S>, Next) {
    macro_rules! say {
        ($text:expr) => {
            if stream.write_all($text.as_bytes()).await.is_err() || stream.flush().await.is_err() {
                return (stream, Next::Gone);
            }
        };
    }
    match manner {
        Manner::Silent => std::future::pending::<()>().await,
        Manner::Babbles => {
            say!("\u{1}\u{2} who is there?\r\n");
            return (stream, Next::Gone);
        }
        _ if greet => say!("220 localhost ESMTP\r\n"),
        _ => {}
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return (stream, Next::Gone);
        }
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            let offers = match (manner, letter.protected) {
                (Manner::StartTls, false) => "250-localhost\r\n250 STARTTLS\r\n",
                _ => "250-localhost\r\n250 AUTH PLAIN LOGIN\r\n",
            };
            say!(offers);
        } else if upper.starts_with("STARTTLS") {
            say!("220 go ahead\r\n");
            return (stream, Next::Turn);
        } else if upper.starts_with("AUTH PLAIN") {
            if let Manner::SignIn(answer) = manner {
                say!(answer);
            } else {
                letter.signed_in = Some(line.trim().rsplit(' ').next().unwrap().to_string());
                say!("235 welcome\r\n");
            }
        } else if upper.starts_with("RCPT TO") {
            letter.to = line.trim().to_string();
            say!(if let Manner::Recipient(answer) = manner { answer } else { "250 ok\r\n" });
        } else if upper.starts_with("DATA") {
            say!("354 go on\r\n");
            loop {
                line.clear();
                if stream.read_line(&mut line).await.unwrap_or(0) == 0 || manner == Manner::HangsUp {
                    return (stream, Next::Gone);
                }
                if line == ".\r\n" {
                    break;
                }
                letter.text += &line;
            }
            say!("250 kept\r\n");
            return (stream, Next::Kept);
        } else {
            say!("250 ok\r\n");
        }
    }
}
