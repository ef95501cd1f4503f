//! The keys of a front matter, read when they are asked for.

use std::collections::HashMap;

use serde::de::DeserializeSeed;

use super::chunk::{Chunk, Chunks, chunks, key_of};
use super::node::{Budget, NODE_LIMIT, Node, NodeSeed, TOO_BIG, WantedSeed};
use super::salvage::salvage;
use super::simple;
use super::spelt::as_spelt;
use crate::item::problem::Problems;
use crate::item::problem_code::{KEY_REPEATED, YAML_INVALID, YAML_TABS, YAML_TOO_BIG, YAML_TOO_DEEP};

/// How deep brackets may be nested. The YAML scanner takes time for every open bracket at every character, so that
/// a line of forty thousand of them would keep it busy for seconds.
const BRACKET_LIMIT: usize = 64;

/// The keys of a front matter. A key is parsed when it is first asked for: most are never needed, and one that is
/// broken costs no other.
#[derive(Debug)]
pub(in crate::item) struct Fields<'a> {
    /// The whole front matter.
    front: &'a str,
    /// The line of the file on which it begins.
    front_line: u32,
    /// The keys that are wanted.
    chunks: Vec<Chunk<'a>>,
    /// The keys that nobody will ask for.
    others: Vec<Chunk<'a>>,
    /// The front matter has to be parsed as one: it has no keys at its margin, or one that takes in others.
    is_one: bool,
    /// What has been parsed of each chunk.
    parsed: Vec<Option<Node>>,
    /// The front matter parsed as one, where that was needed: anchors work only then.
    whole: Option<Result<Node, Defect>>,
    is_wanted: fn(&str) -> bool,
    /// The lines of the keys, where there are no chunks to tell them.
    lines: Vec<(String, u32)>,
}

/// Why a text could not be parsed.
#[derive(Debug, Clone)]
enum Defect {
    /// It is not YAML. The line counts from 1 within the text.
    Invalid {
        line: Option<usize>,
        reason: String,
    },
    TooBig,
    TooDeep,
}

impl<'a> Fields<'a> {
    /// The keys of a YAML front matter that begins on a line of the file. `is_wanted` says which keys will ever
    /// be asked for.
    pub(super) fn of_yaml(
        front: &'a str,
        front_line: u32,
        Chunks { all: chunks, has_odd_key, .. }: Chunks<'a>,
        is_wanted: fn(&str) -> bool,
    ) -> Self {
        let is_one = has_odd_key || chunks.is_empty() || chunks.iter().any(|chunk| chunk.key == "<<");
        let (chunks, others): (Vec<_>, Vec<_>) = chunks.into_iter().partition(|chunk| is_wanted(chunk.key));
        let parsed = vec![None; chunks.len()];
        let lines = Vec::new();
        Self { front, front_line, chunks, others, is_one, parsed, whole: None, is_wanted, lines }
    }

    /// The keys of a front matter that has been parsed already. `lines` are those of its keys, as far as they are known,
    /// and `front_line` is the line of the file on which it begins.
    pub(super) fn of_map(map: Vec<(String, Node)>, lines: Vec<(String, u32)>, front_line: u32) -> Self {
        let whole = Some(Ok(Node::Map(map)));
        let (chunks, others, parsed) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            front: "",
            front_line,
            chunks,
            others,
            is_one: true,
            parsed,
            whole,
            is_wanted: |_| true,
            lines,
        }
    }

    /// The value of a key, if it has one. Letter case counts only when the key stands there in several.
    pub(in crate::item) fn get(&mut self, key: &str, problems: &mut Problems) -> Option<&Node> {
        let found = self.find(problems, |name| name == key);
        let found = found.or_else(|| self.find(problems, |name| name.eq_ignore_ascii_case(key)));
        match found {
            Some(index) => self.parsed.get(index)?.as_ref(),
            None if self.is_one => self.whole().as_ref().ok()?.get(key),
            None => None,
        }
    }

    /// The value of a key within the map of another.
    pub(in crate::item) fn get_in(&mut self, map: &str, key: &str, problems: &mut Problems) -> Option<&Node> {
        self.get(map, problems)?.get(key)
    }

    /// A key as the file spells it.
    pub(in crate::item) fn name_of(&self, key: &str) -> Option<&str> {
        let keys = self.chunks.iter().rev().map(|chunk| chunk.key);
        let mut keys = keys.chain(self.lines.iter().map(|(name, _)| name.as_str()));
        keys.find(|name| name.eq_ignore_ascii_case(key))
    }

    /// The line of the file on which a key stands.
    pub(in crate::item) fn line_of(&self, key: &str) -> Option<u32> {
        let keys = self.chunks.iter().rev().map(|chunk| (chunk.key, chunk.line));
        let mut keys = keys.chain(self.lines.iter().map(|(name, line)| (name.as_str(), *line)));
        keys.find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, line)| self.file_line(line))
    }

    /// A value of one line, as it is typed, in which YAML takes what stands behind a `#` for a comment.
    pub(in crate::item) fn with_comment(&self, key: &str) -> Option<&'a str> {
        let chunk = self.chunks.iter().rev().find(|chunk| chunk.key.eq_ignore_ascii_case(key))?;
        let mut lines = chunk.value().lines();
        let typed = lines.next()?.trim();
        let is_plain = !typed.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
        let has_comment = typed.starts_with('#') || typed.contains(" #");
        let is_alone = lines.all(|line| line.trim().is_empty());
        Some(typed).filter(|_| is_plain && has_comment && is_alone)
    }

    /// Whether there is any key at all.
    pub(super) fn are_none(&mut self) -> bool {
        self.chunks.is_empty() && self.is_one && self.whole().as_ref().map_or(true, Node::is_absent)
    }

    /// Whether the front matter as a whole is valid.
    pub(super) fn is_valid(&mut self) -> bool {
        self.whole().is_ok()
    }

    /// Reports what is not valid among the keys that nobody asks for: nothing of the item is lost by it, but other
    /// programs refuse the whole file.
    pub(in crate::item) fn check_the_rest(&mut self, problems: &mut Problems) {
        for chunk in std::mem::take(&mut self.others) {
            if simple::is_surely_valid(chunk.value()) {
                continue;
            }
            // What is broken on its own may be whole in its place: an alias has its anchor elsewhere.
            if let Err(defect) = parse_entry(chunk.text)
                && self.whole().is_err()
            {
                self.rescue(&chunk, &defect, problems);
            }
        }
    }

    /// Warns of every key that stands more than once among all the keys of the front matter.
    pub(super) fn warn_of_repeated_keys(&self, chunks: &[Chunk<'_>], problems: &mut Problems) {
        let mut lines = HashMap::with_capacity(chunks.len());
        for chunk in chunks {
            if let Some(earlier) = lines.insert(chunk.key, chunk.line) {
                self.warn_of_repeated_key(chunk.key, earlier, chunk.line, problems);
            }
        }
    }

    fn warn_of_repeated_key(&self, key: &str, first: u32, second: u32, problems: &mut Problems) {
        let (first, second) = (self.file_line(first), self.file_line(second));
        let message = format!(
            "The key {} is on line {first} and again on line {second}. The last value was used; remove the other.",
            shown(key)
        );
        problems.warn(Some(second), KEY_REPEATED, &message);
    }

    /// The last chunk whose key fits and whose value is there.
    fn find(&mut self, problems: &mut Problems, fits: impl Fn(&str) -> bool) -> Option<usize> {
        (0..self.chunks.len()).rev().find(|index| {
            self.chunks.get(*index).is_some_and(|chunk| fits(chunk.key)) && self.is_there(*index, problems)
        })
    }

    fn is_there(&mut self, index: usize, problems: &mut Problems) -> bool {
        if self.parsed.get(index).is_some_and(Option::is_none) {
            let node = self.parse_chunk(index, problems);
            if let Some(parsed) = self.parsed.get_mut(index) {
                *parsed = Some(node);
            }
        }
        self.parsed.get(index).and_then(Option::as_ref).is_some_and(|node| !node.is_absent())
    }

    fn parse_chunk(&mut self, index: usize, problems: &mut Problems) -> Node {
        let Some(chunk) = self.chunks.get(index).copied() else { return Node::Null };
        if let Some(node) = simple::read(chunk.value()) {
            return node;
        }
        let defect = match parse_entry(chunk.text) {
            Ok(node) => {
                self.warn_of_repeated_keys_in(&chunk, &node, problems);
                return as_spelt(chunk.text, node, |text| parse_entry(text).ok());
            }
            Err(defect) => defect,
        };
        // What is broken on its own may be whole in its place: an alias has its anchor elsewhere.
        if let Ok(node) = self.whole()
            && let Some(node) = node.get(chunk.key)
        {
            return node.clone();
        }
        self.rescue(&chunk, &defect, problems)
    }

    fn rescue(&self, chunk: &Chunk<'_>, defect: &Defect, problems: &mut Problems) -> Node {
        if let Some(blanks) = without_tabs(chunk.text)
            && let Ok(node) = parse_entry(&blanks)
        {
            let message = format!(
                "The lines of {} are indented with tabs, which YAML forbids. They were read as spaces; replace them.",
                shown(chunk.key)
            );
            problems.warn(Some(self.file_line(chunk.line)), YAML_TABS, &message);
            return node;
        }
        let defect = match &self.whole {
            Some(Err(Defect::TooBig)) if chunk.value().contains('*') => {
                if problems.has(YAML_TOO_BIG) {
                    return Node::Null;
                }
                &Defect::TooBig
            }
            _ => defect,
        };
        self.report(chunk, defect, problems);
        match defect {
            Defect::TooBig => Node::Null,
            Defect::Invalid { .. } | Defect::TooDeep => salvage(chunk, &|text| parse_entry(text).ok()),
        }
    }

    fn report(&self, chunk: &Chunk<'_>, defect: &Defect, problems: &mut Problems) {
        let key = shown(chunk.key);
        let first = self.file_line(chunk.line);
        match defect {
            Defect::Invalid { line, reason } => {
                let below = line.and_then(|line| u32::try_from(line.saturating_sub(1)).ok()).unwrap_or(0);
                let lines = u32::try_from(chunk.text.lines().count().saturating_sub(1)).unwrap_or(0);
                let reason = plain_reason(chunk).map_or_else(|| reason.clone(), str::to_owned);
                let message = format!(
                    "The value of {key} is not valid YAML: {reason}. Its text was used as it is. Put it in \
                     quotation marks."
                );
                problems.error(Some(first.saturating_add(below.min(lines))), YAML_INVALID, &message);
            }
            Defect::TooBig => {
                let message = format!(
                    "The front matter holds more than {NODE_LIMIT} values when its aliases are followed. The value of {key} \
                     and others with aliases were not used; write them out without aliases."
                );
                problems.error(Some(first), YAML_TOO_BIG, &message);
            }
            Defect::TooDeep => {
                let message = format!(
                    "The brackets in the value of {key} are nested more than {BRACKET_LIMIT} deep. Its text was taken \
                     as it stands; put it in quotation marks or nest it less."
                );
                problems.error(Some(first), YAML_TOO_DEEP, &message);
            }
        }
    }

    fn warn_of_repeated_keys_in(&self, chunk: &Chunk<'_>, node: &Node, problems: &mut Problems) {
        for key in node.repeated_keys() {
            let is_it = |line: &str| {
                let line = line.trim_start().trim_start_matches("- ").trim_start();
                key_of(line).is_some_and(|(name, _)| name == key)
            };
            let lines = (chunk.line..).zip(chunk.text.lines()).filter(|(_, line)| is_it(line));
            let mut last_two = lines.map(|(number, _)| number).collect::<Vec<_>>().into_iter().rev();
            let last = last_two.next().unwrap_or(chunk.line);
            let first = last_two.next().unwrap_or(last);
            self.warn_of_repeated_key(key, first, last, problems);
        }
    }

    fn whole(&mut self) -> &Result<Node, Defect> {
        let (front, is_wanted) = (self.front, self.is_wanted);
        self.whole.get_or_insert_with(|| parse_whole(front, is_wanted))
    }

    fn file_line(&self, line: u32) -> u32 {
        self.front_line.saturating_add(line).saturating_sub(1)
    }
}

/// A key as messages show it.
fn shown(key: &str) -> String {
    format!("`{key}`")
}

/// Parses a text that begins with a key and gives the value of that key: what else stands in the text, in a form that
/// only a parser knows, is the value of another.
fn parse_entry(text: &str) -> Result<Node, Defect> {
    if is_too_deep(text) {
        return Err(Defect::TooDeep);
    }
    let budget = Budget::new();
    match NodeSeed(&budget).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(Node::Map(entries)) => Ok(entries.into_iter().next().map_or(Node::Null, |(_, node)| node)),
        Ok(_) => Err(Defect::Invalid { line: None, reason: "it is no key with a value".to_owned() }),
        Err(error) => Err(defect(&error)),
    }
}

fn parse_whole(front: &str, is_wanted: fn(&str) -> bool) -> Result<Node, Defect> {
    let chunks = chunks(front).all;
    let in_chunks: usize = chunks.iter().map(|chunk| chunk.text.len()).sum();
    let before = front.get(..front.len().saturating_sub(in_chunks)).unwrap_or(front);
    if is_too_deep(before) || chunks.iter().any(|chunk| is_too_deep(chunk.text)) {
        return Err(Defect::TooDeep);
    }
    let budget = Budget::new();
    let seed = WantedSeed { budget: &budget, is_wanted };
    seed.deserialize(serde_yaml::Deserializer::from_str(front)).map_err(|error| defect(&error))
}

fn defect(error: &serde_yaml::Error) -> Defect {
    let reason = error.to_string();
    if reason.contains(TOO_BIG) || reason.contains("repetition limit") {
        return Defect::TooBig;
    }
    let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
    Defect::Invalid { line: error.location().map(|location| location.line()), reason }
}

/// Whether brackets are nested too deep for the scanner, wherever they stand.
fn is_too_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > BRACKET_LIMIT
    })
}

/// The text with blanks for the tabs that its lines begin with. `None` when there are none.
fn without_tabs(text: &str) -> Option<String> {
    let is_indent = |character: char| character == ' ' || character == '\t';
    if !text.lines().any(|line| line.starts_with(is_indent) && line.trim_start_matches(' ').starts_with('\t'))
    {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    for line in text.lines() {
        let content = line.trim_start_matches(is_indent);
        let indent = line.get(..line.len().saturating_sub(content.len())).unwrap_or_default();
        mended.push_str(&indent.replace('\t', "  "));
        mended.push_str(content);
        mended.push('\n');
    }
    Some(mended)
}

/// The usual mistakes, in words.
fn plain_reason(chunk: &Chunk<'_>) -> Option<&'static str> {
    let value = chunk.value().lines().next().unwrap_or_default().trim();
    match value.chars().next()? {
        '"' | '\'' => Some("its quotation marks do not stand around the whole of it"),
        '&' | '*' | '!' | '%' | '@' | '`' | '{' | '[' | '|' | '>' | '?' => {
            Some("it begins with a character that means something else in YAML")
        }
        _ if value.contains(": ") || value.ends_with(':') => Some("it holds a colon followed by a space"),
        _ => None,
    }
}
