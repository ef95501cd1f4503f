//! What the head of an answer says.

use ureq::http::header::{self, HeaderName};
use ureq::http::{HeaderMap, HeaderValue, StatusCode};

/// The longest header that is kept, in bytes. Longer ones say nothing that is needed.
const HEADER_LIMIT: usize = 1024;

/// The status and the headers of an answer.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// Which part of a file an answer brings (RFC 9110, section 14.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// The first byte.
    pub(super) first: u64,
    /// How many bytes the whole file has, when the server says so.
    pub(super) total: Option<u64>,
}

impl Head {
    /// The text of a header.
    pub(super) fn text(&self, name: &HeaderName) -> Option<String> {
        text_of(&self.headers, name)
    }

    /// How many bytes the body has on the wire, when the server says so.
    pub(super) fn length(&self) -> Option<u64> {
        self.text(&header::CONTENT_LENGTH)?.trim().parse().ok()
    }

    /// Whether a proxy says that the answer is its own: in the way of the standard (RFC 9209), or in that of Squid.
    pub(super) fn is_of_proxy(&self) -> bool {
        ["proxy-status", "x-squid-error"].iter().any(|name| self.headers.contains_key(*name))
    }

    /// Which part of the file the body is.
    pub(super) fn range(&self) -> Option<ContentRange> {
        ContentRange::parse(&self.text(&header::CONTENT_RANGE)?)
    }
}

impl ContentRange {
    fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        let total = match total.trim() {
            "*" => None,
            total => Some(total.parse().ok()?),
        };
        // A part that does not reach the end is not what was asked for.
        let reaches_end = total.is_none_or(|total| last.checked_add(1) == Some(total));
        (first <= last && reaches_end).then_some(Self { first, total })
    }
}

/// The text of a header: printable ASCII of a bearable length, or nothing.
pub(super) fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    is_sendable(text).then(|| text.to_owned())
}

/// Whether a text, which somebody may have written into a file, can be sent as the value of a header.
pub(super) fn is_sendable(text: &str) -> bool {
    let is_value = HeaderValue::from_str(text).is_ok_and(|value| value.to_str().is_ok());
    !text.is_empty() && text.len() <= HEADER_LIMIT && is_value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_range_that_reaches_the_end_is_one_to_go_on_with() {
        let range = |first, total| Some(ContentRange { first, total });
        let cases = [
            ("bytes 10-99/100", range(10, Some(100))),
            ("bytes 10-99/*", range(10, None)),
            ("bytes 10-50/100", None),
            ("bytes 10-9/10", None),
            ("bytes */100", None),
            ("items 0-9/10", None),
            ("bytes 0-18446744073709551615/18446744073709551615", None),
            ("bytes -1-9/10", None),
        ];
        for (text, expected) in cases {
            assert_eq!(ContentRange::parse(text), expected, "{text}");
        }
    }
}
