//! How many headlines stand whole on the first screen: the list is the product.

#[cfg(test)]
mod support;

use std::fs;

use support::Article;
use support::desk::Desk;

/// The files of the sample that comes with Rounds.
#[cfg(test)]
fn sample() -> Vec<(String, String)> {
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-feed")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.file_name().unwrap().display().to_string(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Titles such as papers have: 90 to 190 characters.
#[cfg(test)]
fn papers() -> Vec<(String, String)> {
    let subjects = [
        "early goal-directed fluid resuscitation",
        "once-daily low-dose colchicine",
        "home blood pressure telemonitoring",
    ];
    let patients =
        ["adults with septic shock admitted to intensive care", "patients after acute myocardial infarction"];
    let designs = ["a multicentre, open-label, pragmatic randomised controlled trial", "a systematic review"];
    let mut files = Vec::new();
    for (number, subject) in (1..).zip(subjects.iter().cycle().take(40)) {
        let (patients, design) = (patients[number % 2], designs[number % 2]);
        let title = format!("Effect of {subject} on outcomes at {number} months in {patients}: {design}");
        let article = Article::titled(&title).dated(&format!("2026-{:02}-01", 1 + number % 9));
        files.push((format!("{number}.md"), article.text()));
    }
    files
}

/// Short headlines of four sites.
#[cfg(test)]
fn several_sites() -> Vec<(String, String)> {
    let sites = ["www.bmj.com", "news.example.org", "www.healthcareitnews.com", "cdc.gov"];
    let named = (1..=40).zip(sites.iter().cycle());
    let file = |(number, site): (u32, &&str)| {
        let title = format!("Guidance on ward {number} was updated");
        let article = Article::titled(&title).dated(&format!("2026-11-{:02}", 1 + number % 20));
        (
            format!("{number}.md"),
            article.link(&format!("https://{site}/{number}")).body("<p>The guidance.</p>").text(),
        )
    };
    named.map(file).collect()
}

/// Headlines in Chinese, which has no spaces and letters of two cells.
#[cfg(test)]
fn chinese() -> Vec<(String, String)> {
    let titles = [
        "脓毒症早期识别与液体复苏的新指南发布",
        "人工智能辅助糖尿病视网膜病变筛查在基层医疗机构的应用研究取得进展，专家建议推广",
    ];
    let file = |number: usize| {
        let title = format!("{}（{number}）", titles[number % 2]);
        (format!("{number}.md"), Article::titled(&title).dated("2026-11-02").text())
    };
    (1..=40).map(file).collect()
}

/// How many titles stand whole on the screen, and how many items are there, after some keys.
#[cfg(test)]
fn whole_titles(files: &[(String, String)], (columns, rows): (u16, u16), keys: &str) -> (usize, usize) {
    let mut desk = Desk::open(columns, rows, files.to_vec());
    desk.keys(keys);
    let list = desk.reader.panes().list.unwrap();
    let buffer = desk.buffer();
    let text = |row: u16, columns: std::ops::Range<u16>| -> String {
        columns.map(|column| buffer[(list.x + column, list.y + row)].symbol().to_owned()).collect()
    };
    let shown = desk.reader.shown_headlines(list);
    let whole = shown.iter().filter(|shown| {
        let bottom = u16::try_from(shown.headline.rows.len()).unwrap() - 1;
        let row = |down: u16| {
            let tag = shown.headline.tag.filter(|_| down == bottom);
            text(shown.row + down, shown.headline.column..tag.unwrap_or(list.width))
        };
        let on_screen = (0..=bottom).take_while(|down| shown.row + down < list.height).map(row);
        // A letter of two cells is followed by an empty one.
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let title = desk.title_of(shown.id);
        letters(&on_screen.collect::<String>()).starts_with(&letters(&title))
    });
    (whole.count(), shown.len())
}

#[test]
fn the_sample_fills_the_first_screen_with_whole_headlines() {
    for (size, keys, whole, items) in [
        ((40, 10), "", 4, 4),
        ((80, 24), "", 12, 14),
        ((120, 40), "", 20, 20),
        ((120, 40), "w", 37, 37),
        ((200, 60), "", 37, 37),
        ((200, 60), "w", 37, 37),
    ] {
        let found = whole_titles(&sample(), size, keys);
        assert!(found.0 >= whole && found.1 >= items, "{size:?} {keys}: {found:?} of {whole} and {items}");
    }
}

#[test]
fn other_feeds_fill_it_too() {
    for (name, files, size, whole) in [
        ("papers", papers(), (80, 24), 6),
        ("papers", papers(), (120, 40), 8),
        ("sites", several_sites(), (40, 10), 4),
        ("sites", several_sites(), (80, 24), 22),
        ("sites", several_sites(), (120, 40), 23),
        ("Chinese", chinese(), (80, 24), 11),
        ("Chinese", chinese(), (120, 40), 15),
    ] {
        let (found, _) = whole_titles(&files, size, "");
        assert!(found >= whole, "{name} at {size:?}: {found} of {whole}");
    }
}

#[test]
fn sites_stand_where_there_are_several_and_no_title_gives_way() {
    let desk = Desk::open(80, 24, several_sites());
    desk.must_show("bmj");
    desk.must_show("news.example");
    let sample = Desk::open(80, 24, sample());
    sample.must_not_show("healthcareitnews");
    let narrow = Desk::open(40, 10, several_sites());
    narrow.must_not_show("news.example");
}

#[test]
fn dates_are_as_short_as_news_needs_them() {
    let dates = [
        ("2026-11-22T14:05:00Z", "14:05"),
        ("2026-11-22", "today"),
        ("2026-11-21", "Sat"),
        ("2026-11-16", "Mon"),
        ("2026-11-15", "15 Nov"),
        ("2026-05-09", "9 May"),
        ("2025-12-31", "Dec 2025"),
    ];
    let file = |(number, (date, _)): (usize, &(&str, &str))| {
        (format!("{number}.md"), Article::titled(&format!("Item {number}")).dated(date).text())
    };
    let desk = Desk::open(80, 24, dates.iter().enumerate().map(file).collect());
    for (number, (_, shown)) in dates.iter().enumerate() {
        let row = desk.row_with(&format!("Item {number} ")).unwrap();
        assert_eq!(row.trim_end().rsplit_once("  ").unwrap().1, *shown, "{row:?}");
    }
}

#[test]
fn what_the_list_is_sorted_by_takes_the_place_of_the_date() {
    let mut desk = Desk::open(80, 24, several_sites());
    desk.keys("Ojjj<Enter>");
    assert!(desk.list_rows()[0].trim_end().ends_with("cdc"), "{:?}", desk.list_rows());
    desk.keys("Oj<Enter>");
    assert!(desk.list_rows()[0].trim_end().ends_with(" min"), "{:?}", desk.list_rows());
}

#[test]
fn one_cell_says_what_is_to_be_known_and_a_second_holds_a_star() {
    let broken = "---\ntitle: Broken\ndate: 2020-01-01\n: [\n---\nText".to_owned();
    let files = [
        ("a.md".to_owned(), Article::titled("Whole").dated("2026-01-01").text()),
        ("b.md".to_owned(), broken),
    ];
    let mut desk = Desk::open(80, 24, files.to_vec());
    assert!(desk.list_rows()[0].starts_with("▌● Whole"), "{:?}", desk.list_rows());
    assert!(desk.list_rows()[1].starts_with(" ! Broken"), "{:?}", desk.list_rows());
    desk.keys("sm");
    assert!(desk.list_rows()[0].starts_with("▌★ Whole"), "{:?}", desk.list_rows());
    desk.keys("mjs");
    assert!(desk.list_rows()[0].starts_with(" ●★ Whole"), "{:?}", desk.list_rows());
    assert!(desk.list_rows()[1].starts_with("▌!★ Broken"), "{:?}", desk.list_rows());
}
