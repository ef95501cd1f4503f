//! The name of a site, as short as it can be told by.

/// Labels below a country that say what kind of site it is, not which.
const KINDS: [&str; 9] = ["ac", "co", "com", "edu", "gob", "gov", "net", "or", "org"];

/// The name of a site without what says little: `healthcareitnews.com` is `healthcareitnews`, `bmj.co.uk` is `bmj`.
pub fn short(host: &str) -> String {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let Some((name, country)) = host.rsplit_once('.') else { return host.to_owned() };
    let without_kind = name.rsplit_once('.').filter(|(_, kind)| country.len() == 2 && KINDS.contains(kind));
    without_kind.map_or(name, |(name, _)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_told_by_its_name() {
        for (host, name) in [
            ("healthcareitnews.com", "healthcareitnews"),
            ("www.bmj.com", "bmj"),
            ("news.bmj.co.uk", "news.bmj"),
            ("england.nhs.uk", "england.nhs"),
            ("cdc.gov", "cdc"),
            ("localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(short(host), name, "{host}");
        }
    }
}
