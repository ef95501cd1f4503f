//! What can still be read of front matter that is meant as TOML and is not valid: enough to list an item by its title, date,
//! link and topics.

use super::node::Node;

/// The entries `key = value` before the first table, and those of a `[taxonomies]` table, where one static site
/// generator keeps its topics. Values are strings, bare words, and lists of these.
pub(super) fn simple_entries(front: &str) -> Vec<(String, Node)> {
    let mut entries = Vec::new();
    let mut is_read = true;
    let mut lines = front.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some(table) = line.strip_prefix('[') {
            is_read = table.trim_end_matches(']') == "taxonomies";
        } else if let Some((key, value)) = line.split_once('=').filter(|_| is_read && !line.starts_with('#'))
        {
            let key = key.trim().trim_matches(['"', '\'']).to_owned();
            entries.push((key, value_of(value.trim(), &mut lines)));
        }
    }
    entries
}

fn value_of<'a>(value: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> Node {
    for mark in ["\"\"\"", "'''"] {
        if let Some(text) = value.strip_prefix(mark) {
            return Node::Text(long_string(text, mark, lines));
        }
    }
    match value.strip_prefix('[') {
        Some(list) => list_of(list, lines),
        None => Node::Text(string(value)),
    }
}

fn long_string<'a>(first: &'a str, mark: &str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in std::iter::once(first).chain(lines) {
        if let Some((last, _)) = line.split_once(mark) {
            text.push_str(last);
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn list_of<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> Node {
    let mut entries = Vec::new();
    for line in std::iter::once(first).chain(lines) {
        let (inner, is_end) = line.rsplit_once(']').map_or((line, false), |(inner, _)| (inner, true));
        entries.extend(strings(inner).into_iter().map(Node::Text));
        if is_end {
            break;
        }
    }
    Node::List(entries)
}

/// The strings of a line of a list, parted by commas that stand outside of quotation marks.
fn strings(line: &str) -> Vec<String> {
    let mut mark = None;
    let parts = line.split(|character: char| {
        match (mark, character) {
            (None, '"' | '\'') => mark = Some(character),
            (Some(open), _) if open == character => mark = None,
            _ => {}
        }
        mark.is_none() && character == ','
    });
    parts.map(|part| string(part.trim())).filter(|part| !part.is_empty()).collect()
}

/// A string without its quotation marks; a bare word without the comment behind it.
fn string(value: &str) -> String {
    let closed = |mark: char| value.strip_prefix(mark)?.rsplit_once(mark).map(|(inner, _)| inner);
    match (closed('"'), closed('\'')) {
        (Some(inner), _) => inner.replace("\\\"", "\"").replace("\\n", " ").replace("\\\\", "\\"),
        (None, Some(inner)) => inner.to_owned(),
        (None, None) => value.split('#').next().unwrap_or(value).trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_toml_is_read_and_the_rest_stepped_over() {
        let front = "# c\ntitle = \"AI = \\\"new\\\"\" # note\ndate = 2021-12-05T10:00:00Z # x\n'slug' = 'a-b'\n\
                     tags = [\"one, two\", 'three',\n  \"four\" ]\nlong = \"\"\"\nfirst\nsecond\"\"\"\n\
                     [extra]\ntitle = \"no\"\n[taxonomies]\ncategories = [\"five\"]\n";
        let map = Node::Map(simple_entries(front));
        let text = |key: &str| map.get(key).and_then(Node::text).map(str::to_owned);
        assert_eq!(text("title").as_deref(), Some("AI = \"new\""));
        assert_eq!(text("date").as_deref(), Some("2021-12-05T10:00:00Z"));
        assert_eq!(text("slug").as_deref(), Some("a-b"));
        assert_eq!(text("long").as_deref(), Some("\nfirst\nsecond"));
        let list =
            |key: &str| map.get(key).unwrap().entries().iter().filter_map(Node::text).collect::<Vec<_>>();
        assert_eq!(list("tags"), ["one, two", "three", "four"]);
        assert_eq!(list("categories"), ["five"]);
    }
}
