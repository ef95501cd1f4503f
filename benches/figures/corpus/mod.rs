//! A corpus of item files: varied, in the dialect of the curators, and the same on every machine.
//!
//! Nothing in it is taken from a real item. Item number `n` depends on `n` alone, so a small corpus is the
//! beginning of a large one.

pub mod body;
pub mod bundle;
pub mod chance;
mod damage;
mod fields;
mod front_matter;
mod words;

pub use fields::{Fields, TODAY};

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use tempfile::TempDir;

use chance::Chance;

/// What every choice in the corpus begins with.
pub const SEED: u64 = 0x524F_554E_4453;
/// How many item files a folder holds.
const FOLDER: u32 = 1000;

/// A directory of generated item files, which goes when this is dropped.
pub struct Corpus {
    directory: TempDir,
    topics: Topics,
    items: u32,
}

/// Which topics the items of a corpus have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topics {
    /// Some of a few hundred.
    Shared,
    /// A taxonomy of its own for each item, with one term.
    OwnTaxonomies,
}

impl Corpus {
    /// An empty corpus, in the build's own folder for such things: other temporary folders may be in memory.
    pub fn new(topics: Topics) -> io::Result<Self> {
        let directory = TempDir::with_prefix_in("corpus-", env!("CARGO_TARGET_TMPDIR"))?;
        Ok(Self { directory, topics, items: 0 })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes item files until there are so many, in folders of a thousand.
    pub fn grow(&mut self, items: u32) -> io::Result<()> {
        for folder in self.items / FOLDER..items.div_ceil(FOLDER) {
            fs::create_dir_all(self.path().join(format!("{folder:03}")))?;
        }
        let (root, topics) = (self.path(), self.topics);
        let write = |number| write(root, number, &item_with(number, topics), 0);
        (self.items..items).into_par_iter().try_for_each(write)?;
        self.items = self.items.max(items);
        Ok(())
    }

    /// Changes some item files.
    pub fn change(&self, mut numbers: impl Iterator<Item = u32>) -> io::Result<()> {
        numbers.try_for_each(|number| {
            let changed =
                [&item_with(number, self.topics), b"\n<p>A sentence that came later.</p>\n".as_slice()]
                    .concat();
            write(self.path(), number, &changed, 1)
        })
    }

    /// Makes some item files again what they were.
    pub fn restore(&self, mut numbers: impl Iterator<Item = u32>) -> io::Result<()> {
        numbers.try_for_each(|number| write(self.path(), number, &item_with(number, self.topics), 0))
    }
}

/// Writes an item file that was changed long ago, so that its time tells it from another version of it.
fn write(root: &Path, number: u32, text: &[u8], version: u64) -> io::Result<()> {
    let mut file = File::create(root.join(format!("{:03}/{number:06}.md", number / FOLDER)))?;
    file.write_all(text)?;
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000 + 60 * version))
}

/// The fields of the item with this number.
pub fn fields(number: u32) -> Fields {
    Fields::of(number, &mut Chance::of(SEED, number))
}

/// A topic that no other item has.
pub fn own_topic(number: u32) -> String {
    format!("Tax{number}: Term{number}")
}

/// The item file with this number.
pub fn item(number: u32) -> Vec<u8> {
    item_with(number, Topics::Shared)
}

/// The same with other topics.
fn item_with(number: u32, topics: Topics) -> Vec<u8> {
    let mut chance = Chance::of(SEED, number);
    let mut fields = Fields::of(number, &mut chance);
    if topics == Topics::OwnTaxonomies {
        fields.topics = vec![own_topic(number)];
    }
    let text = front_matter::write(&fields) + &body::any(&mut chance);
    let text = damage::text(text, &mut chance);
    damage::file(text, &mut chance)
}

/// An item file with this body.
pub fn html_item(body: &str) -> Vec<u8> {
    let fields = Fields::of(0, &mut Chance::of(SEED, 0));
    (front_matter::write(&fields) + body).into_bytes()
}
