//! What each action does.

use super::message::Effect;
use super::moving::{Step, items};
use super::panes::Pane;
use super::{Action, Cursor, Overlay, Picker, Reader};
use crate::library::{Mark, MarkFilter, View};

impl Reader {
    /// Does what an action asks for.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Down => self.step(Step::Lines(1)),
            Action::Up => self.step(Step::Lines(-1)),
            Action::HalfPageDown => self.step(Step::HalfPages(1)),
            Action::HalfPageUp => self.step(Step::HalfPages(-1)),
            Action::PageDown => self.step(Step::Pages(1)),
            Action::PageUp => self.step(Step::Pages(-1)),
            Action::First => self.step(Step::First),
            Action::Last => self.step(Step::Last),
            Action::ReadOn => self.read_on(),
            Action::Left => self.left(),
            Action::Right => self.right(),
            Action::NextPane => self.turn_pane(true),
            Action::PreviousPane => self.turn_pane(false),
            Action::Read => self.enter(),
            Action::NextUnread => self.go_on(true),
            Action::PreviousMatch => self.go_on(false),
            Action::PreviousUnread => self.go_to_unread(false),
            Action::NextItem => self.go_to_neighbour(true),
            Action::PreviousItem => self.go_to_neighbour(false),
            Action::NextNews => self.go_to_news(true),
            Action::PreviousNews => self.go_to_news(false),
            Action::Return => self.return_from_place(),
            Action::ToggleRead => self.toggle(Mark::Read),
            Action::ToggleStar => self.toggle(Mark::Starred),
            Action::MarkAllRead => self.mark_all_read(),
            Action::Undo => self.undo(),
            Action::JumpToTopic => self.open_jump(),
            Action::Search => self.open_search(),
            Action::CycleMarkFilter => self.cycle_mark_filter(),
            Action::Orders => self.open_orders(),
            Action::Problems => self.overlay = Overlay::Problems(Cursor::default()),
            Action::Help => self.overlay = Overlay::Help(Picker::default()),
            Action::TurnSkimming => self.turn_skimming(),
            Action::NextArrangement => self.turn_arrangement(true),
            Action::PreviousArrangement => self.turn_arrangement(false),
            Action::MoreList => self.move_border(true),
            Action::LessList => self.move_border(false),
            Action::Zen => self.toggle_zen(),
            Action::ShowSource => self.turn_source(),
            Action::OpenOriginal | Action::CopyLink | Action::CopyCitation => return self.take_out(action),
            Action::SaveSearch => self.save_search(),
            Action::BestMatch => self.turn_best(),
            Action::Refresh => return std::iter::once(self.load(true)).chain(self.fetch()).collect(),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return vec![Effect::Quit],
            Action::Back => return self.back(),
            Action::Escape => self.escape(),
        }
        Vec::new()
    }

    fn cycle_mark_filter(&mut self) {
        self.list.query.marks = self.list.query.marks.next();
        self.list.restart(&self.library);
        let (filter, all) = (Action::CycleMarkFilter, Action::Escape);
        self.inform(&match self.list.query.marks {
            MarkFilter::Any => "All items.".to_owned(),
            MarkFilter::Unread => format!("Unread items only. {filter} shows starred ones, {all} all."),
            MarkFilter::Starred => format!("Starred items only. {all} shows all."),
        });
    }

    fn toggle_zen(&mut self) {
        if self.layout.zen {
            self.layout.zen = false;
        } else {
            self.read();
            self.layout.zen = self.focus() == Pane::Article;
            self.fit();
            self.inform(&format!("{} or {} shows the rest again.", Action::Zen, Action::Back));
        }
    }

    /// Shows the item's file in the place of its article, or the article again.
    fn turn_source(&mut self) {
        if self.list.selected().is_none() {
            return self.warn("There is no item here.");
        }
        self.article.source = !self.article.source;
        if self.panes().article.is_none() {
            self.focus_on(Pane::Article);
        }
    }

    fn take_out(&mut self, action: Action) -> Vec<Effect> {
        let Some(item) = self.selected_item() else {
            self.warn("There is no item here.");
            return Vec::new();
        };
        match (action, self.selected_has_link()) {
            (Action::CopyCitation, _) => vec![Effect::CopyCitation(item)],
            (Action::CopyLink, true) => vec![Effect::CopyOriginal(item)],
            (_, true) => vec![Effect::OpenOriginal(item)],
            (_, false) => {
                self.warn(&format!(
                    "This item has no link to an original. {} shows its file.",
                    Action::ShowSource
                ));
                Vec::new()
            }
        }
    }

    /// Enter: reads, or goes from the topics to the list.
    fn enter(&mut self) {
        match self.focus() {
            Pane::Topics => self.focus_on(Pane::List),
            Pane::List => self.read(),
            Pane::Article => {}
        }
    }

    fn turn_pane(&mut self, forward: bool) {
        let next = match (self.focus(), forward) {
            (Pane::Topics, true) | (Pane::Article, false) => Pane::List,
            (Pane::List, true) | (Pane::Topics, false) => Pane::Article,
            (Pane::Article, true) | (Pane::List, false) => Pane::Topics,
        };
        self.focus_on(next);
    }

    /// q: goes back, step by step, and quits where there is nothing to go back from.
    fn back(&mut self) -> Vec<Effect> {
        if self.step_back() {
            Vec::new()
        } else if self.view() == View::All {
            self.quit()
        } else {
            self.show_view(View::All);
            Vec::new()
        }
    }

    /// Esc: leaves what is open, and never quits.
    fn escape(&mut self) {
        if !self.step_back() {
            let back = Action::Back;
            self.inform(&match self.view() {
                View::All => format!("{back} quits."),
                _ => format!("{back} goes back to all topics."),
            });
        }
    }

    /// Leaves zen, the article, the topics, or what narrows the list. Says whether there was anything to leave.
    fn step_back(&mut self) -> bool {
        let query = &self.list.query;
        if self.layout.zen {
            self.toggle_zen();
        } else if let Some(problem) = self.problem_left.take() {
            self.focus_on(Pane::List);
            self.return_to_problem(problem);
        } else if self.focus() != Pane::List {
            self.focus_on(Pane::List);
        } else if !self.looked_for().is_empty() || query.marks != MarkFilter::Any {
            self.list.query.marks = MarkFilter::Any;
            self.drop_search();
            self.rebuild();
            let view = self.library.full_label(self.view());
            self.inform(&format!("{view}: {}, {}.", items(self.listed()), self.list.query.order.label()));
        } else {
            return false;
        }
        true
    }
}
