//! What tells whether what a server holds is still what was fetched (RFC 9110, section 8.8).

use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, header};

use super::head::{is_sendable, text_of};

/// What a server said about the version of a bundle that it sent. Sent back, they make an unchanged bundle cost
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The entity tag, with its quotes, and with `W/` before it when it is weak.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it was last changed, in the words of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// What the head of an answer says.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self {
            etag: text_of(headers, &header::ETAG),
            last_modified: text_of(headers, &header::LAST_MODIFIED),
        }
    }

    /// Those of them that can be sent. They are kept in a file, and what a disk or a person has made of them must not
    /// stand in the way of every fetch.
    pub(super) fn sendable(&self) -> Self {
        let kept = |text: &Option<String>| text.clone().filter(|text| is_sendable(text));
        Self { etag: kept(&self.etag), last_modified: kept(&self.last_modified) }
    }

    /// What a proof ([`Validators::proof`]) was taken from.
    pub(super) fn of_proof(proof: &str) -> Self {
        let (etag, last_modified) =
            if proof.starts_with('"') { (Some(proof), None) } else { (None, Some(proof)) };
        Self { etag: etag.map(str::to_owned), last_modified: last_modified.map(str::to_owned) }
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    /// What proves, byte for byte, that a download goes on where it stopped: a strong entity tag, or else the time
    /// of the last change. `sent` is when the answer was sent: what had changed in that same second could change
    /// within it again, and proves nothing.
    pub(super) fn proof(&self, sent: Option<&str>) -> Option<&str> {
        match &self.etag {
            Some(etag) => (!etag.starts_with("W/")).then_some(etag.as_str()),
            None => self.last_modified.as_deref().filter(|changed| sent.is_some_and(|sent| sent != *changed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sure_to_the_byte_lets_a_download_go_on() {
        let monday = "Mon, 01 Jun 2026 08:00:00 GMT";
        let tuesday = "Tue, 02 Jun 2026 08:00:00 GMT";
        let cases = [
            (Some("\"a\""), None, None, Some("\"a\"")),
            (Some("W/\"a\""), Some(monday), Some(tuesday), None),
            (None, Some(monday), Some(tuesday), Some(monday)),
            (None, Some(monday), Some(monday), None),
            (None, Some(monday), None, None),
            (None, None, Some(tuesday), None),
        ];
        for (etag, last_modified, sent, proof) in cases {
            let validators =
                Validators { etag: etag.map(str::to_owned), last_modified: last_modified.map(str::to_owned) };
            assert_eq!(validators.proof(sent), proof, "{validators:?}");
        }
    }
}
