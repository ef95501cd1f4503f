//! Measures how much room blocks need and how much they could use.

use super::flow;
use crate::article::cells::cells;
use crate::article::document::{Block, ListItem, Marker};
use crate::article::row::Span;

/// No more room than this is asked for the sake of one long word.
pub(super) const LONGEST_WORD: usize = 24;
/// The largest blocks that are asked whether they fit, in bytes of text.
const LARGEST_MEASURED: usize = 500;

/// The widths of the longest word and of the longest line of some blocks, in cells.
pub(super) fn of(blocks: &[Block]) -> (usize, usize) {
    let each = blocks.iter().map(|block| match block {
        Block::Paragraph(text) | Block::Term(text) | Block::Caption(text) | Block::Heading(_, text) => {
            of_flow(text)
        }
        Block::List(items) => items.iter().map(of_item).fold((0, 0), larger),
        Block::Indented(inner) | Block::Quote(inner) => {
            let (word, line) = of(inner);
            (word + 2, line + 2)
        }
        Block::Preformatted(typed) => {
            let longest = typed.split('\n').map(cells).max().unwrap_or(0) + 2;
            (longest.min(LONGEST_WORD), longest)
        }
        Block::Table(_) | Block::Rule => (3, 3),
    });
    each.fold((0, 0), larger)
}

/// Whether the words of some blocks fit at a width. Of long blocks this says no unseen, for it is asked again
/// for each block in a block.
pub(super) fn fits(blocks: &[Block], width: usize) -> bool {
    size(blocks, LARGEST_MEASURED) <= LARGEST_MEASURED && of(blocks).0 <= width
}

/// How many bytes of text blocks hold, counted no further than a limit.
fn size(blocks: &[Block], limit: usize) -> usize {
    let mut counted = 0;
    for block in blocks {
        if counted > limit {
            break;
        }
        counted += match block {
            Block::Paragraph(text) | Block::Term(text) | Block::Caption(text) | Block::Heading(_, text) => {
                1 + text.iter().map(|span| span.text.len()).sum::<usize>()
            }
            Block::List(items) => items.iter().map(|item| 1 + size(&item.blocks, limit)).sum(),
            Block::Indented(inner) | Block::Quote(inner) => 1 + size(inner, limit),
            Block::Preformatted(typed) => typed.len(),
            Block::Table(_) | Block::Rule => 1,
        };
    }
    counted
}

fn larger(one: (usize, usize), other: (usize, usize)) -> (usize, usize) {
    (one.0.max(other.0), one.1.max(other.1))
}

/// An item needs room for its marker, too.
fn of_item(item: &ListItem) -> (usize, usize) {
    let marker = match &item.marker {
        Marker::Bullet => 2,
        Marker::Label(label) => cells(label) + 1,
        Marker::None => 0,
    };
    let (word, line) = of(&item.blocks);
    (word + marker, line + marker)
}

fn of_flow(flow: &[Span]) -> (usize, usize) {
    let mut longest = (0, 0);
    for line in flow::lines(flow) {
        let mut word = 0;
        for span in &line {
            for (index, piece) in span.text.split(' ').enumerate() {
                word = if index == 0 { word } else { 0 };
                word += widest_part(piece);
                longest.0 = longest.0.max(word);
            }
        }
        longest.1 = longest.1.max(line.iter().map(|span| cells(&span.text)).sum());
    }
    longest
}

/// A word is as wide as it is, but Chinese may be broken anywhere.
fn widest_part(word: &str) -> usize {
    if word.is_ascii() || !word.chars().any(flow::is_ideographic) { cells(word) } else { cells(word).min(4) }
}
