//! What goes into a bundle: the files of a directory, with those that cannot go named.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::item::{Problem, SafeText, Severity};
use crate::source::archive::Manifest;
use crate::source::archive::path::{clean, is_hidden};
use crate::source::archive::refusal::{self, Refusal};
use crate::source::directory::Directory;
use crate::source::item_file::is_item_name;
use crate::source::limits::Limits;
use crate::source::location::is_archive_name;
use crate::source::path_text;
use crate::source::signature::signature_path;
use crate::source::site::Site;

/// The name of the file in which a bundle says what it is.
const MANIFEST: &str = "bundle.yaml";

/// The files of a directory that go into a bundle.
#[derive(Debug, Default)]
pub struct Contents {
    files: Vec<(String, PathBuf)>,
    items: usize,
    problems: Vec<(String, Problem)>,
}

impl Contents {
    /// Gathers the files of a directory: all but those whose names, or the names of whose folders, begin with a dot, and
    /// but the bundle itself, where it lies in the directory.
    ///
    /// An archive or a signature among them is named, as it is hardly ever meant to be there. What a loading of the
    /// directory reports as a problem is not named here again.
    pub fn of(root: &Path, out: &Path) -> Self {
        let directory = Directory::new(root);
        let mut contents = Self::default();
        let site = Site::of_folder(root);
        let itself = own_paths(&directory, out);
        let shown = |entry: &walkdir::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
        let entries = walkdir::WalkDir::new(root).min_depth(1).into_iter().filter_entry(shown);
        for entry in entries.flatten().filter(|entry| !entry.file_type().is_dir()) {
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let path = path_text(relative);
            if !itself.contains(&path) && !is_hidden(&path) {
                contents.add((&directory, &site), path, relative.to_str().is_some());
            }
        }
        contents.files.sort_unstable_by(|(one, _), (other, _)| {
            // What is said about the bundle comes first, so that whoever reads it as a stream knows at once.
            (one != MANIFEST, one).cmp(&(other != MANIFEST, other))
        });
        contents
    }

    fn add(&mut self, (directory, site): (&Directory, &Site), path: String, is_unicode: bool) {
        let is_item = is_item_name(Path::new(&path).file_name().unwrap_or_default())
            && site.admits_file(directory.root(), &path);
        let unsound = match clean(path.as_bytes(), &Limits::default()) {
            _ if !is_unicode => Some(unpackable("Its name is not text in UTF-8")),
            _ if path.contains('\\') => {
                Some(unpackable("There is a backslash in its name, which parts folders on some systems"))
            }
            Ok(cleaned) if cleaned == path => None,
            Ok(_) => Some(unpackable("Its name does not stay the same in an archive")),
            Err(refusal) => Some(refusal.problem()),
        };
        if let Some(problem) = unsound {
            self.problems.push((path, problem));
            return;
        }
        match directory.resolve(&path) {
            Ok(file) if is_item && is_too_large(&file) => {
                let refusal = Refusal::TooLarge(Limits::default().item_bytes);
                self.problems.push((path, refusal.problem()));
            }
            Ok(file) => {
                if path == MANIFEST {
                    self.check_manifest(&path, &file);
                }
                if let Some(kind) = published(&path) {
                    self.problems.push((path.clone(), packed_along(kind)));
                }
                self.items = self.items.saturating_add(usize::from(is_item));
                self.files.push((path, file));
            }
            // Of items, the loading says it.
            Err(_) if is_item => {}
            Err(mut problem) => {
                problem.severity = Severity::Warning;
                self.problems.push((path, problem));
            }
        }
    }

    fn check_manifest(&mut self, path: &str, file: &Path) {
        let parsed =
            fs::read(file).map_err(|error| error.to_string()).and_then(|bytes| Manifest::parse(&bytes));
        if let Err(reason) = parsed {
            self.problems.push((path.to_owned(), refusal::manifest_unreadable(&reason)));
        }
    }

    /// Leaves out the items at some paths.
    pub fn leave_out(&mut self, paths: &HashSet<&str>) {
        let before = self.files.len();
        self.files.retain(|(path, _)| !paths.contains(path.as_str()));
        self.items = self.items.saturating_sub(before.saturating_sub(self.files.len()));
    }

    /// The paths in the bundle, in their order, with the files that go there.
    pub fn files(&self) -> &[(String, PathBuf)] {
        &self.files
    }

    /// How many of the files are items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// What cannot go into a bundle, or not as it is.
    pub fn problems(&self) -> &[(String, Problem)] {
        &self.problems
    }
}

/// The paths of the bundle itself and of its signature in the directory, where they are in it.
fn own_paths(directory: &Directory, out: &Path) -> Vec<String> {
    [out.to_owned(), signature_path(out)]
        .iter()
        .filter_map(|file| {
            let folder =
                file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let real = fs::canonicalize(folder).ok()?.join(file.file_name()?);
            Some(path_text(real.strip_prefix(directory.real_root().ok()?).ok()?))
        })
        .collect()
}

/// Whether an item would be refused in a bundle.
fn is_too_large(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| metadata.len() > Limits::default().item_bytes)
}

/// What a file is that is made of items, and not meant to go along with them: it was published before.
fn published(path: &str) -> Option<&'static str> {
    let path = Path::new(path);
    if is_archive_name(path) {
        return Some("an archive");
    }
    let is_signature = path.extension().is_some_and(|found| found.eq_ignore_ascii_case("minisig"));
    is_signature.then_some("a signature")
}

fn packed_along(kind: &str) -> Problem {
    let message = format!(
        "This is {kind}, and goes into the bundle as it is. If that is not meant, move it out of the folder."
    );
    Problem {
        line: None,
        severity: Severity::Warning,
        code: "packed-along",
        message: SafeText::new(&message),
    }
}

fn unpackable(reason: &str) -> Problem {
    let message = format!("{reason}, so this cannot go into a bundle. Give it another name.");
    Problem { line: None, severity: Severity::Error, code: "entry-name", message: SafeText::new(&message) }
}
