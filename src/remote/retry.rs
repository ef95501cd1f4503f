//! What is worth another try, and when.

use std::time::Duration;

use jiff::fmt::rfc2822;
use ureq::http::header;

use super::error::{Failure, ProxyFault};
use super::head::Head;

/// The longest pause before the first retry; it doubles with each.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause at all, unless a server asks for more.
const LONGEST: Duration = Duration::from_secs(30);

/// How long to wait before retry number `retry`, counted from 1. Doubles each time; `chance`, from 0 to 1, spreads
/// it over its upper half, so that those who were turned away together do not come back together.
pub(super) fn pause(retry: u32, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(retry.saturating_sub(1)));
    doubled.min(LONGEST).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

/// Whether a failure may pass by itself.
pub(super) fn is_passing(failure: &Failure) -> bool {
    match failure {
        Failure::Refused
        | Failure::NoAnswer(_)
        | Failure::Silent(_)
        | Failure::Stalled(_)
        | Failure::Cut { .. }
        | Failure::Status { status: 408 | 425 | 429 | 502..=504 }
        | Failure::Proxy(
            ProxyFault::Unreachable { .. } | ProxyFault::SiteUnreachable { .. } | ProxyFault::Silent { .. },
        ) => true,
        Failure::Offline
        | Failure::NoSuchHost
        | Failure::TooSlow(_)
        | Failure::Certificate(_)
        | Failure::Tls(_)
        | Failure::Proxy(_)
        | Failure::Status { .. }
        | Failure::WrongPassword
        | Failure::Busy(_)
        | Failure::WebPage
        | Failure::Feed
        | Failure::Empty
        | Failure::Redirects(_)
        | Failure::Redirect(_)
        | Failure::WireBytes(_)
        | Failure::DecodedBytes(_)
        | Failure::Encoding(_)
        | Failure::Protocol(_)
        | Failure::Digest { .. }
        | Failure::Disk { .. }
        | Failure::Machine(_)
        | Failure::Cancelled => false,
    }
}

/// How long a busy server asks to wait (RFC 9110, section 10.2.3). A time of day is taken against the server's own
/// clock, so that a wrong one here does no harm.
pub(super) fn retry_after(head: &Head) -> Option<Duration> {
    let text = head.text(&header::RETRY_AFTER)?;
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(&text).ok()?.timestamp();
    let now = rfc2822::parse(&head.text(&header::DATE)?).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use ureq::http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    #[test]
    fn pauses_double_within_their_spread_and_end_at_the_longest() {
        let millis = |retry, chance| pause(retry, chance).as_millis();
        assert_eq!([1, 2, 3, 4].map(|retry| millis(retry, 1.0)), [500, 1000, 2000, 4000]);
        assert_eq!([1, 2, 3, 4].map(|retry| millis(retry, 0.0)), [250, 500, 1000, 2000]);
        assert_eq!(millis(u32::MAX, 1.0), 30_000);
        assert_eq!(millis(0, 9.0), 500);
    }

    #[test]
    fn a_server_says_when_to_come_back_in_seconds_or_by_its_own_clock() {
        let cases = [
            ("120", None, Some(120)),
            ("Mon, 01 Jun 2026 08:01:30 GMT", Some("Mon, 01 Jun 2026 08:00:00 GMT"), Some(90)),
            ("Mon, 01 Jun 2026 08:00:00 GMT", Some("Mon, 01 Jun 2026 09:00:00 GMT"), Some(0)),
            ("Mon, 01 Jun 2026 08:00:00 GMT", None, None),
            ("soon", None, None),
            ("-5", None, None),
        ];
        for (after, date, seconds) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(after));
            if let Some(date) = date {
                headers.insert(header::DATE, HeaderValue::from_static(date));
            }
            let head = Head { status: StatusCode::TOO_MANY_REQUESTS, headers };
            assert_eq!(retry_after(&head), seconds.map(Duration::from_secs), "{after}");
        }
    }
}
