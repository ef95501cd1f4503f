//! Reads the source on a thread of its own and hands its items over as they come.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::Sender;

use super::Arrival;
use crate::item::SafeText;
use crate::reader::Message;
use crate::source::{Batch, Source};

/// Reads the source whenever it is asked to; the reading before, if it still goes on, is given up.
pub struct Loader {
    source: Arc<Source>,
    sender: Sender<Arrival>,
    wanted: Arc<AtomicU64>,
}

impl Loader {
    /// A loader of a source, which has not begun to read.
    pub fn new(source: Arc<Source>, sender: Sender<Arrival>) -> Self {
        Self { source, sender, wanted: Arc::default() }
    }

    /// Begins to read the source. Every message about it bears this generation.
    pub fn load(&self, generation: u64) -> io::Result<()> {
        self.wanted.store(generation, Ordering::Relaxed);
        let (source, sender) = (Arc::clone(&self.source), self.sender.clone());
        let wanted = Arc::clone(&self.wanted);
        thread::Builder::new().name("loader".to_owned()).spawn(move || {
            let report = source.load(&mut |Batch { items, found }| {
                let message = Message::Loaded { generation, items, found };
                let heard = sender.send(Arrival::Message(message)).is_ok();
                if heard && wanted.load(Ordering::Relaxed) == generation {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            let ended = match report {
                Ok(report) => Message::LoadFinished { generation, problems: report.problems },
                Err(error) => Message::LoadFailed { generation, reason: SafeText::new(&format!("{error}.")) },
            };
            // Nobody listens any more when Rounds is ending, and then nobody needs the answer.
            let _ = sender.send(Arrival::Message(ended));
        })?;
        Ok(())
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.wanted.store(0, Ordering::Relaxed);
    }
}
