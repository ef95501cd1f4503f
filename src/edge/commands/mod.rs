//! The commands that answer without opening the reader.

pub mod add;
pub mod check;
pub mod keys;
pub mod list;
pub mod pack;
pub mod refresh;
pub mod remove;
pub mod search;
pub mod show;
pub mod sources;
pub mod state;
pub mod topics;

mod find;
mod listing;
mod reading;
mod topic_filter;
mod words;

use std::fmt;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

pub use reading::{ItemArguments, Items, Reading, SourceArguments};
pub use words::nearest;

use super::config::ConfigError;
use super::homes::Homes;
use super::log::LogError;
use super::origin::OpenError;
use super::output::Console;
use super::runner::RunError;
use crate::item::SafeText;
use crate::remote::Address;
use crate::source::pack::PackError;
use crate::source::{SourceError, reason};
use crate::store::catalog::CatalogError;
use crate::store::refresh::RefreshError;

/// The words that are commands.
pub const NAMES: [&str; 13] = [
    "add", "check", "help", "keys", "list", "pack", "refresh", "remove", "search", "show", "sources",
    "state", "topics",
];

/// The words that may become commands. No source can be called so, nor like a command.
pub const RESERVED: [&str; 4] = ["completions", "digest", "man", "open"];

/// How a command was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What was asked for is there, and nothing is wrong.
    Yes,
    /// There is no such thing, or something is wrong.
    No,
    /// A source could not be read, which was said; the answer is that of the others.
    Incomplete,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The source could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// What was named could not be opened.
    #[error(transparent)]
    Open(OpenError),
    /// The source could not be fetched, and was never fetched before; a whole sentence.
    #[error("{0}")]
    Fetch(SafeText),
    /// What to look for could not be understood.
    #[error("{0}")]
    Query(SafeText),
    /// What was typed cannot be meant so.
    #[error("{typed}: {reason}")]
    Argument {
        /// The word that was typed, as it may be shown.
        typed: SafeText,
        /// Why not, and what to type.
        reason: SafeText,
    },
    /// The configuration could not be read or changed.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file of marks could not be taken in.
    #[error("{file}: {reason}")]
    Import {
        /// The file.
        file: SafeText,
        /// Why, and what to do.
        reason: SafeText,
    },
    /// The catalog of a source could not be had.
    #[error("the catalog: {0}. Make room on the disk or in memory, and try again")]
    Catalog(#[from] CatalogError),
    /// The command was asked for something that it cannot do.
    #[error("{0}")]
    Usage(SafeText),
    /// A bundle could not be made.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The terminal could not be drawn on.
    #[error("the terminal: {}. Try again in another terminal, or use rounds list and rounds show", reason(.0))]
    Terminal(io::Error),
    /// The system has no threads for what works beside the screen.
    #[error("Rounds cannot start: this system has no threads to spare ({}). Close other programs, and try again", reason(.0))]
    Threads(io::Error),
    /// The log that was asked for cannot be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The answer could not be written.
    #[error("standard output: {}. Check that there is room for what is written", reason(.0))]
    Output(#[from] io::Error),
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Source(error) => Self::Source(error),
            OpenError::Address { address, reason } => Self::argument(&address, reason),
            error => Self::Open(error),
        }
    }
}

impl From<RunError> for CommandError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Terminal(error) => Self::Terminal(error),
            RunError::Threads(error) => Self::Threads(error),
        }
    }
}

impl From<RefreshError> for CommandError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Source(error) => Self::Source(error),
            RefreshError::Catalog(error) => Self::Catalog(error),
        }
    }
}

impl CommandError {
    /// What the command line cannot mean by a word.
    fn argument(typed: &str, reason: impl fmt::Display) -> Self {
        Self::Argument { typed: shown(typed), reason: SafeText::of(reason) }
    }

    /// What the command cannot do.
    fn usage(words: impl Into<SafeText>) -> Self {
        Self::Usage(words.into())
    }

    /// The error as a sentence.
    pub fn sentence(&self) -> SafeText {
        match self {
            Self::Fetch(_) | Self::Query(_) => SafeText::of(self),
            _ => SafeText::of(format_args!("{self}.")),
        }
    }
}

/// The layouts of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for people
    #[default]
    Table,
    /// JSON in one piece
    Json,
    /// One JSON object a line
    Ndjson,
    /// Tab-separated values with a line of headings
    Tsv,
}

/// The file of the configuration.
fn config_path() -> Result<PathBuf, ConfigError> {
    Homes::of_this_user().map(|homes| homes.config()).ok_or(ConfigError::NoHome)
}

/// What somebody typed, as it may be shown.
fn shown(typed: &str) -> SafeText {
    let typed = Address::shown(typed);
    if typed.is_empty() { SafeText::new("(nothing)") } else { typed }
}

/// Says what of a source could not be read, so that nothing is missing in silence.
fn say_what_is_missing(label: &SafeText, count: usize, console: &mut Console<'_>) {
    let things = match count {
        0 => return,
        1 => "one thing".to_owned(),
        many => format!("{many} things"),
    };
    console.say(format_args!("{label}: {things} could not be read. To see which: rounds check SOURCE."));
}
