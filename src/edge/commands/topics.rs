//! `rounds topics`: the topics of a source, with counts.

use std::ffi::OsString;

use super::{Answer, CommandError, ListFormat, open};
use crate::edge::output::Console;
use crate::source::Source;

/// Print the topics, with the number of items in each
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Arguments {
    /// A folder of items, or one item file [default: the built-in sample]
    source: Option<OsString>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// Prints the topics of a source.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let source = open(arguments.source.as_ref(), console)?;
    library_topics(&source, arguments.format, console)
}

/// Prints the topic tree of the library. To be filled when the library is there.
#[expect(clippy::unnecessary_wraps, reason = "it will write")]
fn library_topics(
    _source: &Source,
    _format: ListFormat,
    console: &mut Console<'_>,
) -> Result<Answer, CommandError> {
    console.say("the topic tree is not in this version.");
    Ok(Answer::No)
}
