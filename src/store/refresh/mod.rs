//! Bringing a catalog up to date with its source, and handing over what changes while that goes on.

mod follow;
mod survey;

use std::ops::ControlFlow;
use std::time::Duration;

use super::catalog::{Catalog, CatalogError, Changes, Indexing, index_some};
use crate::item::SafeText;
use crate::source::{Report, Source, SourceError};

/// How a catalog is refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refresh {
    /// Whether files are looked into that seem to be as they were.
    pub thorough: bool,
    /// The number of the last change that has been seen; 0 when nothing has.
    pub seen: u64,
    /// For how long another process that has the catalog and writes nothing is waited for.
    pub patience: Duration,
    /// Whether the caller only asks for the items. Then nothing is put into the index of the text, and what has changed
    /// [is still to be told](Catalog::changes_since) by the next refresh that is not of this kind.
    pub only_asking: bool,
}

impl Default for Refresh {
    fn default() -> Self {
        Self { thorough: false, seen: 0, patience: PATIENCE, only_asking: false }
    }
}

/// A step of a refresh.
#[derive(Debug)]
pub enum RefreshStep {
    /// Items were written or removed, or nothing has happened for 50 ms.
    Changed {
        /// What has changed since the step before.
        changes: Changes,
        /// The number of the last change.
        seen: u64,
        /// How many item files have been looked at.
        checked: usize,
        /// How many item files have been found so far, looked at or not.
        found: usize,
    },
    /// The catalog was made anew, and all begins again: what was handed over before is void, and so are all
    /// numbers of items.
    Restarted {
        /// What to tell the user.
        notice: Option<SafeText>,
    },
}

/// What takes the steps of a refresh. When it breaks, the refresh stops soon.
pub type OnStep<'a> = dyn FnMut(RefreshStep) -> ControlFlow<()> + 'a;

/// What a refresh has done.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many items are new.
    pub added: usize,
    /// How many items were changed.
    pub changed: usize,
    /// How many items have gone.
    pub removed: usize,
    /// The number of the last change.
    pub seen: u64,
    /// Whether it was done to the end, and not stopped.
    pub is_whole: bool,
    /// What was found in the source.
    pub report: Report,
}

/// Why a refresh has failed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The source cannot be read. The catalog is as it was.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// No catalog can be had, not even in memory.
    #[error("there is no room for a catalog: {0}. Make room in memory or on the disk, and start again")]
    Catalog(#[from] CatalogError),
}

/// For how long another process is waited for that has the catalog and writes nothing: it may have been stopped by its
/// user, and so keep it for ever. On a slow disk it may look through many folders before it finds what to write.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a catalog is made anew before a refresh gives up: in its place, in a private file, in memory.
const TRIES: usize = 3;
/// How many items may wait for the index and still be put into it at once.
const FEW: u32 = 1000;
/// For how long at most the catalog is kept locked.
const TURN: Duration = Duration::from_millis(40);

/// Brings a catalog up to date with its source. `on_step` is handed what the caller has not [seen](Refresh::seen)
/// yet, and then all that changes.
///
/// One process at a time does this for one catalog. Another that asks for it is handed what the first one writes, and
/// then looks for itself, when there is little left to do. When the first one writes nothing for as long as
/// [`Refresh::patience`], this goes on with a catalog that does not outlast it.
///
/// When a few items have changed, they are in the index of the text at the end, unless [`Refresh::only_asking`] says
/// otherwise; when many have, call [`Catalog::index_some`] until it is done.
///
/// A catalog that turns out to be damaged, or cannot be written, is made anew, and everything begins again. Call this
/// from a thread of your own, not from within rayon's pool.
///
/// # Errors
///
/// When the source cannot be read, or no catalog can be had.
pub fn refresh(
    source: &Source,
    catalog: &mut Catalog,
    how: Refresh,
    on_step: &mut OnStep<'_>,
) -> Result<Summary, RefreshError> {
    let mut how = how;
    let mut tries = 0;
    loop {
        match attempt(source, catalog, how, on_step) {
            Err(RefreshError::Catalog(error)) if tries < TRIES => {
                tries += 1;
                let notice = catalog.make_anew(&error);
                how.seen = 0;
                if on_step(RefreshStep::Restarted { notice }).is_break() {
                    return Ok(Summary::default());
                }
            }
            ended => return ended,
        }
    }
}

fn attempt(
    source: &Source,
    catalog: &Catalog,
    how: Refresh,
    on_step: &mut OnStep<'_>,
) -> Result<Summary, RefreshError> {
    catalog.check()?;
    let mut summary = Summary { seen: how.seen, ..Summary::default() };
    let Some(lock) = follow::until_ours(catalog, how.patience, &mut summary.seen, on_step)? else {
        return Ok(summary);
    };
    survey::survey(source, catalog, how.thorough, &mut summary, on_step)?;
    if summary.is_whole && !how.only_asking {
        // When it fails otherwise, all items are there, and what waits for the index will wait for the next refresh.
        let done = catalog.note_told().and_then(|()| index_few(catalog, &summary, on_step));
        if let Err(error @ CatalogError::Damaged) = done {
            return Err(error.into());
        }
    }
    drop(lock);
    Ok(summary)
}

/// Puts the text of what has changed into the index, when that is soon done.
fn index_few(catalog: &Catalog, summary: &Summary, on_step: &mut OnStep<'_>) -> Result<(), CatalogError> {
    if catalog.waiting()? > FEW {
        return Ok(());
    }
    while let Indexing::Waiting(_) = index_some(catalog.connection()?, TURN)? {
        let files = summary.report.files;
        let step = RefreshStep::Changed {
            changes: Changes::default(),
            seen: summary.seen,
            checked: files,
            found: files,
        };
        if on_step(step).is_break() {
            break;
        }
    }
    Ok(())
}
