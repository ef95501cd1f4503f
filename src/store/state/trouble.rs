//! What can go wrong with the state file, and what a clinician is told of it.

use std::io;

use rusqlite::ErrorCode;

use super::paths::Paths;
use crate::item::SafeText;
use crate::source::reason;

/// Why work on the state file failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// What is in the file is not what should be there.
    Damaged,
    /// The file is in order for all we know, but it cannot be used now.
    Refused(Refusal),
}

/// Why the file cannot be used now, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    reason: SafeText,
    remedy: &'static str,
}

impl Refusal {
    fn new(reason: &str, remedy: &'static str) -> Self {
        Self { reason: reason.into(), remedy }
    }

    /// Another process has it and does not give it back.
    pub(super) fn busy() -> Self {
        Self::new(
            "another program keeps it busy",
            "See whether another Rounds hangs or is stopped, and close it",
        )
    }

    /// It was written by a Rounds that knows more than this one.
    pub(super) fn newer() -> Self {
        Self::new("it was written by a newer Rounds", "It has not been touched. Start the newer Rounds")
    }

    /// It is a database, and not one of Rounds.
    pub(super) fn foreign() -> Self {
        Self::new(
            "this is a database of another program",
            "It has not been touched. Move it away and start Rounds again",
        )
    }

    /// It can be read, and that is all.
    pub(super) fn read_only() -> Self {
        Self::new("it may only be read", HAVE_THE_RIGHT)
    }

    /// There is something of its name that is no file.
    pub(super) fn no_file() -> Self {
        Self::new("there is a folder or a device of this name", "Move it away and start Rounds again")
    }

    /// It is damaged again as often as it is made new.
    pub(super) fn hopeless() -> Self {
        Self::new("it is damaged again and again", "Have the disk of this computer checked")
    }

    /// The line that says so: the thing, the reason, what it means, what to do.
    pub(super) fn line(&self, paths: &Paths) -> SafeText {
        SafeText::new(&format!(
            "{}: marks cannot be saved, {}. They are kept until Rounds is closed. {}",
            paths.shown(),
            self.reason,
            self.remedy
        ))
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                MAKE_ROOM
            }
            _ => HAVE_THE_RIGHT,
        };
        Self { reason: SafeText::of(format_args!("the system says: {}", reason(&error))), remedy }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

const MAKE_ROOM: &str = "Make room on the disk";
const HAVE_THE_RIGHT: &str = "Check that you have the right to write there";

/// What SQLite will not do now is a refusal. Everything else that it says of statements which are known to be right,
/// such as that there is no such table or that a number is a text, means that the file is damaged.
impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let (reason, remedy) = match error.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => return Self::Refused(Refusal::busy()),
            Some(ErrorCode::DiskFull) => ("the disk is full", MAKE_ROOM),
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::AuthorizationForStatementDenied,
            ) => return Self::Refused(Refusal::read_only()),
            Some(ErrorCode::CannotOpen) => ("it cannot be opened", HAVE_THE_RIGHT),
            Some(ErrorCode::SystemIoFailure) => (
                "the disk refuses to read or write it",
                "Check that there is room on the disk, and that it works",
            ),
            Some(ErrorCode::OutOfMemory) => ("there is too little memory", "Close other programs"),
            Some(ErrorCode::OperationInterrupted | ErrorCode::OperationAborted | ErrorCode::TooBig) => {
                ("the work on it was broken off", "Start Rounds again")
            }
            _ => return Self::Damaged,
        };
        Self::Refused(Refusal::new(reason, remedy))
    }
}
