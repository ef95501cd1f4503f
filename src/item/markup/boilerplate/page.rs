//! The sections of a page, and how many words stand in them.

use std::ops::{Range, Sub};

use super::super::element::{Element, is_void};
use super::super::token::{Tag, Token, tokens};

/// How many open sections are looked through for the one that ends; beyond that, nothing is known to end.
const LOOKED_THROUGH: usize = 64;

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Nav,
    Header,
    Footer,
    Aside,
    Main,
    Article,
    /// A part of an article that has headers and footers of its own.
    Part,
}

/// How much stands in a piece of HTML.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) words: usize,
    linked_words: usize,
    /// Pictures, and what is played.
    pictures: usize,
}

/// A section that has an end.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: Kind,
    /// Where it stands, with its tags, in bytes.
    pub(super) range: Range<usize>,
    pub(super) tally: Tally,
    /// Whether it is in an article or in a part of one.
    pub(super) is_in_article: bool,
}

/// The sections of HTML.
#[derive(Debug)]
pub(super) struct Page {
    /// Whether it is a whole page, not a piece of one.
    pub(super) is_whole: bool,
    /// In the order in which they begin.
    sections: Vec<Section>,
    pub(super) total: Tally,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "nav" => Self::Nav,
            "header" => Self::Header,
            "footer" => Self::Footer,
            "aside" => Self::Aside,
            "main" => Self::Main,
            "article" => Self::Article,
            "section" | "blockquote" => Self::Part,
            _ => return None,
        })
    }

    /// Whether its headers and footers are not those of the page.
    fn has_own_header(self) -> bool {
        matches!(self, Self::Main | Self::Article | Self::Part)
    }
}

impl Tally {
    pub(super) fn is_empty(self) -> bool {
        self.words == 0 && self.pictures == 0
    }

    pub(super) fn is_mostly_links(self) -> bool {
        self.words > 0 && self.linked_words.saturating_mul(2) >= self.words
    }

    pub(super) fn unlinked_words(self) -> usize {
        self.words.saturating_sub(self.linked_words)
    }

    fn add_text(&mut self, text: &str, is_linked: bool) {
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        self.words = self.words.saturating_add(words);
        self.linked_words = self.linked_words.saturating_add(if is_linked { words } else { 0 });
    }
}

impl Sub for Tally {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            words: self.words.saturating_sub(other.words),
            linked_words: self.linked_words.saturating_sub(other.linked_words),
            pictures: self.pictures.saturating_sub(other.pictures),
        }
    }
}

/// Whether there may be sections that matter; quick, for few bodies have any.
pub(super) fn may_have_sections(html: &str) -> bool {
    const NAMES: [&[u8]; 6] = [b"nav", b"header", b"footer", b"aside", b"main", b"article"];
    let begins =
        |rest: &[u8], name: &[u8]| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    html.match_indices('<').any(|(at, _)| {
        let rest = html.as_bytes().get(at.saturating_add(1)..).unwrap_or_default();
        NAMES.iter().any(|name| begins(rest, name))
    })
}

impl Page {
    /// Finds the sections of HTML.
    pub(super) fn of(html: &str) -> Self {
        let mut scan = Scan::default();
        let mut tokens = tokens(html);
        loop {
            let start = tokens.at();
            let Some(token) = tokens.next() else { break };
            match token {
                Token::Text(text) => scan.total.add_text(text, scan.is_in_link),
                Token::Tag(tag) if tag.is_end => scan.end(&tag, tokens.at()),
                Token::Tag(tag) => {
                    scan.start(&tag, start);
                    let is_shown = !matches!(tag.element, Element::Hidden | Element::Fallback);
                    if !is_shown && !is_void(&tag.name) && tokens.has_end(&tag.name) {
                        tokens.take_to_end(&tag.name);
                    }
                }
            }
        }
        scan.sections.sort_by_key(|section| section.range.start);
        Self { is_whole: scan.is_whole, sections: scan.sections, total: scan.total }
    }

    /// The sections of some kind that stand in no other one of it, in order.
    pub(super) fn outermost<'a>(
        &'a self,
        mut test: impl FnMut(&Section) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Section> {
        let mut end = 0;
        self.sections.iter().filter(move |section| {
            let is_found = section.range.start >= end && test(section);
            end = if is_found { section.range.end } else { end };
            is_found
        })
    }

    /// The sections that hold the article, as its page says.
    pub(super) fn article(&self) -> impl Iterator<Item = &Section> {
        let holds = |section: &Section, kind| section.kind == kind && section.tally.words > 0;
        let has_main = self.sections.iter().any(|section| holds(section, Kind::Main));
        let kind = if has_main { Kind::Main } else { Kind::Article };
        self.outermost(move |section| holds(section, kind))
    }
}

/// A section whose end has not come yet.
#[derive(Debug)]
struct Open {
    kind: Kind,
    start: usize,
    /// What stood before it.
    before: Tally,
}

/// What is known of a page at some place in it.
#[derive(Debug, Default)]
struct Scan {
    open: Vec<Open>,
    /// How many of the open sections have headers of their own.
    articles: usize,
    sections: Vec<Section>,
    total: Tally,
    is_in_link: bool,
    is_whole: bool,
}

impl Scan {
    fn start(&mut self, tag: &Tag<'_>, start: usize) {
        match &*tag.name {
            "html" | "head" | "body" | "title" => self.is_whole = true,
            "a" | "button" => self.is_in_link = true,
            "img" | "svg" | "video" | "audio" | "iframe" | "embed" | "object" => {
                self.total.pictures = self.total.pictures.saturating_add(1);
            }
            name => {
                let Some(kind) = Kind::of(name) else { return };
                self.articles = self.articles.saturating_add(usize::from(kind.has_own_header()));
                self.is_in_link = false;
                self.open.push(Open { kind, start, before: self.total });
            }
        }
    }

    fn end(&mut self, tag: &Tag<'_>, end: usize) {
        if matches!(&*tag.name, "a" | "button") {
            self.is_in_link = false;
        }
        let Some(kind) = Kind::of(&tag.name) else { return };
        let mut above = self.open.iter().rev().take(LOOKED_THROUGH);
        let Some(unended) = above.position(|open| open.kind == kind) else { return };
        // Sections that do not end are none: they might hold the text.
        for index in 0..=unended {
            let Some(Open { kind, start, before }) = self.open.pop() else { return };
            self.articles = self.articles.saturating_sub(usize::from(kind.has_own_header()));
            if index == unended {
                let is_in_article = self.articles > 0;
                let tally = self.total - before;
                self.sections.push(Section { kind, range: start..end, tally, is_in_article });
            }
        }
    }
}
