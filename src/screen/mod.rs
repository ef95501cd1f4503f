//! Drawing the reader's state. Nothing here changes it, and nothing here is slow.

mod article;
mod ascii;
mod canvas;
mod footer;
mod found;
mod header;
mod list;
mod overlay;
mod rows;
mod site;
mod status;
mod theme;
mod topics;
mod unsaved;

#[cfg(test)]
mod tests;

pub(crate) use canvas::fit;
pub use theme::{Palette, Theme};

use ratatui::Frame;

use crate::reader::Reader;
use canvas::Canvas;

/// How the screen looks, whatever is on it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// Whether the terminal knows ASCII only.
    pub ascii: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { theme: Theme::new(Palette::default()), ascii: false }
    }
}

/// Draws the reader.
pub fn draw(reader: &Reader, look: &Look, frame: &mut Frame<'_>) {
    let mut canvas = Canvas::new(frame.buffer_mut(), &look.theme);
    let panes = reader.panes();
    if let Some(area) = panes.header {
        header::draw(reader, area, &mut canvas);
    }
    let overlay = panes.overlay.filter(|_| reader.overlay.covers_the_panes());
    if let Some(area) = overlay {
        overlay::draw(reader, area, &mut canvas);
    } else {
        draw_panes(reader, &mut canvas);
    }
    if let Some(area) = panes.footer.or_else(|| footer::place_for_more(reader)) {
        footer::draw(reader, area, &mut canvas);
    }
    let cursor = canvas.cursor;
    if look.ascii {
        ascii::downgrade(frame.buffer_mut());
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn draw_panes(reader: &Reader, canvas: &mut Canvas<'_>) {
    let panes = reader.panes();
    if let Some(area) = panes.list {
        list::draw(reader, area, canvas);
    }
    if let Some(area) = panes.article {
        article::draw(reader, area, canvas);
    }
    if let Some(area) = panes.list_rule {
        list::draw_rule(reader, area, canvas);
    }
    if let Some(area) = panes.topics_rule {
        canvas.rule_down(area);
    }
    if let Some(area) = panes.topics {
        topics::draw(reader, area, canvas);
    }
}
