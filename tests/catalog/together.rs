//! Several at once on one catalog.

use std::ops::ControlFlow;

use std::thread;

use rounds::store::catalog::Catalog;
use rounds::store::refresh::{Refresh, refresh};

use super::child::{said, start};
use super::feed::{Feed, Viewer, assert_same};

#[test]
fn whoever_comes_second_is_shown_what_the_first_one_writes() {
    let feed = Feed::of(2500);
    let (first_batch, has_first_batch) = crossbeam_channel::unbounded();
    let (go_on, may_go_on) = crossbeam_channel::unbounded::<()>();
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            let (mut catalog, _) = Catalog::open(&feed.catalog());
            let mut viewer = Viewer::default();
            viewer.refresh_while(&feed, &mut catalog, false, &mut |list| {
                if !list.is_empty() && first_batch.send(list.len()).is_ok() {
                    // Waits in the midst of its work until the other one has seen what there is.
                    let _ = may_go_on.recv();
                }
                ControlFlow::Continue(())
            });
            viewer
        });
        let so_far = has_first_batch.recv().unwrap();
        let (mut catalog, notice) = Catalog::open(&feed.catalog());
        assert_eq!(notice, None);
        let mut second = Viewer::default();
        let mut go_on = Some(go_on);
        let mut receiver = Some(has_first_batch);
        let summary = second.refresh_while(&feed, &mut catalog, false, &mut |list| {
            if list.len() >= so_far {
                drop((go_on.take(), receiver.take()));
            }
            ControlFlow::Continue(())
        });
        assert!(go_on.is_none(), "nothing was seen of what the first one had written");
        let first = first.join().unwrap();
        assert_eq!((summary.added, summary.is_whole), (0, true), "the second one did the work again");
        assert_eq!(first.list, second.list);
        assert_eq!(second.list.len(), 2500);
    });
}

#[test]
fn whoever_comes_second_goes_on_when_the_first_one_stops() {
    let feed = Feed::of(2500);
    let (first_batch, has_first_batch) = crossbeam_channel::unbounded();
    let (stop, may_stop) = crossbeam_channel::unbounded::<()>();
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut catalog, _) = Catalog::open(&feed.catalog());
            Viewer::default().refresh_while(&feed, &mut catalog, false, &mut |list| {
                if list.is_empty() {
                    return ControlFlow::Continue(());
                }
                first_batch.send(()).unwrap();
                let _ = may_stop.recv();
                ControlFlow::Break(())
            });
        });
        has_first_batch.recv().unwrap();
        let (mut catalog, _) = Catalog::open(&feed.catalog());
        let mut viewer = Viewer::default();
        let mut stop = Some(stop);
        viewer.refresh_while(&feed, &mut catalog, false, &mut |list| {
            if !list.is_empty() {
                drop(stop.take());
            }
            ControlFlow::Continue(())
        });
        assert_eq!(viewer.list.len(), 2500);
        assert_same(&viewer, &catalog, &feed);
    });
}

#[test]
fn processes_that_import_the_same_source_at_once_make_one_catalog() {
    let feed = Feed::of(300);
    for _ in 0..3 {
        let _ = std::fs::remove_dir_all(feed.root.path().join("cache"));
        let mut children: Vec<_> = (0..3).map(|_| start(&feed, &[])).collect();
        let (viewer, catalog) = Viewer::open(&feed);
        assert_eq!(viewer.notices, []);
        for child in &mut children {
            assert_eq!(said(child), ["items 300 pages 300 whole true"]);
        }
        assert_same(&viewer, &catalog, &feed);
    }
}

#[test]
fn a_list_is_read_while_another_writes() {
    let feed = Feed::of(600);
    let (viewer, mut catalog) = Viewer::open(&feed);
    let mut reader = catalog.reader();
    feed.write("new.md", b"---\ntitle: New\n---\n");
    let mut seen_within = 0;
    let mut refreshed = false;
    reader
        .changes_after(0, &mut |changes| {
            seen_within += changes.written.len();
            if !std::mem::replace(&mut refreshed, true) {
                let mut other = Viewer { seen: viewer.seen, ..Viewer::default() };
                assert_eq!(other.refresh(&feed, &mut catalog).added, 1);
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(seen_within, 600, "what is read belongs to one moment");
}

#[test]
fn a_caller_that_only_asks_does_not_wait_until_all_text_is_in_the_index() {
    let feed = Feed::of(3000);
    let (viewer, mut catalog) = Viewer::open(&feed);
    assert_eq!((viewer.list.len(), catalog.waiting().unwrap()), (3000, 3000));
    let (turn, has_turned) = crossbeam_channel::bounded(1);
    let (done, is_done) = crossbeam_channel::bounded::<()>(0);
    thread::scope(|scope| {
        let indexing = scope.spawn(move || {
            catalog
                .index_all(&mut |_| {
                    let _ = turn.try_send(());
                    // Nothing is ever sent: when the other one has what it asked for, this is closed.
                    match is_done.try_recv() {
                        Err(crossbeam_channel::TryRecvError::Disconnected) => ControlFlow::Break(()),
                        _ => ControlFlow::Continue(()),
                    }
                })
                .unwrap();
            catalog.waiting().unwrap()
        });
        has_turned.recv().unwrap();
        let (mut other, _) = Catalog::open(&feed.catalog());
        let how = Refresh { only_asking: true, ..Refresh::default() };
        let mut found = 0;
        let summary = refresh(&feed.source(), &mut other, how, &mut |step| {
            if let rounds::store::refresh::RefreshStep::Changed { changes, .. } = step {
                found += changes.written.len();
            }
            ControlFlow::Continue(())
        });
        assert!(summary.unwrap().is_whole);
        drop(done);
        assert_eq!(found, 3000);
        assert!(indexing.join().unwrap() > 0, "it was waited for until the index was full");
    });
}
