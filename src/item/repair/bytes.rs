//! Bytes that were meant to be UTF-8: small losses made good, and decoded.

use super::code_page::SUBSTITUTE;

/// Ranges of bytes, any of which fits.
type Bytes = &'static [(u8, u8)];

const BLANK: Bytes = &[(b' ', b' ')];
const FOLLOWING: Bytes = &[(0x80, 0xbf)];
/// Bytes that follow others in UTF-8, without 0x85 and 0xA0: those stand for white space in one-byte encodings.
const FOLLOWING_VISIBLE: Bytes = &[(0x80, 0x84), (0x86, 0x9f), (0xa1, 0xbf)];
const LOST: Bytes = &[(SUBSTITUTE, SUBSTITUTE)];
const LOST_OR_ASKED: Bytes = &[(SUBSTITUTE, SUBSTITUTE), (b'?', b'?')];
const LOST_OR_FOLLOWING: Bytes = &[(SUBSTITUTE, SUBSTITUTE), (0x80, 0xbf)];
const LOST_ASKED_OR_FOLLOWING: Bytes = &[(SUBSTITUTE, SUBSTITUTE), (b'?', b'?'), (0x80, 0xbf)];
const FIRST_OF_2: Bytes = &[(0xc2, 0xdf)];
const FIRST_OF_3: Bytes = &[(0xe0, 0xef)];
const FIRST_OF_4: Bytes = &[(0xf0, 0xf4)];
const SURROGATE: Bytes = &[(0xed, 0xed)];
const HIGH_SURROGATE: Bytes = &[(0xa0, 0xaf)];
const LOW_SURROGATE: Bytes = &[(0xb0, 0xbf)];

/// Sequences of UTF-8 in which some program has put a blank for the byte 0xA0, as far as they stand for characters
/// that are likely to be meant.
const WITH_BLANK: &[&[Bytes]] = &[
    &[&[(0xc2, 0xc3), (0xc5, 0xc5), (0xce, 0xce), (0xd0, 0xd0), (0xd9, 0xd9)], BLANK],
    &[&[(0xe2, 0xe3)], BLANK, FOLLOWING_VISIBLE],
    &[&[(0xe0, 0xe3)], FOLLOWING_VISIBLE, BLANK],
    &[&[(0xf0, 0xf0)], BLANK, FOLLOWING, FOLLOWING],
    &[&[(0xf0, 0xf0)], FOLLOWING, BLANK, FOLLOWING],
    &[&[(0xf0, 0xf0)], FOLLOWING, FOLLOWING, BLANK],
];

/// Sequences of UTF-8, and of pairs of surrogates written as if they were, in which bytes were lost.
const WITH_LOSS: &[&[Bytes]] = &[
    &[FIRST_OF_2, LOST],
    &[&[(0xc2, 0xc3)], &[(b'?', b'?')]],
    &[SURROGATE, HIGH_SURROGATE, LOST_OR_ASKED, SURROGATE, LOW_SURROGATE, LOST_ASKED_OR_FOLLOWING],
    &[SURROGATE, HIGH_SURROGATE, LOST_ASKED_OR_FOLLOWING, SURROGATE, LOW_SURROGATE, LOST_OR_ASKED],
    &[FIRST_OF_3, LOST_OR_ASKED, LOST_OR_FOLLOWING],
    &[FIRST_OF_3, LOST_OR_FOLLOWING, LOST_OR_ASKED],
    &[FIRST_OF_4, LOST_OR_ASKED, LOST_OR_FOLLOWING, LOST_OR_FOLLOWING],
    &[FIRST_OF_4, LOST_OR_FOLLOWING, LOST_OR_ASKED, LOST_OR_FOLLOWING],
    &[FIRST_OF_4, LOST_OR_FOLLOWING, LOST_OR_FOLLOWING, LOST_OR_ASKED],
    &[LOST],
];

/// What follows `Ã ` when `à` was a word of its own and the blank behind it has swallowed the no-break space; not
/// so in the Portuguese contractions `às`, `àquele`, `àquela`, `àquilo`.
const NO_WORD_A_GRAVE: &[&[u8]] = &[b" ", b"quele", b"quela", b"quilo", b"s "];

/// Puts the byte 0xA0, a no-break space in most one-byte encodings, back where a blank has taken its place within
/// a sequence of UTF-8.
pub(super) fn restore_no_break_spaces(bytes: Vec<u8>) -> Vec<u8> {
    if !positions(&bytes).any(|rest| matching(WITH_BLANK, rest).is_some()) {
        return bytes;
    }
    let mut words = Vec::with_capacity(bytes.len().saturating_add(8));
    for rest in positions(&bytes) {
        words.extend(rest.first());
        let is_word =
            rest.strip_prefix(b"\xc3 ").is_some_and(|behind| !starts_with_any(behind, NO_WORD_A_GRAVE));
        if is_word {
            words.push(0xa0);
        }
    }
    replace(&words, WITH_BLANK, |sequence, output| {
        output.extend(sequence.iter().map(|byte| if *byte == b' ' { 0xa0 } else { *byte }));
    })
}

/// Puts the sequence of U+FFFD for every sequence of UTF-8 that has lost a byte.
pub(super) fn replace_lost_bytes(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.contains(&SUBSTITUTE) && !bytes.contains(&b'?') {
        return bytes;
    }
    replace(&bytes, WITH_LOSS, |_, output| output.extend("\u{fffd}".bytes()))
}

/// Decodes UTF-8, and with it two variants of it: pairs of surrogates written as three bytes each (CESU-8), and
/// U+0000 as two bytes (Java). `None` when it is neither.
pub(super) fn decode_utf8(bytes: Vec<u8>) -> Option<String> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some(chunk) = rest.utf8_chunks().next() {
        text.push_str(chunk.valid());
        rest = rest.get(chunk.valid().len()..)?;
        if chunk.invalid().is_empty() {
            continue;
        }
        let (character, length) = decode_variant(rest)?;
        text.push(character);
        rest = rest.get(length..)?;
    }
    Some(text)
}

fn decode_variant(bytes: &[u8]) -> Option<(char, usize)> {
    match *bytes {
        [0xc0, 0x80, ..] => Some(('\0', 2)),
        [0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, 0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf, ..] => {
            let bits = |byte: u8, mask: u8| u32::from(byte & mask);
            let number = (bits(a, 0x0f) << 16) | (bits(b, 0x3f) << 10) | (bits(c, 0x0f) << 6) | bits(d, 0x3f);
            Some((char::from_u32(number.checked_add(0x1_0000)?)?, 6))
        }
        _ => None,
    }
}

/// Every tail of some bytes, the longest first.
fn positions(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    (0..bytes.len()).filter_map(|at| bytes.get(at..))
}

fn starts_with_any(bytes: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| bytes.starts_with(word))
}

/// The length of the first pattern that some bytes begin with.
fn matching(patterns: &[&[Bytes]], bytes: &[u8]) -> Option<usize> {
    // No pattern begins with ASCII, which most bytes are, but for the byte that stands for a lost one.
    if bytes.first().is_none_or(|first| first.is_ascii() && *first != SUBSTITUTE) {
        return None;
    }
    let fits = |pattern: &&&[Bytes]| {
        let fits_one =
            |(class, byte): (&Bytes, &u8)| class.iter().any(|(low, high)| (low..=high).contains(&byte));
        pattern.len() <= bytes.len() && pattern.iter().zip(bytes).all(fits_one)
    };
    patterns.iter().find(fits).map(|pattern| pattern.len())
}

/// Copies bytes, but hands every sequence that fits a pattern to `write`.
fn replace(bytes: &[u8], patterns: &[&[Bytes]], write: impl Fn(&[u8], &mut Vec<u8>)) -> Vec<u8> {
    let mut output = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        if let Some((sequence, tail)) =
            matching(patterns, rest).and_then(|length| rest.split_at_checked(length))
        {
            write(sequence, &mut output);
            rest = tail;
        } else {
            output.push(*first);
            rest = behind;
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_within_a_sequence_is_a_no_break_space() {
        let cases: &[(&[u8], &[u8])] = &[
            (b"plain \xc3\xa9", b"plain \xc3\xa9"),
            (b"\xc3  la", b"\xc3\xa0 la"),
            (b"\xc3 la", b"\xc3\xa0 la"),
            (b"\xc3 s vezes", b"\xc3\xa0s vezes"),
            (b"\xe2\x80 x", b"\xe2\x80\xa0x"),
            (b"\xf0 \x9f\x98", b"\xf0\xa0\x9f\x98"),
        ];
        for (bytes, restored) in cases {
            assert_eq!(restore_no_break_spaces(bytes.to_vec()), *restored, "{bytes:?}");
        }
    }

    #[test]
    fn lost_bytes_cost_one_character_each() {
        let cases: &[(&[u8], &str)] = &[
            (b"\xe2\x80\x1a", "\u{fffd}"),
            (b"\xe2\x1a\x1a!", "\u{fffd}!"),
            (b"\xc3?", "\u{fffd}"),
            (b"why? \x1a", "why? \u{fffd}"),
            (b"\xf0\x9f\x98\x1a", "\u{fffd}"),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode_utf8(replace_lost_bytes(bytes.to_vec())).as_deref(), Some(*text), "{bytes:?}");
        }
    }

    #[test]
    fn variants_of_utf8_are_decoded_and_anything_else_is_not() {
        assert_eq!(decode_utf8(b"\xed\xa0\xbd\xed\xb8\x80 \xc0\x80".to_vec()).as_deref(), Some("😀 \0"));
        assert_eq!(decode_utf8(b"\xed\xa0\xbd".to_vec()), None);
        assert_eq!(decode_utf8(b"\xff".to_vec()), None);
    }
}
