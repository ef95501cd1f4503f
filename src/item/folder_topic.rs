//! The topic that the folders of an item name, where the item names none itself.

use super::{SafeText, Topic};

/// Folders that say what kind of files are in them, and not what these are about, in lower case.
const GENERAL: [&str; 24] = [
    "archive", "archives", "article", "articles", "blog", "blogs", "content", "contents", "doc", "docs",
    "draft", "drafts", "entries", "feed", "inbox", "item", "items", "misc", "news", "page", "pages", "post",
    "posts", "src",
];

/// How the names of months begin, and what else is written for a part of a year.
const PARTS_OF_YEARS: [&str; 16] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "week", "w", "q",
    "kw",
];

impl Topic {
    /// The topic that the folders of a path name: the innermost one, as a term of the outermost. Folders for years, months and
    /// the like, and those that every collection has, such as `posts`, name none; nor does that of an `index.md`, which is
    /// the item's own.
    pub fn of_folders(path: &str) -> Option<Self> {
        let (folders, name) = path.rsplit_once('/')?;
        let mut folders: Vec<&str> = folders.split('/').collect();
        if name.split('.').next() == Some("index") {
            folders.pop();
        }
        let mut names = folders.into_iter().filter_map(topic_name);
        let outermost = names.next()?;
        Some(match names.next_back() {
            Some(innermost) => Self { taxonomy: Some(outermost), term: innermost },
            None => Self { taxonomy: None, term: outermost },
        })
    }
}

/// A folder as the name of a topic: `heart-failure` is `Heart failure`, and `01-cardiology` is `Cardiology`.
fn topic_name(folder: &str) -> Option<SafeText> {
    let text = folder
        .trim_start_matches(|first: char| first.is_ascii_digit() || matches!(first, '-' | '_' | '.' | ' '));
    let text = SafeText::new(&text.replace(['-', '_'], " "));
    let lower = text.to_lowercase();
    let is_part_of_year = |word: &str| {
        let letters = word.trim_matches(|digit: char| digit.is_ascii_digit());
        letters.is_empty() || PARTS_OF_YEARS.iter().any(|part| letters == *part || is_month(letters, part))
    };
    if text.is_empty() || GENERAL.contains(&lower.trim()) || lower.split_whitespace().all(is_part_of_year) {
        return None;
    }
    let mut letters = text.chars();
    let first = letters.next()?;
    let capital: String =
        if text.as_str() == lower { first.to_uppercase().collect() } else { first.to_string() };
    Some(SafeText::new(&format!("{capital}{}", letters.as_str())))
}

/// Whether a word is the whole name of the month that a short name stands for.
fn is_month(word: &str, short: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.starts_with(short) && (MONTHS.contains(&word) || word == "sept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_the_topic_of_an_item_that_names_none() {
        for (path, expected) in [
            ("cardiology/x.md", "Cardiology"),
            ("cardiology/2026/x.md", "Cardiology"),
            ("2026/cardiology/11/x.md", "Cardiology"),
            ("content/posts/01-heart-failure/x.md", "Heart failure"),
            ("_posts/ICU/2026-11/x.md", "ICU"),
            ("cardiology/heart_failure/x.md", "Cardiology: Heart failure"),
            ("Surgery/2026/Q4/Hand surgery/week-12/x.md", "Surgery: Hand surgery"),
            ("cardiology/stents/index.md", "Cardiology"),
            ("marketing/x.md", "Marketing"),
            ("décès/x.md", "Décès"),
        ] {
            let topic = Topic::of_folders(path).expect(path);
            let name = topic.taxonomy.map(|taxonomy| format!("{taxonomy}: ")).unwrap_or_default();
            assert_eq!(format!("{name}{}", topic.term), expected, "{path}");
        }
    }

    #[test]
    fn folders_for_times_and_for_kinds_of_files_name_no_topic() {
        for path in [
            "x.md",
            "2026/x.md",
            "2026/11/05/x.md",
            "2026-11/x.md",
            "2026/november/x.md",
            "2026/Nov/x.md",
            "11-november/x.md",
            "posts/x.md",
            "content/blog/x.md",
            "stents/index.md",
            "2026/q4/x.md",
            "2026-w12/x.md",
            "_drafts/x.md",
            "--/x.md",
        ] {
            assert_eq!(Topic::of_folders(path), None, "{path}");
        }
    }
}
