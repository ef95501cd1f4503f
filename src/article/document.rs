//! The body of an item as blocks of text, independent of any width.

use super::read::{self, MAX_TEXT_BYTES};
use super::row::{Role, Span, Style};
use super::target::Target;
use crate::item::{Body, ByteCount, Link, drawable};

/// Running text: pieces in order, white space already collapsed. A line end in a piece is a forced one.
pub(super) type Flow = Vec<Span>;

/// The text of a flow without its styles.
pub(super) fn text_of(flow: &[Span]) -> String {
    flow.iter().map(|span| span.text.as_str()).collect()
}

/// The body of an item as blocks of text that are safe to draw, not yet set at a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<Target>,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Flow),
    /// A heading of level 1 to 6.
    Heading(u8, Flow),
    /// A list of any kind.
    List(Vec<ListItem>),
    /// A term of a definition list.
    Term(Flow),
    /// What a definition list, or an opened `<details>`, says: set with an indent.
    Indented(Vec<Block>),
    /// Quoted blocks.
    Quote(Vec<Block>),
    /// Text as typed, tabs already expanded, lines parted by line ends.
    Preformatted(String),
    /// A table of data.
    Table(Table),
    /// What is said below an image, a table or a video.
    Caption(Flow),
    /// A thematic break.
    Rule,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListItem {
    pub(super) marker: Marker,
    pub(super) blocks: Vec<Block>,
}

/// What stands before an item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    /// A bullet; which one follows from how deep the list is nested.
    Bullet,
    /// A number or letter, or a box that is ticked or not.
    Label(String),
    /// Nothing at all.
    None,
}

/// A table of data. No cell of it holds another table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) caption: Flow,
    pub(super) rows: Vec<TableRow>,
    /// How many columns it has, spans counted.
    pub(super) columns: usize,
}

/// One row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableRow {
    pub(super) part: Part,
    pub(super) cells: Vec<Cell>,
}

/// The part of a table that a row belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Part {
    Head,
    #[default]
    Body,
    Foot,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    /// The first column that it covers, counted from 0.
    pub(super) column: usize,
    pub(super) column_span: usize,
    pub(super) row_span: usize,
    pub(super) header: bool,
    pub(super) align: Option<Align>,
}

impl Cell {
    /// Whether it is as wide as its table, as a title is.
    pub(super) fn spans_all(&self, table: &Table) -> bool {
        table.columns > 1 && self.column_span >= table.columns
    }
}

/// On which side of its cell a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

impl Document {
    /// Reads a body of any kind. This cannot fail, however hostile the body.
    ///
    /// `base` is the address of the original, against which relative links are resolved.
    pub fn of(body: &Body, base: Option<&Link>) -> Self {
        read::read(body.kind, body.text(), base)
    }

    /// Shows the text of a file as it is typed, for those who want to see what a page was made from.
    pub fn source(raw: &str) -> Self {
        let text = read::head(raw, MAX_TEXT_BYTES);
        let typed = read::expand_tabs(&drawable(text));
        let mut document = Self { blocks: vec![Block::Preformatted(typed)], links: Vec::new() };
        document.note_if_cut(text.len() < raw.len());
        document
    }

    /// The numbered links; the first is number 1.
    pub fn links(&self) -> &[Target] {
        &self.links
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Says where the text was cut, if it was, and by which limit.
    pub(super) fn note_if_cut(&mut self, is_cut: bool) {
        if is_cut {
            let limit = ByteCount(MAX_TEXT_BYTES as u64);
            let note = format!(
                "The text is cut here: it is longer than {limit}, the most that is shown of one article."
            );
            self.blocks.push(Block::Rule);
            self.blocks.push(Block::Paragraph(vec![Span::new(note, Style::of(Role::Secondary).italic())]));
        }
    }
}
