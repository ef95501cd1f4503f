//! The two streams that a command writes to.

use std::io::{self, Write};

use crate::item::{SafeText, drawable};

/// Where a command writes: data to one stream, talk to the other.
///
/// What is said can only be [`SafeText`], so no error, path or name can carry a command to the terminal, whichever
/// program or crate its words come from.
pub struct Console<'a> {
    /// Standard output, for the answer.
    pub out: &'a mut dyn Write,
    /// Standard error, for everything that is said about the answer.
    talk: &'a mut dyn Write,
    /// The width of the terminal in cells; `None` when standard output is not a terminal.
    pub width: Option<u16>,
    /// The width of the terminal in cells, for progress; `None` when standard error is not a terminal.
    pub talk_width: Option<u16>,
}

impl<'a> Console<'a> {
    /// A console on two streams that are no terminals.
    pub fn new(out: &'a mut dyn Write, talk: &'a mut dyn Write) -> Self {
        Self { out, talk, width: None, talk_width: None }
    }

    /// Says a sentence to the person at the terminal.
    pub fn say(&mut self, words: impl Into<SafeText>) {
        say(self.talk, words);
    }

    /// Says a sentence with rows of cells below it.
    pub fn say_with<const CELLS: usize>(
        &mut self,
        words: impl Into<SafeText>,
        rows: impl IntoIterator<Item = [SafeText; CELLS]>,
    ) {
        let rows: String = rows.into_iter().map(|cells| format!("\n  {}", joined(&cells))).collect();
        tell(self.talk, &format!("rounds: {}{rows}\n", words.into()));
    }

    /// Says a row of cells.
    pub fn say_row(&mut self, cells: &[SafeText]) {
        tell(self.talk, &format!("{}\n", joined(cells)));
    }

    /// Draws a line over the one that was drawn last.
    pub fn draw(&mut self, line: &SafeText) {
        tell(self.talk, &format!("\r{line}\u{1b}[K"));
    }

    /// Removes the line that was drawn last.
    pub fn wipe(&mut self) {
        tell(self.talk, "\r\u{1b}[K");
    }
}

/// Says a sentence on a stream, with the program's name before it.
pub fn say(talk: &mut dyn Write, words: impl Into<SafeText>) {
    tell(talk, &format!("rounds: {}\n", words.into()));
}

/// Says a text of several lines on a stream, as it is set.
pub fn say_text(talk: &mut dyn Write, text: &str) {
    tell(talk, &drawable(text));
}

/// Cells as one line; empty ones are left out.
pub fn joined(cells: &[SafeText]) -> String {
    let cells = cells.iter().map(SafeText::as_str).filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join("  ")
}

/// Writes a text at once, so that two programs on one terminal do not mix their lines. A text that
/// cannot be written is no failure.
fn tell(talk: &mut dyn Write, text: &str) {
    let told: io::Result<()> = talk.write_all(text.as_bytes()).and_then(|()| talk.flush());
    drop(told);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_said_is_obeyed_by_a_terminal() {
        let hostile = "a\u{7}b\u{9b}0mc\u{202e}d\u{7f}e\nrounds: f\u{1b}[2Jg";
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut talk);
        console.say(hostile);
        console.say(format_args!("{hostile}: {}", 1));
        console.say_with(hostile, [[SafeText::new(hostile), SafeText::new("h")]]);
        console.say_row(&[SafeText::new(hostile), SafeText::default(), SafeText::new("h")]);
        console.draw(&SafeText::new(hostile));
        console.wipe();
        let safe = "abcde rounds: fg";
        let expected = format!(
            "rounds: {safe}\nrounds: {safe}: 1\nrounds: {safe}\n  {safe}  h\n{safe}  h\n\r{safe}\u{1b}[K\r\u{1b}[K"
        );
        assert_eq!(String::from_utf8(talk).unwrap(), expected);
    }
}
