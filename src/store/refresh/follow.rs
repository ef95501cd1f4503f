//! Following what another process writes into a catalog.

use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use super::{OnStep, RefreshStep};
use crate::store::catalog::{Catalog, CatalogError, CatalogReader, Changes, Lock};

/// How often it is asked what the other process has written.
const PAUSE: Duration = Duration::from_millis(50);

/// Hands over what others have written, until it is for us to write. `None` when `on_step` has had enough.
///
/// # Errors
///
/// [`CatalogError::Busy`] when the other process has written nothing for as long as `patience`.
pub(super) fn until_ours(
    catalog: &Catalog,
    patience: Duration,
    seen: &mut u64,
    on_step: &mut OnStep<'_>,
) -> Result<Option<Lock>, CatalogError> {
    let mut reader = catalog.reader();
    let (mut written, mut since) = ((*seen, catalog.log()), Instant::now());
    let mut request = None;
    loop {
        let lock = catalog.lock();
        if catch_up(&mut reader, seen, on_step)?.is_break() {
            return Ok(None);
        }
        if lock.is_some() {
            return Ok(lock);
        }
        request = request.or_else(|| catalog.request_lock());
        let now = (*seen, catalog.log());
        if now != written {
            (written, since) = (now, Instant::now());
        } else if since.elapsed() >= patience {
            return Err(CatalogError::Busy);
        }
        let step = RefreshStep::Changed { changes: Changes::default(), seen: *seen, checked: 0, found: 0 };
        if on_step(step).is_break() {
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

/// Hands over what has been written since it was seen.
pub(super) fn catch_up(
    reader: &mut CatalogReader,
    seen: &mut u64,
    on_step: &mut OnStep<'_>,
) -> Result<ControlFlow<()>, CatalogError> {
    let before = *seen;
    let mut flow = ControlFlow::Continue(());
    let now = reader.changes_after(before, &mut |changes| {
        flow = on_step(RefreshStep::Changed { changes, seen: before, checked: 0, found: 0 });
        flow
    })?;
    if flow.is_continue() {
        *seen = now;
    }
    Ok(flow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::SafeText;
    use crate::source::{Location, Source};
    use crate::store::refresh::{Refresh, Summary, refresh};

    /// Refreshes from the sample with little patience. How often something was told or waited for is handed to `turn`.
    fn refreshed(catalog: &mut Catalog, turn: &mut dyn FnMut(u32)) -> (Summary, Vec<SafeText>) {
        let (mut notices, mut turns) = (Vec::new(), 0);
        let how = Refresh { patience: Duration::from_millis(200), ..Refresh::default() };
        let source = Source::open(&Location::Sample).unwrap();
        let summary = refresh(&source, catalog, how, &mut |step| {
            if let RefreshStep::Restarted { notice } = step {
                notices.extend(notice);
            }
            turns += 1;
            turn(turns);
            ControlFlow::Continue(())
        });
        (summary.unwrap(), notices)
    }

    #[test]
    fn who_holds_the_catalog_and_writes_nothing_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.db");
        let ((stopped, _), (mut ours, _)) = (Catalog::open(&path), Catalog::open(&path));
        let lock = stopped.lock();
        let (summary, notices) = refreshed(&mut ours, &mut |_| {});
        assert!(lock.is_some() && summary.is_whole && summary.added > 0 && ours.path().is_none());
        let [notice] = notices.try_into().unwrap();
        assert!(notice.contains("another Rounds holds it and does not go on"), "{notice}");
    }

    #[test]
    fn who_holds_the_catalog_and_writes_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.db");
        let ((other, _), (mut ours, _)) = (Catalog::open(&path), Catalog::open(&path));
        let mut lock = other.lock();
        let connection = other.connection().unwrap();
        let (summary, notices) = refreshed(&mut ours, &mut |turn| {
            if lock.is_some() {
                assert_eq!(connection.execute("UPDATE counters SET last_item = last_item + 1", ()), Ok(1));
            }
            drop(lock.take_if(|_| turn == 10));
        });
        assert!(summary.is_whole && summary.added > 0 && notices.is_empty(), "{notices:?}");
        assert_eq!(ours.path(), Some(path));
    }
}
