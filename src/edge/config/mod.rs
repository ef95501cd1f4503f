//! What the user has set, in a file that is theirs: named sources, and limits.
//!
//! Reading never fails: what cannot be understood is named with its line, and the rest counts. Writing changes the lines
//! of one source and no other, whole or not at all.

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

use std::path::Path;

pub use change::{add, remove};
pub use error::ConfigError;
pub use limits::LimitSettings;
pub use location::{LocationRefused, NO_SCHEME, is_address, reads_like_an_address, typed_location};
pub use name::{NameRefused, SourceName};
pub use source::NamedSource;

use crate::item::SafeText;
use notices::Notices;

/// What the user has set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The named sources, in the order of the file.
    pub sources: Vec<NamedSource>,
    /// The limits of bundles and of fetching them.
    pub limits: LimitSettings,
}

impl Config {
    /// Reads the file at a path. Where there is none, nothing is set.
    ///
    /// This never fails: what cannot be read or understood comes back as sentences, each with the file, the line and
    /// what to do, and everything else counts.
    pub fn load(path: &Path) -> (Self, Vec<SafeText>) {
        let text = match disk::read(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(error) => return (Self::default(), vec![error.sentence()]),
        };
        let document = match text::parse(path, &text) {
            Ok(document) => document,
            Err(error) => return (Self::default(), vec![error.sentence()]),
        };
        let mut notices = Notices::new(path, &text);
        let config = read::config(&document, &location::Anchor::of(path), &mut notices);
        (config, notices.finish())
    }

    /// The source of a name.
    pub fn find(&self, name: &str) -> Option<&NamedSource> {
        self.sources.iter().find(|source| source.name.as_str() == name)
    }
}

#[cfg(test)]
mod tests;
