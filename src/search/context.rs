//! The words around what was found.

use std::ops::Range;

use super::Highlights;
use super::highlights::Match;
use super::tokens::{is_silent, is_unspaced};
use crate::item::SafeText;

/// How much of a text is looked at, in bytes: what is found further behind has no context.
const LOOKED_AT: usize = 64 * 1024;

/// Marks where a text was cut.
const CUT: &str = "…";

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The piece, with `…` where it was cut.
    pub text: SafeText,
    /// What was found, as ranges of bytes of the piece, in order.
    pub found: Vec<Range<usize>>,
}

impl Highlights {
    /// The place in a text that holds the most of the terms, the first of several such, in at most so many
    /// characters. It begins and ends with whole words, unless a word or phrase is longer than that. `None` where
    /// nothing is found in the first 64 KB of the text.
    pub fn context(&self, text: &str, characters: usize) -> Option<Context> {
        let looked_at = head(text);
        let densest = self.densest(looked_at, characters)?;
        let room = characters.saturating_sub(2 * CUT.chars().count()).max(1);
        let cut = whole_words(looked_at, &densest, &widened(looked_at, &densest, room));
        let piece = SafeText::new(looked_at.get(cut.clone())?);
        let begins = if looked_at.get(..cut.start)?.trim().is_empty() { "" } else { CUT };
        let ends = if text.get(cut.end..)?.trim().is_empty() { "" } else { CUT };
        let text = SafeText::new(&format!("{begins}{piece}{ends}"));
        let mut found = self.find(&text);
        if found.is_empty() {
            // A phrase that is longer than the piece fills it.
            found.push(begins.len()..text.len().checked_sub(ends.len()).filter(|end| *end > begins.len())?);
        }
        Some(Context { text, found })
    }

    /// The bytes from the first to the last match of the place that holds the most different terms.
    fn densest(&self, text: &str, characters: usize) -> Option<Range<usize>> {
        // Where each term was last found: in bytes and in characters.
        let mut latest: Vec<Option<(usize, usize)>> = vec![None; self.count()];
        let mut read = (0, 0);
        let mut best: Option<(usize, Range<usize>)> = None;
        self.each_match(text, |Match { range, term }| {
            let count = |bytes: Range<usize>| text.get(bytes).map_or(0, |text| text.chars().count());
            read = (range.end, read.1 + count(read.0..range.end));
            let start = (range.start, read.1.saturating_sub(count(range.clone())));
            if let Some(latest) = latest.get_mut(term) {
                *latest = Some(start);
            }
            let near = || latest.iter().flatten().filter(|near| read.1 - near.1 <= characters);
            let terms = near().count().max(1);
            if best.as_ref().is_none_or(|best| terms > best.0) {
                let first = near().map(|near| near.0).min().unwrap_or(range.start);
                best = Some((terms, first..range.end));
            }
        });
        best.map(|(_, range)| range)
    }
}

/// As much of a text as is looked at.
fn head(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// A range of a text made as many characters long: a third of the new ones before it and the others behind it, as
/// far as the text goes. A range that is longer already is cut.
fn widened(text: &str, range: &Range<usize>, characters: usize) -> Range<usize> {
    let spare = characters.checked_sub(text.get(range.clone()).unwrap_or_default().chars().count());
    let Some(spare) = spare else {
        return range.start..forward(text, range.start, characters).0;
    };
    let (end, behind) = forward(text, range.end, spare - spare / 3);
    let (start, before) = back(text, range.start, spare - behind);
    start..end.max(forward(text, range.end, spare - before).0)
}

/// The byte so many characters behind another, or the end of the text, and how many characters there were.
fn forward(text: &str, from: usize, characters: usize) -> (usize, usize) {
    let passed = text.get(from..).unwrap_or_default().chars().take(characters);
    passed.fold((from, 0), |(byte, count), passed| (byte + passed.len_utf8(), count + 1))
}

/// The byte so many characters before another, or the beginning of the text, and how many characters there were.
fn back(text: &str, from: usize, characters: usize) -> (usize, usize) {
    let passed = text.get(..from).unwrap_or_default().chars().rev().take(characters);
    passed.fold((from, 0), |(byte, count), passed| (byte - passed.len_utf8(), count + 1))
}

/// The range made smaller so that it begins and ends with whole words, but not smaller than what was found in it.
fn whole_words(text: &str, found: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    let mut cuts = (range.start..=found.start).filter(|at| may_be_cut(text, *at));
    let start = cuts.next().unwrap_or(found.start);
    let mut cuts = (found.end..=range.end).rev().filter(|at| may_be_cut(text, *at));
    let end = cuts.next().unwrap_or(range.end.min(found.end));
    start..end
}

/// Whether no word is torn where a text is cut at a byte.
fn may_be_cut(text: &str, at: usize) -> bool {
    let Some((before, behind)) = text.split_at_checked(at) else { return false };
    let (Some(before), Some(behind)) = (before.chars().next_back(), behind.chars().next()) else {
        return true;
    };
    before.is_whitespace()
        || behind.is_whitespace()
        || ((is_unspaced(before) || is_unspaced(behind)) && !is_silent(behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::tests::{highlights, marked};

    fn context(typed: &str, text: &str, characters: usize) -> Option<String> {
        let context = highlights(typed).context(text, characters)?;
        Some(marked(&context.text, &context.found))
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(context("dose", " A\nlow dose.\n", 40).as_deref(), Some("A low [dose]."));
        assert_eq!(context("dose", "Nothing of the kind.", 40), None);
        assert_eq!(context("", "Nothing is looked for.", 40), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = "One two three four five six seven eight nine ten eleven twelve.";
        for (typed, characters, expected) in [
            ("six", 30, "…five [six] seven eight nine…"),
            ("one", 30, "[One] two three four five six…"),
            ("twelve", 31, "…eight nine ten eleven [twelve]."),
            ("six", 1, "…[s]…"),
            ("\"five six seven\"", 12, "…[five six s]…"),
        ] {
            assert_eq!(context(typed, text, characters).as_deref(), Some(expected), "{typed} {characters}");
        }
        assert_eq!(
            context("診断", "糖尿病のＡＩ診断について新しい研究", 12).as_deref(),
            Some("…ＡＩ[診断]について新し…")
        );
    }

    #[test]
    fn the_place_with_the_most_different_words_is_shown() {
        let text =
            "The dose, the dose, the dose. Much is said here of other things. Then the dose of insulin.";
        assert_eq!(
            context("dose insulin", text, 40).as_deref(),
            Some("…things. Then the [dose] of [insulin].")
        );
        assert_eq!(context("insulin other", text, 8).as_deref(), Some("…[other]…"));
    }

    #[test]
    fn what_is_far_behind_has_no_context_and_takes_no_time() {
        let text = format!("{}dose", "word ".repeat(200_000));
        assert_eq!(context("dose", &text, 40), None);
        let text = format!("dose {}", "é".repeat(LOOKED_AT));
        assert_eq!(context("dose", &text, 20).as_deref(), Some("[dose]…"));
    }

    proptest! {
        #[test]
        fn a_context_is_short_and_shows_what_was_found(
            text in "(ab|cd|\\PC|[ \n糖ก\u{e31}\u{301}\u{1b}]){0,80}",
            typed in "(ab|c|糖|\"ab cd\"| ){1,4}",
            characters in 0_usize..60,
        ) {
            let highlights = highlights(&typed);
            let context = highlights.context(&text, characters);
            prop_assert_eq!(context.is_some(), !highlights.find(&text).is_empty());
            if let Some(Context { text, found }) = context {
                prop_assert!(text.chars().count() <= characters.max(3), "{text}");
                prop_assert!(!found.is_empty());
                for range in found {
                    prop_assert!(!range.is_empty() && text.get(range.clone()).is_some(), "{range:?} of {text}");
                }
            }
        }
    }
}
