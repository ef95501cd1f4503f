//! Locations as they are typed and as they are written: what is relative, and what `~` means.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::remote::{Address, AddressRefused};
use crate::source::{Location, SourceError};

/// What to do about a text that reads like an address, and is none.
pub const NO_SCHEME: &str = "If it is an address, begin it with https://";

/// Why a source cannot be where somebody says.
#[derive(Debug, thiserror::Error)]
pub enum LocationRefused {
    /// The address can never be opened.
    #[error(transparent)]
    Address(#[from] AddressRefused),
    /// There is nothing at the path that can be opened.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// There is nothing at the path, and it reads like an address.
    #[error("there is no file or folder of this name. {NO_SCHEME}")]
    NoScheme,
    /// The configuration is text, and this path is none.
    #[error(
        "this path has characters that are not Unicode, so it cannot be written down. Rename it, or link to it"
    )]
    NotUnicode,
    /// What is not a bundle cannot be signed.
    #[error("only a bundle can be signed, not a folder or an item file. Leave out --key")]
    Unsigned,
}

/// Whether a location is an address, and not a path. With too few slashes it is one as well, as it is for browsers: there
/// may be a password in it, and a path would be shown whole.
pub fn is_address(location: &str) -> bool {
    let scheme = location.trim_start().split_once(':').map(|(scheme, _)| scheme);
    location.contains("://")
        || scheme
            .is_some_and(|scheme| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// What to write into the configuration for a location that was typed: an address as it is, a path so that it means the
/// same from everywhere. Nothing is fetched, but a path must lead to something that can be opened, as a slip of the
/// finger is more likely than a folder that is yet to come.
///
/// # Errors
///
/// When nothing can be opened there.
pub fn typed_location(typed: &OsStr, allow_http: bool, signed: bool) -> Result<String, LocationRefused> {
    let text = typed.to_str();
    if let Some(address) = text.map(str::trim).filter(|text| is_address(text)) {
        Address::parse(address, allow_http)?;
        return Ok(address.to_owned());
    }
    let from_home = text.and_then(|text| from_home(text, env::home_dir().as_deref()));
    let place = from_home.as_deref().map_or(typed, Path::as_os_str);
    let location = match Location::parse(place) {
        Err(SourceError::Missing { .. }) if text.is_some_and(reads_like_an_address) => {
            return Err(LocationRefused::NoScheme);
        }
        location => location?,
    };
    if signed && matches!(location, Location::Directory(_) | Location::File(_)) {
        return Err(LocationRefused::Unsigned);
    }
    if let (Some(_), Some(text)) = (&from_home, text) {
        return Ok(text.to_owned());
    }
    // Only an empty path or a missing working directory have no absolute form, and neither can be opened.
    let path = std::path::absolute(place).unwrap_or_else(|_| PathBuf::from(place));
    path.into_os_string().into_string().map_err(|_| LocationRefused::NotUnicode)
}

/// Whether a text begins like the address of a file on a host, but has no `https://` before it, or not all of that.
pub fn reads_like_an_address(text: &str) -> bool {
    let begins_with = |beginning: &str| {
        text.get(..beginning.len()).is_some_and(|found| found.eq_ignore_ascii_case(beginning))
    };
    let (host, is_host_alone) = text.split_once('/').map_or((text, true), |(host, _)| (host, false));
    let is_host = !host.starts_with('.') && host.contains('.') && !host.contains(char::is_whitespace);
    // A dot alone is in the name of many a file.
    let is_site = is_host && (!is_host_alone || begins_with("www."));
    is_site || ["https:", "http:"].into_iter().any(begins_with)
}

/// What locations in a configuration begin from.
#[derive(Debug)]
pub struct Anchor {
    /// The folder that the configuration is in.
    folder: PathBuf,
    /// The user's home directory, which `~` stands for.
    home: Option<PathBuf>,
}

impl Anchor {
    /// That of the file at a path.
    pub fn of(path: &Path) -> Self {
        Self { folder: path.parent().unwrap_or(path).to_owned(), home: env::home_dir() }
    }

    /// A location of the file as it can be opened from everywhere: an address, or a whole path.
    pub fn resolve(&self, location: &str) -> String {
        if is_address(location) {
            return location.to_owned();
        }
        let path = from_home(location, self.home.as_deref()).unwrap_or_else(|| self.folder.join(location));
        path.into_os_string().into_string().unwrap_or_else(|_| location.to_owned())
    }
}

/// The path that a text with `~` at its beginning means.
fn from_home(text: &str, home: Option<&Path>) -> Option<PathBuf> {
    let rest = text.strip_prefix('~')?;
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix('/')? };
    Some(if rest.is_empty() { home?.to_owned() } else { home?.join(rest.trim_start_matches('/')) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_means_the_same_from_everywhere() {
        let anchor = Anchor { folder: "/etc/rounds".into(), home: Some("/home/me".into()) };
        let homeless = Anchor { folder: "/etc/rounds".into(), home: None };
        let cases = [
            ("https://example.org/~me/x", "https://example.org/~me/x"),
            ("/srv/news", "/srv/news"),
            ("~/news", "/home/me/news"),
            ("~//news", "/home/me/news"),
            ("~", "/home/me"),
            ("~other/news", "/etc/rounds/~other/news"),
            ("news", "/etc/rounds/news"),
        ];
        for (location, resolved) in cases {
            assert_eq!(anchor.resolve(location), resolved);
        }
        assert_eq!(homeless.resolve("~/news"), "/etc/rounds/~/news");
    }

    #[test]
    fn an_address_is_one_however_many_slashes_it_has() {
        for (text, expected) in [
            ("https://me:s3cret@example.org/x", true),
            ("HTTPS:/me:s3cret@example.org/x", true),
            (" http:me:s3cret@example.org/x", true),
            ("ftp://example.org/x", true),
            ("C:\\news", false),
            ("/srv/https:x", false),
            ("https", false),
        ] {
            assert_eq!(is_address(text), expected, "{text}");
        }
    }

    #[test]
    fn an_address_without_its_beginning_is_recognised() {
        for (text, expected) in [
            ("news.example.org/health.tar.zst", true),
            ("www.example.org/", true),
            ("WWW.example.org", true),
            ("https:/news.example.org/x", true),
            ("HTTP:news.example.org", true),
            ("https", false),
            ("www", false),
            ("./news/x", false),
            ("../news.d/x", false),
            ("/srv/news.d", false),
            ("news/x.zip", false),
            ("news.zip", false),
        ] {
            assert_eq!(reads_like_an_address(text), expected, "{text}");
        }
    }
}
