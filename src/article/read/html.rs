//! From the tree of an HTML text to a document. Elements are taken by an allow-list: what is not known
//! contributes only its text.

use super::address::{self, Stretch};
use super::dom::{self, Element, Node};
use super::inline::FlowBuilder;
use super::linking::{OpenLink, linked_style};
use super::links::Links;
use super::places::Places;
use super::written::{head, written};
use super::{form, guard, list, media, preformatted, table};
use crate::article::document::{Block, Document, Flow, Marker};
use crate::article::row::{Role, Span, Style};
use crate::article::target::Target;
use crate::item::markup::{
    DELETED, Element as Kind, Event, INSERTED, REFERENCE, events, split_at_empty_lines,
};
use crate::item::{Link, drawable};

/// Reads HTML into a document. HTML beyond the limits of the guard is read with its tags taken out.
pub(super) fn read(html: &str, base: Option<&Link>) -> Document {
    let written = written(html);
    let root = written.as_ref().and_then(|written| dom::parse(&written.html));
    let mut reader = Reader::new(base);
    let is_cut = if let (Some(root), Some(written)) = (&root, &written) {
        reader.links.places = Places::of(root, base);
        reader.children(root);
        written.is_cut
    } else {
        let is_cut = reader.text_only(html);
        reader.end_paragraph();
        reader.note("This is the bare text: the page has more markup than is read of one article.");
        is_cut
    };
    let mut document = reader.into_document();
    document.note_if_cut(is_cut);
    document
}

/// Walks a tree and gathers blocks.
pub(super) struct Reader<'a> {
    pub(super) links: Links<'a>,
    pub(super) flow: FlowBuilder,
    pub(super) style: Style,
    pub(super) link: Option<OpenLink>,
    /// The number of the place that begins with the next word.
    pub(super) place: Option<u16>,
    blocks: Vec<Block>,
}

impl<'a> Reader<'a> {
    /// A reader that has read nothing.
    pub(super) fn new(base: Option<&'a Link>) -> Self {
        Self {
            links: Links::new(base),
            flow: FlowBuilder::default(),
            style: Style::default(),
            link: None,
            place: None,
            blocks: Vec::new(),
        }
    }

    /// The document, when all is read.
    pub(super) fn into_document(mut self) -> Document {
        self.end_paragraph();
        Document { blocks: self.blocks, links: self.links.into_list() }
    }

    /// Reads the text of HTML without building a tree of it, and tells whether there was more than may be.
    fn text_only(&mut self, html: &str) -> bool {
        let mut left = guard::MAX_TEXT_BYTES;
        for event in events(html) {
            match event {
                Event::Text(text) => {
                    let within = head(&text, left);
                    left -= within.len();
                    self.text(&drawable(within));
                    if within.len() < text.len() {
                        return true;
                    }
                }
                Event::Start(name, ..) if name == DELETED => self.style.strike = true,
                Event::End(name, _) if name == DELETED => self.style.strike = false,
                Event::Start(_, Kind::Block, _) | Event::End(_, Kind::Block) => self.end_paragraph(),
                Event::Start(name, ..) if name == "br" => self.end_paragraph(),
                Event::Start(..) | Event::End(..) | Event::Drawing(_) => {}
            }
        }
        false
    }

    /// Reads all that an element holds.
    pub(super) fn children(&mut self, element: &Element) {
        self.note_place(element);
        for child in &element.children {
            match child {
                Node::Text(text) if element.name == "body" => self.loose_text(text),
                node => self.nodes(std::slice::from_ref(node)),
            }
        }
    }

    /// Reads text and elements that stand side by side.
    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(element),
            }
        }
    }

    /// Says something of our own behind the text.
    fn note(&mut self, note: &str) {
        self.styled(Style::of(Role::Furniture), |reader| reader.words(note));
        self.end_paragraph();
    }

    /// Reads all that an element holds, in another style.
    pub(super) fn children_in(&mut self, style: Style, element: &Element) {
        self.styled(style, |reader| reader.children(element));
    }

    /// Does something in another style.
    pub(super) fn styled(&mut self, style: Style, work: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.style, style);
        work(self);
        self.style = outer;
    }

    /// Reads blocks of their own, such as those of a list item.
    pub(super) fn nested(&mut self, work: impl FnOnce(&mut Self)) -> Vec<Block> {
        self.end_paragraph();
        let outer = std::mem::take(&mut self.blocks);
        work(self);
        self.end_paragraph();
        std::mem::replace(&mut self.blocks, outer)
    }

    /// Reads what an element holds as blocks of their own.
    pub(super) fn nested_children(&mut self, element: &Element) -> Vec<Block> {
        self.nested(|reader| reader.children(element))
    }

    /// Adds a finished block.
    pub(super) fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    /// Ends the paragraph, if one was begun.
    pub(super) fn end_paragraph(&mut self) {
        self.show_link_number();
        if let Some(flow) = self.flow.take() {
            self.blocks.push(Block::Paragraph(flow));
        }
    }

    /// Adds running text in the present style.
    pub(super) fn text(&mut self, text: &str) {
        let may_hold_addresses = self.link.is_none()
            && self.style.role != Role::Code
            && (text.contains("://") || text.contains("www.") || text.contains('@'));
        if !may_hold_addresses {
            return self.words(text);
        }
        for stretch in address::stretches(text) {
            match stretch {
                Stretch::Text(text) => self.words(text),
                Stretch::Address(address) => match self.links.target(address) {
                    Some(target) => self.linked(target, |reader| reader.words(address)),
                    None => self.words(address),
                },
            }
        }
    }

    /// Adds text outside all blocks: there an empty line means a new paragraph, as it does in WordPress.
    fn loose_text(&mut self, text: &str) {
        for (index, paragraph) in split_at_empty_lines(text).enumerate() {
            if index > 0 {
                self.end_paragraph();
            }
            self.text(paragraph);
        }
    }

    pub(super) fn words(&mut self, text: &str) {
        let is_blank = text.trim().is_empty();
        let style = if is_blank { self.style } else { linked_style(self.style, self.link_number()) };
        let place = if is_blank { None } else { self.place.take() };
        let first = if place.is_some() { first_word(text) } else { "" };
        self.flow.push(first, Style { place, ..style });
        self.flow.push(text.get(first.len()..).unwrap_or_default(), style);
    }

    /// Reads one element.
    pub(super) fn element(&mut self, element: &Element) {
        self.note_place(element);
        if !self.block(element) {
            self.inline(element);
        }
    }

    /// Reads an element that stands on rows of its own; `false` when it is not one.
    fn block(&mut self, element: &Element) -> bool {
        match element.name.as_str() {
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside"
            | "address" | "center" | "fieldset" | "form" | "hgroup" | "dialog" | "search" | "legend"
            | "li" | "dt" | "dd" => {
                self.container(element);
            }
            "figure" => media::read_figure(self, element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" | "menu" | "dir" => list::read(self, element),
            "dl" => list::read_definitions(self, element),
            "blockquote" => self.quote(element),
            "pre" | "listing" | "xmp" | "plaintext" => preformatted::read(self, element),
            "table" => table::read(self, element),
            "figcaption" | "caption" => self.caption(element),
            "hr" => self.push(Block::Rule),
            "summary" => self.summary(element),
            "details" => self.container(element),
            "video" | "audio" | "iframe" | "embed" | "object" => media::read_player(self, element),
            _ => return false,
        }
        true
    }

    /// Reads an element that stands in running text; of one that is not known, what it holds.
    fn inline(&mut self, element: &Element) {
        let style = self.style;
        match element.name.as_str() {
            "br" => self.flow.push_break(),
            "a" => self.anchor(element),
            "b" | "strong" => self.children_in(style.bold(), element),
            "i" | "em" | "cite" | "var" | "dfn" => self.children_in(style.italic(), element),
            DELETED => self.children_in(Style { strike: true, ..style }, element),
            INSERTED => self.children_in(Style { inserted: true, ..style }, element),
            REFERENCE => self.reference(element),
            "code" | "kbd" | "samp" | "tt" => self.children_in(Style { role: Role::Code, ..style }, element),
            "img" => media::read_image(self, element),
            "input" | "select" | "button" => form::read(self, element),
            _ => self.children(element),
        }
    }

    fn container(&mut self, element: &Element) {
        if element.has_class("footnote-definition") {
            return list::read_footnote(self, element);
        }
        self.end_paragraph();
        self.children(element);
        self.end_paragraph();
    }

    fn heading(&mut self, element: &Element) {
        let level = element.name.bytes().last().map_or(1, |digit| digit.saturating_sub(b'0')).clamp(1, 6);
        let style = Style::of(Role::Heading(level)).bold();
        self.nested_flows(style, element, |flow| Block::Heading(level, flow));
    }

    fn summary(&mut self, element: &Element) {
        self.nested_flows(Style::default().bold(), element, |mut flow| {
            flow.insert(0, Span::furniture("▾ "));
            Block::Term(flow)
        });
    }

    fn caption(&mut self, element: &Element) {
        self.nested_flows(Style::of(Role::Secondary), element, Block::Caption);
    }

    /// Reads an element that should hold running text only, and makes each of its paragraphs a block of
    /// another kind.
    pub(super) fn nested_flows(&mut self, style: Style, element: &Element, make: impl Fn(Flow) -> Block) {
        let blocks = self.nested(|reader| reader.children_in(style, element));
        self.blocks.extend(
            blocks.into_iter().map(
                |block| {
                    if let Block::Paragraph(flow) = block { make(flow) } else { block }
                },
            ),
        );
    }

    fn quote(&mut self, element: &Element) {
        let style = Style { role: Role::Quote, ..self.style };
        let blocks = self.nested(|reader| {
            reader.children_in(style, element);
            let source = element.attribute("cite").and_then(|address| reader.links.resolve(address));
            if let Some(source) = source {
                reader.end_paragraph();
                let site = source.site().to_owned();
                reader.styled(Style::of(Role::Secondary), |reader| {
                    reader.words("— ");
                    reader.linked(Target::Web(source), |reader| reader.words(&site));
                });
            }
        });
        if !blocks.is_empty() {
            self.push(Block::Quote(blocks));
        }
    }

    /// Adds a closing mark behind the last word, whatever white space was seen since.
    pub(super) fn close_with(&mut self, mark: &str) {
        self.flow.attach(mark, self.style);
    }
}

/// A text up to the end of its first word.
fn first_word(text: &str) -> &str {
    let begin = text.len().saturating_sub(text.trim_start().len());
    let word = text.get(begin..).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    text.get(..begin.saturating_add(word.len())).unwrap_or_default()
}

/// Makes a label of a list item from what the item begins with, if that is a box to tick.
pub(super) fn ticked_marker(flow: &mut Flow) -> Option<Marker> {
    let first = flow.first_mut()?;
    let tick = first.text.chars().next().filter(|&c| c == form::TICKED || c == form::UNTICKED)?;
    first.text = first.text.get(tick.len_utf8()..)?.trim_start().to_owned();
    flow.retain(|span| !span.text.is_empty());
    Some(Marker::Label(tick.to_string()))
}
