//! Copying to the clipboard of the person at the keyboard.
//!
//! On a desktop a program of the desktop takes the text, and inside tmux tmux does: both say whether they have it. Over
//! SSH, and where no such program is installed, the terminal is asked by OSC 52. Many terminals do not know that sequence
//! or have it switched off, and none answers, so Rounds says that it has asked, not that it has copied.

mod program;
mod sequence;

pub use sequence::CopyError;

use std::ffi::OsString;
use std::io::Write;

use super::programs::SearchPath;
use program::Program;
use sequence::Envelope;

/// Knows how a text is copied here. That is decided once, when Rounds starts.
#[derive(Debug, Clone)]
pub struct Clipboard {
    programs: Vec<Program>,
    envelope: Envelope,
}

impl Clipboard {
    /// Looks at what sort of session this is, and at what is installed.
    pub fn from_environment() -> Self {
        Self::read(&|name| std::env::var_os(name))
    }

    fn read(variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let over_ssh = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(is_set);
        let wanted: Vec<Program> = if is_set("TMUX") {
            vec![Program::TMUX]
        } else if over_ssh || is_set("STY") {
            Vec::new()
        } else if cfg!(target_os = "macos") {
            vec![Program::PBCOPY]
        } else {
            let wayland = is_set("WAYLAND_DISPLAY").then_some(Program::WL_COPY);
            let x11 = is_set("DISPLAY").then_some([Program::XCLIP, Program::XSEL]);
            wayland.into_iter().chain(x11.into_iter().flatten()).collect()
        };
        let path = SearchPath::new(variable("PATH"));
        Self {
            programs: wanted.into_iter().filter(|program| path.has(program.name)).collect(),
            envelope: if is_set("STY") && !is_set("TMUX") { Envelope::Screen } else { Envelope::None },
        }
    }

    /// Whether there is a program that takes a text. It may be slow, so it is not for the thread that draws.
    pub fn has_programs(&self) -> bool {
        !self.programs.is_empty()
    }

    /// Gives a text to the first program that takes it. Says whether one did.
    pub fn give(&self, text: &str) -> bool {
        self.programs.iter().any(|program| program.take(text))
    }

    /// Asks the terminal behind `writer` to put a text on its clipboard.
    ///
    /// # Errors
    ///
    /// [`CopyError::TooLong`] for a text that terminals would cut or drop, of which nothing is written; otherwise what
    /// writing reports.
    pub fn ask(&self, writer: &mut impl Write, text: &str) -> Result<(), CopyError> {
        sequence::ask(writer, text, self.envelope)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// How a text is copied where these programs are installed and these variables are set.
    fn clipboard(installed: &[&str], variables: &[(&str, &str)]) -> (Vec<&'static str>, Envelope) {
        let directory = tempfile::tempdir().unwrap();
        for program in installed {
            let path = directory.path().join(program);
            fs::write(&path, "#!/bin/sh\n").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let clipboard = Clipboard::read(&|name| match name {
            "PATH" => Some(directory.path().into()),
            _ => variables.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value)),
        });
        (clipboard.programs.iter().map(|program| program.name).collect(), clipboard.envelope)
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn a_text_goes_to_whoever_reaches_the_clipboard_of_the_person_at_the_keyboard() {
        const ALL: [&str; 4] = ["tmux", "wl-copy", "xclip", "xsel"];
        const X11: (&str, &str) = ("DISPLAY", ":0");
        const WAYLAND: (&str, &str) = ("WAYLAND_DISPLAY", "wayland-0");
        const SSH: (&str, &str) = ("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22");
        const TMUX: (&str, &str) = ("TMUX", "/tmp/tmux-0/default,1,0");
        const SCREEN: (&str, &str) = ("STY", "1.pts-0.host");
        type Variables = &'static [(&'static str, &'static str)];
        let table: [(&[&str], Variables, &[&str], Envelope); 9] = [
            (&ALL, &[X11], &["xclip", "xsel"], Envelope::None),
            (&["xsel"], &[X11], &["xsel"], Envelope::None),
            (&ALL, &[WAYLAND, X11], &["wl-copy", "xclip", "xsel"], Envelope::None),
            (&ALL, &[X11, SSH], &[], Envelope::None),
            (&ALL, &[TMUX, SSH], &["tmux"], Envelope::None),
            (&ALL, &[TMUX, X11], &["tmux"], Envelope::None),
            (&[], &[TMUX], &[], Envelope::None),
            (&ALL, &[SCREEN, X11], &[], Envelope::Screen),
            (&ALL, &[], &[], Envelope::None),
        ];
        for (installed, variables, programs, envelope) in table {
            assert_eq!(clipboard(installed, variables), (programs.to_vec(), envelope), "{variables:?}");
        }
    }
}
