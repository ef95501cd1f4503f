//! What the mouse does.

use super::area::Area;
use super::headline::ShownHeadline;
use super::key::{Key, KeyCode};
use super::message::{Effect, Mouse, MouseKind};
use super::moving::Step;
use super::panes::{Pane, text_area};
use super::prompt::OVERLAY_TOP_ROWS;
use super::{Overlay, Reader};

/// Rows that one turn of the wheel moves.
const WHEEL_ROWS: isize = 3;

impl Reader {
    /// Takes what the mouse did.
    pub(super) fn point(&mut self, mouse: Mouse) -> Vec<Effect> {
        self.may_move = true;
        let before = self.whereabouts();
        let effects = self.take_mouse(mouse);
        if before != self.whereabouts() {
            self.stay_elsewhere();
        }
        effects
    }

    fn take_mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !matches!(self.overlay, Overlay::None | Overlay::Search(_)) {
            return self.point_at_overlay(mouse);
        }
        let Mouse { kind, column, row } = mouse;
        match kind {
            MouseKind::WheelUp => self.wheel(column, row, -WHEEL_ROWS),
            MouseKind::WheelDown => self.wheel(column, row, WHEEL_ROWS),
            MouseKind::Click => return self.click(column, row),
            MouseKind::Drag if self.drags_border => self.put_border(column, row),
            MouseKind::Drag => {}
            MouseKind::Release => self.drags_border = false,
        }
        Vec::new()
    }

    /// Scrolls what is under the pointer. What is selected and what is being read stays.
    fn wheel(&mut self, column: u16, row: u16, by: isize) {
        match self.pane_at(column, row) {
            Some((Pane::Topics, _)) => self.topics.cursor.scroll(by, self.topics.rows.len()),
            Some((Pane::List, _)) => self.list.cursor.scroll(by, self.list.ids.len()),
            Some((Pane::Article, _)) => self.step_in(Pane::Article, Step::Lines(by)),
            None => {}
        }
    }

    /// The wheel moves through the rows of what lies over the panes; a click on a row chooses it, and a click
    /// where there is none puts the overlay away.
    fn point_at_overlay(&mut self, mouse: Mouse) -> Vec<Effect> {
        let (rows, height) = self.overlay_extent();
        let top = self.panes().overlay.unwrap_or_default().y.saturating_add(OVERLAY_TOP_ROWS);
        let Some(cursor) = self.overlay.cursor_mut() else {
            if mouse.kind == MouseKind::Click {
                self.overlay = Overlay::None;
            }
            return Vec::new();
        };
        match mouse.kind {
            MouseKind::Drag | MouseKind::Release => {}
            MouseKind::WheelUp => cursor.step(-WHEEL_ROWS, rows, height),
            MouseKind::WheelDown => cursor.step(WHEEL_ROWS, rows, height),
            MouseKind::Click => {
                let down = mouse.row.checked_sub(top).map(usize::from).filter(|down| *down < height);
                let row = down.map(|down| cursor.top().saturating_add(down));
                let Some(row) = row.filter(|row| *row < rows) else {
                    self.overlay = Overlay::None;
                    return Vec::new();
                };
                cursor.select(row, rows, height);
                return self.press(Key::plain(KeyCode::Enter));
            }
        }
        Vec::new()
    }

    fn pane_at(&self, column: u16, row: u16) -> Option<(Pane, Area)> {
        let panes = self.panes();
        let places = [(Pane::Topics, panes.topics), (Pane::List, panes.list), (Pane::Article, panes.article)];
        let mut shown = places.into_iter().filter_map(|(pane, area)| Some((pane, area?)));
        shown.find(|(_, area)| area.contains(column, row))
    }

    fn click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let panes = self.panes();
        if let Some(footer) = panes.footer.filter(|footer| footer.contains(column, row)) {
            let shows_keys = self.notice.is_none() && matches!(self.overlay, Overlay::None);
            let action = self.hint_at(footer, column).filter(|_| shows_keys);
            return action.map(|action| self.act(action)).unwrap_or_default();
        }
        self.drags_border = panes.list_rule.is_some_and(|rule| rule.contains(column, row));
        let Some((pane, area)) = self.pane_at(column, row) else { return Vec::new() };
        self.notice = None;
        let down = usize::from(row.saturating_sub(area.y));
        match pane {
            Pane::Topics => self.click_topic(down, column.saturating_sub(area.x)),
            Pane::List => self.click_item(area, down),
            Pane::Article => return self.click_article(area, down, column),
        }
        Vec::new()
    }

    /// Selects a topic; a click on its triangle, or on the selected one, folds or unfolds it.
    fn click_topic(&mut self, down: usize, column: u16) {
        let row = self.topics.cursor.top().saturating_add(down);
        let Some(clicked) = self.topics.rows.get(row).copied() else { return };
        let again = row == self.topics.cursor.row() && self.focus() == Pane::Topics;
        let on_triangle = (clicked.fold_column()..=clicked.fold_column() + 1).contains(&column);
        self.topics.cursor.select(row, self.topics.rows.len(), self.height(Pane::Topics));
        self.follow_topic();
        if clicked.folded.is_some() && (again || on_triangle) {
            self.turn_fold();
        }
        self.focus_on(Pane::Topics);
    }

    /// Selects an item; a click on the selected one reads it.
    fn click_item(&mut self, area: Area, down: usize) {
        let ends = |shown: &ShownHeadline| usize::from(shown.row.saturating_add(shown.height));
        let Some(shown) = self.shown_headlines(area).into_iter().find(|shown| ends(shown) > down) else {
            return;
        };
        let again = shown.number == self.list.cursor.row() && self.focus() == Pane::List;
        self.list.choose(shown.number);
        if again {
            self.read();
        } else {
            self.focus_on(Pane::List);
        }
    }

    /// Opens the link that was clicked; elsewhere, reads the article.
    fn click_article(&mut self, area: Area, down: usize, column: u16) -> Vec<Effect> {
        let column = usize::from(column.saturating_sub(text_area(area).x));
        let page = self.article.page.as_ref();
        let row = page.and_then(|page| page.rows.get(self.article.scroll.saturating_add(down)));
        let number = row.and_then(|row| row.link_at(column));
        if let Some(number) = number {
            return self.follow(usize::from(number));
        }
        self.read();
        Vec::new()
    }
}
