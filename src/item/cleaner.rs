//! Copies the harmless part of a text, and drops what a terminal could obey.

use unicode_normalization::char::is_combining_mark;

/// How many combining marks may stand on one letter; real languages need four at most.
const MARK_LIMIT: u8 = 8;

/// How many joiners may stand in one character. A family of four has three.
const JOINED_LIMIT: u8 = 4;

/// Whether a character is never drawn: it controls the terminal or the direction of the text, or it is invisible,
/// or it is none. White space and the two joiners are judged by where they stand, not here.
pub(super) fn is_dropped(character: char) -> bool {
    match character {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers, Mongolian selectors.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
        // Zero-width blank, direction marks, embeddings, overrides, isolates, invisible operators, deprecated.
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Variation selectors: terminals disagree on the width of what they select. (More are among the tags.)
        | '\u{fe00}'..='\u{fe0f}'
        // Byte-order mark, interlinear annotations, format controls of single scripts, tags.
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => character.is_control() || is_noncharacter(character),
    }
}

/// The code points that Unicode will never assign.
fn is_noncharacter(character: char) -> bool {
    let number = u32::from(character);
    (0xfdd0..=0xfdef).contains(&number) || number & 0xfffe == 0xfffe
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// The skin tones, which change the person before them.
fn is_skin_tone(character: char) -> bool {
    ('\u{1f3fb}'..='\u{1f3ff}').contains(&character)
}

/// Copies the harmless part of a text, character by character.
pub(super) struct Cleaner {
    output: String,
    /// White space becomes single blanks; otherwise it is kept and line ends become line feeds.
    one_line: bool,
    /// The last character of the output; a line feed at its beginning.
    last: char,
    /// How many marks stand on the last letter.
    marks: u8,
    /// A joiner that waits to see what it would join.
    joiner: Option<char>,
    /// How many joiners there are in the character that is being put together.
    joined: u8,
    /// White space that waits for something to part.
    blank: bool,
    /// How many bytes of the text lie behind the place up to which no control string ends. Without it, every
    /// introducer on a line would look through the rest of the line.
    endless: Option<usize>,
}

impl Cleaner {
    /// One that expects a text of so many bytes. With `one_line`, runs of white space become one space.
    pub(super) fn new(capacity: usize, one_line: bool) -> Self {
        let output = String::with_capacity(capacity);
        Self { output, one_line, last: '\n', marks: 0, joiner: None, joined: 0, blank: false, endless: None }
    }

    /// The harmless part of a text.
    pub(super) fn read(mut self, text: &str) -> String {
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            match character {
                '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => {
                    let sequence = self.terminal_sequence(character, rest.as_str());
                    rest = rest.as_str().get(sequence..).unwrap_or_default().chars();
                }
                '\r' if rest.as_str().starts_with('\n') => {}
                _ if is_dropped(character) => {}
                _ if is_joiner(character) => self.joiner = Some(character),
                _ if character.is_whitespace() => self.white_space(character),
                _ => self.visible(character),
            }
        }
        self.output
    }

    fn white_space(&mut self, character: char) {
        self.joiner = None;
        self.marks = 0;
        if self.one_line {
            self.blank = true;
        } else {
            let line_end = matches!(character, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            self.push(if line_end { '\n' } else { character });
        }
    }

    fn visible(&mut self, character: char) {
        if is_combining_mark(character) {
            // A mark with no letter before it would be drawn on whatever stands to the left of the text.
            if self.marks >= MARK_LIMIT || self.last == '\n' {
                return;
            }
            self.marks = self.marks.saturating_add(1);
        } else {
            self.marks = 0;
        }
        if std::mem::take(&mut self.blank) && !self.output.is_empty() {
            self.push(' ');
        }
        self.join(character);
        self.push(character);
    }

    /// Keeps the joiner before a character where it joins something, and does not make one character of many.
    fn join(&mut self, character: char) {
        let joiner = self.joiner.take().filter(|_| {
            !self.last.is_ascii()
                && !self.last.is_whitespace()
                && !character.is_ascii()
                && self.joined < JOINED_LIMIT
        });
        match joiner {
            Some(joiner) => {
                self.joined = self.joined.saturating_add(1);
                self.push(joiner);
            }
            None if is_combining_mark(character) || is_skin_tone(character) => {}
            None => self.joined = 0,
        }
    }

    fn push(&mut self, character: char) {
        self.output.push(character);
        self.last = character;
    }

    /// The length in bytes of what follows `introducer` and belongs to the terminal sequence that it begins
    /// (ECMA-48, section 5.4 and 8.3). A sequence that has no end on its own line is no sequence: only its
    /// introducer is dropped, so that a stray byte cannot swallow a text.
    fn terminal_sequence(&mut self, introducer: char, rest: &str) -> usize {
        let mut characters = rest.chars();
        match introducer {
            '\u{1b}' => match characters.next() {
                Some('[') => 1 + control_sequence(characters.as_str()),
                Some(']' | 'P' | 'X' | '^' | '_') => 1 + self.control_string(characters.as_str()),
                Some(' '..='/') => escape_with_intermediates(rest),
                Some('0'..='~') => 1,
                _ => 0,
            },
            // As one character they are more often damaged text than a command: take only what is surely one.
            '\u{9b}' if rest.starts_with(|c: char| matches!(c, '0'..='?')) => control_sequence(rest),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => self.control_string(rest),
            _ => 0,
        }
    }

    /// The length in bytes of the payload of a control string and its terminator: BEL, ST as one character, or `ESC \`.
    fn control_string(&mut self, rest: &str) -> usize {
        if self.endless.is_some_and(|behind| rest.len() >= behind) {
            return 0;
        }
        let stop = |c: char| {
            matches!(c, '\u{7}' | '\u{9c}' | '\u{1b}' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
        };
        let at = rest.find(stop).unwrap_or(rest.len());
        let (payload, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let terminators = ["\u{7}", "\u{9c}", "\u{1b}\\"];
        let Some(terminator) = terminators.into_iter().find(|terminator| tail.starts_with(terminator)) else {
            self.endless = Some(tail.len());
            return 0;
        };
        payload.len().saturating_add(terminator.len())
    }
}

/// `ESC` with intermediate bytes and a final one, such as the choice of a character set.
fn escape_with_intermediates(rest: &str) -> usize {
    let intermediates = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'/')).count();
    let ends = rest.as_bytes().get(intermediates).is_some_and(|byte| matches!(byte, b'0'..=b'~'));
    if ends { intermediates.saturating_add(1) } else { 0 }
}

/// Parameters, intermediates and the final byte of a control sequence.
fn control_sequence(rest: &str) -> usize {
    let parameters = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'?')).count();
    let ends = rest.as_bytes().get(parameters).is_some_and(|byte| matches!(byte, b'@'..=b'~'));
    if ends { parameters.saturating_add(1) } else { 0 }
}
