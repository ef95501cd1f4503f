//! The summary of an item.

use super::super::markup::inline_text;
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
    /// A sentence or two: the curators' own summary or the words above `<!--more-->`; else the first description, as its
    /// author wrote it. Only one that a machine cut off gives way: to the next, then to the whole sentences that it begins
    /// with, then to those of the body.
    pub(super) fn summary(&mut self, file: File<'_>) -> SafeText {
        if let Some(summary) = self.prose(SUMMARY) {
            return SafeText::new(&inline_text(&summary));
        }
        if let Some(above) = summary::above_divider(file.kind, file.body) {
            return SafeText::new(&above);
        }
        let mut descriptions: Vec<SafeText> = Vec::new();
        for path in DESCRIPTIONS {
            let Some(description) = self.text(path) else { continue };
            // Descriptions are plain text, but some are written with the strong emphasis of Markdown.
            let description = SafeText::new(&description.replace("**", ""));
            if descriptions.is_empty() && summary::is_whole(&description) {
                return description;
            }
            descriptions.push(description);
        }
        let is_beginning = |text: &SafeText| {
            let goes_on = |other: &SafeText| summary::begins(other, text);
            descriptions.iter().any(goes_on) || summary::body_begins(file.kind, file.body, text)
        };
        // Sentences with a rest behind them may have been cut, which only matters where another description is whole.
        let has_rest = |text: &SafeText| summary::of_beginning(text).is_some();
        let has_whole = descriptions.iter().any(|text| summary::is_whole(text));
        let as_written = |text: &&SafeText| {
            let is_cut = || summary::says_that_it_is_cut(text) || is_beginning(text);
            summary::is_whole(text) || !((has_whole && has_rest(text)) || is_cut())
        };
        if let Some(description) = descriptions.iter().find(as_written) {
            return description.clone();
        }
        let first = descriptions.into_iter().next().unwrap_or_default();
        if let Some(beginning) = summary::of_beginning(&first) {
            return SafeText::new(beginning);
        }
        let of_body = summary::of_body(file.kind, file.body);
        SafeText::new(&of_body.unwrap_or_else(|| summary::of_cut(&first)))
    }
}
