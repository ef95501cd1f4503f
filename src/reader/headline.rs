//! How a headline is set in the list: its title whole, on one row or on two.

use std::ops::Range;

use super::Reader;
use super::area::Area;
use super::panes::{Layout, Pane};
use crate::article::cells::{cells, clusters};
use crate::library::{Entry, ItemId, Order};

/// The column of the first mark of an item, behind the mark of the selected row.
pub(crate) const MARK_COLUMN: u16 = 1;
/// The column of what stands below a title.
pub(crate) const REASON_COLUMN: u16 = MARK_COLUMN + 2;
/// Cells for what stands at the end of a headline: `Dec 2021`, `59 min`.
const TAG_COLUMNS: u16 = 8;
/// The same, where that is a site.
const SITE_TAG_COLUMNS: u16 = 20;
/// Below this width there is no room for a site at the end of a headline.
const SITE_TAG_FROM_COLUMNS: u16 = 60;

/// How a headline is set in a list of some width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineLayout {
    /// The column that the title begins in, behind the marks.
    pub column: u16,
    /// The parts of the title on each of its rows: ranges of bytes, one or two.
    pub rows: Vec<Range<usize>>,
    /// Whether the title goes on behind the last of them.
    pub cut: bool,
    /// The column of the date, or of what the list is ordered by, on the last row; `None` where the title takes its place.
    pub tag: Option<u16>,
}

impl HeadlineLayout {
    /// Sets a title. On one row it leaves room for the tag; what does not fit there takes two, broken between words. Title
    /// before date: where it needs all of both rows, there is none.
    fn set(title: &str, column: u16, width: u16, tag: u16) -> Self {
        // The last column stays free.
        let full = usize::from(width.saturating_sub(column + 1));
        let beside_tag = full.saturating_sub(usize::from(tag) + 2);
        let tag_column = width.saturating_sub(tag + 1);
        let tag = (beside_tag > full / 3).then_some(tag_column);
        let one_row = if tag.is_some() { beside_tag } else { full };
        let all = cells(title);
        if all <= one_row {
            let rows = std::iter::once(0..title.len()).collect();
            return Self { column, rows, cut: false, tag };
        }
        // What only the date has no room beside is broken where the date would begin, so that words stand above it.
        let (first, second) = break_at(title, if all <= full { one_row } else { full });
        let rest = title.get(second..).map_or(0, cells);
        let rows = vec![0..first, second..title.len()];
        Self { column, rows, cut: rest > full, tag: tag.filter(|_| rest <= beside_tag) }
    }
}

/// Where a title that is wider than a row is broken: where the first row ends, and where the second begins. That is between
/// words where one ends in the second half of the row; else, as in languages that write none, where the row is full.
fn break_at(title: &str, room: usize) -> (usize, usize) {
    let (mut used, mut at) = (0, 0);
    let mut space = None;
    for (cluster, width) in clusters(title) {
        if cluster == " " && used > room / 2 {
            space = Some(at);
        }
        if used + width > room {
            break;
        }
        used += width;
        at += cluster.len();
    }
    match space {
        Some(space) if title.get(at..).is_some_and(|rest| !rest.is_empty()) => (space, space + 1),
        _ => (at, at),
    }
}

/// A headline on the screen.
#[derive(Debug, Clone)]
pub struct ShownHeadline {
    /// Its row in the list, counted from 0.
    pub number: usize,
    /// The item.
    pub id: ItemId,
    /// The first of its rows on the screen, counted from the top of the pane.
    pub row: u16,
    /// How many rows it takes: those of its title, and one for what is said below it.
    pub height: u16,
    /// How its title is set.
    pub headline: HeadlineLayout,
}

impl Reader {
    /// How the title of an item is set in a list of some width.
    pub fn headline(&self, entry: &Entry, width: u16) -> HeadlineLayout {
        let marks = 1 + u16::from(entry.starred && (!entry.read || entry.broken));
        let tag = match self.list.query.order {
            Order::Site if width >= SITE_TAG_FROM_COLUMNS => SITE_TAG_COLUMNS,
            _ => TAG_COLUMNS,
        };
        HeadlineLayout::set(self.library.title(entry), MARK_COLUMN + marks + 1, width, tag)
    }

    /// The headlines that are on the screen, in an area.
    pub fn shown_headlines(&self, area: Area) -> Vec<ShownHeadline> {
        let mut shown: Vec<ShownHeadline> = Vec::new();
        let mut row = 0_u16;
        for (number, id) in self.list.ids.iter().enumerate().skip(self.list.window.top()) {
            let Some(entry) = self.library.entry(*id).filter(|_| row < area.height) else { break };
            let headline = self.headline(entry, area.width);
            let height = self.height_of(&headline);
            shown.push(ShownHeadline { number, id: *id, row, height, headline });
            row = row.saturating_add(height);
        }
        shown
    }

    /// How many items are wholly on the screen, at least one.
    pub(super) fn headlines_shown(&self) -> usize {
        let area = self.place_of(Pane::List);
        let shown = self.shown_headlines(area);
        let whole = shown.iter().filter(|shown| shown.row.saturating_add(shown.height) <= area.height);
        whole.count().max(1)
    }

    /// How many rows the list would fill, counted as far as a number of rows.
    pub(super) fn rows_needed(&self, width: u16, most: u16) -> u16 {
        let mut rows = 0_u16;
        for id in &self.list.ids {
            let Some(entry) = self.library.entry(*id).filter(|_| rows < most) else { break };
            rows = rows.saturating_add(self.height_of(&self.headline(entry, width)));
        }
        rows.min(most)
    }

    /// Brings the window of the list to its selected item.
    pub(super) fn fit_list(&mut self) {
        let area = self.place_of(Pane::List);
        let looking = Layout { focus: Pane::List, zen: false, ..self.layout }.panes().list.unwrap_or(area);
        let (rows, mut cursor) = (self.list.ids.len(), self.list.cursor);
        let height_of = |row| {
            let entry = self.list.ids.get(row).and_then(|id| self.library.entry(*id));
            entry.map_or(1, |entry| usize::from(self.height_of(&self.headline(entry, area.width))))
        };
        cursor.fit_tall(rows, usize::from(looking.height).max(1), height_of);
        let mut window = cursor;
        if area.height < looking.height {
            window.fit_tall(rows, usize::from(area.height).max(1), height_of);
        }
        (self.list.cursor, self.list.window) = (cursor, window);
    }

    /// How many rows of the screen a headline takes: below the title may be the words around what a search has found, or the first words of the item.
    fn height_of(&self, headline: &HeadlineLayout) -> u16 {
        let title = u16::try_from(headline.rows.len()).unwrap_or(1);
        title + u16::from(self.has_reasons())
    }

    /// Whether there is a row below each title: it says why the item was found, or how it begins.
    pub fn has_reasons(&self) -> bool {
        self.skims || !self.list.query.search.text.wanted.is_empty()
    }

    /// Shows below each headline how its item begins, or headlines alone again.
    pub(super) fn turn_skimming(&mut self) {
        self.skims = !self.skims;
        self.save_skimming();
        self.inform(if self.skims { "Headlines with their first words." } else { "Headlines alone." });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a title as they are seen, each with its end cut off where it is too long.
    fn seen(title: &str, width: u16) -> (Vec<&str>, bool, bool) {
        let headline = HeadlineLayout::set(title, 3, width, TAG_COLUMNS);
        let rows = headline.rows.iter().filter_map(|range| title.get(range.clone())).collect();
        (rows, headline.cut, headline.tag.is_some())
    }

    #[test]
    fn a_title_is_whole_before_there_is_a_date() {
        let title = "Risks, rewards of using genomics to help those who are unwell";
        for (width, rows, tag) in [
            (80, &[title] as &[&str], true),
            (75, &[title], true),
            (74, &["Risks, rewards of using genomics to help those who are", "unwell"], true),
            (40, &["Risks, rewards of using genomics to", "help those who are unwell"], true),
            (36, &["Risks, rewards of using genomics", "to help those who are unwell"], false),
        ] {
            assert_eq!(seen(title, width), (rows.to_vec(), false, tag), "{width}");
        }
    }

    #[test]
    fn a_title_that_two_rows_do_not_hold_is_cut_in_the_second() {
        let (rows, cut, tag) = seen("A very long title of a paper that goes on and on about everything", 24);
        assert_eq!(rows, ["A very long title of", "a paper that goes on and on about everything"]);
        assert!(cut && !tag);
    }

    #[test]
    fn a_language_without_spaces_fills_the_row() {
        let (rows, cut, _) = seen("重症感染症患者的早期识别与治疗新进展综述", 30);
        assert_eq!(rows, ["重症感染症患者的早期识别与", "治疗新进展综述"]);
        assert!(!cut);
    }

    proptest! {
        #[test]
        fn no_letter_of_a_title_is_lost_and_no_row_is_too_wide(
            title in "[a-zA-Z0-9 é漢字🩺-]{0,160}", column in 3u16..5, width in 0u16..130, tag in 5u16..21
        ) {
            let headline = HeadlineLayout::set(&title, column, width, tag);
            let joined: String = headline.rows.iter().filter_map(|range| title.get(range.clone())).collect();
            prop_assert_eq!(joined.replace(' ', ""), title.replace(' ', ""));
            let room = usize::from(width.saturating_sub(column + 1));
            for (range, number) in headline.rows.iter().zip(1..) {
                let last = number == headline.rows.len();
                let room = match headline.tag.filter(|_| last) {
                    Some(tag) => usize::from(tag.saturating_sub(column + 2)),
                    None => room,
                };
                let fits = title.get(range.clone()).is_some_and(|row| cells(row) <= room);
                prop_assert!(fits || (last && headline.cut) || headline.rows.len() == 1 && room == 0, "{headline:?}");
            }
        }
    }
}
