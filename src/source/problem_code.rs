//! The names of what can be wrong with a file before anything of it can be read.

use crate::item::ProblemCode;

/// The file could not be opened or read.
pub(super) const FILE_UNREADABLE: &str = "file-unreadable";
/// The file made the reading of it fail.
pub(super) const FILE_NOT_UNDERSTOOD: &str = "file-not-understood";
/// The file is larger than the limit.
pub(super) const FILE_TOO_LARGE: &str = "file-too-large";
/// It is named like an item and is no file.
pub(super) const NOT_A_FILE: &str = "not-a-file";
/// A link leads out of the source.
pub(super) const LINK_OUTSIDE: &str = "link-outside";
/// A link leads nowhere.
pub(super) const LINK_BROKEN: &str = "link-broken";
/// A link leads to a folder.
pub(super) const LINK_TO_FOLDER: &str = "link-to-folder";
/// A folder could not be looked into.
pub(super) const FOLDER_UNREADABLE: &str = "folder-unreadable";

/// Every code that a source adds to those of the items, with its meaning.
pub const PROBLEM_CODES: &[ProblemCode] = &[
    ProblemCode { code: FILE_UNREADABLE, meaning: "The file could not be read." },
    ProblemCode { code: FILE_NOT_UNDERSTOOD, meaning: "The file made the reading of it fail." },
    ProblemCode {
        code: FILE_TOO_LARGE,
        meaning: "The file is larger than the limit; its beginning was read.",
    },
    ProblemCode { code: NOT_A_FILE, meaning: "What is named like an item is no file; it was not opened." },
    ProblemCode { code: LINK_OUTSIDE, meaning: "A link leads out of the source; it was not followed." },
    ProblemCode { code: LINK_BROKEN, meaning: "A link leads nowhere." },
    ProblemCode {
        code: LINK_TO_FOLDER,
        meaning: "A link leads to a folder; only links to files are followed.",
    },
    ProblemCode { code: FOLDER_UNREADABLE, meaning: "A folder could not be read; items in it are missing." },
];
