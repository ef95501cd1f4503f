//! Names of entries in zip files, which say of themselves in what encoding they are, or do not.

use rawzip::extra_fields::ExtraFieldId;
use rawzip::{CreatorSystem, ZipFileHeaderRecord, crc32};

/// Code page 437, from 0x80: what names in zip files are in that do not say otherwise (APPNOTE.TXT 6.3.10, D.1). The letters
/// of western languages are at the same places in code page 850, which Windows writes there.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                             └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The path of an entry, with `/` between its parts: some programs on Windows write them as they are there.
///
/// Text in UTF-8 is taken as it is, whether it says that it is UTF-8 or not. Other names of Windows are in a code page, and
/// those of other systems are bytes of which nothing is known.
pub(super) fn path(record: &ZipFileHeaderRecord<'_>) -> Vec<u8> {
    let raw = record.file_path();
    let raw = raw.as_bytes();
    let path = match unicode_path(record, raw) {
        Some(path) => path.to_vec(),
        None if std::str::from_utf8(raw).is_err() && is_of_windows(record) => of_code_page(raw).into_bytes(),
        None => raw.to_vec(),
    };
    path.into_iter().map(|byte| if byte == b'\\' { b'/' } else { byte }).collect()
}

/// The path in UTF-8 that stands beside one in a code page (APPNOTE.TXT, 4.6.9), if it is that of the same name.
fn unicode_path<'a>(record: &'a ZipFileHeaderRecord<'_>, raw: &[u8]) -> Option<&'a [u8]> {
    const VERSION: u8 = 1;
    let (_, field) = record.extra_fields().find(|(id, _)| *id == ExtraFieldId::INFO_ZIP_UNICODE_PATH)?;
    let (version, field) = field.split_first()?;
    let (sum, path) = field.split_first_chunk()?;
    (*version == VERSION && u32::from_le_bytes(*sum) == crc32(raw) && std::str::from_utf8(path).is_ok())
        .then_some(path)
}

/// Whether an entry was made where names are in the code page of DOS.
fn is_of_windows(record: &ZipFileHeaderRecord<'_>) -> bool {
    // Info-ZIP says MVS of NTFS.
    const SYSTEMS: [CreatorSystem; 4] =
        [CreatorSystem::FAT, CreatorSystem::NTFS, CreatorSystem::MVS, CreatorSystem::VFAT];
    SYSTEMS.contains(&record.version_made_by().creator_system())
}

fn of_code_page(raw: &[u8]) -> String {
    let letter = |byte: &u8| {
        let place = byte.checked_sub(0x80).map(usize::from);
        place.and_then(|place| CODE_PAGE_437.chars().nth(place)).unwrap_or(char::from(*byte))
    };
    raw.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_page_has_a_letter_for_every_byte() {
        assert_eq!(CODE_PAGE_437.chars().count(), 128);
        let cases: [(&[u8], &str); 5] = [
            (b"plain.md", "plain.md"),
            (b"\x9aberwachung.md", "Überwachung.md"),
            (b"\x8ecole/caf\x82.md", "Äcole/café.md"),
            (b"\xe1\x99\x84", "ßÖä"),
            (b"\x80\xff", "Ç\u{a0}"),
        ];
        for (raw, expected) in cases {
            assert_eq!(of_code_page(raw), expected);
        }
    }
}
