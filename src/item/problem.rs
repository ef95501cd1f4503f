//! What is wrong with an item file, said so that a person can mend it.

use super::SafeText;

/// How much a problem costs the reader of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is wrong: the item is withheld, as its file asks.
    Notice,
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
    /// A short stable name for scripts, such as `yaml-invalid`: one of [`PROBLEM_CODES`](super::PROBLEM_CODES).
    pub code: &'static str,
    /// What is wrong and what to do about it, in whole sentences.
    pub message: SafeText,
}

/// How many problems of one file are kept: enough to mend it by, and a bound on what a hostile file can make.
const PROBLEM_LIMIT: usize = 50;

/// The problems of one file while it is being read.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    /// Notes that something was odd and has been put right.
    pub(super) fn warn(&mut self, line: Option<u32>, code: &'static str, message: &str) {
        self.push(Problem { line, severity: Severity::Warning, code, message: SafeText::new(message) });
    }

    /// Notes that a part of the item could not be read as it was meant.
    pub(super) fn error(&mut self, line: Option<u32>, code: &'static str, message: &str) {
        self.push(Problem { line, severity: Severity::Error, code, message: SafeText::new(message) });
    }

    fn push(&mut self, problem: Problem) {
        if self.0.len() < PROBLEM_LIMIT && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Whether a problem of this kind has been noted already.
    pub(super) fn has(&self, code: &str) -> bool {
        self.0.iter().any(|problem| problem.code == code)
    }

    /// The problems in the order of their lines; those without a line come last.
    pub(super) fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| problem.line.unwrap_or(u32::MAX));
        self.0
    }
}
