//! Who is trusted to say that a site is what it says.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};

use crate::item::SafeText;
use crate::remote::error::CertificateFault;
use crate::remote::fetcher::Certificates;
use crate::source::reason;

/// The variable in which a user names a file of certificates to trust (OpenSSL, `SSL_CTX_set_default_verify_paths`).
const FILE: &str = "SSL_CERT_FILE";

/// How to speak TLS, and whom to trust.
pub(super) fn client_config(certificates: &Certificates) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let (inner, named) = match certificates {
        Certificates::System => (system(&provider)?, named_certificates()),
        Certificates::Only(known) => only(known, &provider)?,
    };
    let verifier = Arc::new(Verifier { inner, named });
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// The verifier of this system; on Linux one that trusts the certificates in `SSL_CERT_FILE` and `SSL_CERT_DIR`, where
/// these are set.
fn system(provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    Ok(Arc::new(rustls_platform_verifier::Verifier::new(Arc::clone(provider))?))
}

/// A verifier that trusts these certificates and no others.
fn only(
    known: &[Vec<u8>],
    provider: &Arc<CryptoProvider>,
) -> Result<(Arc<dyn ServerCertVerifier>, Vec<CertificateDer<'static>>), Error> {
    let named: Vec<_> = known.iter().map(|known| CertificateDer::from(known.clone())).collect();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(named.iter().cloned());
    let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider));
    let inner = inner.build().map_err(|error| Error::General(error.to_string()))?;
    Ok((inner, named))
}

/// The file that `SSL_CERT_FILE` names.
fn named_file() -> Option<PathBuf> {
    env::var_os(FILE).map(PathBuf::from)
}

/// The certificates in the file that `SSL_CERT_FILE` names.
fn named_certificates() -> Vec<CertificateDer<'static>> {
    let found = named_file().and_then(|file| CertificateDer::pem_file_iter(file).ok());
    found.into_iter().flatten().flatten().collect()
}

/// What is wrong with the file that `SSL_CERT_FILE` names, where that is why no site is trusted.
pub(in crate::remote) fn fault_of_named_file() -> Option<CertificateFault> {
    let path = named_file()?;
    let file = SafeText::of(path.display());
    match std::fs::read(&path) {
        Err(error) => Some(CertificateFault::FileUnreadable { file, reason: reason(&error) }),
        Ok(_) if named_certificates().is_empty() => Some(CertificateFault::FileEmpty { file }),
        Ok(_) => None,
    }
}

/// Trusts whom the verifier within it trusts, and beside that the very certificates that were named.
///
/// A server that shows its own certificate, made for itself, is usually an authority by that certificate as well
/// (`openssl req -x509` makes it so). The verifier within takes no authority for a server. A user who
/// names the certificate of a server means that server, and OpenSSL and curl take it so.
#[derive(Debug)]
struct Verifier {
    inner: Arc<dyn ServerCertVerifier>,
    named: Vec<CertificateDer<'static>>,
}

impl Verifier {
    /// Whether the only thing wrong with a certificate is that it is that of an authority, and it was named.
    ///
    /// The verifier has looked at its dates before, but not at its name.
    fn is_named_authority(&self, certificate: &CertificateDer<'_>, error: &Error) -> bool {
        let Error::InvalidCertificate(CertificateError::Other(OtherError(fault))) = error else {
            return false;
        };
        let is_authority = fault.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity);
        is_authority && self.named.iter().any(|named| named == certificate)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(error) if self.is_named_authority(end_entity, &error) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
