//! Whether the item is published, and when.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::super::date::{at_start_of_name, instant};
use super::super::release::{Condition, Release, Rule};
use super::{Dialect, File, Node};

/// What says that it is a draft, and with which values.
pub(super) const DRAFTS: &[(&str, &[&str])] =
    &[("draft", &["true", "yes", "on", "y", "1"]), ("published", &["false", "no", "off", "n", "0"])];

/// What says that its site does not list it, and with which values.
pub(super) const UNLISTED: &[(&str, &[&str])] = &[
    ("headless", &["true", "yes", "on"]),
    ("build.list", &["never", "false"]),
    ("_build.list", &["never", "false"]),
];

/// Where the time may stand from which it is published, the best first, as Hugo has it.
pub(super) const FROM: &[&str] = &["publishDate", "pubDate", "published"];

/// Where the time may stand until which it is published.
pub(super) const UNTIL: &[&str] = &["expiryDate", "unpublishDate"];

impl Dialect<'_, '_> {
    /// What the file says about whether its item is published. As in Hugo, `date` says so only where no time of
    /// publication is given; and as in Jekyll the name of the file, where it begins with a date.
    pub(super) fn release(&mut self, File { path, body, .. }: File<'_>) -> Release {
        let mut conditions = Vec::new();
        if self.node("title").is_none() && self.node("date").is_none() && is_template(body) {
            conditions.push(Condition { rule: Rule::Template, line: Some(1) });
        }
        for (rule, keys) in [(Rule::Draft, DRAFTS), (Rule::Unlisted, UNLISTED)] {
            let key = keys.iter().find(|(path, values)| self.is_one_of(path, values));
            conditions.extend(key.map(|(path, _)| Condition { rule, line: self.line_of(path) }));
        }
        let from = self.first_time(FROM, Rule::From);
        let dated = from.or_else(|| self.first_time(&["date"], Rule::Dated));
        conditions.extend(dated.or_else(|| in_name(path)));
        conditions.extend(self.first_time(UNTIL, Rule::Until));
        Release::new(conditions)
    }

    fn is_one_of(&mut self, path: &str, values: &[&str]) -> bool {
        let text = self.node(path).and_then(Node::text).map(str::trim);
        text.is_some_and(|text| values.iter().any(|value| text.eq_ignore_ascii_case(value)))
    }

    fn first_time(&mut self, paths: &[&str], rule: fn(Timestamp) -> Rule) -> Option<Condition> {
        paths.iter().find_map(|path| {
            let time = instant(self.node(path)?.entries().first()?.text()?)?;
            Some(Condition { rule: rule(time), line: self.line_of(path) })
        })
    }
}

/// What the date says that the name of a file begins with.
fn in_name(path: &str) -> Option<Condition> {
    let day = at_start_of_name(path.rsplit('/').next().unwrap_or(path))?;
    Some(Condition { rule: Rule::Dated(Offset::UTC.to_timestamp(day).ok()?), line: None })
}

/// Whether a text is a template: whether an action of one (`{{ … }}`, `{% … %}`) stands before any text that is seen. Short
/// codes (`{{< … >}}`, `{{% … %}}`) stand in articles.
fn is_template(text: &str) -> bool {
    let mut in_tag = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '{' => {
                let rest = text.get(at..).unwrap_or_default();
                let is_action =
                    rest.starts_with("{{") && !rest.starts_with("{{<") && !rest.starts_with("{{%");
                return is_action || rest.starts_with("{%");
            }
            _ if in_tag || letter.is_whitespace() => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_an_action_before_any_text() {
        for text in [
            "{{ define \"main\" }}",
            " \n{% extends x %}",
            "<p class=\"{{ .Class }}\">",
            "<title>{{ .Title }}</title>",
        ] {
            assert!(is_template(text), "{text}");
        }
        for text in
            ["", "Text {{ x }}", "{{< figure >}} text", "{{% notice %}}", "<p>Text</p>{{ x }}", "{ a: 1 }"]
        {
            assert!(!is_template(text), "{text}");
        }
    }
}
