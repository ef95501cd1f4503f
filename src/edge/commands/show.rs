//! `rounds show`: one article as text.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::find::{Found, MatchedBy, find};
use super::words::nearest;
use super::{Answer, CommandError, ItemArguments, Items, Reading, shown};
use crate::article::{Document, Page};
use crate::edge::origin::Origin;
use crate::edge::output::{Console, ItemRecord, to_json_line};
use crate::edge::store::Store;
use crate::item::{Item, ItemFile, SafeText, Severity};
use crate::library::{ItemId, Marks};
use crate::source::{Location, Source, path_text};
use crate::store::catalog::CatalogError;

/// The most titles that are suggested.
const SUGGESTIONS: usize = 5;
/// The widest that an article is set unless another width is asked for: a line that the eye can follow back.
const COLUMN: u16 = 72;

/// Print one article
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds show 'data intelligence' ~/news
  rounds show cardiology/2021-12-05-stents.md ~/news
  rounds show ~/news/cardiology/2021-12-05-stents.md
  rounds show 'data intelligence' ~/news --format json | jq -r '.links[]'")]
pub struct Arguments {
    /// The article: its key, slug or path, or a part of its title that no other title has
    item: OsString,
    #[command(flatten)]
    sources: ItemArguments,
    /// The width of the text, in characters [default: 72, or less where the terminal is narrower]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    width: Option<u16>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ShowFormat,
}

/// The layouts of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// Text for people
    #[default]
    Text,
    /// All that is known of the item, as JSON
    Json,
}

/// What is printed: the item with its body, its record for scripts, and what its source is called.
struct Article {
    file: ItemFile,
    /// The same item in the topics of all files of its original.
    item: Item,
    label: SafeText,
}

/// What the name of an item has led to.
enum Chosen {
    One(Box<Article>),
    /// Several items are called so; each in a line.
    Several(MatchedBy, Vec<[SafeText; 2]>),
    /// No item is called so; these titles come near.
    None(Vec<String>),
}

/// Prints one article.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let store = Store::of_this_user();
    let Some(article) = choose(arguments, &store, console)? else { return Ok(Answer::No) };
    let Article { file, item, label } = *article;
    let width = arguments.width.or(console.width.map(|width| width.min(COLUMN))).unwrap_or(COLUMN);
    let document = Document::of(&file.body, file.item.link.as_ref());
    let page = Page::set(&file.item, &document, width);
    match arguments.format {
        ShowFormat::Text => {
            console.out.write_all(page.text().as_bytes())?;
            say_what_is_broken(&file, console);
        }
        ShowFormat::Json => {
            let marks = store.marks(console);
            let record = ArticleRecord {
                item: ItemRecord::of(&item, &label, &marks, None),
                text: &page.text(),
                links: page.links.iter().map(ToString::to_string).collect(),
                html: &file.body.raw,
            };
            to_json_line(console.out, &record)?;
        }
    }
    Ok(Answer::Yes)
}

/// Reads the item that is meant; `None` when it could not be told, which has then been said.
fn choose(
    arguments: &Arguments,
    store: &Store,
    console: &mut Console<'_>,
) -> Result<Option<Box<Article>>, CommandError> {
    let (named, sources) = (Path::new(&arguments.item), arguments.sources.named());
    if sources.is_empty() && named.is_file() {
        let name = path_text(Path::new(named.file_name().unwrap_or_default()));
        let source = Source::open(&Location::parse(&arguments.item)?)?;
        let file = source.read(&name);
        return Ok(Some(Box::new(Article { item: file.item.clone(), file, label: source.label() })));
    }
    let mut reading = arguments.sources.read(console)?;
    let (typed, source) = within(named, sources, &reading);
    let chosen = reading
        .answer_from_items((store, Marks::default()), console, |items| chosen(items, &typed, source))?;
    match chosen {
        Chosen::One(article) => return Ok(Some(article)),
        Chosen::Several(matched, rows) => say_ambiguous(&typed, matched, &rows, reading.len() > 1, console),
        Chosen::None(nearest) => {
            reading.say_what_is_withheld(console);
            reading.say_what_is_missing(console);
            say_unknown(&typed, &nearest, console);
        }
    }
    Ok(None)
}

/// Finds the item that is called so, in a source or in all of them.
fn chosen(items: &mut Items, typed: &str, source: Option<usize>) -> Result<Chosen, CatalogError> {
    match find(items, typed, source)? {
        Found::One(id) => {
            // One that has gone since the list was read is not there.
            let Some(file) = items.file(id)? else { return Ok(Chosen::None(Vec::new())) };
            let mut item = file.item.clone();
            items.add_topics(id, &mut item)?;
            Ok(Chosen::One(Box::new(Article { file, item, label: items.label_of(id) })))
        }
        Found::Several(matched, ids) => {
            Ok(Chosen::Several(matched, ids.iter().map(|id| row(items, *id)).collect()))
        }
        Found::None => {
            let titles = items.library().newest_first().iter().map(|id| items.title(*id));
            let nearest = nearest(typed, titles, SUGGESTIONS);
            Ok(Chosen::None(nearest.into_iter().map(str::to_owned).collect()))
        }
    }
}

/// An item in a row: its path, with its source where there are several, and its title.
fn row(items: &Items, id: ItemId) -> [SafeText; 2] {
    let path = SafeText::new(items.path(id));
    let path = if items.source_count() > 1 {
        SafeText::of(format_args!("{}: {path}", items.label_of(id)))
    } else {
        path
    };
    [path, SafeText::new(items.title(id))]
}

/// The name of an item inside its source, also when it was typed as a path that leads there from here. Then it is
/// known which of the sources is meant.
fn within(typed: &Path, sources: &[OsString], reading: &Reading) -> (String, Option<usize>) {
    let inside = sources.iter().find_map(|source| Some((source, typed.strip_prefix::<&OsStr>(source).ok()?)));
    match inside {
        Some((source, inside)) if !inside.as_os_str().is_empty() => {
            let is_it =
                |origin: &Origin| origin.directory().is_some_and(|folder| folder == Path::new(source));
            (path_text(inside), reading.origins().position(is_it))
        }
        _ => (path_text(typed), None),
    }
}

fn say_ambiguous(
    typed: &str,
    matched: MatchedBy,
    rows: &[[SafeText; 2]],
    several: bool,
    console: &mut Console<'_>,
) {
    const SHOWN: usize = 20;
    let more = match rows.len().checked_sub(SHOWN) {
        Some(more @ 1..) => Some([SafeText::of(format_args!("and {more} more")), SafeText::default()]),
        _ => None,
    };
    let what = match matched {
        MatchedBy::Title | MatchedBy::PartOfTitle => "titles contain",
        MatchedBy::Key | MatchedBy::Path | MatchedBy::Slug => "items match",
    };
    let source = if several { ", and only its source" } else { "" };
    let (count, typed) = (rows.len(), shown(typed));
    console.say_with(
        format_args!("{count} {what} “{typed}”. Type more of the title, or one of these paths{source}:"),
        rows.iter().take(SHOWN).cloned().chain(more),
    );
}

fn say_unknown(typed: &str, nearest: &[String], console: &mut Console<'_>) {
    let typed = shown(typed);
    if nearest.is_empty() {
        console.say(format_args!("no item matches “{typed}”. To see all items: rounds list SOURCE."));
    } else {
        let nearest = nearest.iter().map(|title| [SafeText::new(title)]);
        console.say_with(format_args!("no item matches “{typed}”. The nearest titles are:"), nearest);
    }
}

/// Says what of the item could not be read as it was meant.
fn say_what_is_broken(file: &ItemFile, console: &mut Console<'_>) {
    let path = SafeText::new(&file.item.path);
    for problem in file.item.problems.iter().filter(|problem| problem.severity == Severity::Error) {
        match problem.line {
            Some(line) => console.say(format_args!("{path}:{line}: {}", problem.message)),
            None => console.say(format_args!("{path}: {}", problem.message)),
        }
    }
}

/// An article as JSON: the item with its text.
#[derive(Serialize)]
struct ArticleRecord<'a> {
    #[serde(flatten)]
    item: ItemRecord<'a>,
    text: &'a str,
    links: Vec<String>,
    html: &'a str,
}
