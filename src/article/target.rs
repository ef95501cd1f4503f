//! What a numbered link leads to.

use std::fmt;

use crate::item::{Link, SafeText};

/// What a numbered link of an article leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page of the web.
    Web(Link),
    /// A mail address.
    Mail(SafeText),
    /// A place in the same article, such as a footnote.
    Place {
        /// The name that the author gave it: the value of an `id`.
        name: SafeText,
        /// Its number in the article, by which [`Page::row_of_place`](super::Page::row_of_place) finds it.
        number: u16,
    },
}

/// As an address: `https://…`, `mailto:…` or `#name`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web(link) => f.write_str(link.as_str()),
            Self::Mail(address) => write!(f, "mailto:{address}"),
            Self::Place { name, .. } => write!(f, "#{name}"),
        }
    }
}
