//! Fetches bundles, each on a thread of its own, and says how it goes.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use jiff::Timestamp;

use super::Arrival;
use crate::edge::calendar;
use crate::edge::origin::{Brought, Origin, age};
use crate::item::SafeText;
use crate::reader::{BundleNews, LastCopy, Message};
use crate::remote::Progress;

/// How often it is told how far a download is.
const TOLD: Duration = Duration::from_millis(200);

/// The threads that fetch. When this is dropped, they stop, and what has come is kept to go on with.
pub struct Fetching {
    wanted: Vec<Sender<()>>,
    ended: Arc<AtomicBool>,
}

impl Fetching {
    /// Starts a thread for each bundle among the sources.
    pub fn start(origins: &[Arc<Origin>], sender: &Sender<Arrival>) -> io::Result<Self> {
        let ended = Arc::<AtomicBool>::default();
        let mut wanted = Vec::new();
        for (bundle, origin) in origins.iter().filter(|origin| origin.is_remote()).enumerate() {
            let (wishes, waiting) = unbounded();
            let origin = Arc::clone(origin);
            let desk = Desk { bundle, origin, sender: sender.clone(), ended: Arc::clone(&ended) };
            thread::Builder::new().name("fetching".to_owned()).spawn(move || desk.work(&waiting))?;
            wanted.push(wishes);
        }
        Ok(Self { wanted, ended })
    }

    /// Fetches every bundle that is not being fetched already.
    pub fn fetch(&self) {
        for wishes in &self.wanted {
            // It ends only when this sender is gone.
            let _ = wishes.send(());
        }
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// What a thread has before it.
struct Desk {
    bundle: usize,
    origin: Arc<Origin>,
    sender: Sender<Arrival>,
    ended: Arc<AtomicBool>,
}

impl Desk {
    fn work(&self, waiting: &Receiver<()>) {
        self.tell_copy();
        while waiting.recv().is_ok() {
            let brought = self.fetch();
            // Whoever asked in the meantime has the answer as well.
            waiting.try_iter().for_each(drop);
            self.tell_copy();
            self.tell(match brought {
                Brought::New => BundleNews::Fetched,
                Brought::Unchanged => BundleNews::Unchanged,
                Brought::Offline => BundleNews::Offline,
                Brought::Failed(reason) => BundleNews::Failed(reason),
                Brought::Cancelled => return,
            });
        }
    }

    fn fetch(&self) -> Brought {
        let mut told: Option<Instant> = None;
        self.origin.fetch(&mut |progress: Progress| {
            let line = progress.line();
            if !line.is_empty() && told.is_none_or(|told| told.elapsed() >= TOLD) {
                told = Some(Instant::now());
                self.tell(BundleNews::Progress(SafeText::new(&line)));
            }
            if self.ended.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    }

    /// Says how old what is here is.
    fn tell_copy(&self) {
        let copy = self.origin.as_of().map(|as_of| LastCopy {
            as_of: calendar::here(as_of),
            age: SafeText::new(&age(as_of, Timestamp::now())),
        });
        self.tell(BundleNews::Copy(copy));
    }

    fn tell(&self, news: BundleNews) {
        // Nobody listens any more when Rounds is ending, and then nobody needs to know.
        let _ = self.sender.send(Arrival::Message(Message::Bundle { bundle: self.bundle, news }));
    }
}
