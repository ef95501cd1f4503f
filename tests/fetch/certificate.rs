//! Certificates for the test server.

use std::sync::Arc;

use rcgen::{CertificateParams, CertifiedKey, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;

/// A certificate for a site, from the year 2000 to the beginning of another.
pub fn certificate(site: &str, until: i32) -> CertifiedKey<KeyPair> {
    made_for_itself(site, until, IsCa::NoCa)
}

/// A certificate that a site has made for itself, as that of an authority or not.
pub fn made_for_itself(site: &str, until: i32, is_ca: IsCa) -> CertifiedKey<KeyPair> {
    let signing_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![site.to_owned()]).unwrap();
    params.is_ca = is_ca;
    params.not_before = rcgen::date_time_ymd(2000, 1, 1);
    params.not_after = rcgen::date_time_ymd(until, 1, 1);
    let cert = params.self_signed(&signing_key).unwrap();
    CertifiedKey { cert, signing_key }
}

/// What a server needs to speak TLS with a certificate.
pub fn tls(key: &CertifiedKey<KeyPair>) -> Arc<ServerConfig> {
    let private = PrivatePkcs8KeyDer::from(key.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private.into())
        .unwrap();
    Arc::new(config)
}
