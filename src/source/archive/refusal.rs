//! Why one entry of an archive is left out while the rest is read.

use crate::item::{ByteCount, Problem, SafeText, Severity, counted};
use crate::source::limits::raise;
use crate::source::problem_code as code;

/// Why one entry of an archive is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Refusal {
    PathNul,
    PathAbsolute,
    PathOutside,
    PathTooLong(usize),
    PathTooDeep(usize),
    Link,
    Special,
    Sparse,
    Encrypted,
    Compression(u16),
    TooLarge(u64),
}

impl Refusal {
    /// What is said of the entry.
    pub(in crate::source) fn problem(self) -> Problem {
        let message = format!("{}, so this entry was left out. {}.", self.reason(), self.remedy());
        problem(Severity::Error, self.code(), &message)
    }

    /// Its stable name.
    fn code(self) -> &'static str {
        match self {
            Self::PathNul => code::ENTRY_PATH_NUL,
            Self::PathAbsolute => code::ENTRY_PATH_ABSOLUTE,
            Self::PathOutside => code::ENTRY_PATH_OUTSIDE,
            Self::PathTooLong(_) => code::ENTRY_PATH_TOO_LONG,
            Self::PathTooDeep(_) => code::ENTRY_PATH_TOO_DEEP,
            Self::Link => code::ENTRY_LINK,
            Self::Special => code::ENTRY_SPECIAL,
            Self::Sparse => code::ENTRY_SPARSE,
            Self::Encrypted => code::ENTRY_ENCRYPTED,
            Self::Compression(_) => code::ENTRY_COMPRESSION,
            Self::TooLarge(_) => code::ENTRY_TOO_LARGE,
        }
    }

    fn reason(self) -> String {
        match self {
            Self::PathNul => "Its path has a NUL in it".to_owned(),
            Self::PathAbsolute => "Its path is absolute, so it leads out of the archive".to_owned(),
            Self::PathOutside => "Its path leads out of the archive by \"..\"".to_owned(),
            Self::PathTooLong(limit) => {
                format!("Its path is longer than {}", counted(limit, "byte", "bytes"))
            }
            Self::PathTooDeep(limit) => format!("Its path has more than {}", counted(limit, "part", "parts")),
            Self::Link => "It is a link, and only hard links to files in the archive are followed".to_owned(),
            Self::Special => "It is a device, a pipe or something else that is not a file".to_owned(),
            Self::Sparse => "It is a sparse file, of which parts are not in the archive".to_owned(),
            Self::Encrypted => "It is encrypted".to_owned(),
            Self::Compression(method) => match rawzip::CompressionMethod::new(method).name() {
                Some(name) => format!("It is compressed with {name}, which is not read"),
                None => format!("It is compressed in a way that is not known (number {method})"),
            },
            Self::TooLarge(limit) => format!("It is larger than {}", ByteCount(limit)),
        }
    }

    fn remedy(self) -> String {
        let raise = |name| format!("If it is right as it is, {}", raise(name));
        let advice = match self {
            Self::PathTooLong(_) => return raise("limits.path_length"),
            Self::PathTooDeep(_) => return raise("limits.path_depth"),
            Self::TooLarge(_) => return raise("limits.item_bytes"),
            Self::PathNul | Self::PathAbsolute | Self::PathOutside => {
                "Tell the publisher of the archive; rounds pack writes paths that are sound"
            }
            Self::Link | Self::Special => "If it belongs here, put a copy of the file in its place",
            Self::Sparse => "Pack it as a plain file, without tar's --sparse",
            Self::Encrypted => "Pack it without a password; to protect a bundle, restrict who may fetch it",
            Self::Compression(_) => "Pack it with the method \"deflate\", which every program knows",
        };
        advice.to_owned()
    }
}

/// What is said when so many entries are left out that not each of them is named.
pub(super) fn more_refused(count: u64) -> Problem {
    let message = format!(
        "{} left out, for reasons like those that are named. Tell the publisher of the archive.",
        counted(count, "more entry was", "more entries were")
    );
    problem(Severity::Error, code::ENTRIES_REFUSED, &message)
}

/// What is said of a `bundle.yaml` that cannot be read.
pub(in crate::source) fn manifest_unreadable(reason: &str) -> Problem {
    let message = format!(
        "This should say what the bundle is called and where it comes from, but {reason}. \
         Write it as lines of \"name: …\", \"description: …\", \"homepage: …\" and \"updated: …\"."
    );
    problem(Severity::Warning, code::BUNDLE_YAML_INVALID, &message)
}

/// What is said of an item that was listed and cannot be read again.
pub(super) fn item_gone(reason: &str) -> Problem {
    let message = format!("This item could not be read from its archive: {reason}.");
    problem(Severity::Error, code::FILE_UNREADABLE, &message)
}

fn problem(severity: Severity, code: &'static str, message: &str) -> Problem {
    Problem { line: None, severity, code, message: SafeText::new(message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_code_of_its_own_and_says_what_to_do() {
        let all = [
            Refusal::PathNul,
            Refusal::PathAbsolute,
            Refusal::PathOutside,
            Refusal::PathTooLong(1024),
            Refusal::PathTooDeep(32),
            Refusal::Link,
            Refusal::Special,
            Refusal::Sparse,
            Refusal::Encrypted,
            Refusal::Compression(9),
            Refusal::TooLarge(8_000_000),
        ];
        let mut codes = std::collections::BTreeSet::new();
        for refusal in all {
            let problem = refusal.problem();
            assert!(codes.insert(problem.code), "{} stands twice", problem.code);
            assert!(code::PROBLEM_CODES.iter().any(|known| known.code == problem.code), "{}", problem.code);
            assert_eq!(problem.message.matches(". ").count(), 1, "{}", problem.message);
        }
        let limit = Refusal::TooLarge(8_000_000).problem().message;
        assert!(
            limit.contains("larger than 8 MB") && limit.contains("raise limits.item_bytes in config.toml"),
            "{limit}"
        );
    }
}
