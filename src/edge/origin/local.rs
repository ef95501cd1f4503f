//! A source on this machine.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::item::SafeText;
use crate::source::signature::PublicKey;
use crate::source::{Limits, Location, Source, SourceError};

/// A folder, an item file, an archive, or the sample.
pub(super) struct Local {
    /// As it was named; `None` for the sample.
    path: Option<PathBuf>,
    key: Option<PublicKey>,
    limits: Limits,
    location: String,
    label: SafeText,
    kind: Kind,
    /// The folder or file on this machine that holds it.
    place: Option<PathBuf>,
}

/// What it was when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Also what is not there now: a folder of a drive that is not plugged in.
    Directory,
    Archive,
    /// A file or the sample, which are read as quickly as any catalog.
    Small,
}

impl Local {
    /// The items built into the program.
    pub(super) fn sample() -> Result<Self, SourceError> {
        let source = Source::open(&Location::Sample)?;
        let (location, label) = (source.location(), source.label());
        let (path, key, place) = (None, None, None);
        Ok(Self { path, key, limits: Limits::default(), location, label, kind: Kind::Small, place })
    }

    /// What is at a path. With a key, only what is signed with it is ever read.
    pub(super) fn at(path: &Path, limits: Limits, key: Option<PublicKey>) -> Self {
        // What cannot be opened now has a name and a place all the same.
        let found = Location::parse(path.as_os_str());
        let place = found.as_ref().ok().and_then(|found| Some(found.place()?.to_owned()));
        let opened = found.and_then(|found| Source::open_within(&found, limits));
        let source = opened.unwrap_or_else(|_| Source::absent(path));
        let kind = match source.directory() {
            Some(_) => Kind::Directory,
            None if source.is_archive() => Kind::Archive,
            None => Kind::Small,
        };
        let (location, label) = (source.location(), source.label());
        let place = Some(place.unwrap_or_else(|| path.to_owned()));
        Self { path: Some(path.to_owned()), key, limits, location, label, kind, place }
    }

    pub(super) fn label(&self) -> &SafeText {
        &self.label
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) fn has_catalog(&self) -> bool {
        self.kind != Kind::Small
    }

    /// What must be so for it to be read, as a text that is another one for other terms.
    pub(super) fn terms(&self) -> String {
        self.key.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    pub(super) fn directory(&self) -> Option<PathBuf> {
        self.place.clone().filter(|_| self.kind == Kind::Directory)
    }

    pub(super) fn file(&self) -> Option<PathBuf> {
        self.place.clone().filter(|_| self.kind != Kind::Directory)
    }

    pub(super) fn is_single_file(&self) -> bool {
        self.path.is_some() && self.kind == Kind::Small
    }

    /// When its folder or file was last changed.
    pub(super) fn changed(&self) -> Option<Timestamp> {
        let modified = fs::metadata(self.place.as_deref()?).and_then(|metadata| metadata.modified());
        Timestamp::try_from(modified.ok()?).ok()
    }

    pub(super) fn source(&self) -> Result<Source, SourceError> {
        let location = match self.path.as_deref().map(Path::as_os_str).map(OsStr::to_owned) {
            None => Location::Sample,
            Some(path) => Location::parse(&path)?,
        };
        let source = Source::open_within(&location, self.limits)?;
        match &self.key {
            None => Ok(source),
            Some(key) => source.signed_by(key.clone()),
        }
    }
}
