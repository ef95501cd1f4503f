//! Front matter: found at the top of a file, and read as far as it can be.

mod chunk;
mod fields;
mod node;
mod salvage;
mod simple;
mod spelt;
mod split;
mod toml;
mod toml_lines;

pub(super) use fields::Fields;
pub(super) use node::Node;

use std::borrow::Cow;

use serde::de::DeserializeSeed;

use self::chunk::chunks;
use self::node::{Budget, NodeSeed};
use self::split::{End, FRONT_MATTER_LIMIT, Format, Lines, Split};
use self::toml::Toml;
use super::byte_count::ByteCount;
use super::damage::note_damage;
use super::decode::{head, line_at_end};
use super::html_head;
use super::problem::Problems;
use super::problem_code::{
    CONTROL_CHARACTERS, FRONT_MATTER_MISSING, FRONT_MATTER_TOO_LARGE, FRONT_MATTER_UNCLOSED, JSON_INVALID,
    TOML_INVALID, YAML_TABS,
};
use super::repair::repair;
use super::safe_text::{drawable, is_plain};

/// [`FRONT_MATTER_LIMIT`], as it is told.
const LONGEST: ByteCount = ByteCount(FRONT_MATTER_LIMIT as u64);

/// A file whose front matter has been told from its body.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The front matter as far as it is text that a YAML parser takes.
    front: Cow<'a, str>,
    front_line: u32,
    kind: Kind,
    /// The body.
    pub body: &'a str,
    /// The line of the file on which the body begins, counted from 1.
    pub body_line: u32,
}

/// How the front matter is to be read.
#[derive(Debug)]
enum Kind {
    None,
    Yaml,
    Toml,
    Map(Vec<(String, Node)>),
}

impl<'a> Sheet<'a> {
    /// A page of HTML that has no front matter, with what its head says instead; `None` when that says nothing.
    pub(super) fn of_page(text: &'a str) -> Option<Self> {
        if split::split(text).is_some() {
            return None;
        }
        let entries = html_head::entries(text);
        let is_silent = entries.is_empty();
        let kind = Kind::Map(entries);
        (!is_silent).then_some(Self {
            front: Cow::Borrowed(""),
            front_line: 1,
            kind,
            body: text,
            body_line: 1,
        })
    }

    /// Tells the front matter of a file from its body. `is_wanted` says which keys will ever be asked for.
    pub(super) fn of(text: &'a str, is_wanted: fn(&str) -> bool, problems: &mut Problems) -> Self {
        if let Some(split) = split::split(text) {
            return match split.format {
                Format::Yaml => Self::of_yaml(text, &split, is_wanted, problems),
                Format::Toml => Self::of_toml(text, &split, problems),
            };
        }
        Self::of_json(text, problems).unwrap_or_else(|| Self::without(text, problems))
    }

    /// The keys of the front matter.
    pub(super) fn fields(&self, is_wanted: fn(&str) -> bool, problems: &mut Problems) -> Fields<'_> {
        match &self.kind {
            Kind::None => Fields::of_map(Vec::new(), Vec::new(), 1),
            Kind::Map(map) => Fields::of_map(map.clone(), Vec::new(), 1),
            Kind::Toml => self.toml_fields(problems),
            Kind::Yaml => {
                let found = chunks(&self.front);
                let keys = found.all.clone();
                let fields = Fields::of_yaml(&self.front, self.front_line, found, is_wanted);
                fields.warn_of_repeated_keys(&keys, problems);
                fields
            }
        }
    }

    fn toml_fields(&self, problems: &mut Problems) -> Fields<'_> {
        let Toml { entries, lines, fault } = toml::read(&self.front);
        if let Some((line, reason)) = fault {
            let line = self.front_line.saturating_add(line).saturating_sub(1);
            let message = format!(
                "The front matter is not valid TOML: {reason}. Simple keys such as title, date and link were read; mend this \
                 line for the rest."
            );
            problems.error(Some(line), TOML_INVALID, &message);
        }
        Fields::of_map(entries, lines, self.front_line)
    }

    fn without(text: &'a str, problems: &mut Problems) -> Self {
        let message = "The file has no front matter. Its title was taken from its first heading or from its name; \
                       write title, date and link between two lines of --- at the top of the file.";
        problems.warn(Some(1), FRONT_MATTER_MISSING, message);
        Self { front: Cow::Borrowed(""), front_line: 1, kind: Kind::None, body: text, body_line: 1 }
    }

    fn of_yaml(
        text: &'a str,
        split: &Split<'a>,
        is_wanted: fn(&str) -> bool,
        problems: &mut Problems,
    ) -> Self {
        if split.end != End::Closed {
            return Self::unclosed(text, split, end_of_keys(split.front, is_wanted), problems);
        }
        let front = at_margin(yaml_text(split.front, split.front_line, problems), split.front_line, problems);
        let found = chunks(&front);
        if found.prose.is_some() || found.all.is_empty() {
            // Rare: a rule of dashes in the text may have been taken for the end of a front matter without one.
            let goes_on = |line: u32| found.all.iter().any(|chunk| chunk.line > line && is_wanted(chunk.key));
            let prose = found.prose.filter(|line| !goes_on(*line));
            let mut fields = Fields::of_yaml(&front, split.front_line, found, is_wanted);
            if fields.are_none() && !is_only_comments(&front) {
                return Self::without(text, problems);
            }
            if let Some(body_line) = prose.filter(|_| !fields.is_valid()) {
                return Self::unclosed(text, split, body_line, problems);
            }
        }
        let Split { front_line, body, body_line, .. } = *split;
        Self { front, front_line, kind: Kind::Yaml, body, body_line }
    }

    /// A front matter without an end: its keys go as far as a line, counted from 1 within it.
    fn unclosed(text: &'a str, split: &Split<'a>, line: u32, problems: &mut Problems) -> Self {
        let end =
            Lines::new(split.front).find(|at| at.number == line).map_or(split.front.len(), |at| at.start);
        let front = split.front.get(..end).unwrap_or(split.front);
        if is_only_comments(front) {
            return Self::without(text, problems);
        }
        if split.end == End::TooFar {
            let message = format!(
                "The front matter is longer than {LONGEST} or has no end. The keys at its beginning were read; end it \
                 with a line of --- and keep long texts in the body."
            );
            problems.error(Some(split.front_line), FRONT_MATTER_TOO_LARGE, &message);
        } else {
            let message = "The front matter has no end. The keys at the top were read and the rest is shown as the \
                           body; write a line of --- behind the last key.";
            problems.error(Some(split.front_line), FRONT_MATTER_UNCLOSED, message);
        }
        let front = yaml_text(head(front, FRONT_MATTER_LIMIT), split.front_line, problems);
        let body = text.get(split.front_start.saturating_add(end)..).unwrap_or_default();
        let body_line = split.front_line.saturating_add(line).saturating_sub(1);
        Self { front, front_line: split.front_line, kind: Kind::Yaml, body, body_line }
    }

    fn of_toml(text: &'a str, split: &Split<'a>, problems: &mut Problems) -> Self {
        if split.end != End::Closed {
            return Self::without(text, problems);
        }
        let Split { front, front_line, body, body_line, .. } = *split;
        Self { front: drawable(front), front_line, kind: Kind::Toml, body, body_line }
    }

    /// JSON front matter: an object at the very top of the file.
    fn of_json(text: &'a str, problems: &mut Problems) -> Option<Self> {
        let start = text.trim_start();
        start.strip_prefix('{')?.trim_start().strip_prefix(['"', '}'])?;
        let budget = Budget::new();
        let head = head(start, FRONT_MATTER_LIMIT);
        let mut reader = serde_json::Deserializer::from_str(head);
        let map = NodeSeed(&budget).deserialize(&mut reader);
        let Ok(Node::Map(map)) = map else {
            let line = line_at_end(text.get(..text.len().saturating_sub(start.len())).unwrap_or_default());
            let message = format!(
                "The file begins as JSON front matter does, but it cannot be read as JSON (of at most {LONGEST}). All of it \
                 is shown as the body; use YAML between lines of ---."
            );
            problems.error(Some(line), JSON_INVALID, &message);
            return None;
        };
        let end = reader.into_iter::<serde::de::IgnoredAny>().byte_offset();
        let body = start.get(end..).unwrap_or_default();
        let body_line = line_at_end(text.get(..text.len().saturating_sub(body.len())).unwrap_or_default());
        Some(Self { front: Cow::Borrowed(""), front_line: 1, kind: Kind::Map(map), body, body_line })
    }
}

/// Where the keys at the top of a text end: the number, counted from 1, of the line behind them. Blank lines end them,
/// unless a key that is wanted follows, or none came before.
fn end_of_keys(front: &str, is_wanted: fn(&str) -> bool) -> u32 {
    let mut blank = None;
    let mut has_keys = false;
    let mut end = 1;
    for line in Lines::new(front).take_while(|line| line.start < FRONT_MATTER_LIMIT) {
        end = line.number.saturating_add(1);
        if line.text.trim().is_empty() {
            blank = blank.or(has_keys.then_some(line.number));
            continue;
        }
        let key = chunk::key_of(line.text).map(|(key, _)| key);
        let goes_on = match (key, blank) {
            (Some(key), Some(_)) => is_wanted(key),
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => line.text.starts_with([' ', '\t', '-', '#']),
        };
        if !goes_on {
            return blank.unwrap_or(line.number);
        }
        has_keys |= key.is_some();
        blank = None;
    }
    blank.unwrap_or(end)
}

/// Front matter of which every line is indented, at the margin: by tabs, which YAML forbids, or by spaces.
fn at_margin<'a>(front: Cow<'a, str>, front_line: u32, problems: &mut Problems) -> Cow<'a, str> {
    let lines = || front.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines().next().filter(|line| line.starts_with(['\t', ' '])) else { return front };
    let indent = first.get(..first.len().saturating_sub(first.trim_start().len())).unwrap_or_default();
    if !lines().all(|line| line.starts_with(indent)) {
        return front;
    }
    if indent.contains('\t') {
        let message = "The front matter is indented with tabs, which YAML forbids. It was read as if it began at the margin; \
                       take the tabs out.";
        problems.warn(Some(front_line), YAML_TABS, message);
    }
    let lines = front.split_inclusive('\n').map(|line| line.strip_prefix(indent).unwrap_or(line));
    Cow::Owned(lines.collect())
}

fn is_only_comments(front: &str) -> bool {
    front.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// The front matter without the characters that a YAML parser refuses. Damaged text is repaired first, for its
/// traces are among those characters.
fn yaml_text<'a>(front: &'a str, front_line: u32, problems: &mut Problems) -> Cow<'a, str> {
    if is_plain(front) {
        return Cow::Borrowed(front);
    }
    let Some(at) = front.find(is_refused) else { return Cow::Borrowed(front) };
    let line = front_line.saturating_add(line_at_end(front.get(..at).unwrap_or_default())).saturating_sub(1);
    let repaired = repair(front);
    if repaired != front {
        note_damage(problems, Some(line), front, &repaired);
    }
    let spaced = repaired.replace(['\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], " ");
    if repaired.contains(is_refused) {
        let message = "The front matter holds control characters, which do not belong into text. They were left out; \
                       remove them.";
        problems.warn(Some(line), CONTROL_CHARACTERS, message);
    }
    Cow::Owned(drawable(&spaced).into_owned())
}

/// Whether a YAML parser refuses a character, or would take it for the end of a line where people do not.
fn is_refused(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}

#[cfg(test)]
mod tests;
