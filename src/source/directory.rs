//! A directory of items: walking through it without ever leaving it.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::archive::is_archive;
use super::error::reason;
use super::hints::{FileTime, Hints};
use super::item_file::is_item_name;
use super::location::is_archive_name;
use super::path_text::{escaped_path, path_text};
use super::problem_code::{ARCHIVE_INSIDE, FOLDER_UNREADABLE, LINK_BROKEN, LINK_OUTSIDE, LINK_TO_FOLDER};
use super::site::Site;
use super::walk::{self, Bytes, Found, ItemPlace};
use crate::item::{Problem, SafeText, Severity};

/// A directory of items.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    /// As it was named.
    root: PathBuf,
}

impl Directory {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// As it was named.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where the directory really is, without links: what lies inside begins with this. Its name may be a link
    /// that leads elsewhere tomorrow, as where each release of a feed has a folder of its own.
    pub(super) fn real_root(&self) -> io::Result<PathBuf> {
        fs::canonicalize(&self.root)
    }

    /// Goes through the directory and all folders below it, in no particular order.
    pub(super) fn walk(&self) -> impl Iterator<Item = Found> + Send + use<> {
        let entries = walkdir::WalkDir::new(&self.root).min_depth(1).into_iter();
        let (site, time) = (Site::of_folder(&self.root), FileTime::of_files_in(&self.root));
        Walk { site, time, directory: self.clone(), entries, next: None }
    }

    /// What the place of an item tells of it, by the item's path.
    pub(super) fn hints(&self, path: &str) -> Hints {
        let folders_from = Some(Site::of_folder(&self.root).below_top(path));
        Hints { folders_from, time: FileTime::of_files_in(&self.root) }
    }

    /// Finds the file of an item by the item's path.
    pub(super) fn resolve(&self, path: &str) -> Result<PathBuf, Problem> {
        let escaped = || escaped_path(path).filter(|escaped| self.root.join(escaped).exists());
        let plain = PathBuf::from(path);
        let relative = if self.root.join(&plain).exists() { plain } else { escaped().unwrap_or(plain) };
        if !relative
            .components()
            .all(|component| matches!(component, Component::Normal(_) | Component::CurDir))
        {
            return Err(leads_outside(&relative));
        }
        let (file, metadata) = self.follow(&self.root.join(relative))?;
        if metadata.is_file() { Ok(file) } else { Err(walk::special(metadata.file_type())) }
    }

    /// What is at the end of a path, if that is inside this directory.
    fn follow(&self, path: &Path) -> Result<(PathBuf, Metadata), Problem> {
        let target = fs::canonicalize(path).map_err(|error| leads_nowhere(&error))?;
        let real_root = self.real_root().map_err(|error| leads_nowhere(&error))?;
        if !target.starts_with(real_root) {
            return Err(leads_outside(&target));
        }
        let metadata = fs::metadata(&target).map_err(|error| leads_nowhere(&error))?;
        Ok((target, metadata))
    }

    /// What a link in this directory is: links to files are followed, links to folders are not, so that no
    /// folder is read twice or for ever.
    fn link(&self, link: &Path, hints: Hints) -> Found {
        let named_like_item = is_item_name(link.file_name().unwrap_or_default());
        let problem = match self.follow(link) {
            Ok((_, metadata)) if metadata.is_dir() => leads_to_folder(),
            Ok((file, metadata)) if metadata.is_file() && named_like_item => {
                return Found::Item(ItemPlace::new(self.text_of(link), Bytes::File(file), hints));
            }
            Ok((_, metadata)) if named_like_item => walk::special(metadata.file_type()),
            Err(problem) if named_like_item || link.is_dir() => problem,
            Ok(_) | Err(_) => return walk::other(link),
        };
        Found::Problem(self.text_of(link), problem)
    }

    /// A path below the root as an item carries it.
    fn text_of(&self, path: &Path) -> String {
        path_text(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

/// The way through a directory.
struct Walk {
    directory: Directory,
    /// Which of its files are news.
    site: Site,
    /// Whether the times of its files tell when their items are from.
    time: FileTime,
    entries: walkdir::IntoIter,
    /// What is found next, where there are two things to be said of a file.
    next: Option<Found>,
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(found) = self.next.take() {
            return Some(found);
        }
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(self.closed_folder(&error)),
            };
            let kind = entry.file_type();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                if kind.is_dir() {
                    self.entries.skip_current_dir();
                }
                return Some(Found::Hidden);
            }
            if !kind.is_dir() {
                return Some(self.file(&entry));
            }
        }
    }
}

impl Walk {
    /// What something that is no folder is.
    fn file(&mut self, entry: &walkdir::DirEntry) -> Found {
        let kind = entry.file_type();
        let path = self.directory.text_of(entry.path());
        let is_item = is_item_name(entry.file_name()) && self.site.admits_file(&self.directory.root, &path);
        if kind.is_symlink() && (is_item || !is_item_name(entry.file_name())) {
            return self.directory.link(entry.path(), self.hints(&path));
        }
        if !is_item {
            if kind.is_file() && is_archive_name(entry.path()) && is_archive(entry.path()) {
                self.next = Some(Found::Problem(path, archive_inside()));
            }
            return walk::other(entry.path());
        }
        if kind.is_file() {
            let hints = self.hints(&path);
            Found::Item(ItemPlace::new(path, Bytes::File(entry.path().to_owned()), hints))
        } else {
            Found::Problem(path, walk::special(kind))
        }
    }

    /// What the place of a file tells of its item.
    fn hints(&self, path: &str) -> Hints {
        Hints { folders_from: Some(self.site.below_top(path)), time: self.time }
    }

    /// A folder that could not be looked into.
    fn closed_folder(&self, error: &walkdir::Error) -> Found {
        let path = error.path().map(|path| self.directory.text_of(path)).filter(|path| !path.is_empty());
        let message = format!(
            "This folder could not be read ({}), so items in it are missing from the list. Check that you have the right to read it.",
            error.io_error().map_or_else(|| SafeText::of(error), reason)
        );
        Found::Problem(
            path.unwrap_or_else(|| ".".to_owned()),
            problem(Severity::Error, FOLDER_UNREADABLE, &message),
        )
    }
}

fn leads_outside(target: &Path) -> Problem {
    let message = format!(
        "This leads to {}, outside the source, so it was not read. If it belongs here, put a copy of it in its place.",
        SafeText::of(target.display())
    );
    problem(Severity::Error, LINK_OUTSIDE, &message)
}

fn leads_nowhere(error: &io::Error) -> Problem {
    let message =
        format!("There is no file to read here ({}). If this is a link, fix it or remove it.", reason(error));
    problem(Severity::Error, LINK_BROKEN, &message)
}

fn leads_to_folder() -> Problem {
    let message = "This is a link to a folder, and only links to files are followed. \
                   If the folder is not in the source anyway, move it here.";
    problem(Severity::Warning, LINK_TO_FOLDER, message)
}

fn archive_inside() -> Problem {
    let message = "This is an archive, and what is in it is not read with the folder. \
                   To read it, open it by itself, or unpack it here.";
    problem(Severity::Warning, ARCHIVE_INSIDE, message)
}

fn problem(severity: Severity, code: &'static str, message: &str) -> Problem {
    Problem { line: None, severity, code, message: SafeText::new(message) }
}
