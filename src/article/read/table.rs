//! Reads tables. A table that only arranges a page is read as the blocks that it holds.

use super::dom::Element;
use super::html::Reader;
use crate::article::document::text_of;
use crate::article::document::{Align, Block, Cell, Flow, Part, Table, TableRow};
use crate::article::row::{Role, Style};

/// The most columns of a table; what stands further to the right is set below it.
const MAX_COLUMNS: usize = 64;

/// Reads `<table>`.
pub(super) fn read(reader: &mut Reader, element: &Element) {
    let rows = rows_of(element);
    if only_arranges(element, &rows) {
        return read_as_blocks(reader, element);
    }
    let mut table = Table { caption: read_caption(reader, element), ..Table::default() };
    let mut grid = Grid::default();
    let mut left_over = Vec::new();
    for part in [Part::Head, Part::Body, Part::Foot] {
        let rows: Vec<&Element> =
            rows.iter().filter(|(other, _)| *other == part).map(|(_, row)| *row).collect();
        for (index, row) in rows.iter().enumerate() {
            let cells = read_row(reader, row, &mut grid, rows.len() - index, &mut left_over);
            table.rows.push(TableRow { part, cells });
        }
    }
    close_up_columns(&mut table);
    find_header(&mut table);
    if table.rows.iter().any(|row| row.cells.iter().any(|cell| !cell.blocks.is_empty())) {
        reader.push(Block::Table(table));
    }
    for block in left_over {
        reader.push(block);
    }
}

/// The rows of a table with the parts they belong to.
fn rows_of(table: &Element) -> Vec<(Part, &Element)> {
    let mut rows = Vec::new();
    for child in table.elements() {
        match child.name.as_str() {
            "thead" => rows.extend(named(child, "tr").map(|row| (Part::Head, row))),
            "tbody" => rows.extend(named(child, "tr").map(|row| (Part::Body, row))),
            "tfoot" => rows.extend(named(child, "tr").map(|row| (Part::Foot, row))),
            "tr" => rows.push((Part::Body, child)),
            _ => {}
        }
    }
    rows
}

fn named<'a>(element: &'a Element, name: &'a str) -> impl Iterator<Item = &'a Element> {
    element.elements().filter(move |child| child.name == name)
}

fn cells_of(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
}

/// Whether a table is there to place things on a page rather than to relate them.
fn only_arranges(table: &Element, rows: &[(Part, &Element)]) -> bool {
    is_shaped_to_arrange(table, rows) || holds_data(table)
}

fn is_shaped_to_arrange(table: &Element, rows: &[(Part, &Element)]) -> bool {
    let said = table.attribute("role").is_some_and(|role| matches!(role, "presentation" | "none"));
    let widest = rows.iter().map(|(_, row)| cells_of(row).count()).max().unwrap_or(0);
    let has_header = rows.iter().any(|(part, row)| *part == Part::Head || named(row, "th").next().is_some());
    said || widest < 2 || (rows.len() < 2 && !has_header)
}

/// Whether an element holds a table of data. One that only arranges what stands in a cell, as editors put around
/// pictures, is none.
fn holds_data(element: &Element) -> bool {
    element.elements().any(|child| {
        (child.name == "table" && !is_shaped_to_arrange(child, &rows_of(child))) || holds_data(child)
    })
}

fn read_as_blocks(reader: &mut Reader, table: &Element) {
    let caption = read_caption(reader, table);
    if !caption.is_empty() {
        reader.push(Block::Paragraph(caption));
    }
    for (_, row) in rows_of(table) {
        for cell in cells_of(row) {
            let style = if cell.name == "th" { reader.style.bold() } else { reader.style };
            reader.end_paragraph();
            reader.children_in(style, cell);
            reader.end_paragraph();
        }
    }
}

fn read_caption(reader: &mut Reader, table: &Element) -> Flow {
    let Some(caption) = named(table, "caption").next() else { return Flow::new() };
    let blocks = reader.nested(|reader| reader.element(caption));
    let flows = blocks
        .into_iter()
        .filter_map(|block| if let Block::Caption(flow) = block { Some(flow) } else { None });
    flows.flatten().collect()
}

/// Which columns are still covered by cells of rows above.
#[derive(Default)]
struct Grid {
    /// For each column, how many more rows the cell above it covers.
    covered: Vec<usize>,
}

impl Grid {
    /// The first column, from one on, that no cell above covers.
    fn next_free(&self, from: usize) -> usize {
        let taken = self.covered.iter().skip(from).take_while(|&&rows| rows > 0).count();
        from + taken
    }

    /// How many of the wanted columns, from a free one on, no cell above covers: cells never overlap.
    fn free_span(&self, from: usize, wanted: usize) -> usize {
        let covered = self.covered.iter().skip(from + 1).take(wanted - 1).position(|&rows| rows > 0);
        covered.map_or(wanted, |at| at + 1)
    }

    fn cover(&mut self, cell: &Cell) {
        let end = cell.column + cell.column_span;
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        for rows in self.covered.iter_mut().skip(cell.column).take(cell.column_span) {
            *rows = cell.row_span;
        }
    }

    fn end_row(&mut self) {
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
    }
}

/// Reads the cells of a row; what finds no column is left over.
fn read_row(
    reader: &mut Reader,
    row: &Element,
    grid: &mut Grid,
    rows_left: usize,
    left_over: &mut Vec<Block>,
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut column = 0;
    for element in cells_of(row) {
        column = grid.next_free(column);
        let mut cell = read_cell(reader, element, column, rows_left);
        cell.column_span = grid.free_span(column, cell.column_span);
        if column >= MAX_COLUMNS {
            left_over.extend(cell.blocks);
            continue;
        }
        grid.cover(&cell);
        column += cell.column_span;
        cells.push(cell);
    }
    grid.end_row();
    cells
}

fn read_cell(reader: &mut Reader, element: &Element, column: usize, rows_left: usize) -> Cell {
    let header = element.name == "th";
    let style = if header { Style::default().bold() } else { Style::default() };
    let blocks = reader.nested(|reader| reader.children_in(style, element));
    let room = MAX_COLUMNS.saturating_sub(column).max(1);
    let row_span = match element.number("rowspan").unwrap_or(1) {
        0 => rows_left,
        rows => rows,
    };
    Cell {
        blocks,
        column,
        column_span: element.number("colspan").unwrap_or(1).clamp(1, room),
        row_span: row_span.clamp(1, rows_left.max(1)),
        header,
        align: align(element),
    }
}

fn align(cell: &Element) -> Option<Align> {
    let style = cell.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    let said = |side: &str| {
        cell.attribute("align").is_some_and(|align| align.eq_ignore_ascii_case(side))
            || style.contains(&format!("text-align:{side}"))
    };
    [("left", Align::Left), ("center", Align::Center), ("right", Align::Right)]
        .into_iter()
        .find_map(|(side, align)| said(side).then_some(align))
}

/// Takes out columns in which no cell begins, as a wide `colspan` makes them.
fn close_up_columns(table: &mut Table) {
    let mut begins = [false; MAX_COLUMNS];
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        if let Some(column) = begins.get_mut(cell.column) {
            *column = true;
        }
    }
    let used = |from: usize, to: usize| begins.iter().take(to).skip(from).filter(|&&begins| begins).count();
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.column_span = used(cell.column, cell.column + cell.column_span).max(1);
        cell.column = used(0, cell.column);
    }
    table.columns = used(0, MAX_COLUMNS);
}

/// Makes the first rows the head of a table that does not name one, when they look like it.
fn find_header(table: &mut Table) {
    if table.rows.iter().any(|row| row.part == Part::Head) {
        return;
    }
    let titles = table.rows.iter().take_while(|row| row.is_all(|cell| cell.spans_all(table))).count();
    let (_, below) = table.rows.split_at_checked(titles).unwrap_or_default();
    let count = match heads_of(below) {
        0 => heads_of(&table.rows),
        heads => titles + heads,
    };
    if count < table.rows.len() {
        for row in table.rows.iter_mut().take(count) {
            row.part = Part::Head;
        }
    }
}

/// How many rows look like a head: header cells, or else one row in bold, or one that names the pictures below it.
fn heads_of(rows: &[TableRow]) -> usize {
    let headers = rows.iter().take_while(|row| row.is_all(|cell| cell.header)).count();
    let Some((first, below)) = rows.split_first().filter(|_| headers == 0) else { return headers };
    let names_pictures = !below.is_empty()
        && below.iter().all(|row| row.is_all(|cell| cell.header || is_picture(cell)))
        && below.iter().any(|row| row.cells.iter().any(is_picture))
        && !first.cells.iter().any(is_picture);
    usize::from(first.is_all(is_bold) || names_pictures)
}

impl TableRow {
    fn is_all(&self, test: impl Fn(&Cell) -> bool) -> bool {
        let mut filled = self.cells.iter().filter(|cell| !cell.blocks.is_empty()).peekable();
        filled.peek().is_some() && filled.all(test)
    }
}

fn is_bold(cell: &Cell) -> bool {
    is_all_in(cell, |style| style.bold)
}

fn is_picture(cell: &Cell) -> bool {
    is_all_in(cell, |style| matches!(style.role, Role::Image | Role::LinkNumber))
}

/// Whether a cell is one line of text in some style.
fn is_all_in(cell: &Cell, test: impl Fn(Style) -> bool) -> bool {
    match cell.blocks.as_slice() {
        [Block::Paragraph(flow)] => {
            flow.iter().all(|span| test(span.style) || span.text.trim().is_empty())
                && !text_of(flow).is_empty()
        }
        _ => false,
    }
}
