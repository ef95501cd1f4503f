//! Fetches bundles, each on a thread of its own, and says how it goes.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::outbox::Outbox;
use super::service::{Inbox, Service};
use crate::edge::calendar;
use crate::edge::origin::{Brought, Origin, age};
use crate::item::SafeText;
use crate::reader::{BundleNews, LastCopy, Message, Part};
use crate::remote::Progress;

/// How often it is told how far a download is.
const TOLD: Duration = Duration::from_millis(200);

/// The services that fetch, one for each bundle. When one is dropped it stops, and what has come is kept to go on with.
pub struct Fetching(Vec<Service<()>>);

impl Fetching {
    /// Starts a service for each bundle among the sources.
    ///
    /// # Errors
    ///
    /// When the system has no thread to spare.
    pub fn start(origins: &[Arc<Origin>], outbox: &Outbox) -> io::Result<Self> {
        let remote = origins.iter().filter(|origin| origin.is_remote()).enumerate();
        let services = remote.map(|(bundle, origin)| {
            let origin = Arc::clone(origin);
            Service::start(Part::Fetching(bundle), outbox, move |inbox, outbox| {
                let _ends = Desk { bundle, origin, outbox }.work(inbox);
            })
        });
        Ok(Self(services.collect::<io::Result<_>>()?))
    }

    /// Fetches every bundle that is not being fetched already.
    pub fn fetch(&self) {
        for service in &self.0 {
            service.mailbox().send(());
        }
    }

    /// The services behind it.
    pub fn services(self) -> Vec<Service<()>> {
        self.0
    }
}

/// What a thread has before it.
struct Desk<'a> {
    bundle: usize,
    origin: Arc<Origin>,
    outbox: &'a Outbox,
}

impl Desk<'_> {
    fn work(&self, inbox: &mut Inbox<()>) -> ControlFlow<()> {
        self.tell_copy()?;
        while inbox.recv().is_some() {
            let begun = Instant::now();
            let brought = self.fetch(inbox);
            // Who asked in the meantime has the answer as well.
            while inbox.try_recv().is_some() {}
            self.tell_copy()?;
            let (outcome, news) = match brought {
                Brought::New => ("new", BundleNews::Fetched),
                Brought::Unchanged => ("unchanged", BundleNews::Unchanged),
                Brought::Offline => ("offline", BundleNews::Offline),
                Brought::Failed(reason) => ("failed", BundleNews::Failed(reason)),
                Brought::Cancelled => return ControlFlow::Break(()),
            };
            tracing::info!(bundle = self.bundle, outcome, took = ?begun.elapsed(), "fetched");
            self.tell(news)?;
        }
        ControlFlow::Continue(())
    }

    fn fetch(&self, inbox: &Inbox<()>) -> Brought {
        let mut told: Option<Instant> = None;
        self.origin.fetch(&mut |progress: Progress| {
            let line = progress.line();
            let mut flow = ControlFlow::Continue(());
            if !line.is_empty() && told.is_none_or(|told| told.elapsed() >= TOLD) {
                told = Some(Instant::now());
                flow = self.tell(BundleNews::Progress(SafeText::new(&line)));
            }
            if inbox.is_closed() { ControlFlow::Break(()) } else { flow }
        })
    }

    /// Says how old what is here is.
    fn tell_copy(&self) -> ControlFlow<()> {
        let copy = self.origin.as_of().map(|as_of| LastCopy {
            as_of: calendar::here(as_of),
            age: SafeText::new(&age(as_of, Timestamp::now())),
        });
        self.tell(BundleNews::Copy(copy))
    }

    fn tell(&self, news: BundleNews) -> ControlFlow<()> {
        self.outbox.send(Message::Bundle { bundle: self.bundle, news })
    }
}
