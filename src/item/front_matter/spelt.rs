//! Numbers and truth values as a file spells them: `1.10` is a version and `0x1F` a room, whatever YAML makes of them.

use super::node::Node;

/// A value in which every number and truth value is as the file spells it. `parse` reads the text again when those are
/// put into quotation marks.
pub(super) fn as_spelt(text: &str, node: Node, parse: impl FnOnce(&str) -> Option<Node>) -> Node {
    if !has_word(&node) {
        return node;
    }
    match parse(&with_marks(text)) {
        Some(spelt) => merge(node, spelt),
        None => node,
    }
}

fn has_word(node: &Node) -> bool {
    match node {
        Node::Word(_) => true,
        Node::List(nodes) => nodes.iter().any(has_word),
        Node::Map(entries) => entries.iter().any(|(_, node)| has_word(node)),
        Node::Null | Node::Text(_) => false,
    }
}

/// The words of the first value as the second, of the same shape, has them.
fn merge(node: Node, spelt: Node) -> Node {
    match (node, spelt) {
        (Node::Word(_), Node::Text(text)) => Node::Word(text),
        (Node::List(nodes), Node::List(spelt)) if nodes.len() == spelt.len() => {
            Node::List(nodes.into_iter().zip(spelt).map(|(node, spelt)| merge(node, spelt)).collect())
        }
        (Node::Map(entries), Node::Map(spelt)) if entries.len() == spelt.len() => {
            let entries = entries.into_iter().zip(spelt);
            Node::Map(entries.map(|((key, node), (_, spelt))| (key, merge(node, spelt))).collect())
        }
        (node, _) => node,
    }
}

/// The text with quotation marks around everything that may be a number or a truth value. In running text they do no
/// harm, as only numbers and truth values are taken from there.
fn with_marks(text: &str) -> String {
    let mut marked = String::with_capacity(text.len().saturating_add(16));
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some((before, word, behind)) = next_word(rest) {
            marked.push_str(before);
            marked.push('"');
            marked.push_str(word);
            marked.push('"');
            rest = behind;
        }
        marked.push_str(rest);
    }
    marked
}

/// The next word that stands alone as a value: behind a colon, a dash, a comma or a bracket, and before the end of the line,
/// a comma, a bracket or a comment.
fn next_word(line: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(rest) = line.get(from..) {
        let at = from.checked_add(rest.find([':', '-', ',', '['])?)?.checked_add(1)?;
        let value = line.get(at..)?;
        let word_start = at.checked_add(value.len().checked_sub(value.trim_start_matches(' ').len())?)?;
        let from_word = line.get(word_start..)?;
        let end = from_word.find([' ', ',', ']', '}', '\r', '\n']).unwrap_or(from_word.len());
        let (word, behind) = from_word.split_at_checked(end)?;
        let is_parted = word_start > at || line.get(..at)?.ends_with(['[', ',']);
        let next = behind.trim_start_matches(' ').chars().next();
        let ends = next.is_none_or(|next| matches!(next, ',' | ']' | '}' | '#' | '\r' | '\n'));
        if is_parted && ends && is_word(word) {
            return Some((line.get(..word_start)?, word, behind));
        }
        from = at;
    }
    None
}

/// Whether YAML may take a word for a number or a truth value.
fn is_word(word: &str) -> bool {
    let is_number = word
        .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
        && word.len() > usize::from(word.starts_with(['+', '-', '.']))
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.' | '_'));
    is_number || ["true", "false"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed;

    use super::super::node::{Budget, NodeSeed};
    use super::*;

    fn parse(text: &str) -> Option<Node> {
        NodeSeed(&Budget::new()).deserialize(serde_yaml::Deserializer::from_str(text)).ok()
    }

    fn texts(node: &Node) -> Vec<String> {
        match node {
            Node::List(nodes) => nodes.iter().flat_map(texts).collect(),
            Node::Map(entries) => entries.iter().flat_map(|(_, node)| texts(node)).collect(),
            Node::Null | Node::Text(_) | Node::Word(_) => {
                node.text().map(str::to_owned).into_iter().collect()
            }
        }
    }

    #[test]
    fn numbers_and_truth_values_are_as_the_file_spells_them() {
        let cases: [(&str, &[&str]); 9] = [
            ("a: 1.10", &["1.10"]),
            ("a: True # yes", &["True"]),
            ("a:\n  - 1.10\n  - 0x1F\n  - 1e3\n  - 007\n", &["1.10", "0x1F", "1e3", "007"]),
            ("a: [1.10, 1.1, 'x', +5]", &["1.10", "1.1", "x", "+5"]),
            ("a: [[1.0], {b: 1.20}]", &["1.0", "1.20"]),
            ("a:\n  b: 1.10\n  c: text, 5\n", &["1.10", "text, 5"]),
            ("a:\n  - 99999999999999999999\n", &["99999999999999999999"]),
            ("a:\n  - >-\n    one\n    - 1.10\n  - 1.20\n", &["one - 1.10", "1.20"]),
            ("a: -", &[]),
        ];
        for (text, expected) in cases {
            let node = parse(text).unwrap_or(Node::Null);
            assert_eq!(texts(&as_spelt(text, node, parse)), expected, "{text:?}");
        }
    }
}
