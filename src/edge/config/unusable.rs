//! What was meant to be a source, and is not written so that it is understood.

use crate::item::SafeText;

/// What was meant to be a source, and is not written so that it is understood. A key may have been meant that was lost
/// in this way, so nothing of it may be opened: neither by its name nor by any of its locations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableSource {
    /// What it is called, as it may be shown.
    pub label: SafeText,
    /// Everything in it that may be its location: addresses, and whole paths. There may be passwords in them.
    pub locations: Vec<String>,
    /// What is the matter with it: a sentence with the file, the line and what to do.
    pub notice: SafeText,
}
