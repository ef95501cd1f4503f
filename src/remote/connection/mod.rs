//! How a connection comes about: directly or through a proxy, with TLS where the address asks for it.
//!
//! ureq makes connections by a chain of connectors, of which each takes what the one before it made. This chain has
//! its own links where those of ureq do something else than is needed here:
//!
//! - `forward`: plain `http` through a proxy goes by the absolute address of what is asked for. ureq would ask the
//!   proxy for a tunnel, which many refuse to any port but that of `https`.
//! - `tls`: TLS with a verifier of our own (`trust`), which takes a certificate that the user has named.
//! - `interim`: what a server says before its answer is passed over.

mod forward;
mod interim;
mod tls;
mod trust;

use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};

use super::fetcher::Certificates;
use forward::ForwardConnector;
use interim::FinalConnector;
use tls::TlsConnector;

pub(super) use forward::Forward;
pub(super) use trust::fault_of_named_file;

/// Makes the connections for one request. With `forward`, its target is asked for by way of that proxy.
pub(super) fn connector(certificates: &Certificates, forward: Option<Forward>) -> impl Connector {
    ().chain(ForwardConnector(forward))
        .chain(ConnectProxyConnector::default())
        .chain(TcpConnector::default())
        .chain(TlsConnector(certificates.clone()))
        .chain(FinalConnector)
}
