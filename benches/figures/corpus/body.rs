//! Bodies: HTML with all its elements, fragments, Markdown, plain paragraphs, and none.

use std::fmt::Write as _;

use super::chance::Chance;
use super::words::{ACTORS, DEEDS, HEADINGS, OUTCOMES, REMARKS, SITE_FIRST, SITE_SECOND, SUBJECTS};

/// A sentence.
pub fn sentence(chance: &mut Chance) -> String {
    if chance.percent(30) {
        return chance.pick(&REMARKS).to_owned();
    }
    let (actor, deed) = (chance.pick(&ACTORS), chance.pick(&DEEDS));
    let (subject, outcome) = (chance.pick(&SUBJECTS), chance.pick(&OUTCOMES));
    format!("{actor} {deed} {subject} {outcome}.")
}

/// Some sentences on one line.
pub fn sentences(chance: &mut Chance, count: u32) -> String {
    (0..count).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
}

/// A body as the corpus has them: most are HTML of two to three kilobytes, one in thirty is empty.
pub fn any(chance: &mut Chance) -> String {
    let bytes = usize::try_from(chance.between(2000, 3000)).unwrap_or_default();
    match chance.below(30) {
        0..21 => html(chance, bytes),
        21..23 => fragment(chance, bytes),
        23..27 => markdown(chance, bytes),
        27..29 => plain(chance, bytes),
        _ => String::new(),
    }
}

/// HTML of mixed elements, until it has so many bytes.
pub fn html(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 2048);
    while text.len() < bytes {
        match chance.below(20) {
            0..12 => paragraph(&mut text, chance),
            12..14 => heading(&mut text, chance),
            14..16 => list(&mut text, chance),
            16 => {
                let quoted = sentence(chance);
                push(&mut text, format_args!("<blockquote><p>{quoted}</p></blockquote>\n"));
            }
            17 => {
                let (site, number) = (address(chance), chance.below(900));
                let caption = sentence(chance);
                push(
                    &mut text,
                    format_args!(
                        "<figure><img src=\"{site}/{number}.jpg\" alt=\"Figure {number}\"><figcaption>{caption}</figcaption></figure>\n"
                    ),
                );
            }
            18 => {
                let rows = chance.between(3, 6);
                table(&mut text, chance, rows);
            }
            _ => push(&mut text, format_args!("<hr/>\n")),
        }
    }
    text
}

/// Paragraphs only, until it has so many bytes.
pub fn paragraphs(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        paragraph(&mut text, chance);
    }
    text
}

/// A table of data with a head and so many rows of five columns.
pub fn table(text: &mut String, chance: &mut Chance, rows: u32) {
    text.push_str("<table><thead><tr><th>Site</th><th>Before</th><th>After</th><th>Change</th><th>Remark</th></tr></thead>\n<tbody>\n");
    for row in 1..=rows {
        let (before, after) = (chance.between(10, 900), chance.between(10, 900));
        let remark = chance.pick(&OUTCOMES);
        let difference = i64::from(after) - i64::from(before);
        push(
            text,
            format_args!(
                "<tr><td>Site {row}</td><td align=\"right\">{before}</td><td align=\"right\">{after}</td><td>{difference:+}</td><td>{remark}</td></tr>\n"
            ),
        );
    }
    text.push_str("</tbody></table>\n");
}

fn paragraph(text: &mut String, chance: &mut Chance) {
    text.push_str("<p>");
    for number in 0..chance.between(2, 5) {
        if number > 0 {
            text.push(' ');
        }
        let words = sentence(chance);
        match chance.below(8) {
            0 => {
                let link = address(chance);
                push(text, format_args!("<a href=\"{link}\" target=\"_blank\">{words}</a>"));
            }
            1 => push(text, format_args!("<strong>{words}</strong>")),
            2 => push(text, format_args!("<em>{words}</em>")),
            3 => push(text, format_args!("{}&nbsp;&amp; more", words.trim_end_matches('.'))),
            _ => text.push_str(&words),
        }
    }
    text.push_str("</p>\n");
}

fn heading(text: &mut String, chance: &mut Chance) {
    let (level, words) = (chance.between(2, 4), chance.pick(&HEADINGS));
    push(text, format_args!("<h{level}>{words}</h{level}>\n"));
}

fn list(text: &mut String, chance: &mut Chance) {
    let kind = chance.pick(&["ul", "ul", "ol"]);
    push(text, format_args!("<{kind}>\n"));
    for _ in 0..chance.between(3, 6) {
        let words = sentence(chance);
        push(text, format_args!("<li>{words}</li>\n"));
    }
    push(text, format_args!("</{kind}>\n"));
}

/// HTML without block elements.
fn fragment(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        let (words, link, more) = (sentences(chance, 3), address(chance), sentence(chance));
        push(&mut text, format_args!("{words} <a href=\"{link}\">{more}</a><br>\n\n"));
    }
    text
}

fn markdown(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        let (words, link, heading) = (sentences(chance, 3), address(chance), chance.pick(&HEADINGS));
        let points = [sentence(chance), sentence(chance), sentence(chance)];
        push(&mut text, format_args!("## {heading}\n\n{words} See [the report]({link}).\n\n"));
        for point in points {
            push(&mut text, format_args!("- **Note:** {point}\n"));
        }
        text.push('\n');
    }
    text
}

fn plain(chance: &mut Chance, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        let count = chance.between(2, 4);
        text.push_str(&sentences(chance, count));
        text.push_str("\n\n");
    }
    text
}

/// The address of some page on the web.
fn address(chance: &mut Chance) -> String {
    let (first, second) = (chance.pick(&SITE_FIRST), chance.pick(&SITE_SECOND));
    format!("https://www.{first}{second}.example/archive/{}", chance.below(100_000))
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(arguments);
}
