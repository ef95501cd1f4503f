//! What a search marks in a text.

use proptest::prelude::*;

use super::{highlights, marked};
use crate::search::{Term, indexable};

fn found(typed: &str, text: &str) -> String {
    marked(text, &highlights(typed).find(text))
}

#[test]
fn words_are_found_however_they_are_spelled() {
    for (typed, text) in [
        ("stat", "[Statistical] data, metastatic"),
        ("\"stat\"", "[STAT]: statistical"),
        ("cafe", "Le [Café] Médical, [cafe\u{301}s]"),
        ("clinician", "A [clinician’s] note, [clinicians], [Clinician]"),
        ("clinicians", "A [clinician’s] note, [clinicians]’ notes, a clinician"),
        ("clinician's", "A [clinician’s] note, [clinicians], a clinician"),
        ("hôpital", "à l’[hopital]"),
        ("l'hôp", "à [l’hôpital], l'eau"),
        ("o'brien", "[O’Brien], Brien"),
        ("sorensen weiss", "[Sørensen] & [Weiß]"),
        ("糖尿", "[糖尿]病、尿糖"),
        ("วัคซีน", "ฉีด[วัคซีน]แล้ว"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

#[test]
fn hyphens_are_found_as_blanks_and_blanks_as_hyphens() {
    for (typed, text) in [
        ("follow-up", "[follow-up], [follow up], [follow-ups], [followup], up, follow"),
        ("\"side effect\"", "[Side-effect], side-effects"),
        ("covid-19", "[COVID-19], covid 21, [Covid 19], covid 190"),
        ("covid:19", "[COVID-19]"),
        ("1.5", "[1.5] mg, [1,5], 1,50, 1 mg 5"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

#[test]
fn phrases_are_found_whole_and_next_to_each_other() {
    for (typed, text) in [
        ("\"precision medicine\"", "[Precision\n  Medicine] and medicine; precision, more medicine"),
        ("“precision medicine”", "of [precision medicine]"),
        ("\"precision med", "[precision medicine]"),
        ("\"a b a c\"", "a b [a b a c] b"),
        ("\"a a\"", "[a a a] b a"),
        ("\"b c\" a \"a b c\"", "[a b c] [a]"),
        ("author:smith", "by J. [Smith]"),
        ("-dose topic:dose site:dose", "the dose"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

/// A phrase as the index sees it: words between blanks.
fn is_in(term: &Term, index: &str) -> bool {
    let phrase = format!(" {}{}", term.tokens.join(" "), if term.prefix { "" } else { " " });
    format!(" {index}").contains(&phrase)
}

proptest! {
    #[test]
    fn the_same_is_found_as_in_the_index(
        typed in "[ab12]{1,3}|[ab]-[12]|[ab]{1,2}|[ab]-[abé]|\"[ab] [ab]( [ab])?\"|糖a?",
        text in "([abé12]{1,3}|[ ,.\n-]|’s|糖|\\PC){0,60}",
    ) {
        let highlights = highlights(&typed);
        let search = super::search(&typed);
        let found = highlights.find(&text);
        let mut index = String::new();
        indexable(&text, &mut index);
        let spellings = search.text.wanted[0].term.spellings();
        let is_in = spellings.iter().any(|spelling| is_in(spelling, &index));
        prop_assert_eq!(!found.is_empty(), is_in, "{} in {}", typed, index);
        let mut end = None;
        for range in found {
            prop_assert!(end < Some(range.start) && !range.is_empty() && text.get(range.clone()).is_some());
            end = Some(range.end);
        }
    }
}
