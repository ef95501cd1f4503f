//! JSON that is safe to print on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value as one line of JSON, without a line end.
///
/// Characters that a terminal could obey, or that a person cannot see, are written as `\u` escapes: nothing
/// is lost, and nothing happens.
pub fn to_json(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, TerminalSafe);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Writes a value as one line of JSON, with its line end.
pub fn to_json_line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    to_json(out, value)?;
    out.write_all(b"\n")
}

/// A compact layout that escapes what [`serde_json`] by itself would pass on.
struct TerminalSafe;

impl Formatter for TerminalSafe {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unprintable) {
            let (clean, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            writer.write_all(clean.as_bytes())?;
            let mut characters = from.chars();
            for unit in characters.next().map(|c| c.encode_utf16(&mut [0; 2]).to_vec()).unwrap_or_default() {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Whether a character is a control character or one that cannot be seen: the categories Cc, Cf, Zl and Zp
/// of Unicode, with the variation selectors and the fillers that are drawn as nothing.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(text: &str) -> String {
        let mut out = Vec::new();
        to_json(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_terminal_could_obey_is_escaped() {
        let cases = [
            ("plain é ’ 漢字 😀", "\"plain é ’ 漢字 😀\""),
            ("\x1b[31m\x07", "\"\\u001b[31m\\u0007\""),
            ("a\x7fb\u{9b}c", "\"a\\u007fb\\u009bc\""),
            ("\u{202e}gpj.exe", "\"\\u202egpj.exe\""),
            ("zero\u{200b}width\u{feff}", "\"zero\\u200bwidth\\ufeff\""),
            ("\u{2028}\u{2029}", "\"\\u2028\\u2029\""),
            ("\u{e0001}tag", "\"\\udb40\\udc01tag\""),
            ("\"quoted\" \\ \n", "\"\\\"quoted\\\" \\\\ \\n\""),
        ];
        for (text, expected) in cases {
            assert_eq!(json(text), expected);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_unprintable_is_left(text in any::<String>()) {
            let written = json(&text);
            prop_assert!(!written.chars().any(is_unprintable), "{written:?}");
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
