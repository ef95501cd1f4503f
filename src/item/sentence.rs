//! Where sentences end.

/// The whole sentences at the beginning of a text that fit into so many characters; where the first alone does not,
/// that one as long as it is not beyond twice as many. `None` when there is no such sentence.
pub(super) fn whole_sentences(text: &str, limit: usize) -> Option<&str> {
    let text = text.trim();
    let mut best = None;
    let mut characters: usize = 0;
    let mut start = 0;
    for end in ends(text) {
        characters = characters.saturating_add(text.get(start..end)?.chars().count());
        start = end;
        if characters > limit && (best.is_some() || characters > limit.saturating_mul(2)) {
            break;
        }
        best = text.get(..end);
    }
    best
}

/// Whether a text is made of whole sentences: its end is the end of one.
pub(super) fn is_whole(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && ends(text).last() == Some(text.len())
}

/// The bytes behind the ends of the sentences of a text, in order.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let marks = text.char_indices().filter(|(_, mark)| matches!(mark, '.' | '!' | '?' | '。' | '！' | '？'));
    marks.filter_map(move |(at, mark)| end_at(text, at, mark))
}

/// The byte behind the sentence that a mark ends, its closing quotation marks and brackets included.
fn end_at(text: &str, at: usize, mark: char) -> Option<usize> {
    let behind = text.get(at.checked_add(mark.len_utf8())?..)?;
    let closed = behind.trim_start_matches([
        '"', '\'', '’', '”', '»', ')', ']', '*', '_', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹',
    ]);
    let end = text.len().checked_sub(closed.len())?;
    if matches!(mark, '。' | '！' | '？') {
        return Some(end);
    }
    if !closed.is_empty() && !closed.starts_with(char::is_whitespace) {
        return None;
    }
    let before = text.get(..at)?;
    let next = closed.trim_start().chars().next();
    if mark == '.' && (before.ends_with('.') || !may_end(before, next)) {
        return None;
    }
    // A sentence does not begin with a small letter.
    if next.is_some_and(char::is_lowercase) { None } else { Some(end) }
}

/// Whether a full stop behind `before` may end a sentence, with `next` as the next visible character.
fn may_end(before: &str, next: Option<char>) -> bool {
    /// Behind these a name, a number or an example follows.
    const NEVER: &[&str] = &[
        "approx", "assoc", "ca", "capt", "cf", "col", "dept", "dr", "e.g", "ed", "eds", "eg", "eq", "fig",
        "figs", "ft", "gen", "gov", "hon", "i.e", "ie", "lt", "messrs", "mr", "mrs", "ms", "mt", "mx", "pp",
        "prof", "ref", "refs", "rep", "rev", "sen", "sgt", "ss", "st", "univ", "v", "viz", "vol", "vs",
    ];
    /// These stand within a sentence as well as at its end.
    const SOMETIMES: &[&str] = &[
        "a.m", "al", "apr", "aug", "b.i.d", "b.s", "bros", "co", "corp", "d.c", "dec", "e.u", "etc", "feb",
        "inc", "jan", "jr", "jul", "jun", "llc", "ltd", "m.d", "m.p.h", "m.s", "mar", "max", "min", "nov",
        "oct", "p.m", "p.o", "ph.d", "q.d", "r.n", "sep", "sept", "spp", "sr", "subsp", "t.i.d", "u.k",
        "u.n", "u.s", "wt",
    ];
    let word = before
        .rsplit(|part: char| part.is_whitespace() || matches!(part, '(' | '[' | '"' | '“' | '‘' | '/'))
        .next();
    let word = word.unwrap_or_default();
    if word.len() > 8 {
        return true;
    }
    let is_alone = before.len() == word.len();
    let word = word.to_lowercase();
    // Initials, and what is written as they are: `J.`, `U.S.`
    let is_initial =
        word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    let is_initial = is_initial && before.ends_with(char::is_uppercase);
    // A number that begins a text, or a line of a list, belongs to what follows: `11. Wash your hands`
    let is_label = is_alone && (is_initial || word.chars().all(|c| c.is_ascii_digit()) || is_roman(&word));
    if NEVER.contains(&word.as_str()) || is_label {
        return false;
    }
    if matches!(word.as_str(), "no" | "nos" | "art" | "sec" | "p" | "n" | "ch" | "nr") {
        return !next.is_some_and(char::is_numeric);
    }
    next.is_none() || !(is_initial || SOMETIMES.contains(&word.as_str()))
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_see_them_end() {
        let cases = [
            ("One. Two", Some("One.")),
            ("Dr. Smith agreed. And then", Some("Dr. Smith agreed.")),
            ("The U.S. Department of Health said so. It", Some("The U.S. Department of Health said so.")),
            ("Tools, e.g. AI, help. More", Some("Tools, e.g. AI, help.")),
            ("Version 3.5 is out! New", Some("Version 3.5 is out!")),
            ("He said “no.” Then", Some("He said “no.”")),
            ("See example.com for more", None),
            ("J. R. Smith leads it. He", Some("J. R. Smith leads it.")),
            ("Wait... what? Yes", Some("Wait... what?")),
            ("Vaccines vs. Variants is cut off in mid", None),
            ("第一句。第二句", Some("第一句。")),
            ("It is in the U.S.", Some("It is in the U.S.")),
            ("The U. S. Department of Health said so. It", Some("The U. S. Department of Health said so.")),
            ("The U.S. FDA said so. It", Some("The U.S. FDA said so.")),
            ("11. Wash your hands. Then dry", Some("11. Wash your hands.")),
            ("11.", None),
            ("A. First of all, wash. Then", Some("A. First of all, wash.")),
            ("It takes 11. Then it ends", Some("It takes 11.")),
            ("See No. 5 and p. 12 for more. Then", Some("See No. 5 and p. 12 for more.")),
            ("Give 5 mg t.i.d. Then stop. Or", Some("Give 5 mg t.i.d. Then stop.")),
            ("It helped.³ Later it did not", Some("It helped.³")),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(whole_sentences(text, 300), expected, "{text}");
        }
    }

    #[test]
    fn as_many_sentences_are_taken_as_fit() {
        let text = "One two three. Four five six. Seven eight nine.";
        assert_eq!(whole_sentences(text, 1000), Some(text));
        assert_eq!(whole_sentences(text, 30), Some("One two three. Four five six."));
        assert_eq!(whole_sentences(text, 8), Some("One two three."), "the first may be a little longer");
        assert_eq!(whole_sentences(text, 6), None);
    }

    #[test]
    fn a_text_that_is_cut_off_is_told_from_a_whole_one() {
        for text in ["It works.", "Does it? ", "(It works.)", "It’s “done.”", "They work for Acme Inc."]
        {
            assert!(is_whole(text), "{text}");
        }
        for text in [
            "3M Health Informati",
            "It works. But the",
            "It goes on...",
            "Among others:",
            "Said Dr.",
            "It goes on …",
            "",
        ] {
            assert!(!is_whole(text), "{text}");
        }
    }
}
