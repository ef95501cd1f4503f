//! What the user has set, in a file that is theirs: named sources, and limits.
//!
//! What cannot be understood is named with its line, and the rest counts; a source of which anything is not understood is
//! never opened, as what was lost may be its key. Writing changes the lines of one source and no other, whole or not at all.

mod change;
mod disk;
mod error;
mod field_names;
mod limits;
mod location;
mod name;
mod notices;
mod read;
mod source;
mod text;
mod unusable;

use std::path::Path;

pub use change::{add, remove};
pub use error::ConfigError;
pub use limits::LimitSettings;
pub use location::{LocationRefused, NO_SCHEME, is_address, reads_like_an_address, typed_location};
pub use name::{NameRefused, SourceName};
pub use source::NamedSource;
pub use unusable::UnusableSource;

use crate::item::SafeText;
use crate::reader::MarkRead;
use notices::Notices;

/// What the user has set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The named sources, in the order of the file.
    pub sources: Vec<NamedSource>,
    /// What was meant to be sources, and must not be opened.
    pub unusable: Vec<UnusableSource>,
    /// The limits of bundles and of fetching them.
    pub limits: LimitSettings,
    /// When articles are marked as read; `None` where the file does not say.
    pub mark_read: Option<MarkRead>,
}

impl Config {
    /// Reads the file at a path. Where there is none, nothing is set.
    ///
    /// What cannot be understood comes back as sentences, each with the file, the line and what to do, and everything
    /// else counts.
    ///
    /// # Errors
    ///
    /// When nothing of the file can be read. Then it is not known what must be signed.
    pub fn read(path: &Path) -> Result<(Self, Vec<SafeText>), ConfigError> {
        let text = disk::read(path)?.unwrap_or_default();
        let document = text::parse(path, &text)?;
        let mut notices = Notices::new(path, &text);
        let config = read::config(&document, &location::Anchor::of(path), &mut notices);
        Ok((config, notices.finish()))
    }

    /// Reads the file at a path for who opens nothing: that nothing of it can be read is one more sentence.
    pub fn load(path: &Path) -> (Self, Vec<SafeText>) {
        Self::read(path).unwrap_or_else(|error| (Self::default(), vec![error.sentence()]))
    }

    /// The source of a name.
    pub fn find(&self, name: &str) -> Option<&NamedSource> {
        self.sources.iter().find(|source| source.name.as_str() == name)
    }

    /// What was meant to be the source of a name, and must not be opened.
    pub fn find_unusable(&self, name: &str) -> Option<&UnusableSource> {
        self.unusable.iter().find(|source| source.label.as_str() == name)
    }
}

#[cfg(test)]
mod tests;
