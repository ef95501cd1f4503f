//! Rows of styled text, ready to be drawn.

use unicode_width::UnicodeWidthStr;

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
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// Strongly emphasised.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Struck out.
    pub strike: bool,
    /// The number of the link that it belongs to, counted from 1.
    pub link: Option<u16>,
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
}

impl Row {
    /// The number of the link that a cell of the row belongs to; the first cell is 0.
    pub fn link_at(&self, cell: usize) -> Option<u16> {
        let mut right_edge = 0;
        let span = self.spans.iter().find(|span| {
            right_edge += span.text.width();
            cell < right_edge
        });
        span.and_then(|span| span.style.link)
    }
}
