//! What the user has chosen on the screen, and what they were told: it is saved by name, and comes back at the next start.

use super::folds::Folds;
use super::{Action, Notice, Reader, TermOrder};
use crate::item::SafeText;

/// The topics that are folded and unfolded.
const FOLDS: &str = "folds";
/// The order of the terms of a taxonomy.
const TERM_ORDER: &str = "topics.order";
/// Whether the list shows how each item begins.
const ROWS: &str = "list.rows";
/// The value of that where it does.
const SKIM: &str = "skim";
/// What the user was told of changes of Rounds itself.
const TOLD: &str = "told";
/// That the screen begins with headlines.
const HEADLINES_FIRST: &str = "headlines-first";

impl Reader {
    /// Takes in the settings of the runs before. What is not understood is of another version, and stays where it is saved.
    pub(super) fn take_settings(&mut self, settings: &[(String, String)], is_known: bool) {
        let mut told = false;
        for (name, value) in settings {
            match name.as_str() {
                name if self.was_set_early(name) => {}
                FOLDS => {
                    self.topics.folds = Folds::of_setting(value);
                    self.topics.lay_out_again();
                }
                TERM_ORDER => {
                    self.topics.term_order = TermOrder::named(value).unwrap_or_default();
                    self.topics.lay_out_again();
                }
                ROWS => self.skims = value == SKIM,
                TOLD => told = value == HEADLINES_FIRST,
                _ => {
                    self.arrangements.take_setting(name, value);
                }
            }
        }
        if !told {
            self.tell_of_headlines(is_known);
        }
        self.arrange_panes();
    }

    /// Tells those who know Rounds from before, once, that the screen is another one.
    fn tell_of_headlines(&mut self, is_known: bool) {
        if is_known {
            let (view, help) = (Action::NextArrangement, Action::Help);
            let text = format!(
                "New: headlines first. {view} changes the view, {help} shows all keys. More: CHANGELOG.md"
            );
            self.add_notice(Notice { text: SafeText::new(&text), failure: false });
        }
        self.save_setting(TOLD, HEADLINES_FIRST.to_owned());
    }

    /// Saves what is folded and unfolded.
    pub(super) fn save_folds(&mut self) {
        self.save_setting(FOLDS, self.topics.folds.setting());
    }

    /// Saves whether the list shows how each item begins.
    pub(super) fn save_skimming(&mut self) {
        let value = if self.skims { SKIM } else { "compact" };
        self.save_setting(ROWS, value.to_owned());
    }

    /// Saves the order of the terms.
    pub(super) fn save_term_order(&mut self) {
        self.save_setting(TERM_ORDER, self.topics.term_order.name().to_owned());
    }
}
