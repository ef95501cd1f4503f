//! HTML taken apart into text and tags. What is no element of HTML is text.

use std::borrow::Cow;

use super::attributes::Attributes;
use super::element::Element;
use crate::item::decode::head;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name of its element, in lower case.
    pub name: Cow<'a, str>,
    /// What the element does.
    pub element: Element,
    /// Whether it is an end tag.
    pub is_end: bool,
    /// What stands in it behind the name.
    pub attributes: Attributes<'a>,
}

/// A piece of a text that may hold HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text between tags, its entities as they are.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// Takes a text apart. Comments, declarations, and what stands in elements that are never shown are left out. Takes
/// time in proportion to the length of the text.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, next_tag: 0, has_no_more_ends: false, ends: Vec::new() }
}

/// The tokens of a text.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Where the next `<` is, when that lies ahead.
    next_tag: usize,
    /// There is no `>` any more, so that it need not be looked for at every `<`.
    has_no_more_ends: bool,
    /// Where the last end tag is of each element that was asked for; 0 where there is none.
    ends: Vec<(String, usize)>,
}

/// What a `<` begins.
enum Begun<'a> {
    Tag(Tag<'a>),
    LeftOut,
    Text,
}

/// How much of a tag is looked at to tell whether it is one, in bytes.
const LOOKED_AT: usize = 256;

/// How many names that are none of HTML's are looked for in one text.
const STRANGE_NAMES: usize = 64;

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if *self.html.as_bytes().get(self.at)? != b'<' {
                return self.text();
            }
            match self.tag() {
                Begun::Tag(tag) => return Some(Token::Tag(tag)),
                Begun::LeftOut => {}
                Begun::Text => return self.text(),
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// How many bytes of the text have been taken apart.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether an end tag of this element is still to come.
    pub fn has_end(&mut self, name: &str) -> bool {
        let known = self.ends.iter().find(|(known, _)| known == name).map(|(_, at)| *at);
        let last = known.unwrap_or_else(|| {
            let last = last_end(self.html, name).unwrap_or(0);
            self.ends.push((name.to_owned(), last));
            last
        });
        last >= self.at && last > 0
    }

    /// Passes over everything up to the next end tag of an element, and over that tag; gives what it passed over.
    pub fn take_to_end(&mut self, name: &str) -> &'a str {
        let rest = self.rest();
        let end = rest.match_indices("</").map(|(at, _)| at).find(|at| is_end_of(rest, *at, name));
        let end = end.unwrap_or(rest.len());
        let (passed, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let tag = behind.find('>').map_or(behind.len(), |at| at.saturating_add(1));
        self.skip(end.saturating_add(tag));
        passed
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length).min(self.html.len());
    }

    /// The text up to what may be the next tag, at least one character.
    fn text(&mut self) -> Option<Token<'a>> {
        if self.next_tag <= self.at {
            let behind = self
                .html
                .get(self.at..)?
                .char_indices()
                .nth(1)
                .map_or(self.html.len(), |(at, _)| self.at.saturating_add(at));
            let next = self.html.get(behind..)?.find('<');
            self.next_tag = next.map_or(self.html.len(), |at| behind.saturating_add(at));
        }
        let text = self.html.get(self.at..self.next_tag)?;
        self.at = self.next_tag;
        Some(Token::Text(text))
    }

    fn tag(&mut self) -> Begun<'a> {
        let rest = self.rest();
        let inner = rest.get(1..).unwrap_or_default();
        if let Some(comment) = inner.strip_prefix("!--") {
            self.skip(comment_length(comment).saturating_add("<!--".len()));
            return Begun::LeftOut;
        }
        if let Some(sign) = inner.bytes().next().filter(|sign| matches!(sign, b'!' | b'?')) {
            const DATA: &str = "![CDATA[";
            let second = inner.as_bytes().get(1).copied().unwrap_or_default();
            let length = match inner.starts_with(DATA) {
                true => Some(DATA.len().saturating_add(1)),
                false if second.is_ascii_alphabetic() || (sign == b'!' && second == b'[') => {
                    self.tag_length()
                }
                false => None,
            };
            return length.map_or(Begun::Text, |length| {
                self.skip(length);
                Begun::LeftOut
            });
        }
        self.element(inner).unwrap_or(Begun::Text)
    }

    /// Reads the tag of an element, given what follows its `<`.
    fn element(&mut self, inner: &'a str) -> Option<Begun<'a>> {
        let is_end = inner.starts_with('/');
        let named = inner.get(usize::from(is_end)..)?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '.');
        let name_end = named.find(|c: char| !is_part(c)).unwrap_or(named.len());
        let (name, behind) = named.split_at_checked(name_end)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || !(behind.is_empty() || behind.starts_with(['>', '/', ' ', '\t', '\n', '\r', '\u{c}']))
        {
            return None;
        }
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let known = Element::of(&name);
        if known.is_none() && self.ends.len() >= STRANGE_NAMES {
            return None;
        }
        let beginning = Attributes(head(behind, LOOKED_AT));
        if !is_end && !beginning.are_plausible() {
            return None;
        }
        let before_attributes = usize::from(is_end).saturating_add(1).saturating_add(name.len());
        let (attributes, length) = self.attributes(before_attributes, behind)?;
        let element = match known {
            Some(element) => element,
            None if is_end => self.is_strange_end(&name).then_some(Element::Transparent)?,
            None => self.is_strange_start(&name, attributes).then_some(Element::Transparent)?,
        };
        if !is_end && self.is_comparison(&name, behind) {
            return None;
        }
        self.skip(length);
        if is_raw(&name) && !is_end {
            self.take_to_end(&name);
            return Some(Begun::LeftOut);
        }
        Some(Begun::Tag(Tag { name, element, is_end, attributes }))
    }

    /// The attributes of the tag at this place, and the length of the tag. A description that was cut off may end
    /// within a tag.
    fn attributes(&mut self, before: usize, behind: &'a str) -> Option<(Attributes<'a>, usize)> {
        let Some(length) = self.tag_length() else {
            let is_certain = Attributes(head(behind, LOOKED_AT)).are_certain();
            return is_certain.then_some((Attributes(behind), self.rest().len()));
        };
        let inside = length.checked_sub(before)?.checked_sub(1)?;
        Some((Attributes(behind.get(..inside)?), length))
    }

    /// Whether a start tag that is none of HTML's is one all the same: it has an end tag, or a name that only a
    /// program would give it.
    fn is_strange_start(&mut self, name: &str, attributes: Attributes<'_>) -> bool {
        let is_closed = attributes.0.ends_with('/') && name.contains([':', '-']);
        is_closed || self.has_end(name)
    }

    /// Whether an end tag that is none of HTML's belongs to a start tag: it was looked for.
    fn is_strange_end(&self, name: &str) -> bool {
        self.ends.iter().any(|(known, _)| known == name)
    }

    /// Whether `a<b>c` compares: the name stands between letters, and the element never ends.
    fn is_comparison(&mut self, name: &str, behind: &str) -> bool {
        let is_letter = |c: char| c.is_alphanumeric();
        matches!(name, "a" | "b" | "i" | "q" | "s" | "u")
            && behind.strip_prefix('>').is_some_and(|behind| behind.starts_with(is_letter))
            && self.html.get(..self.at).is_some_and(|before| before.ends_with(is_letter))
            && !self.has_end(name)
    }

    /// The length of the tag at this place. A `>` within quotation marks does not end it, unless too many of them do
    /// not, for then a quotation mark is missing.
    fn tag_length(&mut self) -> Option<usize> {
        const TRIES: usize = 16;
        if self.has_no_more_ends {
            return None;
        }
        let rest = self.rest();
        let mut ends = rest.match_indices('>').map(|(at, _)| at);
        let Some(first) = ends.next() else {
            self.has_no_more_ends = true;
            return None;
        };
        let mut quote = None;
        let mut start = 0;
        for end in std::iter::once(first).chain(ends).take(TRIES) {
            quote = quote_at_end(rest.get(start..end)?, quote);
            if quote.is_none() {
                return end.checked_add(1);
            }
            start = end;
        }
        first.checked_add(1)
    }
}

/// The length of a comment behind its `<!--`; one that does not end hides the rest, as it does in browsers.
fn comment_length(comment: &str) -> usize {
    if comment.starts_with('>') {
        return 1;
    }
    comment.find("-->").map_or(comment.len(), |at| at.saturating_add("-->".len()))
}

/// Whether nothing in an element is a tag but its own end.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// The quotation mark that is open behind a part of a tag.
fn quote_at_end(part: &str, open: Option<char>) -> Option<char> {
    part.chars().filter(|mark| matches!(mark, '"' | '\'')).fold(open, |open, mark| match open {
        None => Some(mark),
        Some(other) if other == mark => None,
        Some(other) => Some(other),
    })
}

/// Where the last end tag of an element begins.
fn last_end(html: &str, name: &str) -> Option<usize> {
    html.rmatch_indices("</").map(|(at, _)| at).find(|at| is_end_of(html, *at, name))
}

/// Whether the `</` at a place begins an end tag of this element.
fn is_end_of(html: &str, at: usize, name: &str) -> bool {
    let tail = html.as_bytes().get(at.saturating_add(2)..).unwrap_or_default();
    let named = tail.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()));
    named && tail.get(name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(html: &str) -> String {
        let text = tokens(html).filter_map(|token| match token {
            Token::Text(text) => Some(text),
            Token::Tag(_) => None,
        });
        text.collect()
    }

    #[test]
    fn tags_are_told_with_what_they_do() {
        let tag = |name, element, is_end, attributes| {
            Token::Tag(Tag { name: Cow::Borrowed(name), element, is_end, attributes: Attributes(attributes) })
        };
        let found: Vec<Token<'_>> = tokens("<P CLASS=x>a<br/>b</p >").collect();
        assert_eq!(
            found,
            [
                tag("p", Element::Block, false, " CLASS=x"),
                Token::Text("a"),
                tag("br", Element::Inline, false, "/"),
                Token::Text("b"),
                tag("p", Element::Block, true, " ")
            ]
        );
    }

    #[test]
    fn what_is_no_element_of_html_is_text() {
        for words in [
            "When A<B and C>D the drug helps. LDL<HDL and TG>150 is a sign.",
            "See <https://x.example/a> for more",
            "if <name> is set",
            "a < b and c > d, x<y, I <3 care, 5<6>4",
            "a<b>c is a comparison",
            "P<.05 and p<0.001, r<s",
            "after an <x-ray> of the hand",
            "x<b and y=3 is where the text goes on",
            "x<b and y=3 then c>d",
            "<!> <? > <!- x ->",
            "<<angle>>",
        ] {
            assert_eq!(text(words), words);
        }
        for (html, words) in [
            ("<o:p></o:p>a<w:x/>b<g-emoji class=x>c</g-emoji>", "abc"),
            ("a<b>c</b> d<B>E<p>f", "ac d<B>Ef"),
            ("<mark>m</mark><invented>i</invented>", "mi"),
            ("before <a href=\"https://exam", "before "),
            ("<?xml version='1.0'?><!DOCTYPE html>a<![CDATA[b", "ab"),
            ("a<!-- x --->b<!-->c<!-- d", "abc"),
            ("a<script>x < '</b>'</script>b<STYLE>p{}</STYLE>c", "abc"),
            ("<img alt=\"a > b\" src='x'>after", "after"),
        ] {
            assert_eq!(text(html), words, "{html}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_lost_that_is_no_markup(html in "[a-z éü.,;<>&0-9]{0,60}") {
            let kept = text(&html);
            prop_assert!(kept.len() <= html.len());
            if !html.contains('<') {
                prop_assert_eq!(kept, html);
            }
        }
    }
}
