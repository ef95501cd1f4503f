//! Choosing in which order the headlines, or the terms of a taxonomy, are shown.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::prompt::move_cursor;
use super::{Action, Cursor, Overlay, Reader, TermOrder};
use crate::library::Order;

/// What may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderChoice {
    /// An order of the headlines.
    Headlines(Order),
    /// An order of the terms of each taxonomy.
    Terms(TermOrder),
}

impl OrderChoice {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Headlines(order) => order.label(),
            Self::Terms(TermOrder::Name) => "by name",
            Self::Terms(TermOrder::Unread) => "most unread first",
        }
    }
}

/// The orders to choose from, and the selected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPicker {
    /// The choices.
    pub choices: Vec<OrderChoice>,
    /// The one that is shown now.
    pub current: OrderChoice,
    /// The selected row.
    pub cursor: Cursor,
}

impl Reader {
    /// Shows the orders of the topics where the keyboard is in them, else those of the list.
    pub(super) fn open_orders(&mut self) {
        let (choices, current): (Vec<OrderChoice>, OrderChoice) = if self.focus() == Pane::Topics {
            let choices = [TermOrder::Name, TermOrder::Unread].map(OrderChoice::Terms).to_vec();
            (choices, OrderChoice::Terms(self.topics.term_order))
        } else {
            let has_best = !self.list.query.search.text.wanted.is_empty();
            let best = has_best.then_some(Order::Best);
            let orders = Order::ALL.into_iter().chain(best);
            (orders.map(OrderChoice::Headlines).collect(), OrderChoice::Headlines(self.list.query.order))
        };
        let mut cursor = Cursor::default();
        let row = choices.iter().position(|choice| *choice == current).unwrap_or_default();
        cursor.select(row, choices.len(), self.overlay_height(false));
        self.overlay = Overlay::Orders(OrderPicker { choices, current, cursor });
    }

    pub(super) fn choose_order(&mut self, mut picker: OrderPicker, key: Key) -> Vec<Effect> {
        let (rows, height) = (picker.choices.len(), self.overlay_height(false));
        let step = match (key, Action::for_key(key)) {
            (Key { code: KeyCode::Enter, .. }, _) => {
                if let Some(choice) = picker.choices.get(picker.cursor.row()) {
                    self.put_in_order(*choice);
                }
                return Vec::new();
            }
            (_, Some(Action::Escape | Action::Back)) => return Vec::new(),
            (_, Some(Action::Up)) => -1,
            // The key that opened it goes on to the next, so that it can be pressed again and again.
            (_, Some(Action::Orders)) if picker.cursor.row() + 1 == rows => isize::MIN,
            (_, Some(Action::Orders | Action::Down)) => 1,
            _ => 0,
        };
        if step == 0 {
            move_cursor(&mut picker.cursor, key, rows, height);
        } else {
            picker.cursor.step(step, rows, height);
        }
        self.overlay = Overlay::Orders(picker);
        Vec::new()
    }

    fn put_in_order(&mut self, choice: OrderChoice) {
        match choice {
            OrderChoice::Headlines(Order::Best) if self.list.query.order != Order::Best => self.turn_best(),
            OrderChoice::Headlines(order) => self.order_list(order),
            OrderChoice::Terms(order) => {
                self.topics.term_order = order;
                self.topics.lay_out_again();
                let (view, height) = (self.view(), self.height(Pane::Topics));
                self.topics.rebuild(&self.library, view, height);
                self.save_term_order();
            }
        }
    }

    fn order_list(&mut self, order: Order) {
        let selected = self.list.selected();
        self.list.query.order = order;
        self.list.rebuild(&self.library);
        if let Some(id) = selected {
            self.list.select(id);
        }
        self.inform(&format!("Sorted: {}.", order.label()));
    }
}
