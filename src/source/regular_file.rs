//! Files that Rounds keeps for itself and that must be regular ones: a named pipe in their place would be waited for
//! without end.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a file that has at most so many bytes.
///
/// # Errors
///
/// When it cannot be read, is larger, or is no regular file.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    refuse_special(&fs::metadata(path)?)?;
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= most) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

/// Opens a file to be locked, which is made where there is none.
///
/// # Errors
///
/// When it cannot be opened or made, or is no regular file.
pub fn to_lock(path: &Path) -> io::Result<File> {
    match fs::metadata(path) {
        Ok(metadata) => refuse_special(&metadata)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    File::options().create(true).truncate(false).write(true).open(path)
}

fn refuse_special(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else {
        Err(io::Error::other("there is something there that is not a regular file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_sane_size_is_read_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page");
        fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert!(read(folder.path(), 4).is_err());
        assert!(to_lock(folder.path()).is_err() && to_lock(&path).is_ok());
        assert_eq!(fs::read(&path).unwrap(), b"four", "to lock it changes nothing");
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(read(&path, 4).is_err() && to_lock(&path).is_err());
    }
}
