//! Finding the one item that a person means.

use super::words::nearest;
use crate::item::{Item, SafeText};
use crate::search::fold;

/// The names that an item can be called by.
#[derive(Debug)]
pub struct Candidate {
    key: String,
    slug: SafeText,
    /// Which of the sources has it, counted from 0.
    pub source: usize,
    /// Where the item is in its source; not safe to draw.
    pub path: String,
    /// The title of the item.
    pub title: SafeText,
}

/// What was found.
#[derive(Debug)]
pub enum Found<'a> {
    /// The one item that is meant.
    One(&'a Candidate),
    /// All the items that may be meant, by path.
    Several(Vec<&'a Candidate>),
    /// No item has this name; these titles come near.
    None(Vec<&'a str>),
}

impl Candidate {
    /// The names of an item of a source.
    pub fn new(item: Item, source: usize) -> Self {
        Self { source, key: item.key.to_string(), slug: item.slug, path: item.path, title: item.title }
    }

    /// The path, made safe to draw.
    pub fn shown_path(&self) -> SafeText {
        SafeText::new(&self.path)
    }
}

/// Finds an item by its key, path, slug, title or a part of the title. The first of these ways that finds
/// anything is the one that counts.
pub fn find<'a>(typed: &str, candidates: &'a [Candidate]) -> Found<'a> {
    const SUGGESTIONS: usize = 5;
    let key = typed.to_ascii_lowercase();
    let path = typed.strip_prefix("./").unwrap_or(typed);
    let words = fold(typed.trim());
    let ways: [&dyn Fn(&Candidate) -> bool; 5] = [
        &|candidate| candidate.key == key,
        &|candidate| candidate.path == path || *candidate.shown_path() == *path,
        &|candidate| !candidate.slug.is_empty() && candidate.slug.as_str() == typed,
        &|candidate| fold(&candidate.title) == words,
        &|candidate| !words.is_empty() && fold(&candidate.title).contains(&words),
    ];
    for way in ways {
        let mut meant: Vec<&Candidate> = candidates.iter().filter(|candidate| way(candidate)).collect();
        meant.sort_by(|one, other| one.path.cmp(&other.path));
        match meant.as_slice() {
            [] => {}
            [one] => return Found::One(one),
            _ => return Found::Several(meant),
        }
    }
    Found::None(nearest(typed, candidates.iter().map(|candidate| candidate.title.as_str()), SUGGESTIONS))
}
