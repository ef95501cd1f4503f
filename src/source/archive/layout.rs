//! Which entries of an archive count, found out before any of them is read.
//!
//! To unpack an archive is to write its entries one after the other: a later one takes the place of an earlier one of the
//! same path, and a hard link is one more name of what lies at its target at that moment. A stream tells neither before
//! its end, and what has been handed over cannot be taken back, so an archive is gone through twice.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::ops::ControlFlow;

use super::entry::{Entry, EntrySink, Read, What};
use super::error::ArchiveError;
use super::path::clean;
use crate::source::limits::{Exceeded, Limits};
use crate::source::site::{Scan, Site};

/// How many bytes the paths of hard links may have in all (8 MiB), as they are kept in memory. The links beyond are
/// refused.
const LINKS: usize = 8 * 1024 * 1024;

/// What becomes of the entries of an archive, by their numbers in its order.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Those at whose own place nothing is found: another takes their place, or they are links that are found elsewhere.
    passed_over: HashSet<u64>,
    /// The hard links to what is in an entry.
    links: HashMap<u64, Vec<HardLink>>,
}

/// One more path of what is in an entry.
#[derive(Debug)]
struct HardLink {
    entry: u64,
    path: String,
}

impl Layout {
    /// Whether nothing is found at the place of an entry.
    pub(super) fn passes_over(&self, entry: u64) -> bool {
        self.passed_over.contains(&entry)
    }

    /// The other paths of what is in an entry.
    pub(super) fn links_to(&self, entry: u64) -> impl Iterator<Item = &str> {
        self.links.get(&entry).into_iter().flatten().map(|link| link.path.as_str())
    }
}

/// How many entries are noted between two times at which it is asked whether the archive is still wanted.
const TURN: u64 = 512;

/// Goes through the entries of an archive and finds out its layout.
pub(super) struct LayoutBuilder<'a> {
    limits: Limits,
    /// Breaks when the archive is not wanted any more.
    is_wanted: &'a mut dyn FnMut() -> ControlFlow<()>,
    entries: u64,
    layout: Layout,
    /// What the paths tell of the site that the archive may hold.
    scan: Scan,
    /// What lies at each path, by digests: a million paths must fit into memory. Nobody can make two digests alike, as
    /// their key is random.
    places: HashMap<u64, Place>,
    digests: RandomState,
    link_bytes: usize,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The entry that put it there.
    entry: u64,
    /// The entry that its bytes are in; `None` where they cannot be read.
    content: Option<u64>,
}

impl<'a> LayoutBuilder<'a> {
    pub(super) fn new(limits: Limits, is_wanted: &'a mut dyn FnMut() -> ControlFlow<()>) -> Self {
        Self {
            limits,
            is_wanted,
            entries: 0,
            layout: Layout::default(),
            scan: Scan::default(),
            places: HashMap::new(),
            digests: RandomState::new(),
            link_bytes: 0,
        }
    }

    /// Notes the next entry.
    fn note(&mut self, entry: &Entry<'_>, read: &mut Read<'_>) -> Result<(), ArchiveError> {
        let number = self.entries;
        self.entries = self.entries.saturating_add(1);
        if self.entries > self.limits.entries {
            return Err(ArchiveError::Limit(Exceeded::Entries(self.limits.entries)));
        }
        let path = match clean(entry.path, &self.limits) {
            Ok(path) if !path.is_empty() && entry.what != What::Folder => path,
            Ok(_) | Err(_) => return Ok(()),
        };
        if entry.what == What::File {
            self.scan.take(&path, entry.size, read)?;
        }
        let digest = self.digests.hash_one(&path);
        let content = match entry.what {
            What::File => Some(number),
            What::HardLink(target) => self.link(number, path, target),
            What::Folder | What::Refused(_) => None,
        };
        if let Some(before) = self.places.insert(digest, Place { entry: number, content }) {
            self.replace(before);
        }
        Ok(())
    }

    /// Which entries count, and what kind of site they are.
    pub(super) fn finish(self) -> (Layout, Site) {
        (self.layout, self.scan.site())
    }

    /// Notes a hard link, and finds the entry that its bytes are in.
    fn link(&mut self, number: u64, path: String, target: &[u8]) -> Option<u64> {
        let target = clean(target, &self.limits).ok()?;
        let content = self.places.get(&self.digests.hash_one(&target))?.content?;
        let bytes = self.link_bytes.saturating_add(path.len());
        if bytes > LINKS {
            return None;
        }
        self.link_bytes = bytes;
        self.layout.passed_over.insert(number);
        self.layout.links.entry(content).or_default().push(HardLink { entry: number, path });
        Some(content)
    }

    /// Takes away what another entry has replaced.
    fn replace(&mut self, before: Place) {
        self.layout.passed_over.insert(before.entry);
        if let Some(links) = before.content.and_then(|content| self.layout.links.get_mut(&content)) {
            links.retain(|link| link.entry != before.entry);
        }
    }
}

impl EntrySink for LayoutBuilder<'_> {
    fn take(&mut self, entry: &Entry<'_>, read: &mut Read<'_>) -> Result<ControlFlow<()>, ArchiveError> {
        self.note(entry, read)?;
        let is_due = self.entries.is_multiple_of(TURN);
        Ok(if is_due { (self.is_wanted)() } else { ControlFlow::Continue(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_of_hard_links_take_no_more_memory_than_they_may() {
        let mut is_wanted = || ControlFlow::Continue(());
        let mut builder = LayoutBuilder::new(Limits::default(), &mut is_wanted);
        let mut take = |path: &str, what: What<'_>| {
            let entry = Entry { path: path.as_bytes(), what, size: 10, time: None };
            let taken = builder.take(&entry, &mut || Ok(Vec::new()));
            assert!(taken.unwrap().is_continue());
        };
        take("news.md", What::File);
        let folder = "f".repeat(200);
        let count = LINKS / folder.len() + 1000;
        for number in 0..count {
            take(&format!("{folder}/{number}.md"), What::HardLink(b"news.md"));
        }
        let (layout, _) = builder.finish();
        let kept: Vec<&str> = layout.links_to(0).collect();
        let bytes: usize = kept.iter().map(|path| path.len()).sum();
        assert!(bytes <= LINKS && bytes > LINKS - 1000, "{bytes}");
        assert!(kept.len() < count);
        // Those beyond are refused at their own places.
        assert!(layout.passes_over(1) && !layout.passes_over(count as u64));
    }
}
