//! What the screen looks like during a search, and while the source or the index is not ready: pictures in text, of
//! each part at each size. Read a new one as a picture.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "a test says what is wrong by panicking"
)]

#[cfg(test)]
mod support;

use rounds::item::SafeText;
use rounds::library::Hits;
use rounds::reader::{Asker, Effect, Memory, Message, Progress};
use support::desk::Desk;
use support::small_feed::small_feed;

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 10)];

/// Takes a picture of the screen after some keys at each size.
#[cfg(test)]
fn pictures(name: &str, keys: &str) {
    pictures_of(name, |desk| {
        desk.keys(keys);
    });
}

#[cfg(test)]
fn pictures_of(name: &str, happens: impl Fn(&mut Desk)) {
    for (columns, rows) in SIZES {
        let mut desk = Desk::open(columns, rows, small_feed());
        happens(&mut desk);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

#[test]
fn a_line_to_type_in() {
    pictures("empty_line", "/");
}

#[test]
fn what_is_found_while_typing() {
    pictures("typing", "/records -nurses is:unread");
}

#[test]
fn a_search_that_cannot_be_understood() {
    pictures("problem", "/records since:soon");
}

#[test]
fn nothing_found() {
    pictures("nothing", "/zebra<Enter>");
}

#[test]
fn what_was_found_after_enter() {
    pictures("found", "/informatics<Enter>");
}

#[test]
fn an_article_with_matches() {
    pictures("matches", "/long<Enter><Enter>nn");
}

#[test]
fn a_kept_search_in_the_tree() {
    pictures("kept", "/records<Enter>S<Esc>trecords<Enter>mh");
}

#[test]
fn what_is_new_since_the_last_visit() {
    pictures_of("new", |desk| {
        let new = ["telehealth.md", "nurses.md"].map(|path| desk.key(path)).to_vec();
        desk.tell(Message::Remembered(Box::new(Memory { new, ..Memory::default() })));
        desk.keys("tnew<Enter>");
    });
}

#[test]
fn the_index_is_being_filled() {
    pictures_of("indexing", |desk| desk.tell(Message::Indexed { waiting: 1234 }));
}

#[test]
fn a_search_while_the_index_is_being_filled() {
    pictures_of("indexing_search", |desk| {
        desk.slow_index();
        desk.tell(Message::Indexed { waiting: 1234 });
        desk.keys("/pandemics");
        let questions = desk.questions();
        let Some(Effect::Search { question, .. }) = questions.last() else { panic!("{questions:?}") };
        desk.tell(Message::Found {
            question: *question,
            epoch: 0,
            asker: Asker::List,
            hits: Hits::default(),
        });
    });
}

#[test]
fn the_source_is_being_looked_at_again() {
    pictures_of("refresh", |desk| {
        desk.slow_source();
        desk.keys("r");
        desk.tell(Message::LoadProgress(Progress { checked: 1200, found: 5000 }));
    });
}

#[test]
fn marks_that_cannot_be_saved() {
    let reason = "Marks cannot be saved (the disk is full). They hold until Rounds ends.";
    pictures_of("unsaved", |desk| desk.tell(Message::Failed(SafeText::new(reason))));
}
