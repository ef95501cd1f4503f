//! What may happen to the reader, and what the reader may ask for.

use jiff::civil::Date;

use super::key::Key;
use super::panes::Size;
use crate::article::Page;
use crate::item::{Item, ItemKey, Link, Problem, SafeText};

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
    /// Some items of the source have been read.
    Loaded {
        /// Which load it belongs to.
        generation: u64,
        /// The items.
        items: Vec<Item>,
        /// How many item files have been found so far.
        found: usize,
    },
    /// The source has been read to its end.
    LoadFinished {
        /// Which load it belongs to.
        generation: u64,
        /// What is wrong in the source besides its items, by path.
        problems: Vec<(String, Problem)>,
    },
    /// The source could not be read.
    LoadFailed {
        /// Which load it belongs to.
        generation: u64,
        /// What happened and what to do.
        reason: SafeText,
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
    /// There is no browser to give a link to, or it would not take it.
    LinkNotOpened {
        /// The link.
        link: Link,
        /// Why.
        reason: SafeText,
    },
    /// Something has been sent to the clipboard.
    Copied(SafeText),
    /// Something that was asked for did not work.
    Failed(SafeText),
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
    /// The wheel was turned away from the user.
    WheelUp,
    /// The wheel was turned towards the user.
    WheelDown,
}

/// Everything that the reader can ask for. The edge does it and answers with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the source from the beginning.
    Load {
        /// The number that its messages must bear.
        generation: u64,
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
    /// Send a link to the clipboard.
    CopyLink(Link),
    /// Send a citation of an item to the clipboard.
    CopyCitation {
        /// The item's file.
        path: String,
    },
    /// Draw the whole screen anew, whatever the terminal has on it.
    Redraw,
    /// Hand the terminal back to the shell until it brings Rounds to the foreground again.
    Suspend,
    /// End.
    Quit,
}

/// A page to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The number that the answer must bear.
    pub request: u64,
    /// The item's file.
    pub path: String,
    /// How wide, in cells.
    pub width: u16,
    /// Whether to show the file as it is instead of the article.
    pub source: bool,
    /// Whether the file may have changed since it was last looked at.
    pub fresh: bool,
}
