//! Finds the tags of an HTML text without building a tree of it.

/// HTML with its tags taken out, block tags leaving an empty line: what is shown of a body that is refused.
pub(super) fn stripped(html: &str) -> String {
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
pub(super) struct Tag<'a> {
    /// Its name, in whatever case.
    pub(super) name: &'a str,
    /// Whether it is an end tag.
    pub(super) closing: bool,
    /// How many attributes it has.
    pub(super) attributes: usize,
    start: usize,
    end: usize,
}

impl Tag<'_> {
    /// Whether it has this name, which is in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// All that looks like a tag, in order. Comments are passed over.
pub(super) struct Tags<'a> {
    html: &'a str,
    at: usize,
    /// No comment ends after this place, so none needs to be looked for twice.
    no_comment_end: bool,
    /// The elements that have no end after this place.
    endless: Vec<&'static str>,
}

impl<'a> Tags<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { html, at: 0, no_comment_end: false, endless: Vec::new() }
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Passes over the contents of an element in which nothing is a tag but its own end; over nothing when it
    /// has no end.
    pub(super) fn pass_to_end_of(&mut self, name: &'static str) {
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
