//! Where the date of an item comes from.

/// Where the date of an item comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateSource {
    /// From the item: its front matter, the name of its file or its slug. So it is when the original was published.
    #[default]
    Item,
    /// From the file system or the archive, because the item has none: when its file was last changed.
    File,
}

impl DateSource {
    /// Its name for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::File => "file",
        }
    }
}
