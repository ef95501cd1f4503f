//! What the environment tells about browsers.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The facts that decide how links are opened.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// `$BROWSER`; empty when it is not set or not text.
    pub(super) browser: String,
    /// The directories that programs are looked for in.
    pub(super) path: Vec<PathBuf>,
    /// Whether the user sits at another machine.
    pub(super) over_ssh: bool,
    /// Whether windows can be shown: there is a display, or the system always has one.
    pub(super) shows_windows: bool,
}

impl Environment {
    pub(super) fn read(variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let any =
            |names: &[&str]| names.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()));
        let over_ssh = any(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]);
        let has_display = any(&["DISPLAY", "WAYLAND_DISPLAY"]);
        let has_windows = any(&["WSL_DISTRO_NAME", "WSL_INTEROP"]) || ALWAYS_SHOWS_WINDOWS;
        Self {
            browser: variable("BROWSER").and_then(|value| value.into_string().ok()).unwrap_or_default(),
            path: variable("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default(),
            over_ssh,
            shows_windows: has_display || (has_windows && !over_ssh),
        }
    }

    /// Whether there is a program of that name, or at that path.
    pub(super) fn has_program(&self, program: &str) -> bool {
        if Path::new(program).components().count() > 1 {
            return is_executable(Path::new(program));
        }
        self.path.iter().any(|directory| is_executable(&directory.join(program)))
    }
}

/// Whether this system has a desktop without saying so in the environment.
const ALWAYS_SHOWS_WINDOWS: bool =
    cfg!(any(windows, target_os = "macos", target_os = "ios", target_os = "android", target_os = "haiku"));

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}
