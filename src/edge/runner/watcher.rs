//! Hears when files change, on a thread of its own, and says so when they have been quiet for a moment.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

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

/// Calls a function whenever something below a directory has changed, until it is dropped.
pub struct Watcher {
    /// Whoever drops it ends the thread, too.
    _events: RecommendedWatcher,
}

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

impl Watcher {
    /// Begins to watch. This may take a while for a directory with many folders in it.
    ///
    /// # Errors
    ///
    /// When the system does not allow it: there is no such directory, or there are too many to watch.
    pub fn start(extent: &Extent, on_change: impl Fn() + Send + 'static) -> Result<Self, notify::Error> {
        let (sender, changes) = unbounded();
        // Events bear absolute paths, and what is above the directory is not to be looked at.
        let (root, mode) = match extent {
            Extent::Files(directory) => (std::path::absolute(directory)?, RecursiveMode::NonRecursive),
            Extent::Everything(directory) => (std::path::absolute(directory)?, RecursiveMode::Recursive),
            Extent::One(file) => {
                let file = std::path::absolute(file)?;
                (file.parent().unwrap_or(&file).to_owned(), RecursiveMode::NonRecursive)
            }
        };
        let (only, pace) = match extent {
            Extent::One(file) => (file.file_name().map(OsStr::to_owned), ONE),
            Extent::Files(_) | Extent::Everything(_) => (None, MANY),
        };
        let above = root.clone();
        let mut events = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| concerns(&event, &above, only.as_deref())) {
                // Nobody listens any more when the watcher is being dropped.
                let _ = sender.send(());
            }
        })?;
        events.watch(&root, mode)?;
        thread::Builder::new()
            .name("watcher".to_owned())
            .spawn(move || settle(&changes, pace, &on_change))
            .map_err(notify::Error::io)?;
        Ok(Self { _events: events })
    }
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
fn settle(changes: &Receiver<()>, pace: Pace, on_change: &impl Fn()) {
    while changes.recv().is_ok() {
        let latest = Instant::now() + pace.longest;
        loop {
            let quiet = Instant::now() + pace.quiet;
            match changes.recv_deadline(quiet.min(latest)) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        on_change();
    }
}
