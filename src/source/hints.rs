//! What the place of an item file tells of its item, for want of better.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::item::{DateSource, ItemFile, Topic};

/// Folders in which version control keeps what it knows. The files around them have the time at which they were written to
/// this disk, all the same one, which tells nothing of the items.
const VERSION_CONTROL: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// Before this, a time in an archive is what programs write for "none": 1980 is where zip files begin, and 1970 where Unix does.
const EARLIEST: Timestamp = Timestamp::constant(347_155_200, 0);
/// How far ahead of the clock a time of a file may be and still be one.
const LEEWAY: SignedDuration = SignedDuration::from_hours(24);

/// What the place of an item file tells of its item, for want of better.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints {
    /// Where in its path the folders begin that name its topic, if they do.
    pub(super) folders_from: Option<usize>,
    /// When its file was last changed.
    pub(super) time: FileTime,
}

/// When a file was last changed, if that tells when its item is from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum FileTime {
    /// It is not known, or tells nothing.
    #[default]
    Unknown,
    /// The file system knows.
    OnDisk,
    /// The archive says so.
    At(DateTime),
}

impl FileTime {
    /// What the file system says of files in a folder, which says nothing where they came from version control.
    pub(super) fn of_files_in(folder: &Path) -> Self {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let is_under_control = |folder: &Path| VERSION_CONTROL.iter().any(|name| folder.join(name).exists());
        if real.ancestors().any(is_under_control) { Self::Unknown } else { Self::OnDisk }
    }
}

impl Hints {
    /// Gives an item what it does not have itself. `metadata` is what the file system says of its file, where it has one.
    pub(super) fn complete(self, file: &mut ItemFile, metadata: Option<&Metadata>) {
        let item = &mut file.item;
        if item.topics.is_empty()
            && let Some(folders) = self.folders_from.and_then(|from| item.path.get(from..))
        {
            item.topics.extend(Topic::of_folders(folders));
        }
        let time = match self.time {
            FileTime::Unknown => None,
            FileTime::OnDisk => metadata.and_then(|metadata| metadata.modified().ok()).and_then(of_system),
            FileTime::At(time) => Some(time),
        };
        if item.date.is_none()
            && let Some(time) = time
        {
            (item.date, item.date_source) = (Some(time), DateSource::File);
        }
    }
}

fn of_system(time: SystemTime) -> Option<DateTime> {
    here(Timestamp::try_from(time).ok()?)
}

/// The time of a file, by the clock on the wall here, if it can be one.
pub(super) fn here(time: Timestamp) -> Option<DateTime> {
    let is_past = Timestamp::now().checked_add(LEEWAY).is_ok_and(|latest| time <= latest);
    (time >= EARLIEST && is_past).then(|| time.to_zoned(TimeZone::system()).datetime())
}

/// Whether a text is what names a commit, as git writes it into the archives that it makes. All their files have its time.
pub(super) fn is_commit(text: &[u8]) -> bool {
    matches!(text.len(), 40 | 64) && text.iter().all(u8::is_ascii_hexdigit)
}
