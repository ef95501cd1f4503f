//! Damage as real bundles have it: text read in the wrong encoding, and files whose front matter is broken.

use super::chance::Chance;

/// Damages the text of one item in eight, in ways that can be repaired.
pub fn text(text: String, chance: &mut Chance) -> String {
    match chance.below(40) {
        0..3 => text.replace('’', "â€™").replace('“', "â€œ").replace('”', "â€\u{9d}"),
        3 => text.replace('’', "\u{92}").replace('–', "\u{96}"),
        4 => text.replace("&nbsp;", "&amp;nbsp;").replace('’', "&amp;rsquo;"),
        _ => text,
    }
}

/// The bytes of a file: one in a hundred is broken, in one of four ways, and another one is odd.
pub fn file(text: String, chance: &mut Chance) -> Vec<u8> {
    match chance.below(400) {
        0 => text.replacen("\ntitle: '", "\ntitle: 'it''s ' broken ", 1).into_bytes(),
        1 => text.replacen("\nlink:\n", "\nlink:\n\t\tbrand: [tabs\n", 1).into_bytes(),
        2 => text.replacen("\n---\n", "\n", 1).into_bytes(),
        3 => text.into_bytes().into_iter().take(1200).collect(),
        4..6 => text.replacen("---\n", "---\ntitle: 'A first title'\n", 1).into_bytes(),
        6..8 => text.chars().map(|character| u8::try_from(character).unwrap_or(0x92)).collect(),
        _ => text.into_bytes(),
    }
}
