//! Finds web addresses that stand bare in running text.

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    /// Text without an address.
    Text(&'a str),
    /// An address.
    Address(&'a str),
}

/// Parts a text into addresses and what is between them.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, address, after)) = next_address(rest) {
        if !before.is_empty() {
            found.push(Stretch::Text(before));
        }
        found.push(Stretch::Address(address));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Stretch::Text(rest));
    }
    found
}

fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let start = from + [rest.find("http"), rest.find("www.")].into_iter().flatten().min()?;
        let candidate = text.get(start..)?;
        from = start + "www.".len();
        let scheme = ["https://", "http://", "www."].into_iter().find(|scheme| candidate.starts_with(scheme));
        let begins_word = !text.get(..start)?.ends_with(char::is_alphanumeric);
        let Some(scheme) = scheme.filter(|_| begins_word) else { continue };
        let length = address_length(candidate);
        let is_named = *scheme != *"www." || candidate.get(..length)?.matches('.').count() > 1;
        if length > scheme.len() && is_named {
            return Some((text.get(..start)?, candidate.get(..length)?, candidate.get(length..)?));
        }
    }
}

/// How many bytes of a text belong to the address that it begins with: not the full stop of the sentence,
/// nor a bracket that was opened before it.
fn address_length(text: &str) -> usize {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '`' | '|');
    let mut address = text.split(ends).next().unwrap_or_default();
    let count = |bracket: char| address.matches(bracket).count();
    let mut unopened = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    while let Some(last) = address.chars().next_back() {
        let is_loose = match unopened.iter_mut().find(|(close, _)| *close == last) {
            Some((_, 0)) => false,
            Some((_, left)) => {
                *left -= 1;
                true
            }
            None => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '…'),
        };
        if !is_loose {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<&str> {
        let address = |stretch| match stretch {
            Stretch::Address(address) => Some(address),
            Stretch::Text(_) => None,
        };
        stretches(text).into_iter().filter_map(address).collect()
    }

    #[test]
    fn the_punctuation_of_the_sentence_is_not_part_of_the_address() {
        for (text, expected) in [
            ("See https://who.int/news.", vec!["https://who.int/news"]),
            ("(https://a.org/x_(y))", vec!["https://a.org/x_(y)"]),
            ("“http://a.org”, http://b.org!", vec!["http://a.org", "http://b.org"]),
            ("http:// alone, nohttp://x.org, https", vec![]),
            ("naïve https://a.org/ü?q=1&r=2 end", vec!["https://a.org/ü?q=1&r=2"]),
            ("At www.who.int/news. Not awww.x.org, www., www.x", vec!["www.who.int/news"]),
            ("At https://www.who.int, www.nhs.uk", vec!["https://www.who.int", "www.nhs.uk"]),
        ] {
            assert_eq!(addresses(text), expected, "{text}");
        }
    }

    #[test]
    fn no_text_is_lost() {
        let text = "a http://b.org, c (https://d.org) e";
        let joined: String = stretches(text)
            .iter()
            .map(|stretch| match stretch {
                Stretch::Text(text) | Stretch::Address(text) => *text,
            })
            .collect();
        assert_eq!(joined, text);
    }
}
