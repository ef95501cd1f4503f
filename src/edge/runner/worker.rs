//! Sets pages and writes citations on a thread of its own.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{Arrival, calendar};
use crate::article::{Document, Page};
use crate::item::{ItemFile, SafeText, citation};
use crate::reader::{Message, PageRequest};
use crate::source::Source;

/// Something for the worker to do.
pub enum Job {
    /// Set a page. Only the last of several that wait is set.
    Page(PageRequest),
    /// Write the citation of the item in this file.
    Citation(String),
}

/// The thread that works.
pub struct Worker(Sender<Job>);

impl Worker {
    /// Starts the thread. It ends when the worker is dropped.
    pub fn start(source: Arc<Source>, sender: Sender<Arrival>) -> io::Result<Self> {
        let (jobs, waiting) = unbounded();
        thread::Builder::new()
            .name("pages".to_owned())
            .spawn(move || Desk { source, sender, last: None }.work(&waiting))?;
        Ok(Self(jobs))
    }

    /// Gives the thread something to do.
    pub fn send(&self, job: Job) {
        // It ends only when this sender is gone.
        let _ = self.0.send(job);
    }
}

/// What the thread has before it.
struct Desk {
    source: Arc<Source>,
    sender: Sender<Arrival>,
    /// The document that was set last, to be set again when only its width changes.
    last: Option<(String, bool, ItemFile, Document)>,
}

impl Desk {
    fn work(mut self, waiting: &Receiver<Job>) {
        while let Ok(job) = waiting.recv() {
            let mut page = self.begin(job);
            for job in waiting.try_iter() {
                page = self.begin(job).or(page);
            }
            if let Some(request) = page {
                self.set(request);
            }
        }
    }

    /// Does what is quick; a page to set comes back.
    fn begin(&mut self, job: Job) -> Option<PageRequest> {
        match job {
            Job::Page(request) => Some(request),
            Job::Citation(path) => {
                let file = self.source.read(&path);
                let _ = self.sender.send(Arrival::Copy(citation(&file.item, calendar::today())));
                None
            }
        }
    }

    /// Sets a page. A body that makes a library panic costs its own page and no other.
    fn set(&mut self, wanted: PageRequest) {
        let request = wanted.request;
        let page = panic::catch_unwind(AssertUnwindSafe(|| self.page(wanted))).unwrap_or_else(|_| {
            let reason = "This article cannot be set. v shows its file as it is; o opens the original.";
            let _ = self.sender.send(Arrival::Message(Message::Failed(SafeText::new(reason))));
            Page::default()
        });
        let page = Box::new(page);
        let _ = self.sender.send(Arrival::Message(Message::PageSet { request, page }));
    }

    fn page(&mut self, request: PageRequest) -> Page {
        let PageRequest { path, width, source, fresh, .. } = request;
        let kept =
            self.last.take().filter(|(last, as_source, ..)| !fresh && *last == path && *as_source == source);
        let (path, source, file, document) = kept.unwrap_or_else(|| {
            let file = self.source.read(&path);
            let document = if source {
                Document::source(&self.source.text(&path))
            } else {
                Document::of(&file.body, file.item.link.as_ref())
            };
            (path, source, file, document)
        });
        let set = if source { Page::of_source } else { Page::set };
        let page = set(&file.item, &document, width);
        self.last = Some((path, source, file, document));
        page
    }
}
