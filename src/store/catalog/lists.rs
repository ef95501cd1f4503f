//! Lists of texts as one text. Safe text never holds a control character, so these can part it.

use jiff::Timestamp;

use crate::item::{
    Condition, Item, Offering, PROBLEM_CODES, Problem, Release, Rule, SafeText, Severity, Topic,
};
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

/// What a file says about whether its item is published: each a letter, a time in seconds since 1970, and a line.
pub(super) fn release(release: &Release) -> String {
    let mut text = String::new();
    for Condition { rule, line } in &release.0 {
        let (letter, time) = match rule {
            Rule::Draft => ("d", None),
            Rule::Unlisted => ("u", None),
            Rule::Template => ("m", None),
            Rule::From(time) => ("f", Some(time)),
            Rule::Dated(time) => ("t", Some(time)),
            Rule::Until(time) => ("e", Some(time)),
        };
        let time = time.map(|time| time.as_second().to_string()).unwrap_or_default();
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        for field in [letter, &time, &line] {
            text.push_str(field);
            text.push(FIELD);
        }
        text.push(ENTRY);
    }
    text
}

/// Reads what [`release`] wrote; `None` when it is not that.
pub(super) fn read_release(text: &str) -> Option<Release> {
    entries(text).map(condition).collect::<Option<_>>().map(Release)
}

fn condition(entry: &str) -> Option<Condition> {
    let mut fields = entry.split(FIELD);
    let (letter, time, line) = (fields.next()?, fields.next()?, fields.next()?);
    let time = || Timestamp::from_second(time.parse().ok()?).ok();
    let rule = match letter {
        "d" => Rule::Draft,
        "u" => Rule::Unlisted,
        "m" => Rule::Template,
        "f" => Rule::From(time()?),
        "t" => Rule::Dated(time()?),
        "e" => Rule::Until(time()?),
        _ => return None,
    };
    Some(Condition { rule, line: line.parse().ok() })
}

/// Problems.
pub(super) fn problems(problems: &[Problem]) -> String {
    let mut text = String::new();
    for Problem { line, severity, code, message } in problems {
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        let severity = match severity {
            Severity::Notice => "n",
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
        severity: match severity {
            "e" => Severity::Error,
            "n" => Severity::Notice,
            _ => Severity::Warning,
        },
        code,
        message: SafeText::new(fields.next()?),
    })
}
