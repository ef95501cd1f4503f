//! Takes out what surrounds an article on its page: navigation, the header and the footer of the site, boxes to share.

mod page;

use std::borrow::Cow;
use std::ops::Range;

use page::{Kind, Page, Section};

/// A header with more words than this, not counting its links, is no banner of a site.
const LONGEST_BANNER: usize = 30;

/// HTML without what surrounds the article.
///
/// It is decided as the reader modes of browsers do. Navigation is never the article. Neither are headers and footers
/// outside of `<main>`, `<article>` and `<section>`, nor boxes that are mostly links. On a whole page only what stands
/// in `<main>`, or else in `<article>`, is the article, if most of the words do. But HTML that is neither a whole page
/// nor has such an element was chosen by its author: it keeps its headers and footers, unless they are mostly links.
/// Where nothing would be left, nothing is taken out.
pub fn without_boilerplate(html: &str) -> Cow<'_, str> {
    if !page::may_have_sections(html) {
        return Cow::Borrowed(html);
    }
    let page = Page::of(html);
    let has_article = page.article().next().is_some();
    let left_out = page.outermost(|section| is_boilerplate(&page, section, has_article));
    let text = without(html, left_out.map(|section| section.range.clone()));
    let page = Page::of(&text);
    if page.total.is_empty() {
        return Cow::Borrowed(html);
    }
    let words: usize = page.article().map(|section| section.tally.words).sum();
    if page.is_whole && words > 0 && words.saturating_mul(2) >= page.total.words {
        return Cow::Owned(page.article().filter_map(|section| text.get(section.range.clone())).collect());
    }
    Cow::Owned(text)
}

/// Whether a section surrounds the article, or stands in it without being a part of it.
fn is_boilerplate(page: &Page, section: &Section, has_article: bool) -> bool {
    let is_outside = !section.is_in_article;
    let is_on_page = page.is_whole || has_article;
    match section.kind {
        Kind::Nav => true,
        Kind::Header => {
            is_outside
                && section.tally.unlinked_words() <= LONGEST_BANNER
                && (is_on_page || section.tally.is_mostly_links())
        }
        Kind::Footer => is_outside && (is_on_page || section.tally.is_mostly_links()),
        Kind::Aside => section.tally.is_mostly_links() || (is_outside && has_article),
        Kind::Main | Kind::Article | Kind::Part => false,
    }
}

/// A text without some ranges, which are in order.
fn without(text: &str, left_out: impl Iterator<Item = Range<usize>>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in left_out {
        kept.push_str(text.get(from..range.start).unwrap_or_default());
        from = range.end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_surrounds_an_article_is_left_out() {
        for (html, expected) in [
            ("<nav><a href=/>Home</a></nav><p>Text</p>", "<p>Text</p>"),
            ("<NAV>Home</NAV><p>Text</p>", "<p>Text</p>"),
            ("<article><nav>In this article</nav><p>Text</p></article>", "<article><p>Text</p></article>"),
            (
                "<body><header>The Site</header><p>Text</p><footer>Imprint</footer></body>",
                "<body><p>Text</p></body>",
            ),
            (
                "<body><div><header>The Site</header></div><p>Text</p></body>",
                "<body><div></div><p>Text</p></body>",
            ),
            ("<header>The Site</header><article>Text</article>", "<article>Text</article>"),
            ("<article>Text</article><aside>Other news</aside>", "<article>Text</article>"),
            ("<p>Text</p><aside>Share <a href=/a>by mail</a> <a href=/b>by post</a></aside>", "<p>Text</p>"),
            (
                "<html><head><title>T</title></head><body><div>Log in</div><main>The text of it</main></body></html>",
                "<main>The text of it</main>",
            ),
            (
                "<body>Menu<article>One text</article>Ad<article>Two texts</article></body>",
                "<article>One text</article><article>Two texts</article>",
            ),
            (
                "<body><main><article>A text</article><p>and more</p></main></body>",
                "<main><article>A text</article><p>and more</p></main>",
            ),
        ] {
            assert_eq!(without_boilerplate(html), expected, "{html}");
        }
    }

    #[test]
    fn what_may_be_the_text_is_kept() {
        let long_header =
            format!("<body><header>{}</header><p>Text</p></body>", "word ".repeat(LONGEST_BANNER + 1));
        for html in [
            "<p>Text</p>",
            "<nav>Nothing but this</nav>",
            "<body><header>Nothing but this</header></body>",
            "<aside><a href=/>Nothing</a></aside>",
            "<header><h1>Title</h1><p>By A. Writer</p></header><p>Text</p><footer>Source: WHO</footer>",
            "<article><header><h1>Title</h1></header><p>Text</p><footer>Source: WHO</footer></article>",
            "<body><section><header>Head</header><p>Text</p></section></body>",
            "<blockquote><p>Said</p><footer>A. Writer</footer></blockquote>",
            "<p>Text</p><aside><h2>Key points</h2><p>Wash <a href=/>hands</a> before meals.</p></aside>",
            "<article><aside><h2>Key points</h2></aside><p>Text</p></article>",
            "<p>Lead.</p><article>Text</article>",
            "<body><p>A text that is longer by far than the teaser</p><article>A teaser</article></body>",
            "<nav>never closed <p>Text",
            "<p>Text</p><aside><img src=chart.png alt=Chart></aside>",
            &long_header,
        ] {
            assert_eq!(without_boilerplate(html), html);
        }
    }

    #[test]
    fn pages_made_to_take_long_do_not() {
        for piece in [
            "<nav>",
            "</nav><aside>",
            "<aside></nav>",
            "<header><a href=x>a",
            "<nav></nav>",
            "<head>",
            "<main>x</main>",
        ] {
            assert!(without_boilerplate(&piece.repeat(100_000)).len() <= piece.len() * 100_000);
        }
    }
}
