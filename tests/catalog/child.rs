//! Another process at work on the same catalog: this test program, started again as one of its tests.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rounds::source::{Location, Source};
use rounds::store::catalog::{Catalog, Indexing};
use rounds::store::refresh::{Refresh, RefreshStep, refresh};

use super::feed::Feed;

/// Tells the test below what to import; without it, there is nothing to do.
const ITEMS: &str = "ROUNDS_TEST_ITEMS";
const CATALOG: &str = "ROUNDS_TEST_CATALOG";

/// What the other process does, and what it says while it does that.
#[test]
fn import_as_another_process() {
    let (Some(items), Some(catalog)) = (env::var_os(ITEMS), env::var_os(CATALOG)) else { return };
    let (mut catalog, notice) = Catalog::open(Path::new(&catalog));
    let say = |line: String| writeln!(std::io::stdout(), "CHILD {line}").unwrap();
    if let Some(notice) = notice {
        say(format!("notice {notice}"));
    }
    let source = Source::open(&Location::parse(&items).unwrap()).unwrap();
    let mut items = std::collections::BTreeSet::new();
    let summary = refresh(&source, &mut catalog, Refresh::default(), &mut |step| {
        match step {
            RefreshStep::Changed { changes, .. } => {
                items.extend(changes.written.iter().map(|headline| headline.id));
            }
            RefreshStep::Restarted { notice } => {
                items.clear();
                say(format!("notice {}", notice.unwrap_or_default()));
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    while let Ok(Indexing::Waiting(_) | Indexing::Elsewhere(1..)) =
        catalog.index_some(Duration::from_millis(5))
    {}
    let pages = items.iter().filter(|id| matches!(catalog.reader().file(**id), Ok(Some(_)))).count();
    say(format!("items {} pages {pages} whole {}", items.len(), summary.is_whole));
}

/// Starts the other process. `through` is a program to start it with, and what that is told.
pub fn start(feed: &Feed, through: &[&str]) -> Child {
    let this = env::current_exe().unwrap();
    let mut command = match through {
        [] => Command::new(&this),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(&this);
            command
        }
    };
    let pick = ["--exact", "child::import_as_another_process", "--nocapture", "--test-threads=1"];
    command
        .args(pick)
        .env(ITEMS, feed.items())
        .env(CATALOG, feed.catalog())
        .env("TMPDIR", feed.root.path().as_os_str());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// What the other process has said, once it is done.
pub fn said(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines
        .map_while(Result::ok)
        .filter_map(|line| Some(line.split_once("CHILD ")?.1.to_owned()))
        .collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    said
}

/// How much there is of a catalog by now, in bytes.
pub fn written(catalog: &Path) -> u64 {
    let length = |suffix: &str| {
        let mut name = catalog.as_os_str().to_owned();
        name.push(OsStr::new(suffix));
        std::fs::metadata(name).map_or(0, |metadata| metadata.len())
    };
    length("") + length("-wal")
}
