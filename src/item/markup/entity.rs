//! What the entities of HTML stand for.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// The longest name of an entity, with its `&` and `;`, in bytes.
const LONGEST: usize = 33;

/// Names that browsers understand without a semicolon, of those that stand in articles.
const WITHOUT_SEMICOLON: [(&str, char); 18] = [
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("micro", 'µ'),
    ("plusmn", '±'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("middot", '·'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("para", '¶'),
    ("sect", '§'),
];

/// A text with its entities decoded, as browsers do; what is no entity stays.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut output = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    output.push_str(before);
    while !rest.is_empty() {
        let length = entity(rest, &mut output).unwrap_or_else(|| {
            output.push('&');
            1
        });
        let behind = rest.get(length..).unwrap_or_default();
        let next = behind.find('&').unwrap_or(behind.len());
        let (plain, left) = behind.split_at_checked(next).unwrap_or((behind, ""));
        output.push_str(plain);
        rest = left;
    }
    Cow::Owned(output)
}

/// Appends what the entity stands for that a text begins with, and tells its length.
fn entity(text: &str, output: &mut String) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    if let Some(number) = name.strip_prefix('#') {
        return numeric(number, output)?.checked_add(2);
    }
    let length = name.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric());
    let length = length.unwrap_or_else(|| name.len().min(LONGEST));
    let (name, behind) = name.split_at_checked(length)?;
    if behind.starts_with(';') {
        let whole = text.get(..length.checked_add(2)?)?;
        let decoded = html_escape::decode_html_entities(whole);
        if decoded != whole {
            output.push_str(&decoded);
            return Some(whole.len());
        }
    }
    let (known, stands_for) = WITHOUT_SEMICOLON.iter().find(|(known, _)| {
        name.strip_prefix(known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    })?;
    output.push(*stands_for);
    known.len().checked_add(1)
}

/// Appends the character of a number, and tells how long the number is, its semicolon included.
fn numeric(text: &str, output: &mut String) -> Option<usize> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1_usize),
        None => (text, 10, 0),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, behind) = digits.split_at_checked(length)?;
    if digits.is_empty() {
        return None;
    }
    output.push(character(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX)));
    prefix.checked_add(length)?.checked_add(usize::from(behind.starts_with(';')))
}

/// The character of a number. Those of the control characters between 128 and 159 are meant as Windows has them.
fn character(number: u32) -> char {
    match u8::try_from(number) {
        Ok(byte @ 0x80..=0x9f) => {
            let (text, _, _) = WINDOWS_1252.decode(std::slice::from_ref(&byte));
            text.chars().next().unwrap_or('\u{fffd}')
        }
        _ => char::from_u32(number).filter(|character| *character != '\0').unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_as_browsers_do() {
        for (text, expected) in [
            ("no entity", "no entity"),
            ("Caf&eacute; &amp; bar", "Café & bar"),
            ("don&#146;t &#x2019; &#8217", "don’t ’ ’"),
            ("5&nbsp10 &lt5", "5\u{a0}10 <5"),
            ("5 &lt 6 &amp&amp 7", "5 < 6 && 7"),
            ("&unknown; R&D & more &", "&unknown; R&D & more &"),
            ("&#0; &#xd800; &#99999999999;", "\u{fffd} \u{fffd} \u{fffd}"),
            ("&amp;lt;", "&lt;"),
            ("&#; &#x;", "&#; &#x;"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
