//! Other programs: which there are, and how they are started so that they outlive Rounds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The directories that programs are looked for in.
#[derive(Debug, Clone, Default)]
pub struct SearchPath(Vec<PathBuf>);

impl SearchPath {
    /// The directories that `$PATH` names.
    pub fn new(path: Option<OsString>) -> Self {
        Self(path.map(|path| std::env::split_paths(&path).collect()).unwrap_or_default())
    }

    /// Whether there is a program of that name, or at that path.
    pub fn has(&self, program: &str) -> bool {
        self.find(program).is_some()
    }

    /// The file of a program of that name, or at that path.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        if Path::new(program).components().count() > 1 {
            return Some(PathBuf::from(program)).filter(|path| is_executable(path));
        }
        self.0.iter().map(|directory| directory.join(program)).find(|path| is_executable(path))
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

/// Has a program started so that neither `^C` in the terminal nor the end of Rounds ends it.
#[cfg(unix)]
pub fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Has a program started so that neither `^C` in the terminal nor the end of Rounds ends it.
#[cfg(windows)]
pub fn detach(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    // CREATE_NEW_PROCESS_GROUP and CREATE_NO_WINDOW, as winbase.h has them.
    command.creation_flags(0x0000_0200 | 0x0800_0000);
}

/// Has a program started so that neither `^C` in the terminal nor the end of Rounds ends it.
#[cfg(not(any(unix, windows)))]
pub fn detach(_command: &mut Command) {}
