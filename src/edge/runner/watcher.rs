//! Notices when files change, and says so when they have been quiet for a moment.

use std::ffi::OsStr;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::outbox::Outbox;
use super::service::{Handover, Inbox, Mailbox, Service, Waited};
use crate::reader::Part;

/// How soon what has changed is looked at.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// How long files must be quiet before.
    quiet: Duration,
    /// How long they may go on changing before they are looked at all the same.
    longest: Duration,
}

/// The pace for many files, each of which is written at once.
const MANY: Pace = Pace { quiet: Duration::from_millis(200), longest: Duration::from_secs(2) };
/// The pace for one file that may be long in coming, and means nothing before it is whole.
const ONE: Pace = Pace { quiet: Duration::from_secs(1), longest: Duration::from_secs(300) };

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// The files in a directory.
    Files(PathBuf),
    /// Everything below a directory but what begins with a dot.
    Everything(PathBuf),
    /// One file, which another may be put in the place of.
    One(PathBuf),
}

/// A service that watches: its inbox gets a message for each change.
pub type Watcher = Service<()>;

/// Calls a function whenever something has changed and been quiet for a moment, until the service is dropped. To begin
/// may take a while, as for a directory with many folders in it, so the service does that too; `on_failure` hears why it
/// is not possible. Watching ends when `on_change` breaks.
///
/// # Errors
///
/// When the system has no thread to spare.
pub fn start(
    extent: Extent,
    outbox: &Outbox,
    on_change: impl Fn(&Outbox) -> ControlFlow<()> + Send + 'static,
    on_failure: impl FnOnce(&Outbox, &Extent, notify::Error) + Send + 'static,
) -> io::Result<Watcher> {
    Service::start(Part::Watching, outbox, move |inbox, outbox| {
        watch_and_settle(inbox, outbox, &extent, on_change, on_failure);
    })
}

/// Starts the same service, which waits until it is told that the directory exists. It calls the function once at the
/// beginning, because changes between the making of the directory and the beginning of watching are not noticed.
///
/// # Errors
///
/// When the system has no thread to spare.
pub fn start_later(
    extent: Extent,
    outbox: &Outbox,
    on_change: impl Fn(&Outbox) -> ControlFlow<()> + Send + 'static,
    on_failure: impl FnOnce(&Outbox, &Extent, notify::Error) + Send + 'static,
) -> io::Result<(Watcher, Handover<()>)> {
    Service::start_later(Part::Watching, outbox, move |(), inbox, outbox| {
        inbox.mailbox().send(());
        watch_and_settle(inbox, outbox, &extent, on_change, on_failure);
    })
}

fn watch_and_settle(
    inbox: &mut Inbox<()>,
    outbox: &Outbox,
    extent: &Extent,
    on_change: impl Fn(&Outbox) -> ControlFlow<()>,
    on_failure: impl FnOnce(&Outbox, &Extent, notify::Error),
) {
    let pace = match extent {
        Extent::One(_) => ONE,
        Extent::Files(_) | Extent::Everything(_) => MANY,
    };
    match watch(extent, inbox.mailbox()) {
        // What watches is dropped when this ends.
        Ok(_watching) => settle(inbox, pace, || on_change(outbox)),
        Err(error) => {
            tracing::warn!(%error, "changes are not noticed by themselves");
            on_failure(outbox, extent, error);
            // That was told already, so this is not an end before its time.
            while inbox.recv().is_some() {}
        }
    }
}

/// Begins to watch.
fn watch(extent: &Extent, mailbox: Mailbox<()>) -> Result<RecommendedWatcher, notify::Error> {
    // Events bear absolute paths, and what is above the directory is not to be looked at.
    let (root, mode) = match extent {
        Extent::Files(directory) => (std::path::absolute(directory)?, RecursiveMode::NonRecursive),
        Extent::Everything(directory) => (std::path::absolute(directory)?, RecursiveMode::Recursive),
        Extent::One(file) => {
            let file = std::path::absolute(file)?;
            (file.parent().unwrap_or(&file).to_owned(), RecursiveMode::NonRecursive)
        }
    };
    let only = match extent {
        Extent::One(file) => file.file_name().map(OsStr::to_owned),
        Extent::Files(_) | Extent::Everything(_) => None,
    };
    let above = root.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| concerns(&event, &above, only.as_deref())) {
            mailbox.send(());
        }
    })?;
    watcher.watch(&root, mode)?;
    Ok(watcher)
}

/// Whether something has changed that Rounds shows. What is only read does not count, or our own reading would;
/// nor does what begins with a dot, among which our own files may be.
fn concerns(event: &Event, root: &Path, only: Option<&OsStr>) -> bool {
    let changes = match event.kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    };
    let counts = |path: &PathBuf| match only {
        Some(name) => path.file_name() == Some(name),
        None => !is_hidden(path, root),
    };
    changes && (event.paths.is_empty() || event.paths.iter().any(counts))
}

fn is_hidden(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

/// Waits until changes have been quiet for a moment, and calls the function once for all of them.
fn settle(inbox: &mut Inbox<()>, pace: Pace, on_change: impl Fn() -> ControlFlow<()>) {
    while inbox.recv().is_some() {
        let latest = Instant::now() + pace.longest;
        loop {
            let until_latest = latest.saturating_duration_since(Instant::now());
            match inbox.recv_timeout(pace.quiet.min(until_latest)) {
                Waited::Message(()) => {}
                Waited::TimedOut => break,
                Waited::Closed => return,
            }
        }
        if on_change().is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::super::outbox::outbox;
    use super::*;

    /// How long a change may take to be heard of on a busy machine.
    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn a_directory_that_is_not_there_yet_is_watched_from_when_it_is() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        let (outbox, _arrivals) = outbox();
        let (changes, heard) = unbounded();
        let on_change = move |_: &Outbox| {
            changes.send(()).unwrap();
            ControlFlow::Continue(())
        };
        let started = start_later(Extent::Files(data.clone()), &outbox, on_change, |_, _, error| {
            panic!("it cannot be watched: {error}");
        });
        let (_watcher, is_there) = started.unwrap();
        std::fs::create_dir(&data).unwrap();
        is_there.give(());
        heard.recv_timeout(PATIENCE).expect("what came before is looked at");
        std::fs::write(data.join("state.db"), "changed").unwrap();
        heard.recv_timeout(PATIENCE).expect("a change is heard of");
    }
}
