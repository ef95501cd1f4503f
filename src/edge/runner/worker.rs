//! Sets pages and writes citations on a thread of its own.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::Arrival;
use crate::article::{Document, Page};
use crate::edge::calendar;
use crate::edge::origin::Origin;
use crate::item::{ItemFile, SafeText, citation};
use crate::library::ItemId;
use crate::reader::{Message, PageRequest};
use crate::store::collection::CollectionReader;

/// Something for the worker to do.
pub enum Job {
    /// Set a page. Only the last of several that wait is set.
    Page(PageRequest),
    /// Write the citation of an item.
    Citation(ItemId),
    /// Look up the link of the original of an item.
    Original(ItemId, Purpose),
}

/// What a link is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be opened in a browser.
    Open,
    /// To be sent to the clipboard.
    Copy,
}

/// The thread that works.
pub struct Worker(Sender<Job>);

impl Worker {
    /// Starts the thread, and where the catalogs are to be handed to it. It ends when the worker is dropped.
    pub fn start(
        origins: Vec<Arc<Origin>>,
        sender: Sender<Arrival>,
    ) -> io::Result<(Self, Sender<CollectionReader>)> {
        let (jobs, waiting) = unbounded();
        let (readers, reader) = bounded(1);
        thread::Builder::new().name("pages".to_owned()).spawn(move || {
            if let Ok(catalogs) = reader.recv() {
                Desk { origins, catalogs, sender, last: None }.work(&waiting);
            }
        })?;
        Ok((Self(jobs), readers))
    }

    /// Gives the thread something to do.
    pub fn send(&self, job: Job) {
        // It ends only when this sender is gone.
        let _ = self.0.send(job);
    }
}

/// What the thread has before it.
struct Desk {
    origins: Vec<Arc<Origin>>,
    catalogs: CollectionReader,
    sender: Sender<Arrival>,
    /// The document that was set last, to be set again when only its width changes.
    last: Option<(ItemId, bool, ItemFile, Document)>,
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
            Job::Citation(item) => {
                if let Some(file) = self.file(item) {
                    let _ = self.sender.send(Arrival::Copy(citation(&file.item, calendar::today())));
                }
                None
            }
            Job::Original(item, purpose) => {
                let file = self.file(item);
                let arrival = match file.and_then(|file| Some((file.item.link?, file.item.key))) {
                    Some((link, key)) => Arrival::Original(link, key, purpose),
                    None => Arrival::Message(Message::Failed(SafeText::new(
                        "The link of this item cannot be found any more. r looks at the source again.",
                    ))),
                };
                let _ = self.sender.send(arrival);
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
        let PageRequest { item, width, source, fresh, highlights, .. } = request;
        let kept =
            self.last.take().filter(|(last, as_source, ..)| !fresh && *last == item && *as_source == source);
        let Some((_, _, file, document)) = kept.or_else(|| self.read(item, source)) else {
            return Page::default();
        };
        let set = if source { Page::of_source } else { Page::set };
        let mut page = set(&file.item, &document, width);
        page.highlight(&highlights);
        self.last = Some((item, source, file, document));
        page
    }

    fn read(&mut self, item: ItemId, source: bool) -> Option<(ItemId, bool, ItemFile, Document)> {
        let file = self.file(item)?;
        let document = if source {
            Document::source(&self.text(item, &file.item.path))
        } else {
            Document::of(&file.body, file.item.link.as_ref())
        };
        Some((item, source, file, document))
    }

    /// An item with its body, as the catalog has it.
    fn file(&mut self, item: ItemId) -> Option<ItemFile> {
        self.catalogs.file(item).ok().flatten()
    }

    /// The text of an item's file as it is, or why it cannot be read.
    fn text(&self, item: ItemId, path: &str) -> String {
        let origin = self.catalogs.source_of(item).and_then(|source| self.origins.get(source));
        match origin.map(|origin| origin.source()) {
            Some(Ok(Some(source))) => source.text(path),
            Some(Err(error)) => format!("{error}."),
            Some(Ok(None)) | None => {
                "The file is not here any more. r looks at the sources again.".to_owned()
            }
        }
    }
}
