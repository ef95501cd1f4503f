//! A source that has a name.

use super::address::shown_location;
use super::name::SourceName;
use crate::item::SafeText;

/// A source that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSource {
    /// What it is called.
    pub name: SourceName,
    /// An address, or a whole path. There may be a password in it: it is shown by [`NamedSource::shown_location`].
    pub location: String,
    /// The minisign public key of whoever signs it. Where there is one, even one that is wrong, nothing unsigned may be
    /// opened.
    pub key: Option<String>,
    /// Whether it may come over plain `http`.
    pub allow_http: bool,
}

impl NamedSource {
    /// The location as it may be shown.
    pub fn shown_location(&self) -> SafeText {
        shown_location(&self.location)
    }
}

/// Why a text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no public key of minisign, which is a line of 56 letters and digits that begins with RW. Ask whoever \
     makes the bundle for theirs"
)]
pub struct KeyRefused;

/// Checks the form of a minisign public key: the line that `minisign -G` prints, or all of the file that it writes.
/// The key is 42 bytes in Base64, of which the first two are `Ed` (<https://jedisct1.github.io/minisign/>).
///
/// # Errors
///
/// When it is no public key.
pub fn checked_key(text: &str) -> Result<&str, KeyRefused> {
    const LENGTH: usize = 56;
    let key = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let digits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let fits = key.len() == LENGTH && key.starts_with("RW") && key.bytes().all(digits);
    if fits { Ok(key) } else { Err(KeyRefused) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_line_of_minisign_or_its_file() {
        const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        let file = format!("untrusted comment: minisign public key E7620F1842B4E81F\r\n{KEY}\r\n");
        for text in [KEY, &file, &format!("  {KEY}\n")] {
            assert_eq!(checked_key(text), Ok(KEY));
        }
        for text in [
            "",
            "RWQ",
            "untrusted comment: x",
            &KEY.replace("RW", "RX"),
            &KEY.replace('Q', "?"),
            &KEY.repeat(2),
        ] {
            assert_eq!(checked_key(text), Err(KeyRefused), "{text}");
        }
    }
}
