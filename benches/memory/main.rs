//! `cargo bench --bench memory`: how much memory the reader needs, beside the bytes of the titles, paths and
//! links that it must hold at the least.
//!
//! It counts every allocation, which costs time; therefore it is not part of the other bench.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each bench uses its own part of what they share")]
mod common;

use std::env;
use std::path::Path;
use std::process::Command;

use peak_alloc::PeakAlloc;
use rounds::item::Link;
use rounds::source::{Location, Source};

use common::Outcome;
use common::corpus::Corpus;
use common::desk::Desk;
use common::machine;
use common::options::Options;
use common::report::{Figure, Unit, table, thousands};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Asks this program to load a directory and say what that took.
const LOAD: &str = "load-and-tell";

fn main() -> Outcome {
    let mut arguments = env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == LOAD)
        && let Some(directory) = arguments.next()
    {
        return load(Path::new(&directory));
    }
    let options = Options::read();
    if options.wants("memory") {
        println!("\n## Memory\n\n`cargo bench` on {}.\n", machine::description());
        println!("{}", by_size(&options)?);
    }
    Ok(())
}

fn by_size(options: &Options) -> Outcome<String> {
    let mut corpus = Corpus::new()?;
    let mut each = Figure::new("heap that the reader keeps, per item", "–", Unit::Bytes);
    let mut kept = Figure::new("heap that the reader keeps", "–", Unit::Bytes);
    let mut peak = Figure::new("heap while loading, peak", "–", Unit::Bytes);
    let mut resident = Figure::new("memory of the process, peak", "≤ 30 MB for 50,000", Unit::Bytes);
    for size in options.sizes {
        eprintln!("{} items …", thousands(*size));
        corpus.grow(*size)?;
        let told = told(corpus.path())?;
        let [text, kept_bytes, peak_bytes, resident_bytes] = told.map(f64::from);
        let items = f64::from(*size);
        each.add(*size, kept_bytes / items, Some(text / items));
        kept.add(*size, kept_bytes, Some(text));
        peak.add(*size, peak_bytes, Some(text));
        resident.add(*size, resident_bytes, None);
    }
    Ok(table(options.sizes, &[each, kept, peak, resident]))
}

/// Loads a directory in a process of its own, so that no size inherits the memory of another. Gives the
/// bytes of the texts, and those that the process told.
fn told(directory: &Path) -> Outcome<[u32; 4]> {
    let output = Command::new(env::current_exe()?).arg(LOAD).arg(directory).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers = text.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>()?;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(<[u32; 4]>::try_from(numbers).map_err(|_| complaint)?)
}

/// Loads a directory into a reader and prints, in bytes: the texts, what is kept, the peak, the resident peak.
fn load(directory: &Path) -> Outcome {
    let before = HEAP.current_usage();
    let mut desk = Desk::new(Source::open(&Location::Directory(directory.to_owned()))?)?;
    let mut texts = 0_usize;
    desk.load(&mut |items| {
        for item in items {
            let link = item.link.as_ref().map_or("", Link::as_str);
            texts = texts.saturating_add(item.title.len() + item.path.len() + link.len());
        }
    })?;
    let kept = HEAP.current_usage().saturating_sub(before);
    let peak = HEAP.peak_usage().saturating_sub(before);
    println!("{texts} {kept} {peak} {}", resident_peak().unwrap_or_default());
    drop(desk);
    Ok(())
}

/// The most memory that this process has had at any time, in bytes, where the system tells.
fn resident_peak() -> Option<u64> {
    let text = machine::field("/proc/self/status", "VmHWM")?;
    let kibibytes: u64 = text.trim_end_matches("kB").trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}
