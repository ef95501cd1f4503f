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

    /// Whether an answer is known to bring the same version, byte for byte: it repeats the proof
    /// ([`Validators::proof`]) that these gave, and says nothing else than they do.
    ///
    /// A server that sends a part has to repeat the entity tag (RFC 9110, section 15.3.7). It need not repeat the time
    /// of the last change, but there are servers that ignore `If-Range`, so a part that does not is no proof.
    pub(super) fn are_repeated_by(&self, answer: &Self, proof: &str) -> bool {
        let agree = |known: &Option<String>, told: &Option<String>| told.is_none() || told == known;
        let proven = [&answer.etag, &answer.last_modified].into_iter().flatten().any(|told| told == proof);
        proven && agree(&self.etag, &answer.etag) && agree(&self.last_modified, &answer.last_modified)
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

    const MONDAY: &str = "Mon, 01 Jun 2026 08:00:00 GMT";
    const TUESDAY: &str = "Tue, 02 Jun 2026 08:00:00 GMT";

    fn validators(etag: Option<&str>, last_modified: Option<&str>) -> Validators {
        Validators { etag: etag.map(str::to_owned), last_modified: last_modified.map(str::to_owned) }
    }

    #[test]
    fn only_an_answer_that_repeats_the_proof_and_contradicts_nothing_is_of_the_same_version() {
        let (tagged, dated) = (validators(Some("\"a\""), Some(MONDAY)), validators(None, Some(MONDAY)));
        let cases = [
            (&tagged, Some("\"a\""), Some(MONDAY), true),
            (&tagged, Some("\"a\""), None, true),
            (&tagged, Some("\"a\""), Some(TUESDAY), false),
            (&tagged, Some("\"b\""), Some(MONDAY), false),
            (&tagged, Some("W/\"a\""), Some(MONDAY), false),
            (&tagged, None, Some(MONDAY), false),
            (&tagged, None, None, false),
            (&dated, None, Some(MONDAY), true),
            (&dated, Some("\"a\""), Some(MONDAY), false),
            (&dated, None, Some(TUESDAY), false),
            (&dated, None, None, false),
        ];
        for (known, etag, last_modified, same) in cases {
            let proof = known.proof(Some(TUESDAY)).expect("a proof");
            let answer = validators(etag, last_modified);
            assert_eq!(known.are_repeated_by(&answer, proof), same, "{known:?} {answer:?}");
        }
    }

    #[test]
    fn only_what_is_sure_to_the_byte_lets_a_download_go_on() {
        let cases = [
            (Some("\"a\""), None, None, Some("\"a\"")),
            (Some("W/\"a\""), Some(MONDAY), Some(TUESDAY), None),
            (None, Some(MONDAY), Some(TUESDAY), Some(MONDAY)),
            (None, Some(MONDAY), Some(MONDAY), None),
            (None, Some(MONDAY), None, None),
            (None, None, Some(TUESDAY), None),
        ];
        for (etag, last_modified, sent, proof) in cases {
            let validators = validators(etag, last_modified);
            assert_eq!(validators.proof(sent), proof, "{validators:?}");
        }
    }
}
