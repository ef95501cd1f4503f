//! What the mouse does.

use super::key::{Key, KeyCode};
use super::message::{Effect, Mouse, MouseKind};
use super::moving::Step;
use super::panes::{Area, Pane, text_area};
use super::prompt::OVERLAY_TOP_ROWS;
use super::{Overlay, Reader, TreeRow};

/// Rows that one turn of the wheel moves.
const WHEEL_ROWS: isize = 3;

impl Reader {
    /// Takes what the mouse did.
    pub(super) fn point(&mut self, mouse: Mouse) -> Vec<Effect> {
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
        let Some((pane, area)) = self.pane_at(mouse.column, mouse.row) else { return Vec::new() };
        match mouse.kind {
            MouseKind::WheelUp => self.step_in(pane, Step::Lines(-WHEEL_ROWS)),
            MouseKind::WheelDown => self.step_in(pane, Step::Lines(WHEEL_ROWS)),
            MouseKind::Click => {
                self.notice = None;
                return self.click(pane, area, mouse);
            }
        }
        Vec::new()
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

    fn click(&mut self, pane: Pane, area: Area, mouse: Mouse) -> Vec<Effect> {
        let down = usize::from(mouse.row.saturating_sub(area.y));
        let items_down = down / usize::from(self.item_rows());
        match pane {
            Pane::Topics => self.click_topic(down),
            Pane::List => self.click_item(items_down),
            Pane::Article => return self.click_article(area, down, mouse.column),
        }
        Vec::new()
    }

    /// Selects a topic; a click on the selected one folds or unfolds it.
    fn click_topic(&mut self, down: usize) {
        let row = self.topics.cursor.top().saturating_add(down);
        if row >= self.topics.rows.len() {
            return;
        }
        let again = row == self.topics.cursor.row();
        self.topics.cursor.select(row, self.topics.rows.len(), self.height(Pane::Topics));
        self.follow_topic();
        if again && matches!(self.topics.selected(), Some(TreeRow { folded: Some(_), .. })) {
            self.turn_fold();
        }
        self.focus_on(Pane::Topics);
    }

    /// Selects an item; a click on the selected one reads it.
    fn click_item(&mut self, down: usize) {
        let row = self.list.cursor.top().saturating_add(down);
        if row >= self.list.ids.len() {
            return;
        }
        let again = row == self.list.cursor.row() && self.focus() == Pane::List;
        self.list.chosen = true;
        self.list.cursor.select(row, self.list.ids.len(), self.height(Pane::List));
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
