//! Lists of texts as one text. Safe text never holds a control character, so these can part it.

use crate::item::{Item, Offering, PROBLEM_CODES, Problem, SafeText, Severity, Topic};
use crate::source;

/// Stands behind each entry of a list.
const ENTRY: char = '\u{1e}';
/// Stands between the fields of an entry.
const FIELD: char = '\u{1f}';

/// The entries of a list.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split_terminator(ENTRY)
}

fn join<'a>(texts: impl Iterator<Item = &'a SafeText>) -> String {
    texts.flat_map(|text| [text.as_str(), "\u{1e}"]).collect()
}

/// Texts, such as the names of authors.
pub(super) fn texts(texts: &[SafeText]) -> String {
    join(texts.iter())
}

/// Reads what [`texts`] wrote.
pub(super) fn read_texts(text: &str) -> Vec<SafeText> {
    entries(text).map(SafeText::new).collect()
}

/// What the offerings are called.
pub(super) fn labels(item: &Item) -> String {
    join(item.offerings.iter().map(|offering| &offering.label))
}

/// Where the pages of the offerings are.
pub(super) fn permalinks(item: &Item) -> String {
    join(item.offerings.iter().map(|offering| &offering.permalink))
}

/// Reads what [`labels`] and [`permalinks`] wrote.
pub(super) fn read_offerings(labels: &str, permalinks: &str) -> Vec<Offering> {
    let offering =
        |(label, permalink)| Offering { label: SafeText::new(label), permalink: SafeText::new(permalink) };
    entries(labels).zip(entries(permalinks)).map(offering).collect()
}

/// Topics.
pub(super) fn topics(topics: &[Topic]) -> String {
    let mut text = String::new();
    for Topic { taxonomy, term } in topics {
        if let Some(taxonomy) = taxonomy {
            text.push_str(taxonomy);
            text.push(FIELD);
        }
        text.push_str(term);
        text.push(ENTRY);
    }
    text
}

/// Reads what [`topics`] wrote.
pub(super) fn read_topics(text: &str) -> Vec<Topic> {
    let topic = |entry: &str| match entry.split_once(FIELD) {
        Some((taxonomy, term)) => {
            Topic { taxonomy: Some(SafeText::new(taxonomy)), term: SafeText::new(term) }
        }
        None => Topic { taxonomy: None, term: SafeText::new(entry) },
    };
    entries(text).map(topic).collect()
}

/// Problems.
pub(super) fn problems(problems: &[Problem]) -> String {
    let mut text = String::new();
    for Problem { line, severity, code, message } in problems {
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        let severity = match severity {
            Severity::Warning => "w",
            Severity::Error => "e",
        };
        for field in [&line, severity, code, message.as_str()] {
            text.push_str(field);
            text.push(FIELD);
        }
        text.push(ENTRY);
    }
    text
}

/// Reads what [`problems`] wrote. A problem that this program does not know is left out.
pub(super) fn read_problems(text: &str) -> Vec<Problem> {
    entries(text).filter_map(problem).collect()
}

/// The name of a kind of problem, if this program knows it.
pub(super) fn known_code(code: &str) -> Option<&'static str> {
    let mut known = PROBLEM_CODES.iter().chain(source::PROBLEM_CODES).map(|known| known.code);
    known.find(|known| *known == code)
}

fn problem(entry: &str) -> Option<Problem> {
    let mut fields = entry.split(FIELD);
    let (line, severity, code) = (fields.next()?, fields.next()?, fields.next()?);
    let code = known_code(code)?;
    Some(Problem {
        line: line.parse().ok(),
        severity: if severity == "e" { Severity::Error } else { Severity::Warning },
        code,
        message: SafeText::new(fields.next()?),
    })
}
