//! How names become addresses, and which of them may be connected to.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::reach::Reach;

/// What a fetch asks the machine about its network. A test has one of its own.
pub trait Network: Send + Sync {
    /// Looks up the addresses of a host.
    fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;

    /// Whether there is any way out of this machine.
    fn has_route(&self) -> bool;
}

/// The network of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct MachineNetwork;

impl Network for MachineNetwork {
    fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }

    /// To connect a UDP socket sends nothing; it only asks the system for a way. The addresses are those set aside
    /// for documentation, which are nobody's (RFC 5737, RFC 3849).
    fn has_route(&self) -> bool {
        let leads = |from: &str, to: &str| {
            UdpSocket::bind((from, 0)).and_then(|socket| socket.connect((to, 9))).is_ok()
        };
        leads("0.0.0.0", "192.0.2.1") || leads("::", "2001:db8::1")
    }
}

/// Looks up names for one request, and lets no redirect lead nearer to this machine than it may.
pub(super) struct Guide {
    pub(super) network: Arc<dyn Network>,
    /// The host that is asked for. A proxy has another one, and may be anywhere.
    pub(super) host: String,
    /// The nearest that the host may be.
    pub(super) nearest: Reach,
    /// How near it is: set once it has been looked up.
    pub(super) found: Arc<OnceLock<Reach>>,
    /// The proxy that looks up the host, where it is asked for it in plain text.
    pub(super) forward: Option<Uri>,
}

/// What the guide found wrong.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// The name could not be looked up.
    #[error("the name could not be looked up")]
    Name(io::Error),
    /// The host is nearer than it may be.
    #[error("the host is nearer than it may be")]
    Nearer,
}

impl Guide {
    /// Looks up a name on a thread of its own, since nothing else can end what the system does not.
    fn look_up(&self, host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let (network, host) = (Arc::clone(&self.network), host.to_owned());
        thread::Builder::new()
            .name("look-up".into())
            .spawn(move || drop(sender.send(network.addresses(&host, port))))?;
        match receiver.recv_timeout(*timeout.after) {
            Ok(found) => found.map_err(|error| lost(Lost::Name(error))),
            Err(_) => Err(ureq::Error::Timeout(timeout.reason)),
        }
    }
}

impl Resolver for Guide {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let (host, is_forwarded) = (uri.host().unwrap_or_default(), self.forward.is_some());
        if self.forward.as_ref().is_some_and(|proxy| proxy != uri) {
            return Ok(self.empty());
        }
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let found = self.look_up(host.trim_matches(['[', ']']), uri.port_u16().unwrap_or(usual), timeout)?;
        if host == self.host && !is_forwarded {
            let reaches = || found.iter().map(|address| Reach::of(address.ip()));
            if reaches().any(|reach| reach < self.nearest) {
                return Err(lost(Lost::Nearer));
            }
            // A site may list addresses that are not its own. The farthest of them is what it is trusted by.
            let _ = self.found.set(reaches().max().unwrap_or(Reach::World));
        }
        let mut addresses = self.empty();
        // As many as the answer of ureq has room for.
        for address in found.into_iter().take(16) {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

fn lost(lost: Lost) -> ureq::Error {
    ureq::Error::Other(Box::new(lost))
}

impl std::fmt::Debug for Guide {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Guide").field("host", &self.host).finish_non_exhaustive()
    }
}
