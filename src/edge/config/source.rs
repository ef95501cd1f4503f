//! A source that has a name.

use super::name::SourceName;
use crate::item::SafeText;
use crate::remote::Address;

/// A source that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSource {
    /// What it is called.
    pub name: SourceName,
    /// An address, or a whole path. There may be a password in it: it is shown by [`NamedSource::shown_location`].
    pub location: String,
    /// The minisign public key of whoever signs it. Where there is one, even one that is wrong, nothing unsigned may be
    /// opened.
    pub key: Option<String>,
    /// Whether it may come over plain `http`.
    pub allow_http: bool,
}

impl NamedSource {
    /// The location as it may be shown.
    pub fn shown_location(&self) -> SafeText {
        Address::shown(&self.location)
    }
}
