//! The question what to do with changes that could not be saved.

use super::canvas::{Canvas, wrap};
use super::overlay::draw_input;
use super::rows;
use crate::reader::{Area, Reader, UnsavedAnswer, UnsavedQuestion};

/// Draws the question, the reason, and the answers to choose from or the path that is being typed.
pub fn draw(reader: &Reader, question: &UnsavedQuestion, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let room = usize::from(area.width.saturating_sub(2));
    let title = format!("{} not saved", reader.saving.unsaved().words());
    let reason = question.problem.as_ref().or(reader.saving.failure()).map_or("", |reason| reason.as_str());
    let answers = u16::try_from(UnsavedAnswer::ALL.len()).unwrap_or(u16::MAX);
    canvas.text(area, 1, 0, &title, theme.unread);
    // The answers stay on the screen however long the reason is.
    let (above, below) = area.split_top(1).1.split_bottom(answers);
    let reason = wrap(reason, room);
    let rows_of_reason = u16::try_from(reason.len()).unwrap_or(u16::MAX).min(above.height);
    for (row, text) in (0..rows_of_reason).zip(&reason) {
        canvas.text(above, 1, row, text, theme.problem);
    }
    let (_, answers_area) = above.split_top(rows_of_reason);
    let list = Area { height: answers_area.height.saturating_add(below.height), ..answers_area };
    let list = if list.height > answers { list.split_top(1).1 } else { list };
    match &question.path {
        Some(path) => {
            canvas.text(list, 1, 1, "To import it later: rounds state import FILE", theme.secondary);
            draw_input(path, "File: ", list, 0, canvas);
        }
        None => {
            rows::draw(list, question.cursor, true, &UnsavedAnswer::ALL, canvas, |row, answer, canvas| {
                canvas.text(list, 2, row, answer.label(), theme.text);
            });
        }
    }
}
