//! Asks the index of the text on a thread of its own. A question for the list gives way to the next one.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::Arrival;
use crate::item::SafeText;
use crate::library::ItemId;
use crate::reader::{Asker, Message};
use crate::search::{Highlights, TextSearch};
use crate::store::catalog::{CatalogError, Interrupt};
use crate::store::collection::CollectionReader;

/// Something to be found out.
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

/// The thread that asks.
pub struct Searcher {
    questions: Sender<Question>,
    /// By which the present question is given up.
    interrupt: Arc<Mutex<Vec<Interrupt>>>,
}

impl Searcher {
    /// Starts the thread, and where the catalogs are to be handed to it. It ends when the searcher is dropped.
    pub fn start(sender: Sender<Arrival>) -> io::Result<(Self, Sender<CollectionReader>)> {
        let (questions, waiting) = unbounded();
        let (readers, reader) = bounded(1);
        let interrupt = Arc::<Mutex<Vec<Interrupt>>>::default();
        let own = Arc::clone(&interrupt);
        thread::Builder::new().name("search".to_owned()).spawn(move || {
            if let Ok(catalogs) = reader.recv() {
                Desk { catalogs, sender, interrupt: own }.work(&waiting);
            }
        })?;
        Ok((Self { questions, interrupt }, readers))
    }

    /// Asks something. The last question for the list is given up for a new one.
    pub fn ask(&self, question: Question) {
        if matches!(question, Question::Text { asker: Asker::List, .. }) {
            let interrupt = self.interrupt.lock().unwrap_or_else(PoisonError::into_inner);
            interrupt.iter().for_each(Interrupt::stop);
        }
        // It ends only when this sender is gone.
        let _ = self.questions.send(question);
    }
}

/// What the thread has before it.
struct Desk {
    catalogs: CollectionReader,
    sender: Sender<Arrival>,
    interrupt: Arc<Mutex<Vec<Interrupt>>>,
}

impl Desk {
    fn work(mut self, waiting: &Receiver<Question>) {
        let mut open: Vec<Question> = Vec::new();
        loop {
            if open.is_empty() {
                let Ok(question) = waiting.recv() else { return };
                open.push(question);
            }
            open.extend(waiting.try_iter());
            if let Some(question) = next(&mut open) {
                self.answer(question);
            }
        }
    }

    fn answer(&mut self, question: Question) {
        let message = match question {
            Question::Text { question, asker, text, best } => {
                // Only what the list asks for may be given up.
                self.allow_interrupt(asker == Asker::List);
                let found = if best { self.catalogs.search_best(&text) } else { self.catalogs.search(&text) };
                self.allow_interrupt(false);
                match found {
                    Ok(hits) => Message::Found { question, asker, hits },
                    Err(CatalogError::Interrupted) => return,
                    Err(error) => Message::NotFound { question, reason: no_index(&error.to_string()) },
                }
            }
            Question::Contexts { question, items, highlights, characters } => {
                let contexts = self.catalogs.contexts(&items, &highlights, characters).unwrap_or_default();
                Message::Contexts { question, contexts }
            }
        };
        // Nobody listens any more when Rounds is ending, and then nobody needs the answer.
        let _ = self.sender.send(Arrival::Message(message));
    }

    fn allow_interrupt(&mut self, allowed: bool) {
        let interrupt = if allowed { self.catalogs.interrupts().unwrap_or_default() } else { Vec::new() };
        *self.interrupt.lock().unwrap_or_else(PoisonError::into_inner) = interrupt;
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
