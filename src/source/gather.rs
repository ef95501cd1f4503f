//! Reading all that is found in a source on all cores, and gathering what comes of it on one thread.

use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};
use rayon::{ThreadPool, ThreadPoolBuilder};

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
        /// How many items there was nothing to say of since the last time.
        passed: usize,
    },
}

/// One thing that was found, after it has been read.
enum Read<T> {
    /// With how many bytes it takes.
    Item(T, usize),
    /// An item of which there is nothing to say, so it is only counted.
    Passed,
    Other(String),
    Hidden,
    Manifest(Box<Manifest>),
    Problem(String, Problem),
    Nothing,
}

/// Reads what is found and hands it over.
///
/// `read` gives nothing where there is nothing to say of an item: then it is only counted, which costs next to nothing
/// however many there are. `weigh` tells how many bytes an item takes while it waits, where that may be many. The walk is pulled along by the
/// readers, one step at a time, so nothing piles up; the calling thread gathers. When it stops gathering, the readers cannot send any more, and stop too.
/// Where the system has no threads to spare, the calling thread reads as well, one thing after the other.
pub(super) fn gather<T: Send>(
    walk: impl Iterator<Item = Found> + Send,
    read: impl Fn(ItemPlace) -> Option<T> + Sync,
    weigh: impl Fn(&T) -> usize + Sync,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    gather_with(readers(), walk, read, weigh, on)
}

/// The threads that read, as many as there are cores; `None` where the system has none to spare.
fn readers() -> Option<&'static ThreadPool> {
    static READERS: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let build = || ThreadPoolBuilder::new().thread_name(|number| format!("reading {number}")).build().ok();
    READERS.get_or_init(build).as_ref()
}

fn gather_with<T: Send>(
    readers: Option<&ThreadPool>,
    walk: impl Iterator<Item = Found> + Send,
    read: impl Fn(ItemPlace) -> Option<T> + Sync,
    weigh: impl Fn(&T) -> usize + Sync,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    let found = AtomicUsize::new(0);
    let counted = walk.inspect(|step| {
        if matches!(step, Found::Item(_)) {
            found.fetch_add(1, Ordering::Relaxed);
        }
    });
    let Some(readers) = readers else {
        let read_item = |place| read(place).map_or(Read::Passed, |item| Read::Item(item, 0));
        return read_in_turn(counted, read_item, &found, on);
    };
    let (sender, receiver) = crossbeam_channel::bounded(QUEUE);
    let room = Room::default();
    let passed = AtomicUsize::new(0);
    let read_item = |place| {
        let Some(item) = read(place) else { return Read::Passed };
        let bytes = weigh(&item);
        room.take(bytes);
        Read::Item(item, bytes)
    };
    readers.in_place_scope(|scope| {
        scope.spawn(|_| {
            let send = |step| match read_step(step, read_item) {
                Read::Passed => {
                    passed.fetch_add(1, Ordering::Relaxed);
                    Some(())
                }
                read => sender.send(read).ok(),
            };
            // None is how the walk ends when nobody gathers any more.
            let _stopped: Option<()> = counted.par_bridge().try_for_each(send);
            drop(sender);
        });
        hand_over(receiver, (&found, &passed), &room, on)
    })
}

/// Reads one thing after the other on the calling thread.
fn read_in_turn<T>(
    walk: impl Iterator<Item = Found>,
    read_item: impl Fn(ItemPlace) -> Read<T>,
    found: &AtomicUsize,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    let mut gathering = InProgress::new(found, on);
    for step in walk {
        let flow = gathering.take(read_step(step, &read_item));
        if flow.is_break() || (gathering.is_due() && gathering.tell_due().is_break()) {
            return gathering.end();
        }
    }
    let _flow = gathering.tell_due();
    gathering.end()
}

fn read_step<T>(step: Found, read_item: impl Fn(ItemPlace) -> Read<T>) -> Read<T> {
    match step {
        Found::Item(place) => read_item(place),
        Found::Other(extension) => Read::Other(extension),
        Found::Hidden => Read::Hidden,
        Found::Manifest(manifest) => Read::Manifest(manifest),
        Found::Problem(path, problem) => Read::Problem(path, problem),
        Found::Nothing => Read::Nothing,
    }
}

/// Hands over what the readers send until they are done or `on` has had enough.
fn hand_over<T>(
    receiver: Receiver<Read<T>>,
    (found, passed): (&AtomicUsize, &AtomicUsize),
    room: &Room,
    on: &mut dyn FnMut(Gathered<T>) -> ControlFlow<()>,
) -> Report {
    let waiting = room.gathering();
    let mut gathering = InProgress::new(found, on);
    loop {
        let mut done = false;
        match receiver.recv_deadline(gathering.due) {
            Ok(read) => {
                let bytes = if let Read::Item(_, bytes) = &read { *bytes } else { 0 };
                let flow = gathering.take(read);
                room.give_back(bytes);
                if flow.is_break() {
                    break;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => done = true,
        }
        if done || gathering.is_due() {
            gathering.passed = gathering.passed.saturating_add(passed.swap(0, Ordering::Relaxed));
            let flow = gathering.tell_due();
            if done || flow.is_break() {
                break;
            }
        }
    }
    drop(receiver);
    drop(waiting);
    gathering.end()
}

/// What has been gathered so far, and when the next batch of it is due.
struct InProgress<'a, 'b, T> {
    found: &'a AtomicUsize,
    on: &'a mut (dyn FnMut(Gathered<T>) -> ControlFlow<()> + 'b),
    report: Report,
    batch: usize,
    passed: usize,
    due: Instant,
}

impl<'a, 'b, T> InProgress<'a, 'b, T> {
    fn new(found: &'a AtomicUsize, on: &'a mut (dyn FnMut(Gathered<T>) -> ControlFlow<()> + 'b)) -> Self {
        Self { found, on, report: Report::default(), batch: 0, passed: 0, due: Instant::now() + FIRST_DUE }
    }

    fn take(&mut self, read: Read<T>) -> ControlFlow<()> {
        match read {
            Read::Item(item, _) => {
                self.batch = self.batch.saturating_add(1);
                return (self.on)(Gathered::Item(item));
            }
            Read::Passed => self.passed = self.passed.saturating_add(1),
            Read::Other(extension) => *self.report.others.entry(extension).or_default() += 1,
            Read::Hidden => self.report.hidden += 1,
            Read::Manifest(manifest) => self.report.manifest = Some(*manifest),
            Read::Problem(path, problem) => self.report.problems.push((path, problem)),
            Read::Nothing => {}
        }
        ControlFlow::Continue(())
    }

    fn is_due(&self) -> bool {
        self.batch >= LARGEST_BATCH || Instant::now() >= self.due
    }

    fn tell_due(&mut self) -> ControlFlow<()> {
        let passed = std::mem::take(&mut self.passed);
        let items = std::mem::take(&mut self.batch).saturating_add(passed);
        self.report.items = self.report.items.saturating_add(items);
        let flow = (self.on)(Gathered::Due { found: self.found.load(Ordering::Relaxed), passed });
        self.due = Instant::now() + if self.report.items == 0 { FIRST_DUE } else { DUE };
        flow
    }

    fn end(self) -> Report {
        let mut report = self.report;
        report.files = self.found.load(Ordering::Relaxed);
        report.problems.sort_by(|(one, _), (other, _)| one.cmp(other));
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::sample;

    /// The paths of what is gathered of the sample, and the report.
    fn gathered(readers: Option<&ThreadPool>) -> (Vec<String>, Report) {
        let mut paths = Vec::new();
        let on = &mut |gathered| {
            if let Gathered::Item(path) = gathered {
                paths.push(path);
            }
            ControlFlow::Continue(())
        };
        let report = gather_with(readers, sample::walk(), |place| Some(place.path), |_| 0, on);
        paths.sort();
        (paths, report)
    }

    #[test]
    fn without_threads_to_spare_the_same_is_read_as_with_them() {
        let (alone, report) = gathered(None);
        assert!(alone.len() > LARGEST_BATCH && report.items == alone.len() && report.files == alone.len());
        let (together, with_others) = gathered(readers());
        assert_eq!((alone, report.items, report.others), (together, with_others.items, with_others.others));
    }
}
