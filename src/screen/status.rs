//! What is going on, in the right half of the header: how far items have been read or fetched, else what there is.

use super::canvas::cells;
use crate::reader::{Bundle, Fetch, Progress, Reader};

/// What is going on, or else what there is.
pub fn status(reader: &Reader, width: u16) -> String {
    let fetching = reader.bundles().iter().find(|bundle| matches!(bundle.fetch, Fetch::Going(_)));
    match (reader.loading.progress, fetching, reader.loading.unindexed) {
        (Some(progress), ..) if progress.found > 0 && is_to_be_seen(reader, progress) => {
            reading(reader, progress)
        }
        // The list says how far it is, where there is nothing else in it.
        (_, Some(_), _) if reader.library.is_empty() => "fetching ".to_owned(),
        (_, Some(bundle), _) => first_fitting(fetching_words(reader, bundle), width),
        (Some(progress), ..) if is_to_be_seen(reader, progress) => reading(reader, progress),
        (None, _, waiting) if waiting > 0 => indexing(waiting, &new_and_all(reader), width),
        _ => first_fitting(with_withheld(reader, dated(reader)), width),
    }
}

/// Whether somebody waits for what is being read.
fn is_to_be_seen(reader: &Reader, progress: Progress) -> bool {
    reader.loading.asked_for || reader.library.len() < progress.found
}

/// How far a bundle has come and how old the one before is, in ever fewer words.
fn fetching_words(reader: &Reader, bundle: &Bundle) -> Vec<String> {
    let Fetch::Going(progress) = &bundle.fetch else { return Vec::new() };
    let what = match reader.bundles() {
        [_] => "fetching".to_owned(),
        _ => format!("fetching {}", bundle.name),
    };
    let age = bundle.copy.as_ref().map(|copy| format!("{} old · ", copy.age)).unwrap_or_default();
    let mut words = Vec::new();
    let mut progress = progress.as_str();
    while !progress.is_empty() {
        let between = if progress.starts_with(|first: char| first.is_ascii_digit()) { " " } else { " · " };
        words.push(format!("{age}{what}{between}{progress} "));
        words.push(format!("{what}{between}{progress} "));
        progress = progress.rsplit_once(" · ").map_or("", |(shorter, _)| shorter);
    }
    words.extend([format!("{age}{what} "), format!("{what} "), "fetching ".to_owned()]);
    words
}

/// What there is, after the day or time that it is from where it may be older than what can be fetched, in ever fewer
/// words.
fn dated(reader: &Reader) -> Vec<String> {
    let counts = new_and_all(reader);
    let bundles = || reader.bundles().iter();
    let offline = bundles().any(|bundle| bundle.fetch == Fetch::Offline).then(|| "offline".to_owned());
    let stale = bundles().filter(|bundle| matches!(bundle.fetch, Fetch::Offline | Fetch::Failed));
    let oldest = stale.filter_map(|bundle| Some(bundle.copy.as_ref()?.as_of)).min();
    let as_of = oldest.map(|oldest| {
        let is_today = reader.today == Some(oldest.date());
        format!("as of {}", oldest.strftime(if is_today { "%H:%M" } else { "%-d %b" }))
    });
    let is_missing = |bundle: &&Bundle| bundle.copy.is_none() && bundle.fetch == Fetch::Failed;
    let missing = bundles().find(is_missing).map(|bundle| format!("{} not fetched", bundle.name));
    let missing = missing.filter(|_| !reader.library.is_empty());
    let Some(first) = offline.as_ref().or(missing.as_ref()).or(as_of.as_ref()) else { return vec![counts] };
    let joined = |words: &[&str]| {
        let words = words.iter().filter(|word| !word.is_empty());
        words.copied().collect::<Vec<_>>().join(" · ")
    };
    let all = [offline.as_deref(), missing.as_deref(), as_of.as_deref(), Some(counts.as_str())];
    let all: Vec<&str> = all.into_iter().flatten().collect();
    vec![joined(&all), joined(&[first, &counts]), format!("{first} ")]
}

/// The same words, before them the longest with how many items are withheld behind it, if any are.
fn with_withheld(reader: &Reader, words: Vec<String>) -> Vec<String> {
    let longest = words.first().map(|words| words.trim_end()).filter(|words| !words.is_empty());
    let withheld = Some(reader.library.withheld()).filter(|withheld| *withheld > 0);
    let with = withheld.map(|withheld| match longest {
        Some(words) => format!("{words} · {withheld} withheld "),
        None => format!("{withheld} withheld "),
    });
    with.into_iter().chain(words).collect()
}

/// The first words that leave room for the place; the last ones where none do.
fn first_fitting(words: Vec<String>, width: u16) -> String {
    const PLACE: u16 = 20;
    let last = words.last().cloned().unwrap_or_default();
    let fits = |words: &String| cells(words).saturating_add(PLACE) <= width;
    words.into_iter().find(fits).unwrap_or(last)
}

/// How far the source has been read.
fn reading(reader: &Reader, Progress { checked, found }: Progress) -> String {
    match (found, reader.loading.asked_for) {
        (0, false) => "reading ".to_owned(),
        (_, false) => format!("reading {checked} of {found} "),
        (0, true) => "looking again ".to_owned(),
        (_, true) => format!("looking again, {checked} of {found} "),
    }
}

/// How much of the text cannot be searched yet, before what there is, where there is room for both.
fn indexing(waiting: usize, counts: &str, width: u16) -> String {
    let indexing = format!("indexing, {waiting} to go ");
    if counts.is_empty() || cells(&indexing) + cells(counts) > width / 2 {
        indexing
    } else {
        format!("{indexing}· {counts}")
    }
}

fn new_and_all(reader: &Reader) -> String {
    let counts = reader.counts_here();
    match (counts.unread, counts.total) {
        (0, 0) => String::new(),
        (0, 1) => "1 item, read ".to_owned(),
        (0, total) => format!("{total} items, all read "),
        (unread, total) => format!("{unread} unread of {total} "),
    }
}
