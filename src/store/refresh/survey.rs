//! Looking through a source, and writing what has changed into the catalog.

use std::ops::ControlFlow;

use super::follow::catch_up;
use super::{OnStep, RefreshError, RefreshStep, Summary};
use crate::library::Headline;
use crate::source::{Sighting, Source, Surveyed};
use crate::store::catalog::{Catalog, CatalogError, Changes, Origin, Put, Writer};

/// How many items are removed in one transaction.
const REMOVED_AT_ONCE: usize = 512;

/// Brings the catalog up to date, when nobody else is at it.
pub(super) fn survey(
    source: &Source,
    catalog: &Catalog,
    thorough: bool,
    summary: &mut Summary,
    on_step: &mut OnStep<'_>,
) -> Result<(), RefreshError> {
    let seal = source.seal();
    let mut origin = catalog.origin();
    if !thorough
        && seal.is_some()
        && let Some(Origin { report, .. }) = origin.take_if(|origin| origin.seal == seal)
    {
        summary.report = report;
        pass_over(summary, on_step);
        return Ok(());
    }
    let mut known = catalog.known()?;
    let before = summary.seen;
    let mut work = Work::new(catalog, summary, on_step);
    work.at_once = source.is_archive();
    if !work.at_once {
        work.forget_origin()?;
    }
    let mut outcome = Ok(ControlFlow::Continue(()));
    let report = source.survey(&mut |path| known.stamp(path), thorough, &mut |step| {
        outcome = work.step(step);
        if outcome.as_ref().is_ok_and(ControlFlow::is_continue) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    work.summary.report = report;
    if outcome?.is_continue() {
        // What is written at once is not there yet for whoever asks for what is known.
        let added = if work.at_once { 0 } else { work.summary.added };
        let last_old = known.last_item();
        let gone = known.not_met(added)?;
        work.follow_moved(&gone, last_old)?;
        work.summary.is_whole = work.remove(&gone)?.is_continue();
        if work.at_once && work.summary.is_whole {
            // An archive that was replaced while it was read has another seal by now, and is read again.
            let seal = seal.filter(|seal| source.seal().as_ref() == Some(seal));
            work.note_origin(seal, origin.as_ref())?;
            work.hand_over_since(before)?;
        }
    }
    Ok(())
}

/// Takes the source for what it was when it was read.
fn pass_over(summary: &mut Summary, on_step: &mut OnStep<'_>) {
    let files = summary.report.files;
    let changes = Changes::default();
    let step = RefreshStep::Changed { changes, seen: summary.seen, checked: files, found: files };
    summary.is_whole = on_step(step).is_continue();
}

/// A survey at work.
struct Work<'a, 'b> {
    catalog: &'a Catalog,
    /// The transaction that is open, when something has been written since the last step.
    writer: Option<Writer<'a>>,
    changes: Changes,
    /// Whether all is written in one transaction: a bundle takes the place of the one before whole or not at all.
    at_once: bool,
    checked: usize,
    found: usize,
    summary: &'a mut Summary,
    on_step: &'a mut OnStep<'b>,
}

impl<'a, 'b> Work<'a, 'b> {
    fn new(catalog: &'a Catalog, summary: &'a mut Summary, on_step: &'a mut OnStep<'b>) -> Self {
        let changes = Changes::default();
        Self { catalog, writer: None, changes, at_once: false, checked: 0, found: 0, summary, on_step }
    }

    fn step(&mut self, step: Surveyed) -> Result<ControlFlow<()>, CatalogError> {
        match step {
            Surveyed::File(sighting) => {
                self.checked = self.checked.saturating_add(1);
                self.write(sighting)?;
                Ok(ControlFlow::Continue(()))
            }
            Surveyed::Due { found, same } => {
                self.found = found;
                self.checked = self.checked.saturating_add(same);
                self.hand_over()
            }
        }
    }

    fn write(&mut self, sighting: Sighting) -> Result<(), CatalogError> {
        match sighting {
            Sighting::Touched { path, stamp } => self.writer()?.touch(&path, stamp)?,
            Sighting::Read { file, stamp } => {
                let Put { id, is_new, key, rekeyed } = self.writer()?.put(&file, stamp)?;
                let count = if is_new { &mut self.summary.added } else { &mut self.summary.changed };
                *count = count.saturating_add(1);
                if !self.at_once {
                    for other in rekeyed {
                        self.changes.write(other);
                    }
                    self.changes.write(Headline { key, ..Headline::of(id, &file.item) });
                }
            }
        }
        Ok(())
    }

    /// The transaction. It is begun when there is something to write, so that an idle refresh writes nothing.
    fn writer(&mut self) -> Result<&mut Writer<'a>, CatalogError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.begin()?,
        };
        Ok(self.writer.insert(writer))
    }

    fn begin(&mut self) -> Result<Writer<'a>, CatalogError> {
        let writer = Writer::begin(self.catalog.connection()?)?;
        if writer.last_change() != self.summary.seen {
            // Where files cannot be locked, another process may have been writing.
            let _flow = catch_up(&mut self.catalog.reader(), &mut self.summary.seen, self.on_step)?;
        }
        Ok(writer)
    }

    /// Notes what archive all items were taken from, if that is not what is known already.
    fn note_origin(&mut self, seal: Option<String>, known: Option<&Origin>) -> Result<(), CatalogError> {
        let report = std::mem::take(&mut self.summary.report);
        let origin = Origin { seal, report };
        if known != Some(&origin) {
            self.writer()?.put_origin(Some(&origin))?;
        }
        self.summary.report = origin.report;
        Ok(())
    }

    /// Forgets the archive that all items were taken from, if they were, before there are others.
    fn forget_origin(&mut self) -> Result<(), CatalogError> {
        if self.catalog.has_origin()? {
            self.writer()?.put_origin(None)?;
            if let Some(writer) = self.writer.take() {
                writer.commit()?;
            }
        }
        Ok(())
    }

    /// Makes what was written last, and then hands over all that is newer than a change.
    fn hand_over_since(&mut self, change: u64) -> Result<(), CatalogError> {
        self.changes = Changes::default();
        if let Some(writer) = self.writer.take() {
            writer.commit()?;
            self.summary.seen = change;
            let flow = catch_up(&mut self.catalog.reader(), &mut self.summary.seen, self.on_step)?;
            self.summary.is_whole &= flow.is_continue();
        }
        Ok(())
    }

    /// Makes what was written last, and then hands it over. What is written at once is not handed over yet; but it is
    /// told how far that is.
    fn hand_over(&mut self) -> Result<ControlFlow<()>, CatalogError> {
        if let Some(writer) = self.writer.take_if(|_| !self.at_once) {
            self.summary.seen = writer.commit()?;
        }
        Ok((self.on_step)(RefreshStep::Changed {
            changes: std::mem::take(&mut self.changes),
            seen: self.summary.seen,
            checked: self.checked,
            found: self.found,
        }))
    }

    /// Notes which of the items that have come are those whose files have gone, so that their marks follow.
    fn follow_moved(&mut self, gone: &[String], last_old: u32) -> Result<(), CatalogError> {
        if gone.is_empty() || self.summary.added == 0 {
            return Ok(());
        }
        self.writer()?.follow_moved(gone, last_old)
    }

    /// Removes the items of files that have gone.
    fn remove(&mut self, gone: &[String]) -> Result<ControlFlow<()>, CatalogError> {
        for some in gone.chunks(REMOVED_AT_ONCE) {
            for path in some {
                if let Some((id, successor)) = self.writer()?.remove(path)? {
                    self.changes.remove(id);
                    if let Some(other) = successor {
                        self.changes.write(other);
                    }
                }
            }
            self.summary.removed = self.summary.removed.saturating_add(self.changes.removed.len());
            if self.at_once {
                self.changes = Changes::default();
            }
            if self.hand_over()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
