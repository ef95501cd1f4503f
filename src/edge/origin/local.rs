//! A source on this machine.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

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
    /// What came by standard input is kept here for as long as this.
    kept: Option<TempDir>,
}

/// How much of standard input is looked at to see what it is.
const BEGINNING: u64 = 1024;

/// Whether a file begins as HTML does, and not with front matter.
fn is_html(beginning: &[u8]) -> bool {
    String::from_utf8_lossy(beginning).trim_start_matches('\u{feff}').trim_start().starts_with('<')
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
        Ok(Self {
            path: None,
            key: None,
            limits: Limits::default(),
            location,
            label,
            kind: Kind::Small,
            place: None,
            kept: None,
        })
    }

    /// What comes by standard input: an item or an archive.
    ///
    /// # Errors
    ///
    /// When that is the keyboard, is empty, holds more than an archive may, or cannot be read or kept.
    pub(super) fn standard_input(limits: Limits) -> io::Result<Self> {
        if io::stdin().is_terminal() {
            return Err(io::Error::other("that is the keyboard. To read a file that way: rounds - <FILE"));
        }
        let mut beginning = Vec::new();
        let mut input = io::stdin().lock().take(limits.inflated_bytes.saturating_add(1));
        input.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
        let kept = tempfile::Builder::new().prefix("rounds-").tempdir()?;
        // Whether it is an archive, its content tells.
        let name = if is_html(&beginning) { "standard-input.html" } else { "standard-input.md" };
        let path = kept.path().join(name);
        let mut file = File::create(&path)?;
        file.write_all(&beginning)?;
        let bytes = io::copy(&mut input, &mut file)?;
        if beginning.is_empty() {
            return Err(io::Error::other("nothing came"));
        }
        if bytes > limits.inflated_bytes {
            return Err(io::Error::other(format!("more than {} bytes came", limits.inflated_bytes)));
        }
        let label = SafeText::new("standard input");
        let is_archive = matches!(Location::parse(path.as_os_str()), Ok(Location::Archive(_)));
        Ok(Self {
            kind: if is_archive { Kind::Archive } else { Kind::Small },
            path: Some(path),
            key: None,
            limits,
            location: label.to_string(),
            label,
            place: None,
            kept: Some(kept),
        })
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
        Self { path: Some(path.to_owned()), key, limits, location, label, kind, place, kept: None }
    }

    pub(super) fn label(&self) -> &SafeText {
        &self.label
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) fn has_catalog(&self) -> bool {
        self.kind != Kind::Small && self.kept.is_none()
    }

    pub(super) fn is_archive(&self) -> bool {
        self.kind == Kind::Archive
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
