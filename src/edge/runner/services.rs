//! Everything that works beside the screen, started together and ended together.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[cfg(test)]
use super::activity::Activity;
use super::fetching::Fetching;
use super::loader::{self, Heirs, Loader, Look};
use super::outbox::{Outbox, Purpose};
use super::pages::{self, Pages};
use super::persistence::{self, Persistence, Visited};
use super::searcher::{Question, Searcher};
use super::service::{Handover, Mailbox, run_errand};
use super::watcher::{self, Extent, Watcher};
use crate::edge::origin::Origin;
use crate::edge::store::Store;
use crate::edge::unsaved;
use crate::item::SafeText;
use crate::reader::{Effect, Message};
use crate::store::state::Saving;

/// How long the end of Rounds may be put off until everything is on the disk.
pub const LAST_WRITE: Duration = Duration::from_secs(3);
/// How long the end of Rounds may be put off by services that have nothing more to write.
const LAST_STEP: Duration = Duration::from_millis(200);

/// Everything that works beside the screen.
pub struct Services {
    outbox: Outbox,
    loader: Loader,
    persistence: Persistence,
    pages: Pages,
    searcher: Searcher,
    fetching: Fetching,
    watchers: Vec<Watcher>,
}

impl Services {
    /// Starts all services for some sources. Nothing is watched yet.
    ///
    /// # Errors
    ///
    /// When the system has no threads to spare.
    pub fn start(origins: Vec<Arc<Origin>>, store: Store, outbox: Outbox) -> io::Result<Self> {
        let (pages, to_pages) = pages::start(origins.clone(), &outbox)?;
        let (searcher, to_searcher) = Searcher::start(&outbox)?;
        let visited = |origin: &Arc<Origin>| Visited { location: origin.location(), label: origin.label() };
        let (persistence, state) = Persistence::start(origins.iter().map(visited).collect(), &outbox)?;
        let fetching = Fetching::start(&origins, &outbox)?;
        let heirs =
            Heirs { readers: vec![to_pages, to_searcher], state, persistence: persistence.mailbox().clone() };
        let loader = loader::start(origins, store, heirs, &outbox)?;
        Ok(Self { outbox, loader, persistence, pages, searcher, fetching, watchers: Vec::new() })
    }

    /// Notices from now on when sources change, and when another Rounds saves something in a directory.
    ///
    /// # Errors
    ///
    /// When the system has no threads to spare.
    pub fn watch(&mut self, origins: &[Arc<Origin>], data: Option<PathBuf>) -> io::Result<()> {
        for extent in origins.iter().filter_map(|origin| extent(origin)) {
            self.watchers.push(watch_source(extent, &self.outbox)?);
        }
        if let Some(directory) = data {
            let persistence = self.persistence.mailbox().clone();
            let (watcher, when_open) = watch_others(directory, persistence, &self.outbox)?;
            self.persistence.mailbox().send(persistence::Job::SayOpen(when_open));
            self.watchers.push(watcher);
        }
        Ok(())
    }

    /// Has a service do what the reader asks for. What needs the terminal comes back.
    pub fn perform(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Load { generation, thorough } => {
                self.loader.mailbox().send(Look { generation, thorough });
            }
            Effect::SetPage(request) => self.pages.mailbox().send(pages::Job::Page(request)),
            Effect::CopyCitation(item) => self.pages.mailbox().send(pages::Job::Citation(item)),
            Effect::CopyOriginal(item) => {
                self.pages.mailbox().send(pages::Job::Original(item, Purpose::Copy));
            }
            Effect::OpenOriginal(item) => {
                self.pages.mailbox().send(pages::Job::Original(item, Purpose::Open));
            }
            Effect::Search { question, asker, text, best } => {
                self.searcher.ask(Question::Text { question, asker, text, best });
            }
            Effect::FindContexts { question, items, highlights, characters } => {
                self.searcher.ask(Question::Contexts { question, items, highlights, characters });
            }
            Effect::Save { number, save } => {
                self.persistence.mailbox().send(persistence::Job::Save { number, save });
            }
            Effect::RetrySaving => self.persistence.mailbox().send(persistence::Job::Retry),
            Effect::WriteUnsaved { path, saves } => self.write_unsaved(path, saves),
            Effect::Fetch => self.fetching.fetch(),
            Effect::CopyLink(_)
            | Effect::CopyAddress(_)
            | Effect::OpenLink { .. }
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => return Some(effect),
        }
        None
    }

    /// Writes changes that could not be saved to a file.
    fn write_unsaved(&self, path: String, saves: Vec<crate::reader::Save>) {
        let shown = SafeText::new(&path);
        let failed = Message::UnsavedWritten {
            path: shown.clone(),
            outcome: Err(SafeText::new("this system has no thread to spare. Try again")),
        };
        let written = run_errand("unsaved", &self.outbox, move |outbox| {
            let outcome = unsaved::write(&path, &saves);
            let _ends = outbox.send(Message::UnsavedWritten { path: shown, outcome });
        });
        if written.is_err() {
            let _ends = self.outbox.send(failed);
        }
    }

    /// Where it is saved what must not be lost.
    pub fn saving(&self) -> &Mailbox<persistence::Job> {
        self.persistence.mailbox()
    }

    /// What the services that a test steps are doing.
    #[cfg(test)]
    pub(super) fn activities(&self) -> [&Activity; 4] {
        [
            self.loader.mailbox().activity(),
            self.persistence.mailbox().activity(),
            self.pages.mailbox().activity(),
            self.searcher.activity(),
        ]
    }

    /// Has the persistence look for what another Rounds has saved, as watching does.
    #[cfg(test)]
    pub(super) fn look_around(&self) {
        self.persistence.mailbox().send(persistence::Job::LookAround);
    }

    /// Ends everything: first the visit, with all that is to be on the disk. The answer says whether it is;
    /// `None` when that could not be learnt in time.
    pub fn end(self) -> Option<Saving> {
        let Self { outbox: _, loader, persistence, pages, searcher, fetching, watchers } = self;
        // What only reads is asked to end first, so that it is on its way while the last marks are written.
        let searcher = searcher.service();
        let fetching = fetching.services();
        drop(watchers);
        let saving = persistence.end(Instant::now() + LAST_WRITE);
        let deadline = Instant::now() + LAST_STEP;
        loader.join(deadline);
        pages.join(deadline);
        searcher.join(deadline);
        for service in fetching {
            service.join(deadline);
        }
        saving
    }
}

/// What of a source can be watched.
fn extent(origin: &Origin) -> Option<Extent> {
    let directory = origin.directory().map(Extent::Everything);
    directory.or_else(|| origin.file().map(Extent::One))
}

/// Tells the reader when a source changes.
fn watch_source(extent: Extent, outbox: &Outbox) -> io::Result<Watcher> {
    watcher::start(
        extent,
        outbox,
        |outbox| outbox.send(Message::SourceChanged),
        |outbox, extent, error| {
            let _ends = outbox.send(Message::Failed(not_watched(extent, &error)));
        },
    )
}

/// Tells the persistence when another Rounds may have saved something, from when the state is open: before the very
/// first start its directory is not there.
fn watch_others(
    directory: PathBuf,
    persistence: Mailbox<persistence::Job>,
    outbox: &Outbox,
) -> io::Result<(Watcher, Handover<()>)> {
    watcher::start_later(
        Extent::Files(directory),
        outbox,
        move |_| {
            persistence.send(persistence::Job::LookAround);
            ControlFlow::Continue(())
        },
        // Then what another Rounds has changed is seen at the next start.
        |_, _, _| {},
    )
}

fn not_watched(extent: &Extent, error: &notify::Error) -> SafeText {
    let (Extent::Files(path) | Extent::Everything(path) | Extent::One(path)) = extent;
    SafeText::new(&format!(
        "{}: changes are not noticed by themselves ({error}). A refresh looks again.",
        path.display()
    ))
}
