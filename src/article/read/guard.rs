//! What keeps hostile HTML from costing more than it is worth: limits on size, depth, tags and attributes.
//!
//! The HTML parser takes time that grows with the square of the depth of open elements, of the attributes of
//! one tag, and of the elements pushed out of one table, so all three are bounded before it sees the text.

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

/// HTML with its tags taken out, block tags leaving an empty line: what is shown of a body that is refused.
pub(in crate::article) fn stripped(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut tags = Tags::of(html);
    let mut from = 0;
    while let Some(tag) = tags.next() {
        text.push_str(html.get(from..tag.start).unwrap_or_default());
        text.push_str(if BREAKING.iter().any(|name| tag.is(name)) { "\n\n" } else { "" });
        from = tag.end;
        if let Some(name) = ["script", "style"].into_iter().find(|name| !tag.closing && tag.is(name)) {
            tags.pass_to_end_of(name);
            from = tags.at;
        }
    }
    text.push_str(html.get(from..).unwrap_or_default());
    text
}

/// Tags around which a stripped text is parted.
const BREAKING: [&str; 22] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "pre",
    "hr",
    "section",
    "figure",
];

/// One tag of an HTML text.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: usize,
    start: usize,
    end: usize,
}

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// All that looks like a tag, in order. Comments are passed over.
struct Tags<'a> {
    html: &'a str,
    at: usize,
    /// No comment ends after this place, so none needs to be looked for twice.
    no_comment_end: bool,
    /// The elements that have no end after this place.
    endless: Vec<&'static str>,
}

impl<'a> Tags<'a> {
    fn of(html: &'a str) -> Self {
        Self { html, at: 0, no_comment_end: false, endless: Vec::new() }
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Passes over the contents of an element in which nothing is a tag but its own end; over nothing when it
    /// has no end.
    fn pass_to_end_of(&mut self, name: &'static str) {
        if self.endless.contains(&name) {
            return;
        }
        let ends_here = |at: usize| {
            let end = self.html.get(at + 2..at + 2 + name.len());
            end.is_some_and(|end| end.eq_ignore_ascii_case(name))
        };
        match self.rest().match_indices("</").map(|(offset, _)| self.at + offset).find(|&at| ends_here(at)) {
            Some(at) => self.at = at,
            None => self.endless.push(name),
        }
    }

    fn pass_comment(&mut self) -> bool {
        if self.no_comment_end || !self.rest().starts_with("<!--") {
            return false;
        }
        match self.rest().get(4..).and_then(|inside| inside.find("-->")) {
            Some(length) => self.at += 4 + length + 3,
            None => self.no_comment_end = true,
        }
        !self.no_comment_end
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.at += self.rest().find('<')?;
            if self.pass_comment() {
                continue;
            }
            let start = self.at;
            let after = self.html.get(start + 1..).unwrap_or_default();
            let closing = after.starts_with('/');
            let body = if closing { after.get(1..).unwrap_or_default() } else { after };
            self.at += 1;
            if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let length =
                body.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(body.len());
            let (name, rest) = body.split_at_checked(length)?;
            let (attributes, used) = attributes(rest);
            let end = start + 1 + usize::from(closing) + length + used;
            self.at = end;
            return Some(Tag { name, closing, attributes, start, end });
        }
    }
}

/// How many attributes stand in what follows the name of a tag, and how many bytes there are to its end.
fn attributes(rest: &str) -> (usize, usize) {
    let mut count = 0;
    let mut quote = None;
    let mut previous = ' ';
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return (count, at + 1),
            (None, '"' | '\'') if previous == '=' => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, _) if starts_attribute(previous, c) => count += 1,
            _ => {}
        }
        if quote.is_none() && !(c.is_ascii_whitespace() && previous == '=') {
            previous = c;
        } else if quote.is_some() {
            previous = '"';
        }
    }
    (count, rest.len())
}

fn starts_attribute(previous: char, c: char) -> bool {
    (previous.is_ascii_whitespace() || matches!(previous, '/' | '"' | '\''))
        && !c.is_ascii_whitespace()
        && !matches!(c, '/' | '=')
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
