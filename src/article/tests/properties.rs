//! What holds for every body at every width.

use crate::article::cells::cells;
use proptest::prelude::*;

use super::{bare_item, page, read, rows};
use crate::article::MAX_WIDTH;
use crate::item::{BodyKind, drawable};

const TAGS: [&str; 40] = [
    "div",
    "p",
    "b",
    "i",
    "a href=/x",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "td colspan=3",
    "td rowspan=2",
    "th",
    "thead",
    "caption",
    "pre",
    "code",
    "h1",
    "h4",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "span",
    "br",
    "hr",
    "img alt='an image'",
    "sup",
    "sub",
    "q",
    "figure",
    "figcaption",
    "details",
    "summary",
    "select",
    "option",
    "iframe src=/y",
    "svg",
    "font",
];

const WORDS: [&str; 16] = [
    "word ",
    "a",
    "1,234 ",
    "e\u{301}",
    "👩‍⚕️",
    "日本語テキスト。",
    "لا ",
    "supercalifragilisticexpialidocious ",
    "&nbsp;",
    "\t",
    "\n\n",
    "&lt;b&gt;",
    "https://a.org/x/y?z=1 ",
    "क्षि ",
    "\u{1b}[31m",
    "\u{202e}",
];

/// Tags, open and closed in any order, with text between them.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(&TAGS[..]).prop_map(|tag| format!("<{tag}>")),
        prop::sample::select(&TAGS[..])
            .prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or(tag))),
        prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn kind() -> impl Strategy<Value = BodyKind> {
    prop::sample::select(&[BodyKind::Html, BodyKind::Fragment, BodyKind::Markdown, BodyKind::Plain][..])
}

proptest! {
    #[test]
    fn no_row_is_too_wide_and_none_commands_the_terminal(text in soup(), kind in kind(), width in 1_u16..=200) {
        for row in page(&bare_item(), kind, &text, width).rows {
            let text = row.text();
            prop_assert!(cells(&text) <= usize::from(width.min(MAX_WIDTH)), "{text:?}");
            prop_assert!(row.cells() <= usize::from(width.min(MAX_WIDTH)), "{text:?}");
            prop_assert!(!text.chars().any(char::is_control), "{text:?}");
            prop_assert_eq!(drawable(&text), text.as_str());
        }
    }

    #[test]
    fn any_text_of_any_kind_is_read(text in "\\PC{0,200}", kind in kind(), width in 1_u16..=80) {
        page(&bare_item(), kind, &text, width);
    }

    #[test]
    fn no_word_of_running_text_is_lost_or_moved(
        words in prop::collection::vec("[a-z]{1,12}", 1..60),
        bold in any::<prop::sample::Index>(),
        width in 12_usize..=72,
    ) {
        let marked: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(index, word)| if index == bold.index(words.len()) { format!("<b>{word}</b>") } else { word.clone() })
            .collect();
        let set = rows(BodyKind::Html, &format!("<p>{}</p>", marked.join(" ")), width);
        let kept: Vec<&str> = set.iter().flat_map(|row| row.split(' ')).collect();
        prop_assert_eq!(kept, words);
    }

    #[test]
    fn every_link_number_leads_to_a_link(text in soup()) {
        let document = read(BodyKind::Html, &text);
        let page = page(&bare_item(), BodyKind::Html, &text, 60);
        let numbers = page.rows.iter().flat_map(|row| &row.spans).filter_map(|span| span.style.link);
        for number in numbers {
            prop_assert!(usize::from(number) <= document.links().len());
        }
    }
}
