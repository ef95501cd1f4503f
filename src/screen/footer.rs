//! The footer: the keys that matter here, what just happened, or what is being typed.

use ratatui::style::Style;

use super::canvas::{Canvas, cells, wrap};
use super::list;
use crate::library::{MarkFilter, Order};
use crate::reader::{Action, Area, Fetch, Overlay, Pane, Reader, Size, TreeRow};

/// The last row of a screen that has no footer, when there is something to type there or to be told.
pub fn place_for_more(reader: &Reader) -> Option<Area> {
    let Size { columns, rows } = reader.layout.size;
    let wanted = match reader.overlay {
        Overlay::Search(_) | Overlay::LinkNumber(_) => true,
        // On a single row, what happened is to be seen there.
        Overlay::None => reader.notice.is_some() && rows > 1,
        Overlay::Jump(_)
        | Overlay::Help(_)
        | Overlay::Problems(_)
        | Overlay::Unsaved(_)
        | Overlay::Link { .. } => false,
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
            hints(area, &[("Enter", "do it"), ("Up Down", "choose"), ("Esc", "back")], canvas);
        }
        (Overlay::Problems(_), _) => {
            hints(area, &[("Enter", "show the item"), ("j k", "choose"), ("q", "back")], canvas);
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
    let place = place(reader);
    let left = canvas.text_right(area, 0, &place, canvas.theme.secondary);
    let pairs: Vec<(String, &str)> = keys_here(reader)
        .into_iter()
        .filter_map(|(action, word)| Some((action.binding()?, word)))
        .filter_map(|(binding, word)| Some((binding.keys.first()?.to_string(), word.unwrap_or(binding.hint))))
        .collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, hint)| (key.as_str(), *hint)).collect();
    hints(Area { width: left, ..area }, &pairs, canvas);
}

/// The six actions that matter here, with a word of their own where the one of the table says too little.
fn keys_here(reader: &Reader) -> Vec<(Action, Option<&'static str>)> {
    match reader.focus() {
        Pane::Topics => topic_keys(reader.topics.selected()),
        Pane::List if reader.list.ids.is_empty() => empty_list_keys(reader),
        Pane::List => list_keys(reader),
        Pane::Article => vec![
            (Action::ReadOn, None),
            if reader.selected_has_link() {
                (Action::OpenOriginal, None)
            } else {
                (Action::ShowSource, None)
            },
            (Action::NextUnread, (reader.article.matches() > 0).then_some("next match")),
            (Action::ToggleStar, None),
            (Action::Back, None),
            (Action::Help, None),
        ],
    }
}

/// What helps where the list is empty: to drop what narrows it, or to look again where there is nothing at all.
fn empty_list_keys(reader: &Reader) -> Vec<(Action, Option<&'static str>)> {
    let query = &reader.list.query;
    let narrowed = !query.search.is_empty() || query.marks != MarkFilter::Any;
    if reader.library.is_empty() && !narrowed {
        let is_coming = reader.loading.progress.is_some()
            || reader.bundles().iter().any(|bundle| matches!(bundle.fetch, Fetch::Going(_)));
        let again = (!is_coming).then_some((Action::Refresh, Some("try again")));
        return again.into_iter().chain([(Action::Back, Some("quit")), (Action::Help, None)]).collect();
    }
    let all = narrowed.then_some((Action::Escape, Some("show all")));
    let rest = [
        (Action::Search, None),
        (Action::Left, Some("topics")),
        (Action::JumpToTopic, None),
        (Action::Back, None),
        (Action::Help, None),
    ];
    all.into_iter().chain(rest).collect()
}

fn topic_keys(selected: Option<TreeRow>) -> Vec<(Action, Option<&'static str>)> {
    let fold = match selected {
        Some(TreeRow { folded: Some(true), .. }) => Some((Action::Right, Some("unfold"))),
        Some(TreeRow { folded: Some(false), .. }) => Some((Action::Left, Some("fold"))),
        _ => None,
    };
    let rest = [
        (Action::NextNews, Some("next with news")),
        (Action::JumpToTopic, None),
        (Action::MarkAllRead, None),
        (Action::Help, None),
    ];
    std::iter::once((Action::Read, Some("list"))).chain(fold).chain(rest).collect()
}

fn list_keys(reader: &Reader) -> Vec<(Action, Option<&'static str>)> {
    let query = &reader.list.query;
    if !query.search.is_empty() {
        let best = (Action::BestMatch, (query.order == Order::Best).then_some("newest"));
        return vec![
            (Action::Escape, Some("show all")),
            (Action::Read, None),
            best,
            (Action::SaveSearch, Some("keep")),
            (Action::MarkAllRead, None),
            (Action::Help, None),
        ];
    }
    let narrowed = query.marks != MarkFilter::Any;
    vec![
        if narrowed { (Action::Escape, Some("show all")) } else { (Action::Read, None) },
        (Action::ReadOn, None),
        if reader.selected_has_link() { (Action::OpenOriginal, None) } else { (Action::NextUnread, None) },
        (Action::MarkAllRead, None),
        if reader.is_stale() { (Action::Refresh, Some("fetch again")) } else { (Action::JumpToTopic, None) },
        (Action::Help, None),
    ]
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

/// How far the article has been read, while it is; else the place in the list, where no rule shows it.
fn place(reader: &Reader) -> String {
    let panes = reader.panes();
    match (reader.focus(), panes.article) {
        (Pane::Article, Some(area)) => article_place(reader, usize::from(area.height)),
        _ if panes.list_rule.is_some_and(|rule| rule.height == 1) => String::new(),
        _ => format!("{} ", list::place(reader)),
    }
}

fn article_place(reader: &Reader, height: usize) -> String {
    let rows = reader.article.rows();
    let seen = reader.article.scroll.saturating_add(height);
    match rows {
        0 => String::new(),
        _ if rows <= height => "all ".to_owned(),
        _ if reader.article.matches() > 0 && reader.article.at_match() > 0 => {
            format!("match {} of {} ", reader.article.at_match(), reader.article.matches())
        }
        _ if seen >= rows => "end ".to_owned(),
        _ => format!("{} % ", seen.saturating_mul(100) / rows),
    }
}
