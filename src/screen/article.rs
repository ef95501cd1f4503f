//! The article.

use super::canvas::Canvas;
use crate::reader::{Area, Reader, text_area};

/// Draws the part of the page that is scrolled to.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let text = text_area(area);
    let Some(page) = &reader.article.page else { return };
    let shown = page.rows.iter().skip(reader.article.scroll);
    for (down, row) in (0..text.height).zip(shown) {
        let mut column = 0;
        for span in &row.spans {
            column = canvas.text(text, column, down, &span.text, canvas.theme.of(span.style));
        }
    }
}
