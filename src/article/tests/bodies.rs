//! Bodies of every kind.

use super::{base, body, read, rows};
use crate::article::{Document, Role, Target};
use crate::item::BodyKind::{Empty, Fragment, Html, Markdown, Plain};

#[test]
fn each_kind_has_its_own_paragraphs() {
    for (kind, text, expected) in [
        (Html, "<p>one\ntwo</p>three", "one two\n\nthree"),
        (Html, "<h3>A</h3>\none\n\ntwo", "A\n\none\n\ntwo"),
        (Fragment, "one <b>two</b>\nthree\n\nfour <a href=/x>five</a>", "one two three\n\nfour five[1]"),
        (Plain, "one\ntwo\n\nthree & <four> &rsquo;", "one two\n\nthree & <four> ’"),
        (Plain, "see https://a.org/x.", "see https://a.org/x[1]."),
        (Markdown, "one\ntwo\n\n*three*\n\n- a\n- b", "one two\n\nthree\n\n• a\n• b"),
        (Empty, "ignored", ""),
    ] {
        assert_eq!(rows(kind, text, 40).join("\n"), expected, "{text}");
    }
}

#[test]
fn markdown_has_the_extensions_of_site_generators() {
    for (text, expected) in [
        ("|Drug|mg|\n|-|-:|\n|Aspirin|75|", "Drug     mg\n───────  ──\nAspirin  75"),
        ("- [x] done\n- [ ] open", "☑ done\n☐ open"),
        ("a[^1]\n\n[^1]: Note *well*.", "a⁽¹⁾[1]\n\n⁽¹⁾ Note well. ↩[2]"),
        ("# Title {#id .class}", "Title\n━━━━━"),
        ("Term\n: Meaning", "Term\n  Meaning"),
        ("~~gone~~ \"as is\" -- 'x'", "[deleted: gone] \"as is\" -- 'x'"),
        ("> quote\n>> inner", "│ quote\n│\n│ │ inner"),
        ("```rust\nlet a;\n```", "  let a;"),
        ("text <span>in *HTML*</span>\n{: .lead}", "text in HTML"),
        (
            "{{< figure src=\"a.jpg\" alt=\"A hut\" caption=\"Winter\" >}}\nMore *text*",
            "[image: A hut][1]\nWinter\n\nMore text",
        ),
    ] {
        assert_eq!(rows(Markdown, text, 40).join("\n"), expected, "{text}");
    }
}

#[test]
fn relative_links_need_a_base() {
    let text = body(Html, "<a href=/x>x</a> <a href=https://a.org/>a</a>");
    let links = |document: &Document| document.links().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(links(&Document::of(&text, None)), ["https://a.org/"]);
    assert_eq!(links(&Document::of(&text, Some(&base()))), ["https://example.org/x", "https://a.org/"]);
}

#[test]
fn footnotes_stand_at_the_end_in_order_with_their_ways_back() {
    let text = "a[^z] b[^a] c[^z]\n\n[^a]: Second.\n\n[^z]: First.\n\n    More of it.\n\nThe end.";
    assert_eq!(
        rows(Markdown, text, 40).join("\n"),
        "a⁽¹⁾[1] b⁽²⁾[2] c⁽¹⁾[1]\n\nThe end.\n\n⁽¹⁾ First.\n\n    More of it. ↩[3]\n\n⁽²⁾ Second. ↩[4]"
    );
    let page = crate::article::Page::set(&super::bare_item(), &read(Markdown, text), 40);
    let led_to: Vec<String> = page
        .links
        .iter()
        .filter_map(|link| match link {
            Target::Place { number, .. } => Some(page.rows.get(page.row_of_place(*number))?.text()),
            Target::Web(_) | Target::Mail(_) => None,
        })
        .collect();
    let first = "a⁽¹⁾[1] b⁽²⁾[2] c⁽¹⁾[1]";
    assert_eq!(led_to, ["⁽¹⁾ First.", "⁽²⁾ Second. ↩[4]", first, first]);
    assert!(!page.text().contains("Links"), "{}", page.text());
}

#[test]
fn the_repaired_text_is_what_is_set() {
    let mut damaged = body(Plain, "cliniciansâ€™");
    damaged.repaired = Some("clinicians’".to_owned());
    let document = Document::of(&damaged, None);
    let page = crate::article::Page::set(&super::bare_item(), &document, 40);
    assert!(page.text().contains("clinicians’") && !page.text().contains('â'));
}

#[test]
fn source_is_shown_as_typed() {
    let document = Document::source("---\ntitle:\t\"x\"\n---\n<p>Hi\u{1b}[31m {{< x >}}</p>");
    let rows: Vec<String> =
        crate::article::set::blocks(&document.blocks, 40, 0).iter().map(crate::article::Row::text).collect();
    assert_eq!(rows, ["  ---", "  title:  \"x\"", "  ---", "  <p>Hi {{< x >}}</p>"]);
}

#[test]
fn a_document_can_move_to_another_thread() {
    fn assert_send<T: Send + Sync>() {}
    assert_send::<Document>();
}

#[test]
fn quoted_text_and_code_keep_their_roles() {
    let document = read(Html, "<blockquote>said <code>x</code> <a href=/y>y</a></blockquote><pre>z</pre>");
    let rows = crate::article::set::blocks(&document.blocks, 40, 0);
    let roles: Vec<_> =
        rows.iter().flat_map(|row| &row.spans).map(|span| (span.text.trim(), span.style.role)).collect();
    for expected in [
        ("said", Role::Quote),
        ("x", Role::Code),
        ("y", Role::Link),
        ("[1]", Role::LinkNumber),
        ("z", Role::Code),
    ] {
        assert!(roles.contains(&expected), "{expected:?} in {roles:?}");
    }
}
