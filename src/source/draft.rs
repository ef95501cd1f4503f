//! Files that take the place of others whole or not at all.
//!
//! A draft lies in the folder where it will be, as only within one disk a file is put in its place in one step. Where the
//! system can do that, it has no name there until it is whole, so that a process that is killed leaves nothing behind: no
//! half of a bundle in a folder that is published, and no password. Elsewhere, and for the moment between its two last
//! steps, it has a name by which the next run knows and removes it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What the name of a draft has at its end; at its beginning it has a dot, so that it is no part of a published folder.
const ENDING: &str = ".rounds-draft";

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Its owner only.
    Private,
    /// All whom the user's mask does not exclude, as is usual.
    Usual,
}

impl Access {
    #[cfg(unix)]
    fn mode(self) -> u32 {
        match self {
            Self::Private => 0o600,
            Self::Usual => 0o666,
        }
    }
}

/// The right to begin and to finish drafts in a folder. No other process of Rounds has it meanwhile.
///
/// The folder itself is locked, so that no lock file lies about among the user's own. Where folders cannot be locked, as
/// on some network drives, two changes at the very same moment may still cost one of them.
#[derive(Debug)]
pub struct FolderLock {
    _folder: Option<File>,
}

impl FolderLock {
    /// Waits until no other process changes the folder of a file.
    pub fn beside(target: &Path) -> Self {
        let folder = File::open(folder_of(target)).ok();
        Self { _folder: folder.filter(|folder| folder.lock().is_ok()) }
    }
}

/// A file that will take the place of another, or be a new one. When it is dropped before that, nothing remains of it.
#[derive(Debug)]
pub struct Draft {
    file: File,
    /// Where it can be read.
    path: PathBuf,
    has_name: bool,
    target: PathBuf,
}

impl Draft {
    /// Begins a draft of the file `target`. What a process that was killed has left of another one is removed.
    ///
    /// # Errors
    ///
    /// When another process is writing one, or nothing can be written in that folder.
    pub fn of(target: &Path, access: Access, _lock: &FolderLock) -> io::Result<Self> {
        remove_leftover(&draft_path(target))?;
        let folder = folder_of(target);
        match nameless::open(folder, access) {
            Some((file, path)) => Ok(Self { file, path, has_name: false, target: target.to_owned() }),
            None => Self::named(target, access),
        }
    }

    /// A draft that has a name from its beginning. It is locked, so that it is no leftover as long as it is written.
    fn named(target: &Path, access: Access) -> io::Result<Self> {
        let path = draft_path(target);
        let mut options = File::options();
        options.create_new(true).read(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, access.mode());
        #[cfg(not(unix))]
        let _ = access;
        let file = options.open(&path)?;
        // Where files cannot be locked, the next run takes it for a leftover.
        let _ = file.try_lock();
        Ok(Self { file, path, has_name: true, target: target.to_owned() })
    }

    /// The file, to be written.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Where what has been written can be read by this process.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the draft in its place, when all of it is on the disk.
    ///
    /// # Errors
    ///
    /// When the system refuses; then what was in its place is still there.
    pub fn put(mut self, _lock: &FolderLock) -> io::Result<()> {
        self.file.sync_all()?;
        if !self.has_name {
            let path = draft_path(&self.target);
            remove_leftover(&path)?;
            nameless::name(&self.file, &path)?;
            (self.path, self.has_name) = (path, true);
        }
        fs::rename(&self.path, &self.target)?;
        self.has_name = false;
        // The new name outlasts a failing power supply once the folder is on the disk; where that cannot be asked for,
        // it will be there soon.
        if let Ok(folder) = File::open(folder_of(&self.target)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.has_name {
            // What cannot be removed now, the next run removes.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn draft_path(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(ENDING);
    folder_of(target).join(name)
}

/// Removes the draft of a process that was killed. One that is locked is still written.
fn remove_leftover(path: &Path) -> io::Result<()> {
    let Ok(file) = File::open(path) else { return Ok(()) };
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(io::Error::other("another Rounds is writing it")),
        Ok(()) | Err(fs::TryLockError::Error(_)) => fs::remove_file(path),
    }
}

/// Files without a name, which end with the process (`O_TMPFILE`, open(2)).
#[cfg(target_os = "linux")]
mod nameless {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd as _;
    use std::path::{Path, PathBuf};

    use rustix::fs::{AtFlags, CWD, Mode, OFlags};

    use super::Access;

    /// A new file in a folder, and where this process can read it; `None` where the disk has no such files.
    pub(super) fn open(folder: &Path, access: Access) -> Option<(File, PathBuf)> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(folder, flags, Mode::from_raw_mode(access.mode())).ok()?);
        let path = path_of(&file);
        // Without this it could neither be read back nor be given a name.
        path.exists().then_some((file, path))
    }

    /// Gives a file a name.
    pub(super) fn name(file: &File, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::linkat(CWD, path_of(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    }

    fn path_of(file: &File) -> PathBuf {
        format!("/proc/self/fd/{}", file.as_raw_fd()).into()
    }
}

/// Other systems have no files that can be given a name later.
#[cfg(not(target_os = "linux"))]
mod nameless {
    use std::fs::File;
    use std::io;
    use std::path::{Path, PathBuf};

    use super::Access;

    pub(super) fn open(_folder: &Path, _access: Access) -> Option<(File, PathBuf)> {
        None
    }

    pub(super) fn name(_file: &File, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The two ways in which drafts are kept.
    type Begin = fn(&Path) -> io::Result<Draft>;
    const WAYS: [Begin; 2] = [
        |target| Draft::of(target, Access::Usual, &FolderLock::beside(target)),
        |target| {
            remove_leftover(&draft_path(target))?;
            Draft::named(target, Access::Usual)
        },
    ];

    #[test]
    fn a_draft_takes_the_place_of_a_file_whole_and_leaves_nothing_beside_it() {
        for begin in WAYS {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("health.zip");
            for text in ["one", "two"] {
                let draft = begin(&target).unwrap();
                draft.file().write_all(text.as_bytes()).unwrap();
                assert_eq!(fs::read_to_string(draft.path()).unwrap(), text);
                assert_ne!(fs::read_to_string(&target).ok().as_deref(), Some(text), "it is not there yet");
                draft.put(&FolderLock::beside(&target)).unwrap();
                assert_eq!(fs::read_to_string(&target).unwrap(), text);
                assert_eq!(names(folder.path()), ["health.zip"]);
            }
            drop(begin(&target).unwrap());
            assert_eq!(names(folder.path()), ["health.zip"]);
            assert_eq!(fs::read_to_string(&target).unwrap(), "two");
        }
    }

    #[test]
    fn what_a_killed_process_has_left_is_removed_and_what_another_one_writes_is_not() {
        for begin in WAYS {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("config.toml");
            fs::write(folder.path().join(".config.toml.rounds-draft"), "a password").unwrap();
            drop(begin(&target).unwrap());
            assert!(names(folder.path()).is_empty());
            let other = Draft::named(&target, Access::Private).unwrap();
            assert_eq!(begin(&target).unwrap_err().to_string(), "another Rounds is writing it");
            assert_eq!(names(folder.path()), [".config.toml.rounds-draft"]);
            drop(other);
            assert!(names(folder.path()).is_empty() && begin(&target).is_ok());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_private_draft_can_be_read_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("config.toml");
        let drafts = [
            Draft::of(&target, Access::Private, &FolderLock::beside(&target)),
            Draft::named(&target, Access::Private),
        ];
        for draft in drafts {
            let mode = draft.unwrap().file().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
