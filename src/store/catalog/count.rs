//! How many items a catalog holds, for somebody who only asks.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::schema::{self, Kind};
use super::{Catalog, CatalogError};

impl Catalog {
    /// How many items the catalog in a file holds. Nothing is made, mended or replaced: `None` where there is no file,
    /// and where what is there is not a catalog of this version that can be read.
    pub fn count_items(path: &Path) -> Option<usize> {
        count(path).ok().flatten()
    }
}

fn count(path: &Path) -> Result<Option<usize>, CatalogError> {
    // Whoever may not write at all would leave the log of SQLite lying beside the file.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    if schema::kind(&connection)? != Some(Kind::Current) {
        return Ok(None);
    }
    let items: i64 = connection.query_row("SELECT count(*) FROM items", [], |row| row.get(0))?;
    Ok(usize::try_from(items).ok())
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

    #[test]
    fn to_ask_how_many_items_there_are_makes_and_mends_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.md"), "---\ntitle: A\n---\nText.\n").unwrap();
        fs::write(at("foreign.db"), "no catalog").unwrap();
        fs::write(at("empty.db"), "").unwrap();
        let (mut catalog, _) = Catalog::open(&at("catalog.db"));
        let source = Source::open(&Location::Directory(folder.path().to_owned())).unwrap();
        refresh(&source, &mut catalog, Refresh::default(), &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(Catalog::count_items(&at("catalog.db")), Some(1), "while it is open elsewhere");
        drop(catalog);
        let before = names(folder.path());
        assert_eq!(Catalog::count_items(&at("catalog.db")), Some(1));
        for other in ["none.db", "none/none.db", "foreign.db", "empty.db"] {
            assert_eq!(Catalog::count_items(&at(other)), None, "{other}");
        }
        assert_eq!(names(folder.path()), before);
        assert_eq!(fs::read(at("foreign.db")).unwrap(), b"no catalog");
    }
}
