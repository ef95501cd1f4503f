//! Fetches bundles.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use ureq::Agent;

use super::address::Address;
use super::cause::Circumstances;
use super::clock::{Clock, MachineClock};
use super::connection::{connector, fault_of_named_file};
use super::digest::Sha256;
use super::download::Download;
use super::error::{CertificateFault, FetchError, ProxyName};
use super::limits::FetchLimits;
use super::network::{Guide, MachineNetwork, Network};
use super::progress::Progress;
use super::proxies::{Proxies, Proxy};
use super::validators::Validators;
use crate::item::SafeText;

/// Fetches bundles over HTTP.
#[derive(Clone)]
pub struct Fetcher {
    options: Options,
}

/// How bundles are fetched.
#[derive(Clone)]
pub struct Options {
    /// How much a fetch may take.
    pub limits: FetchLimits,
    /// The proxies on the way.
    pub proxies: Proxies,
    /// Who is trusted to say that a site is what it says.
    pub certificates: Certificates,
    /// Where names are looked up.
    pub network: Arc<dyn Network>,
    /// Where the time is taken from.
    pub clock: Arc<dyn Clock>,
}

/// Who is trusted to say that a site is what it says.
#[derive(Debug, Clone, Default)]
pub enum Certificates {
    /// Those whom this system trusts; on Linux, those in `SSL_CERT_FILE` or `SSL_CERT_DIR` when these are set. A
    /// certificate of a site itself, in `SSL_CERT_FILE`, is trusted for that site.
    #[default]
    System,
    /// These and nobody else (X.509, DER).
    Only(Vec<Vec<u8>>),
}

/// What a fetch brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The bundle is what it was: nothing was sent.
    NotModified,
    /// A bundle, whole, in the file that was named.
    New(NewBundle),
}

/// A bundle that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBundle {
    /// What to send next time, so that an unchanged bundle costs nothing.
    pub validators: Validators,
    /// How many bytes the file has.
    pub bytes: u64,
    /// The digest of the file.
    pub sha256: Sha256,
    /// The host that it came from in the end.
    pub site: SafeText,
    /// Whether it came in several parts, after a break. Servers have been seen that call parts of two versions one.
    pub resumed: bool,
}

impl Certificates {
    /// What is wrong with what the user has said of whom to trust.
    pub(super) fn fault(&self) -> Option<CertificateFault> {
        match self {
            Self::System => fault_of_named_file(),
            Self::Only(_) => None,
        }
    }
}

impl Default for Options {
    /// The limits as they are set out, the proxies of the environment, the certificates, network and clock of this
    /// machine.
    fn default() -> Self {
        Self {
            limits: FetchLimits::default(),
            proxies: Proxies::from_environment(),
            certificates: Certificates::System,
            network: Arc::new(MachineNetwork),
            clock: Arc::new(MachineClock::default()),
        }
    }
}

impl Options {
    /// What speaks HTTP for one request.
    pub(super) fn agent(&self, proxy: Option<&Proxy>, guide: Guide) -> Agent {
        let config = Agent::config_builder()
            .proxy(proxy.and_then(Proxy::tunnel))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("rounds/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(Some(self.limits.connect))
            .timeout_connect(Some(self.limits.connect))
            .timeout_send_request(Some(self.limits.first_byte))
            .timeout_recv_response(Some(self.limits.first_byte))
            .build();
        let connector = connector(&self.certificates, proxy.and_then(Proxy::forward));
        Agent::with_parts(config, connector, guide)
    }

    /// What must be known to tell why a request failed.
    pub(super) fn circumstances<'a>(
        &'a self,
        host: &'a SafeText,
        proxy: Option<&'a ProxyName>,
    ) -> Circumstances<'a> {
        let Self { limits, certificates, network, .. } = self;
        Circumstances { limits, certificates, network, host, proxy }
    }
}

impl Fetcher {
    /// A fetcher that fetches so.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// Fetches a bundle into the file `into`, which lies beside the last good copy.
    ///
    /// `known` are the validators of that copy: when the server still holds it, [`Fetched::NotModified`] comes, and
    /// `into` is as it was. A download that broke off stays in `into`, with what is needed to go on beside it, and
    /// the next fetch goes on with it if the server still holds the same file. What is pinned is checked here;
    /// signatures and what is in the archive are not ([`super::CopyLock::replace`]).
    ///
    /// `on_progress` is called for everything that comes and at least 20 times a second while waiting. When it
    /// breaks, the fetch ends at once with [`super::Failure::Cancelled`].
    ///
    /// This blocks: call it from a thread of its own.
    ///
    /// # Errors
    ///
    /// One line that names the host, the reason and what to do. To be offline is a state rather than an error:
    /// [`FetchError::is_offline`].
    pub fn fetch(
        &self,
        address: &Address,
        known: &Validators,
        into: &Path,
        on_progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Fetched, FetchError> {
        Download::new(&self.options, address, known, into, on_progress)?.run()
    }
}
