//! How a PostgreSQL is reached: in the clear only on this machine, and everywhere else through TLS to a server whose name a
//! known authority vouches for.

use crate::error::{Error, Result};
use postgres::config::{Host, SslMode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A server that can be connected to.
#[derive(Clone)]
pub(crate) struct Server {
    config: postgres::Config,
    /// None on this machine, where nobody asked for it.
    tls: Option<MakeRustlsConnect>,
}

/// What an address asks of TLS.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Asked {
    /// `sslmode`, as it stands there.
    mode: Option<String>,
    /// `sslrootcert`.
    authority: Option<PathBuf>,
}

impl Server {
    /// Reads an address. `sslmode` and `sslrootcert` mean what PostgreSQL's own programs mean by them, but that a server's
    /// name is always looked at.
    ///
    /// # Errors
    /// [`Error::Address`] when it can't be read, or would lead to a server elsewhere in the clear. It repeats nothing of it.
    pub(crate) fn at(address: &str) -> Result<Server> {
        let (address, asked) = split(address)?;
        let mut config: postgres::Config = address.parse().map_err(|_| {
            said("the `postgres://` address can't be read; it looks like `postgres://USER@HOST/NAME`")
        })?;
        let here = |host: &Host| match host {
            Host::Unix(_) => true,
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
            }
        };
        if config.get_hosts().is_empty() {
            return Err(said(
                "the `postgres://` address names no server; it looks like `postgres://USER@HOST/NAME`",
            ));
        }
        let is_here =
            config.get_hosts().iter().all(here) && config.get_hostaddrs().iter().all(|ip| ip.is_loopback());
        let is_tls = match asked.mode.as_deref() {
            None => !is_here,
            Some("require" | "verify-ca" | "verify-full") => true,
            Some("disable" | "allow" | "prefer") if is_here => false,
            Some("disable" | "allow" | "prefer") => {
                return Err(said(
                    "PostgreSQL is on another machine, so the connection must be encrypted: take `sslmode` out of the address, \
                     or say `sslmode=verify-full`",
                ));
            }
            Some(_) => {
                return Err(said(
                    "`sslmode` in the `postgres://` address is `verify-full`, or it is left out",
                ));
            }
        };
        config.ssl_mode(if is_tls { SslMode::Require } else { SslMode::Disable });
        config.connect_timeout(Duration::from_secs(5)).application_name("porchlight");
        let tls = if is_tls { Some(MakeRustlsConnect::new(trusting(asked.authority)?)) } else { None };
        Ok(Server { config, tls })
    }

    /// A connection. Blocks; not for a thread of an async runtime.
    ///
    /// # Errors
    /// [`Error::Unencrypted`] when the server does not speak TLS or nobody vouches for it; the client's own.
    pub(crate) fn connect(&self) -> Result<postgres::Client> {
        match &self.tls {
            None => Ok(self.config.connect(postgres::NoTls)?),
            Some(tls) => self.config.connect(tls.clone()).map_err(|error| {
                // The client tells kinds of trouble apart by words alone.
                match error.to_string().starts_with("error performing TLS handshake") {
                    true => Error::Unencrypted,
                    false => error.into(),
                }
            }),
        }
    }
}

fn said(what: &str) -> Error {
    Error::Address(what.into())
}

/// Takes out of an address what the client does not read by itself.
fn split(address: &str) -> Result<(String, Asked)> {
    let mut asked = Asked::default();
    let Some((front, back)) = address.split_once('?') else { return Ok((address.to_owned(), asked)) };
    let mut kept = Vec::new();
    for pair in back.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", mode)) => asked.mode = Some(mode.to_owned()),
            Some(("sslrootcert", "system")) => {}
            Some(("sslrootcert", path)) => asked.authority = Some(decoded(path)?.into()),
            _ => kept.push(pair),
        }
    }
    let address = if kept.is_empty() { front.to_owned() } else { format!("{front}?{}", kept.join("&")) };
    Ok((address, asked))
}

/// `%2F` and the like.
fn decoded(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        if *first == b'%' {
            let hex = others.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            bytes.push(byte.ok_or_else(|| said("`sslrootcert` in the `postgres://` address can't be read"))?);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).map_err(|_| said("`sslrootcert` in the `postgres://` address can't be read"))
}

/// Believes this authority alone, or those of the machine.
fn trusting(authority: Option<PathBuf>) -> Result<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    match authority {
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Some(file) => {
            let no = |_| said(&format!("{} (`sslrootcert`) is no certificate in PEM", file.display()));
            for one in CertificateDer::pem_file_iter(&file).map_err(no)? {
                roots
                    .add(one.map_err(no)?)
                    .map_err(|_| said("`sslrootcert` holds something that is no certificate"))?;
            }
        }
    }
    if roots.is_empty() {
        return Err(said(
            "no certificate authority is known here: install ca-certificates, or name yours by `sslrootcert`",
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|_| said("TLS can't be set up here"))?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tls(address: &str) -> Result<bool> {
        Server::at(address).map(|server| server.tls.is_some())
    }

    #[test]
    fn only_this_machine_is_reached_in_the_clear() {
        for here in [
            "postgres://porch@127.0.0.1/porch",
            "postgres://porch@localhost:5433/porch?sslmode=disable",
            "postgres://porch@[::1]/porch?sslmode=prefer&connect_timeout=3",
            "postgres://porch@%2Fvar%2Frun%2Fpostgresql/porch",
        ] {
            assert!(!tls(here).unwrap(), "{here}");
        }
        for elsewhere in [
            "postgres://porch@db.example.org/porch",
            "postgres://porch@10.0.0.4/porch?sslmode=require",
            "postgres://porch@127.0.0.1,db.example.org/porch?target_session_attrs=read-write",
            "postgres://porch@localhost/porch?hostaddr=10.0.0.4",
            "postgres://porch@127.0.0.1/porch?sslmode=verify-full",
        ] {
            assert!(tls(elsewhere).unwrap(), "{elsewhere}");
        }
    }

    #[test]
    fn what_can_not_be_is_said_and_nothing_of_the_address_is_repeated() {
        for wrong in [
            "postgres://porch:tuesday@db.example.org/porch?sslmode=disable",
            "postgres://porch:tuesday@db.example.org/porch?sslmode=prefer",
            "postgres://porch:tuesday@127.0.0.1/porch?sslmode=sometimes",
            "postgres://porch:tuesday@127.0.0.1/porch?sslmode=require&sslrootcert=/no/such/tuesday.pem%",
            "postgres://porch:tuesday@127.0.0.1:portnumber/porch",
        ] {
            let error = tls(wrong).unwrap_err();
            assert!(matches!(error, Error::Address(_)), "{wrong}: {error}");
            assert!(!error.to_string().contains("porch:tuesday"), "{error}");
        }
        let missing =
            tls("postgres://porch@127.0.0.1/porch?sslmode=require&sslrootcert=%2Fno%2Fsuch.pem").unwrap_err();
        assert!(missing.to_string().contains("/no/such.pem"), "{missing}");
    }
}
