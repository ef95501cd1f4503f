//! HTML as events, in which every output is told the same: what is text, and what stands around it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::iter::once;

use super::attributes::Attributes;
use super::element::{Element, is_void};
use super::entity::decoded;
use super::mark::Sign;
use super::nesting::Nesting;
use super::token::{Tag, Token, Tokens, tokens};
use super::{contact, formula, mark};

/// The name of the element around words that are deleted.
pub const DELETED: &str = "del";
/// The name of the element around words that are inserted.
pub const INSERTED: &str = "ins";
/// The name of the element around a mark that only refers to something, such as a footnote. No author can write it:
/// it is none of HTML's, and the elements of authors that are none are left out.
pub const REFERENCE: &str = "reference";
/// The name of an element without contents, which only bears the name of a place.
pub const PLACE: &str = "place";

/// A part of an HTML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// Text with its entities decoded. Raised and lowered characters are written as such.
    Text(Cow<'a, str>),
    /// The beginning of an element, with its name in lower case.
    Start(Cow<'a, str>, Element, Attributes<'a>),
    /// The end of an element.
    End(Cow<'a, str>, Element),
    /// A drawing that has this name.
    Drawing(Cow<'a, str>),
}

/// Reads HTML. Elements that do nothing to the text are left out, and so is what is never shown.
pub fn events(html: &str) -> Events<'_> {
    Events {
        tokens: tokens(html),
        ready: VecDeque::new(),
        nesting: Nesting::default(),
        before: None,
        quotations: 0,
        player: None,
        contact: None,
        unmatched: Vec::new(),
    }
}

/// The events of an HTML text.
#[derive(Debug)]
pub struct Events<'a> {
    tokens: Tokens<'a>,
    /// Events that follow from tokens already read.
    ready: VecDeque<Event<'a>>,
    /// Which words are deleted or inserted, and where that ends.
    nesting: Nesting<'a>,
    /// The last character of the text so far.
    before: Option<char>,
    /// How many `<q>` are open.
    quotations: usize,
    /// The player whose fallback is being passed over.
    player: Option<Cow<'a, str>>,
    /// Where the open link leads, if to a person, and its text so far.
    contact: Option<(String, String)>,
    /// The elements that were hidden without an end that fits; the next of their kind are not looked for.
    unmatched: Vec<String>,
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            match self.tokens.next() {
                None => {
                    self.nesting.close_all(&mut self.ready);
                    return self.ready.pop_front();
                }
                Some(Token::Text(_)) if self.player.is_some() => {}
                Some(Token::Text(text)) => self.say(decoded(text)),
                Some(Token::Tag(tag)) => self.tag(tag),
            }
        }
    }
}

impl<'a> Events<'a> {
    /// Adds text.
    fn say(&mut self, text: Cow<'a, str>) {
        let Some(last) = text.chars().next_back() else { return };
        self.before = Some(last);
        if let Some((_, said)) = &mut self.contact {
            said.push_str(&text);
        }
        self.ready.push_back(Event::Text(text));
    }

    fn tag(&mut self, tag: Tag<'a>) {
        if let Some(player) = &self.player {
            if tag.is_end && *player == tag.name {
                self.player = None;
            } else if tag.name != "source" {
                return;
            }
        }
        if tag.is_end { self.end(tag) } else { self.start(tag) }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if self.is_hidden(&tag) {
            return;
        }
        match &*tag.name {
            "sup" | "sub" => self.script(&tag),
            "del" | "s" | "strike" => self.nesting.open(DELETED, &mut self.ready),
            "ins" => self.nesting.open(INSERTED, &mut self.ready),
            "a" => self.anchor(tag),
            "q" => {
                let is_outer = self.quotations.is_multiple_of(2);
                self.say(Cow::Borrowed(if is_outer { "“" } else { "‘" }));
                self.quotations = self.quotations.saturating_add(1);
            }
            "rt" => self.say(Cow::Borrowed("(")),
            "math" => self.formula(),
            "svg" => self.drawing(&tag),
            _ => match tag.element {
                Element::Transparent => self.place(&tag),
                Element::Hidden => {}
                Element::Fallback => self.player(tag),
                Element::Block | Element::Inline => {
                    if tag.element == Element::Block {
                        self.before = None;
                        self.nesting.block_begins(tag.name.clone(), &mut self.ready);
                    }
                    self.ready.push_back(Event::Start(renamed(tag.name), tag.element, tag.attributes));
                }
            },
        }
    }

    fn end(&mut self, tag: Tag<'a>) {
        match &*tag.name {
            "sup" | "sub" | "math" | "svg" | "noscript" => {}
            "del" | "s" | "strike" => self.nesting.close(DELETED, &mut self.ready),
            "ins" => self.nesting.close(INSERTED, &mut self.ready),
            "q" if self.quotations == 0 => {}
            "q" => {
                self.quotations = self.quotations.saturating_sub(1);
                let is_outer = self.quotations.is_multiple_of(2);
                self.say(Cow::Borrowed(if is_outer { "”" } else { "’" }));
            }
            "rt" => self.say(Cow::Borrowed(")")),
            "a" => {
                if let Some((contact, text)) = self.contact.take()
                    && !contact::is_said(&contact, &text)
                    && !text.trim().is_empty()
                {
                    self.say(Cow::Owned(format!(" ({contact})")));
                }
                self.ready.push_back(Event::End(tag.name, tag.element));
            }
            name if is_void(name) && name != "br" => {}
            _ => match tag.element {
                Element::Transparent | Element::Hidden => {}
                Element::Block | Element::Inline | Element::Fallback => {
                    if tag.element == Element::Block {
                        self.before = None;
                        self.nesting.block_ends(&tag.name, &mut self.ready);
                    }
                    self.ready.push_back(Event::End(renamed(tag.name), tag.element));
                }
            },
        }
    }

    /// Passes over an element that is never shown, or that its author keeps from being seen.
    fn is_hidden(&mut self, tag: &Tag<'a>) -> bool {
        if tag.element != Element::Hidden && !hides(tag) {
            return false;
        }
        if is_void(&tag.name) {
            return true;
        }
        if self.unmatched.iter().any(|name| *name == *tag.name) || !self.tokens.has_end(&tag.name) {
            return tag.element == Element::Hidden;
        }
        let mut behind = self.tokens.clone();
        let mut depth: usize = 1;
        for token in &mut behind {
            let Token::Tag(other) = token else { continue };
            if other.name == tag.name {
                depth = if other.is_end { depth.saturating_sub(1) } else { depth.saturating_add(1) };
            }
            if depth == 0 {
                break;
            }
        }
        if depth > 0 {
            self.unmatched.push(tag.name.to_string());
            return tag.element == Element::Hidden;
        }
        self.tokens = behind;
        true
    }

    /// Raised or lowered characters, or a mark that only refers to something.
    fn script(&mut self, tag: &Tag<'a>) {
        match self.look_ahead(&tag.name) {
            Some((inside, behind)) if mark::is_reference(tag, &inside) => {
                self.tokens = behind;
                self.refer(&inside, tag.attributes);
            }
            Some((inside, behind)) if mark::is_text(&inside) => {
                self.tokens = behind;
                self.say(Cow::Owned(mark::set(&tag.name, &inside, self.before)));
            }
            // It holds more than text. Of its looks this much counts: it is no part of the number before it.
            _ if self.before.is_some_and(char::is_numeric) => {
                self.say(Cow::Borrowed(if tag.name == "sup" { "^" } else { "_" }));
            }
            _ => {}
        }
    }

    /// The tokens up to the end of an element just begun, if that is near and no block is between, and what stands
    /// behind it.
    fn look_ahead(&self, name: &str) -> Option<(Vec<Token<'a>>, Tokens<'a>)> {
        const NEAR: usize = 24;
        let mut ahead = self.tokens.clone();
        let mut inside = Vec::new();
        while inside.len() < NEAR {
            match ahead.next()? {
                Token::Tag(tag) if tag.name == name && tag.is_end => return Some((inside, ahead)),
                Token::Tag(tag) if tag.name == name || tag.element == Element::Block => return None,
                token => inside.push(token),
            }
        }
        None
    }

    /// Writes a mark that only refers to something: its label, and the links that it has.
    fn refer(&mut self, inside: &[Token<'a>], attributes: Attributes<'a>) {
        let Some(label) = mark::label(inside) else { return };
        let name = || Cow::Borrowed(REFERENCE);
        let links = inside.iter().filter_map(|token| match token {
            Token::Tag(tag) if tag.name == "a" && !tag.is_end => Some(tag),
            Token::Tag(_) | Token::Text(_) => None,
        });
        let links = links.flat_map(|tag| {
            let begin = Event::Start(tag.name.clone(), tag.element, tag.attributes);
            [begin, Event::End(tag.name.clone(), tag.element)]
        });
        let begin = Event::Start(name(), Element::Inline, attributes);
        let text = Event::Text(Cow::Owned(label));
        self.ready
            .extend([begin, text].into_iter().chain(links).chain(once(Event::End(name(), Element::Inline))));
    }

    fn anchor(&mut self, tag: Tag<'a>) {
        let href = tag.attributes.get("href");
        // A link around nothing but a raised mark is a mark with a link.
        let begins_raised = || match self.tokens.clone().next() {
            Some(Token::Tag(next)) => next.name == "sup",
            Some(Token::Text(_)) | None => false,
        };
        if href.is_some()
            && begins_raised()
            && let Some((mut inside, behind)) = self.look_ahead("a")
            && mark::is_raised_mark(&inside)
        {
            self.tokens = behind;
            inside.push(Token::Tag(tag));
            return self.refer(&inside, Attributes::default());
        }
        if href.as_ref().is_some_and(|href| href.contains('#'))
            && let Some((mut inside, behind)) = self.look_ahead("a")
            && let Some(sign) = mark::sign(&inside)
        {
            self.tokens = behind;
            if sign == Sign::Permalink {
                return self.place(&tag);
            }
            inside.push(Token::Tag(tag));
            return self.refer(&inside, Attributes::default());
        }
        self.contact = href.and_then(|href| contact::of(&href)).map(|contact| (contact, String::new()));
        self.ready.push_back(Event::Start(tag.name, tag.element, tag.attributes));
    }

    /// Keeps the name of a place of which nothing else is kept.
    fn place(&mut self, tag: &Tag<'a>) {
        if tag.attributes.get("id").is_some() {
            let name = || Cow::Borrowed(PLACE);
            let begin = Event::Start(name(), Element::Inline, tag.attributes);
            self.ready.extend([begin, Event::End(name(), Element::Inline)]);
        }
    }

    fn formula(&mut self) {
        if self.tokens.has_end("math") {
            let math = self.tokens.take_to_end("math");
            self.say(Cow::Owned(formula::set(math)));
        }
    }

    /// A drawing, of which only the name that its author gave it can be shown.
    fn drawing(&mut self, tag: &Tag<'a>) {
        if !self.tokens.has_end("svg") {
            return;
        }
        let drawing = self.tokens.take_to_end("svg");
        let title = drawing.split_once("<title").and_then(|(_, behind)| {
            let (title, _) = behind.split_once('>')?.1.split_once("</title")?;
            Some(decoded(title))
        });
        let name = title.or_else(|| tag.attributes.get("aria-label")).filter(|name| !name.trim().is_empty());
        self.ready.extend(name.map(Event::Drawing));
    }

    /// Something that is played or embedded. What stands in it is for those who cannot have it.
    fn player(&mut self, tag: Tag<'a>) {
        if self.tokens.has_end(&tag.name) {
            self.player = Some(tag.name.clone());
        }
        if tag.name != "noscript" {
            self.before = None;
            self.ready.push_back(Event::Start(tag.name, tag.element, tag.attributes));
        }
    }
}

/// Old names of elements that go by others today.
fn renamed(name: Cow<'_, str>) -> Cow<'_, str> {
    match &*name {
        "listing" | "plaintext" | "xmp" => Cow::Borrowed("pre"),
        "textarea" => Cow::Borrowed("button"),
        "image" => Cow::Borrowed("img"),
        _ => name,
    }
}

/// Whether its author keeps an element from being seen. (`aria-hidden` only hides it from being heard, and pages that
/// wait for a script to show them would be empty here.)
fn hides(tag: &Tag<'_>) -> bool {
    let text = tag.attributes.0;
    if tag.is_end || !(text.contains("hidden") || text.contains("HIDDEN") || text.contains("none")) {
        return false;
    }
    let style = || tag.attributes.get("style").map(|style| style.to_ascii_lowercase().replace(' ', ""));
    let hides = |style: String| style.contains("display:none") || style.contains("visibility:hidden");
    !matches!(&*tag.name, "html" | "body")
        && (tag.attributes.get("hidden").is_some() || style().is_some_and(hides))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
