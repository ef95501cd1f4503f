//! What can still be read of a value that is not valid YAML.

use super::chunk::{Chunk, chunks};
use super::node::Node;
use super::split::Lines;

/// How deep maps within maps are looked into.
const DEPTH_LIMIT: u8 = 8;

/// Reads the value of a chunk as a person would: text to the end of the line and on over the indented lines, a
/// list of such texts, or a map of them. `parse` reads the parts that are valid after all.
pub(super) fn salvage(chunk: &Chunk<'_>, parse: &dyn Fn(&str) -> Option<Node>) -> Node {
    value(chunk, parse, DEPTH_LIMIT)
}

fn value(chunk: &Chunk<'_>, parse: &dyn Fn(&str) -> Option<Node>, depth: u8) -> Node {
    let (first, below) = chunk.value().split_once(['\n', '\r']).unwrap_or((chunk.value(), ""));
    let first = first.trim();
    let lines = own_lines(below);
    let is_block = matches!(first.as_bytes(), [b'|' | b'>'] | [b'|' | b'>', b'+' | b'-' | b'0'..=b'9', ..]);
    if is_block {
        return Node::Text(lines.join("\n"));
    }
    if let Some(flow) = first.strip_prefix('[').filter(|_| !goes_on_behind_bracket(first)) {
        return flow_list(flow, &lines);
    }
    if first.is_empty() || first.starts_with('#') {
        let entries = list_entries(&lines);
        if !entries.is_empty() {
            return Node::List(entries);
        }
        if let Some(map) = map(&lines, parse, depth) {
            return map;
        }
    }
    let texts =
        std::iter::once(first).chain(lines.iter().map(|line| line.trim())).filter(|line| !line.is_empty());
    Node::Text(scalar(&texts.collect::<Vec<_>>().join(" ")))
}

/// The lines below a key that belong to it: up to the first line at the margin that is not a list entry.
fn own_lines(below: &str) -> Vec<&str> {
    let is_own = |line: &&str| line.is_empty() || line.starts_with([' ', '\t', '-']);
    Lines::new(below).map(|line| line.text).take_while(is_own).collect()
}

/// The entries of a list, each with the lines that run on from it; empty when the first line is not an entry.
fn list_entries(lines: &[&str]) -> Vec<Node> {
    let mut entries: Vec<String> = Vec::new();
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match (
            line.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])),
            entries.last_mut(),
        ) {
            (Some(entry), _) => entries.push(entry.trim().to_owned()),
            (None, Some(entry)) => {
                entry.push(' ');
                entry.push_str(line);
            }
            (None, None) => return Vec::new(),
        }
    }
    entries.iter().map(|entry| Node::Text(scalar(entry))).collect()
}

/// Whether a text only begins with something in brackets, as `[Update] Sepsis` does.
fn goes_on_behind_bracket(text: &str) -> bool {
    let behind = text.split_once(']').map(|(_, behind)| behind.trim_start());
    behind.is_some_and(|behind| !behind.is_empty() && !behind.starts_with(['#', ',', ']']))
}

/// A list in brackets, cut at its commas.
fn flow_list(first: &str, lines: &[&str]) -> Node {
    let whole = std::iter::once(first).chain(lines.iter().copied()).collect::<Vec<_>>().join(" ");
    let inner = whole.split(']').next().unwrap_or(&whole);
    Node::List(inner.split(',').map(scalar).filter(|entry| !entry.is_empty()).map(Node::Text).collect())
}

/// A map, every entry read on its own. `None` when no line looks like an entry.
fn map(lines: &[&str], parse: &dyn Fn(&str) -> Option<Node>, depth: u8) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let first = lines.iter().find(|line| !line.trim().is_empty())?;
    let indent = first.len().saturating_sub(first.trim_start().len());
    let unindented: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    let text = unindented.join("\n");
    let entries: Vec<(String, Node)> = chunks(&text)
        .all
        .iter()
        .map(|chunk| {
            let node = parse(chunk.text).unwrap_or_else(|| value(chunk, parse, depth));
            (chunk.key.to_owned(), node)
        })
        .collect();
    (!entries.is_empty()).then_some(Node::Map(entries))
}

/// The text of a scalar without the quotation marks around it, if they are around all of it, and without one that
/// was opened and never closed.
fn scalar(text: &str) -> String {
    let text = text.trim();
    for (mark, escaped) in [("\"", "\\\""), ("'", "''")] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark))
            && stand_around(&inner.replace(escaped, ""), mark)
        {
            return inner.replace(escaped, mark);
        }
    }
    let unclosed =
        ["\"", "'"].iter().find_map(|mark| text.strip_prefix(mark).filter(|rest| !rest.contains(mark)));
    unclosed.unwrap_or(text).to_owned()
}

/// Whether quotation marks around a text belong together. Marks within a word are apostrophes, as in `'It's time'`. Where
/// one closes before another opens, as in `'A' and 'B'`, the outer ones belong to those.
fn stand_around(inner: &str, mark: &str) -> bool {
    let mut closes = false;
    for (at, _) in inner.match_indices(mark) {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let before = inner.get(..at).and_then(|text| text.chars().next_back());
        let behind = inner.get(at.saturating_add(mark.len())..).and_then(|text| text.chars().next());
        match (is_letter(before), is_letter(behind)) {
            (true, true) => {}
            (false, true) if closes => return false,
            (false, true) => return true,
            (_, false) => closes = true,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn salvaged(text: &str) -> Node {
        let found = chunks(text);
        salvage(&found.all[0], &|_| None)
    }

    #[test]
    fn text_is_taken_to_the_end_of_its_lines() {
        let cases = [
            ("title: AI: the future", "AI: the future"),
            ("title: Trends\\: Mobile", "Trends\\: Mobile"),
            ("title: \"Care\" and more: x", "\"Care\" and more: x"),
            ("title: 'Never closed", "Never closed"),
            ("title: \"He said \\\"no\\\": well\"", "He said \"no\": well"),
            ("title: [Update] Sepsis: what to do", "[Update] Sepsis: what to do"),
            ("title: 'It's time: now'", "It's time: now"),
            ("title: 'The patients' choice: care'", "The patients' choice: care"),
            ("title: \"He said \"no\": well\"", "He said \"no\": well"),
            ("title: 'A' and: 'B'", "'A' and: 'B'"),
            ("title: @handle: x\n  and on\n\n  and on\nstray", "@handle: x and on and on"),
            ("title: |\n  one: 1\n\ttwo", "  one: 1\n\ttwo"),
            ("title: {% img=\"x\" %} y: z", "{% img=\"x\" %} y: z"),
            ("title:", ""),
        ];
        for (text, title) in cases {
            assert_eq!(salvaged(text), Node::Text(title.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn lists_and_maps_are_taken_entry_by_entry() {
        let texts =
            |texts: &[&str]| Node::List(texts.iter().map(|text| Node::Text((*text).to_owned())).collect());
        assert_eq!(salvaged("tags:\n  - a: b: c\n  - 'd'\n    e\n-  f"), texts(&["a: b: c", "'d' e", "f"]));
        assert_eq!(salvaged("tags: [a, 'b', \"c\", @d"), texts(&["a", "b", "c", "@d"]));
        let link = salvaged("link:\n  brand: A: b\n  href: https://example.org/\n");
        assert_eq!(link.get("brand").and_then(Node::text), Some("A: b"));
        assert_eq!(link.get("href").and_then(Node::text), Some("https://example.org/"));
    }
}
