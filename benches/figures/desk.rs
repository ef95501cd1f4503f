//! A reader at work without a terminal: what it asks for is done at once, and its frames are drawn into nowhere.

use std::io::{self, Sink};
use std::ops::ControlFlow;
use std::path::Path;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rounds::article::{Document, Page};
use rounds::item::SafeText;
use rounds::library::ItemId;
use rounds::reader::{Asker, Effect, Loaded, Message, PageRequest, Reader, Size, update};
use rounds::screen::{Look, draw};
use rounds::search::{Highlights, TextSearch};
use rounds::store::catalog::{Catalog, CatalogReader};

use super::Outcome;
use super::corpus::TODAY;

/// How large the screen is.
pub const SCREEN: Size = Size { columns: 120, rows: 40 };
/// How many characters of the text around what was found are asked for, as the program does.
const CONTEXT: usize = 200;
/// The generation of the first look at a source.
pub const GENERATION: u64 = 1;

/// A reader with a catalog and a screen.
pub struct Desk {
    /// What the reader knows.
    pub reader: Reader,
    /// The screen.
    pub terminal: Terminal<CrosstermBackend<Sink>>,
    catalog: CatalogReader,
    wanted: Wanted,
}

/// What the reader has asked for and not been given yet.
#[derive(Default)]
pub struct Wanted {
    /// A page.
    pub page: Option<PageRequest>,
    /// Hits: the number of the question, the text, and whether the best come first.
    pub hits: Option<(u64, TextSearch, bool)>,
    /// The words around what was found.
    pub contexts: Option<(u64, Vec<ItemId>, Highlights)>,
}

impl Wanted {
    /// Takes note of what the reader asks for.
    pub fn note(&mut self, effect: Effect) {
        match effect {
            Effect::SetPage(request) => self.page = Some(request),
            Effect::Search { question, asker: Asker::List, text, best } => {
                self.hits = Some((question, text, best));
            }
            Effect::FindContexts { question, items, highlights, .. } => {
                self.contexts = Some((question, items, highlights));
            }
            _ => {}
        }
    }
}

/// A reader that has just been started, and knows nothing.
pub fn new_reader() -> Reader {
    let mut reader = Reader::new(SafeText::new("Corpus"), None);
    for message in [Message::Started(SCREEN, TODAY), Message::Remembered(Box::default())] {
        // That it wants to load is known.
        let _ = update(&mut reader, message);
    }
    reader
}

/// A screen whose contents go nowhere.
pub fn new_terminal() -> io::Result<Terminal<CrosstermBackend<Sink>>> {
    let area = Rect::new(0, 0, SCREEN.columns, SCREEN.rows);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    Terminal::with_options(CrosstermBackend::new(io::sink()), options)
}

/// Sets a page as the program does: from the catalog.
pub fn page_of(catalog: &mut CatalogReader, wanted: PageRequest) -> Message {
    let PageRequest { request, item, width, highlights, .. } = wanted;
    let mut page = Page::default();
    if let Ok(Some(file)) = catalog.file(item.id) {
        let document = Document::of(&file.body, file.item.link.as_ref());
        page = Page::set(&file.item, &document, width);
        page.highlight(&highlights);
    }
    Message::PageSet { request, page: Box::new(page) }
}

impl Desk {
    /// A reader that has been handed everything that a catalog knows.
    pub fn open(catalog: &Path) -> Outcome<Self> {
        let (catalog, _notice) = Catalog::open(catalog);
        let mut catalog = catalog.reader();
        let mut reader = new_reader();
        let mut wanted = Wanted::default();
        let mut tell = |message| update(&mut reader, message).into_iter().for_each(|e| wanted.note(e));
        catalog.changes_after(0, &mut |changes| {
            let (written, removed) = (changes.written, changes.removed);
            tell(Message::Items { epoch: 0, written, removed });
            ControlFlow::Continue(())
        })?;
        tell(Message::LoadFinished { generation: GENERATION, loaded: Loaded::default() });
        Ok(Self { reader, terminal: new_terminal()?, catalog, wanted })
    }

    /// Sends a message.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.reader, message) {
            self.wanted.note(effect);
        }
    }

    /// Draws.
    pub fn draw(&mut self) -> Outcome {
        self.terminal.draw(|frame| draw(&self.reader, &Look::default(), frame))?;
        Ok(())
    }

    /// Sets the page that is wanted.
    pub fn set_page(&mut self) {
        if let Some(request) = self.wanted.page.take() {
            let message = page_of(&mut self.catalog, request);
            self.tell(message);
        }
    }

    /// Asks the index for what is looked for. What was asked comes back.
    pub fn find(&mut self) -> Outcome<Option<TextSearch>> {
        let Some((question, text, best)) = self.wanted.hits.take() else { return Ok(None) };
        let hits = if best { self.catalog.search_best(&text) } else { self.catalog.search(&text) }?;
        self.tell(Message::Found { question, epoch: 0, asker: Asker::List, hits });
        Ok(Some(text))
    }

    /// Finds the words around what was found.
    pub fn find_contexts(&mut self) -> Outcome {
        if let Some((question, items, highlights)) = self.wanted.contexts.take() {
            let contexts = self.catalog.contexts(&items, &highlights, CONTEXT)?;
            self.tell(Message::Contexts { question, epoch: 0, contexts });
        }
        Ok(())
    }
}
