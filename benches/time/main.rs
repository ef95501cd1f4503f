//! `cargo bench --bench time`: how long things take, each beside its floor, measured in the same run.
//!
//! `--quick` leaves out the large sizes; `import`, `keys` and `pages` run only that part.

mod clock;
#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each bench uses its own part of what they share")]
mod common;
mod import;
mod keys;
mod pages;

use std::path::Path;

use rounds::source::{Location, Source};

use common::Outcome;
use common::corpus::Corpus;
use common::machine;
use common::options::Options;
use common::report::{Figure, table, thousands};

fn main() -> Outcome {
    let options = Options::read();
    println!("\n## Time\n\n`cargo bench` on {}.\n", machine::description());
    if options.wants("pages") {
        println!("{}", pages::measure()?);
    }
    if options.wants("import") || options.wants("keys") {
        println!("{}", by_size(&options)?);
    }
    println!("Load at the end: {}.", machine::load().unwrap_or_else(|| "unknown".to_owned()));
    Ok(())
}

/// Everything that depends on how many items there are, as a table.
fn by_size(options: &Options) -> Outcome<String> {
    let mut corpus = Corpus::new()?;
    let (mut import, mut keys) = (import::Figures::new(), keys::Figures::new());
    for size in options.sizes {
        eprintln!("{} items …", thousands(*size));
        corpus.grow(*size)?;
        if options.wants("import") {
            import.measure(corpus.path(), *size)?;
        }
        if options.wants("keys") {
            keys.measure(corpus.path(), *size)?;
        }
    }
    let figures: Vec<_> =
        import.into_rows().into_iter().chain(keys.into_rows()).filter(Figure::is_measured).collect();
    Ok(table(options.sizes, &figures))
}

/// Opens the corpus as a source.
fn open(directory: &Path) -> Outcome<Source> {
    Ok(Source::open(&Location::Directory(directory.to_owned()))?)
}
