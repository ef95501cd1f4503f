//! The footer: the keys that matter here, what just happened, or what is being typed.

use ratatui::style::Style;

use super::canvas::{Canvas, cells, wrap};
use crate::reader::{Area, Overlay, Reader, Size};

/// The last row of a screen that has no footer, when there is something to type there or to be told.
pub fn place_for_more(reader: &Reader) -> Option<Area> {
    let Size { columns, rows } = reader.layout.size;
    let wanted = match reader.overlay {
        // On a single row, what happened is to be seen there.
        Overlay::None => reader.notice.is_some() && rows > 1,
        _ => !reader.overlay.covers_the_panes(),
    };
    wanted.then(|| Area { x: 0, y: 0, width: columns, height: rows }.split_bottom(1).1)
}

/// Draws the footer.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.clear(area);
    match (&reader.overlay, &reader.notice) {
        (Overlay::Search(input), _) => {
            let view = reader.library.label(reader.view());
            let count = if input.value().is_empty() {
                format!("in {view} ")
            } else {
                format!("{} in {view} ", reader.listed())
            };
            canvas.text_right(area, 0, &count, theme.secondary);
            let line = Area { width: area.width.saturating_sub(cells(&count)), ..area };
            super::overlay::draw_input(input, "/", line, 0, canvas);
            if reader.searching.untouched {
                canvas.text(line, 2, 0, input.value(), theme.selected);
            }
            draw_search_help(reader, input.value(), area, canvas);
        }
        (Overlay::LinkNumber(digits), _) => {
            let text = format!(" Open link {digits}…  another digit, or Enter; Esc cancels");
            canvas.text(area, 0, 0, &text, theme.text);
        }
        (Overlay::Jump(_), _) => {
            hints(area, &[("Enter", "go there"), ("Up Down", "choose"), ("Esc", "back")], canvas);
        }
        (Overlay::Help(_), _) => {
            let keys = [("Enter", "do it"), ("Tab", "next section"), ("Up Down", "choose"), ("Esc", "back")];
            hints(area, &keys, canvas);
        }
        (Overlay::Orders(_), _) => {
            hints(area, &[("Enter", "sort"), ("Up Down", "choose"), ("Esc", "back")], canvas);
        }
        (Overlay::Problems(_), _) => {
            hints(area, &[("Enter", "show the item"), ("Up Down", "choose"), ("Esc", "back")], canvas);
        }
        (Overlay::Unsaved(question), _) if question.path.is_some() => {
            hints(area, &[("Enter", "write the file"), ("Esc", "back")], canvas);
        }
        (Overlay::Unsaved(_), _) => {
            hints(area, &[("Enter", "do it"), ("Up Down", "choose"), ("Esc", "stay")], canvas);
        }
        (Overlay::Link { .. }, _) => hints(area, &[("y", "copy again"), ("any key", "back")], canvas),
        (Overlay::None, Some(notice)) => {
            let style = if notice.failure { theme.problem } else { theme.text };
            draw_upwards(&notice.text, area, area.y.saturating_add(1), style, canvas);
        }
        (Overlay::None, None) => draw_keys(reader, area, canvas),
    }
}

/// What a search knows besides words, in the order in which it is left out where there is less room.
const SEARCH_WORDS: [&str; 3] = [
    "words  \"a phrase\"  -not  topic:  site:  author:  is:unread  is:starred  since:7d  before:2021-12",
    "\"a phrase\" -not topic: site: author: is:unread is:starred since:7d before:2021",
    "\"phrase\" -not topic: is:unread since:7d",
];

/// Explains in the rows above the line that is typed why it cannot be understood; before anything is typed, what
/// may be.
fn draw_search_help(reader: &Reader, typed: &str, area: Area, canvas: &mut Canvas<'_>) {
    let room = area.width.saturating_sub(1);
    let (text, style) = match &reader.searching.problem {
        Some(problem) => (problem.as_str(), canvas.theme.problem),
        None if typed.is_empty() => {
            let [.., shortest] = SEARCH_WORDS;
            let fitting = SEARCH_WORDS.into_iter().find(|words| cells(words) <= room);
            (fitting.unwrap_or(shortest), canvas.theme.secondary)
        }
        None => return,
    };
    draw_upwards(text, area, area.y, style, canvas);
}

/// Draws a text across the rows that end above a row of the screen, over whatever is there.
fn draw_upwards(text: &str, area: Area, end: u16, style: Style, canvas: &mut Canvas<'_>) {
    let room = usize::from(area.width.saturating_sub(1));
    let rows = if usize::from(cells(text)) <= room { vec![text.to_owned()] } else { wrap(text, room) };
    for (above, text) in (1..=end).zip(rows.iter().rev()) {
        let row = Area { y: end.saturating_sub(above), ..area };
        canvas.clear(row);
        canvas.text(row, 1, 0, text, style);
    }
}

/// Draws the keys that matter in the pane that has the keyboard, and the place in what it shows.
fn draw_keys(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.text_right(area, 0, &reader.place_words(), theme.secondary);
    for hint in reader.hints(area) {
        let column = canvas.text(area, hint.column, 0, &hint.key, theme.accent);
        canvas.text(area, column + 1, 0, hint.words, theme.secondary);
    }
}

/// Draws keys with what they do. Where there is no room for all, the last one (the help) is kept.
fn hints(area: Area, pairs: &[(&str, &str)], canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let width = |(key, hint): &(&str, &str)| cells(key) + cells(hint) + 3;
    let Some((last, rest)) = pairs.split_last() else { return };
    let mut room = area.width.saturating_sub(width(last));
    let mut column = 1;
    let fitting = rest.iter().take_while(|pair| {
        let fits = width(pair) <= room;
        room = room.saturating_sub(width(pair));
        fits
    });
    for (key, hint) in fitting.chain([last]) {
        column = canvas.text(area, column, 0, key, theme.accent);
        column = canvas.text(area, column + 1, 0, hint, theme.secondary) + 2;
    }
}
