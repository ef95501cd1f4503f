//! Raised and lowered text, as far as Unicode has characters for it.

/// Text raised above the line: `10³`, `x^(a+b)`; ordinals and trade marks stay plain, as in `1st`.
pub(super) fn raised(text: &str) -> String {
    mapped(text, superscript).unwrap_or_else(|| {
        let is_word =
            text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.contains(['+', '-', '=']);
        let is_mark = !text.contains(char::is_alphanumeric) || text.starts_with(['[', '(']);
        match text.chars().count() {
            _ if is_word || is_mark => text.to_owned(),
            1 => format!("^{text}"),
            _ => format!("^({text})"),
        }
    })
}

/// Text lowered below the line: `H₂O`; what Unicode cannot lower stays plain.
pub(super) fn lowered(text: &str) -> String {
    mapped(text, subscript).unwrap_or_else(|| text.to_owned())
}

fn mapped(text: &str, map: fn(char) -> Option<char>) -> Option<String> {
    text.chars().map(map).collect()
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(u32::from(c) - u32::from('4') + u32::from('⁴'))?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '=' => '⁼',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn subscript(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('₀'))?,
        '+' => '₊',
        '-' | '−' | '–' => '₋',
        '=' => '₌',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raises_and_lowers_what_unicode_can() {
        for (text, up, down) in [
            ("2", "²", "₂"),
            ("-14", "⁻¹⁴", "₋₁₄"),
            ("n", "ⁿ", "n"),
            ("a+b", "^(a+b)", "a+b"),
            ("k", "^k", "k"),
            ("th", "th", "th"),
            ("®", "®", "®"),
            ("[1]", "[1]", "[1]"),
            ("max", "max", "max"),
        ] {
            assert_eq!((raised(text).as_str(), lowered(text).as_str()), (up, down), "{text}");
        }
    }
}
