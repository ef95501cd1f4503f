//! Topics as the items themselves name them.

use super::SafeText;

/// A term, and the taxonomy it belongs to: `Healthcare IT News: Precision Medicine`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// The taxonomy; `None` for a bare term of an older item.
    pub taxonomy: Option<SafeText>,
    /// The term, which may itself hold commas and colons.
    pub term: SafeText,
}

impl Topic {
    /// Reads `Taxonomy: Term`, split at the first colon that white space follows; without one, the whole text is
    /// a bare term. `None` when there is no term at all.
    pub fn parse(text: &str) -> Option<Self> {
        let text = SafeText::new(text);
        let (taxonomy, term) = text.split_once(": ").unwrap_or(("", &text));
        let taxonomy = SafeText::new(taxonomy);
        let term = SafeText::new(term);
        if term.is_empty() {
            return None;
        }
        Some(Self { taxonomy: (!taxonomy.is_empty()).then_some(taxonomy), term })
    }

    /// The topic without letter case and white space, which do not tell topics apart.
    pub(super) fn folded(&self) -> String {
        let taxonomy = self.taxonomy.as_deref().unwrap_or_default().chars();
        let letters = taxonomy.chain([':']).chain(self.term.chars());
        letters.filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
    }
}

/// A product or service that the curators relate to an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Offering {
    /// What it is called.
    pub label: SafeText,
    /// Where its page is, as the item says: usually a path on the curators' own site.
    pub permalink: SafeText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_split_at_the_first_colon_before_white_space() {
        let cases = [
            ("Healthcare IT News: Precision Medicine", "Healthcare IT News", "Precision Medicine"),
            (
                "Medical Subject Headings (MeSH): Data Interpretation, Statistical",
                "Medical Subject Headings (MeSH)",
                "Data Interpretation, Statistical",
            ),
            ("Medigy: Risk: Clinical", "Medigy", "Risk: Clinical"),
            ("Ratio 1:2", "", "Ratio 1:2"),
            ("AI", "", "AI"),
            ("Medigy:\u{a0}Care", "Medigy", "Care"),
            (": Care", "", "Care"),
            ("Care: ", "", "Care:"),
        ];
        for (text, taxonomy, term) in cases {
            let topic = Topic::parse(text).expect(text);
            assert_eq!(topic.taxonomy.as_deref().unwrap_or_default(), taxonomy, "{text}");
            assert_eq!(&*topic.term, term, "{text}");
        }
        assert_eq!(Topic::parse(" \u{200b} "), None);
    }
}
