//! Importing a directory, beside a bare loop that reads every file and parses its front matter.

use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::clock::{median, time};
use super::common::Outcome;
use super::common::desk::Desk;
use super::common::report::{Figure, Unit};
use super::open;

/// How many rounds are measured of a corpus of ten thousand items; larger ones get fewer, smaller ones more.
const ROUNDS_OF_10_000: u32 = 9;

/// What is measured of the import.
pub struct Figures {
    import: Figure,
    first_batch: Figure,
    first_items: Figure,
    into_reader: Figure,
    longest_pause: Figure,
}

impl Figures {
    /// Nothing measured yet.
    pub fn new() -> Self {
        use Unit::{ItemsPerSecond, Seconds};
        Self {
            import: Figure::new("import of a directory", "≥ 0.6 × floor", ItemsPerSecond),
            first_batch: Figure::new("first batch of items", "–", Seconds),
            first_items: Figure::new("first frame with items, no catalog", "≤ 150 ms", Seconds),
            into_reader: Figure::new("all items in the reader and drawn", "–", Seconds),
            longest_pause: Figure::new("longest time a key waits while loading", "≤ 16 ms", Seconds),
        }
    }

    /// Measures at one size. Floor and import take turns, so that both see the same machine.
    pub fn measure(&mut self, directory: &Path, size: u32) -> Outcome {
        let mut floors = Vec::new();
        let mut imports = Vec::new();
        let mut first_batches = Vec::new();
        let mut loads = Vec::new();
        for _ in 0..(ROUNDS_OF_10_000 * 10_000 / size).clamp(3, 15) {
            floors.push(time(|| floor(directory)).0);
            let (first, all) = import(directory)?;
            first_batches.push(first);
            imports.push(all);
            loads.push(Desk::new(open(directory)?)?.load(&mut |_| ())?);
        }
        let per_second = |times: &mut [Duration]| f64::from(size) / median(times);
        self.import.add(size, per_second(&mut imports), Some(per_second(&mut floors)));
        self.first_batch.add(size, median(&mut first_batches), None);
        let middle = |part: fn(&_) -> Duration| median(&mut loads.iter().map(part).collect::<Vec<_>>());
        self.first_items.add(size, middle(|load| load.first_items), None);
        self.into_reader.add(size, middle(|load| load.all), Some(median(&mut floors)));
        self.longest_pause.add(size, middle(|load| load.longest_pause), None);
        Ok(())
    }

    /// The rows of the table.
    pub fn into_rows(self) -> Vec<Figure> {
        vec![self.import, self.first_batch, self.first_items, self.into_reader, self.longest_pause]
    }
}

/// Imports a directory and lets the items go. Gives the time to the first of them, and to the last.
fn import(directory: &Path) -> Outcome<(Duration, Duration)> {
    let start = Instant::now();
    let mut first = None;
    let report = open(directory)?.load(&mut |batch| {
        if first.is_none() && !batch.items.is_empty() {
            first = Some(start.elapsed());
        }
        black_box(batch);
        ControlFlow::Continue(())
    })?;
    let all = start.elapsed();
    black_box(report);
    Ok((first.unwrap_or(all), all))
}

/// What any import must do at the least: walk, read every file, and parse its front matter, on all cores.
fn floor(directory: &Path) {
    let files = walkdir::WalkDir::new(directory).into_iter().filter_map(Result::ok);
    let paths: Vec<PathBuf> =
        files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    paths.into_par_iter().for_each(|path| {
        let bytes = fs::read(path).unwrap_or_default();
        black_box(parse(&String::from_utf8_lossy(&bytes)));
    });
}

/// The front matter as the YAML crate's own value, if it can be parsed.
fn parse(text: &str) -> Option<serde_yaml::Value> {
    let (front_matter, _body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    serde_yaml::from_str(front_matter).ok()
}
