//! What a bundle on the web comes to on this machine, without a network.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sha2::Digest as _;

use super::bundle::Bundle;
use super::open::Opening;
use super::*;
use crate::edge::config::Config;
use crate::edge::homes::Homes;
use crate::remote::{
    Address, Certificates, FetchLimits, LocalCopy, MachineClock, Network, NewBundle, Options, Proxies,
    Sha256, Terms, Validators,
};
use crate::source::Limits;
use crate::source::signature::PublicKey;

const ADDRESS: &str = "https://news.example.org/health.tar.gz";
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

/// A machine that is connected to nothing.
struct Nowhere;

impl Network for Nowhere {
    fn addresses(&self, _host: &str, _port: u16) -> io::Result<Vec<SocketAddr>> {
        Err(io::Error::other("failed to lookup address information"))
    }

    fn has_route(&self) -> bool {
        false
    }
}

fn options() -> Options {
    Options {
        limits: FetchLimits { retries: 0, ..FetchLimits::default() },
        proxies: Proxies::none(),
        certificates: Certificates::Only(Vec::new()),
        network: Arc::new(Nowhere),
        clock: Arc::new(MachineClock::default()),
    }
}

fn address(text: &str) -> Address {
    Address::parse(text, false).expect(text)
}

/// A bundle whose copy lies in a folder.
fn bundle(folder: &Path, key: Option<&str>) -> Bundle {
    Bundle {
        folder: None,
        address: address(ADDRESS),
        key: key.map(|key| PublicKey::parse(key).unwrap()),
        copy: LocalCopy::at(folder),
        limits: Limits::default(),
        options: options(),
    }
}

pub fn origin(folder: &Path, key: Option<&str>) -> Origin {
    Origin { label: SafeText::new("health"), place: Place::Web(Box::new(bundle(folder, key))) }
}

/// Puts a copy in its place, as a process does that holds the lock.
pub fn bring(lock: &crate::remote::CopyLock<'_>, content: impl AsRef<[u8]>) {
    let content = content.as_ref();
    let file = lock.partial(Timestamp::now());
    fs::write(&file, content).unwrap();
    let new = NewBundle {
        validators: Validators::default(),
        bytes: content.len() as u64,
        sha256: Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(content))),
        site: address(ADDRESS).host(),
        resumed: false,
    };
    let terms = Terms { address: &address(ADDRESS), key: None };
    lock.replace(&file, terms, &new, Timestamp::now(), &|_| Ok(())).unwrap();
}

#[test]
fn to_be_offline_is_a_state_in_which_the_copy_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let origin = origin(folder.path(), None);
    let fetch = || origin.fetch(&mut |_| ControlFlow::Continue(()));
    assert_eq!(fetch(), Brought::Offline);
    assert!(origin.source().unwrap().is_none() && origin.as_of().is_none());
    bring(&LocalCopy::at(folder.path()).lock().unwrap(), "a copy");
    assert_eq!(fetch(), Brought::Offline);
    let source = origin.source().unwrap().unwrap();
    assert_eq!((source.label().as_str(), source.location().as_str()), ("health", ADDRESS));
    assert!(origin.as_of().is_some());
}

#[test]
fn what_another_process_brings_meanwhile_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (origin, copy) = (origin(folder.path(), None), LocalCopy::at(folder.path()));
    for (content, brought) in [("one", Brought::New), ("two", Brought::New), ("two", Brought::Unchanged)] {
        let other = RefCell::new(Some(copy.lock().unwrap()));
        let fetched = origin.fetch(&mut |_| {
            // This machine is offline, so all that comes is what the other one brings.
            if let Some(lock) = other.borrow_mut().take() {
                bring(&lock, content);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(fetched, brought, "{content}");
    }
}

#[test]
fn who_waits_for_another_process_can_stop() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    let _other = copy.lock().unwrap();
    let fetched = origin(folder.path(), None).fetch(&mut |_| ControlFlow::Break(()));
    assert_eq!(fetched, Brought::Cancelled);
}

#[test]
fn who_holds_the_copy_and_brings_nothing_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    let other = copy.lock().unwrap();
    let mut bundle = bundle(folder.path(), None);
    bundle.options.limits.stall = Duration::from_millis(100);
    let origin = Origin { label: SafeText::new("health"), place: Place::Web(Box::new(bundle)) };
    let fetched = origin.fetch(&mut |_| ControlFlow::Continue(()));
    let Brought::Failed(reason) = fetched else { panic!("{fetched:?}") };
    assert!(reason.contains("another Rounds is fetching this bundle now"), "{reason}");
    // While anything comes to the other one, it is waited for.
    let (partial, mut asked) = (other.partial(Timestamp::now()), 0);
    let mut other = Some(other);
    let fetched = origin.fetch(&mut |_| {
        asked += 1;
        fs::write(&partial, vec![0; asked]).unwrap();
        drop(other.take_if(|_| asked == 10));
        ControlFlow::Continue(())
    });
    assert_eq!((fetched, other.is_none()), (Brought::Offline, true));
}

#[test]
fn what_must_be_signed_has_a_catalog_of_its_own_and_no_copy_that_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (unsigned, signed) = (origin(folder.path(), None), origin(folder.path(), Some(KEY)));
    bring(&LocalCopy::at(folder.path()).lock().unwrap(), "a copy");
    assert!(unsigned.source().unwrap().is_some() && signed.source().unwrap().is_none());
    assert_eq!(signed.as_of(), None);
    assert_eq!(unsigned.location(), signed.location());
    assert_ne!(unsigned.catalog_identity(), signed.catalog_identity());
}

/// Opens what is typed on a machine with this configuration.
fn open_with(config: &str, typed: &[&str]) -> Result<Opened, OpenError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, config).unwrap();
    let typed: Vec<OsString> = typed.iter().map(Into::into).collect();
    Opening::new(Homes::of_this_user(), Config::read(&file), false).open(&typed)
}

#[test]
fn a_source_has_the_name_of_the_configuration_or_of_its_file_or_host() {
    let config = format!("[sources.health]\nlocation = '{ADDRESS}'\nkey = '{KEY}'\n");
    let cases = [
        ("health", "health", ADDRESS),
        // By whatever way it is opened, it must be signed.
        (ADDRESS, "health", ADDRESS),
        ("https://me:s3cret@news.example.org/health.tar.gz", "health", ADDRESS),
        (
            "https://example.org/n%C3%A9ws.zip?token=1",
            "néws.zip",
            "https://example.org/n%C3%A9ws.zip?token=1",
        ),
        ("https://example.org:8443/", "example.org:8443", "https://example.org:8443/"),
        ("http://localhost:1/%1b%5B2J.zip", ".zip", "http://localhost:1/%1b%5B2J.zip"),
    ];
    for (typed, label, location) in cases {
        let opened = open_with(&config, &[typed]).unwrap();
        let origin = &opened.origins[0];
        assert_eq!((origin.label().as_str(), origin.location().as_str()), (label, location), "{typed}");
        let identity = origin.catalog_identity().unwrap();
        assert_eq!(identity.ends_with(KEY), label == "health", "{typed}");
    }
    let twice = open_with(&config, &["health", ADDRESS, "https://example.org/x.zip"]).unwrap();
    assert_eq!(twice.origins.len(), 2);
    let sample = open_with("", &[]).unwrap();
    assert!(sample.is_sample && sample.origins[0].source().unwrap().is_some());
}

#[test]
fn what_is_named_on_several_terms_is_opened_on_the_strictest() {
    let lax = format!("[sources.lax]\nlocation = '{ADDRESS}'\n");
    let both = format!("{lax}[sources.strict]\nlocation = '{ADDRESS}'\nkey = '{KEY}'\n");
    let broken = format!("{lax}[sources.strict]\nlocation = '{ADDRESS}'\nkey = 'RWQ'\n");
    let pinned = format!("{ADDRESS}#sha256={}", "0".repeat(64));
    let terms = |config: &str, typed: &[&str]| {
        let opened = open_with(config, typed).unwrap();
        assert_eq!(opened.origins.len(), 1, "{typed:?}");
        let identity = opened.origins[0].catalog_identity();
        identity.map(|identity| identity.lines().skip(1).map(str::len).collect::<Vec<_>>())
    };
    assert_eq!(terms("", &[ADDRESS, &pinned]), Some(vec![64]));
    assert_eq!(terms("", &[&pinned, ADDRESS]), Some(vec![64]));
    assert_eq!(terms(&both, &[]), Some(vec![KEY.len()]));
    assert_eq!(terms(&both, &[ADDRESS]), Some(vec![KEY.len()]));
    assert_eq!(terms(&both, &["lax", &pinned]), Some(vec![KEY.len(), 64]));
    // A key that is wrong must not let in what is not signed.
    assert_eq!(terms(&broken, &[]), None);
}

#[test]
fn a_pin_that_is_typed_adds_to_the_terms_of_the_configuration() {
    let [one, other] = ["1", "2"].map(|digit| digit.repeat(64));
    let with_password = "https://me:s3cret@news.example.org/health.tar.gz";
    let open = |location: &str, pin: &str| {
        let config = format!("[sources.health]\nlocation = '{location}'\nkey = '{KEY}'\n");
        open_with(&config, &[&format!("{ADDRESS}#sha256={pin}")])
    };
    for location in [with_password.to_owned(), format!("{with_password}#sha256={one}")] {
        let opened = open(&location, &one).unwrap();
        let Place::Web(bundle) = &opened.origins[0].place else { panic!("{opened:?}") };
        assert_eq!(bundle.terms_text(), format!("{KEY}\n{one}"));
        let expected = address(&format!("{with_password}#sha256={one}"));
        assert!(bundle.address == expected, "the password is sent as well");
    }
    let refused = open(&format!("{ADDRESS}#sha256={one}"), &other).unwrap_err();
    assert!(refused.to_string().contains("pins this address to another content"), "{refused}");
    let short = open(&format!("{ADDRESS}#sha256=1"), &one).unwrap();
    assert!(short.origins[0].source().unwrap_err().to_string().contains("is not a sha256"));
}

#[test]
fn a_source_that_is_not_understood_is_not_opened_by_its_name_or_address() {
    let cases = [
        format!("[sources.bad]\nlocation = '{ADDRESS}'\nkye = '{KEY}'\n"),
        format!("[sources.bad]\nlocaton = '{ADDRESS}'\nkey = '{KEY}'\n"),
        format!("[[sources.bad]]\nlocation = '{ADDRESS}'\nkey = '{KEY}'\n"),
        format!("[bad.x]\nlocation = '{ADDRESS}'\nkey = '{KEY}'\n"),
        format!(
            "[sources.bad]\nlocation = '{ADDRESS}'\nkye = '{KEY}'\n[sources.good]\nlocation = '{ADDRESS}'\n"
        ),
    ];
    let pinned = format!("https://me@news.example.org/health.tar.gz#sha256={}", "0".repeat(64));
    for config in cases {
        for typed in [&[][..], &["bad"], &[ADDRESS], &[&pinned]] {
            let opened = open_with(&config, typed).unwrap();
            assert_eq!((opened.origins.len(), opened.is_sample), (1, false), "{config}{typed:?}");
            let said = opened.origins[0].source().unwrap_err().to_string();
            assert!(said.starts_with("bad: ") && said.contains("config.toml, line "), "{said}");
            assert_eq!(opened.notices, [], "it is not said twice");
        }
        let other = open_with(&config, &["https://news.example.org/other.zip"]).unwrap();
        assert!(other.origins[0].source().unwrap().is_none() && other.notices.len() == 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let opened = open_with(&format!("[sources.list]\nlocation = '{path}'\n"), &[path]).unwrap();
    assert!(opened.origins[0].source().unwrap_err().to_string().contains("name of a command"));
}

#[test]
fn where_the_configuration_cannot_be_read_only_places_on_this_machine_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let broken = format!("[sources.health]\nlocation = '{ADDRESS}'\nkey = {KEY}\n");
    for typed in [&[][..], &["health"], &[ADDRESS], &[path, ADDRESS], &["not/there"]] {
        let error = open_with(&broken, typed).unwrap_err();
        assert!(matches!(error, OpenError::Config(_)), "{typed:?}: {error}");
        assert!(error.to_string().contains("config.toml, line 3: "), "{error}");
    }
    let opened = open_with(&broken, &[path]).unwrap();
    assert!(opened.origins[0].source().unwrap().is_some());
    assert!(opened.notices[0].contains("config.toml, line 3: "), "{:?}", opened.notices);
}

#[test]
fn what_is_wrong_with_a_configured_source_is_told_when_it_is_read_and_costs_no_other() {
    let cases = [
        ("location = 'http://news.example.org/x.zip'", "bad: plain http can be read"),
        ("location = 'ftp://me:s3cret@news.example.org/x.zip'", "bad: only http and https"),
        (
            "location = 'https://news.example.org/x.zip'\nkey = 'RWQ'",
            "bad: its key cannot be used: this is no",
        ),
        (
            "location = '/'\nkey = 'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3'",
            "only an archive",
        ),
        ("location = '/not/there'", "/not/there: there is no file or folder"),
    ];
    for (bad, reason) in cases {
        let config =
            format!("[sources.bad]\n{bad}\n[sources.good]\nlocation = '{ADDRESS}'\n[limits]\nratoi = 1");
        let opened = open_with(&config, &[]).unwrap();
        let said = opened.origins[0].source().unwrap_err().to_string();
        assert!(said.contains(reason) && !said.contains("s3cret"), "{said}");
        assert!(!opened.origins[0].location().contains("s3cret"));
        assert!(opened.origins[1].source().unwrap().is_none());
        assert!(opened.notices.iter().any(|notice| notice.contains("limits.ratoi = 1 is not a limit")));
    }
}

/// A folder as a source.
pub(in crate::edge) fn folder(path: &Path) -> Origin {
    let local = Local::at(path, Limits::default(), None);
    Origin { label: local.label().clone(), place: Place::Local(Box::new(local)) }
}
