//! Whom to believe that a server is who it says.

use crate::SetupFault;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::sync::Arc;

/// The certificate authorities that are believed: those of the machine, and those of a file, for an agency whose mail
/// server has a certificate of its own.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    more: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Those of the machine, and those in this text too (PEM).
    ///
    /// # Errors
    /// [`SetupFault::Roots`] when there is none in it that can be read.
    pub fn and(pem: &str) -> Result<Roots, SetupFault> {
        let more: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| SetupFault::Roots)?;
        if more.is_empty() { Err(SetupFault::Roots) } else { Ok(Roots { more }) }
    }

    /// In the form the mail library wants.
    pub(crate) fn more(&self) -> &[CertificateDer<'static>] {
        &self.more
    }

    /// How a client speaks TLS.
    pub(crate) fn client(&self) -> Result<rustls::ClientConfig, SetupFault> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots.add_parsable_certificates(self.more.iter().cloned());
        if roots.is_empty() {
            return Err(SetupFault::NoRoots);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        Ok(rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| SetupFault::NoRoots)?
            .with_root_certificates(roots)
            .with_no_client_auth())
    }
}
