//! The summary of an item.

use super::super::{SafeText, summary};
use super::{Dialect, File};

/// Where the curators' own summary stands.
pub(super) const SUMMARY: &str = "summary";

/// Where a description may stand, the best first.
pub(super) const DESCRIPTIONS: &[&str] = &[
    "description",
    "openGraphMetaData.ogdescription",
    "htmlMetaData.ogdescription",
    "twitterMetaData.twitterdescription",
    "htmlMetaData.description",
    "ogdescription",
    "twitterdescription",
    "excerpt",
    "deck",
    "subtitle",
    "abstract",
];

impl Dialect<'_, '_> {
    /// A sentence or two: the curators' own summary or the words above `<!--more-->`, whole; else the first description that
    /// is whole; else the whole sentences that the first description
    /// begins with; else those of the body; else the description as it was cut, with a mark that says so.
    pub(super) fn summary(&mut self, file: File<'_>) -> SafeText {
        if let Some(summary) = self.prose(SUMMARY) {
            return SafeText::new(&summary.replace("**", ""));
        }
        if let Some(above) = summary::above_divider(file.kind, file.body) {
            return self.clean(SUMMARY, &above);
        }
        let mut first: Option<SafeText> = None;
        for path in DESCRIPTIONS {
            let Some(description) = self.text(path) else { continue };
            // Descriptions are plain text, but some are written with the strong emphasis of Markdown.
            let description = SafeText::new(&description.replace("**", ""));
            if let Some(whole) = summary::of_whole(&description) {
                return SafeText::new(whole);
            }
            first.get_or_insert(description);
        }
        let first = first.unwrap_or_default();
        if let Some(beginning) = summary::of_beginning(&first) {
            return SafeText::new(beginning);
        }
        let of_body = summary::of_body(file.kind, file.body);
        SafeText::new(&of_body.unwrap_or_else(|| summary::of_cut(&first)))
    }
}
