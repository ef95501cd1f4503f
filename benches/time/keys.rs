//! From a key press to its frame, for what people do most.

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use rounds::reader::{Key, KeyCode, Message};
use rounds::screen::{Look, draw};

use super::clock::percentile;
use super::common::Outcome;
use super::common::desk::Desk;
use super::common::report::{Figure, Unit};
use super::open;

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
const GROUPS: [Group; 6] = [
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
    Group {
        what: "typing a filter (/)",
        goals: PRESS,
        before: "",
        keys: "/sepsis ale⎋/discharge letter⎋/screening⌫⌫⌫⌫⎋/hospice rec↓↓⎋",
        between: "",
    },
    Group { what: "marking (m s u)", goals: PRESS, before: "", keys: "mjsjmusujmjjs", between: "j" },
];

/// What is measured of keys.
pub struct Figures(Vec<(Figure, Figure)>);

impl Figures {
    /// Nothing measured yet.
    pub fn new() -> Self {
        let rows = |group: &Group| {
            let [p50, p99] = group.goals;
            let row = |part, goal| Figure::new(format!("{}, {part}", group.what), goal, Unit::Seconds);
            (row("p50", p50), row("p99", p99))
        };
        Self(GROUPS.iter().map(rows).collect())
    }

    /// Measures at one size, every group with a reader that nobody has used before.
    pub fn measure(&mut self, directory: &Path, size: u32) -> Outcome {
        let mut desk = Desk::new(open(directory)?)?;
        desk.load(&mut |_| ())?;
        let unused = desk.reader.clone();
        for (group, (p50, p99)) in GROUPS.iter().zip(&mut self.0) {
            desk.reader = unused.clone();
            let mut floors = unchanged_frames(&mut desk)?;
            let mut times = presses(&mut desk, group)?;
            p50.add(size, percentile(&mut times, 50), Some(percentile(&mut floors, 50)));
            p99.add(size, percentile(&mut times, 99), Some(percentile(&mut floors, 99)));
        }
        Ok(())
    }

    /// The rows of the table.
    pub fn into_rows(self) -> Vec<Figure> {
        self.0.into_iter().flat_map(|(p50, p99)| [p50, p99]).collect()
    }
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
    desk.frame()?;
    Ok(start.elapsed())
}

fn code(key: char) -> KeyCode {
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
