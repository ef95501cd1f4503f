//! Links to people instead of pages: a mail address or a number to call.

use percent_encoding::percent_decode_str;

/// What an address of a link says to write to or to call, where it leads to a person.
pub(super) fn of(href: &str) -> Option<String> {
    let href = href.trim();
    let (scheme, rest) = href.split_once(':')?;
    let is_contact =
        ["mailto", "tel", "sms", "callto", "fax"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let address = rest.split(['?', ';']).next().filter(|_| is_contact)?;
    let address = percent_decode_str(address).decode_utf8_lossy();
    let address = address.trim_start_matches('/').trim();
    (!address.is_empty()).then(|| address.to_owned())
}

/// Whether the text of a link says already what it leads to: the same letters and digits, however they are parted.
pub(super) fn is_said(contact: &str, text: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
    };
    bare(text).contains(&bare(contact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_pages() {
        for (href, contact) in [
            ("mailto:a@b.org?subject=x", Some("a@b.org")),
            ("TEL:+44-20-7946-0018", Some("+44-20-7946-0018")),
            ("sms:12345;body=x", Some("12345")),
            ("tel://112", Some("112")),
            ("mailto:a%40b.org", Some("a@b.org")),
            ("https://a.org", None),
            ("mailto:", None),
            ("x", None),
        ] {
            assert_eq!(of(href).as_deref(), contact, "{href}");
        }
        assert!(is_said("+44-20-7946-0018", "Call +44 20 7946 0018 now"));
        assert!(!is_said("a@b.org", "write"));
    }
}
