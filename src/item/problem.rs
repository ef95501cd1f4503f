//! What is wrong with an item file, said so that a person can mend it.

use super::SafeText;

/// How much a problem costs the reader of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was odd and has been put right; nothing of the item is lost.
    Warning,
    /// A part of the item could not be read as it was meant. The item is marked in the list.
    Error,
}

/// One thing that is wrong in an item file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, counted from 1, where it is known.
    pub line: Option<u32>,
    /// How much it costs.
    pub severity: Severity,
    /// A short stable name for scripts, such as `yaml-invalid`.
    pub code: &'static str,
    /// What is wrong and what to do about it, in whole sentences.
    pub message: SafeText,
}
