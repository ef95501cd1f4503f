//! What stands in a body and in the front matter, as it comes out of `show`, `list` and `search`.

use crate::support::{Article, Feed, rounds_on};

/// A feed of one item whose body is this.
fn feed(body: &str) -> Feed {
    Feed::of([("a.md", Article::titled("Title").body(body))])
}

/// The lines of its page below the title, up to its links.
fn shown(body: &str) -> String {
    let page = rounds_on(&feed(body), &["show", "a.md", "{}"]);
    assert_eq!(page.status, 0, "{}", page.talk);
    let parted = page.out.split_once("min\n").or_else(|| page.out.split_once("\n\n"));
    let (_, text) = parted.unwrap_or_default();
    text.split("\n───").next().unwrap_or_default().trim().to_owned()
}

/// The summary that is listed for a body without a description.
fn summary(body: &str) -> String {
    let listed = rounds_on(&feed(body), &["list", "{}", "--format", "json"]).json();
    listed[0]["summary"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn numbers_say_the_same_in_the_title_the_summary_the_list_and_the_article() {
    let title = "Platelets of 50 × 10<sup>9</sup>/L";
    let body = "<p>It fell to 50 × 10<sup>9</sup>/L, by 12<sup><a href=\"#r9\">9</a></sup> per cent in \
                5<sup><a href=\"https://example.org/3\">3</a></sup> days.</p>";
    let feed = Feed::of([("a.md", Article::titled(title).body(body))]);
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    assert_eq!(listed[0]["title"], "Platelets of 50 × 10⁹/L");
    assert_eq!(listed[0]["summary"], "It fell to 50 × 10⁹/L, by 12 per cent in 5 days.");
    let page = rounds_on(&feed, &["show", "a.md", "{}"]).out;
    assert!(page.starts_with("Platelets of 50 × 10⁹/L\n"), "{page}");
    let text = "It fell to 50 × 10⁹/L, by 12⁽⁹⁾ per cent in 5⁽³⁾[1] days.";
    assert_eq!(page.matches("It fell to").count(), 1, "{page}");
    assert!(page.contains(text), "{page}");
    let found = rounds_on(&feed, &["search", "12 per cent", "{}"]).out;
    assert!(found.contains("10⁹/L") && !found.contains("109/L"), "{found}");
}

#[test]
fn a_struck_out_dose_is_never_read_as_valid() {
    for body in
        ["<p>Give <del>10 mg</del> <ins>1 mg</ins> daily.</p>", "Give ~~10 mg~~ <ins>1 mg</ins> daily."]
    {
        assert_eq!(shown(body), "Give [deleted: 10 mg] [inserted: 1 mg] daily.", "{body}");
        assert_eq!(summary(body), "Give 1 mg daily.", "{body}");
        let found = rounds_on(&feed(body), &["search", "daily", "{}"]).out;
        assert!(!found.contains("10 mg"), "{found}");
    }
}

#[test]
fn light_markdown_is_set_and_comments_are_not_shown() {
    for (body, text) in [
        ("Some *em* and _more_.", "Some em and more."),
        ("Above.\n\n<!--more-->\n\nBelow.", "Above.\n\nBelow."),
        ("One <!-- two --> three.", "One three."),
        ("Text[^1].\n\n[^1]: Note.", "Text⁽¹⁾[1].\n\n⁽¹⁾ Note. ↩[2]"),
        ("One  \ntwo\\\nthree", "One\ntwo\nthree"),
        (
            "One\n\n---\n\nTwo",
            "One\n\n────────────────────────────────────────────────────────────────────────\n\nTwo",
        ),
        ("See <https://example.org/x> now.", "See https://example.org/x[1] now."),
        ("{{< youtube dQw4w9WgXcQ >}}", "[video: youtube.com][1]"),
        ("Text\n\n    code\n", "Text\n\n  code"),
        ("* one", "• one"),
        ("Just 3 \\* 4.", "Just 3 * 4."),
    ] {
        let page = shown(body);
        // A rule is cut off with what stands behind the body.
        let begin = text.split("\n\n───").next().unwrap_or_default();
        assert!(page.starts_with(begin), "{body:?} is {page:?}");
        assert!(!page.contains(['<', '{', '~']), "{page}");
    }
}

#[test]
fn what_is_no_markup_is_shown() {
    for body in [
        "When A<B and C>D the drug helps. LDL<HDL and TG>150 is a sign.",
        "[Audio unclear] she said.",
        "[Video conference] and [Gallery of prints] are here.",
        "if <name> is set",
    ] {
        assert_eq!(shown(&format!("<p>{body}</p>")), body);
        assert_eq!(shown(body), body);
    }
    let page = shown("<p>See <https://x.example/a> for <i>BRCA1</i></p>");
    assert_eq!(page, "See <https://x.example/a[1]> for BRCA1");
    assert_eq!(
        shown("<ul>Give <b>water</b> first.<li>Then salt</li>Then wait.</ul>"),
        "Give water first.\n\n• Then salt\n\n  Then wait."
    );
}

#[test]
fn what_an_author_wrote_is_shown_whole_and_found_and_only_what_is_cut_gives_way() {
    let body = "<p>The ward moved in May, with all its beds. It was a long day.</p>";
    for (description, shown) in [
        ("Recap of our winter webinars on reading an ECG", "Recap of our winter webinars on reading an ECG"),
        ("The ward moved in Ma", "The ward moved in May, with all its beds. It was a long day."),
        ("Moving a ward is…", "The ward moved in May, with all its beds. It was a long day."),
    ] {
        let feed = Feed::of([("a.md", Article::titled("Title").summary(description).body(body))]);
        let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
        assert_eq!(listed[0]["summary"], shown);
        let word = shown.split(' ').nth(3).unwrap();
        assert_eq!(rounds_on(&feed, &["search", word, "{}"]).status, 0, "{word}");
    }
}

#[test]
fn a_summary_made_of_the_body_is_not_shown_above_it() {
    for body in [
        "<p>Write to <a href=\"mailto:ward@example.org\">the ward</a> now. Or later.</p>",
        "<p>It fell<sup><a href=\"#a\">1</a></sup> by 10<sup>9</sup>/L. Then it rose.</p>",
        "It fell[^1] by half. Then it rose.\n\n[^1]: Or so.",
        "<p>Call <a href=\"tel:+442079460018\">us</a> now. Or later.</p>",
        "<p>Give <del>10 mg</del> <ins>1 mg</ins>. Then wait.</p>",
    ] {
        let page = rounds_on(&feed(body), &["show", "a.md", "{}"]).out;
        let first = body.trim_start_matches("<p>").split(' ').next().unwrap();
        assert_eq!(page.matches(first).count(), 1, "{page}");
    }
    assert!(shown("<p>Call <a href=\"tel:+442079460018\">us</a>.</p>").contains("us (+442079460018)"));
}

#[test]
fn limits_count_text_and_say_where_they_cut() {
    let style = format!("<style>{}</style><p>Text at last.</p>", "p { color: red }\n".repeat(8_000));
    assert_eq!(shown(&style), "Text at last.");
    assert_eq!(summary(&style), "Text at last.");
    let picture = format!(
        "<p>Above. It is.</p><img alt=\"An ECG\" src=\"data:image/png;base64,{}\"><p>Below.</p>",
        "QUJD".repeat(250_000)
    );
    assert_eq!(shown(&picture), "Above. It is.\n\n[image: An ECG]\n\nBelow.");
    let light =
        format!("Above *it*.\n\n![An ECG](data:image/png;base64,{})\n\nBelow.", "QUJD".repeat(250_000));
    assert_eq!(shown(&light), "Above it.\n\n[image: An ECG]\n\nBelow.");
    let long = format!("<p>{}</p>", "word ".repeat(110_000));
    let page = rounds_on(&feed(&long), &["show", "a.md", "{}"]).out;
    assert!(page.contains("The text is cut here: it is longer than 500 kB"), "{}", page.len());
}

#[test]
fn pictures_and_players_lead_somewhere_and_what_they_cannot_show_is_no_text() {
    for (body, text) in [
        (
            "<p><a href=\"https://a.org/full.jpg\"><img src=\"https://a.org/t.jpg\"></a></p>",
            "[image: t.jpg][1]",
        ),
        (
            "<p>See <img src=\"https://a.org/ecg.png\" alt=\"An ECG\"> here.</p>",
            "See [image: An ECG][1] here.",
        ),
        (
            "<video src=\"https://a.org/v.mp4\">Your browser cannot play this.</video><p>Text.</p>",
            "[video: a.org][1]\n\nText.",
        ),
        ("<p>Text.</p><noscript>Turn on scripts.</noscript>", "Text."),
    ] {
        assert_eq!(shown(body), text, "{body}");
        assert!(!summary(body).contains("browser") && !summary(body).contains("scripts"), "{body}");
    }
}

#[test]
fn links_of_every_kind_lead_somewhere_or_say_that_they_do_not() {
    for (body, text, link) in [
        ("<p>A <a href=\"doi:10.1056/x\">trial</a>.</p>", "A trial[1].", Some("https://doi.org/10.1056/x")),
        ("<p>A <a href=\"https://a.org/\n  x\">page</a>.</p>", "A page[1].", Some("https://a.org/")),
        (
            "<p>At www.example.org/x now.</p>",
            "At www.example.org/x[1] now.",
            Some("https://www.example.org/x"),
        ),
        ("<p>A <a href=\"ftp://a.org/x\">file</a>.</p>", "A file [link left out: ftp].", None),
        ("<p>H~2~O and <<angle>> and {{%/* note */%}}.</p>", "H~2~O and <<angle>> and {{% note %}}.", None),
        ("H~2~O and <<angle>> and {{%/* note */%}}.", "H~2~O and <<angle>> and {{% note %}}.", None),
        ("> [!NOTE]\n> Wash.", "│ [!NOTE] Wash.", None),
    ] {
        assert_eq!(shown(body), text, "{body}");
        let page = rounds_on(&feed(body), &["show", "a.md", "{}"]).out;
        assert_eq!(link.is_some(), page.contains("[1] https://"), "{page}");
        assert!(link.is_none_or(|link| page.contains(link)), "{page}");
    }
    let notes = "One[^b] two[^a].\n\n[^a]: First *written*.\n\n[^b]: First read.\n\nThe end.";
    assert_eq!(
        shown(notes),
        "One⁽¹⁾[1] two⁽²⁾[2].\n\nThe end.\n\n⁽¹⁾ First read. ↩[3]\n\n⁽²⁾ First written. ↩[4]"
    );
}

#[test]
fn what_surrounds_an_article_on_its_page_is_neither_shown_nor_listed_nor_found() {
    let page = "<!DOCTYPE html><html><head><title>Sepsis on the ward</title></head><body>\
                <header><h1>The Daily Ward</h1><nav><a href=/>Home</a> <a href=/n>Newsletters</a></nav></header>\
                <div>Cookies are good for you.</div>\
                <main><article><header><h1>Sepsis on the ward</h1><p>By A. Writer</p></header>\
                <p>Lactate fell in a day. It had been high.</p>\
                <aside><h2>Key points</h2><p>Measure lactate early.</p></aside>\
                <aside><a href=/f>Share on Friendbook</a></aside></article></main>\
                <aside>Other wards</aside><footer>Imprint</footer></body></html>";
    let feed = Feed::new()
        .with("a.html", page)
        .with("b.md", Article::titled("Footer").body("<aside>Wash hands. Then eat.</aside>").text());
    let shown = rounds_on(&feed, &["show", "a.html", "{}"]).out;
    for kept in ["By A. Writer", "Lactate fell", "Key points\n", "Measure lactate early."] {
        assert!(shown.contains(kept), "{kept}: {shown}");
    }
    for word in ["Daily", "Home", "Newsletters", "Cookies", "Friendbook", "Other", "Imprint"] {
        assert!(!shown.contains(word), "{word}: {shown}");
        assert_eq!(rounds_on(&feed, &["search", word, "{}"]).status, 1, "{word}");
    }
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let summaries: Vec<_> = listed.as_array().unwrap().iter().map(|item| &item["summary"]).collect();
    assert_eq!(summaries, ["Wash hands. Then eat.", "Lactate fell in a day. It had been high."]);
}

#[test]
fn pictures_are_found_by_what_they_show_and_summaries_go_without_them() {
    let body = "<p><img src=a.jpg alt=\"A mottled foot\"> The ward moved in May.</p>";
    assert_eq!(summary(body), "The ward moved in May.");
    let found = rounds_on(&feed(body), &["search", "mottled", "{}"]);
    assert_eq!(found.status, 0, "{}", found.talk);
    assert!(found.out.contains("A mottled foot"), "{}", found.out);
}

#[test]
fn a_title_from_a_heading_keeps_what_only_looks_like_markup() {
    let feed = Feed::new().with("a.md", "<h1>When to use &lt;b&gt; and &amp;lt;</h1><p>Text</p>");
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    assert_eq!(listed[0]["title"], "When to use <b> and &lt;");
}

#[test]
fn scripts_are_told_what_each_link_leads_to() {
    let body = "Text[^1] of a@b.org, see <https://example.org/x>.\n\n[^1]: Note.";
    let shown = rounds_on(&feed(body), &["show", "a.md", "{}", "--format", "json"]).json();
    let links: Vec<&str> =
        shown["links"].as_array().unwrap().iter().filter_map(|link| link.as_str()).collect();
    let [note, mail, page, back] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!([mail, page], [&"mailto:a@b.org", &"https://example.org/x"]);
    assert!(note.starts_with('#') && back.starts_with('#') && note != back, "{links:?}");
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains("Links\n[2] a@b.org\n[3] https://example.org/x\n"), "{text}");
}
