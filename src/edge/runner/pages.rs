//! Sets pages, writes citations and looks up links.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Instant;

use super::outbox::{Arrival, Outbox, Purpose};
use super::service::{Handover, Inbox, Service};
use crate::article::{Document, Page};
use crate::edge::calendar;
use crate::edge::origin::Origin;
use crate::item::{ItemFile, SafeText, citation};
use crate::library::ItemId;
use crate::reader::{ItemRef, Message, PageRequest, Part};
use crate::store::collection::CollectionReader;

/// Something to do for an item.
#[derive(Debug)]
pub enum Job {
    /// Set a page. Only the last of several that wait is set.
    Page(PageRequest),
    /// Write the citation of an item.
    Citation(ItemRef),
    /// Look up the link of the original of an item.
    Original(ItemRef, Purpose),
}

/// The service that sets pages.
pub type Pages = Service<Job>;

/// Starts the service, and says where the catalogs are handed to it. Jobs that come before wait.
///
/// # Errors
///
/// When the system has no thread to spare.
pub fn start(origins: Vec<Arc<Origin>>, outbox: &Outbox) -> io::Result<(Pages, Handover<CollectionReader>)> {
    Service::start_later(Part::Pages, outbox, move |catalogs, inbox, outbox| {
        Desk { origins, catalogs, outbox, last: None }.work(inbox);
    })
}

/// A document that was set, to be set again when only its width changes.
struct Kept {
    item: ItemRef,
    source: bool,
    file: ItemFile,
    document: Document,
}

/// What the thread has before it.
struct Desk<'a> {
    origins: Vec<Arc<Origin>>,
    catalogs: CollectionReader,
    outbox: &'a Outbox,
    last: Option<Kept>,
}

impl Desk<'_> {
    fn work(mut self, inbox: &mut Inbox<Job>) {
        while let Some(job) = inbox.recv() {
            let mut page = self.begin(job);
            while let Some(job) = inbox.try_recv() {
                page = self.begin(job).or(page);
            }
            if let Some(request) = page {
                self.set(request);
            }
        }
    }

    /// Does what is quick; a page to set comes back.
    fn begin(&mut self, job: Job) -> Option<PageRequest> {
        let arrival = match job {
            Job::Page(request) => return Some(request),
            Job::Citation(item) => match self.file(item) {
                Some(file) => Arrival::Copy(citation(&file.item, calendar::today())),
                None => not_there("This item"),
            },
            Job::Original(item, purpose) => {
                let file = self.file(item);
                match file.and_then(|file| Some((file.item.link?, file.item.key))) {
                    Some((link, key)) => Arrival::Original(link, key, purpose),
                    None => not_there("The link of this item"),
                }
            }
        };
        // When Rounds is ending, the inbox is closed as well.
        let _ends = self.outbox.send(arrival);
        None
    }

    /// Sets a page. A body that makes a library panic costs its own page and no other.
    fn set(&mut self, wanted: PageRequest) {
        let request = wanted.request;
        let begun = Instant::now();
        let page = panic::catch_unwind(AssertUnwindSafe(|| self.page(wanted))).unwrap_or_else(|_| {
            tracing::error!("an article could not be set");
            let reason =
                "This article cannot be set. Its file can be shown as it is, and its original opened.";
            let _ends = self.outbox.send(Message::Failed(SafeText::new(reason)));
            Page::default()
        });
        tracing::debug!(rows = page.rows.len(), took = ?begun.elapsed(), "set a page");
        let _ends = self.outbox.send(Message::PageSet { request, page: Box::new(page) });
    }

    fn page(&mut self, request: PageRequest) -> Page {
        let PageRequest { item, width, source, fresh, highlights, .. } = request;
        let kept = self.last.take().filter(|last| !fresh && last.item == item && last.source == source);
        let Some(kept) = kept.or_else(|| self.read(item, source)) else { return Page::default() };
        let set = if source { Page::of_source } else { Page::set };
        let mut page = set(&kept.file.item, &kept.document, width);
        page.highlight(&highlights);
        self.last = Some(kept);
        page
    }

    fn read(&mut self, item: ItemRef, source: bool) -> Option<Kept> {
        let file = self.file(item)?;
        let document = if source {
            Document::source(&self.text(item.id, &file.item.path))
        } else {
            Document::of(&file.body, file.item.link.as_ref())
        };
        Some(Kept { item, source, file, document })
    }

    /// An item with its body, as the catalog has it. `None` also where the number means another item by now, which the
    /// reader is told of by the next facts, and then asks again.
    fn file(&mut self, item: ItemRef) -> Option<ItemFile> {
        match self.catalogs.file(item.id) {
            Ok(file) => file.filter(|file| file.item.key == item.key),
            Err(error) => {
                tracing::warn!(%error, "an item could not be read from its catalog");
                None
            }
        }
    }

    /// The text of an item's file as it is, or why it cannot be read.
    fn text(&self, item: ItemId, path: &str) -> String {
        let origin = self.catalogs.source_of(item).and_then(|source| self.origins.get(source));
        match origin.map(|origin| origin.source()) {
            Some(Ok(Some(source))) => source.text(path),
            Some(Err(error)) => format!("{error}."),
            Some(Ok(None)) | None => {
                "The file is no longer there. A refresh looks at the sources again.".to_owned()
            }
        }
    }
}

/// Says that an item has gone since it was shown.
fn not_there(what: &str) -> Arrival {
    let text = format!("{what} can no longer be found. A refresh looks at the source again.");
    Arrival::Message(Message::Failed(SafeText::new(&text)))
}
