//! What a source can be called.

use std::fmt;
use std::ops::Deref;

use crate::edge::commands;
use crate::item::SafeText;

/// The most characters of a name.
pub const LONGEST_NAME: usize = 40;

/// The name of a source: letters, digits, `-`, `_` and `.`, so that it can be typed as one word and never be taken for
/// an option, a hidden file or a command.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceName(SafeText);

/// Why a source cannot have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameRefused {
    /// There is nothing.
    #[error("a source needs a name. Write one of letters and digits, such as health")]
    Empty,
    /// It has more characters than it may have.
    #[error("this name is too long. Choose one of {LONGEST_NAME} characters or fewer")]
    TooLong,
    /// It begins with what options and hidden files begin with.
    #[error("a name does not begin with - or . Begin it with a letter or a digit")]
    Beginning,
    /// Something else stands in it.
    #[error("a name has only letters, digits, - _ and . in it. Choose another one, such as health-news")]
    Character,
    /// A command is called so.
    #[error("this is the name of a command. Choose another one")]
    Command,
}

impl SourceName {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// When no source can be called so.
    pub fn parse(text: &str) -> Result<Self, NameRefused> {
        let fits = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
        let name = SafeText::new(text);
        if text.is_empty() {
            Err(NameRefused::Empty)
        } else if text.starts_with(['-', '.']) {
            Err(NameRefused::Beginning)
        } else if !text.chars().all(fits) || name.as_str() != text {
            Err(NameRefused::Character)
        } else if text.chars().count() > LONGEST_NAME {
            Err(NameRefused::TooLong)
        } else if commands::NAMES.contains(&text) || commands::RESERVED.contains(&text) {
            Err(NameRefused::Command)
        } else {
            Ok(Self(name))
        }
    }
}

impl Deref for SourceName {
    type Target = SafeText;

    fn deref(&self) -> &SafeText {
        &self.0
    }
}

impl fmt::Display for SourceName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_that_is_no_option_no_hidden_file_and_no_command() {
        use NameRefused::{Beginning, Character, Command, Empty, TooLong};
        let longest = "n".repeat(LONGEST_NAME);
        let too_long = format!("{longest}n");
        for name in
            ["health", "Health-2", "a.b_c", "2024", "für-alle", "健康", "listing", "_x", longest.as_str()]
        {
            assert_eq!(SourceName::parse(name).map(|name| name.to_string()), Ok(name.to_owned()));
        }
        let refused = [
            ("", Empty),
            ("-x", Beginning),
            ("--help", Beginning),
            (".hidden", Beginning),
            ("..", Beginning),
            ("a b", Character),
            ("a/b", Character),
            ("~", Character),
            ("https://x", Character),
            ("a\u{1b}[2J", Character),
            ("a\u{202e}b", Character),
            // A letter, says Unicode, that is drawn as nothing.
            ("a\u{3164}b", Character),
            (too_long.as_str(), TooLong),
            ("list", Command),
            ("help", Command),
        ];
        for (name, reason) in refused {
            assert_eq!(SourceName::parse(name), Err(reason), "{name:?}");
        }
    }
}
