//! The items of the sources that a command reads, as the reader lists them.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use super::super::{CommandError, say_what_is_missing};
use super::Reading;
use crate::edge::calendar;
use crate::edge::origin::Origin;
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::{Clock, Item, ItemFile, ItemKey, SafeText, Severity, Topic};
use crate::library::{Headline, ItemId, Library, Marks};
use crate::source::Report;
use crate::store::catalog::{CatalogError, Changes};
use crate::store::collection::{Collection, CollectionReader};
use crate::store::refresh::RefreshStep;

/// The items of the sources that a command reads. They come the way that those of the reader come, from the sources to
/// their catalogs to a library: so what is one item, the order and the topics are the same everywhere, and an unchanged
/// file is not read again.
pub struct Items {
    collection: Collection,
    reader: CollectionReader,
    marks: Marks,
    library: Library,
    files: BTreeMap<ItemId, FileFacts>,
    labels: Vec<SafeText>,
    /// What was found in each source; `None` in one that could not be read.
    reports: Vec<Option<Report>>,
    /// What was said of the catalogs.
    notices: Vec<SafeText>,
    /// The time by which it is decided what is withheld.
    clock: Clock,
    /// Whether items are listed that would be withheld.
    lists_withheld: bool,
    withheld: usize,
}

/// What of a source could not be read.
pub(super) struct Missing {
    label: SafeText,
    count: usize,
    /// The path of the first, and why.
    first: Option<SafeText>,
}

impl Missing {
    /// What a report has as errors. A warning tells of what need not be read, and so comes after them.
    fn of(label: SafeText, report: &Report) -> Self {
        let errors = || report.problems.iter().filter(|(_, problem)| problem.severity == Severity::Error);
        let first = errors().chain(&report.problems).next();
        let first = first.map(|(path, problem)| {
            SafeText::of(format_args!("{}: {}", SafeText::new(path), problem.message))
        });
        Self { label, count: errors().count(), first }
    }
}

/// What commands need to know of a file beside what a library keeps.
struct FileFacts {
    path: String,
    site: Option<SafeText>,
}

impl Reading {
    /// Brings the catalogs of all sources up to date and answers from their items. When the answer meets damage in a
    /// catalog, that catalog is replaced and the question is asked again.
    ///
    /// # Errors
    ///
    /// When none of the sources can be read, or no catalog can be had.
    pub fn answer_from_items<T>(
        &mut self,
        (store, marks): (&Store, Marks),
        console: &mut Console<'_>,
        mut answer: impl FnMut(&mut Items) -> Result<T, CatalogError>,
    ) -> Result<T, CommandError> {
        let mut items = Items::open(self, store, marks);
        items.read(self, console)?;
        let answered = match answer(&mut items) {
            Err(CatalogError::Damaged) => {
                items.read(self, console)?;
                answer(&mut items)
            }
            answered => answered,
        };
        self.withheld = items.withheld;
        self.missing = items.reports().map(|(at, report)| Missing::of(items.label(at), report)).collect();
        self.notices = items.notices;
        Ok(answered?)
    }

    /// Says what a person should know of the catalogs. To a command that does not need the index of the text they are
    /// only a short cut: its answer is the same without them.
    pub fn say_notices(&self, console: &mut Console<'_>) {
        for notice in &self.notices {
            console.say(format_args!("{notice}."));
        }
    }

    /// Says how many items are withheld, so that nothing is missing in silence.
    pub fn say_what_is_withheld(&self, console: &mut Console<'_>) {
        if self.withheld > 0 && !self.lists_withheld {
            console.say(format_args!(
                "{} withheld. To see why: rounds check SOURCE. To list them: --drafts.",
                self.withheld
            ));
        }
    }

    /// Says what of each source could not be read when [the items](Self::answer_from_items) were, so that nothing is
    /// missing in silence.
    pub fn say_what_is_missing(&self, console: &mut Console<'_>) {
        for Missing { label, count, .. } in &self.missing {
            say_what_is_missing(label, *count, console);
        }
    }

    /// What could not be read first, with why, when [the items](Self::answer_from_items) were read.
    pub fn first_missing(&self) -> Option<&SafeText> {
        self.missing.iter().find_map(|missing| missing.first.as_ref())
    }
}

impl Items {
    /// Opens the catalogs of all sources as one.
    fn open(reading: &Reading, store: &Store, marks: Marks) -> Self {
        let mut notices = Vec::new();
        let open = |origin: &Origin| {
            let (catalog, notice) = store.open_catalog_for_command(origin);
            notices.extend(notice);
            (origin.label(), catalog)
        };
        let collection = Collection::of(reading.origins().map(open).collect());
        Self {
            reader: collection.reader(),
            collection,
            marks,
            library: Library::default(),
            files: BTreeMap::new(),
            labels: reading.labels(),
            reports: Vec::new(),
            notices,
            clock: calendar::clock(reading.origins().filter_map(Origin::newest).max()),
            lists_withheld: reading.lists_withheld,
            withheld: 0,
        }
    }

    /// Takes in what the catalogs hold, and then what has changed in the sources. Of a source that cannot be read,
    /// nothing is taken: the answer is that of the others.
    fn read(&mut self, reading: &mut Reading, console: &mut Console<'_>) -> Result<(), CommandError> {
        let Self { collection, reader, labels, notices, .. } = self;
        let mut reports: Vec<Option<Report>> = labels.iter().map(|_| None).collect();
        let mut headlines = BTreeMap::new();
        let _whole = collection.hand_over_all(&mut |changes| take(&mut headlines, changes));
        reading.each(console, |at, _, source, _| {
            let summary = collection.refresh_items(at, source, &mut |step| match step {
                RefreshStep::Changed { changes, .. } => take(&mut headlines, changes),
                RefreshStep::Restarted { notice } => {
                    headlines.clear();
                    notices.extend(notice);
                    ControlFlow::Continue(())
                }
            })?;
            if let Some(report) = reports.get_mut(at) {
                *report = Some(summary.report);
            }
            Ok(())
        })?;
        let is_read = |id: &ItemId| reader.source_of(*id).and_then(|at| reports.get(at)?.as_ref()).is_some();
        headlines.retain(|id, _| is_read(id));
        self.reports = reports;
        self.fill(headlines);
        Ok(())
    }

    fn fill(&mut self, headlines: BTreeMap<ItemId, Headline>) {
        let facts = |Headline { id, path, site, .. }: &Headline| {
            (*id, FileFacts { path: path.clone(), site: site.clone() })
        };
        self.files = headlines.values().map(facts).collect();
        self.library = Library::default();
        self.library.set_marks(self.marks.clone());
        self.library.set_clock(self.clock);
        if self.lists_withheld {
            self.library.list_withheld();
        }
        self.library.insert(headlines.into_values().collect());
        self.withheld = self.library.withheld();
    }

    /// The items, with their order, topics and marks. Only what the library does not keep is asked for here.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The same, for a caller that needs nothing else of the items.
    pub fn take_library(&mut self) -> Library {
        std::mem::take(&mut self.library)
    }

    /// All files, in the order of their numbers, also those for which another file of the same original stands.
    pub fn files(&self) -> impl Iterator<Item = ItemId> {
        self.files.keys().copied()
    }

    /// How many item files were found in all sources.
    pub fn file_count(&self) -> usize {
        self.reports().map(|(_, report)| report.files).sum()
    }

    /// What was found in each source that could be read, with its place in the order.
    pub fn reports(&self) -> impl Iterator<Item = (usize, &Report)> {
        self.reports.iter().enumerate().filter_map(|(at, report)| Some((at, report.as_ref()?)))
    }

    /// How many sources there are.
    pub fn source_count(&self) -> usize {
        self.labels.len()
    }

    /// What a source is called, by its place in the order.
    pub fn label(&self, source: usize) -> SafeText {
        self.labels.get(source).cloned().unwrap_or_default()
    }

    /// What the source of an item is called.
    pub fn label_of(&self, id: ItemId) -> SafeText {
        self.source_of(id).map(|source| self.label(source)).unwrap_or_default()
    }

    /// The place of the source of an item in the order.
    pub fn source_of(&self, id: ItemId) -> Option<usize> {
        self.reader.source_of(id)
    }

    /// Where a file is in its source; not safe to draw.
    pub fn path(&self, id: ItemId) -> &str {
        self.files.get(&id).map(|file| file.path.as_str()).unwrap_or_default()
    }

    /// The title of an item.
    pub fn title(&self, id: ItemId) -> &str {
        self.library.entry(id).map(|entry| self.library.title(entry)).unwrap_or_default()
    }

    /// Where an item was published, as its own file spells it.
    pub fn site(&self, id: ItemId) -> SafeText {
        self.files.get(&id).and_then(|file| file.site.clone()).unwrap_or_default()
    }

    /// Takes in what has come to each source since the last visit to it, by the place of the source.
    pub fn add_new(&mut self, new: &[Vec<ItemKey>]) {
        let mut here: Vec<HashSet<ItemKey>> = self.labels.iter().map(|_| HashSet::new()).collect();
        for id in self.files.keys() {
            let keys = self.reader.source_of(*id).and_then(|source| here.get_mut(source));
            if let (Some(keys), Some(entry)) = (keys, self.library.entry(*id)) {
                keys.insert(entry.key);
            }
        }
        for (new, here) in new.iter().zip(&here) {
            // What is new by the visits to one source may have come from another one.
            self.library.add_new(new.iter().copied().filter(|key| here.contains(key)).collect());
        }
    }

    /// All of an item but its body, in the topics of all files of its original; `None` when it has gone meanwhile.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read.
    pub fn item(&mut self, id: ItemId) -> Result<Option<Item>, CatalogError> {
        let Some(mut item) = self.reader.item(id)? else { return Ok(None) };
        self.add_topics(id, &mut item)?;
        Ok(Some(item))
    }

    /// An item with its body; `None` when it has gone meanwhile.
    ///
    /// # Errors
    ///
    /// When its catalog cannot be read.
    pub fn file(&mut self, id: ItemId) -> Result<Option<ItemFile>, CatalogError> {
        self.reader.file(id)
    }

    /// Adds the topics of the other files of its original to an item that stands for them.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn add_topics(&mut self, id: ItemId, item: &mut Item) -> Result<(), CatalogError> {
        if self.library.listed(id) != Some(id) {
            return Ok(());
        }
        let mut others = self.library.files_of(id);
        others.retain(|other| *other != id);
        others.sort_by(|one, other| self.path(*one).cmp(self.path(*other)));
        for other in others {
            for topic in self.reader.item(other)?.map(|other| other.topics).unwrap_or_default() {
                if !item.topics.iter().any(|known| is_same(known, &topic)) {
                    item.topics.push(topic);
                }
            }
        }
        Ok(())
    }

    /// The items with a slug.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn with_slug(&mut self, slug: &str) -> Result<Vec<ItemId>, CatalogError> {
        let mut found = self.reader.with_slug(slug)?;
        found.retain(|id| self.library.entry(*id).is_some());
        Ok(found)
    }

    /// The catalogs, to be searched, after the text of all items has been put into their index.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be written or read.
    pub fn index(&mut self) -> Result<&mut CollectionReader, CatalogError> {
        self.collection.index_all(&mut |_| ControlFlow::Continue(()))?;
        Ok(&mut self.reader)
    }
}

/// Takes in what has been written and what has gone.
fn take(headlines: &mut BTreeMap<ItemId, Headline>, changes: Changes) -> ControlFlow<()> {
    let Changes { written, removed } = changes;
    headlines.extend(written.into_iter().map(|headline| (headline.id, headline)));
    for id in &removed {
        headlines.remove(id);
    }
    ControlFlow::Continue(())
}

/// Whether two topics are one in the tree of topics, where capitals do not matter.
fn is_same(one: &Topic, other: &Topic) -> bool {
    let name = |topic: &Topic| {
        (topic.taxonomy.as_ref().map(|taxonomy| taxonomy.to_lowercase()), topic.term.to_lowercase())
    };
    name(one) == name(other)
}
