//! Reading every item of a source, and handing the items over in batches.

use std::ops::ControlFlow;

use super::gather::{Gathered, gather};
use super::item_file;
use super::report::{Batch, Report};
use super::walk::{Bytes, Found, ItemPlace};
use crate::item::{Item, ItemFile};

/// Reads what is found and hands over its items.
pub(super) fn load(
    walk: impl Iterator<Item = Found> + Send,
    on_batch: &mut dyn FnMut(Batch) -> ControlFlow<()>,
) -> Report {
    let mut items = Vec::new();
    gather(walk, |place| Some(read(place)), |_| 0, &mut |gathered: Gathered<Box<Item>>| match gathered {
        Gathered::Item(item) => {
            items.push(*item);
            ControlFlow::Continue(())
        }
        Gathered::Due { found, .. } => on_batch(Batch { items: std::mem::take(&mut items), found }),
    })
}

fn read(place: ItemPlace) -> Box<Item> {
    let ItemPlace { path, bytes, hints, .. } = place;
    let file = match bytes {
        Bytes::File(file) => item_file::read(&path, &file, hints),
        Bytes::BuiltIn(bytes) => ItemFile::read(&path, bytes),
        Bytes::Owned(bytes) => item_file::read_from(&path, bytes, (hints, None)),
    };
    Box::new(file.item)
}
