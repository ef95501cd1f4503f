//! Finds addresses of pages and of people that stand bare in running text.

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
        part_at_mail_addresses(before, &mut found);
        found.push(Stretch::Address(address));
        rest = after;
    }
    part_at_mail_addresses(rest, &mut found);
    found
}

/// Parts a text without addresses of pages.
fn part_at_mail_addresses<'a>(text: &'a str, found: &mut Vec<Stretch<'a>>) {
    let mut done = 0;
    for (at, _) in text.match_indices('@').filter(|_| text.len() > 4) {
        let (before, behind) = text.get(done..).and_then(|_| text.split_at_checked(at)).unwrap_or_default();
        let name = before.bytes().rev().take(LONGEST_NAME).take_while(|byte| is_part_of_name(*byte)).count();
        let host =
            behind.bytes().skip(1).take(LONGEST_HOST).take_while(|byte| is_part_of_host(*byte)).count();
        let start = at.saturating_sub(name);
        let end = at.saturating_add(1).saturating_add(host);
        let candidate = text.get(start..end).unwrap_or_default();
        let bare = candidate.trim_start_matches('.');
        let start = start.saturating_add(candidate.len().saturating_sub(bare.len()));
        let address = bare.trim_end_matches(['.', '-']);
        let begins_word = !text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        if start < done || !begins_word || !is_mail_address(address) {
            continue;
        }
        found.extend(text.get(done..start).filter(|before| !before.is_empty()).map(Stretch::Text));
        found.push(Stretch::Address(address));
        done = start.saturating_add(address.len());
    }
    found.extend(text.get(done..).filter(|rest| !rest.is_empty()).map(Stretch::Text));
}

/// The longest parts of a mail address before and behind its `@`, in bytes (RFC 5321, 4.5.3.1).
const LONGEST_NAME: usize = 64;
const LONGEST_HOST: usize = 255;

fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-'".contains(&byte)
}

fn is_part_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-".contains(&byte)
}

/// Whether a text is a mail address as people have them: a name, and a host with a domain.
pub(super) fn is_mail_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let domain = host.rsplit_once('.').map_or("", |(_, domain)| domain);
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(is_part_of_name)
        && host.len() <= LONGEST_HOST
        && host.bytes().all(is_part_of_host)
        && host.split('.').all(is_label)
        && domain.len() > 1
        && domain.bytes().all(|byte| byte.is_ascii_alphabetic())
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
            ("Write to a.b+c@ward.example.org.", vec!["a.b+c@ward.example.org"]),
            ("(a@b.org), é@b.org, @b.org, a@b, a@b.1, 5 @ 3.com", vec!["a@b.org"]),
            (
                "a@b.org at https://medium.com/@c.org or d@e.org",
                vec!["a@b.org", "https://medium.com/@c.org", "d@e.org"],
            ),
        ] {
            assert_eq!(addresses(text), expected, "{text}");
        }
    }

    #[test]
    fn no_text_is_lost() {
        let text = "a http://b.org, c (https://d.org) e f@g.org, h@i";
        let joined: String = stretches(text)
            .iter()
            .map(|stretch| match stretch {
                Stretch::Text(text) | Stretch::Address(text) => *text,
            })
            .collect();
        assert_eq!(joined, text);
    }
}
