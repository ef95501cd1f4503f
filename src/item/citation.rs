//! Citing an item's original article.

use jiff::civil::Date;

use super::{DateSource, Item};

/// A citation of the original article: who, what, where, when, its address, and when it was looked at.
pub fn citation(item: &Item, accessed: Date) -> String {
    let authors: Vec<&str> = item.authors.iter().map(|author| &**author).collect();
    let parts = [
        Some(authors.join(", ")),
        Some(item.title.to_string()),
        item.site.as_ref().map(ToString::to_string),
        // When a file was changed is not when its original was published.
        item.date
            .filter(|_| item.date_source == DateSource::Item)
            .map(|date| date.strftime("%-d %B %Y").to_string()),
    ];
    let mut text = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        text.push_str(&part);
        text.push_str(if part.ends_with(['.', '?', '!', '…']) { " " } else { ". " });
    }
    if let Some(link) = &item.link {
        text.push_str(link.as_str());
        text.push(' ');
    }
    text.push_str(&accessed.strftime("(accessed %-d %B %Y)").to_string());
    text
}
