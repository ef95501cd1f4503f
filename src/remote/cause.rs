//! What an error of the network means to the person who fetches.

use std::error::Error;
use std::io;
use std::sync::Arc;

use rustls::CertificateError;
use ureq::Timeout;

use super::error::{CertificateFault, Failure, ProxyFault, ProxyName, RedirectFault};
use super::fetcher::Certificates;
use super::head::Head;
use super::limits::FetchLimits;
use super::network::{Lost, Network};
use crate::item::SafeText;

/// What must be known of a request to tell why it failed.
pub(super) struct Circumstances<'a> {
    pub(super) limits: &'a FetchLimits,
    pub(super) certificates: &'a Certificates,
    pub(super) network: &'a Arc<dyn Network>,
    /// The host that was asked, as it may be shown.
    pub(super) host: &'a SafeText,
    /// The proxy that was to lead there, as it may be shown.
    pub(super) proxy: Option<&'a ProxyName>,
}

impl Circumstances<'_> {
    /// Why a request failed.
    pub(super) fn failure(&self, error: ureq::Error) -> Failure {
        match error {
            ureq::Error::Timeout(timeout) => self.timeout(timeout),
            ureq::Error::HostNotFound => self.unknown_name(None),
            ureq::Error::ConnectProxyFailed(answer) => self.proxy_answer(&answer),
            ureq::Error::ConnectionFailed | ureq::Error::BodyStalled => {
                Failure::Cut { bytes: 0, total: None }
            }
            ureq::Error::Io(error) => self.io(&error),
            ureq::Error::Other(other) => match other.downcast::<Lost>().as_deref() {
                Ok(Lost::Name(error)) => self.unknown_name(Some(error)),
                Ok(Lost::Nearer) => Failure::Redirect(RedirectFault::Nearer(self.host.clone())),
                Err(other) => protocol(other.as_ref()),
            },
            other => protocol(&other),
        }
    }

    fn timeout(&self, timeout: Timeout) -> Failure {
        match timeout {
            // Where even a name gets no answer, nothing does.
            Timeout::Resolve => Failure::Offline,
            Timeout::SendRequest | Timeout::RecvResponse => Failure::Silent(self.limits.first_byte),
            _ => self.unreachable().unwrap_or(Failure::NoAnswer(self.limits.connect)),
        }
    }

    /// The failure to reach the proxy, when there is one to reach.
    fn unreachable(&self) -> Option<Failure> {
        let proxy = self.proxy?.clone();
        Some(Failure::Proxy(ProxyFault::Unreachable { proxy }))
    }

    fn io(&self, error: &io::Error) -> Failure {
        use io::ErrorKind::{
            ConnectionAborted, ConnectionRefused, ConnectionReset, HostUnreachable, NetworkDown,
            NetworkUnreachable, TimedOut,
        };
        match error.kind() {
            NetworkDown | NetworkUnreachable => Failure::Offline,
            HostUnreachable if !self.network.has_route() => Failure::Offline,
            ConnectionRefused => self.unreachable().unwrap_or(Failure::Refused),
            HostUnreachable | TimedOut => {
                self.unreachable().unwrap_or(Failure::NoAnswer(self.limits.connect))
            }
            ConnectionReset
            | ConnectionAborted
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::BrokenPipe => Failure::Cut { bytes: 0, total: None },
            _ => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                Some(error) => self.tls(error),
                None => protocol(error),
            },
        }
    }

    /// Why there is no secure connection.
    fn tls(&self, error: &rustls::Error) -> Failure {
        use CertificateError::{
            Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        };
        let fault = match error {
            rustls::Error::InvalidCertificate(fault) => match fault {
                Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => {
                    return Failure::Certificate(CertificateFault::Date);
                }
                NotValidForName | NotValidForNameContext { .. } => {
                    return Failure::Certificate(CertificateFault::OtherSite);
                }
                _ => CertificateFault::Untrusted,
            },
            // The only general error there is: the verifier of the system found no certificates.
            rustls::Error::General(_) => CertificateFault::NoneHere,
            other => return Failure::Tls(SafeText::of(other)),
        };
        // When the user has named a file of certificates that cannot be used, that is the reason.
        Failure::Certificate(self.certificates.fault().unwrap_or(fault))
    }

    /// Why a name could not be looked up. The system says in words only whether it does not exist or whether there
    /// was nobody to ask (`EAI_AGAIN`).
    fn unknown_name(&self, error: Option<&io::Error>) -> Failure {
        let nobody_to_ask = error.is_some_and(|error| {
            let words = error.to_string();
            let unreachable =
                matches!(error.kind(), io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown);
            unreachable || words.contains("Temporary failure") || words.contains("Try again")
        });
        if nobody_to_ask || !self.network.has_route() {
            return Failure::Offline;
        }
        self.unreachable().unwrap_or(Failure::NoSuchHost)
    }

    /// Why a proxy did not lead to the site: ureq tells its status in words.
    fn proxy_answer(&self, answer: &str) -> Failure {
        let Some(proxy) = self.proxy.cloned() else { return Failure::Cut { bytes: 0, total: None } };
        let status = answer.rsplit(' ').next().and_then(|status| status.split('/').next());
        Failure::Proxy(match status.and_then(|status| status.parse::<u16>().ok()) {
            Some(status) => refused(proxy, status),
            None => ProxyFault::Silent { proxy },
        })
    }

    /// What the status of an answer means that brings no bundle. A proxy that was asked in plain text may have answered
    /// itself. With `has_password`, a name and a password for the site were sent.
    pub(super) fn status(&self, head: &Head, has_password: bool) -> Failure {
        let status = head.status.as_u16();
        match (status, self.proxy) {
            (407, Some(proxy)) => Failure::Proxy(refused(proxy.clone(), status)),
            (403 | 502..=504, Some(proxy)) if head.is_of_proxy() => {
                Failure::Proxy(refused(proxy.clone(), status))
            }
            (401, _) if has_password => Failure::WrongPassword,
            _ => Failure::Status { status },
        }
    }
}

/// What it means that a proxy does not lead to a site, by its status.
fn refused(proxy: ProxyName, status: u16) -> ProxyFault {
    match status {
        407 if proxy.has_password => ProxyFault::WrongPassword { proxy },
        407 => ProxyFault::SignIn { proxy },
        502..=504 => ProxyFault::SiteUnreachable { proxy, status },
        _ => ProxyFault::Blocked { proxy, status },
    }
}

fn protocol(error: &dyn Error) -> Failure {
    Failure::Protocol(SafeText::of(error))
}
