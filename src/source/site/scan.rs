//! What has to be known of the paths of an archive before its items are read.

use std::collections::{HashMap, HashSet};

use super::generator::is_configuration;
use super::tree::{LONGEST, Tree};
use super::{Site, is_index};

/// How many folders with an article of their own are known, which bounds the memory.
const FOLDERS_MAX: usize = 100_000;
/// How deep folders are noted that may be the content folder of a site, below the folder at the top.
const DEPTH: usize = 5;

/// Gathers what the paths of an archive tell.
#[derive(Debug, Default)]
pub(in crate::source) struct Scan {
    folders: HashSet<String>,
    texts: HashMap<String, String>,
    leaf_bundles: HashSet<String>,
    /// The first folder at the top, and whether there is anything else.
    top: Option<String>,
    has_others: bool,
}

impl Scan {
    /// Takes a path. `read` gives the bytes of it, and is called for configuration files only.
    pub(in crate::source) fn take<E>(
        &mut self,
        path: &str,
        size: u64,
        read: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<(), E> {
        let (top, inside) = path.split_once('/').unwrap_or(("", path));
        if (is_configuration(path) || is_configuration(inside)) && size <= LONGEST && self.texts.len() < 100 {
            self.texts.insert(path.to_owned(), String::from_utf8_lossy(&read()?).into_owned());
        }
        if path.starts_with('.') {
            return Ok(());
        }
        self.has_others |= top.is_empty() || self.top.as_deref().is_some_and(|known| known != top);
        self.top.get_or_insert_with(|| top.to_owned());
        let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at)).take(DEPTH);
        while let Some(folder) = folders.next().filter(|_| self.folders.len() < FOLDERS_MAX) {
            if !self.folders.contains(folder) {
                self.folders.insert(folder.to_owned());
            }
        }
        if let Some((folder, name)) = path.rsplit_once('/')
            && is_index(name)
            && self.leaf_bundles.len() < FOLDERS_MAX
        {
            self.leaf_bundles.insert(folder.to_owned());
        }
        Ok(())
    }

    /// What kind of site the archive holds.
    pub(in crate::source) fn site(mut self) -> Site {
        let leaf_bundles = std::mem::take(&mut self.leaf_bundles);
        Site { leaf_bundles, ..Site::of_tree(&self) }
    }
}

impl Tree for Scan {
    fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.texts.get(path).cloned()
    }

    fn only_top(&self) -> Option<String> {
        self.top.clone().filter(|_| !self.has_others)
    }
}
