//! Asks the index of the text. A question for the list gives way to the next one.

use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

#[cfg(test)]
use super::activity::Activity;
use super::outbox::Outbox;
use super::service::{Handover, Inbox, Service};
use crate::item::SafeText;
use crate::library::ItemId;
use crate::reader::{Asker, Message, Part};
use crate::search::{Highlights, TextSearch};
use crate::store::catalog::{CatalogError, Interrupt};
use crate::store::collection::CollectionReader;

/// Something to find out.
#[derive(Debug)]
pub enum Question {
    /// Which items hold a text.
    Text {
        /// The number that the answer must bear.
        question: u64,
        /// Who asks.
        asker: Asker,
        /// The text.
        text: TextSearch,
        /// Whether the best match is to come first.
        best: bool,
    },
    /// The words around what was found.
    Contexts {
        /// The number that the answer must bear.
        question: u64,
        /// The items.
        items: Vec<ItemId>,
        /// What was found in them.
        highlights: Highlights,
        /// In how many characters, for each.
        characters: usize,
    },
}

/// The service that asks the index.
pub struct Searcher {
    service: Service<Question>,
    /// By which the present question is ended early.
    interrupt: Arc<Mutex<Vec<Interrupt>>>,
}

impl Searcher {
    /// Starts the service, and says where the catalogs are handed to it. Questions that come before wait.
    ///
    /// # Errors
    ///
    /// When the system has no thread to spare.
    pub fn start(outbox: &Outbox) -> io::Result<(Self, Handover<CollectionReader>)> {
        let interrupt = Arc::<Mutex<Vec<Interrupt>>>::default();
        let own = Arc::clone(&interrupt);
        let (service, catalogs) =
            Service::start_later(Part::Searching, outbox, |catalogs, inbox, outbox| {
                Desk { catalogs, outbox, interrupt: own }.work(inbox);
            })?;
        Ok((Self { service, interrupt }, catalogs))
    }

    /// Asks something. The last question for the list ends early for a new one.
    pub fn ask(&self, question: Question) {
        if matches!(question, Question::Text { asker: Asker::List, .. }) {
            let interrupt = self.interrupt.lock().unwrap_or_else(PoisonError::into_inner);
            interrupt.iter().for_each(Interrupt::stop);
        }
        self.service.mailbox().send(question);
    }

    /// What the service is doing.
    #[cfg(test)]
    pub fn activity(&self) -> &Activity {
        self.service.mailbox().activity()
    }

    /// The service behind it.
    pub fn service(self) -> Service<Question> {
        self.service
    }
}

/// What the thread has before it.
struct Desk<'a> {
    catalogs: CollectionReader,
    outbox: &'a Outbox,
    interrupt: Arc<Mutex<Vec<Interrupt>>>,
}

impl Desk<'_> {
    fn work(mut self, inbox: &mut Inbox<Question>) {
        let mut open: Vec<Question> = Vec::new();
        loop {
            if open.is_empty() {
                let Some(question) = inbox.recv() else { return };
                open.push(question);
            }
            open.extend(std::iter::from_fn(|| inbox.try_recv()));
            if let Some(question) = next(&mut open)
                && self.answer(question).is_break()
            {
                return;
            }
        }
    }

    fn answer(&mut self, question: Question) -> ControlFlow<()> {
        let begun = Instant::now();
        let message = match question {
            Question::Text { question, asker, text, best } => {
                // Only what the list asks for may end early.
                self.allow_interrupt(asker == Asker::List);
                let (epoch, found) = in_one_epoch(&mut self.catalogs, |catalogs| {
                    if best { catalogs.search_best(&text) } else { catalogs.search(&text) }
                });
                self.allow_interrupt(false);
                match found {
                    Ok(hits) => Message::Found { question, epoch, asker, hits },
                    Err(CatalogError::Interrupted) => return ControlFlow::Continue(()),
                    Err(error) => {
                        tracing::warn!(%error, "the index could not be asked");
                        Message::NotFound { question, reason: no_index(&error.to_string()) }
                    }
                }
            }
            Question::Contexts { question, items, highlights, characters } => {
                let (epoch, contexts) = in_one_epoch(&mut self.catalogs, |catalogs| {
                    catalogs.contexts(&items, &highlights, characters)
                });
                let contexts = contexts.unwrap_or_else(|error| {
                    tracing::warn!(%error, "the words around what was found could not be read");
                    Vec::new()
                });
                Message::Contexts { question, epoch, contexts }
            }
        };
        tracing::debug!(took = ?begun.elapsed(), "answered a question");
        self.outbox.send(message)
    }

    fn allow_interrupt(&mut self, allowed: bool) {
        let interrupt = if allowed { self.catalogs.interrupts().unwrap_or_default() } else { Vec::new() };
        *self.interrupt.lock().unwrap_or_else(PoisonError::into_inner) = interrupt;
    }
}

/// Asks the catalogs something, and says in which epoch the numbers of the answer mean something. When a catalog is
/// rebuilt meanwhile, it is asked again.
fn in_one_epoch<T>(
    catalogs: &mut CollectionReader,
    mut ask: impl FnMut(&mut CollectionReader) -> Result<T, CatalogError>,
) -> (u64, Result<T, CatalogError>) {
    loop {
        let epoch = catalogs.epoch();
        let answer = ask(catalogs);
        if catalogs.epoch() == epoch {
            return (epoch, answer);
        }
    }
}

/// The question that comes next: the last one for the list, of which the others have lost their meaning, then the
/// words around what was found, then saved searches.
fn next(open: &mut Vec<Question>) -> Option<Question> {
    let is_for_list = |question: &Question| matches!(question, Question::Text { asker: Asker::List, .. });
    if let Some(at) = open.iter().rposition(is_for_list) {
        let question = open.remove(at);
        open.retain(|other| matches!(other, Question::Text { asker: Asker::Saved(_), .. }));
        return Some(question);
    }
    let first =
        open.iter().position(|question| matches!(question, Question::Contexts { .. })).unwrap_or_default();
    (first < open.len()).then(|| open.remove(first))
}

fn no_index(reason: &str) -> SafeText {
    SafeText::new(&format!("Only titles and topics were searched: {reason}."))
}
