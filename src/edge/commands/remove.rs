//! `rounds remove`: takes its name from a source.

use super::{Answer, CommandError, config_path, nearest, shown};
use crate::edge::config::{self, Config};
use crate::edge::output::Console;
use crate::item::SafeText;

/// Take its name from a source; nothing else of it is removed
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds remove health

Its items stay where they are, and what you have read and starred stays marked.
Exit status 1 means that there is no source of this name, or that the file could not be changed.")]
pub struct Arguments {
    /// What it is called
    name: String,
}

/// Takes the source out of the configuration.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    const SUGGESTIONS: usize = 3;
    let (path, name) = (config_path()?, &arguments.name);
    if config::remove(&path, name)? {
        console.say(format_args!("{} is no longer the name of a source.", shown(name)));
        return Ok(Answer::Yes);
    }
    let (config, _) = Config::load(&path);
    let near = nearest(name, config.sources.iter().map(|source| source.name.as_str()), SUGGESTIONS);
    if near.is_empty() {
        console.say(format_args!("{}: no source has this name. To see all: rounds sources.", shown(name)));
    } else {
        let near = near.into_iter().map(|name| [SafeText::new(name)]);
        console.say_with(format_args!("{}: no source has this name. The nearest are:", shown(name)), near);
    }
    Ok(Answer::No)
}
