//! Item files in temporary directories.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

/// A directory of item files that cleans up after itself.
pub struct Feed(TempDir);

impl Feed {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A feed of items.
    pub fn of<const COUNT: usize>(items: [(&str, Article); COUNT]) -> Self {
        items.into_iter().fold(Self::new(), |feed, (path, article)| feed.with(path, article.text()))
    }

    /// Adds a file of any kind. It has a time that is none, so that an item has only the date that it states.
    pub fn with(self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Self {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        fs::File::options().write(true).open(file).unwrap().set_modified(UNIX_EPOCH).unwrap();
        self
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }
}

/// An item file to be.
#[derive(Default)]
pub struct Article {
    title: String,
    fields: String,
    body: String,
}

impl Article {
    pub fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    pub fn dated(self, date: &str) -> Self {
        self.field(&format!("date: '{date}'"))
    }

    pub fn slug(self, slug: &str) -> Self {
        self.field(&format!("slug: {slug}"))
    }

    pub fn link(self, link: &str) -> Self {
        self.field(&format!("link:\n  original: {link}"))
    }

    pub fn author(self, author: &str) -> Self {
        self.field(&format!("author: {author}"))
    }

    pub fn topics(self, topics: &[&str]) -> Self {
        let topics: String = topics.iter().map(|topic| format!("\n  - '{topic}'")).collect();
        self.field(&format!("categories:{topics}"))
    }

    pub fn summary(self, summary: &str) -> Self {
        self.field(&format!("description: {summary}"))
    }

    pub fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub fn text(&self) -> String {
        format!("---\ntitle: {}\n{}---\n{}\n", self.title, self.fields, self.body)
    }

    pub fn field(mut self, line: &str) -> Self {
        self.fields.push_str(line);
        self.fields.push('\n');
        self
    }
}
