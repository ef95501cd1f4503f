//! `cargo bench`: every figure of the program, beside its floor, measured in the same run.
//!
//! `--quick` leaves out the large sizes. Words choose parts: `import`, `program`, `list`, `waits`, `refresh`, `loading`,
//! `keys`, `search`, `steps`, `pages`, `bundle`.

mod clock;
mod corpus;
mod desk;
mod floor;
mod home;
mod machine;
mod options;
mod parts;
mod process;
mod program;
mod report;

use std::env;
use std::error::Error;
use std::path::Path;

use rounds::source::{Location, Source};

use corpus::{Corpus, Topics};
use home::Home;
use options::Options;
use parts::{bundle, import, keys, list, loading, pages, refresh, run, search, steps, waits};
use report::{Table, thousands};

/// The parts for which the program makes a catalog first.
const OF_A_CATALOG: [&str; 7] = ["program", "list", "waits", "refresh", "loading", "keys", "search"];

/// Measures something of a catalog that the program has made.
type Measure = fn(&Feed, &Path, &mut Table) -> Outcome;

const MEASURES: [(&str, Measure); 4] = [
    ("refresh", refresh::measure),
    ("loading", loading::measure),
    ("keys", keys::measure),
    ("search", search::measure),
];

/// What a bench gives back: anything that goes wrong ends it with a message.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    if floor::is_asked_for() {
        return floor::run(env::args_os());
    }
    let options = Options::read();
    println!("\n`cargo bench` on {}.\n", machine::description());
    if options.wants("import") || options.wants_any(&OF_A_CATALOG) {
        println!("{}", by_size(&options)?);
    }
    if options.wants("steps") {
        let mut table = Table::new(&options.sizes);
        options.sizes.iter().for_each(|size| steps::measure(*size, &mut table));
        println!("{table}");
    }
    if options.wants("pages") {
        println!("{}", pages::measure()?);
    }
    if options.wants("bundle") {
        println!("{}", bundle::measure()?);
    }
    println!("Load at the end: {}.", machine::load().unwrap_or_else(|| "unknown".to_owned()));
    Ok(())
}

/// Everything that depends on how many items there are.
fn by_size(options: &Options) -> Outcome<Table> {
    let mut corpus = Corpus::new(Topics::Shared)?;
    let mut own_taxonomies = Corpus::new(Topics::OwnTaxonomies)?;
    let mut table = Table::new(&options.sizes);
    for size in &options.sizes {
        eprintln!("{} items …", thousands(*size));
        corpus.grow(*size)?;
        let feed = Feed { corpus: &corpus, size: *size };
        let home = Home::new()?;
        if options.wants("import") {
            import::measure(&feed, &mut table)?;
        }
        if !options.wants_any(&OF_A_CATALOG) {
            continue;
        }
        run::cold(&feed, &home, &mut table)?;
        if options.wants("program") {
            run::warm(&feed, &home, &mut table)?;
        }
        if options.wants("list") {
            list::measure(&feed, &home, &mut table)?;
        }
        if options.wants("waits") {
            own_taxonomies.grow(*size)?;
            let own_taxonomies = Feed { corpus: &own_taxonomies, size: *size };
            waits::measure(&feed, &home, &own_taxonomies, &mut table)?;
        }
        let catalog = home.catalog()?;
        for (part, measure) in MEASURES {
            if options.wants(part) {
                measure(&feed, &catalog, &mut table)?;
            }
        }
    }
    Ok(table)
}

/// A corpus at one of its sizes.
struct Feed<'a> {
    corpus: &'a Corpus,
    size: u32,
}

impl Feed<'_> {
    fn path(&self) -> &Path {
        self.corpus.path()
    }

    fn source(&self) -> Outcome<Source> {
        Ok(Source::open(&Location::Directory(self.path().to_owned()))?)
    }
}
