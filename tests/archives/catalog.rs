//! A bundle takes the place of the one before whole or not at all.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use rounds::source::{Location, Source};
use rounds::store::refresh::{Refresh, RefreshStep, refresh};

use super::viewer::{Viewer, bundle, counts};

#[test]
fn a_new_bundle_changes_what_has_changed() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two", "three"]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [3, 0, 0]);
    viewer.publish(&bundle(&["two", "three with more", "four"]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 1, 1]);
    assert_eq!(viewer.titles(), ["four", "three with more", "two"]);
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 0, 0]);
    assert_eq!(viewer.known(), viewer.titles());
}

#[test]
fn a_bundle_that_turns_out_to_be_wrong_costs_nothing_of_the_one_before() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two"]));
    viewer.refresh().unwrap();
    let other = bundle(&["one", "two changed", "three", "four"]);
    let mut flipped = other.clone();
    let checksum = flipped.len() - 8;
    flipped[checksum] ^= 1;
    for wrong in
        [other[..other.len() - 9].to_vec(), flipped, b"<!DOCTYPE html><title>Log in</title>".to_vec()]
    {
        viewer.publish(&wrong);
        assert!(viewer.refresh().is_err());
        assert_eq!(viewer.titles(), ["one", "two"]);
        assert_eq!(viewer.known(), ["one", "two"]);
    }
    viewer.publish(&other);
    assert_eq!(counts(&viewer.refresh().unwrap()), [2, 1, 0]);
}

#[test]
fn nothing_of_a_bundle_is_shown_before_all_of_it_has_been_read() {
    let mut viewer = Viewer::new();
    let titles: Vec<String> = (0..3000).map(|number| format!("item{number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let whole = bundle(&titles);
    viewer.publish(&whole[..whole.len() - 4]);
    assert!(viewer.refresh().is_err());
    assert_eq!((viewer.titles().len(), viewer.steps.iter().sum::<usize>()), (0, 0));
    viewer.publish(&whole);
    assert_eq!(counts(&viewer.refresh().unwrap()), [3000, 0, 0]);
    assert_eq!(viewer.titles().len(), 3000);
}

#[test]
fn the_items_of_a_bundle_are_there_when_the_bundle_has_gone() {
    let mut viewer = Viewer::new();
    viewer.publish(&bundle(&["one", "two"]));
    viewer.refresh().unwrap();
    fs::remove_file(viewer.bundle()).unwrap();
    assert!(viewer.refresh().is_err());
    assert!(!Path::new(&viewer.bundle()).exists());
    assert_eq!(viewer.known(), ["one", "two"]);
}

#[test]
fn a_refresh_that_is_stopped_while_it_removes_items_has_removed_none() {
    let mut viewer = Viewer::new();
    let titles: Vec<String> = (0..1500).map(|number| format!("item{number}")).collect();
    viewer.publish(&bundle(&titles.iter().map(String::as_str).collect::<Vec<_>>()));
    viewer.refresh().unwrap();
    viewer.publish(&bundle(&["other"]));
    let source = Source::open(&Location::Archive(viewer.bundle())).unwrap();
    let mut read = 0;
    let how = Refresh::default();
    let summary = refresh(&source, &mut viewer.catalog, how, &mut |step| {
        // The second step after everything was read comes while the items that have gone are removed.
        read += usize::from(matches!(step, RefreshStep::Changed { checked: 1, .. }));
        if read >= 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(!summary.unwrap().is_whole);
    assert_eq!(viewer.known().len(), 1000, "as many as are asked for");
    assert_eq!(counts(&viewer.refresh().unwrap()), [1, 0, 1500]);
}
