//! The catalogs of all open sources as if they were one: one set of numbers, one list, one search.
//!
//! Each source has a catalog of its own, by where it is, and keeps it whatever it is opened together with. Here they
//! are put side by side for one library.

mod numbering;
mod reader;

pub use reader::CollectionReader;

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError, RwLock};

use super::catalog::{Catalog, CatalogError, Changes};
use super::refresh::{OnStep, Refresh, RefreshError, RefreshStep, Summary, refresh};
use crate::item::{Clock, ItemKey, SafeText, Succession};
use crate::library::Headline;
use crate::source::Source;
use numbering::Numbering;

/// The catalogs of all open sources, to be written.
#[derive(Debug)]
pub struct Collection {
    members: Vec<Member>,
    numbering: Arc<RwLock<Numbering>>,
}

/// The catalog of one source.
#[derive(Debug)]
struct Member {
    catalog: Catalog,
    /// The last change that has been handed over.
    seen: u64,
    /// The last change of a key that has been told.
    succeeded: u64,
    /// How its items become those of the library.
    adoption: Adoption,
}

/// How the items of one catalog become those of a library.
#[derive(Debug, Clone)]
struct Adoption {
    source: usize,
    /// What the source is called, where there are several.
    name: Option<SafeText>,
    numbering: Arc<RwLock<Numbering>>,
}

impl Collection {
    /// The catalogs of sources with these names, in the order in which they were opened.
    pub fn of(catalogs: Vec<(SafeText, Catalog)>) -> Self {
        let several = catalogs.len() > 1;
        let numbering = Arc::new(RwLock::new(Numbering::of(catalogs.len())));
        let members = catalogs.into_iter().enumerate().map(|(source, (name, catalog))| {
            let name = several.then_some(name);
            Member {
                catalog,
                seen: 0,
                succeeded: 0,
                adoption: Adoption { source, name, numbering: Arc::clone(&numbering) },
            }
        });
        Self { members: members.collect(), numbering }
    }

    /// Counts how often a catalog was rebuilt. The numbers of items mean something within one epoch only.
    pub fn epoch(&self) -> u64 {
        self.members.iter().map(|member| member.catalog.epoch()).sum()
    }

    /// A connection for reading, on this thread or another.
    pub fn reader(&self) -> CollectionReader {
        let catalogs = self.members.iter().map(|member| member.catalog.reader()).collect();
        CollectionReader::new(catalogs, Arc::clone(&self.numbering))
    }

    /// The newest items of all sources, the newest first, as far as they can be read.
    pub fn newest(&self, limit: u32) -> Vec<Headline> {
        let mut newest: Vec<Headline> = Vec::new();
        for Member { catalog, adoption, .. } in &self.members {
            newest.extend(adoption.take(catalog.reader().newest(limit).unwrap_or_default()));
        }
        if self.members.len() > 1 {
            newest.sort_by_key(|headline| Reverse(headline.date));
            newest.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        newest
    }

    /// Hands over everything that the catalogs hold. What cannot be read is handed over by the refresh that makes its
    /// catalog anew.
    pub fn hand_over_all(&mut self, on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>) -> ControlFlow<()> {
        self.members.iter_mut().try_for_each(|member| member.hand_over(on_batch))
    }

    /// Whether nothing has been handed over of a source, by its place in the order in which they were opened.
    pub fn is_empty(&self, source: usize) -> bool {
        self.members.get(source).is_none_or(|member| member.seen == 0)
    }

    /// The keys of all items of a source that are not withheld at a time. The source is told by its place in the order in
    /// which they were opened.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read.
    pub fn keys(&self, source: usize, clock: Clock) -> Result<Vec<ItemKey>, CatalogError> {
        self.members.get(source).map_or(Ok(Vec::new()), |member| member.catalog.reader().keys(clock))
    }

    /// Items of a source that have another key than before, as far as that was noted since this was last asked.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read.
    pub fn successions(&mut self, source: usize) -> Result<Vec<Succession>, CatalogError> {
        let Some(member) = self.members.get_mut(source) else { return Ok(Vec::new()) };
        let (successions, last) = member.catalog.reader().successions(member.succeeded)?;
        member.succeeded = last;
        Ok(successions)
    }

    /// Brings the catalog of one source up to date with it, as [`refresh`] does; what has been handed over before is
    /// not handed over again, unless everything begins again.
    ///
    /// # Errors
    ///
    /// Those of [`refresh`].
    pub fn refresh(
        &mut self,
        at: usize,
        source: &Source,
        thorough: bool,
        on_step: &mut OnStep<'_>,
    ) -> Result<Summary, RefreshError> {
        self.refresh_as(at, source, Refresh { thorough, ..Refresh::default() }, on_step)
    }

    /// The same, for a caller that [only asks](Refresh::only_asking) for the items.
    ///
    /// # Errors
    ///
    /// Those of [`refresh`].
    pub fn refresh_items(
        &mut self,
        at: usize,
        source: &Source,
        on_step: &mut OnStep<'_>,
    ) -> Result<Summary, RefreshError> {
        self.refresh_as(at, source, Refresh { only_asking: true, ..Refresh::default() }, on_step)
    }

    fn refresh_as(
        &mut self,
        at: usize,
        source: &Source,
        how: Refresh,
        on_step: &mut OnStep<'_>,
    ) -> Result<Summary, RefreshError> {
        let Some(Member { catalog, seen, succeeded, adoption }) = self.members.get_mut(at) else {
            return Ok(Summary::default());
        };
        let mut restarted = false;
        let how = Refresh { seen: *seen, ..how };
        let refreshed = refresh(source, catalog, how, &mut |step| {
            on_step(match step {
                RefreshStep::Changed { changes, seen: last, checked, found } => {
                    *seen = last;
                    RefreshStep::Changed { changes: adoption.adopt(changes), seen: last, checked, found }
                }
                RefreshStep::Restarted { notice } => {
                    (*seen, *succeeded, restarted) = (0, 0, true);
                    RefreshStep::Restarted { notice }
                }
            })
        });
        if let Ok(summary) = &refreshed {
            *seen = summary.seen;
        }
        if restarted {
            self.hand_over_others(at, on_step);
        }
        refreshed
    }

    /// Puts the text of all items into the index, as [`Catalog::index_all`] does.
    ///
    /// # Errors
    ///
    /// Those of [`Catalog::index_all`].
    pub fn index_all(&mut self, on_turn: &mut dyn FnMut(u32) -> ControlFlow<()>) -> Result<(), CatalogError> {
        let mut waiting = Vec::new();
        for member in &self.members {
            waiting.push(member.catalog.waiting()?);
        }
        let mut left: u32 = waiting.iter().fold(0, |sum, more| sum.saturating_add(*more));
        for (member, own) in self.members.iter_mut().zip(waiting) {
            left = left.saturating_sub(own);
            let mut flow = ControlFlow::Continue(());
            member.catalog.index_all(&mut |waiting| {
                flow = on_turn(waiting.saturating_add(left));
                flow
            })?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// After one catalog was made anew, all that the others hold is handed over once more: everything has begun again.
    fn hand_over_others(&mut self, restarted: usize, on_step: &mut OnStep<'_>) {
        let others = self.members.iter_mut().filter(|member| member.adoption.source != restarted);
        for member in others {
            let handed_over = member.hand_over(&mut |changes| {
                on_step(RefreshStep::Changed { changes, seen: 0, checked: 0, found: 0 })
            });
            if handed_over.is_break() {
                break;
            }
        }
    }
}

impl Member {
    /// Hands over everything that the catalog holds.
    fn hand_over(&mut self, on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { catalog, seen, adoption, .. } = self;
        let mut flow = ControlFlow::Continue(());
        let read = catalog.reader().changes_after(0, &mut |changes| {
            flow = on_batch(adoption.adopt(changes));
            flow
        });
        *seen = if flow.is_continue() { read.unwrap_or_default() } else { 0 };
        flow
    }
}

impl Adoption {
    /// Changes of the catalog as changes of the library.
    fn adopt(&self, changes: Changes) -> Changes {
        if self.name.is_none() {
            return changes;
        }
        let Changes { written, removed } = changes;
        let written = self.take(written);
        let numbering = self.numbering.read().unwrap_or_else(PoisonError::into_inner);
        let removed = removed.into_iter().filter_map(|id| numbering.find(self.source, id)).collect();
        Changes { written, removed }
    }

    fn take(&self, headlines: Vec<Headline>) -> Vec<Headline> {
        if self.name.is_none() {
            return headlines;
        }
        let mut numbering = self.numbering.write().unwrap_or_else(PoisonError::into_inner);
        let place = u16::try_from(self.source).unwrap_or(u16::MAX);
        let taken = headlines.into_iter().filter_map(|headline| {
            let id = numbering.give(self.source, headline.id)?;
            Some(Headline { id, source: self.name.clone(), place, ..headline })
        });
        taken.collect()
    }
}
