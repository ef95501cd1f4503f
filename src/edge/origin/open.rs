//! Opens what was named, or what the configuration names, or the sample.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::bundle::Bundle;
use super::local::Local;
use super::{Origin, Place};
use crate::edge::config::{Config, ConfigError, NamedSource, UnusableSource, is_address};
use crate::edge::homes::Homes;
use crate::edge::sources::{UnknownSource, Wanted, is_there, wanted};
use crate::item::SafeText;
use crate::reader::MarkRead;
use crate::remote::{Address, AddressRefused, FetchLimits, LocalCopy, Options};
use crate::source::signature::PublicKey;
use crate::source::{Limits, Location, Source, SourceError, clean_folder};

/// What is typed for what comes by standard input.
const STANDARD_INPUT: &str = "-";

/// Whether a location holds a pin.
fn is_pinned(location: &str) -> bool {
    location.split_once('#').is_some_and(|(_, fragment)| fragment.to_ascii_lowercase().contains("sha256="))
}

/// What was opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// The sources in the order in which they were named, each place once: if it was named on several terms, on the
    /// strictest of them.
    pub origins: Vec<Arc<Origin>>,
    /// What is to be said of the configuration.
    pub notices: Vec<SafeText>,
    /// Whether it is the sample, because nothing was named and nothing is configured.
    pub is_sample: bool,
    /// When articles are marked as read, where the configuration says so.
    pub mark_read: Option<MarkRead>,
}

/// Why nothing can be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A word names nothing.
    #[error(transparent)]
    Unknown(#[from] UnknownSource),
    /// What is at a path cannot be opened.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// What comes by standard input cannot be read.
    #[error("standard input: {0}")]
    StandardInput(io::Error),
    /// An address can never be fetched.
    #[error("{address}: {reason}")]
    Address {
        /// As it was typed, without name and password.
        address: SafeText,
        /// Why not, and what to type.
        reason: AddressRefused,
    },
    /// The configuration cannot be read, so it is not known what a name means, and what must be signed.
    #[error(transparent)]
    Config(ConfigError),
    /// There is no place for copies.
    #[error("there is no home directory to keep bundles from the web in. Set HOME, and try again")]
    NoHome,
}

/// Opens the sources that were named; or all that are configured, where none was named; or else the sample. Nothing is
/// fetched. Plain `http` is only accepted with `allow_http`, where the configuration allows it, or when it leads to
/// this machine.
///
/// # Errors
///
/// When something that was named is nothing that can be opened; when the configuration cannot be read, and anything else
/// than places on this machine was named. What is wrong with a configured source is told by
/// [`Origin::source`], so that it costs no other.
pub fn open(typed: &[OsString], allow_http: bool) -> Result<Opened, OpenError> {
    let homes = Homes::of_this_user();
    let config = homes.as_ref().map_or_else(|| Ok(Default::default()), |homes| Config::read(&homes.config()));
    Opening::new(homes, config, allow_http).open(typed)
}

/// The limits of fetching and of reading that are configured. What is no limit is said.
pub fn limits(config: &mut Config, notices: &mut Vec<SafeText>) -> (FetchLimits, Limits) {
    let limits = (config.limits.take(), config.limits.take());
    notices.extend(config.limits.left());
    limits
}

/// What must be known to open sources.
pub(super) struct Opening {
    homes: Option<Homes>,
    config: Config,
    /// Why there is none, though there should be one.
    broken: Option<ConfigError>,
    notices: Vec<SafeText>,
    allow_http: bool,
    fetching: FetchLimits,
    reading: Limits,
}

impl Opening {
    pub(super) fn new(
        homes: Option<Homes>,
        config: Result<(Config, Vec<SafeText>), ConfigError>,
        allow_http: bool,
    ) -> Self {
        let (mut config, mut notices, broken) = match config {
            Ok((config, notices)) => (config, notices, None),
            Err(error) => (Config::default(), vec![error.sentence()], Some(error)),
        };
        let (fetching, reading) = limits(&mut config, &mut notices);
        Self { homes, config, broken, notices, allow_http, fetching, reading }
    }

    pub(super) fn open(mut self, typed: &[OsString]) -> Result<Opened, OpenError> {
        if typed.is_empty() || !typed.iter().all(|typed| self.is_place(typed)) {
            self.broken.take().map_or(Ok(()), |error| Err(OpenError::Config(error)))?;
        }
        let found = wanted(typed, &self.config, |path| {
            path == STANDARD_INPUT || is_there(path) || self.is_known(path)
        })?;
        let is_sample = matches!(found.as_slice(), [Wanted::Sample]);
        let mut origins: Vec<Arc<Origin>> = Vec::new();
        for wanted in found {
            let origin = match wanted {
                Wanted::Sample => local(Local::sample()?),
                Wanted::Named(source) => self.named(&source)?,
                Wanted::Unusable(source) => unusable(&source),
                Wanted::Location(typed) => self.typed(&typed)?,
            };
            match origins.iter_mut().find(|other| other.location() == origin.location()) {
                Some(other) if origin.is_stricter_than(other) => *other = Arc::new(origin),
                Some(_) => {}
                None => origins.push(Arc::new(origin)),
            }
        }
        // What a source says of itself when it is read need not be said twice.
        let said = |notice: &SafeText| origins.iter().any(|origin| origin.is_unusable_by(notice));
        self.notices.retain(|notice| !said(notice));
        Ok(Opened { origins, notices: self.notices, is_sample, mark_read: self.config.mark_read })
    }

    /// Whether what was typed is a path on this machine, whatever the configuration says.
    fn is_place(&self, typed: &OsStr) -> bool {
        let path = Path::new(typed);
        typed == STANDARD_INPUT
            || !is_address(&typed.to_string_lossy()) && (is_there(path) || self.is_known(path))
    }

    /// Whether the items of a folder that is not there now are known from before.
    fn is_known(&self, path: &Path) -> bool {
        let location = Source::absent(path).location();
        self.homes.as_ref().is_some_and(|homes| homes.catalog(&location).exists())
    }

    /// A source that has a name. It is opened whatever is wrong with it, and says what that is when it is read.
    fn named(&self, source: &NamedSource) -> Result<Origin, OpenError> {
        let label = SafeText::clone(&source.name);
        let unusable = |reason: String| Origin {
            label: label.clone(),
            place: Place::Unusable {
                location: Address::shown(&source.location).to_string(),
                reason: SafeText::new(&reason),
            },
        };
        let key = match source.key.as_deref().map(PublicKey::parse).transpose() {
            Ok(key) => key,
            Err(reason) => return Ok(unusable(format!("its key cannot be used: {reason}"))),
        };
        if !is_address(&source.location) {
            let local = Local::at(Path::new(&source.location), self.reading, key);
            return Ok(Origin { label, place: Place::Local(Box::new(local)) });
        }
        match Address::parse(&source.location, source.allow_http || self.allow_http) {
            Ok(address) => Ok(Origin { label: label.clone(), place: self.bundle(address, key)? }),
            Err(reason) => Ok(unusable(reason.to_string())),
        }
    }

    /// What was typed: an address or a path. When it leads to a configured source, it is that source: what must be signed
    /// or of one content must be so by whatever way it is opened.
    fn typed(&self, typed: &OsStr) -> Result<Origin, OpenError> {
        if typed == STANDARD_INPUT {
            return Local::standard_input(self.reading).map(local).map_err(OpenError::StandardInput);
        }
        if let Some(text) = typed.to_str().filter(|text| is_address(text)) {
            return self.address(text);
        }
        let path = Path::new(typed);
        let opened = Location::parse(typed).and_then(|location| Source::open_within(&location, self.reading));
        match opened {
            Err(SourceError::Missing { .. }) if self.is_known(path) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let found = Local::at(path, self.reading, None);
        let is_it = |location: &str| {
            let known = Local::at(Path::new(location), self.reading, None);
            !is_address(location) && known.location() == found.location()
        };
        match self.configured(is_it) {
            Some(Configured::Named(source)) => self.named(source),
            Some(Configured::Unusable(source)) => Ok(unusable(source)),
            None => Ok(local(found)),
        }
    }

    /// The source of the configuration that is at a location: one that must not be opened before any other, and then one
    /// that must be signed, or of one content.
    fn configured(&self, is_it: impl Fn(&str) -> bool) -> Option<Configured<'_>> {
        let lost = self.config.unusable.iter();
        let mut lost = lost.filter(|source| source.locations.iter().any(|location| is_it(location)));
        let is_open = |source: &&NamedSource| (source.key.is_none(), !is_pinned(&source.location));
        let named =
            || self.config.sources.iter().filter(|source| is_it(&source.location)).min_by_key(is_open);
        lost.next().map(Configured::Unusable).or_else(|| named().map(Configured::Named))
    }

    /// An address that was typed.
    fn address(&self, text: &str) -> Result<Origin, OpenError> {
        let refused = |reason| OpenError::Address { address: Address::shown(text), reason };
        let typed = Address::parse(text, true).map_err(refused)?;
        let location = typed.to_string();
        let is_it = |known: &str| {
            // What is wrong with its pin makes it no other address.
            let known = known.split_once('#').map_or(known, |(known, _)| known);
            Address::parse(known, true).is_ok_and(|known| known.to_string() == location)
        };
        let known = match self.configured(is_it) {
            Some(Configured::Unusable(source)) => return Ok(unusable(source)),
            Some(Configured::Named(source)) => Some(source),
            None => None,
        };
        let allow_http = self.allow_http || known.is_some_and(|source| source.allow_http);
        let address = Address::parse(text, allow_http).map_err(refused)?;
        let Some(source) = known else {
            let label = address.file_name().unwrap_or_else(|| address.host());
            return Ok(Origin { label, place: self.bundle(address, None)? });
        };
        // A pin that is typed adds to the terms of the configuration, and takes nothing from them.
        let mut origin = self.named(source)?;
        if let (Place::Web(bundle), Some(folder)) = (&mut origin.place, typed.folder().and_then(clean_folder))
        {
            bundle.folder = Some(folder);
        }
        if let (Place::Web(bundle), Some(pin)) = (&mut origin.place, typed.pin()) {
            bundle.address.pin_to(pin).map_err(refused)?;
        }
        Ok(origin)
    }

    fn bundle(&self, address: Address, key: Option<PublicKey>) -> Result<Place, OpenError> {
        let homes = self.homes.as_ref().ok_or(OpenError::NoHome)?;
        let copy = LocalCopy::at(homes.copy(&address.to_string()));
        let options = Options { limits: self.fetching.clone(), ..Options::default() };
        let folder = address.folder().and_then(clean_folder);
        Ok(Place::Web(Box::new(Bundle { address, folder, key, copy, limits: self.reading, options })))
    }
}

/// What the configuration has at a location.
enum Configured<'a> {
    Named(&'a NamedSource),
    Unusable(&'a UnusableSource),
}

fn unusable(source: &UnusableSource) -> Origin {
    let location = source.locations.first().map_or_else(|| source.label.clone(), |text| Address::shown(text));
    let reason = SafeText::new(source.notice.trim_end_matches('.'));
    Origin { label: source.label.clone(), place: Place::Unusable { location: location.to_string(), reason } }
}

fn local(local: Local) -> Origin {
    Origin { label: local.label().clone(), place: Place::Local(Box::new(local)) }
}
