//! What keeps hostile HTML from costing more than it is worth: limits on size, depth, tags and attributes.
//!
//! The HTML parser takes time that grows with the square of the depth of open elements, of the attributes of
//! one tag, and of the elements pushed out of one table, so all three are bounded before it sees the text.

use super::tags::{Tag, Tags};

/// The longest body that is read, in bytes.
pub(in crate::article) const MAX_BODY_BYTES: usize = 512 * 1024;
/// How deep elements may be nested.
pub(in crate::article) const MAX_DEPTH: usize = 256;
/// How many attributes one tag may have.
pub(in crate::article) const MAX_ATTRIBUTES: usize = 64;
/// How many tags a body may have.
pub(in crate::article) const MAX_TAGS: usize = 60_000;

/// How many characters that HTML writes as entities a body may have: writing out its text, which is how it is
/// taken from the tree, looks through the rest of a text for each of them.
pub(in crate::article) const MAX_ESCAPES: usize = 40_000;
/// How many inline links a Markdown text may have: its parser looks through what follows for each of them.
pub(in crate::article) const MAX_MARKDOWN_LINKS: usize = 20_000;
/// How many link definitions a Markdown text may have, for the same reason.
pub(in crate::article) const MAX_MARKDOWN_DEFINITIONS: usize = 5_000;

/// The beginning of a text that is within the limit, and whether that is all of it.
pub(in crate::article) fn capped(text: &str) -> (&str, bool) {
    if text.len() <= MAX_BODY_BYTES {
        return (text, true);
    }
    let end = (0..=MAX_BODY_BYTES).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), false)
}

/// Whether HTML is within all limits, so that parsing it takes bounded time.
///
/// The depth is never underestimated: an element counts as closed only where the parser is certain to close it.
pub(in crate::article) fn allows(html: &str) -> bool {
    if html.matches(['&', '\u{a0}']).count() > MAX_ESCAPES {
        return false;
    }
    let mut scan = Scan::default();
    let mut tags = Tags::of(html);
    let mut count = 0;
    while let Some(tag) = tags.next() {
        count += 1;
        if count > MAX_TAGS || tag.attributes > MAX_ATTRIBUTES {
            return false;
        }
        scan.see(&tag);
        if scan.open.len() > MAX_DEPTH {
            return false;
        }
        if tag.is("script") && !tag.closing && !scan.foreign {
            tags.pass_to_end_of("script");
        }
    }
    true
}

/// Whether Markdown is within the limits of its parser.
pub(in crate::article) fn allows_markdown(markdown: &str) -> bool {
    markdown.matches("](").count() <= MAX_MARKDOWN_LINKS
        && markdown.matches("]:").count() <= MAX_MARKDOWN_DEFINITIONS
}

/// The elements that are open, as far as they may be.
#[derive(Default)]
struct Scan {
    open: Vec<String>,
    /// Inside SVG and `MathML` the parser closes nothing by itself.
    foreign: bool,
}

impl Scan {
    fn see(&mut self, tag: &Tag) {
        let name = tag.name.to_ascii_lowercase();
        if tag.closing {
            self.close(&name);
        } else if !VOID.contains(&name.as_str()) {
            self.foreign |= matches!(name.as_str(), "svg" | "math");
            self.close_implied(&name);
            self.open.push(name);
        }
    }

    /// Pops the element that an end tag names; with those above it whose end tags may be left out, if it is one
    /// that ends them. (The end of a `<b>` or a `<span>` does not: the parser then has more open, not less.)
    fn close(&mut self, name: &str) {
        let ends_others = !self.foreign && (ENDS_OTHERS.contains(&name) || ENDS_PARAGRAPH.contains(&name));
        let implied =
            |open: &String| ends_others && open != name && END_MAY_BE_LEFT_OUT.contains(&open.as_str());
        let above = self.open.iter().rev().take_while(|open| implied(open)).count();
        let at = self.open.len().saturating_sub(above + 1);
        if self.open.get(at).is_some_and(|open| open == name) {
            self.open.truncate(at);
        }
    }

    /// Pops what a start tag closes by itself, such as the paragraph before a paragraph.
    fn close_implied(&mut self, name: &str) {
        while !self.foreign && self.open.last().is_some_and(|open| closes(name, open)) {
            self.open.pop();
        }
    }
}

/// Elements that have no end.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end tags the standard lets authors leave out.
const END_MAY_BE_LEFT_OUT: [&str; 13] =
    ["p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "rt"];

/// Other elements whose end ends what is open in them.
const ENDS_OTHERS: [&str; 11] =
    ["li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "table", "select"];

/// Whether the start of an element ends the open one, when that is the innermost.
fn closes(new: &str, open: &str) -> bool {
    match open {
        "p" => ENDS_PARAGRAPH.contains(&new),
        "li" => new == "li",
        "dd" | "dt" => matches!(new, "dd" | "dt"),
        "td" | "th" => matches!(new, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(new, "tr" | "tbody" | "thead" | "tfoot"),
        "tbody" | "thead" | "tfoot" => matches!(new, "tbody" | "thead" | "tfoot"),
        "option" => matches!(new, "option" | "optgroup"),
        _ => false,
    }
}

/// Elements whose start ends a paragraph, and whose end ends one, too.
const ENDS_PARAGRAPH: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];
