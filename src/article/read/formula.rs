//! Reads the few elements of `MathML` whose meaning would be lost with their layout.

use super::dom::Element;
use super::html::Reader;
use super::script::{lowered, raised};

/// Reads a fraction, a root or a script.
pub(super) fn read(reader: &mut Reader, element: &Element) {
    let parts: Vec<&Element> = element.elements().collect();
    match (element.name.as_str(), parts.as_slice()) {
        ("mfrac", [above, below]) => {
            operand(reader, above);
            reader.close_with("/");
            operand(reader, below);
        }
        ("msqrt", _) => reader.text(&format!("√{}", grouped(element))),
        ("msup", [base, above]) => {
            reader.element(base);
            reader.close_with(&raised(above.text().trim()));
        }
        ("msub", [base, below]) => {
            reader.element(base);
            reader.close_with(&lowered(below.text().trim()));
        }
        ("msubsup", [base, below, above]) => {
            reader.element(base);
            reader.close_with(&lowered(below.text().trim()));
            reader.close_with(&raised(above.text().trim()));
        }
        _ => reader.children(element),
    }
}

fn operand(reader: &mut Reader, element: &Element) {
    reader.text(&grouped(element));
}

/// The text of an element, in brackets when it has several parts.
fn grouped(element: &Element) -> String {
    let text = element.text();
    let text = text.trim();
    if element.elements().count() > 1 { format!("({text})") } else { text.to_owned() }
}
