//! What lies over the panes: the help, the jump to a topic, the problems, a link that could not be opened.

use ratatui::style::Style;
use tui_input::Input;

use super::canvas::{Canvas, cells, fit_end, wrap};
use super::{rows, topics, unsaved};
use crate::item::{Link, SafeText, Severity};
use crate::library::{SourceProblem, View};
use crate::reader::{
    Area, Cursor, Group, OrderChoice, OrderPicker, Overlay, Picker, Reader, detail_rows, help_rows,
    help_section,
};

/// The column of what an action does, behind its keys.
const HELP_COLUMN: u16 = 14;

/// Draws the overlay.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    match &reader.overlay {
        Overlay::None | Overlay::Search(_) | Overlay::LinkNumber(_) => {}
        Overlay::Jump(picker) => draw_jump(reader, picker, area, canvas),
        Overlay::Help(picker) => draw_help(picker, area, canvas),
        Overlay::Orders(picker) => draw_orders(picker, area, canvas),
        Overlay::Problems(cursor) => draw_problems(reader, *cursor, area, canvas),
        Overlay::Unsaved(question) => unsaved::draw(reader, question, area, canvas),
        Overlay::Link { link, reason } => draw_link(link, reason, area, canvas),
    }
}

/// Draws a line that is being typed, and puts the terminal's cursor there.
pub fn draw_input(input: &Input, prompt: &str, area: Area, row: u16, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let column = canvas.text(area, 1, row, prompt, theme.accent);
    let room = area.width.saturating_sub(column).saturating_sub(1);
    let scrolled = input.visual_scroll(usize::from(room));
    let visible: String = skip_cells(input.value(), scrolled).to_owned();
    canvas.text(area, column, row, &visible, theme.text);
    let before = u16::try_from(input.visual_cursor().saturating_sub(scrolled)).unwrap_or(room).min(room);
    if area.width > 0 && row < area.height {
        let x = area.x.saturating_add(column.saturating_add(before).min(area.width.saturating_sub(1)));
        canvas.cursor = Some((x, area.y.saturating_add(row)));
    }
}

/// What is left of a text when some of its cells have been scrolled out.
fn skip_cells(text: &str, scrolled: usize) -> &str {
    let mut cells_before = 0;
    let begin = text.char_indices().find(|(_, character)| {
        let here = cells_before;
        cells_before += unicode_width::UnicodeWidthChar::width(*character).unwrap_or(0);
        here >= scrolled
    });
    begin.and_then(|(index, _)| text.get(index..)).unwrap_or_default()
}

/// The rows below the two at the top, and above those for the detail at the bottom.
fn list_area(area: Area, detail: u16) -> (Area, Area) {
    area.split_top(2).1.split_bottom(detail)
}

fn draw_detail(area: Area, text: &str, canvas: &mut Canvas<'_>) {
    canvas.rule(area, 0);
    let rows = wrap(text, usize::from(area.width.saturating_sub(3)));
    let fitting = usize::from(area.height.saturating_sub(1));
    let cut = rows.len() > fitting;
    for (row, (number, mut text)) in (1..area.height).zip(rows.into_iter().enumerate()) {
        if cut && number + 1 == fitting {
            text.push('…');
        }
        canvas.text(area, 2, row, &text, canvas.theme.text);
    }
}

fn draw_jump(reader: &Reader, picker: &Picker, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.text(area, 1, 0, "Go to a topic", theme.unread);
    draw_input(&picker.input, "› ", area, 1, canvas);
    let (list, _) = list_area(area, 0);
    if picker.views.is_empty() {
        canvas.text(list, 2, 0, "No topic has all of these words.", theme.text);
    }
    rows::draw(list, picker.cursor, true, &picker.views, canvas, |row, view: &View, canvas| {
        let right = topics::draw_counts(list, row, reader.counts(*view), canvas);
        let room = Area { width: right.saturating_sub(1), ..list };
        let column = canvas.text(room, 2, row, reader.library.label(*view), theme.text);
        canvas.text(room, column + 2, row, reader.library.parent_label(*view), theme.secondary);
    });
}

fn draw_help(picker: &Picker, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let found = help_rows(picker.input.value());
    let selected = help_section(&found, picker.cursor.row());
    let mut column = 1;
    for group in Group::ALL {
        let is_there = found.iter().any(|binding| binding.group == group);
        let style = match (Some(group) == selected, is_there) {
            (true, _) => theme.accent,
            (false, true) => theme.text,
            (false, false) => theme.secondary,
        };
        column = canvas.text(area, column, 0, group.label(), style) + 2;
    }
    draw_input(&picker.input, "› ", area, 1, canvas);
    let (list, detail) = list_area(area, detail_rows(area.height));
    if found.is_empty() {
        canvas.text(list, 2, 0, "No key is described with these words.", theme.text);
    }
    rows::draw(list, picker.cursor, true, &found, canvas, |row, binding, canvas| {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        canvas.text(list, 2, row, &keys.join(" "), theme.accent);
        canvas.text(list, HELP_COLUMN, row, binding.help, theme.text);
    });
    if let Some(binding) = found.get(picker.cursor.row()) {
        let is_cut = cells(binding.help) + HELP_COLUMN > list.width;
        let whole =
            if is_cut { format!("{} {}", binding.help, binding.more) } else { binding.more.to_owned() };
        draw_detail(detail, &whole, canvas);
    }
}

fn draw_orders(picker: &OrderPicker, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let title = match picker.current {
        OrderChoice::Headlines(_) => "Sort the headlines",
        OrderChoice::Terms(_) => "Sort the topics",
    };
    canvas.text(area, 1, 0, title, theme.unread);
    let (list, _) = list_area(area, 0);
    rows::draw(list, picker.cursor, true, &picker.choices, canvas, |row, choice, canvas| {
        let column = canvas.text(list, 2, row, choice.label(), theme.text);
        if *choice == picker.current {
            canvas.text(list, column + 2, row, "(now)", theme.secondary);
        }
    });
}

fn draw_problems(reader: &Reader, cursor: Cursor, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let problems = reader.library.problems();
    let errors = problems.iter().filter(|one| one.problem.severity == Severity::Error).count();
    let notices = problems.iter().filter(|one| one.problem.severity == Severity::Notice).count();
    let warnings = problems.len().saturating_sub(errors).saturating_sub(notices);
    let withheld = if notices > 0 { format!(", {notices} withheld") } else { String::new() };
    let title = format!("Problems: {}, {}{withheld}", count(errors, "error"), count(warnings, "warning"));
    canvas.text(area, 1, 0, &title, theme.unread);
    let (list, detail) = list_area(area, detail_rows(area.height));
    if problems.is_empty() {
        canvas.text(list, 2, 0, "Nothing is wrong in the files of this source.", theme.text);
    }
    rows::draw(list, cursor, true, problems, canvas, |row, SourceProblem { path, problem, .. }, canvas| {
        let (glyph, style): (_, Style) = match problem.severity {
            Severity::Error => ("!", theme.problem),
            Severity::Warning | Severity::Notice => (" ", theme.text),
        };
        canvas.text(list, 1, row, glyph, style);
        let place = fit_end(&place(path, problem.line), usize::from(list.width / 2));
        let column = canvas.text(list, 3, row, &place, theme.text);
        canvas.text(list, column + 2, row, &problem.message, theme.secondary);
    });
    if let Some(SourceProblem { path, problem, .. }) = problems.get(cursor.row()) {
        let text = format!("{} – {}", place(path, problem.line), problem.message);
        draw_detail(detail, &text, canvas);
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A place in a file as editors write it: `path:line`.
fn place(path: &str, line: Option<u32>) -> String {
    let path = SafeText::new(path);
    line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"))
}

fn draw_link(link: &Link, reason: &SafeText, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let room = area.width.saturating_sub(2).max(1);
    canvas.text(area, 1, 0, "The link", theme.unread);
    let mut row = 1;
    let mut rest = link.as_str();
    while !rest.is_empty() {
        let (here, below) = rest.split_at_checked(usize::from(room)).unwrap_or((rest, ""));
        canvas.text(area, 1, row, here, theme.accent);
        (rest, row) = (below, row.saturating_add(1));
    }
    row = row.saturating_add(1);
    for sentence in ["It is on your clipboard too, if the terminal allows that.", &**reason] {
        for text in wrap(sentence, usize::from(room)) {
            canvas.text(area, 1, row, &text, theme.text);
            row = row.saturating_add(1);
        }
    }
}
