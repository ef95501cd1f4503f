//! Why the configuration cannot be read or changed, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::LARGEST_FILE;
use crate::item::{ByteCount, SafeText};
use crate::source::reason;

/// Why the configuration cannot be read or changed. Each names the file, the reason and what to do, and nothing has
/// been changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// There is no place for it.
    #[error("there is no home directory to keep the configuration in. Set HOME, and try again")]
    NoHome,
    /// It may not be read.
    #[error(
        "{}: it could not be read ({}). Check that you have the right to read it",
        shown(path),
        reason(error)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// It is a folder, a pipe or a device.
    #[error("{}: the configuration must be a file. Move what is there out of the way", shown(path))]
    NotAFile {
        /// What is there.
        path: PathBuf,
    },
    /// Nobody writes a configuration of this size.
    #[error(
        "{}: it is larger than {}, so it is not a configuration and nothing in it is used. Move it out of the way",
        shown(path),
        ByteCount(LARGEST_FILE)
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is not UTF-8.
    #[error(
        "{}, line {line}: this is not text in UTF-8, so nothing in the file is used. Save it as UTF-8",
        shown(path)
    )]
    NotText {
        /// The file.
        path: PathBuf,
        /// The first line that is not, from 1.
        line: usize,
    },
    /// It is not TOML.
    #[error(
        "{}{}: {problem}. Until it is fixed in an editor, nothing in the file is used or changed",
        shown(path),
        line.map(|line| format!(", line {line}")).unwrap_or_default()
    )]
    NotToml {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where it is a matter of one line.
        line: Option<usize>,
        /// What is the matter there.
        problem: SafeText,
    },
    /// It is protected.
    #[error(
        "{}: it is read-only, so it was left as it is. Make it writable, or change it yourself",
        shown(path)
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// It, or its folder, may not be written.
    #[error(
        "{}: it could not be written ({}), so it was left as it is. Check that you have the right to write \
         in its folder, and that there is room",
        shown(path),
        reason(error)
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The sources are written in a way that cannot be changed without touching what else is on their lines.
    #[error(
        "{}: its sources are written in a way that Rounds cannot change without changing other lines. \
         Do it in an editor: {what}",
        shown(path)
    )]
    Entangled {
        /// The file.
        path: PathBuf,
        /// What to do there.
        what: SafeText,
    },
}

impl ConfigError {
    /// The error as a sentence.
    pub fn sentence(&self) -> SafeText {
        SafeText::new(&format!("{self}."))
    }
}

/// A path as it may be shown.
fn shown(path: &Path) -> SafeText {
    SafeText::new(&path.to_string_lossy())
}
