//! What has to be known of the files of a source to tell what site they make.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// The longest configuration file that is read (256 KiB).
pub(super) const LONGEST: u64 = 256 * 1024;

/// The files of a source, as far as they tell what site they make. Paths have `/` between their parts.
pub(super) trait Tree {
    /// Whether there is a folder.
    fn has_folder(&self, path: &str) -> bool;
    /// The text of a configuration file; `None` where there is none.
    fn text(&self, path: &str) -> Option<String>;
    /// The one folder at the top, where there is nothing else.
    fn only_top(&self) -> Option<String>;
}

/// A folder on this machine.
pub(super) struct Disk<'a>(pub &'a Path);

impl Tree for Disk<'_> {
    fn has_folder(&self, path: &str) -> bool {
        self.0.join(path).is_dir()
    }

    fn text(&self, path: &str) -> Option<String> {
        let path = self.0.join(path);
        // To open a named pipe could wait for ever.
        if !fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn only_top(&self) -> Option<String> {
        let mut only = None;
        for entry in fs::read_dir(self.0).ok()?.flatten() {
            let name = entry.file_name().into_string().ok()?;
            if name.starts_with('.') {
                continue;
            }
            if only.is_some() || !entry.file_type().ok()?.is_dir() {
                return None;
            }
            only = Some(name);
        }
        only
    }
}
