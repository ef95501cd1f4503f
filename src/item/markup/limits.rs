//! How much Markdown is understood. Its parser looks through what follows for each link, so hostile text could take
//! long.

/// The longest body whose Markdown is understood, in bytes without its inline pictures.
pub(super) const MARKDOWN_BYTES: usize = 1024 * 1024;
/// How many inline links a Markdown text may have.
const MARKDOWN_LINKS: usize = 20_000;
/// How many link definitions a Markdown text may have.
const MARKDOWN_DEFINITIONS: usize = 5_000;

/// Whether Markdown is within the limits of its parser.
pub(super) fn allow_markdown(markdown: &str) -> bool {
    markdown.len() <= MARKDOWN_BYTES
        && markdown.matches("](").count() <= MARKDOWN_LINKS
        && markdown.matches("]:").count() <= MARKDOWN_DEFINITIONS
}
