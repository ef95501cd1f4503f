//! Which redirects are followed.

use url::Url;

use super::address::shown_host;
use super::error::RedirectFault;
use super::reach::Reach;
use crate::item::{Link, LinkRefused, SafeText};

/// The address that an answer from `from` leads to with its `Location`. Never from `https` to `http`, never off the
/// web, and never to a host that by its wording lies nearer to this machine than `reach`.
pub(super) fn target(from: &Url, location: Option<&str>, reach: Reach) -> Result<Url, RedirectFault> {
    let location = location.ok_or(RedirectFault::Nowhere)?;
    let mut to = from.join(location).map_err(|_| RedirectFault::Nowhere)?;
    to.set_fragment(None);
    match Link::check(to.as_str()) {
        Ok(_) => {}
        Err(LinkRefused::Scheme) => return Err(RedirectFault::Scheme(SafeText::new(to.scheme()))),
        Err(_) => return Err(RedirectFault::Nowhere),
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(RedirectFault::Weaker);
    }
    if Reach::of_host(&to).is_some_and(|nearer| nearer < reach) {
        return Err(RedirectFault::Nearer(shown_host(&to)));
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leads_to_less_safety() {
        use RedirectFault::{Nearer, Nowhere, Scheme, Weaker};
        let url = |text| Url::parse(text).expect(text);
        let text = SafeText::new;
        let page = "https://example.org/a/b";
        let cases = [
            (page, Some("c.zip"), Reach::World, Ok("https://example.org/a/c.zip")),
            (page, Some("//cdn.example.net/c.zip#x"), Reach::World, Ok("https://cdn.example.net/c.zip")),
            ("http://example.org/", Some("https://example.org/"), Reach::World, Ok("https://example.org/")),
            (page, None, Reach::World, Err(Nowhere)),
            (page, Some("https://"), Reach::World, Err(Nowhere)),
            (page, Some("https://me:you@example.org/"), Reach::World, Err(Nowhere)),
            (page, Some("http://example.org/c.zip"), Reach::World, Err(Weaker)),
            (page, Some("file:///etc/passwd"), Reach::World, Err(Scheme(text("file")))),
            (page, Some("javascript:alert(1)"), Reach::World, Err(Scheme(text("javascript")))),
            (page, Some("https://127.0.0.1:8443/"), Reach::World, Err(Nearer(text("127.0.0.1:8443")))),
            (page, Some("https://localhost/"), Reach::Network, Err(Nearer(text("localhost")))),
            (page, Some("https://10.0.0.1/"), Reach::World, Err(Nearer(text("10.0.0.1")))),
            (page, Some("https://10.0.0.1/"), Reach::Network, Ok("https://10.0.0.1/")),
            ("http://localhost/a", Some("/b"), Reach::Machine, Ok("http://localhost/b")),
        ];
        for (from, location, reach, expected) in cases {
            let expected = expected.map(url);
            assert_eq!(target(&url(from), location, reach), expected, "{location:?} {reach:?}");
        }
    }
}
