//! What the benches are asked for on the command line: `cargo bench -- --quick`.

use std::env;

/// The sizes of the corpus, in items.
const SIZES: [u32; 4] = [1_000, 10_000, 50_000, 100_000];
/// The sizes when there is little time.
const QUICK_SIZES: [u32; 2] = [1_000, 10_000];

/// What was asked for.
pub struct Options {
    /// The sizes of the corpus, in items, in ascending order.
    pub sizes: Vec<u32>,
    /// The parts to run; all when none is named.
    parts: Vec<String>,
}

impl Options {
    /// Reads the command line: words are parts, numbers are sizes. What cargo adds to it is passed over.
    pub fn read() -> Self {
        let (flags, words): (Vec<String>, Vec<String>) =
            env::args().skip(1).partition(|argument| argument.starts_with("--"));
        let quick = flags.iter().any(|flag| flag == "--quick");
        let mut sizes: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
        sizes.sort_unstable();
        if sizes.is_empty() {
            sizes = if quick { QUICK_SIZES.to_vec() } else { SIZES.to_vec() };
        }
        Self { sizes, parts: words.into_iter().filter(|word| word.parse::<u32>().is_err()).collect() }
    }

    /// Whether a part is to be run: `cargo bench -- keys` runs only that one.
    pub fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }

    /// Whether one of some parts is to be run.
    pub fn wants_any(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.wants(part))
    }
}
