//! The header: where am I, what is new.

use super::canvas::{Canvas, cells, fit};
use crate::reader::{Area, Reader};

/// Draws the header.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let right = match reader.loading.found {
        Some(found) => reading(reader, found),
        None => new_and_all(reader),
    };
    canvas.text_right(area, 0, &right, theme.secondary);
    let room = area.width.saturating_sub(cells(&right)).saturating_sub(2);
    let left = Area { width: room, ..area };
    let view = reader.library.full_label(reader.view()).replacen(": ", " › ", 1);
    let mut column = 1;
    if usize::from(room) > usize::from(cells(&reader.source)) + view.len().min(24) + 4 {
        column = canvas.text(left, column, 0, &reader.source, theme.secondary);
        column = canvas.text(left, column, 0, " › ", theme.secondary);
    }
    let view = fit(&view, usize::from(room.saturating_sub(column)));
    canvas.text(left, column, 0, &view, theme.accent);
}

/// How far the source has been read, when so many items of it have been found.
fn reading(reader: &Reader, found: usize) -> String {
    match (found, &reader.loading.incoming) {
        (0, None) => "reading ".to_owned(),
        (_, None) => format!("reading {} of {found} ", reader.library.len()),
        (0, Some(_)) => "reading again ".to_owned(),
        (_, Some(incoming)) => format!("reading again, {} of {found} ", incoming.len()),
    }
}

fn new_and_all(reader: &Reader) -> String {
    let counts = reader.counts(reader.view());
    match (counts.unread, counts.total) {
        (0, 0) => String::new(),
        (0, 1) => "1 item, read ".to_owned(),
        (0, total) => format!("{total} items, all read "),
        (unread, total) => format!("{unread} unread of {total} "),
    }
}
