//! A disk with no room left.

use super::child::{said, start};
use super::feed::{Feed, Viewer, assert_same};

/// No file may grow beyond so many blocks of 512 bytes, and to try it is an error and not the end.
#[cfg(unix)]
#[test]
fn without_room_on_the_disk_all_items_still_arrive() {
    for blocks in [0, 64, 200, 700] {
        let feed = Feed::of(400);
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let said = said(&mut start(&feed, &["sh", "-c", &script, "sh"]));
        assert!(said.iter().any(|line| line.contains("the catalog cannot be kept")), "{blocks}: {said:?}");
        assert_eq!(said.last().unwrap(), "items 400 pages 400 whole true", "{blocks}: {said:?}");
        // With room again, the next start keeps its catalog.
        let (viewer, catalog) = Viewer::open(&feed);
        assert_same(&viewer, &catalog, &feed);
        assert_eq!(catalog.path(), Some(feed.catalog()));
    }
}
