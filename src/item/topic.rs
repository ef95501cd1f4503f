//! Topics as the items themselves name them.

use super::SafeText;

/// A term, and the taxonomy it belongs to: `Healthcare IT News: Precision Medicine`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// The taxonomy; `None` for a bare term of an older item.
    pub taxonomy: Option<SafeText>,
    /// The term, which may itself hold commas and colons.
    pub term: SafeText,
}

/// A product or service that the curators relate to an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Offering {
    /// What it is called.
    pub label: SafeText,
    /// Where its page is, as the item says: usually a path on the curators' own site.
    pub permalink: SafeText,
}
