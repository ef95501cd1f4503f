//! Reads lists of all kinds.

use super::dom::{Element, Node};
use super::html::{Reader, ticked_marker};
use crate::article::document::{Block, ListItem, Marker};
use crate::article::row::Style;
use crate::item::markup::REFERENCE;

/// Reads `<ul>`, `<ol>` and their relatives.
pub(super) fn read(reader: &mut Reader, element: &Element) {
    let mut numbers = Numbers::of(element);
    let mut items: Vec<ListItem> = Vec::new();
    let blocks = reader.nested(|reader| {
        for run in element.children.chunk_by(|one, other| !is_item(one) && !is_item(other)) {
            match run {
                [Node::Element(item)] if item.name == "li" => {
                    items.extend(read_item(reader, item, &mut numbers));
                }
                // Text and lists directly in a list, as old editors wrote it, belong to the item before them.
                loose => {
                    let blocks = reader.nested(|reader| reader.nodes(loose));
                    adopt(&mut items, blocks);
                }
            }
        }
    });
    adopt(&mut items, blocks);
    if !items.is_empty() {
        reader.push(Block::List(items));
    }
}

fn is_item(node: &Node) -> bool {
    node.element().is_some_and(|element| element.name == "li")
}

fn read_item(reader: &mut Reader, item: &Element, numbers: &mut Option<Numbers>) -> Option<ListItem> {
    let label = numbers.as_mut().map(|numbers| numbers.next(item.number("value")));
    let mut blocks = reader.nested_children(item);
    let ticked = match blocks.first_mut() {
        Some(Block::Paragraph(flow)) => ticked_marker(flow),
        _ => None,
    };
    let marker = ticked.or(label.map(Marker::Label)).unwrap_or(Marker::Bullet);
    (!blocks.is_empty()).then_some(ListItem { marker, blocks })
}

/// Gives blocks that stand between items to the item before them.
fn adopt(items: &mut Vec<ListItem>, blocks: Vec<Block>) {
    match items.last_mut() {
        _ if blocks.is_empty() => {}
        Some(item) => item.blocks.extend(blocks),
        None => items.push(ListItem { marker: Marker::None, blocks }),
    }
}

/// Reads `<dl>`: terms, each followed by what is said of it.
pub(super) fn read_definitions(reader: &mut Reader, element: &Element) {
    reader.end_paragraph();
    for child in &element.children {
        let child = match child {
            Node::Element(child) => child,
            Node::Text(text) => {
                reader.text(text);
                continue;
            }
        };
        match child.name.as_str() {
            "dt" => reader.nested_flows(Style::default().bold(), child, Block::Term),
            "dd" => {
                let blocks = reader.nested_children(child);
                if !blocks.is_empty() {
                    reader.push(Block::Indented(blocks));
                }
            }
            "div" => read_definitions(reader, child),
            _ => reader.element(child),
        }
    }
    reader.end_paragraph();
}

/// Reads a footnote as the Markdown parser writes it: its number, then its text.
pub(super) fn read_footnote(reader: &mut Reader, element: &Element) {
    let is_label = |child: &&Element| child.name == REFERENCE;
    let label = element.elements().next().filter(is_label).map(Element::text);
    let blocks = reader.nested(|reader| {
        for child in element.elements().skip(usize::from(label.is_some())) {
            reader.element(child);
        }
    });
    let marker = Marker::Label(label.unwrap_or_default());
    reader.push(Block::List(vec![ListItem { marker, blocks }]));
}

/// The numbers of an ordered list.
struct Numbers {
    next: i64,
    step: i64,
    style: NumberStyle,
}

#[derive(Clone, Copy)]
enum NumberStyle {
    Decimal,
    Letters { upper: bool },
    Roman { upper: bool },
}

impl Numbers {
    /// The numbers of a list; `None` when it has bullets.
    fn of(list: &Element) -> Option<Self> {
        if list.name != "ol" {
            return None;
        }
        let reversed = list.attribute("reversed").is_some();
        let items = list.elements().filter(|item| item.name == "li").count();
        let first = if reversed { i64::try_from(items).unwrap_or(i64::MAX) } else { 1 };
        let style = match list.attribute("type") {
            Some("a") => NumberStyle::Letters { upper: false },
            Some("A") => NumberStyle::Letters { upper: true },
            Some("i") => NumberStyle::Roman { upper: false },
            Some("I") => NumberStyle::Roman { upper: true },
            _ => NumberStyle::Decimal,
        };
        Some(Self { next: list.number("start").unwrap_or(first), step: if reversed { -1 } else { 1 }, style })
    }

    fn next(&mut self, own: Option<i64>) -> String {
        let number = own.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let label = match self.style {
            NumberStyle::Decimal => None,
            NumberStyle::Letters { upper } => letters(number).map(|label| cased(label, upper)),
            NumberStyle::Roman { upper } => roman(number).map(|label| cased(label, upper)),
        };
        format!("{}.", label.unwrap_or_else(|| number.to_string()))
    }
}

fn cased(label: String, upper: bool) -> String {
    if upper { label.to_uppercase() } else { label }
}

/// 1 is `a`, 26 is `z`, 27 is `aa`.
fn letters(number: i64) -> Option<String> {
    let mut left = u32::try_from(number).ok().filter(|&number| number > 0)?;
    let mut letters = Vec::new();
    while left > 0 {
        letters.push(char::from_u32(u32::from('a') + (left - 1) % 26)?);
        left = (left - 1) / 26;
    }
    Some(letters.into_iter().rev().collect())
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            roman.push_str(sign);
            left -= value;
        }
    }
    Some(roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_letters_and_in_roman() {
        let letters: Vec<_> = [1, 26, 27, 702, 703].into_iter().filter_map(letters).collect();
        assert_eq!(letters, ["a", "z", "aa", "zz", "aaa"]);
        let romans: Vec<_> = [1, 4, 9, 1994, 3999].into_iter().filter_map(roman).collect();
        assert_eq!(romans, ["i", "iv", "ix", "mcmxciv", "mmmcmxcix"]);
        assert_eq!((super::letters(0), roman(0), roman(4000)), (None, None, None));
    }
}
