//! Sets `MathML` in one line, as far as its meaning would be lost with its layout.

use super::entity::decoded;
use super::script::{lowered, raised};
use super::token::{Token, tokens};

/// How deep a formula is understood; what is deeper is read as text.
const MAX_DEPTH: usize = 40;

/// A part of a formula.
#[derive(Debug, Default)]
struct Part {
    name: String,
    text: String,
    parts: Vec<Part>,
}

/// What stands between `<math>` and its end, as text.
pub(super) fn set(math: &str) -> String {
    let mut open = vec![Part::default()];
    for token in tokens(math) {
        match token {
            Token::Text(text) => {
                let text = decoded(text).split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(part) = open.last_mut().filter(|_| !text.is_empty()) {
                    part.parts.push(Part { text, ..Part::default() });
                }
            }
            Token::Tag(tag) if tag.is_end => {
                let depth = open.iter().rposition(|part| part.name == *tag.name).unwrap_or(open.len());
                while open.len() > depth.max(1) {
                    close(&mut open);
                }
            }
            Token::Tag(tag) if tag.attributes.0.ends_with('/') || open.len() > MAX_DEPTH => {}
            Token::Tag(tag) => open.push(Part { name: tag.name.into_owned(), ..Part::default() }),
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.first().map(row).unwrap_or_default().trim().to_owned()
}

fn close(open: &mut Vec<Part>) {
    let Some(part) = open.pop() else { return };
    if let Some(outer) = open.last_mut() {
        outer.parts.push(part);
    }
}

fn written(part: &Part) -> String {
    match (part.name.as_str(), part.parts.as_slice()) {
        ("", []) => part.text.clone(),
        ("annotation" | "annotation-xml", _) => String::new(),
        ("semantics", [first, ..]) => written(first),
        ("mfrac", [above, below]) => format!("{}/{}", grouped(above), grouped(below)),
        ("msqrt", [only]) => format!("√{}", grouped(only)),
        ("msqrt", _) => format!("√{}", bracketed(row(part), true)),
        ("mroot", [base, index]) => format!("{}√{}", raised(&tight(index), None), grouped(base)),
        ("msup" | "mover", [base, above]) => with_script(base, raised, above),
        ("msub" | "munder", [base, below]) => with_script(base, lowered, below),
        ("msubsup" | "munderover", [base, below, above]) => {
            let based = with_script(base, lowered, below);
            let last = based.chars().next_back();
            based + &raised(&tight(above), last)
        }
        ("mfenced", parts) => {
            format!("({})", parts.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        ("mtable", rows) => rows.iter().map(written).collect::<Vec<_>>().join("; "),
        ("mtr", cells) => cells.iter().map(written).collect::<Vec<_>>().join(", "),
        _ => row(part),
    }
}

fn with_script(base: &Part, set: fn(&str, Option<char>) -> String, script: &Part) -> String {
    let base = grouped(base);
    let last = base.chars().next_back();
    base + &set(&tight(script), last)
}

/// The parts of a row one behind the other, with spaces around the signs that relate what stands beside them.
fn row(part: &Part) -> String {
    let mut text = String::new();
    let mut behind_operand = false;
    let mut parts = part.parts.iter().peekable();
    while let Some(part) = parts.next() {
        let set = written(part);
        let relates = part.name == "mo" && "=<>≤≥≈≠→+-−±×".contains(set.trim());
        if relates && behind_operand && !set.is_empty() && parts.peek().is_some() {
            text.extend([" ", set.trim(), " "]);
        } else {
            text.push_str(&set);
        }
        behind_operand = !relates && !set.is_empty();
    }
    text
}

/// A part without spaces, as it stands in a script.
fn tight(part: &Part) -> String {
    written(part).split_whitespace().collect()
}

/// A part in brackets when it has several parts, unless it has them already.
fn grouped(part: &Part) -> String {
    let mut inner = part;
    while let ("mrow" | "mstyle" | "mpadded", [only]) = (inner.name.as_str(), inner.parts.as_slice()) {
        inner = only;
    }
    let is_row = matches!(inner.name.as_str(), "mrow" | "mstyle" | "mpadded" | "mfrac");
    bracketed(written(inner), is_row && inner.parts.len() > 1)
}

fn bracketed(text: String, is_long: bool) -> String {
    let is_whole = text.starts_with('(') && text.ends_with(')');
    if is_long && !is_whole { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_keep_their_meaning_in_one_line() {
        for (math, expected) in [
            ("<msup><mi>x</mi><mn>2</mn></msup><mo>/</mo><mfrac><mi>a</mi><mi>b</mi></mfrac>", "x²/a/b"),
            ("<msup>\n <mn>10</mn>\n <mrow>\n  <mo>-</mo>\n  <mn>3</mn>\n </mrow>\n</msup>", "10⁻³"),
            ("<mfrac><mn>1</mn><msqrt><mi>n</mi></msqrt></mfrac>", "1/√n"),
            ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a + b)"),
            ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
            ("<msub><mi>t</mi><mfrac><mn>1</mn><mn>2</mn></mfrac></msub>", "t_(1/2)"),
            ("<mo>-</mo><mn>3</mn>", "-3"),
            ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
            ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a + 1)/b"),
            ("p &lt; 0.05", "p < 0.05"),
        ] {
            assert_eq!(set(math), expected, "{math}");
        }
    }

    #[test]
    fn a_deep_formula_is_read() {
        let deep = format!("{}x{}", "<msqrt>".repeat(5_000), "</msqrt>".repeat(5_000));
        assert!(set(&deep).contains('x'));
    }
}
