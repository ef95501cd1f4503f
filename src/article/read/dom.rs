//! The tree of an HTML text, as html2text's parser builds it, in plain values: elements and text.

use std::io::Read;

use html2text::{Comment, Document as Root, Element as Tag, Handle, config};

use super::guard;
use crate::item::drawable;

/// How deep the tree is kept; what is deeper is hung on the last level. The parser adds elements of its own
/// (`tbody`, reopened `b`), so this is more than what the guard lets through.
const MAX_TREE_DEPTH: usize = 2 * guard::MAX_DEPTH;

/// An element or a text.
#[derive(Debug)]
pub(super) enum Node {
    /// Text with its entities decoded, safe to draw; white space as it was.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element with all that it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub(super) name: String,
    pub(super) children: Vec<Node>,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// An attribute that is a number, as `start` and `colspan` are.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name).and_then(|value| value.trim().parse().ok())
    }

    /// Whether one of its classes is `class`.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// Its child elements, without the text between them.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The first element of a name inside it, at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All text inside it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.collect_text(text),
            }
        }
    }
}

impl Node {
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

/// What a body is put behind, so that it is read as the body of a page of today, whatever it begins with.
const BEGINNING: &str = "<!DOCTYPE html><body>";

/// Parses HTML that is within the limits of the guard.
pub(super) fn parse(html: &str) -> Option<Element> {
    let dom = config::rich().parse_html(BEGINNING.as_bytes().chain(html.as_bytes())).ok()?;
    let mut root = Element::default();
    copy_children(&dom.document, &mut root, MAX_TREE_DEPTH);
    Some(root)
}

fn copy_children(from: &Handle, to: &mut Element, depth_left: usize) {
    for child in &*from.children.borrow() {
        if let Some(element) = shown_element(child) {
            copy_element(child, element, to, depth_left);
        } else if let Some(text) = text_of(child) {
            to.children.push(Node::Text(text));
        }
    }
}

fn copy_element(from: &Handle, mut element: Element, parent: &mut Element, depth_left: usize) {
    match depth_left.checked_sub(1) {
        Some(left) => {
            copy_children(from, &mut element, left);
            parent.children.push(Node::Element(element));
        }
        None => parent.children.push(Node::Text(drawable(&deep_text(from)).into_owned())),
    }
}

fn shown_element(node: &Handle) -> Option<Element> {
    let Tag { name, attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let attributes = attributes
        .iter()
        .map(|attribute| (attribute.name.local.to_string(), drawable(&attribute.value).into_owned()))
        .collect();
    Some(Element { name: name.local.to_string(), children: Vec::new(), attributes })
}

/// The text of a text node. html2text does not name that kind of node in public, but writes it out as HTML.
fn text_of(node: &Handle) -> Option<String> {
    if matches!(&node.data, Comment { .. } | Root) {
        return None;
    }
    let mut written = Vec::new();
    node.serialize(&mut written).ok()?;
    let written = String::from_utf8(written).ok()?;
    // A document type or a processing instruction is the only other kind, and text is written with `&lt;`.
    let is_text = !written.starts_with('<');
    is_text.then(|| drawable(&unescaped(&written)).into_owned())
}

/// Undoes the four escapes that the HTML standard has for text.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The text of a subtree that is too deep to keep, without recursion.
fn deep_text(node: &Handle) -> String {
    let mut text = String::new();
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        if shown_element(&node).is_some() {
            waiting.extend(node.children.borrow().iter().rev().cloned());
        } else if let Some(piece) = text_of(&node) {
            text.push_str(&piece);
        }
    }
    text
}
