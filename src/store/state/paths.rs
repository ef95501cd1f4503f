//! The names of the state file and of the files beside it.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::item::SafeText;

/// How many damaged files of one second can be told apart by name.
const ASIDE_MAX: u32 = 10_000;

/// The names of the state file and of the files beside it.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    database: PathBuf,
}

impl Paths {
    /// The names for a state file. A link to one is followed, because SQLite does so and puts its other files
    /// beside what the link leads to.
    pub(super) fn new(path: &Path) -> Self {
        Self { database: fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) }
    }

    /// The state file itself.
    pub(super) fn database(&self) -> &Path {
        &self.database
    }

    /// SQLite's write-ahead log: what has been written and is not in the file yet.
    pub(super) fn log(&self) -> PathBuf {
        self.beside("-wal")
    }

    /// What several processes that use the log share.
    pub(super) fn shared_memory(&self) -> PathBuf {
        self.beside("-shm")
    }

    /// The file by whose lock rescuing is kept apart from writing.
    pub(super) fn lock(&self) -> PathBuf {
        self.beside(".lock")
    }

    /// A new file that is being filled with what could be read from a damaged one.
    pub(super) fn unfinished_rescue(&self) -> PathBuf {
        self.beside(".rescuing")
    }

    /// A new file that holds all that could be read from a damaged one.
    pub(super) fn finished_rescue(&self) -> PathBuf {
        self.beside(".rescued")
    }

    /// A name for the damaged file that no file has yet, nor its log.
    pub(super) fn damaged(&self, now: Timestamp) -> io::Result<Self> {
        let stamp = now.strftime("%Y%m%d-%H%M%S");
        let first = self.beside(&format!(".damaged-{stamp}"));
        let more = (2..ASIDE_MAX).map(|number| self.beside(&format!(".damaged-{stamp}-{number}")));
        for database in std::iter::once(first).chain(more) {
            let names = Self { database };
            let all = [names.database.clone(), names.log(), names.shared_memory()];
            if all.iter().all(
                |name| matches!(fs::symlink_metadata(name), Err(e) if e.kind() == io::ErrorKind::NotFound),
            ) {
                return Ok(names);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// The state file as it may be shown.
    pub(super) fn shown(&self) -> SafeText {
        SafeText::new(&self.database.to_string_lossy())
    }

    /// The name of the state file without its folders, as it may be shown.
    pub(super) fn shown_name(&self) -> SafeText {
        SafeText::new(&self.database.file_name().unwrap_or(OsStr::new("")).to_string_lossy())
    }

    /// Makes the folder of the state file, for its owner alone: what someone reads is nobody else's business.
    pub(super) fn make_folder(&self) -> io::Result<()> {
        let Some(folder) = self.database.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
            return Ok(());
        };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    /// Has the system put on the disk which files are in the folder. Not every system can; then it does so itself
    /// some seconds later.
    pub(super) fn sync_folder(&self) {
        let folder = self.database.parent().unwrap_or(Path::new("."));
        if let Ok(folder) = fs::File::open(folder) {
            folder.sync_all().unwrap_or_default();
        }
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.database.as_os_str().to_owned();
        name.push(suffix);
        name.into()
    }
}

/// By what a file is known to be the same file, whatever its name. `None` where the system does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = fs::metadata(path).ok()?;
        Some(Self { device: metadata.dev(), inode: metadata.ino() })
    }

    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<Self> {
        // An open file cannot be renamed there, so that whoever has it open has the one of that name.
        fs::metadata(path).is_ok().then_some(Self {})
    }
}
