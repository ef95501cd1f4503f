//! The names of what can be wrong with a file before anything of it can be read.

use crate::item::ProblemCode;

/// The file could not be opened or read.
pub(super) const FILE_UNREADABLE: &str = "file-unreadable";
/// Reading the file failed.
pub(super) const FILE_NOT_UNDERSTOOD: &str = "file-not-understood";
/// The file is larger than the limit.
pub(super) const FILE_TOO_LARGE: &str = "file-too-large";
/// The file is named like an item and is compressed.
pub(super) const FILE_COMPRESSED: &str = "file-compressed";
/// An archive lies in a folder; what is in it was not read.
pub const ARCHIVE_INSIDE: &str = "archive-inside";
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
/// The path of an entry has a NUL in it; it was left out.
pub(super) const ENTRY_PATH_NUL: &str = "entry-path-nul";
/// The path of an entry is absolute; it was left out.
pub(super) const ENTRY_PATH_ABSOLUTE: &str = "entry-path-absolute";
/// The path of an entry leads out of the archive; it was left out.
pub(super) const ENTRY_PATH_OUTSIDE: &str = "entry-path-outside";
/// The path of an entry is longer than the limit; it was left out.
pub(super) const ENTRY_PATH_TOO_LONG: &str = "entry-path-too-long";
/// The path of an entry has more parts than the limit; it was left out.
pub(super) const ENTRY_PATH_TOO_DEEP: &str = "entry-path-too-deep";
/// An entry is a link; it was not followed.
pub(super) const ENTRY_LINK: &str = "entry-link";
/// An entry is not a file; it was left out.
pub(super) const ENTRY_SPECIAL: &str = "entry-special";
/// An entry is a sparse file; it was left out.
pub(super) const ENTRY_SPARSE: &str = "entry-sparse";
/// An entry is encrypted; it was left out.
pub(super) const ENTRY_ENCRYPTED: &str = "entry-encrypted";
/// An entry is compressed in a way that is not read; it was left out.
pub(super) const ENTRY_COMPRESSION: &str = "entry-compression";
/// An entry is larger than the limit; it was left out.
pub(super) const ENTRY_TOO_LARGE: &str = "entry-too-large";
/// More entries were left out than are named.
pub(super) const ENTRIES_REFUSED: &str = "entries-refused";
/// The bundle.yaml could not be read.
pub(super) const BUNDLE_YAML_INVALID: &str = "bundle-yaml-invalid";

/// Every code that a source adds to those of the items, with its meaning.
pub const PROBLEM_CODES: &[ProblemCode] = &[
    ProblemCode { code: FILE_UNREADABLE, meaning: "The file could not be read." },
    ProblemCode { code: FILE_NOT_UNDERSTOOD, meaning: "Reading the file failed." },
    ProblemCode {
        code: FILE_TOO_LARGE,
        meaning: "The file is larger than the limit; its beginning was read.",
    },
    ProblemCode {
        code: FILE_COMPRESSED,
        meaning: "What is named like an item is compressed; nothing of it was read.",
    },
    ProblemCode {
        code: ARCHIVE_INSIDE,
        meaning: "An archive lies in the folder; what is in it was not read.",
    },
    ProblemCode { code: NOT_A_FILE, meaning: "What is named like an item is not a file; it was not opened." },
    ProblemCode { code: LINK_OUTSIDE, meaning: "A link leads out of the source; it was not followed." },
    ProblemCode { code: LINK_BROKEN, meaning: "A link leads nowhere." },
    ProblemCode {
        code: LINK_TO_FOLDER,
        meaning: "A link leads to a folder; only links to files are followed.",
    },
    ProblemCode { code: FOLDER_UNREADABLE, meaning: "A folder could not be read; items in it are missing." },
    ProblemCode { code: ENTRY_PATH_NUL, meaning: "The path of an entry has a NUL in it; it was left out." },
    ProblemCode { code: ENTRY_PATH_ABSOLUTE, meaning: "The path of an entry is absolute; it was left out." },
    ProblemCode {
        code: ENTRY_PATH_OUTSIDE,
        meaning: "The path of an entry leads out of the archive; it was left out.",
    },
    ProblemCode {
        code: ENTRY_PATH_TOO_LONG,
        meaning: "The path of an entry is longer than the limit; it was left out.",
    },
    ProblemCode {
        code: ENTRY_PATH_TOO_DEEP,
        meaning: "The path of an entry has more parts than the limit; it was left out.",
    },
    ProblemCode { code: ENTRY_LINK, meaning: "An entry is a link; it was not followed." },
    ProblemCode { code: ENTRY_SPECIAL, meaning: "An entry is not a file; it was left out." },
    ProblemCode { code: ENTRY_SPARSE, meaning: "An entry is a sparse file; it was left out." },
    ProblemCode { code: ENTRY_ENCRYPTED, meaning: "An entry is encrypted; it was left out." },
    ProblemCode {
        code: ENTRY_COMPRESSION,
        meaning: "An entry is compressed in a way that is not read; it was left out.",
    },
    ProblemCode { code: ENTRY_TOO_LARGE, meaning: "An entry is larger than the limit; it was left out." },
    ProblemCode { code: ENTRIES_REFUSED, meaning: "More entries were left out than are named." },
    ProblemCode { code: BUNDLE_YAML_INVALID, meaning: "The bundle.yaml could not be read." },
];
