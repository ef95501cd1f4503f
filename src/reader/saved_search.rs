//! Making a search a topic of its own, and letting it go.

use super::memory::Save;
use super::{Action, Reader};
use crate::item::SafeText;
use crate::library::{MarkFilter, TopicKind, View};

/// The most searches that are kept as topics.
const SEARCHES_MAX: usize = 50;

impl Reader {
    /// Makes what the list shows a topic; where it is a saved search that is shown, lets that go.
    pub(super) fn save_search(&mut self) {
        let query = &self.list.query;
        if let (View::Search(id), true) = (query.view, query.search.is_empty()) {
            let Some(typed) = self.library.search(id).map(|saved| saved.typed.clone()) else { return };
            self.library.drop_search(id);
            self.show_view(View::All);
            self.inform(&format!("Removed from the topics: {typed}."));
            return self.hand_out(Save::DropSearch(typed));
        }
        if query.search.is_empty() {
            return self.warn(&format!("There is no search to keep. {} begins one.", Action::Search));
        }
        if self.library.searches().len() >= SEARCHES_MAX {
            return self.warn(&format!(
                "There are 50 kept searches. {} on one of them removes it.",
                Action::SaveSearch
            ));
        }
        let Some(narrowed) = self.narrowed_by() else {
            let view = self.library.label(self.view()).to_owned();
            return self
                .warn(&format!("A search in {view} cannot be kept. Choose a topic below it, or All."));
        };
        let typed = SafeText::new(&format!("{}{narrowed}", closed(self.searching.typed.trim())));
        if self.is_kept(&typed) {
            return self
                .inform(&format!("{typed} is a topic already. {} there removes it.", Action::SaveSearch));
        }
        self.keep_search(typed.clone());
        if !self.is_kept(&typed) {
            return self.warn("This search is too long to be kept. Leave some words out.");
        }
        self.rebuild();
        self.inform(&format!("Saved as a topic: {typed}. {} there removes it.", Action::SaveSearch));
        self.hand_out(Save::Search(typed));
    }

    fn is_kept(&self, typed: &SafeText) -> bool {
        self.library.searches().iter().any(|saved| saved.typed == *typed)
    }

    /// What the list is narrowed down by besides the search, in the words of a search. `None` where there are none
    /// for it.
    fn narrowed_by(&self) -> Option<String> {
        let marks = match self.list.query.marks {
            MarkFilter::Any => "",
            MarkFilter::Unread => " is:unread",
            MarkFilter::Starred => " is:starred",
        };
        let view = match self.view() {
            View::All => String::new(),
            View::New => " is:new".to_owned(),
            View::Unread => " is:unread".to_owned(),
            View::Starred => " is:starred".to_owned(),
            View::Today => " since:today".to_owned(),
            View::ThisWeek => " since:6d".to_owned(),
            View::Search(id) => {
                self.library.search(id).map(|saved| format!(" {}", saved.typed)).unwrap_or_default()
            }
            View::Topic(id) => {
                let kind = self.library.topics().get(id).map(|topic| topic.kind);
                let operator = match kind.filter(|kind| !kind.is_heading())? {
                    TopicKind::Site => "site",
                    _ => "topic",
                };
                format!(" {operator}:\"{}\"", self.library.label(self.view()).replace('"', " "))
            }
        };
        Some(format!("{marks}{view}"))
    }
}

/// A search in which no phrase is left open, so that something can be put behind it.
fn closed(typed: &str) -> String {
    let is_open =
        typed.chars().filter(|character| matches!(character, '"' | '“' | '”' | '„' | '«' | '»')).count() % 2;
    format!("{typed}{}", if is_open == 1 { "\"" } else { "" })
}
