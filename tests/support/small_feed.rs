//! A small feed for journeys: seven items on seven days, in two taxonomies and without one, one of them
//! without any topic, one broken.

use super::Article;

fn file(slug: &str, article: &Article) -> (String, String) {
    (format!("{slug}.md"), article.text())
}

fn on(title: &str, slug: &str, date: &str, topics: &[&str]) -> Article {
    let link = format!("https://www.healthcareitnews.com/news/{slug}");
    Article::titled(title)
        .dated(date)
        .link(&link)
        .topics(topics)
        .body(&format!("<p>All about it: {title}.</p>"))
}

/// The paths and the texts of the files.
pub fn small_feed() -> Vec<(String, String)> {
    let sentence = "A sentence that is long enough to be wrapped at any width that a person would choose. ";
    let long = format!("<p>{}</p>", sentence.repeat(4)).repeat(20);
    let linked = "<h2>Why</h2><p>See <a href=\"https://example.org/one\">one</a> and \
        <a href=\"https://example.org/two\">two</a>.</p><ul><li>First<ul><li>Nested</li></ul></li></ul>";
    let telehealth = ["Healthcare IT News: Telehealth", "AI"];
    let precision = [
        "Healthcare IT News: Precision Medicine",
        "Medical Subject Headings (MeSH): Data Interpretation, Statistical",
    ];
    let nursing = ["Medical Subject Headings (MeSH): Nursing Informatics"];
    vec![
        file("telehealth", &on("Telehealth after the pandemic", "telehealth", "2026-11-22", &telehealth)),
        file(
            "precision",
            &on("Precision medicine at scale", "precision", "2026-11-20", &precision).body(linked),
        ),
        file("long", &on("A long read on records", "long", "2026-11-10", &["ai"]).body(&long)),
        file("ransomware", &on("Ransomware in hospitals", "ransomware", "2021-12-05", &["AI"])),
        file("nurses", &on("Nurses and their records", "nurses", "2021-12-04", &nursing)),
        file(
            "bare",
            &Article::titled("Without a topic").dated("2020-01-02").body("<p>Nothing is known.</p>"),
        ),
        (
            "broken.md".to_owned(),
            "---\ntitle: 'Broken in the middle\ndate: 2019-01-01\n---\nStill here.".to_owned(),
        ),
    ]
}
