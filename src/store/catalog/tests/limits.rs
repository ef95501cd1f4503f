//! A catalog that cannot grow any more while it is written.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::library::{Headline, ItemId};
use crate::source::{Location, Source};
use crate::store::catalog::{Catalog, CatalogError, Indexing};
use crate::store::refresh::{Refresh, RefreshStep, refresh};

/// Refreshes from the sample. The list and what was said come back.
fn fill(catalog: &mut Catalog, seen: u64) -> (BTreeMap<ItemId, Headline>, Vec<String>) {
    let source = Source::open(&Location::Sample).unwrap();
    let (mut list, mut notices) = (BTreeMap::new(), Vec::new());
    let how = Refresh { seen, ..Refresh::default() };
    refresh(&source, catalog, how, &mut |step| {
        match step {
            RefreshStep::Changed { changes, .. } => {
                list.extend(changes.written.into_iter().map(|headline| (headline.id, headline)));
            }
            RefreshStep::Restarted { notice } => {
                list.clear();
                notices.extend(notice.map(|notice| notice.to_string()));
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (list, notices)
}

fn limit(catalog: &Catalog, pages: u32) {
    catalog
        .connection()
        .unwrap()
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
}

#[test]
fn a_disk_that_fills_up_in_the_midst_of_an_import_costs_no_item() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.db");
    let (mut catalog, _) = Catalog::open(&path);
    let pages: u32 =
        catalog.connection().unwrap().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    limit(&catalog, pages + 3);
    let mut reader = catalog.reader();
    assert_eq!(reader.newest(9).unwrap(), []);
    let (list, notices) = fill(&mut catalog, 0);
    assert!(list.len() >= 30, "{} items", list.len());
    let [notice] = notices.try_into().unwrap();
    assert!(notice.contains("cannot be kept, because the disk is full"), "{notice}");
    assert_eq!(catalog.path(), None);
    assert_eq!(reader.newest(u32::MAX).unwrap().len(), list.len(), "readers must look into the new catalog");
    assert!(list.keys().all(|id| reader.file(*id).unwrap().is_some()));
}

#[test]
fn an_index_that_finds_no_room_costs_no_item_and_is_completed_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.db");
    let (mut catalog, _) = Catalog::open(&path);
    let (list, _) = fill(&mut catalog, 0);
    let connection = catalog.connection().unwrap();
    connection.execute_batch("INSERT INTO waiting SELECT id, id FROM items; VACUUM").unwrap();
    let pages: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    limit(&catalog, pages);
    assert!(matches!(catalog.index_some(std::time::Duration::from_secs(5)), Err(CatalogError::Full)));
    assert_eq!(catalog.waiting().unwrap() as usize, list.len());
    assert_eq!(fill(&mut catalog, 0), (list, Vec::new()));
    limit(&catalog, u32::MAX);
    fill(&mut catalog, 0);
    assert_eq!(catalog.index_some(std::time::Duration::ZERO).unwrap(), Indexing::Done);
}

#[test]
fn a_catalog_that_nobody_can_keep_is_in_memory_in_the_end() {
    let mut catalog = Catalog::temporary();
    for step in 0..3 {
        assert_eq!(catalog.make_anew(&CatalogError::Full), None);
        let (list, notices) = fill(&mut catalog, 0);
        assert!(list.len() >= 30, "step {step}: {} items", list.len());
        assert_eq!(notices, [""; 0]);
        assert_eq!(catalog.reader().newest(u32::MAX).unwrap().len(), list.len());
    }
}
