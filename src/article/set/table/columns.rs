//! Shares out the width of a table among its columns.

use super::{GUTTER, extent};
use crate::article::document::{Align, Block, Cell, Part, Table, text_of};

/// The columns of a table at a width.
pub(super) struct Columns {
    /// Their widths in cells; 0 for those that hold nothing.
    pub(super) widths: Vec<usize>,
    aligns: Vec<Align>,
}

impl Columns {
    /// Shares out the width as browsers do: every column gets its longest word, and the rest goes to those
    /// that have more to say. `None` when not even the longest words fit.
    pub(super) fn of(table: &Table, width: usize) -> Option<Self> {
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
    pub(super) fn width(&self, cell: &Cell) -> usize {
        let spanned = self.widths.iter().skip(cell.column).take(cell.column_span).filter(|&&width| width > 0);
        let (count, sum) = spanned.fold((0, 0), |(count, sum), width| (count + 1, sum + width));
        sum + GUTTER * usize::saturating_sub(count, 1)
    }

    /// The cell of a row at which a column begins.
    pub(super) fn start(&self, column: usize) -> usize {
        self.widths.iter().take(column).filter(|&&width| width > 0).map(|width| width + GUTTER).sum()
    }

    /// On which side a cell stands.
    pub(super) fn align(&self, cell: &Cell) -> Align {
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
