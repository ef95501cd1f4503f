//! What one item is: from the bytes of a file to fields that can be trusted.

mod body;
mod byte_count;
mod charset;
mod citation;
mod cleaner;
mod counted;
mod damage;
mod date;
mod date_source;
mod decode;
mod dialect;
mod folder_topic;
mod front_matter;
mod html_head;
mod key;
mod link;
pub(crate) mod markup;
mod plain_text;
mod problem;
mod problem_code;
mod read;
mod release;
mod repair;
mod safe_text;
mod sentence;
mod summary;
mod topic;

pub use body::{Body, BodyKind};
pub use byte_count::ByteCount;
pub use citation::citation;
pub use counted::counted;
pub use date_source::DateSource;
pub use key::{ItemKey, Succession};
pub use link::{LINK_LIMIT, Link, LinkRefused};
pub use problem::{Problem, Severity};
pub use problem_code::{PROBLEM_CODES, ProblemCode};
pub use release::{Clock, Condition, Release, Rule};
pub use safe_text::{SafeText, drawable};
pub use topic::{Offering, Topic};

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
    /// When it was published, in the time that its file is written in; or when its file was last changed.
    pub date: Option<jiff::civil::DateTime>,
    /// Where the date comes from.
    pub date_source: DateSource,
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
    /// Whether its file says that it is published, and when.
    pub release: Release,
    /// What is wrong with its file, in the order of its lines.
    pub problems: Vec<Problem>,
}

impl Item {
    /// Whether its key is made of its slug, which another item of the same source may have as well.
    pub fn is_named_by_slug(&self) -> bool {
        self.link.is_none() && !self.slug.is_empty()
    }
}

/// An item file, read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFile {
    /// The item.
    pub item: Item,
    /// Its body.
    pub body: Body,
}
