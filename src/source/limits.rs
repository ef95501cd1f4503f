//! How much of a bundle is taken on trust: every limit has a name, which its error gives.

use std::fmt;

use super::item_file::LARGEST_ITEM_FILE;
use crate::item::{ByteCount, counted};

/// The bounds within which a bundle is read. Whatever a bundle says of itself, it costs no more than this. The
/// configuration may set each of them by its name, below `[limits]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The most bytes that an archive may inflate to, in all.
    pub inflated_bytes: u64,
    /// How many bytes may come of one byte of an archive, on the whole. News shrinks to a tenth; only what is made
    /// for it grows a hundredfold. The first [`Limits::RATIO_ALLOWANCE`] bytes are free.
    pub ratio: u64,
    /// The most entries of an archive: items, images, folders and whatever else is in it.
    pub entries: u64,
    /// The most bytes of memory that a decoder may use to look back at what it has decoded (128 MiB by default). zstd needs 8 MiB up to level 19 and
    /// 128 MiB with `--long` or at level 22; xz needs 64 MiB at level 9. For zstd the next lower power of two counts.
    pub window_bytes: u64,
    /// The most bytes of one item. A larger one is left out and named.
    pub item_bytes: u64,
    /// The most bytes of a path in an archive. An entry with a longer one is left out and named.
    pub path_length: usize,
    /// The most parts of a path in an archive. An entry with more is left out and named.
    pub path_depth: usize,
}

impl Limits {
    /// How many bytes an archive may inflate to before its ratio is looked at: as many as one item may have.
    pub const RATIO_ALLOWANCE: u64 = LARGEST_ITEM_FILE as u64;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            inflated_bytes: 4_000_000_000,
            ratio: 200,
            entries: 250_000,
            window_bytes: 128 << 20,
            item_bytes: LARGEST_ITEM_FILE as u64,
            path_length: 1024,
            path_depth: 32,
        }
    }
}

/// Which limit an archive went beyond, with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// [`Limits::inflated_bytes`].
    InflatedBytes(u64),
    /// [`Limits::ratio`].
    Ratio(u64),
    /// [`Limits::entries`].
    Entries(u64),
    /// [`Limits::window_bytes`], of an archive that was compressed by this program.
    Window(u64, Compressor),
}

/// A program that compresses archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compressor {
    /// zstd.
    Zstd,
    /// xz.
    Xz,
}

impl Compressor {
    /// How to compress so that less memory is needed, as the end of a sentence.
    fn advice(self) -> &'static str {
        match self {
            Self::Zstd => "without --ultra and with --long=27 at most",
            Self::Xz => "by xz -9 or less, without a larger dictionary",
        }
    }
}

impl Exceeded {
    /// The name of the limit.
    pub fn name(self) -> &'static str {
        match self {
            Self::InflatedBytes(_) => "limits.inflated_bytes",
            Self::Ratio(_) => "limits.ratio",
            Self::Entries(_) => "limits.entries",
            Self::Window(..) => "limits.window_bytes",
        }
    }
}

/// What to do about a limit of this name, as the end of a sentence.
pub fn raise(name: &str) -> String {
    format!("raise {name} in config.toml (see rounds sources --help)")
}

impl fmt::Display for Exceeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InflatedBytes(limit) => {
                write!(formatter, "it inflates to more than {}", ByteCount(*limit))?;
            }
            Self::Ratio(limit) => {
                write!(formatter, "it inflates to more than {} its size", counted(*limit, "time", "times"))?;
            }
            Self::Entries(limit) => {
                write!(formatter, "it has more than {}", counted(*limit, "entry", "entries"))?;
            }
            Self::Window(limit, compressor) => {
                return write!(
                    formatter,
                    "to undo its compression takes more than {} of memory. Ask for it compressed {}, or {}",
                    ByteCount(*limit),
                    compressor.advice(),
                    raise(self.name())
                );
            }
        }
        let name = self.name();
        write!(formatter, ", so it was not read to its end. If you trust its publisher, {}", raise(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_can_be_set_alone_by_its_name() {
        let limits: Limits = serde_json::from_str(r#"{"entries": 7, "path_depth": 3}"#).unwrap();
        assert_eq!(limits, Limits { entries: 7, path_depth: 3, ..Limits::default() });
        assert!(serde_json::from_str::<Limits>(r#"{"entry": 7}"#).is_err());
    }

    #[test]
    fn an_error_names_its_limit_and_says_what_to_do() {
        let windows = [Compressor::Zstd, Compressor::Xz].map(|compressor| Exceeded::Window(4, compressor));
        for exceeded in
            [Exceeded::InflatedBytes(1), Exceeded::Ratio(2), Exceeded::Entries(3)].into_iter().chain(windows)
        {
            let message = exceeded.to_string();
            assert!(
                message.ends_with(&format!(
                    "raise {} in config.toml (see rounds sources --help)",
                    exceeded.name()
                )),
                "{message}"
            );
        }
    }
}
