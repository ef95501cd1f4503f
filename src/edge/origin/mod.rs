//! Sources as somebody asked for them: a place on this machine, or a bundle on the web with its last good copy.

mod age;
mod bundle;
mod fetch;
mod local;
mod open;
#[cfg(test)]
pub(in crate::edge) mod tests;

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::item::SafeText;
use crate::remote::Progress;
use crate::source::{Source, SourceError};
use bundle::Bundle;
use local::Local;

pub use age::age;
pub use open::{OpenError, Opened, limits, open};

/// One source as somebody asked for it: a local place, or a bundle on the web with its last good copy.
pub struct Origin {
    label: SafeText,
    place: Place,
}

enum Place {
    Local(Box<Local>),
    Web(Box<Bundle>),
    /// It is written in the configuration so that it cannot be opened.
    Unusable {
        location: String,
        reason: SafeText,
    },
}

/// What a fetch came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// There is a new copy.
    New,
    /// The copy is what the server holds. So is everything that is not on the web.
    Unchanged,
    /// This computer is offline: a state to show, not an error.
    Offline,
    /// A person stopped it.
    Cancelled,
    /// It failed, and the copy is as it was: a sentence that names the source, the reason and what to do.
    Failed(SafeText),
}

/// What hears of the progress of a fetch. When it breaks, the fetch ends at once.
pub type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

impl Origin {
    /// What to call the source: its name in the configuration; else that of its folder or file; for an address without
    /// a file name, its host.
    pub fn label(&self) -> SafeText {
        self.label.clone()
    }

    /// What the source is known by from one run to the next: where it really is on this machine, or its address without
    /// name, password and pin.
    pub fn location(&self) -> String {
        match &self.place {
            Place::Local(local) => local.location().to_owned(),
            Place::Web(bundle) => bundle.location(),
            Place::Unusable { location, .. } => location.clone(),
        }
    }

    /// What its catalog is known by; `None` where none is kept, as for single files. What must be signed, or of one
    /// content, has a catalog of its own: items that came on other terms are in another one, and never shown.
    pub fn catalog_identity(&self) -> Option<String> {
        let terms = match &self.place {
            Place::Local(local) if local.has_catalog() => local.terms(),
            Place::Web(bundle) => bundle.terms_text(),
            Place::Local(_) | Place::Unusable { .. } => return None,
        };
        Some(if terms.is_empty() { self.location() } else { format!("{}\n{terms}", self.location()) })
    }

    /// Whether it is an archive on this machine, which may hold very many items.
    pub fn is_archive(&self) -> bool {
        matches!(&self.place, Place::Local(local) if local.is_archive())
    }

    /// Whether more must be so for it to be read: a signature, a pin, or both.
    fn is_stricter_than(&self, other: &Self) -> bool {
        let terms = |origin: &Self| match &origin.place {
            Place::Local(local) => local.terms().lines().count(),
            Place::Web(bundle) => bundle.terms_text().lines().count(),
            // It is never read.
            Place::Unusable { .. } => usize::MAX,
        };
        terms(self) > terms(other)
    }

    /// Whether it cannot be opened for the reason that a sentence tells.
    fn is_unusable_by(&self, sentence: &SafeText) -> bool {
        matches!(&self.place, Place::Unusable { reason, .. } if sentence.trim_end_matches('.') == reason.as_str())
    }

    /// Whether it comes from the web, and so can be fetched.
    pub fn is_remote(&self) -> bool {
        matches!(self.place, Place::Web(_))
    }

    /// The folder of it that can be watched, where it is one.
    pub fn directory(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Local(local) => local.directory(),
            Place::Web(_) | Place::Unusable { .. } => None,
        }
    }

    /// The one file that it is, where it is one: another may be put in its place.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Local(local) => local.file(),
            Place::Web(_) | Place::Unusable { .. } => None,
        }
    }

    /// What can be read now. `None` is a bundle that has never been fetched, or whose copy may not be shown because it
    /// is not what must be signed or pinned.
    ///
    /// # Errors
    ///
    /// When there is nothing where it should be on this machine, or it cannot be read.
    pub fn source(&self) -> Result<Option<Source>, SourceError> {
        match &self.place {
            Place::Local(local) => local.source().map(Some),
            Place::Web(bundle) => Ok(bundle.source(&self.label)),
            Place::Unusable { reason, .. } => {
                Err(SourceError::Unusable { name: self.label.clone(), reason: reason.clone() })
            }
        }
    }

    /// What can be read now, when `error` says that another process has put a new copy in the place of the one that was
    /// to be read.
    pub fn source_after(&self, error: &SourceError) -> Option<Source> {
        error.is_copy_gone().then(|| self.source().ok().flatten()).flatten()
    }

    /// When the copy was last known to be what the server holds. `None` for what is not on the web, and where there is
    /// no copy that may be shown.
    pub fn as_of(&self) -> Option<Timestamp> {
        match &self.place {
            Place::Web(bundle) => bundle.about().map(|about| about.fetched_at),
            Place::Local(_) | Place::Unusable { .. } => None,
        }
    }

    /// The time of the newest thing that is known of it: when it was last fetched, or when its folder or file was changed.
    /// A clock that says less is wrong.
    pub fn newest(&self) -> Option<Timestamp> {
        match &self.place {
            Place::Web(_) => self.as_of(),
            Place::Local(local) => local.changed(),
            Place::Unusable { .. } => None,
        }
    }

    /// Whether it is a single item file, which a person who names it wants to see whatever it says of itself.
    pub fn is_single_file(&self) -> bool {
        matches!(&self.place, Place::Local(local) if local.is_single_file())
    }

    /// Fetches what is on the web, verifies it, and lets it take the place of the copy, whole or not at all. What is on
    /// this machine is as it is.
    ///
    /// While another process fetches the same bundle, this waits, and takes what that one has brought. It blocks: call
    /// it from a thread of its own. `on_progress` is called many times a second, also while waiting.
    pub fn fetch(&self, on_progress: &mut OnProgress<'_>) -> Brought {
        match &self.place {
            Place::Web(bundle) => bundle.fetch(&self.label, on_progress),
            Place::Local(_) => Brought::Unchanged,
            Place::Unusable { reason, .. } => {
                Brought::Failed(SafeText::new(&format!("{}: {reason}.", self.label)))
            }
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Origin({}, {})", self.label, self.location())
    }
}
