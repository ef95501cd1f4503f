//! Why a bundle could not be fetched, and what to do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::digest::Sha256;
use super::progress::time;
use crate::item::{ByteCount, SafeText, counted};
use crate::source::{raise, reason};

/// What to do about a download that was not finished.
const RESUMES: &str = "Fetch again; it goes on where it stopped if the server allows that";

/// Why a bundle could not be fetched. It reads as one line: the host, the reason and what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{host}: {failure}")]
pub struct FetchError {
    /// The host that was asked, and the one it led to when that is where things went wrong.
    host: SafeText,
    failure: Failure,
}

/// The reasons why a bundle could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Nothing outside this machine can be reached. This is a state, not an error.
    #[error(
        "this computer is offline. What was fetched before stays readable; fetch again when it is online"
    )]
    Offline,
    /// The name of the host means nothing.
    #[error("there is no site of this name. Check the spelling of the address")]
    NoSuchHost,
    /// Nobody listens there.
    #[error("the server does not accept connections. Check the address, or try again later")]
    Refused,
    /// No connection came about in time.
    #[error("the server did not answer within {} (limits.connect_seconds). Try again later", time(*.0))]
    NoAnswer(Duration),
    /// It took the request, and said nothing.
    #[error("the server sent nothing for {} (limits.first_byte_seconds). Try again later", time(*.0))]
    Silent(Duration),
    /// The download stood still.
    #[error("the download stalled for {} (limits.stall_seconds). {RESUMES}", time(*.0))]
    Stalled(Duration),
    /// The whole took too long.
    #[error("it took longer than {} (limits.whole_seconds). {RESUMES}; on a slow line, {}", time(*.0), raise("limits.whole_seconds"))]
    TooSlow(Duration),
    /// The connection broke before all was there.
    #[error("the connection broke off{}. {RESUMES}", after(*bytes, *total))]
    Cut {
        /// How many bytes had come.
        bytes: u64,
        /// How many there are.
        total: Option<u64>,
    },
    /// The certificate of the site is not good.
    #[error("{0}")]
    Certificate(CertificateFault),
    /// No secure connection came about for another reason.
    #[error("no secure connection could be made ({0}). Try another network, or tell the owner of the site")]
    Tls(SafeText),
    /// The proxy failed.
    #[error("{0}")]
    Proxy(ProxyFault),
    /// The server does not take the name and password that it was given.
    #[error(
        "the server does not accept the name and the password in the address (status 401). Correct them there, or ask the publisher of the bundle"
    )]
    WrongPassword,
    /// The server answered with a status that is no bundle.
    #[error("{}", status_text(*status))]
    Status {
        /// The status (RFC 9110, section 15).
        status: u16,
    },
    /// The server is busy, and says when to come back, later than can be waited for.
    #[error("the server is busy and asks to wait {}. Fetch again after that", time(*.0))]
    Busy(Duration),
    /// A web page came, as from a network that wants people to sign in.
    #[error(
        "a web page came in place of the bundle. If this network asks you to sign in, do so in a browser and fetch again; otherwise check the address"
    )]
    WebPage,
    /// A feed came, which is another thing.
    #[error(
        "this is a feed (RSS or Atom), which Rounds does not read. Ask its publisher for a bundle of the items"
    )]
    Feed,
    /// Nothing came.
    #[error("the server sent an empty file. Tell its publisher")]
    Empty,
    /// It leads from one address to the next, without end.
    #[error(
        "it redirects more than {} (limits.redirects). Check the address, or tell the owner of the site",
        counted(*.0, "time", "times")
    )]
    Redirects(u32),
    /// It leads to where Rounds does not go.
    #[error("{0}")]
    Redirect(RedirectFault),
    /// More bytes come over the wire than may.
    #[error("the bundle is larger than {} (limits.wire_bytes). If you trust it, {}", ByteCount(*.0), raise("limits.wire_bytes"))]
    WireBytes(u64),
    /// More bytes come out of the transfer encoding than may.
    #[error("the bundle grows beyond {} when unpacked (limits.decoded_bytes). If you trust it, {}", ByteCount(*.0), raise("limits.decoded_bytes"))]
    DecodedBytes(u64),
    /// The bytes are not in the encoding that the server says.
    #[error(
        "what came is damaged: it is not the {0} that the server says it is. Fetch again, or tell the owner of the site"
    )]
    Encoding(SafeText),
    /// The server spoke no HTTP that makes sense.
    #[error("the server's answer makes no sense ({0}). Check the address, or tell the owner of the site")]
    Protocol(SafeText),
    /// What came is not what the address pins.
    #[error(
        "what came is not the bundle that the address pins (its sha256 begins with {}, not {}). Ask its publisher for the new address",
        .found.short(), .pinned.short()
    )]
    Digest {
        /// What the address says.
        pinned: Sha256,
        /// What came.
        found: Sha256,
    },
    /// The download could not be kept.
    #[error(
        "the download could not be written to {} ({}). Make room there, or check that you may write",
        SafeText::of(path.display()),
        reason(error)
    )]
    Disk {
        /// Where it was to be kept.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// This machine has nothing left to fetch with.
    #[error("the download could not be started ({}). Close other programs and fetch again", reason(.0))]
    Machine(io::Error),
    /// A person stopped it.
    #[error("the download was stopped. {RESUMES}")]
    Cancelled,
}

/// What is wrong with the certificate of a site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateFault {
    /// Its time is over, or has not come, by the clock of this computer.
    #[error(
        "its certificate is not valid today. Check this computer's date; if it is right, tell the owner of the site"
    )]
    Date,
    /// It belongs to another site.
    #[error(
        "its certificate belongs to another site. Check the address; if this network asks you to sign in, do so in a browser and fetch again"
    )]
    OtherSite,
    /// Nobody that this computer trusts vouches for it.
    #[error(
        "its certificate is not one that this computer trusts. If this network asks you to sign in, do so in a browser and fetch again; otherwise ask your IT department"
    )]
    Untrusted,
    /// This computer trusts nobody.
    #[error(
        "this computer has no certificates to check the site with. Install the package ca-certificates, or set SSL_CERT_FILE"
    )]
    NoneHere,
    /// The file that should say whom this computer trusts cannot be read.
    #[error(
        "SSL_CERT_FILE names {file}, which could not be read ({reason}), so no site is trusted. Correct the variable, or unset it"
    )]
    FileUnreadable {
        /// The file, as it may be shown.
        file: SafeText,
        /// What the system said.
        reason: SafeText,
    },
    /// The file that should say whom this computer trusts says nothing.
    #[error(
        "SSL_CERT_FILE names {file}, which has no certificate in it, so no site is trusted. Name a file of certificates in PEM form, or unset the variable"
    )]
    FileEmpty {
        /// The file, as it may be shown.
        file: SafeText,
    },
}

/// What is wrong with the proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyFault {
    /// The variable does not hold an address.
    #[error(
        "the proxy in {variable} is not an address such as http://proxy.example.org:3128. Correct the variable"
    )]
    Address {
        /// The variable of the environment.
        variable: &'static str,
    },
    /// It cannot be reached.
    #[error("the proxy {proxy} cannot be reached. Check {}, or ask your IT department", proxy.variable)]
    Unreachable {
        /// The proxy.
        proxy: ProxyName,
    },
    /// It wants a name and password.
    #[error(
        "the proxy {proxy} asks for a name and a password. Set {}=http://name:password@host:port",
        proxy.variable
    )]
    SignIn {
        /// The proxy.
        proxy: ProxyName,
    },
    /// It does not take the name and password that it was given.
    #[error(
        "the proxy {proxy} does not accept the name and the password in {}. Correct them there",
        proxy.variable
    )]
    WrongPassword {
        /// The proxy.
        proxy: ProxyName,
    },
    /// It was asked, and cannot reach the site.
    #[error(
        "the proxy {proxy} cannot reach this site (status {status}). Check the address, or try again in a few minutes"
    )]
    SiteUnreachable {
        /// The proxy.
        proxy: ProxyName,
        /// The status that it answered with.
        status: u16,
    },
    /// It was reached, and hung up.
    #[error("the proxy {proxy} hung up without an answer. Check {}, or ask your IT department", proxy.variable)]
    Silent {
        /// The proxy.
        proxy: ProxyName,
    },
    /// It does not let this site through.
    #[error(
        "the proxy {proxy} does not let you through to this site (status {status}). Ask your IT department to allow it"
    )]
    Blocked {
        /// The proxy.
        proxy: ProxyName,
        /// The status that it answered with.
        status: u16,
    },
}

/// A proxy, as it may be shown: its host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyName {
    /// Host and port.
    pub host: SafeText,
    /// The variable of the environment that names it.
    pub variable: &'static str,
    /// Whether a name and a password for it stand there too.
    pub has_password: bool,
}

impl fmt::Display for ProxyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.host.fmt(formatter)
    }
}

/// Why a redirect is not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectFault {
    /// From `https` to `http`.
    #[error(
        "it redirects to plain http, which Rounds does not follow. If this network asks you to sign in, do so in a browser and fetch again"
    )]
    Weaker,
    /// To something that is not on the web.
    #[error("it redirects to a {0}: address, which Rounds does not follow. Tell the owner of the site")]
    Scheme(SafeText),
    /// To this computer or a private network, from outside of it.
    #[error(
        "it redirects to {0}, inside your own network, which Rounds does not follow. Give the address there if you trust it"
    )]
    Nearer(SafeText),
    /// To nowhere.
    #[error("it redirects to something that is not an address. Tell the owner of the site")]
    Nowhere,
}

impl FetchError {
    /// The error for a failure at `host`, to which `asked` had led.
    pub(super) fn new(asked: &SafeText, host: &SafeText, failure: Failure) -> Self {
        let host = if asked == host {
            asked.clone()
        } else {
            SafeText::of(format_args!("{asked} (redirected to {host})"))
        };
        Self { host, failure }
    }

    /// Why it failed.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// Whether this computer is offline: a state to show, not an error to report.
    pub fn is_offline(&self) -> bool {
        matches!(self.failure, Failure::Offline)
    }

    /// Whether a person stopped the fetch.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.failure, Failure::Cancelled)
    }
}

impl Failure {
    /// Whether what was downloaded so far is still worth keeping.
    pub(super) fn keeps_partial(&self) -> bool {
        !matches!(
            self,
            Self::WireBytes(_)
                | Self::DecodedBytes(_)
                | Self::Encoding(_)
                | Self::Digest { .. }
                // On a full disk, what is half there is in the way.
                | Self::Disk { .. }
                | Self::Status { status: 404 | 410 }
        )
    }
}

/// How far a download came before it broke off, as the end of a clause.
fn after(bytes: u64, total: Option<u64>) -> String {
    match total {
        _ if bytes == 0 => String::new(),
        Some(total) => format!(" after {}", ByteCount(bytes).of(ByteCount(total))),
        None => format!(" after {}", ByteCount(bytes)),
    }
}

/// What a status means to a reader, and what to do.
fn status_text(status: u16) -> String {
    let meaning = match status {
        401 => "it asks for a name and a password. Write them into the address: https://name:password@host/…",
        403 => "it does not allow you to fetch this. Ask its publisher for access",
        404 => "there is nothing at this address. Check its spelling, or ask its publisher",
        407 => "a proxy asks for a name and a password. Ask your IT department which",
        410 => "the bundle was taken away for good. Ask its publisher for a new address",
        429 => "the server has had too many requests. Try again in a few minutes",
        451 => "the bundle is withheld for legal reasons. Ask its publisher",
        511 => "this network asks you to sign in. Do so in a browser, and fetch again",
        502..=504 => "the server is out of order for now. Try again in a few minutes",
        500..=599 => "the server failed. Try again later, or tell the owner of the site",
        _ => "the server did not send the bundle. Check the address, or tell the owner of the site",
    };
    let (reason, advice) = meaning.split_once(". ").unwrap_or((meaning, ""));
    format!("{reason} (status {status}). {advice}")
}
