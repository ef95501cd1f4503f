//! Marks on their way to the disk: what the screen says until they are there, and what becomes of those that cannot be
//! saved.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "a test says what is wrong by panicking"
)]
#![cfg(test)]

mod support;

use rounds::item::SafeText;
use rounds::library::{Mark, MarkChange};
use rounds::reader::{Effect, Message, Part, Save};
use support::desk::Desk;
use support::small_feed::small_feed;

const FULL: &str = "Marks cannot be saved, the disk is full. Make room on the disk.";

/// A reader whose disk takes nothing.
fn desk() -> Desk {
    let mut desk = Desk::open(100, 30, small_feed());
    desk.stall_disk();
    desk
}

fn fail(desk: &mut Desk) {
    desk.tell(Message::NotSaved(SafeText::new(FULL)));
}

#[test]
fn a_mark_that_takes_long_to_be_saved_has_a_sign_until_it_is_on_the_disk() {
    let mut desk = desk();
    desk.keys("s");
    desk.must_not_show("saving…");
    desk.tell(Message::SavingLate);
    desk.must_show("saving…");
    desk.keys("js");
    desk.finish_save();
    desk.must_show("saving…");
    desk.finish_saves();
    desk.must_not_show("saving…");
}

#[test]
fn the_sign_of_a_failure_stays_whatever_is_typed_and_goes_when_the_disk_works_again() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 10)] {
        let mut desk = Desk::open(columns, rows, small_feed());
        desk.stall_disk();
        desk.keys("s");
        fail(&mut desk);
        desk.must_show("Marks cannot be saved");
        desk.keys("jk");
        desk.must_not_show("Marks cannot be saved");
        desk.must_show("not saved!");
        desk.finish_saves();
        desk.must_not_show("not saved!");
    }
}

#[test]
fn quitting_asks_before_marks_are_lost_and_staying_loses_nothing() {
    let mut desk = desk();
    desk.keys("sjms");
    fail(&mut desk);
    desk.keys("kq");
    desk.must_show("3 marks not saved");
    desk.must_show("the disk is full");
    assert_eq!(desk.effects(), []);
    desk.keys("<Esc>").must_not_show("3 marks not saved");
    desk.keys("qG<Enter>");
    assert_eq!(desk.effects(), [], "the last answer is to stay");
    desk.keys("q<Down><Down><Enter>");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn the_key_that_quits_at_once_does_not_ask() {
    let mut desk = desk();
    desk.keys("s");
    fail(&mut desk);
    desk.keys("<C-c>");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn who_has_nothing_to_lose_is_not_asked() {
    let mut desk = desk();
    fail(&mut desk);
    desk.keys("jq");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn saving_can_be_tried_again_from_the_question() {
    let mut desk = desk();
    desk.keys("s");
    fail(&mut desk);
    desk.keys("q<Enter>");
    assert_eq!(desk.effects(), [Effect::RetrySaving]);
    fail(&mut desk);
    desk.must_show("1 mark not saved");
    desk.finish_saves();
    desk.must_not_show("not saved");
    desk.keys("q");
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn marks_that_cannot_be_saved_are_written_to_a_file_that_the_user_names() {
    let mut desk = desk();
    desk.keys("s/text<Enter>S");
    fail(&mut desk);
    desk.keys("<Esc><Esc>qq");
    desk.must_show("1 mark and 1 search not saved");
    desk.keys("<Down><Enter>").must_show("rounds-unsaved-marks.json");
    desk.keys("<C-u>/media/stick/m.json<Enter>");
    let effects = desk.effects();
    let [Effect::WriteUnsaved { path, saves }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(path, "/media/stick/m.json");
    assert!(matches!(saves.as_slice(), [Save::Marks { marked: true, .. }, Save::Search(_)]), "{saves:?}");
    let failed = Err(SafeText::new("there is no such folder. Choose another folder."));
    desk.tell(Message::UnsavedWritten { path: SafeText::new(path), outcome: failed });
    desk.must_show("there is no such folder");
    desk.must_show("/media/stick/m.json");
    desk.tell(Message::UnsavedWritten { path: SafeText::new(path), outcome: Ok(()) });
    assert_eq!(desk.effects(), [Effect::Quit]);
}

#[test]
fn marks_of_another_rounds_that_are_older_than_ours_do_not_undo_them() {
    let mut desk = desk();
    desk.keys("ttelehealth<Enter>s");
    let unstarred = MarkChange { key: desk.key("telehealth.md"), mark: Mark::Starred, marked: false };
    desk.tell(Message::MarksChanged { as_of: 0, changes: vec![unstarred] });
    assert!(desk.selected().contains('★'), "they were read before the star was saved");
    desk.finish_saves();
    desk.marked_elsewhere(vec![unstarred]);
    assert!(!desk.selected().contains('★'), "the other Rounds has taken the star away since");
}

#[test]
fn the_end_of_a_part_is_told_and_the_rest_goes_on() {
    let cases = [
        (Part::Loading, "Sources are no longer read"),
        (Part::Saving, "Marks are no longer saved"),
        (Part::Searching, "Only titles and topics are searched"),
        (Part::Pages, "Articles are no longer shown"),
        (Part::Watching, "Changes are no longer noticed"),
    ];
    for (part, told) in cases {
        let mut desk = Desk::open(100, 30, small_feed());
        desk.tell(Message::PartEnded { part, reason: SafeText::new("there is a fault in Rounds") });
        desk.must_show(told);
        desk.keys("j");
        desk.must_not_show(told);
        desk.keys("!").must_show(told);
        desk.keys("q");
        assert!(desk.selected().contains("Precision medicine"), "{part:?}");
    }
}

#[test]
fn nothing_waits_for_a_part_that_has_ended() {
    let ended = |part| Message::PartEnded { part, reason: SafeText::new("there is a fault in Rounds") };
    let mut desk = Desk::open(100, 30, small_feed());
    desk.slow_source();
    desk.keys("r").must_show("looking again");
    desk.tell(ended(Part::Loading));
    desk.must_not_show("looking again");
    desk.keys("jr");
    desk.must_not_show("looking again");
    desk.slow_index();
    desk.keys("/nurses");
    desk.tell(ended(Part::Searching));
    assert_eq!(desk.titles(), ["Nurses"]);
    desk.keys("<C-u>ransomware<Enter>");
    assert_eq!(desk.titles(), ["Ransomware"]);
    desk.stall_disk();
    desk.tell(ended(Part::Saving));
    desk.keys("s").must_show("not saved!");
}
