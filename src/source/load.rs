//! Reading every item of a source on all cores, and handing the items over as they come.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};

use super::item_file;
use super::report::{Batch, Report};
use super::walk::{Bytes, Found, ItemPlace};
use crate::item::{Item, ItemFile, Problem};

/// How soon the first items are handed over, so that the first screen is there at once.
const FIRST_BATCH: Duration = Duration::from_millis(5);
/// How often items are handed over after that: often enough to see the list grow.
const BATCH: Duration = Duration::from_millis(50);
/// The most items in a batch.
const LARGEST_BATCH: usize = 1024;
/// How many items may wait to be handed over before the reading pauses, which bounds the memory.
const QUEUE: usize = 256;

/// One thing that was found, after it has been read.
enum Read {
    Item(Box<Item>),
    Other(String),
    Hidden,
    Problem(String, Problem),
}

/// Reads what is found and hands it over.
///
/// The walk is pulled along by the readers, one step at a time, so nothing piles up; the calling thread
/// gathers. When it stops gathering, the readers cannot send any more, and stop too.
pub(super) fn stream(
    walk: impl Iterator<Item = Found> + Send,
    on_batch: &mut dyn FnMut(Batch) -> ControlFlow<()>,
) -> Report {
    let found = AtomicUsize::new(0);
    let counted = walk.inspect(|step| {
        if matches!(step, Found::Item(_)) {
            found.fetch_add(1, Ordering::Relaxed);
        }
    });
    let (sender, receiver) = crossbeam_channel::bounded(QUEUE);
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| {
            let send = |step| sender.send(read(step)).ok();
            // None is how the walk ends when nobody gathers any more.
            let _stopped: Option<()> = counted.par_bridge().try_for_each(send);
            drop(sender);
        });
        gather(receiver, &found, on_batch)
    })
}

fn read(step: Found) -> Read {
    match step {
        Found::Item(ItemPlace { path, bytes }) => {
            let file = match bytes {
                Bytes::File(file) => item_file::read(&path, &file),
                Bytes::BuiltIn(bytes) => ItemFile::read(&path, bytes),
            };
            Read::Item(Box::new(file.item))
        }
        Found::Other(extension) => Read::Other(extension),
        Found::Hidden => Read::Hidden,
        Found::Problem(path, problem) => Read::Problem(path, problem),
    }
}

/// Gathers what the readers send until they are done or `on_batch` has had enough.
fn gather(
    receiver: Receiver<Read>,
    found: &AtomicUsize,
    on_batch: &mut dyn FnMut(Batch) -> ControlFlow<()>,
) -> Report {
    let mut report = Report::default();
    let mut items = Vec::new();
    let mut due = Instant::now() + FIRST_BATCH;
    loop {
        let done = match receiver.recv_deadline(due) {
            Ok(read) => {
                note(read, &mut report, &mut items);
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        };
        if done || items.len() >= LARGEST_BATCH || Instant::now() >= due {
            report.items += items.len();
            let batch = Batch { items: std::mem::take(&mut items), found: found.load(Ordering::Relaxed) };
            if on_batch(batch).is_break() || done {
                break;
            }
            due = Instant::now() + if report.items == 0 { FIRST_BATCH } else { BATCH };
        }
    }
    drop(receiver);
    report.files = found.load(Ordering::Relaxed);
    report.problems.sort_by(|(one, _), (other, _)| one.cmp(other));
    report
}

fn note(read: Read, report: &mut Report, items: &mut Vec<Item>) {
    match read {
        Read::Item(item) => items.push(*item),
        Read::Other(extension) => *report.others.entry(extension).or_default() += 1,
        Read::Hidden => report.hidden += 1,
        Read::Problem(path, problem) => report.problems.push((path, problem)),
    }
}
