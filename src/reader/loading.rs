//! Items that arrive, change and go, while the sources are being read or afterwards.

use jiff::civil::Date;

use super::message::{Effect, Loaded, Part};
use super::moving::items;
use super::panes::Pane;
use super::{Action, Notice, Reader};
use crate::item::{Clock, ItemKey, SafeText};
use crate::library::{Headline, ItemId, Order, View};

/// How far the source has been read.
#[derive(Debug, Clone, Default)]
pub struct Loading {
    /// The number of the request for the present look, which its end must bear.
    pub generation: u64,
    /// The epoch of the numbers by which items are known. It rises when a catalog is rebuilt.
    pub epoch: u64,
    /// How far the present look at the source is; `None` when there is none.
    pub progress: Option<Progress>,
    /// Whether somebody has asked for it, and wants to see how it goes.
    pub asked_for: bool,
    /// How many items are not in the index of the text yet.
    pub unindexed: usize,
    /// How often the sources have been looked at to the end.
    loads: u64,
    /// Whether the source has changed since the present look at it began.
    again: bool,
    /// The selected item, when it has gone in the course of the present look: it may come again from another source.
    lost: Option<ItemKey>,
}

/// How far a look at the source is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many item files have been looked at.
    pub checked: usize,
    /// How many item files have been found so far, looked at or not.
    pub found: usize,
}

impl Reader {
    /// Begins to look at the source. What is there already stays, and changes as its files have.
    pub(super) fn load(&mut self, thorough: bool) -> Effect {
        self.loading.generation = self.loading.generation.saturating_add(1);
        if !self.has_ended(Part::Loading) {
            self.loading.progress = Some(Progress::default());
            self.loading.asked_for |= thorough;
        }
        Effect::Load { generation: self.loading.generation, thorough }
    }

    /// The source may have changed: looks at it, unless that is being done already.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        if self.loading.progress.is_some() {
            self.loading.again = true;
            return Vec::new();
        }
        vec![self.load(false)]
    }

    /// Takes in items that came, changed or went, whatever was asked for since. Only those of an epoch that is over
    /// are left out, because their numbers mean nothing any more.
    pub(super) fn take_items(&mut self, epoch: u64, written: Vec<Headline>, removed: &[ItemId]) {
        if epoch != self.loading.epoch || (written.is_empty() && removed.is_empty()) {
            return;
        }
        let selected = self.list.selected();
        let changed = written.iter().any(|headline| Some(headline.id) == selected);
        if let Some(id) = selected.filter(|id| self.list.chosen && removed.contains(id)) {
            self.loading.lost = self.library.entry(id).map(|entry| entry.key);
        }
        for headline in &written {
            self.searching.contexts.remove(&headline.id);
        }
        self.change_library(|reader| reader.library.change(written, removed));
        if changed {
            self.article.ask_again();
        }
        self.find_lost();
        self.return_to_place();
    }

    /// Takes in how far the present look is. One that has ended has no progress any more.
    pub(super) fn take_progress(&mut self, progress: Progress) {
        if self.loading.progress.is_some() {
            self.loading.progress = Some(progress);
        }
    }

    /// Selects the item again that had gone, when it has come from another source.
    fn find_lost(&mut self) {
        let found = self.loading.lost.and_then(|key| self.library.with_key(key));
        if let Some(id) = found.filter(|id| self.list.row_of(*id).is_some()) {
            self.loading.lost = None;
            self.list.select(id);
        }
    }

    /// The selected item has gone for good: whoever was reading it is told so, and is not shown another one in its place.
    fn give_up_lost(&mut self) {
        if self.loading.lost.take().is_some() && self.layout.focus == Pane::Article {
            self.layout.focus = Pane::List;
            self.add_notice(Notice {
                text: SafeText::new("The article that you were reading is no longer in its source."),
                failure: true,
            });
        }
    }

    /// Whether the selected item has gone and may yet come again, so that its page stays.
    pub(super) fn is_lost(&self) -> bool {
        self.loading.lost.is_some()
    }

    pub(super) fn finish_load(&mut self, generation: u64, loaded: Loaded) -> Vec<Effect> {
        if generation != self.loading.generation {
            return Vec::new();
        }
        let Loaded { added, changed, removed, name, about, problems, failures } = loaded;
        self.introduce(name, &about);
        self.loading.progress = None;
        if matches!(self.view(), View::Topic(_)) && self.counts(self.view()).total == 0 {
            self.list.query.view = View::All;
        }
        self.source_problems = problems;
        self.renew_problems();
        self.ask_again();
        self.stay_here();
        self.give_up_lost();
        self.settle();
        self.loading.loads = self.loading.loads.saturating_add(1);
        self.tell_failures(&failures);
        self.tell_changes([added, changed, removed]);
        self.mention_problems();
        if std::mem::take(&mut self.loading.again) { vec![self.load(false)] } else { Vec::new() }
    }

    /// Calls the source what it calls itself, and tells once what it says of itself.
    fn introduce(&mut self, name: SafeText, about: &SafeText) {
        if !name.is_empty() {
            self.source = name;
        }
        if !about.is_empty() && self.notice.is_none() {
            self.inform(about);
        }
    }

    /// Says what a new look at the source has brought: `3 new, 1 changed, 2 gone`.
    fn tell_changes(&mut self, counts: [usize; 3]) {
        let words = ["new", "changed", "gone"];
        let parts = counts.iter().zip(words).filter(|(count, _)| **count > 0);
        let told: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
        if told.is_empty() {
            self.tell_nothing_new();
        } else {
            self.loading.asked_for = false;
            let [added, ..] = counts;
            let is_above = added > 0 && self.list.cursor.top() > 0 && self.list.query.order == Order::Newest;
            let newest = if is_above { " The newest are further up." } else { "" };
            self.mention(&format!("{}.{newest}", told.join(", ")));
        }
    }

    /// Somebody looks at the list from now on, unless a bundle is still on its way: what is new in it belongs to the
    /// first screen.
    pub(super) fn settle(&mut self) {
        self.list.settled |= self.loading.progress.is_none() && !self.is_fetching();
    }

    /// Says that nothing has changed, to somebody who has asked for it, as soon as that is certain.
    pub(super) fn tell_nothing_new(&mut self) {
        let is_done = self.loading.progress.is_none() && !self.loading.again && !self.is_fetching();
        if is_done && std::mem::take(&mut self.loading.asked_for) {
            self.inform(&format!("Nothing has changed: {}.", items(self.library.len())));
        }
    }

    /// Says which sources could not be read, and that their items are still there.
    fn tell_failures(&mut self, failures: &[SafeText]) {
        if let [first, others @ ..] = failures {
            self.loading.asked_for = false;
            let still = if self.library.is_empty() { "" } else { "The items from before are still here. " };
            self.warn(&format!("{still}{first}"));
            for text in others {
                self.add_notice(Notice { text: text.clone(), failure: true });
            }
        }
    }

    /// Tells what nobody has asked for, in the place of what was told before, unless that is something that did not
    /// work.
    pub(super) fn mention(&mut self, text: &str) {
        self.inform(text);
    }

    /// Changes what there is, and keeps everything that is selected selected.
    pub(super) fn change_library(&mut self, change: impl FnOnce(&mut Self)) {
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
        if broken > 0 && self.notice.is_none() && self.loading.loads == 1 {
            let of = items(self.library.len());
            let are = if broken == 1 { "is" } else { "are" };
            self.inform(&format!("{broken} of {of} {are} broken. {} shows why.", Action::Problems));
        }
    }

    /// Takes in what time it is. An item whose hour has come is on the list at once; a look at the sources then counts it
    /// among those that have come since the last visit.
    pub(super) fn take_time(&mut self, clock: Clock) -> Vec<Effect> {
        let mut has_changed = false;
        self.change_library(|reader| has_changed = reader.library.set_clock(clock));
        if has_changed && self.loading.progress.is_none() { self.look_again() } else { Vec::new() }
    }

    /// Takes in which items have come since the last visit.
    pub(super) fn take_new(&mut self, keys: Vec<ItemKey>) {
        self.library.add_new(keys);
        self.rebuild();
    }

    /// Takes in how many items are not in the index of the text yet. What was asked before is asked again at the end.
    pub(super) fn take_indexed(&mut self, waiting: usize) {
        let before = std::mem::replace(&mut self.loading.unindexed, waiting);
        if waiting == 0 && before > 0 {
            self.ask_again();
        }
    }

    /// Begins again with nothing, and comes back to what is on the screen as soon as it is there again.
    pub(super) fn restart(&mut self, epoch: u64, notice: Option<SafeText>) {
        if epoch <= self.loading.epoch {
            return;
        }
        self.loading.epoch = epoch;
        let place = self.place();
        self.forget_numbers();
        self.change_library(|reader| reader.library.clear());
        self.come_back_when_there(place);
        // What was asked before is answered in an epoch that is over, or not at all.
        self.ask_again();
        if let Some(text) = notice {
            self.add_notice(Notice { text, failure: true });
        }
    }

    /// Forgets everything that is known by the numbers of items and topics: they mean others from now on.
    fn forget_numbers(&mut self) {
        self.list.query.view = View::All;
        self.list.query.hits = None;
        self.list.forget_kept();
        self.topics.forget_numbers();
        self.article.ask_again();
        self.forget_contexts();
        self.searching.end_questions();
    }

    pub(super) fn begin_day(&mut self, today: Date) {
        self.today = Some(today);
        self.library.set_today(today);
        let typed: Vec<SafeText> = self.library.searches().iter().map(|saved| saved.typed.clone()).collect();
        for typed in typed {
            self.keep_search(typed);
        }
        self.rebuild();
    }

    /// Lays out the topics and the list anew, with every selection where it was.
    pub(super) fn rebuild(&mut self) {
        let view = self.view();
        let topic_rows = self.height(Pane::Topics);
        self.topics.rebuild(&self.library, view, topic_rows);
        self.list.rebuild(&self.library);
    }
}
