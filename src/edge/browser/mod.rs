//! Opening a link in the user's browser, without a shell and without a word on the screen.

mod command_line;
mod desktop;
mod environment;
mod invocation;
mod way;

pub use invocation::Invocation;

use crate::item::Link;
use environment::Environment;
use way::Way;

/// Knows how links are opened here. That is decided once, when Rounds starts.
#[derive(Debug, Clone)]
pub struct Opener(Vec<Way>);

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
        Self(Way::all(&environment))
    }

    /// The browser for a link, where the first one that is tried draws in the terminal.
    pub fn in_terminal(&self, link: &Link) -> Option<Invocation> {
        match self.0.first()? {
            Way::InTerminal(command) => Some(command.invocation(link)),
            Way::Window(_) | Way::Desktop { .. } | Way::Show(_) => None,
        }
    }

    /// Opens a link by the first way that works, unless that needs the terminal. Waits a moment for each program that
    /// fails at once, so this is not for the thread that draws. What fails later is told to `on_late_failure`.
    pub fn open(&self, link: &Link, on_late_failure: impl Fn(String) + Clone + Send + 'static) -> Opened {
        let mut failures = Vec::new();
        for way in &self.0 {
            let late = on_late_failure.clone();
            let opened = match way {
                Way::Window(command) => {
                    let program = command.invocation(link);
                    program.start(late).map(|()| program.name().to_owned())
                }
                Way::Desktop { missing } => desktop::open(link, missing.as_deref(), late),
                Way::InTerminal(command) => return Opened::NeedsTerminal(command.invocation(link)),
                Way::Show(reason) => return Opened::Show { reason: reason.clone() },
            };
            match opened {
                Ok(name) => return Opened::Detached { name },
                Err(reason) => failures.push(reason),
            }
        }
        Opened::Failed { reason: failures.join(" ") }
    }
}
