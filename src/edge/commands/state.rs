//! `rounds state`: what Rounds never forgets, carried from one machine to another.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;

use super::{Answer, CommandError};
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::{SafeText, counted};
use crate::source::reason;
use crate::store::state::{Export, Imported, Saving, State};

/// Carry marks from one machine to another
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds state export > marks.json
  rounds state import marks.json
  ssh ward rounds state export | rounds state import -

Of each mark and setting the later change wins, so importing the same file twice changes nothing.")]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What to do with it.
#[derive(Debug, Subcommand)]
enum Action {
    /// Print read and starred marks, positions, saved searches and settings as JSON
    Export,
    /// Take in what was exported elsewhere, and keep what is here
    Import {
        /// The file that rounds state export wrote; - reads standard input
        file: PathBuf,
    },
}

/// Exports or imports.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let (mut state, notices) = Store::of_this_user().open_state();
    for notice in notices {
        console.say(notice);
    }
    match &arguments.action {
        Action::Export => {
            let export = state.export(Timestamp::now());
            serde_json::to_writer_pretty(&mut *console.out, &export).map_err(io::Error::from)?;
            writeln!(console.out)?;
            Ok(Answer::Yes)
        }
        Action::Import { file } => import(&mut state, file, console),
    }
}

fn import(state: &mut State, file: &Path, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let name = SafeText::of(file.display());
    let unread = |reason: SafeText| CommandError::Import { file: name.clone(), reason };
    let json = read(file).map_err(|error| unread(why_unread(&error)))?;
    let export = Export::parse(&json).map_err(|problem| unread(SafeText::of(problem)))?;
    let (imported, saving) = state.import(export, Timestamp::now());
    if let Saving::InMemory(reason) = saving {
        console.say(reason);
        return Ok(Answer::No);
    }
    let Imported { read, starred, positions, searches, settings } = imported;
    let parts = [
        (read, "read mark", "read marks"),
        (starred, "star", "stars"),
        (positions, "position", "positions"),
        (searches, "saved search", "saved searches"),
        (settings, "setting", "settings"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(*count, one, many))
        .collect();
    let told = if told.is_empty() { "nothing new".to_owned() } else { told.join(", ") };
    console.say(format_args!("imported from {name}: {told}."));
    Ok(Answer::Yes)
}

/// Why a file cannot be read, and what to do.
fn why_unread(error: &io::Error) -> SafeText {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no file of this name. Check the spelling".into(),
        io::ErrorKind::IsADirectory => {
            "this is a folder. Name the file that rounds state export wrote".into()
        }
        _ => SafeText::of(format_args!(
            "it could not be read ({}). Check that you have the right to read it",
            reason(error)
        )),
    }
}

/// Reads a file, but not more of it than can be an export.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(Export::FILE_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut json = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut json)?;
    } else {
        fs::File::open(file)?.take(most).read_to_end(&mut json)?;
    }
    Ok(json)
}
