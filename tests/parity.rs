//! One way to the items: the reader and every command list the same items, in the same order, under the same topics.
//!
//! The reader's list is a library over the catalogs, filled as the program fills it, from catalogs of its own. The
//! commands are those of the built program. Both have seen the folders at another time before, so that what they know
//! has come in different orders.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by panicking"
)]
#![cfg(test)]

mod support;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::date;
use rounds::item::SafeText;
use rounds::library::{ItemId, ItemSet, Library, Query, Topic, TopicId, TopicKind, View};
use rounds::search::{Search, fold};
use rounds::source::{Location, Source};
use rounds::store::catalog::{Catalog, Changes};
use rounds::store::collection::{Collection, CollectionReader};
use rounds::store::refresh::RefreshStep;
use serde_json::Value;
use support::program::rounds_at;
use support::{Article, Feed, Outcome};

/// The sources of a case. None is the sample.
struct Sources(Vec<Feed>);

impl Sources {
    /// What is opened, as it is called, one behind the other.
    fn opened(&self) -> Vec<(SafeText, Source)> {
        let mut opened: Vec<Source> = self.0.iter().map(|feed| open(&feed.path())).collect();
        if opened.is_empty() {
            opened.push(Source::open(&Location::Sample).unwrap());
        }
        opened.into_iter().map(|source| (source.label(), source)).collect()
    }

    /// Every second file is not there yet.
    fn hide_some(&self) {
        for (number, file) in self.files().into_iter().enumerate().filter(|(number, _)| number % 2 == 0) {
            fs::rename(&file, file.with_extension(format!("hidden-{number}"))).unwrap();
        }
    }

    fn show_all(&self) {
        for file in self.files() {
            if file.extension().is_some_and(|ending| ending.to_string_lossy().starts_with("hidden-")) {
                fs::rename(&file, file.with_extension("md")).unwrap();
            }
        }
    }

    fn files(&self) -> Vec<std::path::PathBuf> {
        let below = self.0.iter().flat_map(|feed| walkdir::WalkDir::new(feed.path()).sort_by_file_name());
        below
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect()
    }
}

fn open(folder: &Path) -> Source {
    Source::open(&Location::Directory(folder.to_owned())).unwrap()
}

/// What the reader has.
struct Reader {
    library: Library,
    catalogs: CollectionReader,
    labels: Vec<String>,
}

impl Reader {
    /// Fills a library as the program does: with the newest, with all that the catalogs hold, and with what has changed.
    fn open(sources: &Sources, home: &Path) -> Self {
        let opened = sources.opened();
        let catalog = |at: usize| Catalog::open(&home.join(format!("{at}.db"))).0;
        let named = opened.iter().enumerate().map(|(at, (label, _))| (label.clone(), catalog(at)));
        let mut collection = Collection::of(named.collect());
        let mut library = Library::default();
        library.change(collection.newest(200), &[]);
        let take = |library: &mut Library, Changes { written, removed }| {
            library.change(written, &removed);
            ControlFlow::Continue(())
        };
        let _all = collection.hand_over_all(&mut |changes| take(&mut library, changes));
        for (at, (_, source)) in opened.iter().enumerate() {
            let refreshed = collection.refresh(at, source, false, &mut |step| match step {
                RefreshStep::Changed { changes, .. } => take(&mut library, changes),
                RefreshStep::Restarted { .. } => panic!("nothing is wrong with the catalog"),
            });
            assert!(refreshed.unwrap().is_whole);
        }
        collection.index_all(&mut |_| ControlFlow::Continue(())).unwrap();
        let labels = opened.iter().map(|(label, _)| label.to_string()).collect();
        Self { library, catalogs: collection.reader(), labels }
    }

    /// The items of a query as a command must list them: source, path, title and key.
    fn list(&mut self, query: &Query) -> Vec<[String; 4]> {
        let ids = self.library.list(query, &ItemSet::default());
        ids.into_iter().map(|id| self.item(id)).collect()
    }

    fn item(&mut self, id: ItemId) -> [String; 4] {
        let item = self.catalogs.file(id).unwrap().unwrap().item;
        let entry = self.library.entry(id).unwrap();
        assert_eq!((item.title.as_str(), item.key), (self.library.title(entry), entry.key));
        let label = self.labels[self.catalogs.source_of(id).unwrap()].clone();
        [label, item.path, item.title.to_string(), item.key.to_string()]
    }

    fn search(&mut self, typed: &str) -> Vec<[String; 4]> {
        let search = Search::parse_finished(typed, date(2026, 11, 22)).unwrap();
        let hits = search.has_text().then(|| self.catalogs.search(&search.text).unwrap());
        self.list(&Query { search, hits, ..Query::default() })
    }

    /// The topics right below one, as they are shown.
    fn topics(&self, parent: Option<TopicId>) -> Vec<(TopicId, &Topic)> {
        let tree = self.library.topics();
        tree.children(parent).map(|id| (id, tree.get(id).unwrap())).collect()
    }

    /// The names for `--topic` that a topic has: its own, and with that of its taxonomy.
    fn names(&self, id: TopicId) -> Vec<String> {
        let tree = self.library.topics();
        let named = |topic: &&Topic| {
            matches!(topic.kind, TopicKind::Taxonomy | TopicKind::Term | TopicKind::Uncategorised)
        };
        let topic = tree.get(id).filter(named);
        topic.map(|topic| vec![topic.label().to_owned(), tree.full_label(id)]).unwrap_or_default()
    }

    /// The items in each topic that has a name, in whichever taxonomy it is, and with or without accents.
    fn named(&mut self, name: &str) -> Vec<[String; 4]> {
        let is_it = |id: &TopicId| self.names(*id).iter().any(|other| fold(other) == fold(name));
        let topics: Vec<TopicId> = self.library.topics().iter().map(|(id, _)| id).filter(is_it).collect();
        let mut ids = self.library.newest_first().to_vec();
        ids.retain(|id| topics.iter().any(|topic| self.library.is_in(View::Topic(*topic), *id)));
        ids.into_iter().map(|id| self.item(id)).collect()
    }

    /// The names of the topics that an item is in.
    fn topics_of(&self, id: ItemId) -> BTreeSet<String> {
        let entry = self.library.entry(id).unwrap();
        let tree = self.library.topics();
        let topics = self.library.topics_of(entry).iter().map(|id| (*id, tree.get(*id).unwrap()));
        let terms = topics.filter(|(_, topic)| topic.kind == TopicKind::Term);
        terms.map(|(id, _)| tree.full_label(id).to_lowercase()).collect()
    }
}

/// The commands of the program, over the same sources.
struct Commands {
    home: tempfile::TempDir,
    sources: Vec<OsString>,
}

impl Commands {
    fn run(&self, words: &[&str]) -> Outcome {
        let words = words.iter().map(OsString::from).chain(self.sources.iter().cloned());
        rounds_at(self.home.path(), words)
    }

    fn json(&self, words: &[&str]) -> Vec<Value> {
        let run = self.run(&[words, &["--format", "json"]].concat());
        assert!(matches!(run.status, 0 | 1), "{words:?}: {run:?}");
        if run.out.is_empty() { Vec::new() } else { run.json().as_array().unwrap().clone() }
    }

    /// The items that a command prints: source, path, title and key.
    fn items(&self, words: &[&str]) -> Vec<[String; 4]> {
        let field = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
        let item = |item: &Value| ["source", "path", "title", "key"].map(|name| field(item, name));
        self.json(words).iter().map(item).collect()
    }
}

/// Makes sure that everything is the same.
fn compare(case: &str, sources: &Sources, queries: &[&str]) {
    let commands = Commands {
        home: tempfile::tempdir().unwrap(),
        sources: sources.0.iter().map(|feed| feed.path().into_os_string()).collect(),
    };
    let home = tempfile::tempdir().unwrap();
    sources.hide_some();
    commands.run(&["list"]);
    sources.show_all();
    drop(Reader::open(sources, home.path()));
    let mut reader = Reader::open(sources, home.path());
    let everything = reader.list(&Query::default());
    assert_eq!(commands.items(&["list"]), everything, "{case}");
    assert_eq!(reader.library.len(), everything.len(), "{case}");
    compare_layouts(case, &commands, &everything);
    compare_topics(case, &commands, &mut reader);
    for query in queries {
        assert_eq!(commands.items(&["search", query]), reader.search(query), "{case}: {query}");
    }
    if !sources.0.is_empty() {
        let totals = commands.run(&["check", "--format", "json"]).json()["totals"].clone();
        let files = sources.files().len();
        assert_eq!(
            (totals["files"].as_u64(), totals["items"].as_u64()),
            (Some(files as u64), Some(files as u64))
        );
        assert_eq!(totals["listed"].as_u64(), Some(everything.len() as u64), "{case}");
        let sentence = format!(" {} listed, ", everything.len());
        assert!(commands.run(&["check"]).out.contains(&sentence), "{case}: {sentence}");
    }
    for [source, path, _, key] in some(&everything) {
        let twins = everything.iter().filter(|[other, .., same]| other != source && same == key).count();
        if twins == 0 {
            let shown = commands.run(&["show", key, "--format", "json"]).json();
            assert_eq!(
                (shown["source"].as_str(), shown["path"].as_str()),
                (Some(&**source), Some(&**path)),
                "{case}"
            );
        }
    }
}

fn compare_layouts(case: &str, commands: &Commands, everything: &[[String; 4]]) {
    let table = commands.run(&["list"]);
    let rows = table.lines();
    assert_eq!(rows.len(), everything.len(), "{case}");
    assert!(
        rows.iter().zip(everything).all(|(row, [_, _, title, _])| row.ends_with(title)),
        "{case}: {table:?}"
    );
    let ndjson = commands.run(&["list", "--format", "ndjson"]);
    let lines: Vec<Value> = ndjson.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, commands.json(&["list"]), "{case}");
    let tsv = commands.run(&["list", "--format", "tsv"]);
    let rows: Vec<[&str; 4]> = tsv.lines()[1..]
        .iter()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|fields| [fields[14], fields[9], fields[1], fields[0]])
        .collect();
    assert_eq!(rows, everything, "{case}");
}

fn compare_topics(case: &str, commands: &Commands, reader: &mut Reader) {
    let printed: Vec<(Option<String>, u64)> = commands
        .json(&["topics"])
        .iter()
        .map(|topic| {
            let name =
                topic["term"].as_str().or(topic["taxonomy"].as_str().filter(|_| topic["term"].is_null()));
            (name.map(str::to_owned), topic["total"].as_u64().unwrap())
        })
        .collect();
    let (mut expected, mut named) = (Vec::new(), Vec::new());
    for (id, topic) in reader.topics(None) {
        let heading = topic.kind.is_heading();
        expected.push(((!heading).then(|| topic.label().to_owned()), topic.counts.total as u64));
        named.extend(reader.names(id));
        for (id, topic) in reader.topics(Some(id)) {
            expected.push((Some(topic.label().to_owned()), topic.counts.total as u64));
            named.extend(reader.names(id));
        }
    }
    assert_eq!(printed, expected, "{case}");
    for name in some(&named) {
        assert_eq!(commands.items(&["list", "--topic", name]), reader.named(name), "{case}: {name}");
    }
    let ids = reader.library.newest_first().to_vec();
    for (id, item) in ids.into_iter().zip(commands.json(&["list"])) {
        let name = |topic: &Value| match topic["taxonomy"].as_str() {
            Some(taxonomy) => format!("{taxonomy}: {}", topic["term"].as_str().unwrap()),
            None => topic["term"].as_str().unwrap().to_owned(),
        };
        let topics: BTreeSet<String> =
            item["topics"].as_array().unwrap().iter().map(|topic| name(topic).to_lowercase()).collect();
        assert_eq!(topics, reader.topics_of(id), "{case}: {item}");
    }
}

/// A dozen of them, from the first to the last.
fn some<T>(all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(12).max(1))
}

/// Pages in four languages, each with the slug of the others; some have the same title and date.
fn translated() -> Feed {
    let languages = [("en", "The ward"), ("fr", "Le service"), ("de", "The ward"), ("zh-hans", "病房")];
    languages.into_iter().fold(Feed::new(), |feed, (language, title)| {
        (0..3).fold(feed, |feed, page| {
            let article = Article::titled(&format!("{title} {page}"))
                .dated("2026-11-01")
                .slug(&format!("page-{page}"))
                .topics(&[&format!("Language: {language}"), "Wards: All"])
                .body(&format!("A sentence about the ward in {language}, number {page}."));
            feed.with(format!("{language}/page-{page}.md"), article.text())
        })
    })
}

/// Files of one original, files of one slug, files with nothing at all, and one that is broken.
fn mixed() -> Feed {
    let of = |title: &str, day: u8, topics: &[&str]| {
        Article::titled(title).dated(&format!("2026-11-{day:02}")).topics(topics).body("Sepsis on the ward.")
    };
    let one = "https://example.org/one";
    Feed::of([
        ("b.md", of("One", 5, &["A: Sepsis", "Fax"]).link(one)),
        ("a.md", of("One", 5, &["A: sepsis", "B: Alerts"]).link(one)),
        (
            "older.md",
            of("One, at first", 1, &["C: Wards"]).link("http://www.example.org/one/?utm_source=mail"),
        ),
        ("bare-one.md", of("Without a topic", 4, &[]).link("https://example.org/two")),
        ("with-topic.md", of("With a topic", 3, &["A: Café"]).link("https://example.org/two")),
        ("first.md", of("Slug", 2, &["A: Cafe"]).slug("same")),
        ("second.md", of("Slug", 2, &["AI"]).slug("same")),
        ("third.md", of("Slug, again", 9, &["ai"]).slug("same")),
        ("spa-1.md", of("Route", 6, &["A: Sepsis"]).link("https://example.org/#/news/1")),
        ("spa-2.md", of("Route", 6, &["A: Sepsis"]).link("https://example.org/#/news/2")),
        ("z/deep/down.md", Article::titled("Undated").body("Nothing is known.")),
    ])
    .with("broken.md", "---\ntitle: Broken\ndate: [2021\n---\nSepsis.\n")
    .with("empty.md", "")
}

#[test]
fn on_the_sample() {
    compare("sample", &Sources(Vec::new()), &["precision", "topic:telehealth", "-data", "since:2019-04"]);
}

#[test]
fn on_translated_pages() {
    let sources = Sources(vec![translated()]);
    compare("translated", &sources, &["ward", "topic:fr", "\"in de\"", "is:unread -topic:en"]);
}

#[test]
fn on_files_of_one_original_and_of_one_slug() {
    compare(
        "mixed",
        &Sources(vec![mixed()]),
        &["sepsis", "topic:sepsis", "topic:cafe", "topic:wards", "topic:ai", "one"],
    );
}

#[test]
fn on_several_sources() {
    // The second is a copy of the first but for one file, and what has no original is in both.
    let copy = mixed().with(
        "b.md",
        Article::titled("One, in the copy").dated("2026-11-05").link("https://example.org/one").text(),
    );
    let sources = Sources(vec![mixed(), copy, translated()]);
    compare("several", &sources, &["sepsis", "topic:sepsis", "ward", "slug"]);
}
