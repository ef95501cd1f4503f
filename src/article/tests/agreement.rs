//! The page of a body and its plain text say the same: they are read in one way.

use proptest::prelude::*;

use super::{body, read};
use crate::article::document::{Block, Flow, Marker};
use crate::article::row::Role;
use crate::item::BodyKind;
use crate::reached::Reached;

/// Running text with everything that is written differently from how it is read.
fn inline() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,8} ".prop_map(|word| word),
        1 => "(1?[0-9]|12)<su[pb]>-?[0-9]{1,2}</sup>/L ".prop_map(|text| {
            let raised = text.contains("<sup>");
            if raised { text } else { text.replace("</sup>", "</sub>") }
        }),
        1 => "[a-z]{1,3}<sup>[a-z][+]?</sup> ",
        1 => "[0-9]{2}<sup><a href=\"#r[0-9]\">[0-9]</a></sup> per cent ",
        1 => "[0-9]{2}<a href=\"https://a.org/[0-9]\"><sup>[0-9]</sup></a> days ",
        1 => "[0-9]<sup>\\[[0-9]{1,2}\\]</sup> ",
        1 => "(&lt;|&amp;|&eacute;|&#146;|&nbsp;|&unknown;|R&D)[a-z]{0,3} ",
        1 => "<!-- [a-z ]{0,12} -->",
        1 => "<(invented|x-y|o:p)>[a-z]{1,5}</(invented|x-y|o:p)> ",
        1 => "[a-z]<[0-9] [A-Z]<[A-Z]{3} and [A-Z]>[A-Z] <https://x.example/[a-z]> ",
        1 => "<q>[a-z]{1,5}</q>, <math><msup><mn>10</mn><mn>[0-9]</mn></msup></math> ",
        1 => "<a href=\"mailto:[a-z]@b.org\">[a-z]{1,5}</a> ",
        1 => "<span hidden>[a-z]{1,5}</span>",
        1 => "<img src=/x alt=\"[a-z]{4} [a-z]{3}\"> ",
    ];
    let run = prop::collection::vec(word, 1..6).prop_map(|words| words.concat());
    let marked =
        (run, prop::sample::select(&["", "b", "i", "del", "s", "ins", "span", "a href=/x", "u"][..]));
    let marked = marked.prop_map(|(run, tag)| match tag.split(' ').next().unwrap_or(tag) {
        "" => run,
        name => format!("<{tag}>{run}</{name}> "),
    });
    prop::collection::vec(marked, 1..5).prop_map(|runs| runs.concat())
}

/// Blocks that hold running text, one in the other.
fn blocks() -> impl Strategy<Value = String> {
    let paragraph = inline().prop_map(|text| format!("<p>{text}</p>"));
    paragraph.prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..3).prop_map(|blocks| blocks.concat());
        prop_oneof![
            prop::collection::vec((inline(), several.clone()), 1..3).prop_map(|items| {
                let items = items.iter().map(|(text, inner)| format!("<li>{text}{inner}</li>"));
                format!("<ul>{}</ul>", items.collect::<String>())
            }),
            (inline(), inline(), inline())
                .prop_map(|(loose, item, last)| { format!("<ol>{loose}<li>{item}</li>{last}</ol>") }),
            (inline(), inline()).prop_map(|(term, said)| format!("<dl><dt>{term}</dt><dd>{said}</dd></dl>")),
            prop::collection::vec(inline(), 4).prop_map(|cells| {
                let cells: Vec<String> = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
                let (head, tail) = cells.split_at(2);
                format!("<table><tr>{}</tr><tr>{}</tr></table>", head.concat(), tail.concat())
            }),
            prop::collection::vec(inline(), 5).prop_map(|texts| match texts.as_slice() {
                [first, second, cell, third, last] => format!(
                    "<table>{first}<tr>{second}<td>{cell}</td>{third}</tr><tr><td>x</td></tr>{last}</table>"
                ),
                _ => String::new(),
            }),
            several.clone().prop_map(|inner| format!("<blockquote>{inner}</blockquote>")),
            several.prop_map(|inner| format!("<video src=/v>No video.</video><div>{inner}</div>")),
            inline().prop_map(|text| format!("<h2>{text}</h2>")),
        ]
    })
}

/// The words of a page without what is deleted, what only refers to something, and what Rounds adds itself.
fn words_of(blocks: &[Block], words: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(flow) | Block::Term(flow) | Block::Caption(flow) | Block::Heading(_, flow) => {
                add(flow, words);
            }
            Block::List(items) => {
                for item in items {
                    assert!(!matches!(&item.marker, Marker::Label(label) if label.is_empty()));
                    words_of(&item.blocks, words);
                }
            }
            Block::Indented(inner) | Block::Quote(inner) => words_of(inner, words),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    words_of(&cell.blocks, words);
                }
            }
            Block::Preformatted(typed) => words.push_str(typed),
            Block::Rule => {}
        }
        words.push(' ');
    }
}

fn add(flow: &Flow, words: &mut String) {
    for span in flow {
        let is_ours = matches!(span.style.role, Role::LinkNumber | Role::Furniture);
        if !is_ours && !span.style.strike {
            match span.style.role {
                Role::Image if !span.text.contains("[image: ") => {}
                Role::Image => words.push_str(&span.text.replace("[image: ", "").replace(']', "")),
                _ => words.push_str(&span.text),
            }
        }
    }
}

/// Letters, digits and signs without the spaces between them: where words are parted is the page's business.
fn bare(text: &str) -> String {
    crate::item::drawable(text).chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_plain_text_has_the_words_of_the_page_in_their_order() {
    let reached = Reached::of(&[
        "raised",
        "lowered",
        "reference",
        "deleted",
        "inserted",
        "list",
        "table",
        "comment",
        "entity",
        "unknown element",
        "plain sign",
        "picture",
        "text between cells",
        "several words",
    ]);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let bodies = (prop::collection::vec(blocks(), 1..4), any::<bool>());
    let outcome = runner.run(&bodies, |(blocks, is_markdown)| {
        let html = blocks.join("\n\n");
        let kind = if is_markdown { BodyKind::Markdown } else { BodyKind::Html };
        let mut plain = String::new();
        body(kind, &html).plain_text(&mut plain);
        let document = read(kind, &html);
        let mut page = String::new();
        words_of(&document.blocks, &mut page);
        for (premise, mark) in [
            ("raised", "<sup>-"),
            ("lowered", "<sub>"),
            ("reference", "#r"),
            ("deleted", "<del>"),
            ("inserted", "<ins>"),
            ("list", "<li>"),
            ("table", "<table>"),
            ("comment", "<!--"),
            ("entity", "&eacute;"),
            ("unknown element", "<invented>"),
            ("plain sign", "<https:"),
            ("picture", "<img"),
            ("text between cells", "<tr><td>x</td></tr>"),
        ] {
            reached.note(premise, html.contains(mark));
        }
        reached.note("several words", plain.split_whitespace().count() > 3);
        prop_assert_eq!(bare(&plain), bare(&page), "{}", html);
        prop_assert!(!page.contains("No video") && !plain.contains("No video"));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    reached.must_each_be(10);
}
