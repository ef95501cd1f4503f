//! The file of the configuration: read within bounds; replaced whole, by one process at a time, or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::notices::line_of;
use crate::source::draft::{Access, Draft, FolderLock};

/// The most bytes of a configuration that are read.
pub const LARGEST_FILE: u64 = 1_000_000;

/// How many links in a row are followed, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// Reads the file; `None` where there is none.
pub fn read(path: &Path) -> Result<Option<String>, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable { path: path.to_owned(), error };
    // To open a named pipe could wait for ever.
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() => return Err(ConfigError::NotAFile { path: path.to_owned() }),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    let read = file.take(LARGEST_FILE.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(read).is_ok_and(|read| read > LARGEST_FILE) {
        return Err(ConfigError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
        ConfigError::NotText { path: path.to_owned(), line }
    })
}

/// Replaces the file by what `edit` makes of its text. Until that is done, no other Rounds changes the file; whoever
/// reads it sees it as it was or as it will be. When `edit` gives `None`, nothing is written.
pub fn update(
    path: &Path,
    edit: impl FnOnce(&str) -> Result<Option<String>, ConfigError>,
) -> Result<bool, ConfigError> {
    let unwritable = |error| ConfigError::Unwritable { path: path.to_owned(), error };
    let target = followed(path).map_err(unwritable)?;
    let folder = target.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).map_err(unwritable)?;
    let lock = FolderLock::beside(&target);
    let Some(text) = edit(&read(path)?.unwrap_or_default())? else { return Ok(false) };
    let permissions = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(ConfigError::ReadOnly { path: path.to_owned() });
    }
    replace(&target, permissions, &text, &lock).map_err(unwritable)?;
    Ok(true)
}

/// Puts a draft in the file's place.
fn replace(target: &Path, permissions: Option<Permissions>, text: &str, lock: &FolderLock) -> io::Result<()> {
    // There may be a password in an address.
    let draft = Draft::of(target, Access::Private, lock)?;
    if let Some(permissions) = permissions {
        draft.file().set_permissions(permissions)?;
    }
    draft.file().write_all(text.as_bytes())?;
    draft.put(lock)
}

/// The file that a path leads to by its links, even when it is not there yet. A link stays a link.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("/")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its links lead back to themselves"))
}
