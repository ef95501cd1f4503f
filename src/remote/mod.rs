//! Bundles from the web: fetched over HTTP, and kept as a last good copy.
//!
//! [`Fetcher::fetch`] brings a bundle into a file, with redirects, retries, resumption and limits; [`LocalCopy`]
//! keeps the last one that was good. What is inside an archive is no matter of this room.
//!
//! One fetch is a `download`: it asks (`asking`), each request on a thread of its own (`exchange`) so that a person
//! can stop it at any time, and takes in the body (`wire`, `encoding`, `body`) into a file that a later fetch can go on
//! with (`partial`). How a connection comes about is a matter of `connection`. What a failure means to the person is worked out in `cause` and worded in `error`.

mod address;
mod asking;
mod body;
mod cause;
mod clock;
mod connection;
mod digest;
mod download;
mod encoding;
mod error;
mod exchange;
mod fetcher;
mod fragment;
mod head;
mod limits;
mod local_copy;
mod network;
mod partial;
mod progress;
mod proxies;
mod reach;
mod redirect;
mod retry;
mod sniff;
mod validators;
mod watch;
mod wire;

pub use address::{Address, AddressRefused};
pub use clock::{Clock, MachineClock};
pub use digest::{NotSha256, Sha256};
pub use error::{CertificateFault, Failure, FetchError, ProxyFault, ProxyName, RedirectFault};
pub use fetcher::{Certificates, Fetched, Fetcher, NewBundle, Options};
pub use fragment::{Fragment, FragmentRefused};
pub use limits::FetchLimits;
pub use local_copy::{About, CopyError, CopyLock, LocalCopy, Refusal, Terms};
pub use network::{MachineNetwork, Network};
pub use progress::Progress;
pub use proxies::Proxies;
pub use validators::Validators;
