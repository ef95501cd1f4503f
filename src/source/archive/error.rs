//! Why an archive cannot be read, or not to its end.

use std::fmt;
use std::io;

use crate::item::{Problem, SafeText};
use crate::source::error::reason;
use crate::source::limits::Exceeded;
use crate::source::signature::SignatureError;

/// Why an archive cannot be read, or not to its end: the reason, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is nothing in the file.
    #[error("it is empty. Get it again; if that does not help, tell its publisher")]
    Empty,
    /// It is HTML, as a network sends that wants somebody to log in first.
    #[error(
        "it is a web page and not a bundle. Where a network asks for a log-in, the log-in page comes in place of what \
         was wanted: open a browser, log in, and get the bundle again"
    )]
    WebPage,
    /// It is a feed of news.
    #[error(
        "it is a feed (RSS or Atom), which Rounds does not read. Ask its publisher for a bundle of the items"
    )]
    Feed,
    /// It is an archive, but of a kind that is not read.
    #[error("it is {0}, which Rounds does not read. Ask for a .zip, .tar.gz, .tar.zst or .tar.xz")]
    OtherKind(&'static str),
    /// It is no archive at all.
    #[error(
        "it is not an archive that Rounds knows, which are .zip, .tar, .tar.gz, .tar.zst and .tar.xz. Check that it is \
         the right one, or ask its publisher"
    )]
    NoArchive,
    /// It is not the whole of an archive.
    #[error(
        "it is one part of an archive that was split. Put the parts together into one file, or ask for it in one piece"
    )]
    Part,
    /// It is compressed as a tar file would be, but what is in it is no tar file.
    #[error(
        "it is compressed, but there is no tar file in it. A bundle is a .tar.gz, .tar.zst, .tar.xz or .zip of items"
    )]
    NoTarInside,
    /// It ends before its end.
    #[error("it is cut off. Get it again; if that does not help, tell its publisher")]
    CutOff,
    /// Something in it cannot be right.
    #[error("it is damaged ({0}). Get it again; if that does not help, tell its publisher")]
    Damaged(SafeText),
    /// It goes beyond one of the limits.
    #[error("{0}")]
    Limit(Exceeded),
    /// It is read, but nothing in it is an item.
    #[error("there are no items in it, which are files whose names end in .md or .html. Tell its publisher")]
    NoItems,
    /// What is in it was left out: the first path and why.
    #[error("no item in it could be read. {path}: {reason}")]
    NoneRead {
        /// The path, as it may be shown.
        path: SafeText,
        /// Why, and what to do, without a full stop.
        reason: SafeText,
    },
    /// It should be signed, and no signature lies beside it.
    #[error(
        "its signature is not there, which should lie beside it as {0}. Get it from where the bundle comes from"
    )]
    Unsigned(SafeText),
    /// It is not believed to come from whoever should have signed it.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It is the copy of a bundle from elsewhere, and is not there any more.
    #[error("the copy of it on this machine has gone. Fetch it again")]
    CopyGone,
    /// The system does not let it be read.
    #[error("it could not be read ({}). Check that you have the right to read it", reason(.0))]
    Unreadable(io::Error),
}

impl ArchiveError {
    /// What is in the archive was left out, such as what is at a path.
    pub(super) fn none_read(path: &str, problem: &Problem) -> Self {
        let reason = SafeText::new(problem.message.trim_end_matches('.'));
        Self::NoneRead { path: SafeText::new(path), reason }
    }

    /// Something in the archive cannot be right.
    pub(super) fn damaged(what: impl fmt::Display) -> Self {
        Self::Damaged(SafeText::of(what))
    }
}

/// The archive's own errors travel through readers as [`io::Error`]s, and are found again here.
impl From<io::Error> for ArchiveError {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Self>) {
            let inner = error.into_inner().and_then(|inner| inner.downcast::<Self>().ok());
            return inner.map_or(Self::CutOff, |inner| *inner);
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::CutOff,
            // What the system says has a number; what a decoder says has none.
            _ if error.raw_os_error().is_some() => Self::Unreadable(error),
            _ => Self::damaged(&error),
        }
    }
}

impl From<ArchiveError> for io::Error {
    fn from(error: ArchiveError) -> Self {
        Self::other(error)
    }
}
