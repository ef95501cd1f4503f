//! What one item is: from the bytes of a file to fields that can be trusted.

mod body;
mod citation;
mod link;
mod problem;
mod safe_text;
mod topic;

pub use body::{Body, BodyKind};
pub use citation::citation;
pub use link::Link;
pub use problem::{Problem, Severity};
pub use safe_text::{SafeText, drawable};
pub use topic::{Offering, Topic};

use std::fmt;

/// The name of an item that stays the same from one bundle to the next; read and starred marks follow it.
///
/// It is a digest of the original link in its canonical form; without a link, of the slug; else of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub u64);

impl fmt::Display for ItemKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// Everything that a list, a topic tree and an article header need to know of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The name that marks follow.
    pub key: ItemKey,
    /// Where the file is in its source, with `/` between the parts. As the file system has it: not safe to draw.
    pub path: String,
    /// The short name that the curators gave it; empty when they gave none.
    pub slug: SafeText,
    /// The title; never empty.
    pub title: SafeText,
    /// When it was published, in the time that its file is written in.
    pub date: Option<jiff::civil::DateTime>,
    /// Where it was published, such as `healthcareitnews.com`.
    pub site: Option<SafeText>,
    /// The original article.
    pub link: Option<Link>,
    /// Who wrote it.
    pub authors: Vec<SafeText>,
    /// Its topics, without repetition, in the order of the file.
    pub topics: Vec<Topic>,
    /// Products and services that the curators relate to it.
    pub offerings: Vec<Offering>,
    /// A whole sentence or two; empty when the file has nothing to take them from.
    pub summary: SafeText,
    /// How long the body takes to read, in minutes, rounded up; 0 when there is no body.
    pub minutes: u16,
    /// What is wrong with its file, in the order of its lines.
    pub problems: Vec<Problem>,
}

/// An item file, read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFile {
    /// The item.
    pub item: Item,
    /// Its body.
    pub body: Body,
}

impl ItemFile {
    /// Reads an item file. This cannot fail: whatever the bytes are, there is an item to list, with its
    /// problems named.
    ///
    /// `path` is where the file is in its source, with `/` between the parts.
    pub fn read(path: &str, bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        let item = Item {
            key: ItemKey(0),
            path: path.to_owned(),
            slug: SafeText::default(),
            title: SafeText::new(path),
            date: None,
            site: None,
            link: None,
            authors: Vec::new(),
            topics: Vec::new(),
            offerings: Vec::new(),
            summary: SafeText::default(),
            minutes: 0,
            problems: Vec::new(),
        };
        Self { item, body: Body { kind: BodyKind::Plain, raw, repaired: None, first_line: 1 } }
    }
}
