//! Reads text that is to be shown as typed.

use super::dom::{Element, Node};
use super::html::Reader;
use crate::article::document::Block;
use crate::item::markup::{DELETED, INSERTED};

/// How far apart tab stops are, in cells.
const TAB_STOP: usize = 4;

/// Reads `<pre>` and its relatives.
pub(super) fn read(reader: &mut Reader, element: &Element) {
    let mut typed = String::new();
    collect(element, &mut typed);
    let typed = expand_tabs(typed.trim_end()).replace('\u{a0}', " ");
    let typed = typed.trim_start_matches(['\n', '\r']);
    if !typed.trim().is_empty() {
        reader.push(Block::Preformatted(typed.to_owned()));
    }
}

fn collect(element: &Element, typed: &mut String) {
    for child in &element.children {
        match child {
            Node::Text(text) => typed.push_str(text),
            Node::Element(child) if child.name == "br" => typed.push('\n'),
            Node::Element(child) if matches!(child.name.as_str(), DELETED | INSERTED) => {
                typed.push_str(if child.name == DELETED { "[deleted: " } else { "[inserted: " });
                collect(child, typed);
                typed.push(']');
            }
            Node::Element(child) => {
                let own_line = matches!(child.name.as_str(), "div" | "p" | "li" | "tr");
                start_line(typed, own_line);
                collect(child, typed);
                start_line(typed, own_line);
            }
        }
    }
}

fn start_line(typed: &mut String, needed: bool) {
    if needed && !typed.is_empty() && !typed.ends_with('\n') {
        typed.push('\n');
    }
}

/// Replaces tabs by blanks up to the next tab stop, and all kinds of line ends by one.
pub(in crate::article) fn expand_tabs(text: &str) -> String {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n");
    if !text.contains('\t') {
        return text;
    }
    let mut expanded = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            expanded.push('\n');
        }
        let mut column = 0;
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                let blanks = TAB_STOP - column % TAB_STOP;
                expanded.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            expanded.push_str(piece);
            column += crate::article::cells::cells(piece);
        }
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\n\tc\r\nabcd\td"), "a   b\n    c\nabcd    d");
        assert_eq!(expand_tabs("患\tb"), "患  b");
    }
}
