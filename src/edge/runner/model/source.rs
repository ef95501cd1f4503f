//! The folder of items that changes under the program, and what is known to be in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;

/// How many files there are at the most.
const FILES_MAX: u32 = 16;

/// A folder of items, and the titles of the files that are in it.
pub struct SourceFolder {
    path: PathBuf,
    titles: BTreeMap<u32, String>,
    versions: u32,
}

impl SourceFolder {
    /// A folder with some items.
    pub fn new(path: PathBuf, rng: &mut Rng) -> Self {
        fs::create_dir_all(&path).unwrap();
        let mut folder = Self { path, titles: BTreeMap::new(), versions: 0 };
        for _ in 0..rng.u32(0..FILES_MAX) {
            folder.write(rng.u32(0..FILES_MAX));
        }
        folder
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes, changes or removes a file, or several.
    pub fn change(&mut self, rng: &mut Rng) {
        for _ in 0..rng.u32(1..5) {
            let number = rng.u32(0..FILES_MAX);
            if rng.u8(0..3) == 0 && self.titles.remove(&number).is_some() {
                fs::remove_file(self.file(number)).unwrap();
            } else {
                self.write(number);
            }
        }
    }

    /// The titles of all items, in order.
    pub fn titles(&self) -> Vec<String> {
        let mut titles: Vec<String> = self.titles.values().cloned().collect();
        titles.sort();
        titles
    }

    fn write(&mut self, number: u32) {
        self.versions += 1;
        // Another length each time, so that a change is seen whatever the clock of the disk says.
        let title =
            format!("Item {number} in version {} {}", self.versions, "x".repeat(self.versions as usize));
        let text = format!(
            "---\ntitle: {title}\nlink: https://example.org/{number}\ndate: 2026-11-{:02}\n---\n<p>Text.</p>\n",
            number % 28 + 1
        );
        fs::write(self.file(number), text).unwrap();
        self.titles.insert(number, title);
    }

    fn file(&self, number: u32) -> PathBuf {
        self.path.join(format!("{number}.md"))
    }
}
