//! What can go wrong with a catalog.

use rusqlite::ErrorCode;

use crate::item::SafeText;

/// What has gone wrong with a catalog, in words that may follow its name.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// What is in the file is not what was written. The next refresh makes a new one.
    #[error("it is damaged")]
    Damaged,
    /// There is no room left where it is kept.
    #[error("the disk is full")]
    Full,
    /// It may not be written, or its disk does not do what it should.
    #[error("it cannot be read or written ({0})")]
    Unusable(SafeText),
    /// Another Rounds has held on to it for too long.
    #[error("another Rounds holds it and does not go on")]
    Busy,
    /// Whoever asked wanted to know no longer.
    #[error("it was stopped")]
    Interrupted,
}

impl From<rusqlite::Error> for CatalogError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // None is a value of another type than was written, a row that must be there, and the like.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) | None => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(_) => Self::Unusable(SafeText::of(error)),
        }
    }
}
