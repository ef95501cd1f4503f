//! What is said of the configuration: each sentence with the file and the line.

use std::fmt;
use std::path::Path;

use crate::item::{SafeText, counted};

/// The most sentences about one file. Who has more to put right does not read more.
const MOST: usize = 10;

/// Gathers what is to be said of a file.
pub struct Notices<'a> {
    path: SafeText,
    text: &'a str,
    sentences: Vec<SafeText>,
    more: usize,
}

impl<'a> Notices<'a> {
    /// Nothing is to be said of this file yet.
    pub fn new(path: &Path, text: &'a str) -> Self {
        Self { path: SafeText::new(&path.to_string_lossy()), text, sentences: Vec::new(), more: 0 }
    }

    /// Says a sentence about what stands at an offset in bytes, and gives it back.
    pub fn say(&mut self, offset: usize, words: impl fmt::Display) -> SafeText {
        let place = self.place(offset);
        let words = words.to_string();
        let end = if words.ends_with(['.', '?']) { "" } else { "." };
        let sentence = SafeText::new(&format!("{place}: {words}{end}"));
        if self.sentences.len() == MOST {
            self.more = self.more.saturating_add(1);
        } else {
            self.sentences.push(sentence.clone());
        }
        sentence
    }

    /// The file and the line of an offset in bytes.
    pub fn place(&self, offset: usize) -> SafeText {
        let line = line_of(self.text.as_bytes(), offset);
        SafeText::new(&format!("{}, line {line}", self.path))
    }

    /// All that is to be said.
    pub fn finish(mut self) -> Vec<SafeText> {
        if self.more > 0 {
            let more = counted(self.more, "more thing in it is", "more things in it are");
            let rest = format!("{}: {more} not understood.", self.path);
            self.sentences.push(SafeText::new(&rest));
        }
        self.sentences
    }
}

/// The line that an offset is on, from 1.
pub fn line_of(text: &[u8], offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.split(|byte| *byte == b'\n').count()
}
