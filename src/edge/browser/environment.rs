//! What the environment tells about browsers.

use std::ffi::OsString;

use super::command_line::{CommandLine, IN_WINDOWS};
use crate::edge::programs::SearchPath;

/// The facts that decide how links are opened.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// `$BROWSER`; empty when it is not set or not text.
    pub(super) browser: String,
    /// Where programs are looked for.
    pub(super) path: SearchPath,
    /// Whether the user sits at another machine.
    pub(super) over_ssh: bool,
    /// Whether windows can be shown: there is a display, or the system always has one.
    pub(super) shows_windows: bool,
    /// Whether it is a display and no more: no desktop that knows the user's browser.
    has_display_only: bool,
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
            path: SearchPath::new(variable("PATH")),
            over_ssh,
            shows_windows: has_display || (has_windows && !over_ssh),
            has_display_only: has_display && !has_windows && !any(&["XDG_CURRENT_DESKTOP"]),
        }
    }

    /// Whether nothing here is known to open a page in a window.
    pub(super) fn is_bare(&self) -> bool {
        let draws_in_window = |program: &&str| {
            let file = self.path.find(program);
            file.is_some_and(|file| !CommandLine::of_program(program).draws_in_terminal(&file, true))
        };
        self.has_display_only && !IN_WINDOWS.iter().any(draws_in_window)
    }
}

/// Whether this system has a desktop without saying so in the environment.
const ALWAYS_SHOWS_WINDOWS: bool =
    cfg!(any(windows, target_os = "macos", target_os = "ios", target_os = "android", target_os = "haiku"));
