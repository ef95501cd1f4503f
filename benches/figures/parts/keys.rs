//! From a key press to its frame, for what people do most.

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use rounds::reader::{Key, KeyCode, Message};
use rounds::screen::{Look, draw};

use crate::clock::percentile;
use crate::desk::Desk;
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How many presses are measured for each group and size.
const PRESSES: usize = 2000;
/// How many frames are drawn to find the floor.
const FRAMES: usize = 500;

/// Some keys that belong together.
struct Group {
    what: &'static str,
    /// The goals for the middle press, and for ninety-nine of a hundred.
    goals: [&'static str; 2],
    /// Keys that lead to where the others mean something; they are not measured.
    before: &'static str,
    /// The keys, over and over.
    keys: &'static str,
    /// Keys among them that only lead on; they are not measured.
    between: &'static str,
}

/// Keys that jump to a term of each taxonomy, which unfolds it, and then go to the top of the topics.
const UNFOLD: &str = "tnews:⏎t(csl):⏎tcare:⏎trules:⏎tmethods:⏎tprogrammes:⏎hg";

/// The goals of a press, and those of a search as one types.
const PRESS: [&str; 2] = ["≤ 1 ms", "≤ 16 ms"];

/// `↓ ↑ ⇟ ⇞ ⎋ ⏎ ⌫` stand for the keys that they show.
const GROUPS: [Group; 5] = [
    Group {
        what: "moving in the list (j k G g PgDn PgUp n)",
        goals: PRESS,
        before: "",
        keys: "jjjjjjjjkkkj⇟⇟⇟njjjGkkkk⇞⇞kkgjjnnjj",
        between: "",
    },
    Group {
        what: "moving in the topics (j k G g PgDn)",
        goals: PRESS,
        before: UNFOLD,
        keys: "jjjjjjjjkkjjjjjj⇟jjG⇞kkkkgjjjjj",
        between: "",
    },
    Group {
        what: "next and previous topic (] [)",
        goals: PRESS,
        before: UNFOLD,
        keys: "]]]]]]]]]]]]]]]]]]]][[[[[[[[[[[[[[[[[[[[",
        between: "",
    },
    Group {
        what: "typing a topic (t)",
        goals: PRESS,
        before: "",
        keys: "tshared rec⎋timag↓↓↓⎋tremote monitoring⎋tnews⌫⌫⌫⎋",
        between: "⎋",
    },
    Group { what: "marking (m s u)", goals: PRESS, before: "", keys: "mjsjmusujmjjs", between: "j" },
];

/// Measures at one size, every group with a reader that nobody has used before.
pub fn measure(feed: &Feed, catalog: &Path, table: &mut Table) -> Outcome {
    let mut desk = Desk::open(catalog)?;
    let unused = desk.reader.clone();
    for group in &GROUPS {
        desk.reader = unused.clone();
        let mut floors = unchanged_frames(&mut desk)?;
        let mut times = presses(&mut desk, group)?;
        for (part, goal) in [50, 99].into_iter().zip(group.goals) {
            let row = format!("{}, p{part}", group.what);
            let floor = percentile(&mut floors, part);
            table.add(feed.size, (&row, goal, Unit::Seconds), percentile(&mut times, part), Some(floor));
        }
    }
    Ok(())
}

/// Presses the keys of a group and measures each to the end of its frame, with its article set.
fn presses(desk: &mut Desk, group: &Group) -> Outcome<Vec<Duration>> {
    for key in group.before.chars() {
        press(desk, key)?;
    }
    let mut times = Vec::with_capacity(PRESSES);
    for key in group.keys.chars().cycle() {
        let spent = press(desk, key)?;
        if !group.between.contains(key) {
            times.push(spent);
        }
        if times.len() >= PRESSES {
            break;
        }
    }
    Ok(times)
}

fn press(desk: &mut Desk, key: char) -> Outcome<Duration> {
    let start = Instant::now();
    desk.tell(Message::Key(Key::plain(code(key))));
    desk.set_page();
    desk.draw()?;
    Ok(start.elapsed())
}

/// The key that a sign stands for.
pub fn code(key: char) -> KeyCode {
    match key {
        '↓' => KeyCode::Down,
        '↑' => KeyCode::Up,
        '⇟' => KeyCode::PageDown,
        '⇞' => KeyCode::PageUp,
        '⎋' => KeyCode::Esc,
        '⏎' => KeyCode::Enter,
        '⌫' => KeyCode::Backspace,
        _ => KeyCode::Char(key),
    }
}

/// The floor: what it costs to hand over the frame that is on the screen already, and to find no change.
fn unchanged_frames(desk: &mut Desk) -> Outcome<Vec<Duration>> {
    let mut shown = Buffer::default();
    desk.terminal.draw(|frame| {
        draw(&desk.reader, &Look::default(), frame);
        shown = frame.buffer_mut().clone();
    })?;
    let mut times = Vec::with_capacity(FRAMES);
    for _ in 0..FRAMES {
        let start = Instant::now();
        desk.terminal.draw(|frame| frame.buffer_mut().content.clone_from_slice(&shown.content))?;
        times.push(start.elapsed());
    }
    Ok(times)
}
