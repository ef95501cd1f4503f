//! What a search is understood as while it is typed.

use proptest::prelude::*;

use super::{TODAY, search};
use crate::search::{Criterion, Field, Search, SearchProblem, Term};

/// A search written down in full, so that tables can be read.
fn understood(typed: &str) -> String {
    search(typed).to_string()
}

fn problem(typed: &str) -> SearchProblem {
    Search::parse(typed, TODAY).expect_err(typed)
}

#[test]
fn everything_that_can_be_asked_for_is_understood() {
    for (typed, expected) in [
        ("", ""),
        ("  precision  Médicine ", "precision medicine"),
        ("\"Precision medicine\"", "\"precision medicine\""),
        (
            "“precision medicine” „eins zwei“ «trois quatre»",
            "\"precision medicine\" \"eins zwei\" \"trois quatre\"",
        ),
        ("\"word\"", "\"word\""),
        ("follow-up COVID-19", "follow-up \"covid 19\""),
        ("take 400 mg -x daily", "take \"400 mg\" daily -x"),
        ("400 -x mg", "\"400 mg\" -x"),
        ("-recall -\"side effect\" -author:smith", "-recall -\"side effect\" -author:smith"),
        ("Author:Smith author:\"Jane Doe\"", "author:smith author:\"jane doe\""),
        ("topic:\"Precision Medicine\" TOPIC:ai", "topic:\"precision medicine\" topic:ai"),
        ("-topic:ai site:healthcareitnews.com", "-topic:ai site:healthcareitnews.com"),
        ("is:unread is:READ is:starred -is:new", "is:unread is:read is:starred -is:new"),
        ("since:7d", "since:2021-12-08"),
        ("before:2021-12", "before:2021-12-01"),
        ("since:yesterday before:\"2021-12-15\"", "since:2021-12-14 before:2021-12-15"),
        ("covid:19 https://a.org/b", "\"covid 19\" https-a-org-b"),
        ("dose dose is:new is:new", "dose is:new"),
        ("糖尿病 糖AI", "\"糖尿病\" 糖-ai"),
    ] {
        assert_eq!(understood(typed), expected, "{typed}");
    }
}

#[test]
fn only_what_is_not_quoted_may_be_the_beginning_of_a_word() {
    for (typed, tokens, prefix) in [
        ("precis", vec!["precis"], true),
        ("\"precis\"", vec!["precis"], false),
        ("follow-u", vec!["follow", "u"], true),
        ("\"precision med", vec!["precision", "med"], true),
        ("\"precision med\"", vec!["precision", "med"], false),
        ("糖尿", vec!["糖", "尿"], false),
    ] {
        let expected = Term { tokens: tokens.into_iter().map(str::to_owned).collect(), prefix };
        assert_eq!(search(typed).text.wanted[0].term, expected, "{typed}");
    }
}

#[test]
fn authors_are_looked_for_apart_and_the_rest_is_no_text() {
    let search = search("dose author:smith -is:read");
    let fields: Vec<Field> = search.text.wanted.iter().map(|wanted| wanted.field).collect();
    assert_eq!(fields, [Field::Any, Field::Author]);
    assert_eq!((search.filters[0].not, &search.filters[0].what), (true, &Criterion::Read));
    assert!(super::search("is:new").text.is_empty() && !super::search("is:new").is_empty());
}

#[test]
fn what_is_not_complete_yet_is_no_problem() {
    for typed in ["-", "\"", "-\"", "topic:", "site:\"", "author:", "is:", "is:un", "is:S", "since:", "- & …"]
    {
        assert!(search(typed).is_empty(), "{typed}");
    }
    for whole in
        ["since:2021-12-05", "before:yesterday", "-since:12m", "is:starred", "since:\"7d\"", "topic:\"a b\""]
    {
        for (end, _) in whole.char_indices() {
            search(whole.get(..end).unwrap());
        }
        assert!(!search(whole).is_empty(), "{whole}");
    }
}

#[test]
fn a_blank_says_that_a_word_is_complete() {
    for typed in ["is:un", "since:7", "since:2021-", "before:tod", "since:\"7"] {
        assert!(Search::parse(typed, TODAY).is_ok(), "{typed}");
        assert!(Search::parse(&format!("{typed} "), TODAY).is_err(), "{typed}");
        assert!(Search::parse_finished(typed, TODAY).is_err(), "{typed}");
    }
    assert_eq!(Search::parse_finished("dose", TODAY), Search::parse("dose", TODAY));
}

#[test]
fn a_problem_names_the_word_and_what_to_write_instead() {
    for (typed, expected) in [
        ("since:7x", "since:7x: write a number and d, w, m or y, or a date, as in since:7d"),
        ("dose -before:soon x", "-before:soon: write a number and d, w, m or y, or a date, as in before:7d"),
        ("since:2021-02-30", "since:2021-02-30: there is no such day; write a date as in since:2021-12-05"),
        ("since:9999y", "since:9999y: that is too long ago; write a date as in since:2021-12-05"),
        ("is:red", "is:red: write is:unread, is:read, is:starred or is:new"),
        (
            "is:\u{1b}[31mredredredredredredred",
            "is:redredredredredre…: write is:unread, is:read, is:starred or is:new",
        ),
    ] {
        assert_eq!(problem(typed).to_string(), expected, "{typed}");
    }
}

#[test]
fn a_search_has_bounds() {
    assert_eq!(problem(&"a ".repeat(33)).to_string(), "Too many words: a search can have 32; leave some out");
    assert_eq!(
        problem(&"糖".repeat(65)).to_string(),
        "糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖糖…: a phrase can have 64 words; leave some out"
    );
    assert_eq!(
        problem(&"a".repeat(1_000_000)).to_string(),
        "Too long: a search can have 512 characters; leave some words out"
    );
    let fits = "a".repeat(512);
    assert!(Search::parse_finished(&fits, TODAY).is_ok());
    search(&"a ".repeat(32));
    search(&"糖".repeat(64));
}

/// What somebody may type, and what nobody would.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        "topic:", "site:", "author:", "is:", "since:", "before:", "IS:", "-", "\"", "“", "”", "«", "＂", ":",
        "'", "’s", "é", "ß", "糖", "ก", "ｶﾞ", "½", "¨", "\u{301}", "\u{1b}", "unread", "new", "7d", "3m",
        "2021", "-12", "-05", "0", "today", "dose", "AI", "İ", "mg", "l",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn anything_can_be_typed_and_is_the_same_when_written_down(typed in typed()) {
        match Search::parse(&typed, TODAY) {
            Ok(search) => {
                let written = search.to_string();
                prop_assert_eq!(Search::parse_finished(&written, TODAY), Ok(search.clone()), "{}", written);
                for wanted in search.text.wanted.iter().chain(&search.text.unwanted) {
                    prop_assert!(!wanted.term.tokens.is_empty());
                    prop_assert!(wanted.term.tokens.iter().all(|token| !token.is_empty()));
                }
            }
            Err(problem) => {
                let line = problem.to_string();
                prop_assert!(line.chars().count() <= 90 && !line.chars().any(char::is_control), "{line}");
            }
        }
    }
}

#[test]
fn what_other_searches_take_for_an_operator_or_a_field_is_explained() {
    for (typed, begins) in [
        ("fhir OR genomics", "OR is no operator here: look for one word after the other."),
        ("fhir AND genomics", "AND is no operator here"),
        ("fhir NOT genomics", "NOT is no operator here"),
        ("title:fhir", "title:fhir: Rounds knows topic: site: author: is: since: before: only."),
        ("-Tag:fhir", "-Tag:fhir: Rounds knows"),
    ] {
        let said = problem(typed).to_string();
        assert!(said.starts_with(begins), "{typed}: {said}");
    }
    for plain in [
        "fhir OR",
        "or and not",
        "\"OR\" x",
        "\"title:fhir\"",
        "Oregon",
        "covid:19",
        "in vitro",
        "https://a.example",
    ] {
        assert!(Search::parse(plain, TODAY).is_ok(), "{plain}");
    }
}
