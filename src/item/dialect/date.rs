//! When the original was published.

use jiff::civil::DateTime;

use super::super::SafeText;
use super::super::date::{at_start_of_name, day_first, parse};
use super::super::problem_code::{DATE_AMBIGUOUS, DATE_INVALID};
use super::{Dialect, Node};

/// Where the date may stand, the best first: when it was published, as Hugo orders it, and only then when it was changed.
pub(super) const DATES: &[&str] = &[
    "date",
    "publishDate",
    "pubDate",
    "published",
    "datePublished",
    "htmlMetaData.articlepublished_time",
    "htmlMetaData.article:published_time",
    "article:published_time",
    "created",
    "lastMod",
    "modified",
];

/// How near another date must be to tell which of two readings of a date is meant, in days.
const NEAR: i32 = 14;

impl Dialect<'_, '_> {
    /// The first date that there is; without one, the date that the name of the file or the slug begins with.
    pub(super) fn date(&mut self, path: &str, slug: &str) -> Option<DateTime> {
        let from_fields = DATES.iter().find_map(|path| {
            let text = self.node(path)?.entries().first().and_then(Node::text)?.to_owned();
            // Some generators say with `published: true` that an item is not a draft.
            if matches!(text.as_str(), "true" | "false") {
                return None;
            }
            match (parse(&text), day_first(&text)) {
                (Some(month_first), Some(day_first)) => {
                    Some(self.choose(path, &text, month_first, day_first))
                }
                (None, _) => {
                    self.refuse_date(path, &text);
                    None
                }
                (date, None) => date,
            }
        });
        let name = path.rsplit('/').next().unwrap_or(path);
        from_fields.or_else(|| at_start_of_name(name)).or_else(|| at_start_of_name(slug))
    }

    /// One of the two readings of a date such as `05/12/2021`: the one that another date of the file is near to, or else
    /// the American one, which is said.
    fn choose(&mut self, path: &str, text: &str, month_first: DateTime, other: DateTime) -> DateTime {
        let others = DATES.iter().filter(|other| **other != path).filter_map(|other| {
            let text = self.node(other)?.entries().first()?.text()?;
            parse(text).filter(|_| day_first(text).is_none())
        });
        let others: Vec<DateTime> = others.collect();
        let is_near = |date: DateTime| {
            let days = |other: &DateTime| {
                date.date().since(other.date()).map_or(i32::MAX, |span| span.get_days().abs())
            };
            others.iter().any(|other| days(other) <= NEAR)
        };
        if is_near(other) && !is_near(month_first) {
            return other;
        }
        if !is_near(month_first) {
            let message = format!(
                "The value {} of `{}` may be one of two days. It was read as {}, with the month first; write it as {} or \
                 {}.",
                SafeText::new(text),
                self.spelt(path),
                month_first.strftime("%-d %B %Y"),
                month_first.date(),
                other.date(),
            );
            self.problems.warn(self.line_of(path), DATE_AMBIGUOUS, &message);
        }
        month_first
    }

    fn refuse_date(&mut self, path: &str, text: &str) {
        let shown: String = SafeText::new(text).chars().take(40).collect();
        let message = format!(
            "The value {shown} of `{}` is not a date that can be read, or there is no such day. It was passed over; \
             write it as 2021-12-05.",
            self.spelt(path)
        );
        self.problems.warn(self.line_of(path), DATE_INVALID, &message);
    }
}
