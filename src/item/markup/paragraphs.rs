//! Paragraphs of a text that marks them by empty lines only.

/// Puts each paragraph of an HTML text without block elements into an element.
pub(super) fn paragraphs(html: &str) -> String {
    split_at_empty_lines(html).flat_map(|paragraph| ["<p>", paragraph, "</p>\n"]).collect()
}

/// Parts a text at its empty lines, whichever way its lines end.
pub fn split_at_empty_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match empty_line(text) {
            Some((start, end)) => {
                rest = text.get(end..);
                text.get(..start)
            }
            None => rest.take(),
        }
    })
}

/// Where the first run of empty lines begins and ends.
fn empty_line(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('\n')?;
        let blank = text.get(start..)?;
        let end = start + blank.len() - blank.trim_start_matches([' ', '\t', '\r', '\n']).len();
        if text.get(start + 1..end)?.contains('\n') {
            return Some((start, end));
        }
        from = end.max(start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_at_empty_lines_only() {
        let parts = |text| split_at_empty_lines(text).collect::<Vec<_>>();
        assert_eq!(parts("one\ntwo\n\nthree\r\n \t\r\nfour"), ["one\ntwo", "three\r", "four"]);
        assert_eq!(parts(""), [""]);
        assert_eq!(parts("\n\n"), ["", ""]);
    }
}
