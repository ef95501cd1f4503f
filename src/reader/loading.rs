//! Items that arrive, and a source that is read again.

use std::collections::HashMap;

use jiff::civil::Date;

use super::message::Effect;
use super::moving::items;
use super::panes::Pane;
use super::{Overlay, Reader};
use crate::item::{Item, Problem, SafeText};
use crate::library::{ItemId, Library};

/// How far the source has been read.
#[derive(Debug, Clone, Default)]
pub struct Loading {
    /// The number that messages of the present load bear.
    pub generation: u64,
    /// How many item files have been found, while the source is being read.
    pub found: Option<usize>,
    /// The library that takes the place of the present one when the source has been read again.
    pub incoming: Option<Library>,
}

impl Reader {
    /// Begins to read the source. What is there already stays until all of it has been read.
    pub(super) fn load(&mut self) -> Effect {
        self.loading.generation = self.loading.generation.saturating_add(1);
        self.loading.found = Some(0);
        let new = Library::with_marks(self.library.marks().clone(), self.today);
        if self.library.is_empty() {
            // Nothing is on the screen that would have to stay there, but problems may be known.
            self.library = new;
            self.loading.incoming = None;
        } else {
            self.loading.incoming = Some(new);
        }
        Effect::Load { generation: self.loading.generation }
    }

    pub(super) fn take_items(&mut self, generation: u64, items: Vec<Item>, found: usize) {
        if generation != self.loading.generation {
            return;
        }
        self.loading.found = Some(found);
        if let Some(incoming) = &mut self.loading.incoming {
            incoming.insert(items);
        } else {
            self.change_library(|reader| reader.library.insert(items));
        }
    }

    pub(super) fn finish_load(&mut self, generation: u64, problems: Vec<(String, Problem)>) {
        if generation != self.loading.generation {
            return;
        }
        self.loading.found = None;
        self.change_library(|reader| {
            if let Some(incoming) = reader.loading.incoming.take() {
                reader.replace_library(incoming);
            }
            reader.library.add_problems(problems);
        });
        self.mention_problems();
    }

    /// Changes what there is, and keeps everything that is selected selected.
    fn change_library(&mut self, change: impl FnOnce(&mut Self)) {
        let problem = self.selected_problem();
        change(self);
        self.rebuild();
        self.find_topics_again();
        self.reselect_problem(problem);
        self.fit_overlay();
    }

    /// Says how many files are broken, when there is nothing else to say.
    fn mention_problems(&mut self) {
        let broken = self.library.entries().filter(|(_, entry)| entry.broken).count();
        if broken > 0 && self.notice.is_none() {
            let of = items(self.library.len());
            let are = if broken == 1 { "is" } else { "are" };
            self.inform(&format!("{broken} of {of} {are} broken. ! shows why."));
        }
    }

    pub(super) fn fail_load(&mut self, generation: u64, reason: &SafeText) {
        if generation == self.loading.generation {
            self.loading.found = None;
            self.loading.incoming = None;
            self.warn(&if self.library.is_empty() {
                reason.to_string()
            } else {
                format!("Still the items of before: {reason}")
            });
        }
    }

    pub(super) fn begin_day(&mut self, today: Date) {
        self.today = Some(today);
        self.library.set_today(today);
        if let Some(incoming) = &mut self.loading.incoming {
            incoming.set_today(today);
        }
        self.rebuild();
    }

    /// Lays out the topics and the list anew, with every selection where it was.
    pub(super) fn rebuild(&mut self) {
        let view = self.view();
        let (topic_rows, list_rows) = (self.height(Pane::Topics), self.height(Pane::List));
        self.topics.rebuild(&self.library, view, topic_rows);
        self.list.rebuild(&self.library, list_rows);
    }

    /// Puts a newly read library in the place of the present one. Items are the same when their files are.
    fn replace_library(&mut self, new: Library) {
        let old = std::mem::replace(&mut self.library, new);
        let new = &self.library;
        let by_path: HashMap<&str, ItemId> = new.entries().map(|(id, entry)| (&*entry.path, id)).collect();
        let carried = |id: &ItemId| by_path.get(&*old.entry(*id)?.path).copied();
        let (before, after) = (old.len(), new.len());
        self.list.ids = self.list.ids.iter().map(|id| carried(id).unwrap_or(ItemId::GONE)).collect();
        self.list.kept = self.list.kept.iter().filter_map(carried).collect();
        self.list.chosen = true;
        self.list.query.view = new.same_view(&old, self.list.query.view).unwrap_or_default();
        self.topics.carry_over(&old, new);
        if let Overlay::Jump(picker) = &mut self.overlay {
            for view in &mut picker.views {
                *view = new.same_view(&old, *view).unwrap_or_default();
            }
        }
        self.article.ask_again();
        let new_items = after.saturating_sub(before);
        self.inform(&match new_items {
            0 => format!("Read again: {}.", items(after)),
            _ => format!("Read again: {}, {new_items} more than before.", items(after)),
        });
    }
}
