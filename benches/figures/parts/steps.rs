//! The longest step of the reader: how long the longest of many messages takes, with a library that is large and
//! unfriendly. Nothing is drawn, and nothing is on a disk.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::ToSpan as _;
use rounds::item::{ItemKey, Release, SafeText, Topic};
use rounds::library::{Headline, Hits, ItemId, Mark, MarkChange, Marks};
use rounds::reader::{Asker, Effect, Key, Loaded, Memory, Message, Reader, update};

use super::keys::code;
use crate::clock::work_here;
use crate::corpus::{TODAY, fields, own_topic};
use crate::desk::{GENERATION, SCREEN};
use crate::report::{Table, Unit};

/// How often each story is told. Each step counts as it was when it was quickest: what else the machine does is not its.
const TIMES: usize = 3;
/// How many items come at once, as from the catalog.
const BATCH: usize = 256;
/// How many marks come at once.
const MARKS: usize = 1000;
/// How many searches are saved: as many as there may be.
const SEARCHES: usize = 50;
/// How long no step may take.
const GOAL: &str = "≤ 16 ms";

/// What happens to a reader: first, and then while it is watched.
struct Story {
    what: &'static str,
    /// Whether each item has a taxonomy of its own.
    own_taxonomies: bool,
    before: fn(&[Headline]) -> Vec<Message>,
    measured: fn(&[Headline]) -> Vec<Message>,
}

const STORIES: [Story; 10] = [
    Story { what: "items coming", own_taxonomies: false, before: |_| start(), measured: load },
    Story {
        what: "items coming, one taxonomy an item",
        own_taxonomies: true,
        before: |_| start(),
        measured: load,
    },
    Story {
        what: "items coming, 50 saved searches",
        own_taxonomies: false,
        before: |_| [start(), vec![remember(searches(), &[])]].concat(),
        measured: load,
    },
    Story {
        what: "items changing, by title",
        own_taxonomies: false,
        before: |items| [loaded(items), typed("OO")].concat(),
        measured: load,
    },
    Story {
        what: "50 saved searches coming and answered",
        own_taxonomies: false,
        before: loaded,
        measured: |_| vec![remember(searches(), &[])],
    },
    Story {
        what: "a new day, 50 saved searches",
        own_taxonomies: false,
        before: with_searches,
        measured: |_| {
            (1..4).filter_map(|days| TODAY.checked_add(days.days()).ok()).map(Message::NewDay).collect()
        },
    },
    Story {
        what: "1,000 marks set elsewhere, 50 saved searches",
        own_taxonomies: false,
        before: with_searches,
        measured: marks_set_elsewhere,
    },
    Story {
        what: "all marks of before",
        own_taxonomies: false,
        before: loaded,
        measured: |items| vec![remember(Vec::new(), items)],
    },
    Story {
        what: "marking all, and undoing it (A u)",
        own_taxonomies: false,
        before: with_searches,
        measured: |_| typed("Au"),
    },
    Story {
        what: "keys, one taxonomy an item",
        own_taxonomies: true,
        before: loaded,
        measured: |_| typed("jGg]]][[[hjjlhhGgltterm 7⎋ttax⌫⌫⎋fffOOOOOn"),
    },
];

/// Measures at one size.
pub fn measure(size: u32, table: &mut Table) {
    let [ordinary, own_taxonomies] = [false, true].map(|own| items(size, own));
    for story in &STORIES {
        let items = if story.own_taxonomies { &own_taxonomies } else { &ordinary };
        let before = tell(Reader::new(SafeText::new("Corpus"), None), (story.before)(items)).0;
        let mut quickest: Vec<Duration> = Vec::new();
        for _ in 0..TIMES {
            let times = tell(before.clone(), (story.measured)(items)).1;
            if quickest.is_empty() {
                quickest = times;
            } else {
                quickest = quickest.into_iter().zip(times).map(|(one, other)| one.min(other)).collect();
            }
        }
        let longest = quickest.into_iter().max().unwrap_or_default();
        let what = format!("longest step: {}", story.what);
        table.add(size, (&what, GOAL, Unit::Seconds), longest.as_secs_f64(), None);
    }
}

/// Sends messages and answers what is asked of the index, and says how long each message took.
fn tell(mut reader: Reader, messages: Vec<Message>) -> (Reader, Vec<Duration>) {
    let (mut waiting, mut times) = (VecDeque::from(messages), Vec::new());
    while let Some(message) = waiting.pop_front() {
        let before = work_here();
        let effects = update(&mut reader, message);
        times.push(work_here().saturating_sub(before));
        for effect in effects {
            if let Effect::Search { question, asker: asker @ Asker::Saved(_), .. } = effect {
                let hits =
                    Hits { items: (0..100_000).step_by(3).map(ItemId::new).collect(), ..Hits::default() };
                waiting.push_back(Message::Found { question, epoch: 0, asker, hits });
            }
        }
    }
    (reader, times)
}

fn start() -> Vec<Message> {
    vec![Message::Started(SCREEN, TODAY)]
}

/// The reader has all items, in no order that is that of the list.
fn load(items: &[Headline]) -> Vec<Message> {
    let batches = items.chunks(BATCH).map(|batch| Message::Items {
        epoch: 0,
        written: batch.to_vec(),
        removed: Vec::new(),
    });
    let end = Message::LoadFinished { generation: GENERATION, loaded: Loaded::default() };
    batches.chain([end]).collect()
}

fn loaded(items: &[Headline]) -> Vec<Message> {
    [start(), load(items)].concat()
}

fn with_searches(items: &[Headline]) -> Vec<Message> {
    [loaded(items), vec![remember(searches(), &[])]].concat()
}

fn remember(searches: Vec<SafeText>, read: &[Headline]) -> Message {
    let read = read.iter().map(|item| item.key).collect();
    let marks = Marks { read, ..Marks::default() };
    Message::Remembered(Box::new(Memory { marks, searches, ..Memory::default() }))
}

/// Searches of every kind: for text, topics, sites, marks and days.
pub fn searches() -> Vec<SafeText> {
    let kinds = [
        "ward -word#",
        "topic:remote is:unread -topic:none#",
        "site:example -is:starred word#",
        "since:30d topic:care -topic:none#",
        "before:2024 -site:none#",
    ];
    let numbered = (0..SEARCHES).zip(kinds.iter().cycle());
    numbered.map(|(number, kind)| SafeText::new(&kind.replace('#', &number.to_string()))).collect()
}

/// Another Rounds marks everything.
fn marks_set_elsewhere(items: &[Headline]) -> Vec<Message> {
    let change = |item: &Headline| MarkChange { key: item.key, mark: Mark::Read, marked: true };
    let batch = |some: &[Headline]| Message::MarksChanged {
        as_of: u64::MAX,
        changes: some.iter().map(change).collect(),
    };
    items.chunks(MARKS).map(batch).collect()
}

fn typed(keys: &str) -> Vec<Message> {
    keys.chars().map(|key| Message::Key(Key::plain(code(key)))).collect()
}

/// The items of the corpus as a catalog hands them over, each with a taxonomy of its own or with those that they have.
fn items(size: u32, own_taxonomies: bool) -> Vec<Headline> {
    (0..size).map(|number| item(number, own_taxonomies)).collect()
}

fn item(number: u32, own_taxonomy: bool) -> Headline {
    let fields = fields(number);
    let topics = if own_taxonomy { vec![own_topic(number)] } else { fields.topics };
    Headline {
        id: ItemId::new(number + 1),
        // Any keys will do that are spread as digests are.
        key: ItemKey(u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        path: format!("{number}.md"),
        title: SafeText::new(&fields.title),
        // The day and the minute.
        date_source: rounds::item::DateSource::Item,
        date: fields.date.as_ref().and_then(|_| fields.published.get(..16)?.parse().ok()),
        site: Some(SafeText::new(&fields.site)),
        topics: topics.iter().filter_map(|topic| Topic::parse(topic)).collect(),
        offerings: fields.offerings.iter().map(|offering| SafeText::new(offering)).collect(),
        minutes: u16::try_from(number % 11).unwrap_or_default(),
        has_link: true,
        problems: Vec::new(),
        release: Release::default(),
        source: None,
        place: 0,
    }
}
