//! Reading a body and setting its page, beside what html2text needs for the same HTML.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rounds::article::{Document, MAX_WIDTH, Page};
use rounds::item::ItemFile;

use crate::Outcome;
use crate::clock::{median, time};
use crate::corpus::body;
use crate::corpus::chance::Chance;
use crate::corpus::{SEED, html_item};
use crate::report::{head, row, seconds};

/// How long each body is measured for, and how often at the least.
const LONG_ENOUGH: Duration = Duration::from_millis(1500);
const OFTEN_ENOUGH: usize = 15;

/// Measures all bodies. A table comes back.
pub fn measure() -> Outcome<String> {
    let mut chance = Chance::of(SEED, 0);
    let mut table = String::new();
    body::table(&mut table, &mut chance, 1700);
    let bodies = [
        ("like the specimen: paragraphs", body::paragraphs(&mut chance, 1_200)),
        ("mixed HTML", body::html(&mut chance, 2_000)),
        ("mixed HTML", body::html(&mut chance, 200_000)),
        ("one table", table),
    ];
    let heads = ["body", "size", "page", "html5ever alone", "ratio", "html2text", "ratio"];
    let mut text = head(&heads.map(str::to_owned));
    for (what, html) in bodies {
        text.push_str(&measure_one(what, &html)?);
    }
    Ok(text)
}

/// Measures one body; the floors take turns with it.
fn measure_one(what: &str, html: &str) -> Outcome<String> {
    let file = ItemFile::read("body.md", &html_item(html));
    let (mut pages, mut parsers, mut setters) = (Vec::new(), Vec::new(), Vec::new());
    let start = Instant::now();
    while pages.len() < OFTEN_ENOUGH || start.elapsed() < LONG_ENOUGH {
        pages.push(time(|| page(&file)).0);
        let (spent, tree) = time(|| html2text::config::plain().parse_html(html.as_bytes()));
        parsers.push(spent);
        black_box(tree?);
        let (spent, set) = time(|| html2text::from_read(html.as_bytes(), usize::from(MAX_WIDTH)));
        setters.push(spent);
        black_box(set?);
    }
    let [page, parser, setter] = [pages, parsers, setters].map(|mut times| median(&mut times));
    let size = format!("{:.1} KB", f64::from(u32::try_from(html.len())?) / 1e3);
    let ratio = |floor: f64| format!("{:.2} ×", page / floor);
    let cells = [
        what.to_owned(),
        size,
        seconds(page),
        seconds(parser),
        ratio(parser),
        seconds(setter),
        ratio(setter),
    ];
    Ok(row(&cells))
}

fn page(file: &ItemFile) {
    let document = Document::of(&file.body, file.item.link.as_ref());
    black_box(Page::set(&file.item, &document, MAX_WIDTH));
}
