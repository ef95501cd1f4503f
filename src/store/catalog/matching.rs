//! Searching the index of all text.

use rusqlite::Connection;

use super::feed::LONGEST_BEGINNING;
use super::{CatalogError, page};
use crate::item::{ItemFile, SafeText};
use crate::library::{Hits, ItemId, ItemSet};
use crate::search::{Context, Field, Highlights, Term, TextSearch, Wanted};

/// How many of the best items are put in order.
const BEST: usize = 1000;

/// Everything that is found.
pub(super) fn search(connection: &Connection, search: &TextSearch) -> Result<Hits, CatalogError> {
    Ok(Hits { items: found(connection, search)?, best: Vec::new(), complete: is_complete(connection)? })
}

/// Everything that is found, with the best in order.
pub(super) fn search_best(connection: &Connection, search: &TextSearch) -> Result<Hits, CatalogError> {
    let items = found(connection, search)?;
    let best = best(connection, search, &items)?;
    Ok(Hits { items, best, complete: is_complete(connection)? })
}

/// Whether all text is in the index.
fn is_complete(connection: &Connection) -> Result<bool, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM waiting)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The items that have all that is wanted and nothing that is not.
fn found(connection: &Connection, search: &TextSearch) -> Result<ItemSet, CatalogError> {
    let is_alone = |wanted: &&Wanted| has_beginning(wanted) || wanted.field == Field::Author;
    let (alone, together): (Vec<_>, Vec<_>) = search.wanted.iter().partition(is_alone);
    let mut found = None;
    if !together.is_empty() {
        found = Some(in_words(connection, &all_of(&together))?);
    }
    for wanted in alone {
        let with = with(connection, wanted)?;
        found = Some(match found {
            Some(found) => only(found, |id| with.contains(id)),
            None => with,
        });
    }
    let mut found = found.map_or_else(|| all(connection), Ok)?;
    for unwanted in &search.unwanted {
        let with = with(connection, unwanted)?;
        found = only(found, |id| !with.contains(id));
    }
    Ok(found)
}

fn only(mut items: ItemSet, holds: impl FnMut(ItemId) -> bool) -> ItemSet {
    items.retain(holds);
    items
}

/// The items that have one thing that is looked for, in any of its spellings.
fn with(connection: &Connection, wanted: &Wanted) -> Result<ItemSet, CatalogError> {
    let spellings = wanted.term.spellings();
    if wanted.field == Field::Author {
        return in_authors(connection, &any_of(&spellings));
    }
    let (beginnings, others): (Vec<_>, Vec<_>) = spellings.into_iter().partition(is_beginning);
    let mut found =
        if others.is_empty() { ItemSet::default() } else { in_words(connection, &any_of(&others))? };
    for beginning in beginnings {
        found.extend(in_beginnings(connection, &quoted(&beginning.tokens))?.iter());
    }
    Ok(found)
}

/// Whether it is the few letters that a word must begin with, which the index of beginnings knows.
fn is_beginning(term: &Term) -> bool {
    let is_short = |word: &String| {
        (1..=LONGEST_BEGINNING).contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric)
    };
    term.prefix && term.tokens.len() == 1 && term.tokens.iter().all(is_short)
}

/// Whether a spelling of what is looked for in any field is one that the index of beginnings knows.
fn has_beginning(wanted: &Wanted) -> bool {
    wanted.field == Field::Any && wanted.term.spellings().iter().any(is_beginning)
}

fn in_words(connection: &Connection, expression: &str) -> Result<ItemSet, CatalogError> {
    ids(connection, "SELECT rowid FROM words WHERE words MATCH ?1", [expression])
}

fn in_beginnings(connection: &Connection, expression: &str) -> Result<ItemSet, CatalogError> {
    ids(connection, "SELECT rowid FROM beginnings WHERE beginnings MATCH ?1", [expression])
}

fn in_authors(connection: &Connection, expression: &str) -> Result<ItemSet, CatalogError> {
    ids(connection, "SELECT rowid FROM authors WHERE authors MATCH ?1", [expression])
}

/// All items.
fn all(connection: &Connection) -> Result<ItemSet, CatalogError> {
    ids(connection, "SELECT id FROM items", [])
}

fn ids(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<ItemSet, CatalogError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut items = ItemSet::default();
    while let Some(row) = rows.next()? {
        items.insert(ItemId::new(row.get(0)?));
    }
    Ok(items)
}

/// The best of what was found: first what has all of it in the title, then the rest. Where only beginnings of a few
/// letters are wanted, which nearly every item has, there is no rest.
fn best(connection: &Connection, search: &TextSearch, found: &ItemSet) -> Result<Vec<ItemId>, CatalogError> {
    let mut best = Vec::new();
    if search.wanted.is_empty() {
        return Ok(best);
    }
    let everything: Vec<_> = search.wanted.iter().collect();
    let mut rest = found.clone();
    rank(connection, &format!("{{title}} : ({})", all_of(&everything)), &mut rest, &mut best)?;
    let long: Vec<_> = everything.into_iter().filter(|wanted| !has_beginning(wanted)).collect();
    if !long.is_empty() {
        rank(connection, &all_of(&long), &mut rest, &mut best)?;
    }
    Ok(best)
}

/// Moves items that an expression finds from what is left to the ranked ones, the best first. The index weighs how
/// often a word is there against how long the text is (BM25), which alone would put a short text above a title.
fn rank(
    connection: &Connection,
    expression: &str,
    left: &mut ItemSet,
    ranked: &mut Vec<ItemId>,
) -> Result<(), CatalogError> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid FROM words WHERE words MATCH ?1 AND rank MATCH 'bm25(10, 4, 3, 2, 1, 1)' ORDER BY rank",
    )?;
    let mut rows = statement.query([expression])?;
    while let Some(row) = rows.next()?.filter(|_| ranked.len() < BEST) {
        let id = ItemId::new(row.get(0)?);
        if left.contains(id) {
            left.remove(id);
            ranked.push(id);
        }
    }
    Ok(())
}

/// All of these must be there, as FTS5 is asked for it.
fn all_of(wanted: &[&Wanted]) -> String {
    wanted.iter().map(|wanted| term(wanted)).collect::<Vec<_>>().join(" AND ")
}

fn term(wanted: &Wanted) -> String {
    let field = match wanted.field {
        Field::Any => "",
        Field::Author => "{authors} : ",
    };
    format!("{field}{}", any_of(&wanted.term.spellings()))
}

/// Any of some spellings, as FTS5 is asked for it.
fn any_of(spellings: &[Term]) -> String {
    let words = |term: &Term| format!("{}{}", quoted(&term.tokens), if term.prefix { " *" } else { "" });
    format!("({})", spellings.iter().map(words).collect::<Vec<_>>().join(" OR "))
}

/// Words in a row, so that FTS5 takes nothing in them for one of its operators.
fn quoted(words: &[String]) -> String {
    format!("\"{}\"", words.join(" ").replace('"', "\"\"").replace('\0', " "))
}

/// For each of some items, the words around what was found in it; where only its title has it, its summary.
pub(super) fn contexts(
    connection: &Connection,
    ids: &[ItemId],
    highlights: &Highlights,
    characters: usize,
) -> Result<Vec<(ItemId, Context)>, CatalogError> {
    let mut contexts = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(file) = page::file(connection, *id)? else { continue };
        contexts.extend(context(&file, highlights, characters).map(|context| (*id, context)));
    }
    Ok(contexts)
}

fn context(file: &ItemFile, highlights: &Highlights, characters: usize) -> Option<Context> {
    let ItemFile { item, body } = file;
    let mut plain = String::new();
    body.plain_text(&mut plain);
    let authors: Vec<&str> = item.authors.iter().map(SafeText::as_str).collect();
    let topics: Vec<&str> = item.topics.iter().map(|topic| topic.term.as_str()).collect();
    let texts = [item.summary.as_str(), &plain, &topics.join(", "), &authors.join(", ")];
    let found = texts.iter().find_map(|text| highlights.context(text, characters));
    let summary = || Context { text: item.summary.clone(), found: Vec::new() };
    found.or_else(|| (!item.summary.is_empty()).then(summary))
}
