//! Processes that the tests start: this program again, told by the environment what to do.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rounds::library::Mark;
use rounds::store::state::{Export, Saving, State};

use crate::support::{at, key};

/// What the environment says to a child.
const TASK: &str = "ROUNDS_TEST_TASK";
const STATE: &str = "ROUNDS_TEST_STATE";
const FIRST: &str = "ROUNDS_TEST_FIRST";
const COUNT: &str = "ROUNDS_TEST_COUNT";

/// What a child writes before the number of each item whose mark has been acknowledged.
const ACKNOWLEDGED: &str = "acknowledged ";

/// How many items a child imports at once.
pub const IMPORTED: u64 = 50;

/// What a child does with its items, which have consecutive numbers.
#[derive(Debug, Clone, Copy)]
pub enum Task {
    /// Marks one after the other as read.
    Mark,
    /// Imports them with their marks, fifty at a time.
    Import,
    /// The same as `Mark`, and in the middle of it no file may grow any longer, and then may again.
    MarkOnFullDisk,
}

/// Starts a child.
pub fn start(task: Task, state: &Path, first: u64, count: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["child::the_child", "--exact", "--ignored", "--nocapture"])
        .env(TASK, format!("{task:?}"))
        .env(STATE, state)
        .env(FIRST, first.to_string())
        .env(COUNT, count.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child says of the items that it has marked.
pub struct Acknowledged(BufReader<ChildStdout>);

impl Acknowledged {
    pub fn of(child: &mut Child) -> Self {
        Self(BufReader::new(child.stdout.take().unwrap()))
    }

    /// The numbers of those that follow, until the child ends.
    pub fn all(self) -> Vec<u64> {
        self.collect()
    }
}

impl Iterator for Acknowledged {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        loop {
            let mut line = String::new();
            // A line that a kill has cut off says nothing, and is the last one.
            let whole = self.0.read_line(&mut line).unwrap() > 0 && line.ends_with('\n');
            if !whole {
                return None;
            }
            if let Some(number) = line.trim_end().strip_prefix(ACKNOWLEDGED) {
                return Some(number.parse().unwrap());
            }
        }
    }
}

#[test]
#[ignore = "it is what the other tests start as a process of its own"]
fn the_child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let number = |name| std::env::var(name).unwrap().parse::<u64>().unwrap();
    let (mut state, _) = State::open(Path::new(&std::env::var_os(STATE).unwrap()), at(0));
    let items = number(FIRST)..number(FIRST) + number(COUNT);
    match task.as_str() {
        "Mark" => items.for_each(|item| mark(&mut state, item)),
        "Import" => {
            for first in items.filter(|item| item.is_multiple_of(IMPORTED)) {
                import(&mut state, first);
            }
        }
        #[cfg(unix)]
        "MarkOnFullDisk" => mark_on_full_disk(&mut state, items),
        task => panic!("there is no task {task}"),
    }
    assert_eq!(state.retry(), Saving::Saved);
}

fn mark(state: &mut State, item: u64) {
    if state.set_mark(&[key(item)], Mark::Read, true, at(1)) == Saving::Saved {
        acknowledge(item);
    }
}

fn import(state: &mut State, first: u64) {
    let items: Vec<String> = (first..first + IMPORTED)
        .map(|item| {
            format!(r#"{{"key": "{}", "read": true, "read_changed": "2026-01-01T00:00:00Z"}}"#, key(item))
        })
        .collect();
    let json = format!(
        r#"{{"rounds_state": 1, "exported": "2026-01-01T00:00:00Z", "items": [{}]}}"#,
        items.join(",")
    );
    let (_, saving) = state.import(Export::parse(json.as_bytes()).unwrap(), at(1));
    if saving == Saving::Saved {
        (first..first + IMPORTED).for_each(acknowledge);
    }
}

fn acknowledge(item: u64) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{ACKNOWLEDGED}{item}").unwrap();
    output.flush().unwrap();
}

/// A limit on the size of files is what a full disk looks like, without one. The system sends a signal with it that
/// would end the process.
#[cfg(unix)]
fn mark_on_full_disk(state: &mut State, items: std::ops::Range<u64>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default()).unwrap();
    let middle = items.start + (items.end - items.start) / 2;
    (items.start..middle).for_each(|item| mark(state, item));
    let before = getrlimit(Resource::Fsize);
    setrlimit(Resource::Fsize, Rlimit { current: Some(1_000), maximum: before.maximum }).unwrap();
    for item in middle..items.end {
        let saving = state.set_mark(&[key(item)], Mark::Read, true, at(1));
        assert!(matches!(&saving, Saving::InMemory(line) if line.contains("disk")), "{saving:?}");
        assert!(state.marks().read.contains(&key(item)));
        assert!(state.marks().read.contains(&key(items.start)), "what was saved before is still there");
    }
    setrlimit(Resource::Fsize, before).unwrap();
    assert_eq!(state.retry(), Saving::Saved);
    (middle..items.end).for_each(acknowledge);
}
