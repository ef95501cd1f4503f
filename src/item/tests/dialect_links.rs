//! Where the dialect finds the original and the site.

use super::*;

#[test]
fn the_link_is_found_under_every_spelling() {
    for front in [
        format!("link: {{original: {A}}}"),
        format!("link: {A}"),
        format!("Link: {A}"),
        format!("original: {A}"),
        format!("original:\n  - {A}"),
        format!("link: {{href: {A}, original: null}}"),
        format!("link:\n  original: ' '\nhref: >-\n  {A}"),
        format!("href: {A}"),
        format!("herf: {A}"),
        format!("openProjectCustomFields: {{sourceUrl: {A}, cleanUrl: {B}}}"),
        format!("openProjectCustomFields: {{cleanUrl: {A}}}"),
        format!("openGraphMetaData: {{ogurl: {A}}}"),
        format!("htmlMetaData: {{ogurl: {A}}}"),
        format!("twitterMetaData: {{twitterurl: {A}}}"),
        format!("link: null\noriginal: [null]\nhref: ''\nherf: {A}"),
    ] {
        let item = read(&front);
        assert_eq!(item.link.as_ref().map(crate::item::Link::as_str), Some(A), "{front}");
        assert_eq!(codes(&item), [""; 0], "{front}");
    }
}

#[test]
fn the_original_may_be_named_as_other_collections_do() {
    let doi = "https://doi.org/10.1056/NEJMoa2034577";
    for (front, address) in [
        ("url: https://a.example/", A),
        ("uri: https://a.example/", A),
        ("canonical: https://a.example/", A),
        ("external_link: https://a.example/", A),
        ("externalLink: https://a.example/", A),
        ("external-url: https://a.example/", A),
        ("original_url: https://a.example/", A),
        ("bookmark-of: https://a.example/", A),
        ("source: https://a.example/", A),
        ("source: {name: A journal, url: https://a.example/}", A),
        ("link: {url: https://a.example/}", A),
        ("links:\n  - {title: One, url: https://a.example/}\n  - {url: https://b.example/}", A),
        ("params: {link: https://a.example/}", A),
        ("params:\n  link:\n    original: https://a.example/", A),
        ("params: {title: x}\nlink: https://a.example/", A),
        ("link: www.example.org/p", "https://www.example.org/p"),
        ("link: //example.org/p", "https://example.org/p"),
        ("link: https://example.org/p?a=1&amp;b=2", "https://example.org/p?a=1&b=2"),
        ("link: doi:10.1056/NEJMoa2034577", doi),
        ("link: 'DOI: 10.1056/NEJMoa2034577'", doi),
        ("doi: 10.1056/NEJMoa2034577", doi),
        ("doi: https://doi.org/10.1056/NEJMoa2034577", doi),
        ("doi: 10.1002/(SICI)1#2", "https://doi.org/10.1002/(SICI)1%232"),
        ("pmid: 33301246", "https://pubmed.ncbi.nlm.nih.gov/33301246/"),
        ("pmcid: PMC7745181", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7745181/"),
        ("pmcid: 'PMCID: PMC7745181'", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7745181/"),
    ] {
        let item = read(front);
        assert_eq!(item.link.as_ref().map(crate::item::Link::as_str), Some(address), "{front}");
        assert_eq!(codes(&item), [""; 0], "{front}");
    }
    assert_eq!(codes(&read("Doi: unknown")), ["link-refused"]);
    assert!(read("Doi: unknown").problems[0].message.contains("`Doi`"), "as the file spells it");
}

#[test]
fn the_better_of_two_links_is_taken() {
    let spellings = [
        "link: {original: %}",
        "original: %",
        "href: %",
        "herf: %",
        "openProjectCustomFields: {sourceUrl: %}",
        "openGraphMetaData: {ogurl: %}",
        "htmlMetaData: {ogurl: %}",
        "twitterMetaData: {twitterurl: %}",
    ];
    for pair in spellings.windows(2) {
        let front = format!("{}\n{}", pair[1].replace('%', B), pair[0].replace('%', A));
        assert_eq!(read(&front).link.map(|link| link.to_string()).as_deref(), Some(A), "{front}");
    }
}

#[test]
fn the_addresses_of_the_item_itself_are_no_links_to_the_original() {
    let item =
        read(&format!("aliases: {A}\nurl: /news/one\nuri: news/one\npermalink: {A}\nsource: A journal"));
    assert_eq!((item.link.as_ref(), item.site.as_ref(), codes(&item)), (None, None, vec![]));
}

#[test]
fn a_link_that_may_not_be_opened_is_passed_over_with_a_warning() {
    for (bad, reason) in [
        ("javascript:alert(1)", "only http and https"),
        ("https://user:secret@a.example/", "user name"),
        ("file:///etc/passwd", "only http and https"),
        ("/news/one", "not a full web address"),
        ("\"https://a.example/\\e[31m\"", "control"),
    ] {
        let item = read(&format!("title: x\noriginal: {bad}\nhref: {A}"));
        assert_eq!(item.link.map(|link| link.to_string()).as_deref(), Some(A), "{bad}");
        let [Problem { line, severity, code, message }] = item.problems.as_slice() else {
            panic!("{:?}", item.problems)
        };
        assert_eq!((*line, *severity, *code), (Some(3), Severity::Warning, "link-refused"));
        assert!(message.contains(reason) && message.contains("`original`"), "{message}");
    }
}

#[test]
fn the_site_is_named_by_the_curators_or_by_the_link() {
    let cases = [
        ("link: {brand: One, href: https://www.a.example/}\nbrand: Two", Some("One")),
        ("linkBrand: One\nbrand: Two", Some("One")),
        ("brand: One", Some("One")),
        ("brand: www.a.example", Some("a.example")),
        ("link: {brand: ' '}\nhref: https://www.a.example/x", Some("a.example")),
        ("title: x", None),
    ];
    for (front, site) in cases {
        assert_eq!(read(front).site.as_deref(), site, "{front}");
    }
}
