//! When the original was published.

use jiff::civil::DateTime;

use super::super::SafeText;
use super::super::date::{at_start_of_name, parse};
use super::super::problem_code::DATE_INVALID;
use super::{Dialect, Node};

/// Where the date may stand, the best first.
pub(super) const DATES: &[&str] = &[
    "date",
    "lastMod",
    "htmlMetaData.articlepublished_time",
    "htmlMetaData.article:published_time",
    "publishDate",
    "published",
    "datePublished",
    "pubDate",
    "created",
];

impl Dialect<'_, '_> {
    /// The first date that there is; without one, the date that the name of the file or the slug begins with.
    pub(super) fn date(&mut self, path: &str, slug: &str) -> Option<DateTime> {
        let from_fields = DATES.iter().find_map(|path| {
            let text = self.node(path)?.entries().first().and_then(Node::text)?.to_owned();
            // Some generators say with `published: true` that an item is not a draft.
            if matches!(text.as_str(), "true" | "false") {
                return None;
            }
            let date = parse(&text);
            if date.is_none() {
                self.refuse_date(path, &text);
            }
            date
        });
        let name = path.rsplit('/').next().unwrap_or(path);
        from_fields.or_else(|| at_start_of_name(name)).or_else(|| at_start_of_name(slug))
    }

    fn refuse_date(&mut self, path: &str, text: &str) {
        let shown: String = SafeText::new(text).chars().take(40).collect();
        let message = format!(
            "The value {shown} of `{path}` is not a date that can be read, or there is no such day. It was passed over; \
             write it as 2021-12-05."
        );
        self.problems.warn(self.line_of(path), DATE_INVALID, &message);
    }
}
