//! What stands behind the `#` of an address.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use super::digest::Sha256;

/// What stands behind the `#` of an address: fields of the form `name=value`, with `&` between them.
///
/// All of it must be understood. A field that is not known may be a pin that was misspelt, and an address whose pin is
/// passed over would open without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The digest that the bundle must have.
    pub sha256: Option<Sha256>,
    /// The folder of the bundle that is chosen, as it was typed: not known to be one.
    pub folder: Option<String>,
}

/// Why a fragment cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FragmentRefused {
    /// Something in it is not a known field. A digest that can be told is written in the right form.
    Unknown(Option<Sha256>),
    /// What stands behind `sha256=` is no digest.
    Digest,
    /// What stands behind `path=` is no folder of a bundle.
    Folder,
    /// A field is there more than once.
    Repeated,
}

impl Fragment {
    /// Reads what stands behind a `#`. The case of names does not matter.
    ///
    /// # Errors
    ///
    /// When any of it is not understood; an empty one is not, as the pin that should be there is missing.
    pub fn parse(text: &str) -> Result<Self, FragmentRefused> {
        let mut fragment = Self::default();
        for field in text.split('&') {
            let (name, value) = field.split_once('=').ok_or_else(|| unknown(text))?;
            let value = percent_decode_str(value).decode_utf8_lossy();
            match name.trim().to_ascii_lowercase().as_str() {
                "sha256" => {
                    put(&mut fragment.sha256, Sha256::pasted(&value).ok_or(FragmentRefused::Digest)?)?;
                }
                "path" => put(&mut fragment.folder, folder(&value)?)?,
                _ => return Err(unknown(text)),
            }
        }
        Ok(fragment)
    }
}

/// A folder of a bundle as it was typed, which leads nowhere else.
fn folder(typed: &str) -> Result<String, FragmentRefused> {
    let names_nothing = typed.split('/').all(|part| matches!(part, "" | "."));
    if names_nothing || typed.split('/').any(|part| part == "..") {
        return Err(FragmentRefused::Folder);
    }
    Ok(typed.to_owned())
}

/// Fills a field that may be there once.
fn put<T>(field: &mut Option<T>, value: T) -> Result<(), FragmentRefused> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => Err(FragmentRefused::Repeated),
    }
}

fn unknown(text: &str) -> FragmentRefused {
    FragmentRefused::Unknown(meant(text))
}

/// The SHA-256 that a text means which is not in the right form: digits alone, or behind a spelling of its name, also in
/// base 64 as web pages have it (W3C, Subresource Integrity).
fn meant(text: &str) -> Option<Sha256> {
    const SPELLINGS: [&str; 3] = ["sha256", "sha-256", "sha2-256"];
    let text = percent_decode_str(text).decode_utf8_lossy();
    let lower = text.to_ascii_lowercase();
    let is_named = SPELLINGS.iter().any(|spelling| lower.contains(spelling));
    let in_digits = text.split(|character: char| !character.is_ascii_alphanumeric()).find_map(digest);
    let in_base64 = || {
        let (_, encoded) = text.split_once(['-', ':', '='])?;
        let bytes = STANDARD.decode(encoded.trim()).ok()?;
        <[u8; 32]>::try_from(bytes).ok().map(Sha256::from)
    };
    if is_named { in_digits.or_else(in_base64) } else { digest(text.trim()) }
}

fn digest(digits: &str) -> Option<Sha256> {
    Sha256::parse(digits).ok()
}

impl fmt::Display for FragmentRefused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(Some(digest)) => write!(
                formatter,
                "what follows the # is not understood. To pin the bundle to this content, write #sha256={digest}"
            ),
            Self::Unknown(None) => formatter.write_str(
                "what follows the # is not understood. To pin the bundle to one content, write #sha256= and the \
                 64 digits that rounds pack and sha256sum print; else leave out the # and what follows it",
            ),
            Self::Digest => formatter.write_str(
                "what follows #sha256= is not a sha256, which has 64 digits from 0 to 9 and a to f. Copy it again",
            ),
            Self::Folder => formatter.write_str(
                "what follows #path= is not a folder in the bundle. Name one, as in #path=content/post",
            ),
            Self::Repeated => formatter.write_str("the same thing is said twice after the #. Leave out one of the two"),
        }
    }
}

impl std::error::Error for FragmentRefused {}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_pin_is_taken_in_every_form_that_can_be_meant_only_so() {
        let pinned = Fragment { sha256: digest(DIGITS), folder: None };
        let forms = [
            format!("sha256={DIGITS}"),
            format!("SHA256={}", DIGITS.to_uppercase()),
            format!("sha256 = {DIGITS} "),
            format!("sha256={DIGITS}  health.tar.zst"),
            format!("sha256={DIGITS} *health.tar.zst"),
            format!("sha256={DIGITS}%20%20health.tar.zst"),
            format!("sha256=\\{DIGITS}  health\\\\news.zip"),
            format!("sha256=SHA256 (health.tar.zst) = {DIGITS}"),
        ];
        for form in forms {
            assert_eq!(Fragment::parse(&form), Ok(pinned.clone()), "{form}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_and_a_digest_in_it_is_put_into_the_right_form() {
        let digest = digest(DIGITS);
        let base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        let cases = [
            (format!("sha256:{DIGITS}"), digest),
            (format!("sha256-{base64}"), digest),
            (format!("sha256-{DIGITS}"), digest),
            (DIGITS.to_owned(), digest),
            (format!("SHA256(p.tar.zst)= {DIGITS}"), digest),
            (format!("sha-256={DIGITS}"), digest),
            (format!("sha256%3D{DIGITS}"), digest),
            (format!("name=x&sha256={DIGITS}"), digest),
            (format!("sha256={DIGITS}&name"), digest),
            (format!("sha512={DIGITS}{DIGITS}"), None),
            (format!("sha3-256={DIGITS}"), None),
            ("md5=d41d8cd98f00b204e9800998ecf8427e".to_owned(), None),
            ("sha25=".to_owned(), None),
            ("part".to_owned(), None),
            (String::new(), None),
        ];
        for (text, meant) in cases {
            let refused = Fragment::parse(&text).expect_err(&text);
            assert_eq!(refused, FragmentRefused::Unknown(meant), "{text}");
            let right =
                digest.filter(|_| meant.is_some()).map_or_else(String::new, |right| right.to_string());
            assert!(refused.to_string().contains(&format!("#sha256={right}")), "{refused}");
        }
    }

    #[test]
    fn a_folder_is_chosen_beside_a_pin_or_without_one() {
        let chosen = |pin| Ok(Fragment { sha256: pin, folder: Some("content/a post".to_owned()) });
        assert_eq!(Fragment::parse("path=content/a%20post"), chosen(None));
        assert_eq!(Fragment::parse(&format!("path=content/a post&sha256={DIGITS}")), chosen(digest(DIGITS)));
        for typed in ["path=", "path=/", "path=./", "path=..", "path=a/../b"] {
            assert_eq!(Fragment::parse(typed), Err(FragmentRefused::Folder), "{typed}");
        }
    }

    #[test]
    fn a_pin_that_is_no_digest_or_stands_twice_is_refused() {
        for digits in
            ["", "abc", DIGITS.trim_start_matches('e'), &format!("{DIGITS}0"), &DIGITS.replace('e', "g")]
        {
            assert_eq!(
                Fragment::parse(&format!("sha256={digits}")),
                Err(FragmentRefused::Digest),
                "{digits}"
            );
        }
        let twice = format!("sha256={DIGITS}&sha256={DIGITS}");
        assert_eq!(Fragment::parse(&twice), Err(FragmentRefused::Repeated));
    }
}
