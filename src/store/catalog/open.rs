//! Opening a catalog, which cannot fail: what cannot be used is replaced.

use std::path::Path;
use std::sync::atomic::Ordering;

use rusqlite::Connection;

use super::home::{self, Home};
use super::schema::{self, Kind};
use super::{Catalog, CatalogError, Shared};
use crate::item::SafeText;
use crate::source::reason;

impl Catalog {
    /// Opens the catalog in a file, or makes it. This cannot fail: a catalog that cannot be used is replaced, and
    /// one that cannot be kept in the file is kept elsewhere until the program ends. Then a sentence says so.
    pub fn open(path: &Path) -> (Self, Option<SafeText>) {
        let home = Home::Kept(path.to_owned());
        let (connection, notice) = match connect(&home) {
            Ok((connection, Kind::Current)) => (connection, None),
            Ok((connection, kind)) => {
                drop(connection);
                let notice = (kind == Kind::Foreign).then(|| made_anew(path, "it was not a catalog"));
                match replace(path) {
                    Ok(connection) => (connection, notice),
                    Err(error) => return Self::elsewhere(path, &error),
                }
            }
            Err(error @ CatalogError::Damaged) => match replace(path) {
                Ok(connection) => (connection, Some(made_anew(path, &error.to_string()))),
                Err(error) => return Self::elsewhere(path, &error),
            },
            Err(error) => return Self::elsewhere(path, &error),
        };
        (Self { connection: Some(connection), shared: Shared::new(home) }, notice)
    }

    /// A catalog that goes with this value.
    pub fn temporary() -> Self {
        let (home, connection) = temporary(Home::temporary());
        Self { connection, shared: Shared::new(home) }
    }

    /// A catalog in memory, for a source with few items.
    pub fn in_memory() -> Self {
        let (home, connection) = temporary(Home::memory());
        Self { connection, shared: Shared::new(home) }
    }

    fn elsewhere(path: &Path, error: &CatalogError) -> (Self, Option<SafeText>) {
        (Self::temporary(), Some(not_kept(path, error)))
    }

    /// Makes the catalog anew after an error: in its place when it was damaged, else in one that does not outlast
    /// this value. The sentence that comes back says so, when it concerns a file that was meant to stay.
    pub(in crate::store) fn make_anew(&mut self, error: &CatalogError) -> Option<SafeText> {
        self.connection = None;
        let (connection, notice) = self.shared.with_home(|home| {
            let kept = home.kept().map(Path::to_owned);
            if let (Some(path), CatalogError::Damaged) = (&kept, error)
                && let Ok(connection) = replace(path)
            {
                return (Some(connection), Some(made_anew(path, &error.to_string())));
            }
            let next = if kept.is_some() { Home::temporary() } else { Home::memory() };
            let (next, connection) = temporary(next);
            *home = next;
            (connection, kept.map(|path| not_kept(&path, error)))
        });
        self.connection = connection;
        self.shared.damaged.store(false, Ordering::Relaxed);
        self.shared.generation.fetch_add(1, Ordering::Release);
        notice
    }
}

fn connect(home: &Home) -> Result<(Connection, Kind), CatalogError> {
    let mut connection = home.connect()?;
    let kind = schema::prepare(&mut connection)?;
    Ok((connection, kind))
}

/// Removes the file of a catalog and makes a new one.
fn replace(path: &Path) -> Result<Connection, CatalogError> {
    home::remove(path).map_err(|error| CatalogError::Unusable(reason(&error)))?;
    match connect(&Home::Kept(path.to_owned()))? {
        (connection, Kind::Current) => Ok(connection),
        (_, Kind::Other | Kind::Foreign) => {
            Err(CatalogError::Unusable("another program keeps writing it".into()))
        }
    }
}

/// Makes a catalog that does not stay; in memory when it cannot be made where it was meant to be.
fn temporary(home: Home) -> (Home, Option<Connection>) {
    if let Ok((connection, Kind::Current)) = connect(&home) {
        return (home, Some(connection));
    }
    let home = Home::memory();
    let connection = connect(&home).ok().map(|(connection, _)| connection);
    (home, connection)
}

fn made_anew(path: &Path, reason: &str) -> SafeText {
    SafeText::new(&format!(
        "{}: the catalog is made again, because {reason}; the whole source is read again, and no mark is lost",
        SafeText::of(path.display())
    ))
}

fn not_kept(path: &Path, error: &CatalogError) -> SafeText {
    let advice = match error {
        CatalogError::Busy => ". If that one was stopped with Ctrl-Z, continue it or end it",
        _ => "",
    };
    SafeText::new(&format!(
        "{}: the catalog cannot be kept, because {error}; this start reads the whole source again{advice}",
        SafeText::of(path.display())
    ))
}
