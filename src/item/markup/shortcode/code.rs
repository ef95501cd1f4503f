//! Finds the code in a text, in which nothing is to be replaced.

/// A code block between rows of backticks or tildes. One that is never closed reaches to the end of the text.
pub(super) fn fenced(text: &str, starts_line: bool) -> Option<usize> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    if length < 3 || !starts_line {
        return None;
    }
    let mut used = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        used += line.len();
        let closing = line.trim_matches([' ', '\t', '\r', '\n', '>']);
        if index == 0 && sign == '`' && closing.trim_start_matches(sign).contains(sign) {
            return None;
        }
        if index > 0 && closing.len() >= length && closing.chars().all(|c| c == sign) {
            break;
        }
    }
    Some(used)
}

/// Code within a paragraph, between equally long runs of backticks.
pub(super) fn span(text: &str) -> Option<usize> {
    let inside = text.trim_start_matches('`');
    let length = text.len() - inside.len();
    if length == 0 {
        return None;
    }
    let mut at = 0;
    while let Some(offset) = inside.get(at..).and_then(|rest| rest.find('`')) {
        let (text, run) = inside.get(at..)?.split_at_checked(offset)?;
        if text.contains("\n\n") {
            break;
        }
        let run_length = run.len() - run.trim_start_matches('`').len();
        at += offset + run_length;
        if run_length == length {
            return Some(length + at);
        }
    }
    // The whole run is passed over, so that its shorter ends are not tried.
    Some(length)
}

/// The end of the element or the comment that a text begins with, if its contents are to stay as they are.
pub(super) fn end_of_element(text: &str) -> Option<String> {
    let body = text.strip_prefix('<')?;
    if body.starts_with("!--") {
        return Some("-->".to_owned());
    }
    let name = ["pre", "code", "script", "style"].into_iter().find(|name| {
        let begins = body.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        begins && body.get(name.len()..).is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\t']))
    })?;
    Some(format!("</{name}>"))
}
