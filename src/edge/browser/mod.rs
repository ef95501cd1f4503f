//! Opening a link in the user's browser, without a shell and without a word on the screen.

mod command_line;
mod environment;
mod invocation;
mod way;

pub use invocation::Invocation;

use std::io;

use crate::item::Link;
use environment::Environment;
use way::Way;

/// Knows how links are opened here. That is decided once, when Rounds starts.
#[derive(Debug, Clone)]
pub struct Opener(Way);

/// What became of opening a link. The reasons are words for the user; they do not repeat the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A program took the link, and runs on its own.
    Detached {
        /// What the user knows the program as.
        name: String,
    },
    /// A browser that draws in the terminal must be given the terminal first, then run.
    NeedsTerminal(Invocation),
    /// The program that should have opened the link did not.
    Failed {
        /// Which program, and why.
        reason: String,
    },
    /// There is no browser here: show the link, so that the user can open it elsewhere.
    Show {
        /// Why, and what to do about it.
        reason: String,
    },
}

impl Opener {
    /// Looks at `$BROWSER`, `$PATH` and at what sort of session this is.
    pub fn from_environment() -> Self {
        let environment = Environment::read(&|name| std::env::var_os(name));
        Self(Way::choose(&environment))
    }

    /// Whether the browser draws in the terminal, and so must be given it.
    pub fn needs_terminal(&self) -> bool {
        matches!(self.0, Way::InTerminal(_))
    }

    /// Opens a link, unless that needs the terminal. Waits a moment for a program that fails at once, so this
    /// is not for the thread that draws.
    pub fn open(&self, link: &Link) -> Opened {
        match &self.0 {
            Way::Desktop => open_on_desktop(link),
            Way::Window(command) => command.invocation(link).start(),
            Way::InTerminal(command) => Opened::NeedsTerminal(command.invocation(link)),
            Way::Show(reason) => Opened::Show { reason: reason.clone() },
        }
    }
}

fn open_on_desktop(link: &Link) -> Opened {
    match open::that_detached(link.as_str()) {
        Ok(()) => Opened::Detached { name: "the browser".to_owned() },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Opened::Failed {
            reason: "No program that opens links was found. Set BROWSER to the name of yours.".to_owned(),
        },
        // The error's own text is the launcher's whole command line and a raw status.
        Err(_) => Opened::Failed {
            reason: "The desktop could not open it. Set BROWSER to the name of your browser.".to_owned(),
        },
    }
}
