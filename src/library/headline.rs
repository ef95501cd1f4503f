//! What a library needs to know of an item.

use jiff::civil::DateTime;

use super::ItemId;
use crate::item::{DateSource, Item, ItemKey, Problem, Release, SafeText, Topic};

/// What lists, topics and filters need to know of an item, on its way into a library.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Its number in the catalog.
    pub id: ItemId,
    /// The name that marks follow.
    pub key: ItemKey,
    /// Where its file is in the source; not safe to draw.
    pub path: String,
    /// The title.
    pub title: SafeText,
    /// When it was published, or its file last changed.
    pub date: Option<DateTime>,
    /// Where the date comes from.
    pub date_source: DateSource,
    /// Where it was published.
    pub site: Option<SafeText>,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// The names of products and services that the curators relate to it.
    pub offerings: Vec<SafeText>,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
    /// Whether it has an original that can be opened.
    pub has_link: bool,
    /// What is wrong with its file.
    pub problems: Vec<Problem>,
    /// Whether it may be listed, and when.
    pub release: Release,
    /// What its source is called, where several are open.
    pub source: Option<SafeText>,
    /// The place of its source in the order in which they were opened, counted from 0.
    pub place: u16,
}

impl Headline {
    /// What a library needs to know of an item that has this number.
    pub fn of(id: ItemId, item: &Item) -> Self {
        Self {
            id,
            key: item.key,
            path: item.path.clone(),
            title: item.title.clone(),
            date: item.date,
            date_source: item.date_source,
            site: item.site.clone(),
            topics: item.topics.clone(),
            offerings: item.offerings.iter().map(|offering| offering.label.clone()).collect(),
            minutes: item.minutes,
            has_link: item.link.is_some(),
            problems: item.problems.clone(),
            release: item.release.clone(),
            source: None,
            place: 0,
        }
    }
}
