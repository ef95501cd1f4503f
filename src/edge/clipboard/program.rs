//! Programs that take a text for a clipboard.

use std::io::{self, Write as _};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

use crate::edge::programs::detach;

/// How long a program may take to take a text.
const PATIENCE: Duration = Duration::from_secs(2);

/// A program that takes a text for a clipboard from its standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Program {
    /// What it is called.
    pub name: &'static str,
    arguments: &'static [&'static str],
}

impl Program {
    /// Puts the text into tmux's own buffer and passes it on to the terminal around it, also where tmux does not pass on
    /// what programs inside ask for, which is its default.
    pub const TMUX: Self = Self { name: "tmux", arguments: &["load-buffer", "-w", "-"] };
    /// For Wayland.
    pub const WL_COPY: Self = Self { name: "wl-copy", arguments: &[] };
    /// For X11.
    pub const XCLIP: Self = Self { name: "xclip", arguments: &["-in", "-selection", "clipboard"] };
    /// For X11.
    pub const XSEL: Self = Self { name: "xsel", arguments: &["--input", "--clipboard"] };
    /// For macOS.
    pub const PBCOPY: Self = Self { name: "pbcopy", arguments: &[] };

    /// Gives it a text. Says whether it took the text in time.
    pub fn take(&self, text: &str) -> bool {
        let (program, text) = (*self, text.to_owned());
        let (ended, outcome) = bounded(1);
        // The thread stays with a program that takes longer, so that its end leaves no zombie.
        let feeding = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
            let _late = ended.send(program.feed(&text));
        });
        let outcome = feeding.map(|_| outcome.recv_timeout(PATIENCE));
        let taken = matches!(&outcome, Ok(Ok(Ok(status))) if status.success());
        tracing::info!(program = self.name, taken, "gave a text to a program for the clipboard");
        taken
    }

    /// Runs it. What it prints is dropped; those for X11 and Wayland stay in the background for as long as the clipboard
    /// has the text, so neither `^C` nor the end of Rounds ends them.
    fn feed(self, text: &str) -> io::Result<ExitStatus> {
        let mut command = Command::new(self.name);
        command.args(self.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        detach(&mut command);
        let mut child = command.spawn()?;
        // Standard input is closed at the end of this line, which tells the program that the text is whole.
        let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
        let status = child.wait()?;
        written.map(|()| status)
    }
}
