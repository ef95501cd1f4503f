//! Finding the one item that a person means.

use std::collections::BTreeMap;

use super::Items;
use crate::item::{ItemKey, SafeText};
use crate::library::{Entry, ItemId};
use crate::search::fold;
use crate::store::catalog::CatalogError;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// The one item that is meant.
    One(ItemId),
    /// All the items that may be meant, by path, and what of them has matched.
    Several(MatchedBy, Vec<ItemId>),
    /// No item has this name.
    None,
}

/// The part of an item that a name has matched. They are tried in this order, and the first that matches anything counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// Its key.
    Key,
    /// Its path in its source.
    Path,
    /// Its slug.
    Slug,
    /// Its whole title.
    Title,
    /// A part of its title.
    PartOfTitle,
}

/// Finds an item by its key, path, slug, title or a part of the title; with a source, only there.
///
/// # Errors
///
/// When a catalog cannot be read.
pub fn find(items: &mut Items, typed: &str, source: Option<usize>) -> Result<Found, CatalogError> {
    for name in [MatchedBy::Key, MatchedBy::Path, MatchedBy::Slug, MatchedBy::Title, MatchedBy::PartOfTitle] {
        let mut files = name.files(items, typed)?;
        files.retain(|id| source.is_none() || items.source_of(*id) == source);
        match one_of_each(items, files).as_slice() {
            [] => {}
            [one] => return Ok(Found::One(*one)),
            several => return Ok(Found::Several(name, several.to_vec())),
        }
    }
    Ok(Found::None)
}

impl MatchedBy {
    /// The files that are called so.
    fn files(self, items: &mut Items, typed: &str) -> Result<Vec<ItemId>, CatalogError> {
        let words = fold(typed.trim());
        let path = typed.strip_prefix("./").unwrap_or(typed);
        Ok(match self {
            Self::Key => match key(typed) {
                Some(key) => files_with(items, |_, entry| entry.key == key),
                None => Vec::new(),
            },
            Self::Path => files_with(items, |id, _| is_path(items.path(id), path)),
            Self::Slug if typed.is_empty() => Vec::new(),
            Self::Slug => items.with_slug(typed)?,
            Self::Title => files_with(items, |id, _| fold(items.title(id)) == words),
            Self::PartOfTitle if words.is_empty() => Vec::new(),
            Self::PartOfTitle => files_with(items, |id, _| fold(items.title(id)).contains(&words)),
        })
    }
}

/// The files for which something holds.
fn files_with(items: &Items, holds: impl Fn(ItemId, &Entry) -> bool) -> Vec<ItemId> {
    let files = items.files().filter(|id| items.library().entry(*id).is_some_and(|entry| holds(*id, entry)));
    files.collect()
}

/// The key that is written so.
fn key(typed: &str) -> Option<ItemKey> {
    let key = ItemKey(u64::from_str_radix(typed, 16).ok()?);
    (key.to_string() == typed.to_ascii_lowercase()).then_some(key)
}

/// Whether a path was typed as it is, or as it is shown.
fn is_path(path: &str, typed: &str) -> bool {
    path == typed || *SafeText::new(path) == *typed
}

/// One file of each item, by path: the one that is listed, if it is among them.
fn one_of_each(items: &Items, mut files: Vec<ItemId>) -> Vec<ItemId> {
    let place = |id: &ItemId| (items.path(*id).to_owned(), items.source_of(*id));
    files.sort_by_cached_key(place);
    let mut chosen: BTreeMap<Option<ItemId>, ItemId> = BTreeMap::new();
    for file in files {
        let listed = items.library().listed(file);
        let choice = chosen.entry(listed).or_insert(file);
        if listed == Some(file) {
            *choice = file;
        }
    }
    let mut chosen: Vec<ItemId> = chosen.into_values().collect();
    chosen.sort_by_cached_key(place);
    chosen
}
