//! Reads the controls of forms, as far as a reader wants to know of them.

use super::dom::Element;
use super::html::Reader;

/// A box that is ticked.
pub(super) const TICKED: char = '☑';
/// A box that is not.
pub(super) const UNTICKED: char = '☐';

/// Reads `<input>`, `<select>`, `<button>` or `<textarea>`.
pub(super) fn read(reader: &mut Reader, element: &Element) {
    match element.name.as_str() {
        "input" => input(reader, element),
        "select" => select(reader, element),
        _ if element.text().trim().is_empty() => {}
        _ => {
            reader.text("[");
            reader.children(element);
            reader.close_with("]");
        }
    }
}

fn input(reader: &mut Reader, element: &Element) {
    let chosen = element.attribute("checked").is_some();
    match element.attribute("type").unwrap_or("text").to_ascii_lowercase().as_str() {
        "checkbox" => {
            reader.text(&format!("{} ", if chosen { TICKED } else { UNTICKED }));
        }
        "radio" => reader.text(if chosen { "● " } else { "○ " }),
        "hidden" | "image" => {}
        _ => {
            let shown =
                element.attribute("value").or_else(|| element.attribute("placeholder")).unwrap_or_default();
            if !shown.trim().is_empty() {
                reader.text(&format!("[{}]", shown.trim()));
            }
        }
    }
}

/// Shows all choices: there is nothing to choose with, but there is something to read.
fn select(reader: &mut Reader, element: &Element) {
    let mut choices = Vec::new();
    collect_choices(element, &mut choices);
    if !choices.is_empty() {
        reader.text(&format!("[{}]", choices.join(" / ")));
    }
}

fn collect_choices(element: &Element, choices: &mut Vec<String>) {
    for child in element.elements() {
        match child.name.as_str() {
            "option" => choices.push(child.text().trim().to_owned()),
            _ => collect_choices(child, choices),
        }
    }
}
