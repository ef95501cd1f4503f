//! What keeps hostile HTML from costing more than it is worth: limits on size, depth and tags.
//!
//! The HTML parser takes time that grows with the square of the depth of open elements and of the elements pushed out
//! of one table, so both are bounded before it sees the text.

/// The longest text of an article that is read, in bytes: its markup does not count.
pub(in crate::article) const MAX_TEXT_BYTES: usize = 500_000;
/// How deep elements may be nested.
pub(in crate::article) const MAX_DEPTH: usize = 256;
/// How many tags a body may have.
pub(in crate::article) const MAX_TAGS: usize = 60_000;
/// How many characters that HTML writes as entities a body may have: writing out its text, which is how it is
/// taken from the tree, looks through the rest of a text for each of them.
pub(in crate::article) const MAX_ESCAPES: usize = 40_000;

/// How much HTML was written so far. The depth is never underestimated: an element counts as closed only where the
/// parser is certain to close it.
#[derive(Default)]
pub(super) struct Scan {
    open: Vec<String>,
    tags: usize,
    escapes: usize,
}

impl Scan {
    /// Whether parsing what was written takes bounded time.
    pub(super) fn is_within_limits(&self) -> bool {
        self.open.len() <= MAX_DEPTH && self.tags <= MAX_TAGS && self.escapes <= MAX_ESCAPES
    }

    /// Whether a table is open, but no cell of it.
    pub(super) fn is_between_cells(&self) -> bool {
        self.is_in_row() || matches!(self.innermost(), "table" | "thead" | "tbody" | "tfoot")
    }

    /// Whether a row of a table is open, but no cell of it.
    pub(super) fn is_in_row(&self) -> bool {
        self.innermost() == "tr"
    }

    fn innermost(&self) -> &str {
        self.open.last().map_or("", String::as_str)
    }

    /// Takes note of characters that are written as entities.
    pub(super) fn count_escapes(&mut self, escapes: usize) {
        self.escapes += escapes;
    }

    /// Takes note of a start tag.
    pub(super) fn start(&mut self, name: &str) {
        self.tags += 1;
        if !VOID.contains(&name) {
            self.close_implied(name);
            self.open.push(name.to_owned());
        }
    }

    /// Takes note of an end tag.
    pub(super) fn end(&mut self, name: &str) {
        self.tags += 1;
        self.close(name);
    }

    /// Pops the element that an end tag names; with those above it whose end tags may be left out, if it is one
    /// that ends them. (The end of a `<b>` or a `<span>` does not: the parser then has more open, not less.)
    fn close(&mut self, name: &str) {
        let ends_others = ENDS_OTHERS.contains(&name) || ENDS_PARAGRAPH.contains(&name);
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
        while self.open.last().is_some_and(|open| closes(name, open)) {
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
