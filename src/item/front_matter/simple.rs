//! Values so simple that every YAML parser reads them alike: texts of one line, lists of them, and texts folded over
//! several lines. Most values are, and reading them here takes a tenth of the time that setting up a parser for each
//! would.

use super::node::Node;
use super::split::{Line, Lines};

/// Reads the value of a key, given all that stands behind its colon. `None` when it takes a parser to read it.
pub(super) fn read(value: &str) -> Option<Node> {
    let mut lines = Lines::new(value);
    let first = lines.next()?.text.trim_matches(' ');
    if first == ">-" {
        return folded(lines).map(Node::Text);
    }
    let mut below = lines.map(|line| line.text).filter(|line| !is_passed_over(line));
    if !first.is_empty() {
        return if below.next().is_none() { scalar(first).map(Node::Text) } else { None };
    }
    let mut entries = Vec::new();
    let mut indent = None;
    for line in below {
        let entry = line.trim_start_matches(' ');
        if *indent.get_or_insert(entry.len().abs_diff(line.len())) != entry.len().abs_diff(line.len()) {
            return None;
        }
        let text = entry.strip_prefix("- ")?.trim_matches(' ');
        entries.push(Node::Text(scalar(text)?));
    }
    (!entries.is_empty()).then_some(Node::List(entries))
}

/// Whether a value is surely valid YAML, found out without a parser. What is not sure is not always wrong.
pub(super) fn is_surely_valid(value: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b'_' | b'/' | b'-');
    let value = value.trim_matches([' ', '\r', '\n']);
    let is_plain = value.bytes().all(is_word) && !value.starts_with('-') && !value.contains('\n');
    is_plain || read(value).is_some()
}

/// The text of a folded scalar of one paragraph: its lines, all indented alike, with blanks between them.
fn folded<'a>(lines: impl Iterator<Item = Line<'a>>) -> Option<String> {
    let mut text = String::new();
    let mut indent = None;
    let mut is_over = false;
    for line in lines.map(|line| line.text) {
        if line.is_empty() {
            is_over = true;
            continue;
        }
        let content = line.trim_start_matches(' ');
        let own_indent = line.len().abs_diff(content.len());
        let is_alike = own_indent > 0 && *indent.get_or_insert(own_indent) == own_indent;
        if is_over
            || !is_alike
            || content.is_empty()
            || content.starts_with('\t')
            || content.ends_with([' ', '\t'])
        {
            return None;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(content);
    }
    (!text.is_empty()).then_some(text)
}

/// Whether a line is blank or a comment.
fn is_passed_over(line: &str) -> bool {
    let content = line.trim_start_matches(' ');
    content.is_empty() || content.starts_with('#')
}

fn scalar(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_simple = match bytes {
        [b'\'', inner @ .., b'\''] => return (!inner.contains(&b'\'')).then(|| without_ends(text)),
        [b'"', inner @ .., b'"'] => {
            return (!inner.contains(&b'"') && !inner.contains(&b'\\')).then(|| without_ends(text));
        }
        [first, ..] if first.is_ascii_alphabetic() => {
            !bytes.iter().any(|byte| matches!(byte, b':' | b'#' | b'\t'))
                && !text.eq_ignore_ascii_case("null")
        }
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', rest @ ..] => is_date(rest),
        _ => false,
    };
    is_simple.then(|| text.to_owned())
}

fn without_ends(text: &str) -> String {
    text.get(1..text.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// Whether this is what follows the year and its dash in a date or a date with a time.
fn is_date(rest: &[u8]) -> bool {
    let is_part =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'T' | b'Z' | b'+' | b'.' | b' ');
    rest.len() >= 5
        && rest.iter().all(is_part)
        && !rest.ends_with(b":")
        && !rest.windows(2).any(|pair| pair == b": ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeSeed;

    use super::super::node::{Budget, NodeSeed};
    use super::*;

    fn parsed(value: &str) -> Option<Node> {
        let text = format!("key:{value}");
        let node = NodeSeed(&Budget::new()).deserialize(serde_yaml::Deserializer::from_str(&text)).ok()?;
        node.get("key").cloned()
    }

    #[test]
    fn simple_values_are_read_without_a_parser() {
        for value in [
            " Plain words, (really) & more!",
            " 'single: # quoted'",
            " \"double: quoted\"",
            " 2021-12-05",
            " 2021-12-05 9:22:50 -0400",
            "\n  - one\n\n  # comment\n  - 'two: 2'\r\n",
            "\n- one\n- two\n# comment\n",
            " >-\n  folded: over\n  # two lines\n\n",
        ] {
            let node = read(value);
            assert!(node.is_some(), "{value:?}");
            assert_eq!(node, parsed(value), "{value:?}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_parser() {
        for value in [
            "",
            " ",
            " null",
            " ~",
            " a: b",
            " a # b",
            " a:",
            " [a]",
            " {a: b}",
            " |\n  a",
            " &a b",
            " *a",
            " !t a",
            " 12",
            " -",
            " 'it''s'",
            " \"\\n\"",
            " a\n  b",
            "\n  - a\n    - b",
            "\n  - a: b",
            "\n  key: a",
            "\n  -\n",
            " 2021-12-05: ",
            " 'a' b",
        ] {
            assert_eq!(read(value), None, "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_folded_here_a_parser_folds_alike(lines in prop::collection::vec(" {0,3}[-a-z#:'\" ]{0,6}", 0..5)) {
            let value = format!(" >-\n{}", lines.join("\n"));
            if let Some(node) = read(&value) {
                prop_assert_eq!(Some(node), parsed(&value));
            }
        }

        #[test]
        fn what_is_read_here_a_parser_reads_alike(value in " {1,2}[a-zA-Z0-9'\"][-a-z0-9 '\",.:#&*!|>%@é’\\[\\]{}?=~]{0,20}(\n {0,3}(- ?)?['\"a-z:# -]{0,8}){0,4}") {
            if let Some(node) = read(&value) {
                let text = |node: &Node| node.entries().iter().map(|entry| entry.text().map(str::to_owned)).collect::<Vec<_>>();
                let parsed = parsed(&value);
                prop_assert_eq!(Some(text(&node)), parsed.as_ref().map(text).or_else(|| node.is_absent().then(|| vec![None])));
            }
        }
    }
}
