//! What the index of the text is fed with.

use rusqlite::Connection;

use super::CatalogError;
use crate::item::{Item, ItemFile, SafeText};
use crate::library::ItemId;
use crate::search::indexable;

/// How many letters the index of beginnings goes to.
pub(super) const LONGEST_BEGINNING: usize = 3;

/// Stands between texts that no phrase may span. It is no letter, so nobody can look for it.
const BETWEEN: &str = "· ";

/// The words of one item, by column. The room is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// Title, summary, topics, authors, site and body.
    columns: [String; 6],
    plain: String,
    beginnings: String,
}

impl Feed {
    /// Puts the text of an item into the index, in place of what was there of it.
    pub(super) fn insert(
        &mut self,
        connection: &Connection,
        id: ItemId,
        file: &ItemFile,
    ) -> Result<(), CatalogError> {
        self.fill(file);
        self.begin();
        let id = id.number();
        let [title, summary, topics, authors, site, body] = &self.columns;
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO words (rowid, title, summary, topics, authors, site, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((id, title, summary, topics, authors, site, body))?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO beginnings (rowid, letters) VALUES (?1, ?2)")?
            .execute((id, &self.beginnings))?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO authors (rowid, names) VALUES (?1, ?2)")?
            .execute((id, authors))?;
        Ok(())
    }

    fn fill(&mut self, ItemFile { item, body }: &ItemFile) {
        let Item { title, summary, topics, offerings, authors, site, .. } = item;
        let names = topics.iter().flat_map(|topic| topic.taxonomy.iter().chain([&topic.term]));
        let labels = offerings.iter().map(|offering| &offering.label);
        self.plain.clear();
        body.plain_text(&mut self.plain);
        let [for_title, for_summary, for_topics, for_authors, for_site, for_body] = &mut self.columns;
        fill(for_title, [title]);
        fill(for_summary, [summary]);
        fill(for_topics, names.chain(labels));
        fill(for_authors, authors);
        fill(for_site, site);
        for_body.clear();
        indexable(&self.plain, for_body);
    }

    /// Gathers the beginnings of all words, each once: words in order have theirs side by side.
    fn begin(&mut self) {
        let mut words: Vec<&str> =
            self.columns.iter().flat_map(|column| column.split_terminator(' ')).collect();
        words.sort_unstable();
        self.beginnings.clear();
        let mut previous = "";
        for word in words {
            for length in 1..=LONGEST_BEGINNING {
                let Some(letters) = beginning(word, length) else { break };
                if beginning(previous, length) != Some(letters) {
                    self.beginnings.push_str(letters);
                    self.beginnings.push(' ');
                }
            }
            previous = word;
        }
    }
}

/// The first letters of a word; `None` when it has fewer.
fn beginning(word: &str, letters: usize) -> Option<&str> {
    let mut ends = word.char_indices().map(|(at, letter)| at.saturating_add(letter.len_utf8()));
    word.get(..ends.nth(letters.checked_sub(1)?)?)
}

fn fill<'a>(column: &mut String, texts: impl IntoIterator<Item = &'a SafeText>) {
    column.clear();
    for (number, text) in texts.into_iter().enumerate() {
        if number > 0 {
            column.push_str(BETWEEN);
        }
        indexable(text, column);
    }
}
