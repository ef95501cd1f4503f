//! The two streams that a command writes to.

use std::fmt;
use std::io::Write;

/// Where a command writes: data to one stream, talk to the other.
pub struct Console<'a> {
    /// Standard output, for the answer.
    pub out: &'a mut dyn Write,
    /// Standard error, for everything that is said about the answer.
    pub talk: &'a mut dyn Write,
    /// The width of the terminal in cells; `None` when standard output is not a terminal.
    pub width: Option<u16>,
    /// The width of the terminal in cells, for progress; `None` when standard error is not a terminal.
    pub talk_width: Option<u16>,
}

impl Console<'_> {
    /// Says a sentence to the person at the terminal.
    pub fn say(&mut self, words: impl fmt::Display) {
        say(self.talk, words);
    }
}

/// A number of things in words: `1 star`, `2 stars`.
pub fn say_count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Says a sentence on a stream, with the program's name before it. That nobody hears it is no failure.
pub fn say(talk: &mut dyn Write, words: impl fmt::Display) {
    let _ = writeln!(talk, "rounds: {words}");
}
