//! The list of items: headlines first, each whole where two rows hold it.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::canvas::{Canvas, cells, fit, wrap};
use super::found::Line;
use super::rows;
use super::site;
use crate::item::{DateSource, SafeText};
use crate::library::{Entry, ItemId, MarkFilter, Order, SourceProblem, View};
use crate::reader::{
    Action, Area, Fetch, HeadlineLayout, MARK_COLUMN, Pane, Progress, REASON_COLUMN, Reader, ShownHeadline,
};

/// The most cells that the name of a site takes.
const SITE_COLUMNS: u16 = 20;

/// Draws the list.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    if reader.list.ids.is_empty() {
        draw_empty(reader, area, canvas);
        return;
    }
    let has_keyboard = reader.focus() == Pane::List;
    let shown = reader.shown_headlines(area);
    let sites = sites_fit(reader, area, &shown);
    for headline in &shown {
        if let Some(entry) = reader.library.entry(headline.id) {
            draw_headline(reader, area, headline, (entry, sites), canvas);
        }
        if headline.number == reader.list.cursor.row() {
            let rows = headline.row..headline.row.saturating_add(headline.height);
            rows::mark_selected(area, rows, has_keyboard, canvas);
        }
    }
}

fn draw_headline(
    reader: &Reader,
    area: Area,
    shown: &ShownHeadline,
    (entry, with_site): (&Entry, bool),
    canvas: &mut Canvas<'_>,
) {
    let theme = canvas.theme;
    let ShownHeadline { headline, row, .. } = shown;
    draw_marks(entry, area, *row, canvas);
    let title = reader.library.title(entry);
    let found = reader.found_in(title);
    let style = if entry.read { theme.text } else { theme.unread };
    // The space before the title looks as the title does, so that the terminal need not be told of it in between.
    canvas.text(area, headline.column.saturating_sub(1), *row, " ", style);
    let mut last = *row;
    for (part, row) in headline.rows.iter().zip(*row..) {
        last = row;
        let right = area.width.saturating_sub(1);
        let end = headline.tag.filter(|_| part.end == title.len()).map_or(right, |tag| tag.saturating_sub(2));
        let text = title.get(part.clone()).unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .filter(|found| found.start < part.end && found.end > part.start)
            .map(|found| found.start.saturating_sub(part.start)..found.end.min(part.end) - part.start)
            .collect();
        let room = usize::from(end.saturating_sub(headline.column));
        Line::beginning(text, &found, room).draw(area, headline.column, row, style, canvas);
        canvas.end_column(area, headline.column..end, row);
    }
    if let Some(column) = headline.tag {
        canvas.text(
            area,
            column,
            last,
            &tag(reader, entry, area.width.saturating_sub(column)),
            theme.secondary,
        );
        let site = site_of(reader, entry).filter(|_| with_site);
        if let Some(site) = site {
            let before = Area { width: column.saturating_sub(2), ..area };
            canvas.text_right(before, *row, &fit(&site, usize::from(SITE_COLUMNS)), theme.secondary);
        }
    }
    if reader.has_reasons() {
        draw_reason(reader, area, last.saturating_add(1), shown.id, canvas);
    }
}

/// Draws the marks of an item: the one that matters most, and a star behind it.
fn draw_marks(entry: &Entry, area: Area, row: u16, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let first = match (entry.broken, entry.read) {
        (true, _) => Some(("!", theme.problem)),
        (false, false) => Some(("●", theme.accent)),
        (false, true) => None,
    };
    let marks = first.into_iter().chain(entry.starred.then_some(("★", theme.star)));
    for ((mark, style), column) in marks.zip(MARK_COLUMN..) {
        canvas.text(area, column, row, mark, style);
    }
}

/// What stands at the end of a headline: its date, or what the list is ordered by.
fn tag(reader: &Reader, entry: &Entry, room: u16) -> String {
    match reader.list.query.order {
        Order::Shortest if entry.minutes > 0 => format!("{} min", entry.minutes),
        Order::Shortest => String::new(),
        Order::Site => {
            let site = site_of(reader, entry).unwrap_or_default();
            fit(&site, usize::from(room.saturating_sub(1)))
        }
        Order::Newest | Order::Oldest | Order::Title | Order::Best => {
            let date = entry.date.map(|date| (date, short_date(date, reader.today)));
            match (date, entry.date_source) {
                (None, _) => String::new(),
                (Some((_, short)), DateSource::Item) => short,
                // The month of an old file would say more than is known, and there is no room for it.
                (Some((date, short)), DateSource::File) if cells(&short) + 1 >= room => {
                    format!("~{}", date.year())
                }
                (Some((_, short)), DateSource::File) => format!("~{short}"),
            }
        }
    }
}

fn site_of(reader: &Reader, entry: &Entry) -> Option<String> {
    Some(site::short(reader.library.topics().label(entry.site?)))
}

/// Whether sites stand in the rows on the screen: where the list has several, and no title has to give way for one.
fn sites_fit(reader: &Reader, area: Area, shown: &[ShownHeadline]) -> bool {
    let fits = |shown: &ShownHeadline| {
        let Some(entry) = reader.library.entry(shown.id) else { return true };
        let site = site_of(reader, entry).map_or(0, |site| cells(&site).min(SITE_COLUMNS));
        let HeadlineLayout { column, rows, tag, .. } = &shown.headline;
        let (Some(tag), [_]) = (tag, rows.as_slice()) else { return site == 0 };
        let title = cells(reader.library.title(entry));
        column.saturating_add(title).saturating_add(site) + 2 <= tag.saturating_sub(2)
    };
    reader.list.has_several_sites()
        && reader.list.query.order != Order::Site
        && shown.iter().all(fits)
        && area.width > 0
}

/// A date as news needs it: the time of today's, the day of this week's, the day and month of this year's, else the month.
fn short_date(date: DateTime, today: Option<Date>) -> String {
    let (day, time) = (date.date(), date.time());
    let Some(today) = today else { return day.strftime("%b %Y").to_string() };
    let this_week = today.checked_sub(6.days()).unwrap_or(today)..today;
    if day == today {
        // A date without a time is read as midnight.
        if time == Time::midnight() { "today".to_owned() } else { time.strftime("%H:%M").to_string() }
    } else if this_week.contains(&day) {
        day.strftime("%a").to_string()
    } else if day.year() == today.year() {
        day.strftime("%-d %b").to_string()
    } else {
        day.strftime("%b %Y").to_string()
    }
}

/// Draws why an item was found, in the row below its title: the words around what was found in its text, or the
/// topics that hold it.
fn draw_reason(reader: &Reader, area: Area, row: u16, id: ItemId, canvas: &mut Canvas<'_>) {
    let room = usize::from(area.width.saturating_sub(REASON_COLUMN + 1));
    let style = canvas.theme.secondary;
    let line = match reader.context_of(id) {
        Some(Some(context)) => Line::around(&context.text, &context.found, room),
        Some(None) => {
            let topics = topics_found(reader, id).join(" · ");
            Line::around(&topics, &reader.found_in(&topics), room)
        }
        None => return,
    };
    line.draw(area, REASON_COLUMN, row, style, canvas);
}

/// The topics and the site of an item in whose names something was found.
fn topics_found(reader: &Reader, id: ItemId) -> Vec<String> {
    let Some(entry) = reader.library.entry(id) else { return Vec::new() };
    let topics = reader.library.topics();
    let named = reader.library.topics_of(entry).iter();
    let found = named.filter(|topic| !reader.found_in(topics.label(**topic)).is_empty());
    found.map(|topic| topics.full_label(*topic).replacen(": ", " › ", 1)).collect()
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
    let (all, go) = (Action::Escape, Action::JumpToTopic);
    let topics = format!("{} shows the topics, {go} goes to one.", Action::Left);
    match (query.search.is_empty(), query.marks, query.view) {
        (false, ..) => ("This search finds nothing here.", elsewhere(reader)),
        (_, MarkFilter::Unread, _) => ("Nothing here is unread.", format!("{all} shows all items.")),
        (_, MarkFilter::Starred, _) => (
            "Nothing here has a star.",
            format!("{all} shows all items. {} gives a star.", Action::ToggleStar),
        ),
        (_, MarkFilter::Any, View::New) => ("Nothing is new since your last visit.", topics),
        (_, MarkFilter::Any, View::Unread) => ("Everything is read.", topics),
        (_, MarkFilter::Any, View::Starred) => {
            ("Nothing has a star yet.", format!("{} gives one to the selected item.", Action::ToggleStar))
        }
        (_, MarkFilter::Any, View::Today) => ("Nothing is from today.", newest(reader)),
        (_, MarkFilter::Any, View::ThisWeek) => ("Nothing is from this week.", newest(reader)),
        (_, MarkFilter::Any, _) => ("Nothing here.", topics),
    }
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
            ("Nothing has been fetched yet.", reasons.next().unwrap_or_default().to_owned())
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
    let all = Action::Escape;
    let query = &reader.list.query;
    if reader.loading.unindexed > 0 {
        format!("The text of the items is not all read yet. {all} drops the search.")
    } else if query.view != View::All || query.marks != MarkFilter::Any {
        format!("It looked in {} only. {all} drops the search.", reader.library.label(query.view))
    } else {
        format!("Fewer or shorter words find more. {all} drops the search.")
    }
}

/// How old the news is.
fn newest(reader: &Reader) -> String {
    let newest = reader.library.newest_first().first().and_then(|id| reader.library.entry(*id)?.day());
    newest.map(|day| day.strftime("The newest item is from %-d %B %Y.").to_string()).unwrap_or_default()
}

/// Draws the rule between the list and the article, with the place in the list on it.
pub fn draw_rule(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    if area.width == 1 {
        canvas.rule_down(area);
        return;
    }
    canvas.rule(area, 0);
    let has_article = reader.list.selected().is_some();
    if has_article && reader.focus() != Pane::Article {
        canvas.text(area, 2, 0, " preview ", canvas.theme.secondary);
    }
    let place = reader.list_place();
    if !place.is_empty() && cells(&place) + 6 < area.width {
        let column = area.width.saturating_sub(cells(&place) + 4);
        canvas.text(area, column, 0, &format!(" {place} "), canvas.theme.secondary);
    }
}
