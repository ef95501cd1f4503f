//! What a person names when they say what to read.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::archive::{is_archive, is_of_other_kind, is_part};
use super::error::SourceError;
use super::item_file::is_item_name;
use crate::item::SafeText;

/// A place to read items from, as it was named on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Location {
    /// The sample feed that is built into the program.
    #[default]
    Sample,
    /// A directory, with all that lies below it.
    Directory(PathBuf),
    /// One item file.
    File(PathBuf),
    /// An archive of items.
    Archive(PathBuf),
    /// A folder in an archive of items.
    Part {
        /// The archive.
        archive: PathBuf,
        /// The folder in it, or in the one folder at its top, with `/` between the parts.
        folder: String,
    },
}

/// What stands before the folder that is chosen in a location, as in `~/site#path=content/post`.
const FOLDER: &str = "#path=";

/// A path with a folder chosen behind it, taken apart. `None` where there is none, and where a file is really called so.
pub fn chosen_folder(path: &Path) -> Option<(PathBuf, String)> {
    let (place, folder) = path.to_str()?.rsplit_once(FOLDER)?;
    let folder = clean_folder(folder)?;
    (!path.exists()).then(|| (PathBuf::from(place), folder))
}

/// A folder in a source in the form that paths of items have; `None` for one that leads elsewhere, or names nothing.
pub fn clean_folder(folder: &str) -> Option<String> {
    let parts: Vec<&str> = folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

impl Location {
    /// The file or folder on this machine that has to be there for it; `None` for the sample.
    pub fn place(&self) -> Option<&Path> {
        match self {
            Self::Sample => None,
            Self::Directory(path)
            | Self::File(path)
            | Self::Archive(path)
            | Self::Part { archive: path, .. } => Some(path),
        }
    }

    /// Finds out what a source named on the command line is.
    ///
    /// # Errors
    ///
    /// When there is nothing of this name, or it is nothing that Rounds can open.
    pub fn parse(argument: &OsStr) -> Result<Self, SourceError> {
        let path = Path::new(argument);
        if let Some(address) = web_address(argument) {
            return Err(SourceError::Address { address });
        }
        if let Some((place, folder)) = chosen_folder(path) {
            return match Self::parse(place.as_os_str())? {
                Self::Archive(archive) => Ok(Self::Part { archive, folder }),
                _ => Self::parse(place.join(folder).as_os_str()),
            };
        }
        let metadata = fs::metadata(path).map_err(|error| SourceError::unreadable(path.to_owned(), error))?;
        let path = path.to_owned();
        if metadata.is_dir() {
            Ok(Self::Directory(path))
        } else if !metadata.is_file() {
            Err(SourceError::Special { path })
        } else if is_archive(&path) {
            Ok(Self::Archive(path))
        } else if is_item_name(path.file_name().unwrap_or_default()) {
            Ok(Self::File(path))
        } else if is_archive_name(&path) || is_part(&path) || is_of_other_kind(&path) {
            // To open it tells what is the matter with it.
            Ok(Self::Archive(path))
        } else {
            Err(SourceError::NotAnItem { path })
        }
    }
}

/// The argument without a password, when it is the address of something on the web.
fn web_address(argument: &OsStr) -> Option<SafeText> {
    let (scheme, rest) = argument.to_str()?.split_once("://")?;
    let of_the_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    // What stands before the last @ may be a password, or most of one.
    let shown = rest.rsplit('@').next().unwrap_or_default();
    of_the_web.then(|| SafeText::of(format_args!("{scheme}://{shown}")))
}

/// Whether a file is named like an archive.
pub(super) fn is_archive_name(path: &Path) -> bool {
    const ARCHIVES: [&str; 19] = [
        "zip", "tar", "gz", "tgz", "zst", "tzst", "xz", "txz", "bz2", "tbz2", "7z", "rar", "lz4", "lz",
        "tlz", "lzma", "zz", "z", "cab",
    ];
    path.extension().is_some_and(|found| ARCHIVES.iter().any(|known| found.eq_ignore_ascii_case(known)))
}
