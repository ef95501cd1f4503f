//! The words around what was found.

use std::ops::Range;

use crate::item::SafeText;

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The piece, with `…` where it was cut.
    pub text: SafeText,
    /// What was found, as ranges of bytes of the piece, in order.
    pub found: Vec<Range<usize>>,
}
