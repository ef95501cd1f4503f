//! Following what another process writes into a catalog.

use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

use super::{OnStep, RefreshStep};
use crate::store::catalog::{Catalog, CatalogError, CatalogReader, Changes, Lock};

/// How often it is asked what the other process has written.
const PAUSE: Duration = Duration::from_millis(50);

/// Hands over what others have written, until it is for us to write. `None` when `on_step` has had enough.
pub(super) fn until_ours(
    catalog: &Catalog,
    seen: &mut u64,
    on_step: &mut OnStep<'_>,
) -> Result<Option<Lock>, CatalogError> {
    let mut reader = catalog.reader();
    loop {
        let lock = catalog.lock();
        if catch_up(&mut reader, seen, on_step)?.is_break() {
            return Ok(None);
        }
        if lock.is_some() {
            return Ok(lock);
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
