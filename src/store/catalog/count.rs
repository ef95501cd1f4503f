//! How many items a catalog lists, for those who only ask.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::schema::{self, Kind};
use super::{Catalog, CatalogError, page};
use crate::item::Clock;

impl Catalog {
    /// How many items of the catalog in a file are not withheld at a time. Nothing is made, mended or replaced: `None` where there is no file,
    /// and where what is there is not a catalog of this version that can be read.
    pub fn count_items(path: &Path, clock: Clock) -> Option<usize> {
        count(path, clock).ok().flatten()
    }
}

fn count(path: &Path, clock: Clock) -> Result<Option<usize>, CatalogError> {
    // Whoever may not write at all would leave the log of SQLite lying beside the file.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    if schema::kind(&connection)? != Some(Kind::Current) {
        return Ok(None);
    }
    Ok(Some(page::keys(&connection, clock)?.len()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::ops::ControlFlow;

    use super::*;
    use crate::source::{Location, Source};
    use crate::store::refresh::{Refresh, refresh};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn count(path: &Path) -> Option<usize> {
        Catalog::count_items(path, Clock { now: "2026-12-01T12:00:00Z".parse().unwrap(), newest: None })
    }

    #[test]
    fn to_ask_how_many_items_there_are_makes_and_mends_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.md"), "---\ntitle: A\n---\nText.\n").unwrap();
        fs::write(at("draft.md"), "---\ntitle: B\ndraft: true\n---\nText.\n").unwrap();
        fs::write(at("early.md"), "---\ntitle: C\npublishDate: 2026-12-01T13:00:00Z\n---\nText.\n").unwrap();
        fs::write(at("foreign.db"), "no catalog").unwrap();
        fs::write(at("empty.db"), "").unwrap();
        let (mut catalog, _) = Catalog::open(&at("catalog.db"));
        let source = Source::open(&Location::Directory(folder.path().to_owned())).unwrap();
        refresh(&source, &mut catalog, Refresh::default(), &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(count(&at("catalog.db")), Some(1), "while it is open elsewhere");
        drop(catalog);
        let before = names(folder.path());
        assert_eq!(count(&at("catalog.db")), Some(1));
        for other in ["none.db", "none/none.db", "foreign.db", "empty.db"] {
            assert_eq!(count(&at(other)), None, "{other}");
        }
        assert_eq!(names(folder.path()), before);
        assert_eq!(fs::read(at("foreign.db")).unwrap(), b"no catalog");
    }
}
