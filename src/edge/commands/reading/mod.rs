//! What a command reads: the sources that were named, each brought up to date first.

mod bring;
mod items;
mod progress;

use std::ffi::OsString;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Answer, CommandError};
use crate::edge::origin::{self, Brought, Origin, age};
use crate::edge::output::Console;
use crate::item::SafeText;
use crate::source::Source;

pub use bring::bring;
pub use items::Items;
use items::Missing;

/// The sources that a command is asked to read.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SourceArguments {
    /// A folder, item file, archive, https address or the name of a source; several are read as one
    /// [default: all sources that have names, else the built-in sample]
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<OsString>,
    /// Allow addresses of plain http, which can be read and changed on their way
    ///
    /// An address on this machine (localhost, 127.0.0.1) needs no permission, and is asked without a proxy.
    #[arg(long)]
    pub allow_http: bool,
}

/// The items that a command is asked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ItemArguments {
    #[command(flatten)]
    pub sources: SourceArguments,
    /// List drafts too, items with a later publication date, and those that have expired
    #[arg(long)]
    pub drafts: bool,
}

impl ItemArguments {
    /// The sources that were named, as they were typed.
    pub fn named(&self) -> &[OsString] {
        &self.sources.sources
    }

    /// Opens the sources as [`SourceArguments::read`] does. Of single files that were named, none is withheld.
    ///
    /// # Errors
    ///
    /// When nothing of what was named can be read.
    pub fn read(&self, console: &mut Console<'_>) -> Result<Reading, CommandError> {
        let mut reading = self.sources.read(console)?;
        reading.lists_withheld = self.drafts || reading.origins().all(Origin::is_single_file);
        Ok(reading)
    }
}

/// The sources that a command reads.
pub struct Reading {
    readable: Vec<(Arc<Origin>, Source)>,
    /// Whether one of those that were named could not be read, which was said.
    is_incomplete: bool,
    /// How many things in each source could not be read, by what the source is called.
    missing: Vec<Missing>,
    /// What a person should know of the catalogs.
    notices: Vec<SafeText>,
    /// Whether items are listed that would be withheld.
    lists_withheld: bool,
    /// How many items are withheld.
    withheld: usize,
}

impl SourceArguments {
    /// The help of what may be named, for a command that leaves the sample alone.
    pub fn without_the_sample(argument: clap::Arg) -> clap::Arg {
        argument.help(
            "A folder, item file, archive, https address or the name of a source; several are read as one \
             [default: all sources that have names]",
        )
    }

    /// Opens the sources, and says what is to be said of the configuration. Nothing is fetched yet.
    pub fn open(&self, console: &mut Console<'_>) -> Result<origin::Opened, CommandError> {
        let opened = origin::open(&self.sources, self.allow_http)?;
        for notice in &opened.notices {
            console.say(notice);
        }
        Ok(opened)
    }

    /// Opens the sources, and fetches those that come from the web. With nothing named and nothing configured, it is the
    /// sample, which is said.
    ///
    /// # Errors
    ///
    /// When nothing of what was named can be read.
    pub fn read(&self, console: &mut Console<'_>) -> Result<Reading, CommandError> {
        let opened = self.open(console)?;
        if opened.is_sample {
            console
                .say("no source was named, so this is the built-in sample. To open your own: rounds FOLDER.");
        }
        Reading::of(&opened.origins, console)
    }
}

impl Reading {
    /// Fetches what comes from the web, and opens everything. What cannot be read is said, as long as there is anything
    /// that can.
    pub fn of(origins: &[Arc<Origin>], console: &mut Console<'_>) -> Result<Self, CommandError> {
        let brought = bring(origins, console);
        let (mut readable, mut failures) = (Vec::new(), Vec::new());
        for (origin, brought) in origins.iter().zip(brought) {
            match opened(origin, &brought, console) {
                Ok(source) => readable.push((Arc::clone(origin), source)),
                Err(error) => failures.push(error),
            }
        }
        let is_incomplete = !failures.is_empty();
        if readable.is_empty() {
            return Err(say_all_but_last(failures, console));
        }
        for error in failures {
            console.say(error.sentence());
        }
        Ok(Self {
            readable,
            is_incomplete,
            missing: Vec::new(),
            notices: Vec::new(),
            lists_withheld: false,
            withheld: 0,
        })
    }

    /// The sources, in the order in which they are read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.readable.iter().map(|(origin, _)| &**origin)
    }

    /// What the sources are called.
    pub fn labels(&self) -> Vec<SafeText> {
        self.origins().map(Origin::label).collect()
    }

    /// What the sources are known by from one run to the next.
    pub fn locations(&self) -> Vec<String> {
        self.origins().map(Origin::location).collect()
    }

    /// Reads one source after the other, each with its place in the order. One that turns out to be damaged is said, and costs no other. Where another
    /// process has put a new copy in the place of one since it was opened, that is read.
    ///
    /// # Errors
    ///
    /// When none of them could be read, or when something else than a source failed.
    pub fn each(
        &mut self,
        console: &mut Console<'_>,
        mut read: impl FnMut(usize, &Origin, &Source, &mut Console<'_>) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let mut failures = Vec::new();
        for (at, (origin, source)) in self.readable.iter_mut().enumerate() {
            let mut outcome = read(at, origin, source, console);
            if let Err(CommandError::Source(error)) = &outcome
                && let Some(newer) = origin.source_after(error)
            {
                *source = newer;
                outcome = read(at, origin, source, console);
            }
            match outcome {
                Ok(()) => {}
                Err(error @ CommandError::Source(_)) => failures.push(error),
                Err(error) => return Err(error),
            }
        }
        if failures.len() == self.readable.len() {
            return Err(say_all_but_last(failures, console));
        }
        self.is_incomplete |= !failures.is_empty();
        for error in failures {
            console.say(error.sentence());
        }
        Ok(())
    }

    /// How many sources are read.
    pub fn len(&self) -> usize {
        self.readable.len()
    }

    /// The answer of the command, which is not whole when a source could not be read.
    pub fn answer(&self, answer: Answer) -> Answer {
        if self.is_incomplete { Answer::Incomplete } else { answer }
    }
}

/// Opens what is there of a source after it was fetched, and says how old it is where that failed.
fn opened(origin: &Origin, brought: &Brought, console: &mut Console<'_>) -> Result<Source, CommandError> {
    let source = origin.source()?;
    let old = origin.as_of().map(|then| age(then, Timestamp::now()));
    let trouble = trouble(origin, brought, old.as_deref());
    match (source, trouble) {
        (Some(source), trouble) => {
            if let Some(trouble) = trouble {
                console.say(trouble);
            }
            Ok(source)
        }
        (None, trouble) => Err(CommandError::Fetch(trouble.unwrap_or_else(|| never_fetched(origin)))),
    }
}

/// What is to be said of a fetch that has brought nothing, and of the copy that is `old`, if there is one.
pub fn trouble(origin: &Origin, brought: &Brought, old: Option<&str>) -> Option<SafeText> {
    let label = origin.label();
    let sentence = match (brought, old) {
        (Brought::New | Brought::Unchanged, _) => return None,
        (Brought::Offline, Some(old)) => format!("{label}: offline; the items here are {old} old."),
        (Brought::Offline, None) => {
            format!("{label}: offline, and it was never fetched. Fetch it when this computer is online.")
        }
        (Brought::Cancelled, _) => {
            format!("{label}: the download was stopped. Fetch again; it goes on where it stopped.")
        }
        (Brought::Failed(reason), Some(old)) => format!("{reason} The items here are {old} old."),
        (Brought::Failed(reason), None) => reason.to_string(),
    };
    Some(SafeText::new(&sentence))
}

fn never_fetched(origin: &Origin) -> SafeText {
    SafeText::new(&format!("{}: it was never fetched. To fetch it: rounds refresh.", origin.label()))
}

/// Says all errors but the last, which is the one of the command.
fn say_all_but_last(mut errors: Vec<CommandError>, console: &mut Console<'_>) -> CommandError {
    let last = errors.pop();
    for error in errors {
        console.say(error.sentence());
    }
    last.unwrap_or_else(|| CommandError::usage("there is no source to read. Name one"))
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::edge::origin::tests::{bring, origin};
    use crate::remote::LocalCopy;

    /// A tar with one item.
    fn bundle(title: &str) -> Vec<u8> {
        let text = format!("---\ntitle: {title}\n---\nA sentence.\n");
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        let mut archive = tar::Builder::new(Vec::new());
        archive.append_data(&mut header, "item.md", text.as_bytes()).unwrap();
        archive.into_inner().unwrap()
    }

    #[test]
    fn a_copy_that_another_process_replaces_is_read_as_it_is_then() {
        let folder = tempfile::tempdir().unwrap();
        let (origin, copy) = (Arc::new(origin(folder.path(), None)), LocalCopy::at(folder.path()));
        bring(&copy.lock().unwrap(), bundle("Old"));
        let source = origin.source().unwrap().unwrap();
        let (missing, notices) = (Vec::new(), Vec::new());
        let mut reading = Reading {
            readable: vec![(origin, source)],
            is_incomplete: false,
            missing,
            notices,
            lists_withheld: false,
            withheld: 0,
        };
        bring(&copy.lock().unwrap(), bundle("New"));
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut talk);
        let mut titles = Vec::new();
        let read = reading.each(&mut console, |_, _, source, _| {
            source.load(&mut |batch| {
                titles.extend(batch.items.iter().map(|item| item.title.to_string()));
                ControlFlow::Continue(())
            })?;
            Ok(())
        });
        assert!(read.is_ok() && !reading.is_incomplete);
        assert_eq!(titles, ["New"]);
        assert_eq!(reading.readable[0].1.read("item.md").item.title.as_str(), "New");
    }
}
