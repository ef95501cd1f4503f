//! The log that can be asked for: what each service did, and how long it took.
//!
//! It goes to a file and never to the screen. At the default level it holds numbers, times and the places of faults:
//! no text of an item, and no address beyond its host.

use std::fs::File;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;

use crate::item::SafeText;
use crate::source::reason;

/// Where to write a log.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct LogArguments {
    /// Write to this file what Rounds does and how long it takes; it holds no text of an item
    #[arg(long, value_name = "FILE", env = "ROUNDS_LOG", global = true, hide_env_values = true)]
    log: Option<PathBuf>,
    /// How much goes into the log
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t, global = true, hide = true)]
    log_level: Level,
}

/// How much goes into the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// What each service did.
    #[default]
    Info,
    /// Also each page and each search, and the messages of faults, which may quote an item.
    Debug,
}

/// Why there is no log: the file, the reason, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{file}: the log cannot be written: {reason}. Name another file")]
pub struct LogError {
    file: SafeText,
    reason: SafeText,
}

/// Writes a log from now on, if one was asked for. It is appended to what is in the file.
///
/// # Errors
///
/// When the file cannot be written to.
pub fn start(arguments: &LogArguments) -> Result<(), LogError> {
    let Some(path) = arguments.log.as_deref().filter(|path| !path.as_os_str().is_empty()) else {
        return Ok(());
    };
    let file = File::options().append(true).create(true).open(path).map_err(|error| failed(path, &error))?;
    let level = match arguments.log_level {
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(file))
        .with_max_level(level)
        .with_ansi(false)
        .with_target(false)
        .finish();
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        note_panics();
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "Rounds begins");
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> LogError {
    LogError { file: SafeText::new(&path.to_string_lossy()), reason: reason(error) }
}

/// Notes where a fault is. Its message may quote an item, so that is for those who ask for more.
fn note_panics() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a fault in Rounds");
        tracing::debug!("{info}");
        previous(info);
    }));
}
