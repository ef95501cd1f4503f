//! The attributes of a tag.

use std::borrow::Cow;

use super::entity::decoded;

/// The attributes of a tag, as they stand in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes<'a>(pub(super) &'a str);

impl<'a> Attributes<'a> {
    /// Each attribute in order: its name as it stands there, and its value with its entities decoded; an empty one
    /// where there is none.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.parts().map(|(name, value)| (name, decoded(value.unwrap_or_default())))
    }

    /// The value of the first attribute of a name in lower case.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether these are the attributes of a tag, rather than words that stand between two signs of comparison.
    pub(super) fn are_plausible(self) -> bool {
        let inside = Attributes(self.0.split('>').next().unwrap_or_default());
        let (words, valued) = inside.words_and_values();
        words < 2 && (words == 0 || valued > 0)
    }

    /// Whether they are surely those of a tag whose end is missing.
    pub(super) fn are_certain(self) -> bool {
        let (words, _) = self.words_and_values();
        words == 0 && (self.0.contains("=\"") || self.0.contains("='"))
    }

    /// How many of them are words that no attribute without a value has, and how many have values, as far as two words
    /// have been met.
    fn words_and_values(self) -> (usize, usize) {
        let (mut words, mut valued) = (0_usize, 0_usize);
        for (name, value) in self.parts() {
            valued = valued.saturating_add(usize::from(value.is_some()));
            words = words.saturating_add(usize::from(value.is_none() && !may_stand_alone(name)));
            if words >= 2 {
                break;
            }
        }
        (words, valued)
    }

    /// The names with their values, as they stand there.
    fn parts(self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest
                .char_indices()
                .find(|(at, c)| c.is_ascii_whitespace() || *c == '/' || (*c == '=' && *at > 0));
            let (name, behind) = rest.split_at_checked(end.map_or(rest.len(), |(at, _)| at))?;
            if name.is_empty() {
                return None;
            }
            let Some(value) = behind.trim_start().strip_prefix('=') else {
                rest = behind;
                return Some((name, None));
            };
            let (value, behind) = value_at(value.trim_start());
            rest = behind;
            Some((name, Some(value)))
        })
    }
}

/// The value that a text begins with, and what stands behind it.
fn value_at(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Whether there are attributes of this name without a value: those that are either there or not, those that authors
/// leave empty, and those of frameworks, whose names hold signs.
fn may_stand_alone(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "align",
        "allowfullscreen",
        "alt",
        "async",
        "autofocus",
        "autoplay",
        "border",
        "checked",
        "class",
        "compact",
        "controls",
        "default",
        "defer",
        "dir",
        "disabled",
        "download",
        "draggable",
        "height",
        "hidden",
        "href",
        "id",
        "inert",
        "ismap",
        "itemscope",
        "lang",
        "loop",
        "multiple",
        "muted",
        "name",
        "noshade",
        "novalidate",
        "nowrap",
        "open",
        "playsinline",
        "readonly",
        "rel",
        "required",
        "reversed",
        "scoped",
        "seamless",
        "selected",
        "src",
        "style",
        "target",
        "title",
        "type",
        "value",
        "width",
    ];
    let has_sign = name.contains(['-', ':', '_', '@', '#', '[', '*', '"', '\'']);
    (has_sign && !name.contains('<')) || NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_told_with_their_values() {
        let found: Vec<(String, String)> =
            Attributes(" HREF='a &amp; b' alt = x/y checked data-x=\"1 > 0\" /")
                .iter()
                .map(|(name, value)| (name.to_owned(), value.into_owned()))
                .collect();
        let expected = [("HREF", "a & b"), ("alt", "x/y"), ("checked", ""), ("data-x", "1 > 0")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(Attributes(" a=1 href=x").get("href").as_deref(), Some("x"));
        assert_eq!(Attributes(" a=1").get("href"), None);
    }

    #[test]
    fn words_between_signs_of_comparison_are_no_attributes() {
        for (text, plausible) in [
            ("", true),
            (" and C", false),
            (" nowrap", true),
            (" class='a b' bogus", true),
            (" then", false),
            (" and y=3 then c", false),
            (" ng-if data-x", true),
            (" and c<d", false),
        ] {
            assert_eq!(Attributes(text).are_plausible(), plausible, "{text:?}");
        }
    }
}
