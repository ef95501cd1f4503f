//! What a page of HTML says of itself in its head, where it has no front matter.

use super::decode::head;
use super::front_matter::Node;

/// How much of a page is searched for its head, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;

/// What names of `<meta>` and of `<link rel>` stand for, the best first where several stand for one.
const NAMES: &[(&str, &str)] = &[
    ("canonical", "link"),
    ("article:published_time", "date"),
    ("citation_publication_date", "date"),
    ("citation_date", "date"),
    ("dc.date.issued", "date"),
    ("dcterms.issued", "date"),
    ("dc.date", "date"),
    ("datepublished", "date"),
    ("pubdate", "date"),
    ("date", "date"),
    ("article:modified_time", "modified"),
    ("citation_author", "author"),
    ("author", "author"),
    ("dc.creator", "author"),
    ("description", "description"),
    ("og:description", "ogdescription"),
    ("og:title", "ogtitle"),
    ("og:url", "ogurl"),
    ("citation_doi", "doi"),
    ("citation_pmid", "pmid"),
    ("article:tag", "tags"),
    ("keywords", "keywords"),
];

/// The fields that the head of a page gives, as front matter would have them. What stands there several times, as authors
/// do, is a list.
pub(super) fn entries(page: &str) -> Vec<(String, Node)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut entries = Vec::new();
    let mut rest = head(page, HEAD_LIMIT);
    while let Some((_, behind)) = rest.split_once('<') {
        let Some((tag, behind)) = tag(behind) else { break };
        rest = behind;
        match tag.name.as_str() {
            "body" | "/head" => break,
            "!--" => rest = behind.split_once("-->").map_or("", |(_, behind)| behind),
            "script" | "style" | "noscript" => rest = behind_end(behind, &tag.name),
            "title" => {
                let text = behind.split('<').next().unwrap_or_default().trim();
                if !text.is_empty() && !entries.iter().any(|(name, _)| name == "title") {
                    entries.push(("title".to_owned(), Node::Text(text.to_owned())));
                }
            }
            "meta" | "link" => {
                let name = ["property", "name", "itemprop", "rel"].iter().find_map(|name| tag.value(name));
                let value = tag.value("content").or_else(|| tag.value("href"));
                let rank = name
                    .and_then(|name| NAMES.iter().position(|(known, _)| name.eq_ignore_ascii_case(known)));
                found.extend(rank.zip(value.map(str::to_owned)));
            }
            _ => {}
        }
    }
    for (at, (_, field)) in NAMES.iter().enumerate() {
        let values = found.iter().filter(|(rank, _)| *rank == at).map(|(_, value)| Node::Text(value.clone()));
        let mut values: Vec<Node> = values.filter(|value| !value.is_absent()).collect();
        if !values.is_empty() && !entries.iter().any(|(known, _)| known == field) {
            let one = values.len() == 1;
            let value = values.pop().filter(|_| one).unwrap_or_else(|| {
                let all = found.iter().filter(|(rank, _)| *rank == at);
                Node::List(all.map(|(_, value)| Node::Text(value.clone())).collect())
            });
            entries.push(((*field).to_owned(), value));
        }
    }
    entries
}

/// A tag with its attributes.
struct Tag<'a> {
    /// Its name in lower case, with a slash before it where it is an end.
    name: String,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute that has one.
    fn value(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// The tag that a text begins with, behind its `<`, and what follows it.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    if let Some(rest) = text.strip_prefix("!--") {
        return Some((Tag { name: "!--".to_owned(), attributes: Vec::new() }, rest));
    }
    let end = text.find(|letter: char| letter.is_whitespace() || letter == '>')?;
    let (name, mut rest) = text.split_at_checked(end)?;
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(rest) = rest.strip_prefix('>') {
            return Some((Tag { name: name.to_ascii_lowercase(), attributes }, rest));
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))?;
        let (attribute, behind) = rest.split_at_checked(end)?;
        let behind_name = behind.trim_start();
        let Some(value) = behind_name.strip_prefix('=') else {
            // A letter that is none of a name is passed over.
            rest = if attribute.is_empty() { behind.get(1..)? } else { behind };
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next()? {
            mark @ ('"' | '\'') => value.get(1..)?.split_once(mark)?,
            _ => {
                value.split_at_checked(value.find(|letter: char| letter.is_whitespace() || letter == '>')?)?
            }
        };
        attributes.push((attribute, value));
        rest = behind;
    }
}

/// What follows the end of an element whose text is no markup.
fn behind_end<'a>(text: &'a str, name: &str) -> &'a str {
    let is_end = |at: &usize| {
        let end = text.get(at.saturating_add(2)..).and_then(|behind| behind.get(..name.len()));
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let at = text.match_indices("</").map(|(at, _)| at).find(is_end);
    at.and_then(|at| text.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(page: &str, name: &str) -> Option<Vec<String>> {
        let entries = entries(page);
        let node = entries.iter().find(|(known, _)| known == name).map(|(_, node)| node)?;
        Some(node.entries().iter().filter_map(Node::text).map(str::to_owned).collect())
    }

    #[test]
    fn what_the_head_says_is_found_however_it_is_written() {
        let page = "<!doctype html><html><head><!-- <title>No</title> --><script>'<title>No</title>'</script>\n\
            <TITLE>Sepsis &amp; care</TITLE><link rel='canonical' href=\"https://a.example/?a=1&amp;b=2\">\n\
            <meta content=\"2021-12-05T10:00:00Z\" property=\"article:published_time\"/><meta name=date content=2020-01-01>\n\
            <meta name=\"citation_author\" content=\"One, A\"><meta name=\"citation_author\" content=\"Two, B\">\n\
            <meta name='Description' content='It says \"so\".'><meta name=keywords content=''><meta charset=utf-8 =x>\n\
            </head><body><title>No</title></body>";
        let cases = [
            ("title", vec!["Sepsis &amp; care"]),
            ("link", vec!["https://a.example/?a=1&amp;b=2"]),
            ("date", vec!["2021-12-05T10:00:00Z"]),
            ("author", vec!["One, A", "Two, B"]),
            ("description", vec!["It says \"so\"."]),
        ];
        for (name, expected) in cases {
            let expected = expected.into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(field(page, name), Some(expected), "{name}");
        }
        assert_eq!(field(page, "keywords"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_page_is_too_odd(page in "(<|>|/|=|\"|'| |meta|title|é|!--|--|script|name|\n){0,40}") {
            entries(&page);
        }
    }
}
