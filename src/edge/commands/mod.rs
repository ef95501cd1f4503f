//! The commands that answer without opening the reader.

pub mod check;
pub mod keys;
pub mod list;
pub mod show;
pub mod topics;

mod find;
mod listing;
mod topic_filter;
mod words;

use std::ffi::{OsStr, OsString};
use std::io;
use std::ops::ControlFlow;

use clap::ValueEnum;

use super::output::Console;
use crate::item::{Item, SafeText};
use crate::source::{Location, Report, Source, SourceError, reason};

/// How a command was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What was asked for is there, and nothing is wrong.
    Yes,
    /// There is no such thing, or something is wrong.
    No,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The source could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The terminal could not be drawn on.
    #[error("the terminal: {}. Try again in another terminal, or use rounds list and rounds show", reason(.0))]
    Terminal(io::Error),
    /// The answer could not be written.
    #[error("standard output: {}. Check that there is room for what is written", reason(.0))]
    Output(#[from] io::Error),
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

/// Opens the source that was named, or the sample, and says so.
fn open(source: Option<&OsString>, console: &mut Console<'_>) -> Result<Source, SourceError> {
    let Some(source) = source else {
        console.say("no source was named, so this is the built-in sample. To open your own: rounds FOLDER.");
        return Source::open(&Location::Sample);
    };
    open_named(source)
}

/// Opens the source that was named, or the sample, for the reader, which says so itself.
pub fn open_reading(source: Option<&OsString>) -> Result<Source, SourceError> {
    source.map_or_else(|| Source::open(&Location::Sample), |source| open_named(source))
}

fn open_named(source: &OsStr) -> Result<Source, SourceError> {
    Source::open(&Location::parse(source)?)
}

/// Loads a whole source, one item after the other.
fn for_each_item(source: &Source, mut take: impl FnMut(Item)) -> Result<Report, SourceError> {
    source.load(&mut |batch| {
        batch.items.into_iter().for_each(&mut take);
        ControlFlow::Continue(())
    })
}

/// What somebody typed, as it may be shown.
fn shown(typed: &str) -> SafeText {
    let typed = SafeText::new(typed);
    if typed.is_empty() { SafeText::new("(nothing)") } else { typed }
}

/// Says what of a source could not be read, so that nothing is missing in silence.
fn say_what_is_missing(report: &Report, console: &mut Console<'_>) {
    match report.problems.len() {
        0 => {}
        1 => console.say("one thing in this source could not be read. To see which: rounds check SOURCE."),
        many => console.say(format_args!(
            "{many} things in this source could not be read. To see which: rounds check SOURCE."
        )),
    }
}
