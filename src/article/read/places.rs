//! The places of an article that its own links lead to, such as footnotes.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::dom::Element;
use crate::item::Link;

/// The most places of one article that links can lead to.
const MAX_PLACES: u16 = 999;

/// The places that links of an article lead to, by their names.
#[derive(Debug, Default)]
pub(super) struct Places {
    numbers: HashMap<String, u16>,
}

impl Places {
    /// Finds the places of a tree: the elements with a name that a link in it leads to.
    pub(super) fn of(root: &Element, base: Option<&Link>) -> Self {
        let mut wanted = HashSet::new();
        visit(root, &mut |element| {
            let name = element.attribute("href").and_then(|reference| name_in(reference, base));
            wanted.extend(name);
        });
        let mut places = Self::default();
        if wanted.is_empty() {
            return places;
        }
        visit(root, &mut |element| {
            let Some(name) = name_of(element).filter(|name| wanted.contains(*name)) else { return };
            let next = u16::try_from(places.numbers.len()).unwrap_or(MAX_PLACES);
            if next < MAX_PLACES {
                places.numbers.entry(name.to_owned()).or_insert(next);
            }
        });
        places
    }

    /// The number of the place with a name.
    pub(super) fn number(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    /// The number of the place that an element is.
    pub(super) fn of_element(&self, element: &Element) -> Option<u16> {
        if self.numbers.is_empty() { None } else { self.number(name_of(element)?) }
    }
}

/// The name of the place in the same article that a reference leads to, if it leads to one.
pub(super) fn name_in(reference: &str, base: Option<&Link>) -> Option<String> {
    let own = || reference.strip_prefix(base?.as_str())?.strip_prefix('#');
    let name = reference.strip_prefix('#').or_else(own).filter(|name| !name.is_empty())?;
    Some(percent_decode_str(name).decode_utf8_lossy().into_owned())
}

fn name_of(element: &Element) -> Option<&str> {
    let name = || element.attribute("name").filter(|_| element.name == "a");
    element.attribute("id").or_else(name)
}

fn visit<'a>(element: &'a Element, work: &mut impl FnMut(&'a Element)) {
    for child in element.elements() {
        work(child);
        visit(child, work);
    }
}
