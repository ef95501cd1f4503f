//! By what a file is known again.

/// By what a file is known to be the one that was read before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970, as the file system says.
    pub modified: i64,
    /// A digest of its bytes.
    pub hash: u64,
}
