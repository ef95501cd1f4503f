//! Sets tables of data: columns as wide as their text needs, no boxes, one rule below the head. What does not
//! fit side by side is set as records, one below the other.

use std::rc::Rc;

use super::extent;
use super::flow;
use crate::article::document::text_of;
use crate::article::document::{Align, Block, Cell, Flow, Part, Table, TableRow};
use crate::article::row::{Role, Row, Span, Style};
use crate::article::set;

/// Cells between two columns.
const GUTTER: usize = 2;
/// A column of running text narrower than this is tiring to read when its cells grow taller than
/// [`TALLEST_CELL`] rows.
const TALLEST_CELL: usize = 8;

/// Sets a table and its caption.
pub(super) fn set(table: &Table, width: usize, depth: usize) -> Vec<Row> {
    let columns = Columns::of(table, width);
    let mut rows = match columns.and_then(|columns| side_by_side(table, &columns, depth)) {
        Some(rows) => rows,
        None => records(table, width, depth),
    };
    if !table.caption.is_empty() {
        let caption = flow::set(&table.caption, width);
        rows.splice(0..0, caption.into_iter().chain([Row::default()]));
    }
    rows
}

/// The columns of a table at a width.
struct Columns {
    widths: Vec<usize>,
    aligns: Vec<Align>,
}

impl Columns {
    /// Shares out the width as browsers do: every column gets its longest word, and the rest goes to those
    /// that have more to say. `None` when not even the longest words fit.
    fn of(table: &Table, width: usize) -> Option<Self> {
        let (least, most) = extents(table);
        let used = most.iter().filter(|&&most| most > 0).count();
        let room = width.checked_sub(GUTTER * used.saturating_sub(1))?;
        let (least_sum, most_sum): (usize, usize) = (least.iter().sum(), most.iter().sum());
        if least_sum > room {
            return None;
        }
        let widths = if most_sum <= room { most } else { shared(&least, &most, room) };
        let aligns = (0..table.columns).map(|column| column_align(table, column)).collect();
        Some(Self { widths, aligns })
    }

    /// How wide a cell is, with the gutters that it spans.
    fn width(&self, cell: &Cell) -> usize {
        let spanned = self.widths.iter().skip(cell.column).take(cell.column_span).filter(|&&width| width > 0);
        let (count, sum) = spanned.fold((0, 0), |(count, sum), width| (count + 1, sum + width));
        sum + GUTTER * usize::saturating_sub(count, 1)
    }

    /// The cell of a row at which a column begins.
    fn start(&self, column: usize) -> usize {
        self.widths.iter().take(column).filter(|&&width| width > 0).map(|width| width + GUTTER).sum()
    }

    fn align(&self, cell: &Cell) -> Align {
        let column = self.aligns.get(cell.column).copied().unwrap_or(Align::Left);
        cell.align.unwrap_or(if cell.column_span > 1 { Align::Left } else { column })
    }
}

/// For each column, the width of its longest word and of its longest line.
fn extents(table: &Table) -> (Vec<usize>, Vec<usize>) {
    let mut least = vec![0; table.columns];
    let mut most = vec![0; table.columns];
    let (single, spanning): (Vec<&Cell>, Vec<&Cell>) =
        table.rows.iter().flat_map(|row| &row.cells).partition(|cell| cell.column_span == 1);
    for cell in single.into_iter().chain(spanning) {
        let (word, line) = extent::of(&cell.blocks);
        widen(&mut least, cell, word.min(extent::LONGEST_WORD));
        widen(&mut most, cell, line);
    }
    for (most, least) in most.iter_mut().zip(&least) {
        *most = (*most).max(*least);
    }
    (least, most)
}

/// Makes the columns of a cell wide enough for it, together with the gutters between them. Columns that are
/// empty stay so, unless all are.
fn widen(widths: &mut [usize], cell: &Cell, needed: usize) {
    let spanned = || cell.column..cell.column + cell.column_span;
    let filled = widths.get(spanned()).unwrap_or_default().iter().filter(|&&width| width > 0).count();
    let present: usize = widths.get(spanned()).unwrap_or_default().iter().sum();
    let missing = needed.saturating_sub(present + GUTTER * filled.saturating_sub(1));
    let widths = widths.get_mut(spanned()).unwrap_or_default();
    if filled == 0 {
        widths.iter_mut().take(1).for_each(|width| *width = missing);
    } else {
        let each = missing.div_ceil(filled);
        widths.iter_mut().filter(|width| **width > 0).for_each(|width| *width += each);
    }
}

/// Gives each column its least and shares what is left by how much more each one wants.
fn shared(least: &[usize], most: &[usize], room: usize) -> Vec<usize> {
    let mut left = room - least.iter().sum::<usize>().min(room);
    let mut wanted: usize = most.iter().zip(least).map(|(most, least)| most - least).sum();
    let mut widths = Vec::with_capacity(least.len());
    for (most, least) in most.iter().zip(least) {
        let more = most - least;
        let given = (left * more).checked_div(wanted).unwrap_or(0);
        wanted -= more;
        left -= given;
        widths.push(least + given);
    }
    widths
}

/// Where most of the body of a column stands: numbers on the right, so that their digits line up.
fn column_align(table: &Table, column: usize) -> Align {
    let mut cells = table
        .rows
        .iter()
        .filter(|row| row.part != Part::Head)
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.column == column && cell.column_span == 1 && !cell.blocks.is_empty())
        .peekable();
    let any = cells.peek().is_some();
    if any && cells.all(|cell| is_number(&cell.blocks)) { Align::Right } else { Align::Left }
}

fn is_number(blocks: &[Block]) -> bool {
    let [Block::Paragraph(text)] = blocks else { return false };
    let text = text_of(text);
    let signs = |c: char| c.is_ascii_digit() || " .,%+-–−±<>≤≥~≈$€£¥/:()\u{a0}".contains(c);
    let says_none = ["–", "—", "-", "N/A", "n/a", "NA", "ND"].contains(&text.trim());
    says_none || (text.chars().all(signs) && text.contains(|c: char| c.is_ascii_digit()))
}

/// One cell, set, and the rows of the table that it covers.
struct SetCell {
    rows: Vec<Row>,
    column: usize,
    width: usize,
    align: Align,
    first: usize,
    last: usize,
}

/// Sets a table in columns. `None` when that makes cells so tall that records are easier to read.
fn side_by_side(table: &Table, columns: &Columns, depth: usize) -> Option<Vec<Row>> {
    let set = set_cells(table, columns, depth);
    let squeezed =
        columns.widths.iter().filter(|&&width| width > 0).any(|&width| width < extent::LONGEST_WORD);
    let tallest = set
        .iter()
        .filter(|cell| cell.width < extent::LONGEST_WORD)
        .map(|cell| cell.rows.len())
        .max()
        .unwrap_or(0);
    if squeezed && tallest > TALLEST_CELL {
        return None;
    }
    let grid = Grid::of(set, table.rows.len());
    let is_airy =
        table.rows.iter().enumerate().any(|(index, row)| row.part != Part::Head && grid.height(index) > 1);
    let mut rows = Vec::new();
    let mut previous: Option<&TableRow> = None;
    for (index, row) in table.rows.iter().enumerate() {
        match previous.map(|previous| previous.part) {
            Some(part) if part != row.part => rows.push(rules(columns)),
            Some(_) if is_airy && row.part == Part::Body => rows.push(Row::default()),
            _ => {}
        }
        rows.extend((0..grid.height(index)).map(|line| grid.line(columns, index, line)));
        previous = Some(row);
    }
    Some(rows)
}

fn set_cells(table: &Table, columns: &Columns, depth: usize) -> Vec<SetCell> {
    let rows = table.rows.iter().enumerate();
    rows.flat_map(|(index, row)| row.cells.iter().map(move |cell| (index, cell)))
        .map(|(index, cell)| {
            let width = columns.width(cell);
            SetCell {
                rows: if width > 0 { set::blocks(&cell.blocks, width, depth) } else { Vec::new() },
                column: cell.column,
                width,
                align: columns.align(cell),
                first: index,
                last: index + cell.row_span - 1,
            }
        })
        .collect()
}

/// All cells of a table, set, and where they stand.
struct Grid {
    /// For each row of the table, the cells that cover it, from left to right.
    covering: Vec<Vec<Rc<SetCell>>>,
    /// For each row of the table, and for its end, how many rows of text stand above it.
    tops: Vec<usize>,
}

impl Grid {
    fn of(set: Vec<SetCell>, rows: usize) -> Self {
        let tops = tops(&set, rows);
        let mut covering = vec![Vec::new(); rows];
        for cell in set.into_iter().filter(|cell| cell.width > 0).map(Rc::new) {
            for row in covering.iter_mut().take(cell.last + 1).skip(cell.first) {
                row.push(Rc::clone(&cell));
            }
        }
        for row in &mut covering {
            row.sort_by_key(|cell| cell.column);
        }
        Self { covering, tops }
    }

    fn top(&self, row: usize) -> usize {
        self.tops.get(row).copied().unwrap_or_default()
    }

    fn height(&self, row: usize) -> usize {
        self.top(row + 1).saturating_sub(self.top(row))
    }

    /// One row of text of a row of the table.
    fn line(&self, columns: &Columns, row: usize, line: usize) -> Row {
        let mut set = Row::default();
        let mut at = 0;
        for cell in self.covering.get(row).into_iter().flatten() {
            let within = self.top(row) + line - self.top(cell.first);
            let Some(text) = cell.rows.get(within).filter(|text| !text.spans.is_empty()) else { continue };
            let spare = cell.width.saturating_sub(text.cells());
            let indent = match cell.align {
                Align::Left => 0,
                Align::Center => spare / 2,
                Align::Right => spare,
            };
            let blanks = (columns.start(cell.column) + indent).saturating_sub(at);
            set.push(&" ".repeat(blanks), Style::default());
            set.spans.extend(text.spans.iter().cloned());
            at += blanks + text.cells();
        }
        set
    }
}

/// Where each row of a table begins. A cell over several rows makes the last of them taller where it must.
fn tops(set: &[SetCell], rows: usize) -> Vec<usize> {
    let mut ending: Vec<Vec<&SetCell>> = vec![Vec::new(); rows];
    for cell in set {
        if let Some(row) = ending.get_mut(cell.last) {
            row.push(cell);
        }
    }
    let mut tops = vec![0];
    for cells in ending {
        let top = tops.last().copied().unwrap_or_default();
        let ends = cells.iter().map(|cell| tops.get(cell.first).copied().unwrap_or(top) + cell.rows.len());
        tops.push(ends.fold(top, usize::max));
    }
    tops
}

/// The rule below the head: one piece for each column.
fn rules(columns: &Columns) -> Row {
    let pieces: Vec<String> =
        columns.widths.iter().filter(|&&width| width > 0).map(|&width| "─".repeat(width)).collect();
    Row::from(Span::furniture(pieces.join(&" ".repeat(GUTTER))))
}

/// Sets a table as one record for each of its rows: the head of each column, and below it or beside it the cell.
fn records(table: &Table, width: usize, depth: usize) -> Vec<Row> {
    let labels: Vec<Flow> = (0..table.columns).map(|column| label(table, column)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for record in table.rows.iter().filter(|row| row.part != Part::Head) {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        for cell in record.cells.iter().filter(|cell| !cell.blocks.is_empty()) {
            let label = labels.get(cell.column).map(Vec::as_slice).unwrap_or_default();
            rows.extend(field(label, &cell.blocks, width, depth));
        }
    }
    rows
}

/// What the head says of a column, in bold.
fn label(table: &Table, column: usize) -> Flow {
    let mut label = Flow::new();
    let head = table.rows.iter().filter(|row| row.part == Part::Head).flat_map(|row| &row.cells);
    for cell in head.filter(|cell| (cell.column..cell.column + cell.column_span).contains(&column)) {
        for block in &cell.blocks {
            if let Block::Paragraph(text) | Block::Heading(_, text) = block {
                if !label.is_empty() {
                    label.push(Span::new(" ", Style::default().bold()));
                }
                label.extend(text.iter().cloned());
            }
        }
    }
    label
}

fn field(label: &[Span], blocks: &[Block], width: usize, depth: usize) -> Vec<Row> {
    if label.is_empty() {
        return set::blocks(blocks, width, depth);
    }
    let mut label = label.to_vec();
    let colon = if text_of(&label).ends_with(':') { " " } else { ": " };
    label.push(Span::new(colon, Style::of(Role::Text).bold()));
    let (indent, inner) = set::indent(2, width);
    let ([Block::Paragraph(_), rest @ ..] | rest) = blocks;
    if let Some(Block::Paragraph(text)) = blocks.first() {
        label.extend(text.iter().cloned());
    }
    let mut rows = hanging(&label, width, indent, inner);
    rows.extend(set::prefixed(set::blocks(rest, inner, depth), &" ".repeat(indent)));
    rows
}

/// Sets a flow whose first row sticks out to the left.
fn hanging(text: &[Span], width: usize, indent: usize, inner: usize) -> Vec<Row> {
    let rows = flow::set(text, width);
    if rows.len() < 2 || indent == 0 {
        return rows;
    }
    let mut rows = flow::set(text, inner).into_iter();
    let first = rows.next().unwrap_or_default();
    std::iter::once(first).chain(set::prefixed(rows.collect(), &" ".repeat(indent))).collect()
}
