//! Which files of a source are news: of a static site, those that its generator makes articles of.
//!
//! A site is known by the configuration file of its generator, at the top of the source or in the one folder there. Of
//! its files, only those below its content folder are items. What is no article by its name is none in any source.

mod generator;
mod scan;
mod tree;

pub(super) use scan::Scan;

use std::collections::HashSet;
use std::path::Path;

use generator::Generator;
use tree::{Disk, Tree};

/// Names of files that say something of the folder they lie in, without their extensions.
const ABOUT_FOLDERS: [&str; 10] = [
    "README",
    "LICENSE",
    "LICENCE",
    "CHANGELOG",
    "CONTRIBUTING",
    "CODE_OF_CONDUCT",
    "SECURITY",
    "readme",
    "changelog",
    "contributing",
];

/// How many folders above a source are looked into for the configuration of a site that it may be a part of.
const ABOVE: usize = 4;

/// Which files of a source are news, by their paths in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Site {
    generator: Option<Generator>,
    /// What the paths in the site begin with: the folder at the top of an archive, with a slash behind it.
    prefix: String,
    /// Folders whose `index.md` is the only article in them.
    leaf_bundles: HashSet<String>,
    /// Whether the source is a leaf bundle of a site itself.
    is_leaf_bundle: bool,
    /// The folder at the top, where there is nothing else there.
    top: Option<String>,
    /// The one folder that is read, of those below the top as well.
    chosen: Option<String>,
}

impl Site {
    /// The site, of which only one folder is read.
    pub(super) fn within(self, folder: Option<&str>) -> Self {
        Self { chosen: folder.map(str::to_owned), ..self }
    }

    /// The same source with all its files as items.
    pub(super) fn of_all(self) -> Self {
        Self { top: self.top, ..Self::default() }
    }

    /// Whether a path lies in the folder that was chosen, if one was.
    fn is_chosen(&self, path: &str) -> bool {
        let Some(chosen) = &self.chosen else { return true };
        let is_below =
            |path: &str| path.strip_prefix(chosen.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let below_top = self.top.as_deref().and_then(|top| path.strip_prefix(top)?.strip_prefix('/'));
        is_below(path) || below_top.is_some_and(is_below)
    }

    /// Where in a path the folders begin below the one at the top that all files lie in, if there is one.
    pub(super) fn below_top(&self, path: &str) -> usize {
        let top = self
            .top
            .as_deref()
            .filter(|top| path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/')));
        top.map_or(0, |top| top.len() + 1)
    }

    /// What kind of site a folder on this machine is, or is the content of.
    pub(super) fn of_folder(root: &Path) -> Self {
        let disk = Disk(root);
        let site = Self::of_tree(&disk);
        if site.generator.is_some() {
            return site;
        }
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let above = real.ancestors().skip(1).take(ABOVE);
        let generator = above.filter_map(|folder| {
            let inside = real.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            Generator::of_tree(&Disk(folder), "")?.below(&inside)
        });
        let generator = generator.into_iter().next();
        let is_leaf_bundle = generator.as_ref().is_some_and(|(_, is_root)| !is_root) && is_leaf_bundle(root);
        Self { generator: generator.map(|(generator, _)| generator), is_leaf_bundle, ..Self::default() }
    }

    fn of_tree(tree: &dyn Tree) -> Self {
        let top = tree.only_top();
        let below = top.as_ref().map(|folder| format!("{folder}/"));
        for prefix in std::iter::once(String::new()).chain(below) {
            if let Some(generator) = Generator::of_tree(tree, &prefix) {
                return Self { generator: Some(generator), prefix, top, ..Self::default() };
            }
        }
        Self { top, ..Self::default() }
    }

    /// Whether a file may be an item. `has_index` tells whether a folder has an `index.md` or the like.
    pub(super) fn admits(&self, path: &str, has_index: &dyn Fn(&str) -> bool) -> bool {
        if is_about_a_folder(path) {
            return false;
        }
        if !self.is_chosen(path) || (self.is_leaf_bundle && !is_index(path)) {
            return false;
        }
        let Some(generator) = &self.generator else { return true };
        let Some(inside) = path.strip_prefix(&self.prefix) else { return false };
        // A folder that was chosen may lie beside the content folder.
        let Some(content) = generator.content(inside) else { return self.chosen.is_some() };
        let has_index = |folder: &str| {
            let root = path.strip_suffix(content).unwrap_or_default();
            has_index(&format!("{root}{folder}"))
        };
        !generator.has_leaf_bundles() || !is_resource(content, &has_index)
    }

    /// As [`Site::admits`], in an archive of which all paths are known.
    pub(super) fn admits_entry(&self, path: &str) -> bool {
        self.admits(path, &|folder| self.leaf_bundles.contains(folder))
    }

    /// As [`Site::admits`], in a folder on this machine.
    pub(super) fn admits_file(&self, root: &Path, path: &str) -> bool {
        self.admits(path, &|folder| is_leaf_bundle(&root.join(folder)))
    }
}

/// Whether a file is about the folder that it lies in: the page of a section, a README, a licence.
fn is_about_a_folder(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem == "_index" || ABOUT_FOLDERS.contains(&stem)
}

/// Whether a file belongs to the article of a folder above it. `path` is that below the content folder.
fn is_resource(path: &str, has_index: &dyn Fn(&str) -> bool) -> bool {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    for folder in folders {
        if has_index(folder) {
            let inside = path.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            return !is_index(inside);
        }
    }
    false
}

/// Whether a name is that of the article of its folder: `index.md`, or `index.de.md` in another language.
fn is_index(name: &str) -> bool {
    const KINDS: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];
    let mut parts = name.split('.');
    let is_index = parts.next() == Some("index") && !name.contains('/');
    is_index && parts.next_back().is_some_and(|kind| KINDS.contains(&kind))
}

fn is_leaf_bundle(folder: &Path) -> bool {
    ["md", "markdown", "html"].iter().any(|kind| folder.join(format!("index.{kind}")).is_file())
}

#[cfg(test)]
mod tests;
