//! Undoing gzip (RFC 1952): members one after the other, and zeros behind them.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::error::ArchiveError;

/// The first byte of a member.
const MAGIC: u8 = 0x1f;

/// What the members of a gzip file decode to. Zeros behind the last one are padding, as tapes and disks leave them.
pub(super) struct GzMembers<R> {
    /// `None` when the last member has ended.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> GzMembers<R> {
    pub(super) fn new(file: R) -> Self {
        Self { member: Some(GzDecoder::new(file)) }
    }
}

impl<R: BufRead> Read for GzMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let bytes = member.read(buffer)?;
            if bytes > 0 || buffer.is_empty() {
                return Ok(bytes);
            }
            if let Some(member) = self.member.take() {
                self.member = next_member(member.into_inner())?;
            }
        }
        Ok(0)
    }
}

/// The member that comes next, behind zeros; `None` at the end of the file.
fn next_member<R: BufRead>(mut file: R) -> io::Result<Option<GzDecoder<R>>> {
    loop {
        let buffer = file.fill_buf()?;
        let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        match buffer.get(zeros) {
            None if buffer.is_empty() => return Ok(None),
            None => file.consume(zeros),
            Some(&MAGIC) => {
                file.consume(zeros);
                return Ok(Some(GzDecoder::new(file)));
            }
            Some(_) => {
                return Err(ArchiveError::damaged("something follows its end that is no part of it").into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What a file decodes to that comes in pieces of any size.
    fn decoded(file: &[u8]) -> Result<String, String> {
        let mut whole = String::new();
        for piece in [1, 7, 8192] {
            let pieces = io::BufReader::with_capacity(piece, file);
            let mut text = String::new();
            GzMembers::new(pieces).read_to_string(&mut text).map_err(|error| error.to_string())?;
            assert!(piece == 1 || text == whole, "in pieces of {piece}: {text}");
            whole = text;
        }
        Ok(whole)
    }

    #[test]
    fn members_follow_each_other_and_zeros_are_padding() {
        let (one, two, empty) = (gz(b"one "), gz(b"two"), gz(b""));
        let cases = [
            (one.clone(), "one "),
            ([&one[..], &two].concat(), "one two"),
            ([&one[..], &empty, &two].concat(), "one two"),
            ([&one[..], &[0; 10_240]].concat(), "one "),
            ([&one[..], &[0; 3], &two, &[0]].concat(), "one two"),
            (empty, ""),
        ];
        for (file, text) in cases {
            assert_eq!(decoded(&file).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_else_follows_is_no_part_and_a_member_that_ends_early_is_cut_off() {
        let one = gz(b"one ");
        for rest in [&b"text\n"[..], b"\0\0text", b"<html>"] {
            let error = decoded(&[&one[..], rest].concat()).unwrap_err();
            assert!(error.contains("something follows its end"), "{error}");
        }
        for end in [one.len() - 1, one.len() - 9, 5] {
            let cut = [&one[..], &one[..end]].concat();
            let error = GzMembers::new(cut.as_slice()).read_to_end(&mut Vec::new()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{error}");
        }
    }
}
