//! A machine of a clinician, from which bundles are fetched.

use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rcgen::{CertifiedKey, KeyPair};
use rounds::remote::{
    Address, Certificates, Clock, FetchError, FetchLimits, Fetched, Fetcher, Network, NewBundle, Options,
    Progress, Proxies, Sha256, Validators,
};
use sha2::Digest as _;

use crate::server::Server;

pub const SITE: &str = "news.example.org";
pub const BUNDLE: &[u8] = b"PK\x03\x04 a bundle, as good as any other for what is tested here";

/// A clinician's machine, from which a bundle is fetched.
pub struct Visit {
    pub options: Options,
    clock: Arc<TestClock>,
    folder: tempfile::TempDir,
}

/// Does not wait: what is slept is added to the time.
struct TestClock {
    started: Instant,
    slept: Mutex<Duration>,
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.started.elapsed() + *self.slept.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        *self.slept.lock().unwrap() += time;
    }
}

/// Looks up names as the test says.
struct TestNetwork<F> {
    look_up: F,
    route: bool,
}

impl<F: Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync> Network for TestNetwork<F> {
    fn addresses(&self, host: &str, _port: u16) -> io::Result<Vec<SocketAddr>> {
        (self.look_up)(host)
    }

    fn has_route(&self) -> bool {
        self.route
    }
}

impl Visit {
    /// Every name leads to this server.
    pub fn to(server: &Server) -> Self {
        let address = server.address;
        let mut visit = Self::nowhere();
        visit.look_up(move |_| Ok(vec![address]));
        visit
    }

    pub fn nowhere() -> Self {
        let clock = Arc::new(TestClock { started: Instant::now(), slept: Mutex::default() });
        let limits = FetchLimits {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(5),
            stall: Duration::from_secs(5),
            ..FetchLimits::default()
        };
        let shared: Arc<dyn Clock> = clock.clone();
        let options = Options {
            limits,
            proxies: Proxies::none(),
            certificates: Certificates::Only(Vec::new()),
            network: Arc::new(TestNetwork { look_up: |_: &str| Ok(Vec::new()), route: true }),
            clock: shared,
        };
        Self { options, clock, folder: tempfile::tempdir().unwrap() }
    }

    pub fn look_up(&mut self, look_up: impl Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static) {
        self.network(look_up, true);
    }

    pub fn network(
        &mut self,
        look_up: impl Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
        route: bool,
    ) {
        self.options.network = Arc::new(TestNetwork { look_up, route });
    }

    pub fn trust(&mut self, key: &CertifiedKey<KeyPair>) {
        self.options.certificates = Certificates::Only(vec![key.cert.der().to_vec()]);
    }

    pub fn proxy(&mut self, variable: &'static str, address: &'static str) {
        self.options.proxies =
            Proxies::from_variables(&|name| (name == variable).then(|| address.to_owned()));
    }

    pub fn partial(&self) -> PathBuf {
        self.folder.path().join("partial")
    }

    pub fn kept(&self) -> Vec<u8> {
        fs::read(self.partial()).unwrap_or_default()
    }

    pub fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    pub fn slept(&self) -> Duration {
        *self.clock.slept.lock().unwrap()
    }

    pub fn fetch_with(
        &self,
        address: &str,
        known: &Validators,
        on_progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Fetched, FetchError> {
        let address = Address::parse(address, true).expect("an address");
        Fetcher::new(self.options.clone()).fetch(&address, known, &self.partial(), on_progress)
    }

    pub fn fetch_known(&self, address: &str, known: &Validators) -> Result<Fetched, FetchError> {
        self.fetch_with(address, known, &mut |_| ControlFlow::Continue(()))
    }

    pub fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        self.fetch_known(address, &Validators::default())
    }

    pub fn brings_new(&self, address: &str) -> NewBundle {
        match self.fetch(address) {
            Ok(Fetched::New(new)) => new,
            other => panic!("{address}: {other:?}"),
        }
    }

    pub fn fails(&self, address: &str) -> String {
        let line = self.fetch(address).expect_err(address).to_string();
        assert!(!line.contains('\n'), "{line}");
        line
    }
}

pub fn long_bundle() -> Vec<u8> {
    (0..200_000_u32).map(|number| u8::try_from(number % 251).unwrap()).collect()
}

pub fn digest(bytes: &[u8]) -> Sha256 {
    Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(bytes)))
}

/// Bytes that do not pack.
pub fn noise() -> Vec<u8> {
    (0..100_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}
