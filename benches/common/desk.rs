//! A reader at work without a terminal: its effects are performed and its frames drawn, into nowhere.

use std::io::{self, Sink};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rounds::article::{Document, Page};
use rounds::item::{Item, SafeText};
use rounds::reader::{Effect, Message, PageRequest, Reader, Size, update};
use rounds::screen::{Look, draw};
use rounds::source::Source;

use super::Outcome;
use super::corpus::TODAY;

/// How large the screen is.
pub const SCREEN: Size = Size { columns: 120, rows: 40 };

/// How a source was loaded into a reader.
#[derive(Default)]
pub struct Loaded {
    /// From the start to the first frame with items on it.
    pub first_items: Duration,
    /// From the start until the reader had everything and had drawn it.
    pub all: Duration,
    /// The longest time that the reader was busy with what had arrived, so that a key would have waited.
    pub longest_pause: Duration,
}

/// A reader with its source and its screen.
pub struct Desk {
    /// What the reader knows.
    pub reader: Reader,
    /// The screen.
    pub terminal: Terminal<CrosstermBackend<Sink>>,
    source: Arc<Source>,
    wanted: Option<PageRequest>,
}

impl Desk {
    /// A reader of a source, which has not begun to load it.
    pub fn new(source: Source) -> Outcome<Self> {
        let area = Rect::new(0, 0, SCREEN.columns, SCREEN.rows);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        Ok(Self {
            reader: Reader::new(source.label(), None),
            source: Arc::new(source),
            terminal: Terminal::with_options(CrosstermBackend::new(io::sink()), options)?,
            wanted: None,
        })
    }

    /// Loads the source as the real loop does: on a thread of its own, with a frame after whatever has
    /// arrived. `seen` is shown each batch of items before the reader has it.
    pub fn load(&mut self, seen: &mut dyn FnMut(&[Item])) -> Outcome<Loaded> {
        let start = Instant::now();
        let mut loaded = Loaded::default();
        let (sender, inbox) = crossbeam_channel::unbounded();
        self.tell(Message::Started(SCREEN, TODAY));
        let source = Arc::clone(&self.source);
        thread::spawn(move || {
            let report = source.load(&mut |batch| {
                let message = Message::Loaded { generation: 1, items: batch.items, found: batch.found };
                if sender.send(message).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            let ended = match report {
                Ok(report) => Message::LoadFinished { generation: 1, problems: report.problems },
                Err(error) => {
                    Message::LoadFailed { generation: 1, reason: SafeText::new(&error.to_string()) }
                }
            };
            // Nobody listens any more when the desk has gone.
            let _ = sender.send(ended);
        });
        while let Ok(message) = inbox.recv() {
            let arrived = Instant::now();
            for message in std::iter::once(message).chain(inbox.try_iter()) {
                if let Message::Loaded { items, .. } = &message {
                    seen(items);
                }
                self.tell(message);
            }
            self.frame()?;
            if loaded.first_items.is_zero() && self.reader.listed() > 0 {
                loaded.first_items = start.elapsed();
            }
            loaded.longest_pause = loaded.longest_pause.max(arrived.elapsed());
        }
        loaded.all = start.elapsed();
        Ok(loaded)
    }

    /// Sends a message. A page that is asked for is set with the next frame.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.reader, message) {
            if let Effect::SetPage(request) = effect {
                self.wanted = Some(request);
            }
        }
    }

    /// Sets the page that is wanted, and draws.
    pub fn frame(&mut self) -> Outcome {
        if let Some(PageRequest { request, path, width, .. }) = self.wanted.take() {
            let file = self.source.read(&path);
            let document = Document::of(&file.body, file.item.link.as_ref());
            let page = Box::new(Page::set(&file.item, &document, width));
            self.tell(Message::PageSet { request, page });
        }
        self.terminal.draw(|frame| draw(&self.reader, &Look::default(), frame))?;
        Ok(())
    }
}
