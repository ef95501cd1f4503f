//! The dialect of the curators: which keys a field may stand under, in which order, and in what shapes.

mod date;
mod link;
mod people;
mod release;
mod summary;
mod title;
mod topics;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::damage::note_damage;
use super::front_matter::{Fields, Node};
use super::markup::plain;
use super::problem::Problems;
use super::problem_code::{COMMENT_IN_VALUE, FIELD_TOO_LONG, LIST_TOO_LONG};
use super::repair::repair;
use super::{BodyKind, DateSource, Item, ItemKey, SafeText};

/// How long a field may be, in characters. The longest title that a list can show is a tenth of it.
const FIELD_LIMIT: usize = 2000;

/// How many topics, authors or offerings an item may have.
const LIST_LIMIT: usize = 100;

/// The short name that the curators gave an item.
const SLUG: &str = "slug";

/// The map in which Hugo wants the keys that are a site's own. What stands in it counts as if it stood at the top.
const PARAMS: &str = "params";

/// Every top-level key that a field may be read from, in lower case: the first parts of all paths in the tables of
/// this room, and the key that takes in other maps.
static WANTED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let tables = [link::SITES, date::DATES, people::AUTHORS, summary::DESCRIPTIONS, title::TITLES];
    let paths = tables.into_iter().flatten().copied().chain(topics::TOPICS.iter().map(|(path, _)| *path));
    let paths = paths.chain(release::DRAFTS.iter().chain(release::UNLISTED).map(|(path, _)| *path));
    let paths = paths.chain([release::FROM, release::UNTIL].into_iter().flatten().copied());
    let paths = paths.chain(link::LINKS.iter().map(|(path, _)| *path));
    let paths = paths.chain([people::OFFERINGS, summary::SUMMARY, SLUG, PARAMS, "<<"]);
    paths.filter_map(|path| path.split('.').next()).map(str::to_ascii_lowercase).collect()
});

/// Whether a field may be read from this top-level key.
pub(super) fn is_wanted(key: &str) -> bool {
    WANTED.contains(&key.to_ascii_lowercase())
}

/// What the fields are read from besides the front matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    /// Where the file is in its source.
    pub path: &'a str,
    /// What its body is written in.
    pub kind: BodyKind,
    /// Its body, repaired.
    pub body: &'a str,
}

/// Reads the fields of an item. Its problems and its reading time are left for the caller to fill in.
pub(super) fn read(file: File<'_>, fields: &mut Fields<'_>, problems: &mut Problems) -> Item {
    let has_params = fields.get(PARAMS, problems).is_some();
    let mut dialect = Dialect { fields, problems, has_params };
    let link = dialect.link();
    let slug = dialect.text(SLUG).unwrap_or_default();
    Item {
        key: ItemKey::of(link.as_ref(), &slug, file.path),
        path: file.path.to_owned(),
        title: dialect.title(file),
        date: dialect.date(file.path, &slug),
        date_source: DateSource::Item,
        site: dialect.site(link.as_ref()),
        authors: dialect.authors(),
        topics: dialect.topics(),
        offerings: dialect.offerings(),
        summary: dialect.summary(file),
        release: dialect.release(file),
        slug,
        link,
        minutes: 0,
        problems: Vec::new(),
    }
}

/// The fields of one file while they are being read.
struct Dialect<'d, 'f> {
    fields: &'d mut Fields<'f>,
    problems: &'d mut Problems,
    has_params: bool,
}

impl Dialect<'_, '_> {
    /// The value at a path: a top-level key, or one within the map of another (`link.brand`). What is not at the top may
    /// stand below `params`.
    fn node(&mut self, path: &str) -> Option<&Node> {
        let (top, key) = path.split_once('.').map_or((path, None), |(map, key)| (map, Some(key)));
        let is_below = |node: &Node| key.is_none_or(|key| node.get(key).is_some());
        let is_in_params = self.has_params && !self.fields.get(top, self.problems).is_some_and(is_below);
        let node = if is_in_params {
            self.fields.get_in(PARAMS, top, self.problems)?
        } else {
            self.fields.get(top, self.problems)?
        };
        key.map_or(Some(node), |key| node.get(key))
    }

    /// A path as the file spells the key at its beginning.
    fn spelt(&self, path: &str) -> String {
        let (top, rest) = path.split_at_checked(path.find('.').unwrap_or(path.len())).unwrap_or((path, ""));
        format!("{}{rest}", self.fields.name_of(top).unwrap_or(top))
    }

    /// The text at a path, made fit to be shown.
    fn text(&mut self, path: &str) -> Option<SafeText> {
        let text = self.node(path)?.text()?.to_owned();
        Some(self.clean(path, &text)).filter(|text| !text.is_empty())
    }

    /// A text that a person reads, as [`Dialect::text`] has it. What YAML takes for a comment belongs to it where the `#` is
    /// followed by a word at once, as in `Ward news #2: beds`; otherwise it is only named.
    fn prose(&mut self, path: &str) -> Option<SafeText> {
        let Some(typed) = self.fields.with_comment(path) else { return self.text(path) };
        let is_text = typed.split('#').skip(1).all(|behind| behind.starts_with(char::is_alphanumeric));
        let what = if is_text { "It was used as typed" } else { "It was left out" };
        let message = format!(
            "YAML reads what follows # in the value of `{}` as a comment. {what}; put the value in quotation marks.",
            self.spelt(path)
        );
        self.problems.warn(self.line_of(path), COMMENT_IN_VALUE, &message);
        if is_text { Some(self.clean(path, typed)).filter(|text| !text.is_empty()) } else { self.text(path) }
    }

    /// The first text at any of some paths.
    fn first_text(&mut self, paths: &[&str]) -> Option<SafeText> {
        paths.iter().find_map(|path| self.text(path))
    }

    /// Makes a text from the value at `path` fit to be shown: plain, repaired, safe, and not too long.
    fn clean(&mut self, path: &str, text: &str) -> SafeText {
        self.fit(path, &plain(text))
    }

    /// Makes a text without markup fit to be shown: repaired, safe, and not too long.
    fn fit(&mut self, path: &str, text: &str) -> SafeText {
        let line = self.line_of(path);
        let mut bare = Cow::Borrowed(text);
        // An export tool known to us hides colons from YAML behind backslashes.
        if bare.contains("\\:") {
            bare = Cow::Owned(bare.replace("\\:", ":"));
        }
        let repaired = repair(&bare);
        if repaired != bare {
            note_damage(self.problems, line, &bare, &repaired);
        }
        let safe = SafeText::new(&repaired);
        match safe.char_indices().nth(FIELD_LIMIT) {
            None => safe,
            Some((end, _)) => {
                let message = format!(
                    "The value of `{}` is longer than {FIELD_LIMIT} characters. It was cut; shorten it.",
                    self.spelt(path)
                );
                self.problems.warn(line, FIELD_TOO_LONG, &message);
                SafeText::new(safe.get(..end).unwrap_or_default())
            }
        }
    }

    /// The line of the file on which the top-level key of a path stands.
    fn line_of(&self, path: &str) -> Option<u32> {
        self.fields.line_of(path.split('.').next().unwrap_or(path))
    }

    /// Warns when a list is too long, and says how many of its entries to take.
    fn take_at_most(&mut self, path: &str, length: usize) -> usize {
        if length > LIST_LIMIT {
            let message = format!(
                "The list `{}` has more than {LIST_LIMIT} entries. The rest were left out; shorten it.",
                self.spelt(path)
            );
            self.problems.warn(self.line_of(path), LIST_TOO_LONG, &message);
        }
        length.min(LIST_LIMIT)
    }
}

/// The text of a value that may be a map which names something, such as `{name: …, url: …}`.
fn name_of(node: &Node) -> Option<&str> {
    const NAMES: &[&str] = &["name", "display_name", "displayName", "title", "label", "term", "slug"];
    node.text().or_else(|| NAMES.iter().find_map(|name| node.get(name)?.text()))
}

#[cfg(test)]
#[path = "../tests/dialect.rs"]
mod tests;
