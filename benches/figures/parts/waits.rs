//! How long a key waits for its frame in the program itself, in a terminal, while much else happens: another Rounds marks
//! everything, the sources are looked at over and over, there are many saved searches, every item has a taxonomy of its
//! own.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rounds::store::state::State;

use super::steps::searches;
use crate::floor::ITEM;
use crate::home::Home;
use crate::program::{Program, ROUNDS};
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// For how long keys are pressed where nothing else ends it.
const WHILE: Duration = Duration::from_secs(4);
/// How often the sources are looked at again.
const REFRESHES: Duration = Duration::from_millis(50);
/// What no key may exceed.
const GOAL: &str = "≤ 16 ms";

const ESC: &str = "\x1b";

/// A key, and what the screen shows when its frame is there.
#[derive(Clone, Copy)]
struct Press {
    key: &'static str,
    shows: fn(&str) -> bool,
}

/// The help comes and goes over everything else, so it is seen at once, whatever happens meanwhile. With another key in
/// front of it, it shows when that has been dealt with as well.
const HELP: Press = Press { key: "?", shows: has_help };
const NO_HELP: Press = Press { key: ESC, shows: |screen| !has_help(screen) };

const MOVING: [Press; 6] = [
    Press { key: "j?", shows: has_help },
    NO_HELP,
    Press { key: "k?", shows: has_help },
    NO_HELP,
    HELP,
    NO_HELP,
];

/// Keys for which the topics count.
const TOPICS: [Press; 12] = [
    Press { key: "j?", shows: has_help },
    NO_HELP,
    Press { key: "]?", shows: has_help },
    NO_HELP,
    Press { key: "[?", shows: has_help },
    NO_HELP,
    Press { key: "t", shows: has_jump },
    Press { key: "t", shows: |screen| screen.contains("› t") },
    Press { key: "e", shows: |screen| screen.contains("› te") },
    Press { key: "9", shows: |screen| screen.contains("› te9") },
    Press { key: "\x7f", shows: |screen| !screen.contains("› te9") },
    Press { key: ESC, shows: |screen| !has_jump(screen) },
];

fn has_help(screen: &str) -> bool {
    screen.contains("Tab next section")
}

fn has_jump(screen: &str) -> bool {
    screen.contains("Go to a topic")
}

/// Measures at one size.
pub fn measure(feed: &Feed, home: &Home, own_taxonomies: &Feed, table: &mut Table) -> Outcome {
    let mut add = |what: &str, longest: Duration| {
        let what = format!("longest wait of a key: {what}");
        table.add(feed.size, (&what, GOAL, Unit::Seconds), longest.as_secs_f64(), None);
    };
    add("another Rounds marks all", marks_elsewhere(feed, home)?);
    add("a refresh every 50 ms while loading", refreshes(feed, home)?);
    add("50 saved searches", saved_searches(feed, home)?);
    add("import", import(feed, &Home::new()?, &MOVING)?);
    let other = Home::new()?;
    add("import, one taxonomy an item", import(own_taxonomies, &other, &TOPICS)?);
    add("one taxonomy an item", start_and_press(own_taxonomies, &other, &TOPICS)?);
    Ok(())
}

/// Another Rounds marks everything as read.
fn marks_elsewhere(feed: &Feed, home: &Home) -> Outcome<Duration> {
    let home = home.with_other_data()?;
    let (mut program, mut other) = (start(&home, feed.path())?, start(&home, feed.path())?);
    program.settle()?;
    other.settle()?;
    other.type_text("A")?;
    let all_read = |program: &Program| header(program).contains("all read");
    let longest = press(&mut program, &MOVING, all_read)?;
    other.end()?;
    program.end()?;
    Ok(longest)
}

/// The sources are looked at again and again while they are still being read.
fn refreshes(feed: &Feed, home: &Home) -> Outcome<Duration> {
    let home = home.with_other_data()?;
    let mut program = start(&home, feed.path())?;
    let (begun, mut longest, mut refreshed) = (Instant::now(), Duration::ZERO, None::<Instant>);
    while begun.elapsed() < WHILE {
        let is_due = refreshed.is_none_or(|refreshed| refreshed.elapsed() >= REFRESHES);
        let first = if is_due { Press { key: "rj?", shows: has_help } } else { HELP };
        if is_due {
            refreshed = Some(Instant::now());
        }
        longest = longest.max(press_once(&mut program, first)?).max(press_once(&mut program, NO_HELP)?);
    }
    program.end()?;
    Ok(longest)
}

/// There are as many saved searches as there may be.
fn saved_searches(feed: &Feed, home: &Home) -> Outcome<Duration> {
    let home = home.with_other_data()?;
    let state = home.data().join("rounds");
    fs::create_dir_all(&state)?;
    let (mut state, _notices) = State::open(&state.join("state.db"), Timestamp::now());
    for search in searches() {
        state.save_search(&search);
    }
    drop(state);
    start_and_press(feed, &home, &MOVING)
}

/// Starts the program, presses keys, looks at the sources again, and presses more.
fn start_and_press(feed: &Feed, home: &Home, keys: &[Press]) -> Outcome<Duration> {
    let mut program = start(home, feed.path())?;
    let begun = Instant::now();
    let longest = press(&mut program, keys, |_| begun.elapsed() >= WHILE)?;
    let refresh = press_once(&mut program, Press { key: "r?", shows: has_help })?;
    let close = press_once(&mut program, NO_HELP)?;
    let longest = longest.max(refresh).max(close);
    let begun = Instant::now();
    let longest = longest.max(press(&mut program, keys, |_| begun.elapsed() >= WHILE)?);
    program.end()?;
    Ok(longest)
}

/// Presses keys while items are imported. The longest wait comes back.
fn import(feed: &Feed, home: &Home, keys: &[Press]) -> Outcome<Duration> {
    let mut program = start(home, feed.path())?;
    let is_done = |program: &Program| {
        let header = header(program);
        !header.contains("reading ") && header.contains(" unread of ")
    };
    let longest = press(&mut program, keys, is_done)?;
    program.end()?;
    Ok(longest)
}

/// What is going on, as the first row of the screen says it.
fn header(program: &Program) -> String {
    program.screen().lines().next().unwrap_or_default().to_owned()
}

fn start(home: &Home, feed: &Path) -> Outcome<Program> {
    let mut program = Program::start(home, ROUNDS.as_ref(), &[feed])?;
    program.wait_for(ITEM)?;
    Ok(program)
}

/// Presses keys, one after the other, until something is so, and puts away what lies over the panes then. The longest
/// time until a frame showed one comes back.
fn press(program: &mut Program, keys: &[Press], is_over: impl Fn(&Program) -> bool) -> Outcome<Duration> {
    let mut longest = Duration::ZERO;
    for key in keys.iter().cycle() {
        longest = longest.max(press_once(program, *key)?);
        if is_over(program) {
            break;
        }
    }
    let is_covered = |screen: &str| has_help(screen) || has_jump(screen);
    if is_covered(&program.screen()) {
        press_once(program, Press { key: ESC, shows: |screen| !has_help(screen) && !has_jump(screen) })?;
    }
    Ok(longest)
}

/// Presses a key once. A lone Esc does not count: it waits until it is sure that nothing follows that would make it a part
/// of another key.
fn press_once(program: &mut Program, Press { key, shows }: Press) -> Outcome<Duration> {
    let waited = program.press(key, shows)?;
    Ok(if key == ESC { Duration::ZERO } else { waited })
}
