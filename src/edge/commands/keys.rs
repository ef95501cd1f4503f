//! `rounds keys`: the keys of the reader.

use super::{Answer, CommandError};
use crate::edge::output::Console;

/// Print the keys of the reader and what they do
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Arguments {}

/// Prints the table of keys. To be filled from the table of actions.
#[expect(clippy::unnecessary_wraps, reason = "it will write")]
pub fn run(_arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    console.say("the table of keys is not in this version.");
    Ok(Answer::No)
}
