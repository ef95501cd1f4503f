//! Raised and lowered text, as far as Unicode has characters for it.

/// What may be written behind a number without changing what it says: the endings of ordinals, and trade marks.
const BEHIND_NUMBERS: [&str; 16] =
    ["st", "nd", "rd", "th", "er", "re", "ère", "ème", "eme", "nde", "ste", "de", "te", "tm", "sm", "mo"];

/// Text raised above the line: `10³`, `x^(a+b)`; ordinals and trade marks stay plain, as in `1st`. `before` is the
/// character that it stands behind: nothing is raised in such a way that it reads as a part of a number.
pub(super) fn raised(text: &str, before: Option<char>) -> String {
    mapped(text, superscript).unwrap_or_else(|| {
        let behind_number = before.is_some_and(char::is_numeric);
        let is_word =
            text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.contains(['+', '-', '=', '^']);
        let is_plain_word = is_word
            && (!behind_number
                || BEHIND_NUMBERS.contains(&text.to_lowercase().as_str())
                || text.starts_with(char::is_whitespace));
        let is_mark = !text.contains(char::is_alphanumeric) || text.starts_with(['[', '(']);
        match text.chars().count() {
            _ if is_plain_word || is_mark => text.to_owned(),
            1 => format!("^{text}"),
            _ => format!("^({text})"),
        }
    })
}

/// Text lowered below the line: `H₂O`, `t_(1/2)`. Names stay plain, as in `HbA1c` and `Cmax`, unless they stand behind
/// a number.
pub(super) fn lowered(text: &str, before: Option<char>) -> String {
    mapped(text, subscript).unwrap_or_else(|| {
        let behind_number = before.is_some_and(char::is_numeric);
        let is_name = text.contains(char::is_alphabetic) && !behind_number;
        match text.chars().count() {
            _ if is_name || !text.contains(char::is_alphanumeric) => text.to_owned(),
            1 => format!("_{text}"),
            _ => format!("_({text})"),
        }
    })
}

/// A mark that refers to something else, such as a footnote. It can be taken neither for an exponent nor for the
/// number of a link.
pub(super) fn reference(label: &str) -> String {
    let label = label.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']).trim();
    if label.is_empty() || !label.contains(char::is_alphanumeric) {
        return label.to_owned();
    }
    match mapped(label, superscript) {
        Some(raised) => format!("⁽{raised}⁾"),
        None => format!("({label})"),
    }
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
            ("(1)", "(1)", "_((1))"),
            ("max", "max", "max"),
            ("1/2", "^(1/2)", "_(1/2)"),
            ("0.75", "^(0.75)", "_(0.75)"),
            ("1c", "^(1c)", "1c"),
        ] {
            let set = (raised(text, Some('x')), lowered(text, Some('x')));
            assert_eq!((set.0.as_str(), set.1.as_str()), (up, down), "{text}");
        }
    }

    #[test]
    fn nothing_becomes_a_part_of_the_number_before_it() {
        for (text, up, down) in [
            ("9", "⁹", "₉"),
            ("x", "^x", "_x"),
            ("ab", "^(ab)", "_(ab)"),
            ("th", "th", "_(th)"),
            ("6.5", "^(6.5)", "_(6.5)"),
            ("†", "†", "†"),
        ] {
            let set = (raised(text, Some('1')), lowered(text, Some('1')));
            assert_eq!((set.0.as_str(), set.1.as_str()), (up, down), "{text}");
        }
    }

    #[test]
    fn a_reference_is_told_from_an_exponent_and_from_the_number_of_a_link() {
        for (label, mark) in
            [("9", "⁽⁹⁾"), ("[12]", "⁽¹²⁾"), ("1,2", "(1,2)"), ("a", "(a)"), ("*", "*"), ("[ ]", "")]
        {
            assert_eq!(reference(label), mark, "{label}");
        }
    }
}
