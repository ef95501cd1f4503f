//! What may happen to the reader, and what the reader may ask for.

use jiff::civil::Date;

use super::area::Size;
use super::bundles::BundleNews;
use super::key::Key;
use super::loading::Progress;
use super::memory::{Memory, Place, Save};
use super::search::Asker;
use crate::article::Page;
use crate::item::{Clock, ItemKey, Link, Problem, SafeText};
use crate::library::{Headline, Hits, ItemId, MarkChange};
use crate::search::{Context, Highlights, TextSearch};

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Rounds has started: on a screen of this size, on this day.
    Started(Size, Date),
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Pasted(String),
    /// The screen has a new size.
    Resized(Size),
    /// A new day has begun.
    NewDay(Date),
    /// What is remembered of the runs before.
    Remembered(Box<Memory>),
    /// The source was known in another place: what was on the screen there.
    Returned(Place),
    /// Marks were changed by another Rounds, or are those of the first items on the screen.
    MarksChanged {
        /// The number of the last save that had been made when they were read. Later changes made here are newer.
        as_of: u64,
        /// The marks.
        changes: Vec<MarkChange>,
    },
    /// Items have come since the last visit.
    NewItems(Vec<ItemKey>),
    /// Items came, changed or went. This is a fact: it counts whatever was asked for since.
    Items {
        /// The epoch of the catalogs whose numbers the items bear.
        epoch: u64,
        /// Items that are new or have changed.
        written: Vec<Headline>,
        /// Items that have gone.
        removed: Vec<ItemId>,
    },
    /// How far the present look at the sources is.
    LoadProgress(Progress),
    /// A catalog had to be rebuilt: every number of an item is void, and all items come once more in this epoch.
    Restarted {
        /// The epoch that begins.
        epoch: u64,
        /// What the user should know of it.
        notice: Option<SafeText>,
    },
    /// What time it is, by which it is decided which items are withheld.
    Time(Clock),
    /// The sources have been read to their ends, or as far as they can be read. It answers a request.
    LoadFinished {
        /// The request that it answers.
        generation: u64,
        /// What that brought.
        loaded: Loaded,
    },
    /// Files of a source have changed.
    SourceChanged,
    /// The index of the text is being filled.
    Indexed {
        /// How many items are not in it yet.
        waiting: usize,
    },
    /// The index has answered.
    Found {
        /// Which question it answers.
        question: u64,
        /// The epoch of the catalogs whose numbers the hits bear.
        epoch: u64,
        /// Who asked.
        asker: Asker,
        /// What was found.
        hits: Hits,
    },
    /// The index could not answer.
    NotFound {
        /// Which question it answers.
        question: u64,
        /// Why, and what is done instead.
        reason: SafeText,
    },
    /// The words around what was found.
    Contexts {
        /// Which question they belong to.
        question: u64,
        /// The epoch of the catalogs whose numbers the items bear.
        epoch: u64,
        /// The words, for each item that has some.
        contexts: Vec<(ItemId, Context)>,
    },
    /// Something has happened to a bundle from the web.
    Bundle {
        /// Its place among the bundles.
        bundle: usize,
        /// What has happened.
        news: BundleNews,
    },
    /// A page has been set.
    PageSet {
        /// Which request it answers.
        request: u64,
        /// The page.
        page: Box<Page>,
    },
    /// A browser has been given a link.
    LinkOpened {
        /// The item that it belongs to.
        item: ItemKey,
        /// The browser.
        browser: SafeText,
    },
    /// The end of an item has been on the screen for a second.
    Seen(ItemKey),
    /// There is no browser to give a link to, or it would not take it.
    LinkNotOpened {
        /// The link.
        link: Link,
        /// Why.
        reason: SafeText,
    },
    /// A text is on the clipboard.
    Copied(SafeText),
    /// The terminal was asked to put a text on the clipboard. Whether it did, it does not say.
    CopyAsked(SafeText),
    /// Every save up to this number is on the disk, apart from places and positions, which may wait for a moment.
    Saved(u64),
    /// Saves could not be written: why, and what to do. They are kept in memory and tried again.
    NotSaved(SafeText),
    /// A save has been under way for so long that the user should know.
    SavingLate,
    /// Marks that could not be saved were written to a file, or why they were not.
    UnsavedWritten {
        /// The file.
        path: SafeText,
        /// What came of it.
        outcome: Result<(), SafeText>,
    },
    /// A part of Rounds has ended before its time. The rest goes on without it.
    PartEnded {
        /// The part.
        part: Part,
        /// Why it ended.
        reason: SafeText,
    },
    /// Something that the user should know.
    Told(SafeText),
    /// Something that was asked for did not work.
    Failed(SafeText),
}

/// What a look at the sources has brought. What is read of a source for the first time is not counted: it is not news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// How many items are new.
    pub added: usize,
    /// How many items have changed.
    pub changed: usize,
    /// How many items have gone.
    pub removed: usize,
    /// What the source calls itself; empty when it does not say.
    pub name: SafeText,
    /// What the source says of itself, when it is read for the first time; else empty.
    pub about: SafeText,
    /// What is wrong in the sources besides their items, by path.
    pub problems: Vec<(String, Problem)>,
    /// Why sources could not be read, and what to do. Their items are as they were.
    pub failures: Vec<SafeText>,
}

/// What a mouse does that Rounds listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mouse {
    /// What it does.
    pub kind: MouseKind,
    /// The column that it points at, counted from 0.
    pub column: u16,
    /// The row that it points at, counted from 0.
    pub row: u16,
}

/// The kinds of what a mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MouseKind {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button held.
    Drag,
    /// The left button was let go.
    Release,
    /// The wheel was turned away from the user.
    WheelUp,
    /// The wheel was turned towards the user.
    WheelDown,
}

/// Everything that the reader can ask for. The edge does it and answers with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Look at all sources, and read what has changed in them.
    Load {
        /// The number that its messages must bear.
        generation: u64,
        /// Whether to look into every file, however unchanged it seems.
        thorough: bool,
    },
    /// Set a page.
    SetPage(PageRequest),
    /// Open a link in a browser.
    OpenLink {
        /// The link.
        link: Link,
        /// The item that it belongs to.
        item: ItemKey,
    },
    /// Open the original of an item in a browser.
    OpenOriginal(ItemRef),
    /// Send a link to the clipboard.
    CopyLink(Link),
    /// Send a mail address to the clipboard.
    CopyAddress(SafeText),
    /// Send the link of the original of an item to the clipboard.
    CopyOriginal(ItemRef),
    /// Send a citation of an item to the clipboard.
    CopyCitation(ItemRef),
    /// Ask the index of the text.
    Search {
        /// The number that the answer must bear.
        question: u64,
        /// Who asks.
        asker: Asker,
        /// What is looked for.
        text: TextSearch,
        /// Whether the best match is to come first.
        best: bool,
    },
    /// Find the words around what was found.
    FindContexts {
        /// The number that the answer must bear.
        question: u64,
        /// The items.
        items: Vec<ItemId>,
        /// What was found in them.
        highlights: Highlights,
        /// In how many characters, for each.
        characters: usize,
    },
    /// Save something for the next run.
    Save {
        /// The number that [`Message::Saved`] answers with.
        number: u64,
        /// What to save.
        save: Save,
    },
    /// Try again to save what could not be saved.
    RetrySaving,
    /// Write changes that could not be saved to a file that `rounds state import` takes.
    WriteUnsaved {
        /// The path, as the user typed it.
        path: String,
        /// The changes, in the order in which they were made.
        saves: Vec<Save>,
    },
    /// Fetch all bundles.
    Fetch,
    /// Draw the whole screen anew, whatever the terminal has on it.
    Redraw,
    /// Hand the terminal back to the shell until it brings Rounds to the foreground again.
    Suspend,
    /// End.
    Quit,
}

/// An item that something is asked about: its number, and the key that must be found there. After a catalog was
/// rebuilt, a number may mean another item, and an answer about that one would be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemRef {
    /// The number of the item in the present epoch.
    pub id: ItemId,
    /// The key of the item.
    pub key: ItemKey,
}

/// A part of Rounds that works beside the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Reads the sources.
    Loading,
    /// Saves marks and all else that lasts.
    Saving,
    /// Searches the text.
    Searching,
    /// Sets pages.
    Pages,
    /// Fetches the bundle of this number.
    Fetching(usize),
    /// Watches a source, or what another Rounds saves, for changes.
    Watching,
    /// Does one thing that may take a while, such as starting a browser.
    Errand,
}

/// A page to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The number that the answer must bear.
    pub request: u64,
    /// The item.
    pub item: ItemRef,
    /// How wide, in cells.
    pub width: u16,
    /// Whether to show the file as it is instead of the article.
    pub source: bool,
    /// Whether the item may have changed since it was last looked at.
    pub fresh: bool,
    /// What is to be highlighted.
    pub highlights: Highlights,
}
