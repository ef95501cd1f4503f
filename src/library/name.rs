//! What items of one date are ordered by: their title, then their path, then the place of their source.
//!
//! All three are kept as one string of bytes, so that to compare two of them is to compare bytes, and the path costs no
//! more memory than its own length. Without the path, the order of items with one date and title would be that in which
//! their files happened to be read.

use super::Headline;

/// Stands between the parts. No title holds it, because no control character may stand in one.
const BETWEEN: u8 = 0;

/// The name of an item. The first source has no place in it.
pub(super) fn of(headline: &Headline) -> Vec<u8> {
    let mut name = [headline.title.as_bytes(), &[BETWEEN], headline.path.as_bytes()].concat();
    if headline.place > 0 {
        name.push(BETWEEN);
        name.extend(headline.place.to_be_bytes());
    }
    name
}

/// The title in a name.
pub(super) fn title(name: &[u8]) -> &str {
    let title = parts(name).next().unwrap_or_default();
    // One that was too long for the arena may be cut within a character.
    str::from_utf8(title)
        .or_else(|cut| str::from_utf8(title.get(..cut.valid_up_to()).unwrap_or_default()))
        .unwrap_or_default()
}

/// The place of the source in a name.
pub(super) fn place(name: &[u8]) -> u16 {
    let place = parts(name).nth(2).and_then(|place| place.try_into().ok());
    place.map(u16::from_be_bytes).unwrap_or_default()
}

fn parts(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.splitn(3, |byte| *byte == BETWEEN)
}
