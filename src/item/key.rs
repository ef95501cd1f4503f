//! The identity of an item: a name that stays the same from one bundle to the next.

use std::borrow::Cow;
use std::fmt;

use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::Link;

/// The name of an item that stays the same from one bundle to the next; read and starred marks follow it.
///
/// It is a digest of the original link in its canonical form; without a link, of the slug; else of the path. Of several
/// files in one source that have no link and the same slug, only the first is named by the slug, and each other one
/// [by its path](Self::of_path). The catalog of the source tells which is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub u64);

impl ItemKey {
    /// The name of an item: by its link when it has one, else by its slug when that is not empty, else by its
    /// path. It is the first eight bytes, big-endian, of the SHA-256 digest of which of the three it is, a zero
    /// byte, and the value.
    pub fn of(link: Option<&Link>, slug: &str, path: &str) -> Self {
        match link {
            Some(link) => Self::digest("link", &link.canonical()),
            None if slug.is_empty() => Self::of_path(path),
            None => Self::digest("slug", &composed(slug)),
        }
    }

    /// The name that an item had before accents were composed (Unicode's form NFC): macOS writes the names of files with
    /// accents apart. `None` where that makes no difference.
    pub fn uncomposed(link: Option<&Link>, slug: &str, path: &str) -> Option<Self> {
        let (kind, value) = if slug.is_empty() { ("path", path) } else { ("slug", slug) };
        (link.is_none() && !is_nfc(value)).then(|| Self::digest(kind, value))
    }

    /// The name of an item by its path, where nothing else tells it from the others of its source.
    pub fn of_path(path: &str) -> Self {
        Self::digest("path", &composed(path))
    }

    fn digest(kind: &str, value: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(kind.as_bytes());
        hasher.update([0]);
        hasher.update(value.as_bytes());
        Self(hasher.finalize().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte)))
    }
}

/// An item that has another key than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Succession {
    /// The key that it had.
    pub old: ItemKey,
    /// The key that it has.
    pub new: ItemKey,
}

/// A name with its accents composed, so that it is one name whichever system wrote it.
fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_survive_the_upgrade_to_https_and_a_campaign_tag() {
        let link = |text| Link::parse(text).expect(text);
        let plain = ItemKey::of(Some(&link("http://www.example.org/news/one/")), "a", "b");
        let tagged = ItemKey::of(Some(&link("https://example.org/news/one?utm_source=mail#top")), "c", "d");
        assert_eq!(plain, tagged);
        assert_ne!(plain, ItemKey::of(Some(&link("https://example.org/news/two")), "a", "b"));
    }

    #[test]
    fn without_a_link_the_slug_names_the_item_and_without_a_slug_the_path() {
        assert_eq!(ItemKey::of(None, "slug", "a.md"), ItemKey::of(None, "slug", "moved/a.md"));
        assert_ne!(ItemKey::of(None, "", "a.md"), ItemKey::of(None, "", "b.md"));
        assert_ne!(ItemKey::of(None, "a.md", "x"), ItemKey::of(None, "", "a.md"), "a slug is not a path");
    }

    #[test]
    fn a_key_never_changes_because_marks_are_kept_under_it() {
        // sha256("slug\0precision-healthcare"), by coreutils.
        assert_eq!(ItemKey::of(None, "precision-healthcare", "").to_string(), "382b4f374943a348");
    }

    #[test]
    fn a_name_with_accents_is_one_name_composed_or_not() {
        let (composed, apart) = ("caf\u{e9}.md", "cafe\u{301}.md");
        assert_eq!(ItemKey::of(None, "", composed), ItemKey::of(None, "", apart));
        assert_eq!(ItemKey::of(None, composed, "x"), ItemKey::of(None, apart, "x"));
        assert_eq!(ItemKey::uncomposed(None, "", composed), None);
        let before = ItemKey::uncomposed(None, "", apart);
        assert!(before.is_some_and(|before| before != ItemKey::of(None, "", apart)));
    }
}
