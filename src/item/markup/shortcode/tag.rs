//! Takes template tags apart.

use super::Host;

/// The longest output tag or attribute list that is looked at, in bytes.
pub(super) const MAX_INLINE_TAG: usize = 300;

/// A template tag: its name and its arguments.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// The name in lower case, without the sign of an end tag.
    pub(super) name: String,
    /// Whether the name was typed in lower case.
    pub(super) is_lower_case: bool,
    /// Whether it ends what another one began.
    pub(super) closing: bool,
    /// Arguments without a name.
    pub(super) positional: Vec<String>,
    named: Vec<(String, String)>,
}

impl Tag {
    /// Reads what stands between the delimiters of a tag. What cannot be read is left out.
    pub(super) fn parse(inside: &str) -> Self {
        let mut rest = inside.trim();
        let mut tag = Self { closing: rest.starts_with('/'), ..Self::default() };
        rest = rest.trim_start_matches('/').trim_start();
        let length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, mut rest) = rest.split_at_checked(length).unwrap_or((rest, ""));
        tag.name = name.to_ascii_lowercase();
        tag.is_lower_case = tag.name == name;
        if let Some(value) = rest.strip_prefix('=') {
            let (value, after) = value_at(value);
            tag.positional.push(value);
            rest = after;
        }
        while let Some((name, value, after)) = argument(rest) {
            match name {
                Some(name) => tag.named.push((name, value)),
                None => tag.positional.push(value),
            }
            rest = after;
        }
        if let Some(ended) = tag.name.strip_prefix("end").filter(|ended| !ended.is_empty()) {
            (tag.name, tag.closing) = (ended.to_owned(), true);
        }
        tag
    }

    /// The first of some named arguments that has a value.
    pub(super) fn value(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.named.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        })
    }

    /// Whether it has any argument.
    pub(super) fn has_arguments(&self) -> bool {
        !self.named.is_empty() || !self.positional.is_empty()
    }
}

/// The next argument, with its name if it has one, and what follows it.
fn argument(text: &str) -> Option<(Option<String>, String, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    if text.is_empty() {
        return None;
    }
    let length = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    let (name, after) = text.split_at_checked(length)?;
    match after.trim_start().strip_prefix(['=', ':']) {
        Some(value) if !name.is_empty() && !value.starts_with('/') => {
            let (value, rest) = value_at(value.trim_start());
            Some((Some(name.to_owned()), value, rest))
        }
        _ => {
            let (value, rest) = value_at(text);
            Some((None, value, rest))
        }
    }
}

/// A quoted or bare value, and what follows it. Typographic quotes count, for editors make them.
fn value_at(text: &str) -> (String, &str) {
    const QUOTES: [(char, char); 6] =
        [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('”', '”'), ('″', '″')];
    let first = text.chars().next().unwrap_or(' ');
    let Some((_, close)) = QUOTES.into_iter().find(|(open, _)| *open == first) else {
        let length = text.find(char::is_whitespace).unwrap_or(text.len());
        let (value, rest) = text.split_at_checked(length).unwrap_or((text, ""));
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == close && !escaped {
            return (value, text.get(at + c.len_utf8()..).unwrap_or_default());
        }
        if escaped && c != close {
            value.push('\\');
        }
        escaped = c == '\\' && !escaped;
        if !escaped {
            value.push(c);
        }
    }
    (value, "")
}

/// The output tag that a text begins with, if it is one and not mathematics in braces: what is known of its
/// output, and its length. `{{ site.baseurl }}` is known to nobody, `{{ "/topics/" | url }}` is a path.
pub(super) fn output(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("{{")?;
    let length = inside.bytes().take(MAX_INLINE_TAG).position(|byte| byte == b'}')?;
    let expression = inside.get(..length)?.trim().trim_matches('-').trim();
    let length = inside.get(length..)?.starts_with("}}").then_some(2 + length + 2)?;
    if let Some(quote) = expression.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (path, after) = expression.get(1..)?.split_once(quote)?;
        let is_output = after.is_empty() || after.trim_start().starts_with('|');
        return is_output.then_some((path, length));
    }
    let first = expression.split([' ', '|']).next()?;
    let is_path = first.trim_start_matches(['.', '$']).starts_with(|c: char| c.is_ascii_alphabetic())
        && first.chars().all(|c| c.is_ascii_alphanumeric() || "._-$[]\"'".contains(c));
    let is_one = expression == first || expression.contains('|') || first.contains('.');
    (is_path && is_one).then_some(("", length))
}

/// How long the attribute list of kramdown is that a text begins with: `{: .class #id}`.
pub(super) fn attribute_list(text: &str, host: Host) -> Option<usize> {
    let inside = text.strip_prefix("{:").filter(|_| host == Host::Markdown)?;
    let length = inside.bytes().take(MAX_INLINE_TAG).position(|byte| matches!(byte, b'}' | b'\n'))?;
    let ends = inside.get(length..)?.starts_with('}');
    let list = inside.get(..length)?.trim_start();
    let is_list =
        list.starts_with(['.', '#', ':', '/']) || list.contains('=') || matches!(list.trim(), "toc" | "TOC");
    (ends && is_list).then_some(2 + length + 1)
}
