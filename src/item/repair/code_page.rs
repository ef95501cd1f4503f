//! The one-byte encodings that text in UTF-8 is read in by mistake.

use std::sync::LazyLock;

use encoding_rs::{
    Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1257,
};

/// An encoding of one byte per character, whose lower half is ASCII.
pub(super) struct CodePage {
    /// The characters of the bytes from 0x80 on.
    upper: Vec<char>,
    /// The upper half, sorted by character.
    encoder: Vec<(char, u8)>,
    /// Bytes that the encoding leaves open stand for the control characters of the same number, as in browsers;
    /// and U+FFFD, which stands where a byte was lost, is encoded as 0x1A ("substitute").
    pub is_sloppy: bool,
    /// Blanks that stand where a no-break space is due are taken for one.
    pub restores_blanks: bool,
    /// It is an extension or a cousin of Latin-1, as the encodings of Windows are.
    pub is_like_latin1: bool,
}

/// The byte that stands for a lost one.
pub(super) const SUBSTITUTE: u8 = 0x1a;

impl CodePage {
    fn new(upper: Vec<char>) -> Self {
        let mut encoder: Vec<(char, u8)> = upper.iter().copied().zip(0x80..=0xff).collect();
        encoder.sort_unstable();
        Self { upper, encoder, is_sloppy: false, restores_blanks: true, is_like_latin1: false }
    }

    fn latin1() -> Self {
        let page = Self::new(('\u{80}'..='\u{ff}').collect());
        Self { is_like_latin1: true, ..page }
    }

    fn of(encoding: &'static Encoding) -> Self {
        let decode = |byte: u8| {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            text.chars().next().filter(|character| *character != '\u{fffd}').unwrap_or(char::from(byte))
        };
        Self::new((0x80..=0xff).map(decode).collect())
    }

    fn windows(encoding: &'static Encoding) -> Self {
        Self { is_sloppy: true, is_like_latin1: true, ..Self::of(encoding) }
    }

    /// The bytes that would be read as this text. `None` when it holds a character that the encoding has not.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        text.chars().map(|character| self.encode_character(character)).collect()
    }

    fn encode_character(&self, character: char) -> Option<u8> {
        match character {
            '\u{1a}' if self.is_sloppy => None,
            '\u{fffd}' if self.is_sloppy => Some(SUBSTITUTE),
            _ if character.is_ascii() => u8::try_from(character).ok(),
            _ => {
                let at = self.encoder.binary_search_by_key(&character, |(upper, _)| *upper).ok()?;
                self.encoder.get(at).map(|(_, byte)| *byte)
            }
        }
    }

    /// The character that this encoding has for the byte that Latin-1 reads as `character`.
    pub(super) fn decode_latin1(&self, character: char) -> char {
        let index = u32::from(character).checked_sub(0x80).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| self.upper.get(index)).copied().unwrap_or(character)
    }

    /// The bytes from 0x80 on with their characters.
    pub(super) fn upper_half(&self) -> impl Iterator<Item = (u8, char)> {
        (0x80..=0xff).zip(self.upper.iter().copied())
    }
}

/// The upper half of code page 437, the encoding of the first PCs, which browsers never had.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                     αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The encodings in the order in which they are tried: the likeliest first.
pub(super) static CODE_PAGES: LazyLock<Vec<CodePage>> = LazyLock::new(|| {
    vec![
        CodePage::latin1(),
        CodePage::windows(WINDOWS_1252),
        CodePage::windows(WINDOWS_1251),
        CodePage::windows(WINDOWS_1250),
        CodePage::windows(WINDOWS_1253),
        CodePage::windows(WINDOWS_1254),
        CodePage::windows(WINDOWS_1257),
        CodePage::of(ISO_8859_2),
        // Its byte 0xD0 is an en dash, behind which a blank is nothing odd.
        CodePage { restores_blanks: false, ..CodePage::of(MACINTOSH) },
        CodePage::new(CP437.chars().collect()),
    ]
});

/// Windows-1252, with the five bytes that it leaves open read as control characters.
pub(super) fn windows_1252() -> &'static CodePage {
    static PAGE: LazyLock<CodePage> = LazyLock::new(|| CodePage::windows(WINDOWS_1252));
    &PAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_page_has_a_character_for_every_byte_and_back() {
        for page in CODE_PAGES.iter() {
            let text: String = page.upper_half().map(|(_, character)| character).collect();
            assert_eq!(page.encode(&text).unwrap(), (0x80..=0xff).collect::<Vec<u8>>());
        }
    }
}
