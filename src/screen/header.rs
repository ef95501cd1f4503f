//! The header: where am I, what is new.

use super::canvas::{Canvas, cells, fit};
use super::status::status;
use crate::library::MarkFilter;
use crate::reader::{Area, Reader, SavingSign};

/// Where there is less room than this, the filter is named in one word.
const CHIP_WHOLE_FROM_COLUMNS: u16 = 40;

/// Draws the header.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let sign = saving_sign(reader);
    let right = status(reader, area.width.saturating_sub(cells(sign)));
    let left = canvas.text_right(area, 0, &right, theme.secondary);
    let style = if reader.saving.failure().is_some() { theme.problem } else { theme.secondary };
    let left = canvas.text_right(Area { width: left, ..area }, 0, sign, style);
    let chip = filter_chip(reader, left);
    let left = canvas.text_right(Area { width: left, ..area }, 0, chip, theme.accent);
    let room = left.saturating_sub(2);
    let left = Area { width: room, ..area };
    let view = place(reader, usize::from(room.saturating_sub(1)));
    let mut column = 1;
    if usize::from(room) > usize::from(cells(&reader.source)) + view.len().min(24) + 4 {
        column = canvas.text(left, column, 0, &reader.source, theme.secondary);
        column = canvas.text(left, column, 0, " › ", theme.secondary);
    }
    let view = fit(&view, usize::from(room.saturating_sub(column)));
    canvas.text(left, column, 0, &view, theme.accent);
}

/// The filter that hides a part of the list.
fn filter_chip(reader: &Reader, room: u16) -> &'static str {
    match (reader.list.query.marks, room < CHIP_WHOLE_FROM_COLUMNS) {
        (MarkFilter::Any, _) => "",
        (MarkFilter::Unread, false) => "[unread only] ",
        (MarkFilter::Unread, true) => "[unread] ",
        (MarkFilter::Starred, false) => "[starred only] ",
        (MarkFilter::Starred, true) => "[starred] ",
    }
}

/// What is to be known of marks that the disk does not have yet.
fn saving_sign(reader: &Reader) -> &'static str {
    match reader.saving.sign() {
        Some(SavingSign::Failed) => "not saved! ",
        Some(SavingSign::Pending) => "saving… ",
        None => "",
    }
}

/// The topic and what is looked for in it: `All › /records`. Where there is no room for both, what is looked for.
fn place(reader: &Reader, room: usize) -> String {
    let view = reader.library.full_label(reader.view()).replacen(": ", " › ", 1);
    if reader.list.query.search.is_empty() {
        return view;
    }
    let search = format!("/{}", reader.searching.typed);
    let both = format!("{view} › {search}");
    if usize::from(cells(&both)) <= room { both } else { search }
}
