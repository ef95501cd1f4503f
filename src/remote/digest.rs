//! SHA-256 digests, which name the bytes of a bundle.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

/// The SHA-256 digest (FIPS 180-4) of a file. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256([u8; 32]);

/// What is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sha256 has 64 digits from 0 to 9 and a to f")]
pub struct NotSha256;

impl Sha256 {
    /// Reads 64 hexadecimal digits, in either case.
    pub fn parse(text: &str) -> Result<Self, NotSha256> {
        let digits = text.as_bytes();
        let mut digest = [0; 32];
        if digits.len() != 64 {
            return Err(NotSha256);
        }
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = char::from(*digit).to_digit(16).ok_or(NotSha256)?;
                *byte = (*byte << 4) | u8::try_from(value).map_err(|_| NotSha256)?;
            }
        }
        Ok(Self(digest))
    }

    /// Reads a digest as it was copied: its 64 digits, alone or in a line as `sha256sum` prints it, with the name of the
    /// file behind them (GNU coreutils) or in front of them (BSD, `sha256sum --tag`).
    pub fn pasted(text: &str) -> Option<Self> {
        let text = text.trim();
        let tagged = text.rsplit_once(") = ").filter(|(tag, _)| tag.starts_with("SHA256 ("));
        let line = tagged.map_or(text, |(_, digits)| digits);
        // A name with a line end in it is written with backslashes, and then one stands in front of the line.
        let line = line.strip_prefix('\\').unwrap_or(line);
        Self::parse(line.split_once(' ').map_or(line, |(digits, _)| digits)).ok()
    }

    /// The first eight digits, enough for a person to tell two digests apart.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl From<[u8; 32]> for Sha256 {
    fn from(digest: [u8; 32]) -> Self {
        Self(digest)
    }
}

impl TryFrom<String> for Sha256 {
    type Error = NotSha256;

    fn try_from(text: String) -> Result<Self, NotSha256> {
        Self::parse(&text)
    }
}

impl From<Sha256> for String {
    fn from(digest: Sha256) -> Self {
        digest.to_string()
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = String::with_capacity(64);
        for byte in self.0 {
            write!(digits, "{byte:02x}")?;
        }
        formatter.pad(&digits)
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sha256({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_64_digits_are_a_digest_and_case_does_not_matter() {
        let digits = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
        let digest = Sha256::parse(digits).expect("a digest");
        assert_eq!(digest.to_string(), digits.to_lowercase());
        assert_eq!(digest.short(), "e3b0c442");
        for wrong in [
            "",
            "e3b0",
            digits.trim_start_matches('E'),
            &digits.replace('E', "G"),
            &digits.replace("E3", "é"),
        ] {
            assert_eq!(Sha256::parse(wrong), Err(NotSha256), "{wrong}");
        }
    }
}
