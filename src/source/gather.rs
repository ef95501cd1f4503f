//! Reading all that is found in a source on all cores, and gathering what comes of it on one thread.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};

use super::archive::Manifest;
use super::report::Report;
use super::room::Room;
use super::walk::{Found, ItemPlace};
use crate::item::Problem;

/// How soon the first items are due, so that the first screen is there at once.
const FIRST_DUE: Duration = Duration::from_millis(5);
/// How often items are due after that: often enough to see the list grow.
const DUE: Duration = Duration::from_millis(50);
/// The most items between two times at which they are due; few in unit tests, so that a few items make many batches.
const LARGEST_BATCH: usize = if cfg!(test) { 3 } else { 256 };
/// How many items may wait to be gathered before the reading pauses, which bounds the memory; so does [`Room`].
const QUEUE: usize = 256;

/// What is gathered.
pub(super) enum Gathered<T> {
    /// What was made of one item file.
    Item(T),
    /// It is time to hand over what has been gathered since the last time. This comes about every 50 ms, and
    /// once more at the end.
    Due {
        /// How many item files have been found so far, read or not.
        found: usize,
    },
}

/// One thing that was found, after it has been read.
enum Read<T> {
    /// With how many bytes it takes.
    Item(T, usize),
    Other(String),
    Hidden,
    Manifest(Box<Manifest>),
    Problem(String, Problem),
}

/// Reads what is found and hands it over.
///
/// `weigh` tells how many bytes an item takes while it waits, where that may be many. The walk is pulled along by the
/// readers, one step at a time, so nothing piles up; the calling thread gathers. When it stops gathering, the readers cannot send any more, and stop too.
pub(super) fn gather<T: Send>(
    walk: impl Iterator<Item = Found> + Send,
    read: impl Fn(ItemPlace) -> T + Sync,
    weigh: impl Fn(&T) -> usize + Sync,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    let found = AtomicUsize::new(0);
    let counted = walk.inspect(|step| {
        if matches!(step, Found::Item(_)) {
            found.fetch_add(1, Ordering::Relaxed);
        }
    });
    let (sender, receiver) = crossbeam_channel::bounded(QUEUE);
    let room = Room::default();
    let read_item = |place| {
        let item = read(place);
        let bytes = weigh(&item);
        room.take(bytes);
        Read::Item(item, bytes)
    };
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| {
            let send = |step| sender.send(read_step(step, read_item)).ok();
            // None is how the walk ends when nobody gathers any more.
            let _stopped: Option<()> = counted.par_bridge().try_for_each(send);
            drop(sender);
        });
        hand_over(receiver, &found, &room, on)
    })
}

fn read_step<T>(step: Found, read_item: impl Fn(ItemPlace) -> Read<T>) -> Read<T> {
    match step {
        Found::Item(place) => read_item(place),
        Found::Other(extension) => Read::Other(extension),
        Found::Hidden => Read::Hidden,
        Found::Manifest(manifest) => Read::Manifest(manifest),
        Found::Problem(path, problem) => Read::Problem(path, problem),
    }
}

/// Hands over what the readers send until they are done or `on` has had enough.
fn hand_over<T>(
    receiver: Receiver<Read<T>>,
    found: &AtomicUsize,
    room: &Room,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    let gathering = room.gathering();
    let mut report = Report::default();
    let mut batch: usize = 0;
    let mut due = Instant::now() + FIRST_DUE;
    loop {
        let mut done = false;
        match receiver.recv_deadline(due) {
            Ok(Read::Item(item, bytes)) => {
                batch = batch.saturating_add(1);
                let flow = on(Gathered::Item(item));
                room.give_back(bytes);
                if flow.is_break() {
                    break;
                }
            }
            Ok(Read::Other(extension)) => *report.others.entry(extension).or_default() += 1,
            Ok(Read::Hidden) => report.hidden += 1,
            Ok(Read::Manifest(manifest)) => report.manifest = Some(*manifest),
            Ok(Read::Problem(path, problem)) => report.problems.push((path, problem)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => done = true,
        }
        if done || batch >= LARGEST_BATCH || Instant::now() >= due {
            report.items = report.items.saturating_add(std::mem::take(&mut batch));
            let is_break = on(Gathered::Due { found: found.load(Ordering::Relaxed) }).is_break();
            if is_break || done {
                break;
            }
            due = Instant::now() + if report.items == 0 { FIRST_DUE } else { DUE };
        }
    }
    drop(receiver);
    drop(gathering);
    report.files = found.load(Ordering::Relaxed);
    report.problems.sort_by(|(one, _), (other, _)| one.cmp(other));
    report
}
