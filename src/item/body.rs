//! The body of an item, as text of a known kind.

/// What the body of an item is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// HTML with block elements.
    Html,
    /// HTML with inline elements only; blank lines part its paragraphs.
    Fragment,
    /// Markdown, perhaps with HTML in it.
    Markdown,
    /// Plain paragraphs parted by blank lines.
    Plain,
    /// Nothing to read.
    Empty,
}

/// The body of an item: decoded, told apart, and repaired where it was certainly damaged.
///
/// It is not safe to draw yet: the `article` ring makes it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// What it is written in.
    pub kind: BodyKind,
    /// The body as the file has it, decoded to Unicode and otherwise untouched.
    pub raw: String,
    /// The repaired text where a repair was needed.
    pub repaired: Option<String>,
    /// The line of the file on which the body begins, counted from 1.
    pub first_line: u32,
}

impl Body {
    /// The text to set: repaired where that was needed.
    pub fn text(&self) -> &str {
        self.repaired.as_deref().unwrap_or(&self.raw)
    }
}
