//! What the pax format says about an entry before its header (POSIX.1-2024, pax, "pax Extended Header").

use super::error::ArchiveError;

/// What is said about an entry, as far as it matters here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pax {
    /// Its path.
    pub(super) path: Option<Vec<u8>>,
    /// Where it leads, if it is a link.
    pub(super) link: Option<Vec<u8>>,
    /// How many bytes of it are in the archive.
    pub(super) size: Option<u64>,
    /// Whether it has holes, which GNU tar writes in three ways, all of them under names of its own.
    pub(super) sparse: bool,
    /// What else is said of it.
    pub(super) comment: Option<Vec<u8>>,
}

impl Pax {
    /// Reads records of the form `LENGTH KEY=VALUE⏎`, where the length is that of the record in all. A value may hold
    /// any bytes, line ends too.
    ///
    /// # Errors
    ///
    /// When the records do not fill the bytes, or a size is none: nobody knows then where the next entry begins.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut said = Self::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (key, value, after) = record(rest).ok_or_else(unsound)?;
            match key {
                // A sparse file has its name here, and that of a part under `path`.
                b"GNU.sparse.name" => (said.path, said.sparse) = (Some(value.to_vec()), true),
                b"path" if said.path.is_none() || !said.sparse => said.path = Some(value.to_vec()),
                b"comment" => said.comment = Some(value.to_vec()),
                b"linkpath" => said.link = Some(value.to_vec()),
                b"size" => said.size = Some(number(value).ok_or_else(unsound)?),
                _ if key.starts_with(b"GNU.sparse.") => said.sparse = true,
                _ => {}
            }
            rest = after;
        }
        Ok(said)
    }
}

/// The key and the value of the first record, and what comes after it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let blank = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let length = usize::try_from(number(bytes.get(..blank)?)?).ok()?;
    let (record, after) = bytes.split_at_checked(length)?;
    let text = record.get(blank.checked_add(1)?..)?.strip_suffix(b"\n")?;
    let equals = text.iter().position(|byte| *byte == b'=')?;
    let (key, value) = text.split_at_checked(equals)?;
    Some((key, value.get(1..)?, after))
}

fn number(digits: &[u8]) -> Option<u64> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn unsound() -> ArchiveError {
    ArchiveError::damaged("what is said about an entry cannot be understood")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record, whose length counts its own digits.
    fn record_of(key: &[u8], value: &[u8]) -> Vec<u8> {
        let rest = [b" ", key, b"=", value, b"\n"].concat();
        let length =
            (rest.len()..rest.len() + 9).find(|length| length.to_string().len() + rest.len() == *length);
        [length.unwrap().to_string().as_bytes(), &rest].concat()
    }

    #[test]
    fn records_are_read_whatever_bytes_are_in_them() {
        let bytes = [
            record_of(b"path", b"line\nend=.md"),
            record_of(b"linkpath", b"other.md"),
            record_of(b"size", b"70"),
            record_of(b"mtime", b"1350244992.023959108"),
            record_of(b"SCHILY.xattr.security", b"\xff\n\0=\n"),
        ];
        let expected = Pax {
            path: Some(b"line\nend=.md".to_vec()),
            link: Some(b"other.md".to_vec()),
            size: Some(70),
            sparse: false,
            comment: None,
        };
        assert_eq!(Pax::parse(&bytes.concat()).unwrap(), expected);
        assert!(Pax::parse(&record_of(b"GNU.sparse.major", b"1")).unwrap().sparse);
        assert_eq!(Pax::parse(b"").unwrap(), Pax::default());
    }

    #[test]
    fn records_that_are_unsound_are_refused() {
        let cases: [&[u8]; 10] = [
            b"path=a.md\n",
            b"999 path=a.md\n",
            b"0 path=a.md\n",
            b"99999999999999999999999 path=a\n",
            b"13 path=a.md",
            b"11 size=-1\n",
            b"14 size=99999\n\n",
            b"3 \n",
            b"10 nothing\n",
            b" 13 path=a.md\n",
        ];
        for bytes in cases {
            assert!(Pax::parse(bytes).is_err(), "{}", bytes.escape_ascii());
        }
    }
}
