//! The header: where am I, what is new.

use super::canvas::{Canvas, cells, fit};
use crate::reader::{Area, Progress, Reader};

/// Draws the header.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let right = match (reader.loading.progress, reader.loading.unindexed) {
        (Some(progress), _) if reader.loading.asked_for || reader.library.len() < progress.found => {
            reading(reader, progress)
        }
        (None, waiting) if waiting > 0 => indexing(waiting, &new_and_all(reader), area.width),
        _ => new_and_all(reader),
    };
    canvas.text_right(area, 0, &right, theme.secondary);
    let room = area.width.saturating_sub(cells(&right)).saturating_sub(2);
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

/// How far the source has been read.
fn reading(reader: &Reader, Progress { checked, found }: Progress) -> String {
    match (found, reader.loading.asked_for) {
        (0, false) => "reading ".to_owned(),
        (_, false) => format!("reading {checked} of {found} "),
        (0, true) => "looking again ".to_owned(),
        (_, true) => format!("looking again, {checked} of {found} "),
    }
}

/// How much of the text cannot be searched yet, before what there is, where there is room for both.
fn indexing(waiting: usize, counts: &str, width: u16) -> String {
    let indexing = format!("indexing, {waiting} to go ");
    if counts.is_empty() || cells(&indexing) + cells(counts) > width / 2 {
        indexing
    } else {
        format!("{indexing}· {counts}")
    }
}

fn new_and_all(reader: &Reader) -> String {
    let counts = reader.counts_here();
    match (counts.unread, counts.total) {
        (0, 0) => String::new(),
        (0, 1) => "1 item, read ".to_owned(),
        (0, total) => format!("{total} items, all read "),
        (unread, total) => format!("{unread} unread of {total} "),
    }
}
