//! Whether a link that has changed leads to another article.

use crate::item::Link;

/// Parameters that tell by what visit or campaign a reader came, and never which article it is.
const PASSING: [&str; 26] = [
    "session",
    "sessionid",
    "session_id",
    "sess",
    "sid",
    "phpsessid",
    "jsessionid",
    "cfid",
    "cftoken",
    "campaign",
    "campaignid",
    "campaign_id",
    "cmp",
    "cmpid",
    "cmp_id",
    "icid",
    "ncid",
    "ref_src",
    "s_cid",
    "trk",
    "trkid",
    "wt.mc_id",
    "xtor",
    "_openstat",
    "at_campaign",
    "at_medium",
];

/// How the names of more such parameters begin.
const PASSING_BEGINNINGS: [&str; 4] = ["utm_", "mtm_", "pk_", "hsa_"];

/// Whether two links lead to two articles of one page, as `?id=12` and `?id=13` do. Where the page is another one, the
/// link may as well have been corrected: that is not told here.
pub(super) fn is_another_article(old: &Link, new: &Link) -> bool {
    let [old, new] = [old, new].map(Link::canonical);
    let page = |link: &str| link.split(['?', '#']).next().unwrap_or_default().to_owned();
    page(&old) == page(&new) && lasting(&old) != lasting(&new)
}

/// The parameters of a link that tell which article it is, and what stands behind its `#`.
fn lasting(link: &str) -> Vec<&str> {
    let parts = link.split(['?', '#', '&']).skip(1);
    let mut lasting: Vec<&str> = parts.filter(|part| !is_passing(part)).collect();
    lasting.sort_unstable();
    lasting
}

fn is_passing(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter).to_ascii_lowercase();
    PASSING.contains(&name.as_str()) || PASSING_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parameters_that_are_known_to_pass_leave_an_article_what_it_is() {
        let cases = [
            ("news?id=12", "news?id=13", true),
            ("news?id=12", "news", true),
            ("news", "news?p=7", true),
            ("app#/news/1", "app#/news/2", true),
            ("app#/news?id=1&sid=a", "app#/news?id=2&sid=a", true),
            ("news?id=12&sid=a", "news?sid=b&id=12", false),
            ("news?session=a", "news?session=b", false),
            ("news", "news?PHPSESSID=0a1b", false),
            ("news?id=12&campaign=x", "news?id=12&pk_campaign=y", false),
            ("news?id=12&utm_source=x", "news?id=12#top", false),
            ("app#/news?id=1&sid=a", "app#/news?id=1&sid=b", false),
            ("old?id=12", "new?id=13", false),
        ];
        for (old, new, expected) in cases {
            let [old, new] =
                [old, new].map(|link| Link::parse(&format!("https://example.org/{link}")).unwrap());
            assert_eq!(is_another_article(&old, &new), expected, "{old} {new}");
            assert_eq!(is_another_article(&new, &old), expected, "{new} {old}");
        }
    }
}
