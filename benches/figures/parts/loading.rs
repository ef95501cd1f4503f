//! How long a key waits for its frame while items are being loaded: a loop like that of the program, and keys that
//! come all the while.

use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, never, select_biased, unbounded};
use rounds::reader::{Effect, Key, KeyCode, Message, PageRequest, Reader, update};
use rounds::screen::{Look, draw};
use rounds::store::catalog::{Catalog, CatalogReader, Changes};
use rounds::store::refresh::{Refresh, RefreshStep, refresh};

use crate::desk::{new_reader, new_terminal, page_of};
use crate::home::Home;
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How often a key comes.
const KEYS: Duration = Duration::from_millis(5);
/// For how long a frame is put off by what arrives before it, as in the program.
const PATIENCE: Duration = Duration::from_millis(8);
/// How many batches of items may wait, as in the program.
const BATCHES_WAITING: usize = 2;

/// What is taken before items are.
enum Arrival {
    Key(Instant, char),
    Page(Message),
}

/// Measures at one size.
pub fn measure(feed: &Feed, catalog: &Path, table: &mut Table) -> Outcome {
    let warm = Catalog::open(catalog).0;
    let mut reader = warm.reader();
    let waited = longest_wait(warm.reader(), move |items| {
        // Nobody is told when the catalog cannot be read: then nothing is measured, and that is seen.
        let _ = reader.changes_after(0, &mut |changes| hand_over(&items, changes));
    })?;
    let kind = ("longest time a key waits while a catalog is loaded", "≤ 16 ms", Unit::Seconds);
    table.add(feed.size, kind, waited.as_secs_f64(), None);

    let home = Home::new()?;
    let (mut cold, _notice) = Catalog::open(&home.path().join("catalog.db"));
    let source = feed.source()?;
    let waited = longest_wait(cold.reader(), move |items| {
        let _ = refresh(&source, &mut cold, Refresh::default(), &mut |step| match step {
            RefreshStep::Changed { changes, .. } => hand_over(&items, changes),
            RefreshStep::Restarted { .. } => ControlFlow::Break(()),
        });
    })?;
    let kind = ("longest time a key waits during the import", "≤ 16 ms", Unit::Seconds);
    table.add(feed.size, kind, waited.as_secs_f64(), None);
    Ok(())
}

fn hand_over(items: &Sender<Message>, Changes { written, removed }: Changes) -> ControlFlow<()> {
    let message = Message::Items { epoch: 0, written, removed };
    if items.send(message).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// Runs the loop while items are loaded on a thread of their own. The longest time from a key to the end of the frame
/// that shows what it did comes back.
fn longest_wait(
    catalog: CatalogReader,
    load: impl FnOnce(Sender<Message>) + Send + 'static,
) -> Outcome<Duration> {
    let (items_sender, items) = bounded(BATCHES_WAITING);
    let (sender, inbox) = unbounded();
    let pages = start_pages(catalog, sender.clone());
    thread::spawn(move || load(items_sender));
    let (still_loading, loaded) = bounded::<()>(0);
    thread::spawn(move || press_keys(&sender, &loaded));
    let mut work = Work { reader: new_reader(), pages, pressed: Vec::new(), ended: false };
    let mut terminal = new_terminal()?;
    let mut longest = Duration::ZERO;
    while !work.ended {
        work.take(&inbox, &items, None);
        let patience = Instant::now() + PATIENCE;
        while Instant::now() < patience {
            let deadline = if work.reader.is_expecting() { patience } else { Instant::now() };
            if !work.take(&inbox, &items, Some(deadline)) {
                break;
            }
        }
        terminal.draw(|frame| draw(&work.reader, &Look::default(), frame))?;
        let waited = work.pressed.drain(..).map(|pressed| pressed.elapsed()).max();
        longest = longest.max(waited.unwrap_or_default());
    }
    drop(still_loading);
    Ok(longest)
}

/// The reader, and what it waits for.
struct Work {
    reader: Reader,
    pages: Sender<PageRequest>,
    /// When the keys were pressed that no frame has shown yet.
    pressed: Vec<Instant>,
    ended: bool,
}

impl Work {
    /// Takes what arrives next: keys before items. Says whether anything has arrived in time.
    fn take(
        &mut self,
        inbox: &Receiver<Arrival>,
        items: &Receiver<Message>,
        deadline: Option<Instant>,
    ) -> bool {
        let timeout = deadline.map_or_else(never, crossbeam_channel::at);
        let message = select_biased! {
            recv(inbox) -> arrival => match arrival {
                Ok(Arrival::Key(pressed, key)) => {
                    self.pressed.push(pressed);
                    Message::Key(Key::plain(KeyCode::Char(key)))
                }
                Ok(Arrival::Page(message)) => message,
                Err(_) => return false,
            },
            recv(items) -> message => {
                let Ok(message) = message else {
                    self.ended = true;
                    return false;
                };
                message
            }
            recv(timeout) -> _ => return false,
        };
        for effect in update(&mut self.reader, message) {
            if let Effect::SetPage(request) = effect {
                // The thread ends with this sender.
                let _ = self.pages.send(request);
            }
        }
        true
    }
}

/// Sets pages on a thread of its own, of several that wait the last.
fn start_pages(mut catalog: CatalogReader, answers: Sender<Arrival>) -> Sender<PageRequest> {
    let (sender, requests) = unbounded::<PageRequest>();
    thread::spawn(move || {
        while let Ok(request) = requests.recv() {
            let last = requests.try_iter().last().unwrap_or(request);
            let _ = answers.send(Arrival::Page(page_of(&mut catalog, last)));
        }
    });
    sender
}

/// Presses keys that move in the list, until all is loaded.
fn press_keys(sender: &Sender<Arrival>, loaded: &Receiver<()>) {
    for key in "jjjjkkk".chars().cycle() {
        let goes_on = loaded.recv_timeout(KEYS) == Err(RecvTimeoutError::Timeout);
        if !goes_on || sender.send(Arrival::Key(Instant::now(), key)).is_err() {
            return;
        }
    }
}
