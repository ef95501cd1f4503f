//! What lasts from one run to the next: it is handed in at the start, and whatever changes is handed out to be saved.

use super::Reader;
use super::article_pane::Reached;
use crate::item::{ItemKey, SafeText};
use crate::library::{Mark, MarkChange, Marks, Order, Position};
use crate::search::Search;

/// What is remembered of the runs before.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Every mark.
    pub marks: Marks,
    /// What has come since the last visit, as far as it is known already.
    pub new: Vec<ItemKey>,
    /// What was on the screen when the source was last left.
    pub place: Option<Place>,
    /// How far articles have been read.
    pub positions: Vec<(ItemKey, Position)>,
    /// The searches that are topics, as they were typed.
    pub searches: Vec<SafeText>,
    /// The settings that the user has chosen, each a name and a value, in the order of their names. They come of a file,
    /// so a value may be any text; a name that is not known here may be one of a newer Rounds.
    pub settings: Vec<(String, String)>,
}

/// What is on the screen: enough to come back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The name of the view that the list shows.
    pub view: String,
    /// The selected item, where somebody has chosen one; else the first is selected, whichever it is by then.
    pub selected: Option<ItemKey>,
    /// The order of the list.
    pub order: Order,
}

/// Something to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Save {
    /// Marks were set or taken away.
    Marks {
        /// The items.
        keys: Vec<ItemKey>,
        /// The mark.
        mark: Mark,
        /// Whether they have it now.
        marked: bool,
    },
    /// An article was read on; `None` when it is at its beginning or has been read to its end.
    Position(ItemKey, Option<Position>),
    /// Something else is on the screen.
    Place(Place),
    /// The user has chosen something that is the same for all sources. The last value of a name counts.
    Setting {
        /// What it is called.
        name: String,
        /// What was chosen.
        value: String,
    },
    /// A search was made a topic.
    Search(SafeText),
    /// A search is no topic any more.
    DropSearch(SafeText),
}

/// What the reader knows of what is saved.
#[derive(Debug, Clone, Default)]
pub(super) struct Saved {
    /// Whether what is remembered has arrived. Until then nothing but marks is saved.
    remembered: bool,
    /// Marks that were changed before that.
    early: Vec<(Vec<ItemKey>, Mark, bool)>,
    /// Settings that were changed before that.
    early_settings: Vec<String>,
    /// What is to be on the screen again as soon as it is there.
    pending: Option<Place>,
    /// Whether somebody has gone elsewhere since then, or since the start.
    gone_elsewhere: bool,
    place: Option<Place>,
}

impl Reader {
    /// Takes in what is remembered of the runs before.
    pub(super) fn remember(&mut self, memory: Memory) {
        let Memory { marks, new, place, positions, searches, settings } = memory;
        self.take_settings(&settings, place.is_some());
        self.change_library(|reader| {
            reader.library.set_marks(marks);
            reader.library.add_new(new);
            for (keys, mark, marked) in std::mem::take(&mut reader.saved.early) {
                reader.library.set_mark(&keys, mark, marked);
            }
            for typed in searches {
                reader.keep_search(typed);
            }
        });
        self.positions.extend(positions);
        self.saved.remembered = true;
        self.saved.place.clone_from(&place);
        self.saved.pending = place.filter(|_| !self.saved.gone_elsewhere);
        self.return_to_place();
    }

    /// Shows what was on the screen where the source was known before, unless somebody has gone elsewhere by now.
    pub(super) fn come_back(&mut self, place: Place) {
        self.saved.pending = Some(place).filter(|_| !self.saved.gone_elsewhere);
        self.stay_here();
    }

    /// Takes in marks of another Rounds. What is on the screen stays there.
    pub(super) fn take_marks(&mut self, changes: &[MarkChange]) {
        let marked = self.library.take_marks(changes);
        self.list.keep(&marked.items);
        self.rebuild();
    }

    /// Saves marks that somebody has changed here.
    pub(super) fn save_marks(&mut self, keys: Vec<ItemKey>, mark: Mark, marked: bool) {
        if keys.is_empty() {
            return;
        }
        if !self.saved.remembered {
            self.saved.early.push((keys.clone(), mark, marked));
        }
        self.hand_out(Save::Marks { keys, mark, marked });
    }

    /// Saves a setting.
    pub(super) fn save_setting(&mut self, name: &str, value: String) {
        if !self.saved.remembered {
            self.saved.early_settings.push(name.to_owned());
        }
        self.hand_out(Save::Setting { name: name.to_owned(), value });
    }

    /// Whether the user has changed a setting before it was known what it was: that one counts.
    pub(super) fn was_set_early(&self, name: &str) -> bool {
        self.saved.early_settings.iter().any(|early| early == name)
    }

    /// Shows again what was on the screen when the source was last left, as far as it is there by now.
    pub(super) fn return_to_place(&mut self) {
        let Some(Place { view, selected, order }) = self.saved.pending.clone() else { return };
        let view = self.library.view_named(&view);
        if let Some(view) = view
            && (view != self.view() || order != self.list.query.order)
        {
            self.list.query.order = order;
            self.show_view(view);
        }
        let row = selected.and_then(|key| self.list.row_of(self.library.with_key(key)?));
        if let Some(row) = row {
            self.list.cursor.choose(row, self.list.ids.len());
        }
        if view.is_some() && (row.is_some() || selected.is_none()) {
            self.list.chosen |= row.is_some();
            self.saved.pending = None;
        }
    }

    /// Gives up returning: all that there is has arrived. What a saved search has found may yet be on its way.
    pub(super) fn stay_here(&mut self) {
        self.return_to_place();
        if !self.searching.is_waiting_for(self.view()) {
            self.saved.pending = None;
        }
    }

    /// Hands out what has changed of the place and of how far the article has been read.
    pub(super) fn save_place(&mut self) {
        let settling = self.loading.progress.is_some() && !self.saved.gone_elsewhere;
        if !self.saved.remembered || self.saved.pending.is_some() || settling {
            return;
        }
        let place = self.place();
        if self.saved.place.as_ref() != Some(&place) {
            self.saved.place = Some(place.clone());
            self.hand_out(Save::Place(place));
        }
        self.save_position();
    }

    /// What is on the screen.
    pub(super) fn place(&self) -> Place {
        let key = |id| self.library.entry(id).map(|entry| entry.key);
        Place {
            view: self.library.view_name(self.view()),
            selected: self.list.selected().filter(|_| self.list.chosen).and_then(key),
            order: self.list.query.order.without_search(),
        }
    }

    /// Shows a place again as soon as it is there.
    pub(super) fn come_back_when_there(&mut self, place: Place) {
        self.list.chosen = false;
        self.list.settled = false;
        self.saved.gone_elsewhere = false;
        self.saved.pending = Some(place);
    }

    /// Where somebody is, and what they look at there.
    pub(super) fn whereabouts(&self) -> impl PartialEq + use<> {
        let query = &self.list.query;
        let narrowed = (query.marks, query.order, self.searching.typed.clone());
        (query.view, narrowed, self.list.selected(), self.focus())
    }

    /// Somebody has gone elsewhere, and is not taken back from there to what was remembered.
    pub(super) fn stay_elsewhere(&mut self) {
        self.saved.gone_elsewhere = true;
        self.saved.pending = None;
    }

    fn save_position(&mut self) {
        let Some(area) = self.panes().article else { return };
        let height = usize::from(area.height);
        let selected = self.list.selected().and_then(|id| self.library.entry(id));
        let Some(key) = selected.map(|entry| entry.key) else { return };
        let before = self.positions.get(&key).copied();
        let position = match self.article.reached(height) {
            Reached::Unknown => return,
            Reached::BeginningOrEnd => None,
            Reached::Middle(position) => Some(position),
        };
        if before.map(|before| before.row_among(self.article.rows())) == position.map(|now| now.row as usize)
        {
            return;
        }
        match position {
            Some(position) => self.positions.insert(key, position),
            None => self.positions.remove(&key),
        };
        self.hand_out(Save::Position(key, position));
    }

    /// Makes a search a topic, under the name by which it was typed. One that is a topic already and means the same
    /// as before stays as it is; one that cannot be understood any more is passed over, and stays saved.
    pub(super) fn keep_search(&mut self, typed: SafeText) {
        if let (Some(today), false) = (self.today, typed.is_empty())
            && let Ok(search) = Search::parse(&typed, today)
            && !self.library.searches().iter().any(|kept| kept.typed == typed && kept.search == search)
        {
            let text = search.text.clone();
            let id = self.library.save_search(typed, search);
            self.ask_for_saved(id, text);
        }
    }
}
