//! Front matter in TOML (<https://toml.io/en/v1.0.0>), as Hugo and Zola write it between lines of `+++`.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::node::Node;
use super::toml_lines::simple_entries;

/// What a TOML front matter holds.
pub(super) struct Toml {
    /// Its top-level keys with their values, in order.
    pub entries: Vec<(String, Node)>,
    /// The top-level keys with the lines that they stand on, counted from 1.
    pub lines: Vec<(String, u32)>,
    /// Why it is not valid, with the line. What its lines say by themselves was read then.
    pub fault: Option<(u32, String)>,
}

/// Reads a front matter in TOML.
pub(super) fn read(front: &str) -> Toml {
    match Document::parse(front) {
        Ok(document) => {
            let (entries, lines) = entries_of(document.as_table(), front);
            Toml { entries, lines, fault: None }
        }
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(front, span.start));
            let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            Toml { entries: simple_entries(front), lines: Vec::new(), fault: Some((line, reason)) }
        }
    }
}

type Entries = (Vec<(String, Node)>, Vec<(String, u32)>);

fn entries_of(table: &dyn TableLike, front: &str) -> Entries {
    let (mut entries, mut lines) = (Vec::new(), Vec::new());
    for (name, item) in table.iter() {
        let span = table.get_key_value(name).and_then(|(key, _)| key.span()).or_else(|| item.span());
        lines.extend(span.map(|span| (name.to_owned(), line_of(front, span.start))));
        entries.push((name.to_owned(), node(item, front)));
    }
    (entries, lines)
}

fn map(table: &dyn TableLike, front: &str) -> Node {
    Node::Map(entries_of(table, front).0)
}

fn node(item: &Item, front: &str) -> Node {
    match item {
        Item::None => Node::Null,
        Item::Value(value) => value_node(value, front),
        Item::Table(table) => map(table, front),
        Item::ArrayOfTables(tables) => Node::List(tables.iter().map(|table| map(table, front)).collect()),
    }
}

fn value_node(value: &Value, front: &str) -> Node {
    match value {
        Value::String(text) => Node::Text(text.value().clone()),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => as_typed(value, front),
        Value::Datetime(moment) => Node::Text(moment.value().to_string()),
        Value::Array(values) => Node::List(values.iter().map(|value| value_node(value, front)).collect()),
        Value::InlineTable(table) => map(table, front),
    }
}

/// A number or truth value as the file spells it: `1.10` is a version, not `1.1`.
fn as_typed(value: &Value, front: &str) -> Node {
    let typed = value.span().and_then(|Range { start, end }| front.get(start..end));
    Node::Word(typed.map_or_else(|| value.to_string(), str::to_owned))
}

/// The line on which a byte stands, counted from 1.
fn line_of(front: &str, at: usize) -> u32 {
    let before = front.get(..at).unwrap_or_default();
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(toml: &'a Toml, path: &str) -> Option<&'a str> {
        let mut keys = path.split('.');
        let first = keys.next()?;
        let top = toml.entries.iter().find(|(name, _)| name == first).map(|(_, node)| node)?;
        keys.try_fold(top, |node, key| node.get(key))?.text()
    }

    #[test]
    fn tables_lists_of_tables_escapes_and_dates_are_read() {
        let toml = read(
            "title = \"Caf\\u00e9 \\\"new\\\"\" # note\ndate = 2021-12-05T10:00:00+02:00\nday = 2021-12-05\n\
             version = 1.10\ndraft = true\ntags = [\"one, two\",\n  'three']\ntext = \"\"\"\nfirst\nsecond\"\"\"\n\
             link.brand = \"example.org\"\n[link.more]\noriginal = 'https://a.example/'\n\
             [[relatedOfferings]]\nlabel = \"One\"\n[[relatedOfferings]]\nlabel = \"Two\"\n",
        );
        assert!(toml.fault.is_none());
        let cases = [
            ("title", "Café \"new\""),
            ("date", "2021-12-05T10:00:00+02:00"),
            ("day", "2021-12-05"),
            ("version", "1.10"),
            ("draft", "true"),
            ("text", "first\nsecond"),
            ("link.brand", "example.org"),
            ("link.more.original", "https://a.example/"),
        ];
        for (path, expected) in cases {
            assert_eq!(text(&toml, path), Some(expected), "{path}");
        }
        let list =
            |key: &str| toml.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node.entries());
        assert_eq!(list("tags").map(<[Node]>::len), Some(2));
        let labels = list("relatedOfferings").unwrap().iter().filter_map(|node| node.get("label")?.text());
        assert_eq!(labels.collect::<Vec<_>>(), ["One", "Two"]);
        assert!(toml.lines.contains(&("tags".to_owned(), 6)), "{:?}", toml.lines);
    }

    #[test]
    fn what_is_not_valid_costs_only_itself() {
        let toml = read("title = \"One\"\nlink = https://a.example/\ntags = ['x']\n");
        assert_eq!(toml.fault.as_ref().map(|(line, _)| *line), Some(2));
        assert_eq!(text(&toml, "title"), Some("One"));
        assert_eq!(text(&toml, "link"), Some("https://a.example/"));
    }
}
