//! Rows of styled text, ready to be drawn.

/// What a piece of text is, so that a theme can decide how it looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The title of the article.
    Title,
    /// Site, date, author, reading time; captions, and other text of second rank.
    Secondary,
    /// A topic.
    Chip,
    /// The summary above the body.
    Summary,
    /// A heading in the body, from 1 to 6.
    Heading(u8),
    /// Quoted text.
    Quote,
    /// Code and other text set as typed.
    Code,
    /// What we set ourselves: bullets, numbers of lists, rules, bars, table lines.
    Furniture,
    /// The text of a link.
    Link,
    /// The number of a link, such as `[3]`.
    LinkNumber,
    /// The alternative text of an image.
    Image,
    /// What could not be read.
    Problem,
}

/// How a piece of text looks.
#[expect(clippy::struct_excessive_bools, reason = "any of these looks may come with any other")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// Strongly emphasised.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Deleted by its author: struck out.
    pub strike: bool,
    /// Inserted by its author.
    pub inserted: bool,
    /// The number of the link that it belongs to, counted from 1.
    pub link: Option<u16>,
    /// The number of the place that begins with it, to which links of the same article lead.
    pub place: Option<u16>,
    /// Whether it is what a search has found.
    pub found: bool,
}

/// A piece of text in one style. It holds no character that a terminal could mistake for a command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its look.
    pub style: Style,
}

/// One row of a page, never wider than the width that the page was set at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Row {
    /// Its pieces, from left to right.
    pub spans: Vec<Span>,
    /// Whether its last word goes on in the next row: an address that is longer than a row.
    pub goes_on: bool,
}

impl Style {
    /// Plain text in a role.
    pub(super) fn of(role: Role) -> Self {
        Self { role, ..Self::default() }
    }

    /// The same look in bold.
    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same look in italics.
    pub(super) fn italic(self) -> Self {
        Self { italic: true, ..self }
    }
}

impl Span {
    /// A piece of text in one style.
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    /// What we set ourselves around the text.
    pub(super) fn furniture(text: impl Into<String>) -> Self {
        Self::new(text, Style::of(Role::Furniture))
    }
}

impl Row {
    /// The text of the row without its styles, as a search or a plain print-out needs it.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The number of the link that a cell of the row belongs to; the first cell is 0.
    pub fn link_at(&self, cell: usize) -> Option<u16> {
        let mut right_edge = 0;
        let span = self.spans.iter().find(|span| {
            right_edge += super::cells::cells(&span.text);
            cell < right_edge
        });
        span.and_then(|span| span.style.link)
    }

    /// How many terminal cells the row takes.
    pub fn cells(&self) -> usize {
        self.spans.iter().map(|span| super::cells::cells(&span.text)).sum()
    }

    /// Adds text at the end, to the last piece where both look the same.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        match self.spans.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.spans.push(Span::new(text, style)),
        }
    }

    /// Puts a piece before all others, joining it to the first one where both look the same.
    pub(super) fn prefix(&mut self, span: Span) {
        match self.spans.first_mut() {
            _ if span.text.is_empty() => {}
            Some(first) if first.style == span.style => first.text.insert_str(0, &span.text),
            _ => self.spans.insert(0, span),
        }
    }
}

impl From<Span> for Row {
    fn from(span: Span) -> Self {
        Self { spans: vec![span], goes_on: false }
    }
}
