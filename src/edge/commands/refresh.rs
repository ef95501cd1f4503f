//! `rounds refresh`: fetches what comes from the web, and brings the catalogs up to date.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::reading::{bring, trouble};
use super::{Answer, CommandError, SourceArguments, say_what_is_missing};
use crate::edge::origin::{Brought, Origin, age};
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::counted;
use crate::source::{Report, Source};
use crate::store::catalog::{ChangeCounts, Told};
use crate::store::refresh::{Refresh, RefreshStep, refresh};

/// Fetch what is new, and say how much that is
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds refresh                          all sources that have names
  rounds refresh health
  rounds refresh || echo not all of it is up to date

A bundle is fetched only when it has changed, verified, and taken in whole or not at all.
Exit status 1 means that this computer is offline; what was fetched before stays readable.
Exit status 3 means that a source could not be fetched or read.")]
#[command(mut_arg("sources", SourceArguments::without_the_sample))]
pub struct Arguments {
    #[command(flatten)]
    sources: SourceArguments,
}

/// What is said of a source that is as it was.
const NOTHING: &str = "nothing has changed";

/// Brings every source up to date, and prints what has changed in each.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let opened = arguments.sources.open(console)?;
    if opened.is_sample {
        console.say("no source has a name yet, so there is nothing to refresh. To give one: rounds add NAME LOCATION.");
        return Ok(Answer::Yes);
    }
    // Asked before anything is fetched: while this one waits, another Rounds may do the work.
    let store = Store::of_this_user();
    let known: Vec<Option<usize>> = opened.origins.iter().map(|origin| store.items_of(origin)).collect();
    let brought = bring(&opened.origins, console);
    let mut answer = Answer::Yes;
    for ((origin, known), brought) in opened.origins.iter().zip(known).zip(brought) {
        let is_first = known.is_none_or(|items| items == 0);
        match (bring_up_to_date(origin, is_first, &brought, console)?, answer) {
            (Answer::Yes, _) | (_, Answer::Incomplete) => {}
            (worse, _) => answer = worse,
        }
    }
    Ok(answer)
}

/// Brings one source up to date. What is wrong with it is said; only what concerns all of them is an error.
fn bring_up_to_date(
    origin: &Origin,
    is_first: bool,
    brought: &Brought,
    console: &mut Console<'_>,
) -> Result<Answer, CommandError> {
    let old = origin.as_of().map(|then| age(then, Timestamp::now()));
    if let Some(trouble) = trouble(origin, brought, old.as_deref()) {
        console.say(trouble);
    }
    let source = match origin.source() {
        Ok(Some(source)) => source,
        Ok(None) => return Ok(Answer::Incomplete),
        Err(error) => {
            console.say(CommandError::from(error).sentence());
            return Ok(Answer::Incomplete);
        }
    };
    if origin.catalog_identity().is_none() {
        writeln!(console.out, "{}: nothing is kept of it, as it is read again each time.", origin.label())?;
        return Ok(Answer::Yes);
    }
    let taken_in = match take_in(origin, is_first, &source, console) {
        Err(CommandError::Source(error)) => match origin.source_after(&error) {
            Some(newer) => take_in(origin, is_first, &newer, console),
            None => Err(error.into()),
        },
        taken_in => taken_in,
    };
    match taken_in {
        Ok(TakenIn { report, counts, is_first }) => {
            say_what_is_missing(&origin.label(), report.problems.len(), console);
            let is_fetched = matches!(brought, Brought::New | Brought::Unchanged);
            // Of what could not be fetched nobody knows whether it has changed.
            if let Some(changes) =
                what_has_changed(counts, is_first).or(is_fetched.then(|| NOTHING.to_owned()))
            {
                writeln!(console.out, "{}: {changes}.", origin.label())?;
            }
        }
        Err(error @ CommandError::Source(_)) => {
            console.say(error.sentence());
            return Ok(Answer::Incomplete);
        }
        Err(error) => return Err(error),
    }
    Ok(match brought {
        Brought::New | Brought::Unchanged => Answer::Yes,
        Brought::Offline => Answer::No,
        Brought::Cancelled | Brought::Failed(_) => Answer::Incomplete,
    })
}

/// What was found in a source, and what has changed in it since a person was last told.
struct TakenIn {
    report: Report,
    counts: ChangeCounts,
    /// Whether a person has never been told of anything in it.
    is_first: bool,
}

/// Brings the catalog of a source and its index up to date.
fn take_in(
    origin: &Origin,
    is_first: bool,
    source: &Source,
    console: &mut Console<'_>,
) -> Result<TakenIn, CommandError> {
    let (mut catalog, notice) = Store::of_this_user().open_catalog_for_command(origin);
    // A catalog that cannot be read is replaced by the refresh, and then everything is new.
    let mut told = if is_first { Told::default() } else { catalog.told().unwrap_or_default() };
    if let Some(notice) = notice {
        console.say(format_args!("{notice}."));
    }
    let report = refresh(source, &mut catalog, Refresh::default(), &mut |step| {
        if let RefreshStep::Restarted { notice } = step {
            told = Told::default();
            if let Some(notice) = notice {
                console.say(format_args!("{notice}."));
            }
        }
        ControlFlow::Continue(())
    })?
    .report;
    catalog.index_all(&mut |_| ControlFlow::Continue(()))?;
    Ok(TakenIn { report, counts: catalog.changes_since(told)?, is_first: told.is_nothing() })
}

/// What has changed, as in `12 new, 1 gone`, or how much there is of what is `first` read now; `None` where nothing has
/// changed.
fn what_has_changed(counts: ChangeCounts, first: bool) -> Option<String> {
    let ChangeCounts { added, changed, removed } = counts;
    if first {
        return Some(counted(added, "item", "items"));
    }
    let parts = [(added, "new"), (changed, "changed"), (removed, "gone")];
    let told: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    (!told.is_empty()).then(|| told.join(", "))
}
