//! Every row of the dialect: which keys a field may stand under, and in what shapes.

mod dialect_links;

use crate::item::{Item, ItemFile, Problem, Rule, Severity};

fn read(front: &str) -> Item {
    read_file("news/some-item.md", front, "")
}

fn read_file(path: &str, front: &str, body: &str) -> Item {
    ItemFile::read(path, format!("---\n{front}\n---\n{body}").as_bytes()).item
}

fn codes(item: &Item) -> Vec<&str> {
    item.problems.iter().map(|problem| problem.code).collect()
}

fn topics(item: &Item) -> Vec<(&str, &str)> {
    item.topics.iter().map(|topic| (topic.taxonomy.as_deref().unwrap_or_default(), &*topic.term)).collect()
}

const A: &str = "https://a.example/";
const B: &str = "https://b.example/";

#[test]
fn topics_are_found_under_every_spelling() {
    for front in [
        "categories: ['T: one']",
        "categories: 'T: one'",
        "Categories:\n- 'T: one'",
        "category: 'T: one'",
        "openProjectCustomFields: {medigyTopics: ['T: one']}",
        "medigyTopics: ['T: one']",
        "categoryLabel: ['T: one']",
        "categorySlug: ['T: one']",
        "topics: ['T: one']",
        "topic: 'T: one'",
        "Tags: ['T: one']",
        "tag: 'T: one'",
        "categories: []\ncategory: ' '\nmedigyTopics: null\ntags:\n  - 'T: one'",
        "categories:\n  - T: one",
        "categories:\n  T: [one]",
        "categories:\n  - name: 'T: one'\n    url: /t/one",
        "categories: [['T: one'], null, '']",
        "categories:\n\t- 'T: one'",
    ] {
        assert_eq!(topics(&read(front)), [("T", "one")], "{front}");
    }
}

#[test]
fn the_first_list_that_has_topics_is_the_one() {
    let front = "tags: [x]\ncategoryLabel: [y]\ncategories: [one]";
    assert_eq!(topics(&read(front)), [("", "one")]);
}

#[test]
fn topics_are_kept_in_order_and_once_each() {
    let front = "categories:\n  - 'Medical Subject Headings (MeSH): Data Interpretation, Statistical'\n  - AI\n  - ' ai '\n  - 2021\n  - true\n  - 2021-12-05\n  - 1.5\n  - 'Health  IT: X'\n  - 'health it:  x'";
    assert_eq!(
        topics(&read(front)),
        [
            ("Medical Subject Headings (MeSH)", "Data Interpretation, Statistical"),
            ("", "AI"),
            ("", "2021"),
            ("", "true"),
            ("", "2021-12-05"),
            ("", "1.5"),
            ("Health IT", "X"),
        ]
    );
    assert_eq!(topics(&read("tags: one, two,, one")), [("", "one"), ("", "two")]);
}

#[test]
fn authors_are_a_text_or_a_list_of_texts_or_of_people() {
    let cases: &[(&str, &[&str])] = &[
        ("author: Radhika Narayanan", &["Radhika Narayanan"]),
        ("author:\n  - One\n  - Two\n  - One", &["One", "Two"]),
        ("authors: [One]", &["One"]),
        ("by: One", &["One"]),
        ("author: One and Two; Three", &["One and Two; Three"]),
        ("author: {name: One, url: x}", &["One"]),
        ("author:\n  - display_name: One\n  - null", &["One"]),
        ("author: null\nauthors: ''\nby: One", &["One"]),
        ("author: 18", &["18"]),
        ("title: x", &[]),
    ];
    for (front, authors) in cases {
        let item = read(front);
        assert_eq!(item.authors.iter().map(|author| &**author).collect::<Vec<_>>(), *authors, "{front}");
    }
}

#[test]
fn the_date_is_found_where_it_stands() {
    let cases = [
        ("date: 2021-12-05", "2021-12-05T00:00:00"),
        ("date: '2021-12-05'", "2021-12-05T00:00:00"),
        ("Date: 2021-12-05T12:40:13.027273Z", "2021-12-05T12:40:13"),
        ("date: 2021-12-05 12:40:13 -0500", "2021-12-05T12:40:13"),
        ("date: December 5, 2021", "2021-12-05T00:00:00"),
        ("date: null\nlastMod: 2021-12-05", "2021-12-05T00:00:00"),
        ("lastmod: 2021-12-05", "2021-12-05T00:00:00"),
        ("htmlMetaData: {articlepublished_time: '2021-12-05T01:02:03-05:00'}", "2021-12-05T01:02:03"),
        ("publishDate: 2021-12-05", "2021-12-05T00:00:00"),
        ("published: 2021-12-05", "2021-12-05T00:00:00"),
        ("created: 2021-12-05", "2021-12-05T00:00:00"),
        ("slug: 2021-12-05-some-item", "2021-12-05T00:00:00"),
    ];
    for (front, date) in cases {
        let item = read(front);
        assert_eq!(item.date.map(|date| date.to_string()).as_deref(), Some(date), "{front}");
        assert_eq!(codes(&item), [""; 0], "{front}");
    }
    let dated = read_file("news/2019-03-27-title.md", "published: true", "");
    assert_eq!(dated.date.map(|date| date.to_string()).as_deref(), Some("2019-03-27T00:00:00"));
    assert_eq!(codes(&dated), [""; 0]);
    assert_eq!(read("title: x").date, None);
}

#[test]
fn a_day_that_does_not_exist_is_passed_over_with_a_warning() {
    let item = read("title: x\ndate: 2021-02-30\nlastMod: 2021-03-01");
    assert_eq!(item.date.map(|date| date.to_string()).as_deref(), Some("2021-03-01T00:00:00"));
    assert_eq!((codes(&item), item.problems[0].line), (vec!["date-invalid"], Some(3)));
    assert!(item.problems[0].message.contains("2021-02-30"));
}

#[test]
fn the_title_is_never_empty() {
    let cases = [
        ("news/a-b.md", "title: One", "# Two", "One"),
        ("news/a-b.md", "Title: One", "", "One"),
        ("news/a-b.md", "title: AT&amp;T &lt;3 <b>care</b>", "", "AT&T <3 care"),
        ("news/a-b.md", "title: 2021", "", "2021"),
        ("news/a-b.md", "title: 3.10", "", "3.10"),
        ("news/a-b.md", "title: cliniciansâ€™ notes", "", "clinicians’ notes"),
        ("news/a-b.md", "openGraphMetaData: {ogtitle: One}", "", "One"),
        ("news/a-b.md", "twitterMetaData: {twittertitle: One}", "", "One"),
        ("news/a-b.md", "title: ' '", "# Two", "Two"),
        ("news/a-b.md", "title: [x]", "<h1>Two</h1>", "Two"),
        ("news/a-b.md", "title:", "", "A b"),
    ];
    for (path, front, body, title) in cases {
        assert_eq!(&*read_file(path, front, body).title, title, "{front}");
    }
}

#[test]
fn offerings_are_people_s_products_with_their_pages() {
    let item = read(
        "relatedOfferings:\n  - label: One\n    permalink: /offering/one\n    categories: ['T: x']\n  - Two\n  - permalink: /offering/three\n  - null\n  - {label: ''}",
    );
    let offerings: Vec<(&str, &str)> =
        item.offerings.iter().map(|offering| (&*offering.label, &*offering.permalink)).collect();
    assert_eq!(offerings, [("One", "/offering/one"), ("Two", ""), ("/offering/three", "/offering/three")]);
}

#[test]
fn the_summary_is_what_its_author_wrote_and_only_what_is_cut_gives_way() {
    let cases = [
        ("description: It works. It does.", "", "It works. It does."),
        (
            "description: Recap of our winter webinars on reading an ECG",
            "<p>Other words. Many.</p>",
            "Recap of our winter webinars on reading an ECG",
        ),
        ("description: One\nopenGraphMetaData: {ogdescription: Two is whole.}", "", "One"),
        (
            "description: It is cut in mid wo\nopenGraphMetaData: {ogdescription: It is cut in mid word. Or not.}",
            "",
            "It is cut in mid word. Or not.",
        ),
        (
            "description: Cut wo…\nhtmlMetaData: {ogdescription: Cut wo, description: Cut words}",
            "",
            "Cut words",
        ),
        ("description: Cut wo...\ntwitterMetaData: {twitterdescription: Whole.}", "", "Whole."),
        ("description: Cut wo […]\nsummary: Whole", "", "Whole"),
        ("description: It begins well. But then it is cut in mid wo…", "<p>Body.</p>", "It begins well."),
        (
            "description: It begins well. But then it goes on",
            "<p>Body.</p>",
            "It begins well. But then it goes on",
        ),
        (
            "description: The body sa",
            "<p>The <b>body</b> says it. All of it.</p>",
            "The body says it. All of it.",
        ),
        ("description: It is cut in mid wo...", "", "It is cut in mid wo…"),
        ("description: ' '", "Only a body.", "Only a body."),
        ("description: '<p>Dr. Smith&amp;rsquo;s view.</p>'", "", "Dr. Smith’s view."),
        ("title: x", "", ""),
    ];
    for (front, body, summary) in cases {
        assert_eq!(&*read_file("a.md", front, body).summary, summary, "{front}");
    }
}

#[test]
fn fields_of_odd_shapes_break_nothing() {
    for value in
        ["{alt: x, size: [1, 2]}", "x.jpeg", "null", "''", "[1, 2]", "{a: {b: {c: [d]}}}", "12", "true"]
    {
        for key in [
            "featuredImage",
            "source",
            "link",
            "author",
            "categories",
            "title",
            "date",
            "description",
            "slug",
            "brand",
            "relatedOfferings",
            "htmlMetaData",
            "openGraphMetaData",
            "openProjectCustomFields",
            "original",
            "lastMod",
        ] {
            let item = read(&format!("{key}: {value}\nhref: {A}"));
            assert_eq!(item.link.map(|link| link.to_string()).as_deref(), Some(A), "{key}: {value}");
            assert!(
                !item.title.is_empty()
                    && item.problems.iter().all(|problem| problem.severity == Severity::Warning)
            );
        }
    }
}

#[test]
fn what_is_too_long_is_cut_with_a_warning() {
    let item = read(&format!("title: {}\ncategories: [{}]", "x".repeat(5000), "y, ".repeat(300)));
    assert_eq!(item.title.chars().count(), 2000);
    assert_eq!(topics(&item), [("", "y")]);
    assert_eq!(codes(&item), ["field-too-long", "list-too-long"]);
}

#[test]
fn an_edit_makes_no_old_news_new() {
    let day = |front: &str| read(front).date.map(|date| date.date().to_string());
    for front in [
        "lastmod: 2026-11-01\npublishDate: 2020-01-02",
        "lastmod: 2026-11-01\npubDate: 2020-01-02",
        "modified: 2026-11-01\npublished: 2020-01-02",
        "lastmod: 2026-11-01\ncreated: 2020-01-02",
        "lastmod: 2026-11-01\narticle:published_time: 2020-01-02",
        "modified: 2020-01-02",
        "lastmod: 2020-01-02\nmodified: 2026-11-01",
    ] {
        assert_eq!(day(front).as_deref(), Some("2020-01-02"), "{front}");
    }
}

#[test]
fn of_two_readings_of_a_date_the_other_dates_of_the_file_tell_the_right_one() {
    let cases = [
        ("date: 05/12/2021", "2021-05-12", true),
        ("date: 05/12/2021\nlastmod: 2021-12-07", "2021-12-05", false),
        ("date: 05/12/2021\nlastmod: 2021-05-12", "2021-05-12", false),
        ("date: 05/12/2021\nlastmod: 2023-01-01", "2021-05-12", true),
        ("date: 05/12/2021\nlastmod: 06/12/2021", "2021-05-12", true),
        ("date: 13/05/2021", "2021-05-13", false),
    ];
    for (front, day, is_said) in cases {
        let item = read(front);
        assert_eq!(item.date.map(|date| date.date().to_string()).as_deref(), Some(day), "{front}");
        assert_eq!(codes(&item).contains(&"date-ambiguous"), is_said, "{front}");
    }
}

#[test]
fn a_hash_in_a_title_is_text_where_nothing_else_can_be_meant() {
    let cases = [
        ("title: #Insulin week", "#Insulin week", true),
        ("title: Ward news #2: beds", "Ward news #2: beds", true),
        ("title: Hash # in the title", "Hash", true),
        ("title: 'Ward news #2'", "Ward news #2", false),
        ("title: Ward news#2", "Ward news#2", false),
        ("# title: no\ntitle: Ward", "Ward", false),
    ];
    for (front, title, is_said) in cases {
        let item = read(front);
        assert_eq!((&*item.title, codes(&item).contains(&"comment-in-value")), (title, is_said), "{front}");
    }
}

#[test]
fn a_curators_summary_comes_first_and_is_not_cut() {
    let summary = |front: &str, body: &str| read_file("a.md", front, body).summary.to_string();
    let description = "description: A description. And more.";
    for (front, body, expected) in [
        ("summary: A summary without a full stop", "Text.", "A summary without a full stop"),
        ("summary: Ours", "Above\n\n<!--more-->\n\nBelow.", "Ours"),
        ("title: x", "Above **it** & so\n\n<!--more-->\n\nBelow.", "Above it & so"),
        ("title: x", "<p>Above &lt;b&gt;</p><p>and this</p><!--more--><p>Below.</p>", "Above <b> and this"),
        ("title: x", "Above.\n\n<!-- more -->\n\nBelow.", "A description. And more."),
    ] {
        assert_eq!(summary(&format!("{front}\n{description}"), body), expected, "{front} {body}");
    }
    let long = "A sentence of some length. ".repeat(40);
    assert_eq!(summary(&format!("summary: {long}"), ""), long.trim());
}

#[test]
fn keywords_and_other_names_of_topics_are_the_last_resort() {
    for (front, term) in [
        ("keywords: [Sepsis]", "Sepsis"),
        ("keywords: Sepsis, Care", "Sepsis"),
        ("subjects: [Sepsis]", "Sepsis"),
        ("mesh: ['Sepsis']", "Sepsis"),
        ("specialties: [Sepsis]", "Sepsis"),
        ("taxonomies: {tags: [Sepsis]}", "Sepsis"),
        ("taxonomies: {wards: [Sepsis]}", "Sepsis"),
        ("keywords: [no]\ntags: [Sepsis]", "Sepsis"),
        ("categories: ['**Sepsis**']", "Sepsis"),
        ("categories: {Sepsis: true}", "Sepsis"),
    ] {
        assert_eq!(topics(&read(front)).first().map(|(_, term)| *term), Some(term), "{front}");
    }
}

#[test]
fn the_markdown_of_a_curators_summary_is_set() {
    for (typed, expected) in [
        ("What it *says* and **means**.", "What it says and means."),
        ("See [the trial](https://a.example/x) of `drug_a`.", "See the trial of drug_a."),
        ("5 * 3 * 2 and a_b_c [sic], 1. x", "5 * 3 * 2 and a_b_c [sic], 1. x"),
        ("* not a list *", "* not a list *"),
        ("10<sup>9</sup> &amp; *more*", "10⁹ & more"),
    ] {
        let item = read(&format!("summary: '{typed}'"));
        assert_eq!(&*item.summary, expected, "{typed}");
    }
}

#[test]
fn the_date_in_the_name_of_a_file_withholds_it_as_a_date_in_it_does() {
    let rule = |path: &str, front: &str| {
        read_file(path, front, "").release.0.first().map(|condition| condition.rule)
    };
    let day = |day: &str| Rule::Dated(format!("{day}T00:00:00Z").parse().unwrap());
    assert_eq!(rule("_posts/2099-01-01-later.md", "title: x"), Some(day("2099-01-01")));
    assert_eq!(rule("_posts/2099-01-01-later.md", "date: 2098-02-03"), Some(day("2098-02-03")));
    assert_eq!(rule("_posts/2021-01-01-past.md", "title: x"), None);
}
