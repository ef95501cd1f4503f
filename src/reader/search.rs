//! Searching: what is typed, what is asked of the index, and what it has found.

use std::collections::HashMap;
use std::ops::Range;

use tui_input::Input;

use super::headline::REASON_COLUMN;
use super::key::{Key, KeyCode};
use super::message::{Effect, Part};
use super::moving::Step;
use super::panes::Pane;
use super::prompt::edit;
use super::{Action, Overlay, Reader};
use crate::item::SafeText;
use crate::library::{Hits, ItemId, Order, SearchId, View};
use crate::search::{Context, Highlights, Search, TextSearch};

/// The fewest characters that are asked for around what was found.
const CONTEXT_LEAST: usize = 20;

/// For whom the index is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The list; only the last answer counts, and earlier questions may be given up.
    List,
    /// A saved search.
    Saved(SearchId),
}

/// How far a search has come.
#[derive(Debug, Clone, Default)]
pub struct Searching {
    /// As it was typed.
    pub typed: SafeText,
    /// Whether it stands in the line as it was when that was opened, to be typed over.
    pub untouched: bool,
    /// Why what is being typed cannot be understood; the list shows what was understood last.
    pub problem: Option<SafeText>,
    /// What was found in each item that is or was on the screen, with the words around it.
    pub(super) contexts: HashMap<ItemId, Option<Context>>,
    /// What is highlighted.
    pub(super) highlights: Highlights,
    /// How wide the list was when they were asked for.
    width: u16,
    /// What the list will look for as soon as the index has answered.
    coming: Option<Search>,
    questions: u64,
    /// Whether the first that is found is to be selected when the index has answered, whatever was before.
    from_the_top: bool,
    /// The question for the list that has not been answered yet.
    open: Option<u64>,
    /// The questions for saved searches that have not been answered yet.
    open_for_saved: HashMap<u64, SearchId>,
    /// The question with whose answer the contexts began.
    contexts_of: u64,
    /// Whether contexts for the screen have been asked for and are not here yet.
    contexts_open: bool,
}

impl Searching {
    /// Whether an answer for the list is on its way.
    pub(super) fn is_waiting(&self) -> bool {
        self.open.is_some() || self.contexts_open
    }

    /// Forgets every question that has not been answered: no answer will come, or it would mean other items.
    pub(super) fn end_questions(&mut self) {
        self.open = None;
        self.open_for_saved.clear();
        self.contexts_open = false;
    }

    /// Whether it is not known yet what a view holds, because it is a saved search.
    pub(super) fn is_waiting_for(&self, view: View) -> bool {
        self.open_for_saved.values().any(|id| view == View::Search(*id))
    }
}

impl Reader {
    /// Begins a search, with the list on the screen that it narrows down. What was searched for last stands in the
    /// line, to be typed over or changed.
    pub(super) fn open_search(&mut self) {
        self.focus_on(Pane::List);
        self.searching.untouched = !self.searching.typed.is_empty();
        self.overlay = Overlay::Search(Input::new(self.searching.typed.to_string()));
    }

    pub(super) fn type_search(&mut self, mut input: Input, key: Key) -> Vec<Effect> {
        let untouched = std::mem::take(&mut self.searching.untouched);
        match key.code {
            KeyCode::Enter => {
                self.finish_search(input);
                return Vec::new();
            }
            KeyCode::Esc if untouched => return Vec::new(),
            KeyCode::Esc => {
                self.drop_search();
                return Vec::new();
            }
            KeyCode::Down => self.step_in(Pane::List, Step::Lines(1)),
            KeyCode::Up => self.step_in(Pane::List, Step::Lines(-1)),
            _ => {
                let over = untouched && (key.typed().is_some() || key.code == KeyCode::Backspace);
                if over {
                    input.reset();
                }
                let changed = edit(&mut input, key) || over;
                self.overlay = Overlay::Search(input);
                if changed {
                    self.narrow();
                }
                return Vec::new();
            }
        }
        self.overlay = Overlay::Search(input);
        Vec::new()
    }

    /// Makes the list show only what the search finds that has been typed so far.
    pub(super) fn narrow(&mut self) {
        let (Overlay::Search(input), Some(today)) = (&self.overlay, self.today) else { return };
        match Search::parse(input.value(), today) {
            Ok(search) => {
                self.searching.typed = SafeText::new(input.value());
                self.searching.problem = None;
                self.look_for(search);
            }
            Err(problem) => self.searching.problem = Some(SafeText::new(&problem.to_string())),
        }
    }

    /// Ends the typing, unless what was typed cannot be understood: then it stays to be mended.
    fn finish_search(&mut self, input: Input) {
        let Some(today) = self.today else { return };
        match Search::parse_finished(input.value(), today) {
            Ok(search) => {
                self.searching.typed = SafeText::new(input.value());
                self.searching.problem = None;
                self.look_for(search);
            }
            Err(problem) => {
                self.searching.problem = Some(SafeText::new(&problem.to_string()));
                self.overlay = Overlay::Search(input);
            }
        }
    }

    /// Makes the list show what a search finds: at once where no text is looked for, else when the index has
    /// answered. Until then it shows what it showed before.
    fn look_for(&mut self, search: Search) {
        if search == *self.looked_for() {
            return;
        }
        if search.has_text() {
            self.searching.coming = Some(search);
            self.ask();
        } else {
            self.searching.open = None;
            self.list.query.order = Order::without_search(self.list.query.order);
            self.show_found(search, None);
        }
    }

    /// What the list looks for, or will as soon as the index has answered.
    pub(super) fn looked_for(&self) -> &Search {
        self.searching.coming.as_ref().unwrap_or(&self.list.query.search)
    }

    /// Makes the list show what a search has found.
    fn show_found(&mut self, search: Search, hits: Option<Hits>) {
        self.searching.coming = None;
        self.forget_contexts();
        self.searching.highlights = search.highlights();
        self.list.query.search = search;
        self.list.query.hits = hits;
        self.restart_list();
    }

    /// Forgets the words around what was found, and whatever has been asked about them.
    pub(super) fn forget_contexts(&mut self) {
        self.searching.contexts.clear();
        self.searching.contexts_of = self.searching.questions;
        self.searching.contexts_open = false;
    }

    /// Asks the index for what the list looks for.
    pub(super) fn ask(&mut self) {
        let text = self.looked_for().text.clone();
        if !text.is_empty() {
            if self.has_ended(Part::Searching) {
                return self.take_list_hits(Hits::default());
            }
            let best = self.list.query.order == Order::Best;
            let question = self.next_question();
            self.searching.open = Some(question);
            self.outbox.push(Effect::Search { question, asker: Asker::List, text, best });
        }
    }

    /// Asks the index for what a saved search finds.
    pub(super) fn ask_for_saved(&mut self, id: SearchId, text: TextSearch) {
        if !text.is_empty() && self.has_ended(Part::Searching) {
            self.library.set_hits(id, Hits::default());
        } else if !text.is_empty() {
            let question = self.next_question();
            self.searching.open_for_saved.insert(question, id);
            self.outbox.push(Effect::Search { question, asker: Asker::Saved(id), text, best: false });
        }
    }

    /// Asks again for everything that was asked: there are other items now, or more of them are in the index.
    pub(super) fn ask_again(&mut self) {
        self.ask();
        let saved: Vec<_> =
            self.library.searches().iter().map(|one| (one.id, one.search.text.clone())).collect();
        for (id, text) in saved {
            self.ask_for_saved(id, text);
        }
    }

    /// Searches titles and topics only from now on, because the index never answers again.
    pub(super) fn end_search(&mut self) {
        self.searching.end_questions();
        self.ask_again();
    }

    fn next_question(&mut self) -> u64 {
        self.searching.questions = self.searching.questions.saturating_add(1);
        self.searching.questions
    }

    /// Takes what the index has found.
    pub(super) fn take_hits(&mut self, question: u64, epoch: u64, asker: Asker, hits: Hits) {
        if epoch != self.loading.epoch {
            return;
        }
        match asker {
            Asker::Saved(id) => {
                self.library.set_hits(id, hits);
                self.end_question_for_saved(question);
            }
            Asker::List if self.searching.open == Some(question) => self.take_list_hits(hits),
            Asker::List => {}
        }
    }

    /// The index could not answer: titles and topics are looked at in its place.
    pub(super) fn take_no_hits(&mut self, question: u64, reason: &SafeText) {
        if self.searching.open == Some(question) {
            self.take_list_hits(Hits::default());
            self.warn(reason);
        }
        self.end_question_for_saved(question);
    }

    /// A saved search has been looked for, and who waits to come back to it may be taken there.
    fn end_question_for_saved(&mut self, question: u64) {
        let Some(id) = self.searching.open_for_saved.remove(&question) else { return };
        if self.view() == View::Search(id) {
            self.rebuild();
            if self.loading.progress.is_none() {
                self.stay_here();
            }
        }
    }

    fn take_list_hits(&mut self, hits: Hits) {
        self.searching.open = None;
        if let Some(search) = self.searching.coming.take() {
            return self.show_found(search, Some(hits));
        }
        self.list.query.hits = Some(hits);
        // What was asked about the others may have been given up for this question.
        self.searching.contexts.retain(|_, context| context.is_some());
        if std::mem::take(&mut self.searching.from_the_top) {
            self.list.restart(&self.library);
        }
        self.rebuild();
    }

    /// Makes the list anew and leaves the selected item selected where the search has found it.
    fn restart_list(&mut self) {
        let selected = self.list.selected();
        self.list.restart(&self.library);
        if let Some(id) = selected {
            self.list.select(id);
        }
    }

    /// Ends the search: the list shows everything of its view again.
    pub(super) fn drop_search(&mut self) {
        self.searching.problem = None;
        self.searching.typed = SafeText::default();
        self.look_for(Search::default());
    }

    /// Asks for the words around what was found, for the items on the screen for which nobody has asked yet.
    pub(super) fn wanted_contexts(&mut self) -> Option<Effect> {
        if !self.has_reasons() || self.searching.open.is_some() || self.has_ended(Part::Searching) {
            return None;
        }
        let area = self.panes().list?;
        let width = area.width;
        if self.searching.width != width {
            self.searching.width = width;
            self.searching.contexts.clear();
        }
        let contexts = &self.searching.contexts;
        let shown = self.shown_headlines(area).into_iter().map(|shown| shown.id);
        let items: Vec<ItemId> = shown.filter(|id| !contexts.contains_key(id)).collect();
        if items.is_empty() {
            return None;
        }
        self.searching.contexts.extend(items.iter().map(|id| (*id, None)));
        self.searching.contexts_open = true;
        let highlights = self.searching.highlights.clone();
        let characters = usize::from(width.saturating_sub(REASON_COLUMN + 1)).max(CONTEXT_LEAST);
        Some(Effect::FindContexts { question: self.searching.contexts_of, items, highlights, characters })
    }

    /// Takes the words around what was found.
    pub(super) fn take_contexts(&mut self, question: u64, epoch: u64, contexts: Vec<(ItemId, Context)>) {
        if question == self.searching.contexts_of && epoch == self.loading.epoch {
            self.searching.contexts_open = false;
            let found = contexts.into_iter().map(|(id, context)| (id, Some(context)));
            self.searching.contexts.extend(found);
        }
    }

    /// The words around what was found in an item: `Some(None)` when there are none, `None` until that is known.
    pub fn context_of(&self, id: ItemId) -> Option<Option<&Context>> {
        let context = self.searching.contexts.get(&id)?.as_ref();
        (context.is_some() || !self.searching.contexts_open).then_some(context)
    }

    /// Where a text of the list holds what the search has found: ranges of its bytes, in order.
    pub fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        if self.searching.highlights.is_empty() { Vec::new() } else { self.searching.highlights.find(text) }
    }

    /// Puts the best match first, or the newest again.
    pub(super) fn turn_best(&mut self) {
        if self.list.query.search.text.wanted.is_empty() {
            return self
                .warn(&format!("There is no best match without a search. {} begins one.", Action::Search));
        }
        // Whoever asks for the best wants to see it, so what was chosen before is not kept in sight.
        if self.list.query.order == Order::Best {
            self.list.query.order = Order::Newest;
            self.list.restart(&self.library);
        } else {
            self.list.query.order = Order::Best;
            self.searching.from_the_top = true;
            self.ask();
        }
        self.inform(&format!("Sorted: {}.", self.list.query.order.label()));
    }
}
