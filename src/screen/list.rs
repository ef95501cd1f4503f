//! The list of items: one a line, the title never cut before the date.

use jiff::civil::Date;

use super::canvas::{Canvas, cells, fit, wrap};
use super::found::Line;
use super::rows;
use crate::item::SafeText;
use crate::library::{Entry, ItemId, MarkFilter, SourceProblem, View};
use crate::reader::{Area, Fetch, GLYPH_COLUMNS, Pane, Progress, Reader};

/// From this width on, a row has the site.
const SITE_FROM_COLUMNS: u16 = 76;
/// From this width on, a row has the day; below it, only the month.
const DAY_FROM_COLUMNS: u16 = 50;
/// Below this width of the screen, the place in the list is its number only.
const PLACE_FROM_COLUMNS: u16 = 60;
/// Cells for the site.
const SITE_COLUMNS: u16 = 20;

/// Draws the list.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    if reader.list.ids.is_empty() {
        draw_empty(reader, area, canvas);
        return;
    }
    let list = &reader.list;
    let has_keyboard = reader.focus() == Pane::List;
    let rows = (list.ids.as_slice(), reader.item_rows());
    rows::draw_tall(area, list.cursor, has_keyboard, rows, canvas, |row, id, canvas| {
        if let Some(entry) = reader.library.entry(*id) {
            draw_row(reader, area, row, entry, canvas);
        }
        if reader.item_rows() > 1 {
            draw_reason(reader, area, row.saturating_add(1), *id, canvas);
        }
    });
}

fn draw_row(reader: &Reader, area: Area, row: u16, entry: &Entry, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let glyphs = [
        (1, entry.read, " ", "●", theme.accent),
        (2, !entry.starred, " ", "★", theme.star),
        (3, !entry.broken, " ", "!", theme.problem),
    ];
    for (column, without, blank, glyph, style) in glyphs {
        canvas.text(area, column, row, if without { blank } else { glyph }, style);
    }
    let date = entry.day().map(|day| date(day, area.width)).unwrap_or_default();
    let mut right = area.width.saturating_sub(cells(&date) + 1);
    canvas.text(area, right, row, &date, theme.secondary);
    right = right.min(area.width.saturating_sub(if area.width < DAY_FROM_COLUMNS { 9 } else { 12 }));
    let site = entry.site.map_or("", |site| reader.library.topics().label(site));
    if area.width >= SITE_FROM_COLUMNS && !site.is_empty() {
        let column = right.saturating_sub(SITE_COLUMNS + 1);
        canvas.text(area, column, row, &fit(site, usize::from(SITE_COLUMNS)), theme.secondary);
        right = column.saturating_sub(1);
    }
    let room = usize::from(right.saturating_sub(GLYPH_COLUMNS + 1));
    let style = if entry.read { theme.text } else { theme.unread };
    let title = reader.library.title(entry);
    let title = Line::beginning(title, &reader.found_in(title), room);
    title.draw(area, GLYPH_COLUMNS, row, style, canvas);
    canvas.end_column(area, GLYPH_COLUMNS..right, row);
}

/// Draws why an item was found, in the row below its title: the words around what was found in its text, or the
/// topics that hold it.
fn draw_reason(reader: &Reader, area: Area, row: u16, id: ItemId, canvas: &mut Canvas<'_>) {
    let room = usize::from(area.width.saturating_sub(GLYPH_COLUMNS + 1));
    let style = canvas.theme.secondary;
    let line = match reader.context_of(id) {
        Some(Some(context)) => Line::around(&context.text, &context.found, room),
        Some(None) => {
            let topics = topics_found(reader, id).join(" · ");
            Line::around(&topics, &reader.found_in(&topics), room)
        }
        None => return,
    };
    line.draw(area, GLYPH_COLUMNS, row, style, canvas);
}

/// The topics and the site of an item in whose names something was found.
fn topics_found(reader: &Reader, id: ItemId) -> Vec<String> {
    let Some(entry) = reader.library.entry(id) else { return Vec::new() };
    let topics = reader.library.topics();
    let named = reader.library.topics_of(entry).iter();
    let found = named.filter(|topic| !reader.found_in(topics.label(**topic)).is_empty());
    found.map(|topic| topics.full_label(*topic).replacen(": ", " › ", 1)).collect()
}

/// A date for a row of this width: `5 Dec 2021`, or `Dec 2021` where there is little room.
fn date(day: Date, width: u16) -> String {
    day.strftime(if width < DAY_FROM_COLUMNS { "%b %Y" } else { "%-d %b %Y" }).to_string()
}

fn draw_empty(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let (text, hint) = why_empty(reader);
    canvas.text(area, 2, 1, text, canvas.theme.text);
    for (row, hint) in (2..).zip(wrap(&hint, usize::from(area.width.saturating_sub(3)))) {
        canvas.text(area, 2, row, &hint, canvas.theme.secondary);
    }
}

/// Why the list is empty, and what to do about it.
fn why_empty(reader: &Reader) -> (&'static str, String) {
    let query = &reader.list.query;
    if reader.library.is_empty() {
        return why_nothing_is_there(reader);
    }
    let (text, hint) = match (query.search.is_empty(), query.marks, query.view) {
        (false, ..) => return ("Nothing here is found by this search.", elsewhere(reader)),
        (_, MarkFilter::Unread, _) => ("Nothing here is unread.", "f shows what is starred, Esc everything."),
        (_, MarkFilter::Starred, _) => ("Nothing here has a star.", "Esc shows everything; s gives a star."),
        (_, MarkFilter::Any, View::New) => {
            ("Nothing has come since your last visit.", "h goes to the topics, t jumps to one.")
        }
        (_, MarkFilter::Any, View::Unread) => ("All is read.", "h goes to the topics, t jumps to one."),
        (_, MarkFilter::Any, View::Starred) => {
            ("Nothing has a star yet.", "s gives one to the selected item.")
        }
        (_, MarkFilter::Any, View::Today) => return ("Nothing is of today.", newest(reader)),
        (_, MarkFilter::Any, View::ThisWeek) => return ("Nothing is of this week.", newest(reader)),
        (_, MarkFilter::Any, _) => ("Nothing here.", "h goes to the topics, t jumps to one."),
    };
    (text, hint.to_owned())
}

/// Why there are no items at all, or none yet.
fn why_nothing_is_there(reader: &Reader) -> (&'static str, String) {
    let fetches = || reader.bundles().iter().map(|bundle| &bundle.fetch);
    let going = fetches().find_map(|fetch| if let Fetch::Going(line) = fetch { Some(line) } else { None });
    let is_missing = |fetch: &Fetch| matches!(fetch, Fetch::Offline | Fetch::Failed);
    match (reader.loading.progress, going) {
        (None | Some(Progress { found: 0, .. }), Some(line)) => ("Fetching the items…", line.to_string()),
        (Some(_), _) => ("Reading the items…", String::new()),
        (None, None) if fetches().any(is_missing) => {
            let mut reasons = reader.bundles().iter().filter_map(|bundle| bundle.trouble.as_deref());
            ("Nothing was fetched yet.", reasons.next().unwrap_or_default().to_owned())
        }
        (None, None) if reader.library.withheld() > 0 => (
            "All items here are withheld.",
            "The list of problems says why; rounds --drafts lists them.".to_owned(),
        ),
        (None, None) => (
            "There are no items here.",
            reader.library.problems().first().map_or_else(
                || "Rounds reads .md, .markdown, .mdown, .html and .htm files.".to_owned(),
                |SourceProblem { path, problem, .. }| format!("{}: {}", SafeText::new(path), problem.message),
            ),
        ),
    }
}

/// What to do about a search that finds nothing.
fn elsewhere(reader: &Reader) -> String {
    let query = &reader.list.query;
    if reader.loading.unindexed > 0 {
        "The text of the items is still being read in. Esc drops the search.".to_owned()
    } else if query.view != View::All || query.marks != MarkFilter::Any {
        format!("It looked in {} only. Esc drops the search.", reader.library.label(query.view))
    } else {
        "Fewer or shorter words find more. Esc drops the search.".to_owned()
    }
}

/// How old the news is.
fn newest(reader: &Reader) -> String {
    let newest = reader.library.newest_first().first().and_then(|id| reader.library.entry(*id)?.day());
    newest.map(|day| day.strftime("The newest item is of %-d %B %Y.").to_string()).unwrap_or_default()
}

/// Draws the rule between the list and the article, with the place in the list on it.
pub fn draw_rule(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    if area.width == 1 {
        canvas.rule_down(area);
        return;
    }
    canvas.rule(area, 0);
    let place = place(reader);
    if !place.is_empty() && cells(&place) + 6 < area.width {
        let column = area.width.saturating_sub(cells(&place) + 4);
        canvas.text(area, column, 0, &format!(" {place} "), canvas.theme.secondary);
    }
}

/// The number of the selected row among all: `3/37`.
fn short_place(reader: &Reader) -> String {
    match reader.listed() {
        0 => String::new(),
        rows => format!("{}/{rows}", reader.list.cursor.row() + 1),
    }
}

/// The place in the list, and what the list shows in which order: `3/37 · unread · newest first`.
pub fn place(reader: &Reader) -> String {
    if reader.layout.size.columns < PLACE_FROM_COLUMNS {
        return short_place(reader);
    }
    let query = &reader.list.query;
    let mut parts = Vec::new();
    if reader.listed() > 0 {
        parts.push(short_place(reader));
    }
    match query.marks {
        MarkFilter::Any => {}
        MarkFilter::Unread => parts.push("unread only".to_owned()),
        MarkFilter::Starred => parts.push("starred only".to_owned()),
    }
    parts.push(query.order.label().to_owned());
    parts.join(" · ")
}
