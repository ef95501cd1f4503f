//! Reading an item file, from its bytes to its item.

use std::borrow::Cow;

use super::body::reading_minutes;
use super::damage::note_damage;
use super::decode::{Decoded, OtherEncoding, decode, head, line_at_end};
use super::dialect::{self, File};
use super::front_matter::Sheet;
use super::problem::Problems;
use super::problem_code::NOT_UTF8;
use super::repair::repair;
use super::{Body, BodyKind, Item, ItemFile};

impl ItemFile {
    /// Reads an item file. This cannot fail: whatever the bytes are, there is an item to list, with its
    /// problems named.
    ///
    /// `path` is where the file is in its source, with `/` between the parts.
    pub fn read(path: &str, bytes: &[u8]) -> Self {
        let mut problems = Problems::default();
        let Decoded { text, other } = decode(bytes);
        if let Some(other) = other {
            note_encoding(other, &mut problems);
        }
        let page = if is_page(path) { Sheet::of_page(&text) } else { None };
        let sheet = page.unwrap_or_else(|| Sheet::of(&text, dialect::is_wanted, &mut problems));
        let body = read_body(path, &sheet, &mut problems);
        let mut fields = sheet.fields(dialect::is_wanted, &mut problems);
        let file = File { path, kind: body.kind, body: body.text() };
        let item = dialect::read(file, &mut fields, &mut problems);
        fields.check_the_rest(&mut problems);
        let minutes = reading_minutes(body.text());
        Self { item: Item { minutes, problems: problems.into_sorted(), ..item }, body }
    }
}

/// Whether a file is a page of HTML by its name.
fn is_page(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["html", "htm"].iter().any(|kind| ending.eq_ignore_ascii_case(kind))
}

fn note_encoding(other: OtherEncoding, problems: &mut Problems) {
    let (line, encoding) = match other {
        OtherEncoding::Utf16 => (1, "UTF-16"),
        OtherEncoding::Windows1252 { line } => (line, "Windows-1252"),
    };
    let message = format!("The file is not UTF-8. It was read as {encoding}; save it as UTF-8.");
    problems.warn(Some(line), NOT_UTF8, &message);
}

fn read_body(path: &str, sheet: &Sheet<'_>, problems: &mut Problems) -> Body {
    let raw = sheet.body.to_owned();
    let repaired = match repair(&raw) {
        Cow::Borrowed(_) => None,
        Cow::Owned(repaired) => Some(repaired),
    };
    if let Some(repaired) = &repaired {
        let intact = raw.bytes().zip(repaired.bytes()).take_while(|(raw, repaired)| raw == repaired).count();
        let line_in_body = line_at_end(head(&raw, intact));
        let line = sheet.body_line.saturating_add(line_in_body).saturating_sub(1);
        note_damage(problems, Some(line), &raw, repaired);
    }
    let kind = BodyKind::of(path, repaired.as_deref().unwrap_or(&raw));
    Body { kind, raw, repaired, first_line: sheet.body_line }
}

#[cfg(test)]
#[path = "tests/read.rs"]
mod tests;
