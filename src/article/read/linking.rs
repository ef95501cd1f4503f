//! Reads links, the marks that refer to notes, and the places that both lead to.

use super::dom::Element;
use super::html::Reader;
use super::links;
use crate::article::row::{Role, Style};
use crate::article::target::Target;
use crate::item::markup::is_way_back;

/// A link whose end has not come yet.
pub(super) struct OpenLink {
    target: Target,
    /// Given when the first word of the link is seen, so that empty links have none.
    pub(super) number: Option<u16>,
    /// Whether the number has been shown.
    shown: bool,
}

impl Reader<'_> {
    /// Does something inside a link.
    pub(super) fn linked(&mut self, target: Target, work: impl FnOnce(&mut Self)) {
        let outer = self.link.replace(OpenLink { target, number: None, shown: false });
        work(self);
        self.show_link_number();
        self.link = outer;
    }

    /// The number of the open link, which it has from now on.
    pub(super) fn link_number(&mut self) -> Option<u16> {
        let link = self.link.as_mut()?;
        link.number = link.number.or_else(|| self.links.number(&link.target));
        link.number
    }

    /// Whether this is within a link.
    pub(super) fn is_in_link(&self) -> bool {
        self.link.is_some()
    }

    /// Whether this is within a link of which no word was seen yet.
    pub(super) fn link_is_silent(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.number.is_none())
    }

    /// Sets the number of the open link behind its last word, once.
    pub(super) fn show_link_number(&mut self) {
        let Some(link) = self.link.as_mut().filter(|link| !link.shown && !self.flow.is_empty()) else {
            return;
        };
        if let Some(number) = link.number {
            link.shown = true;
            self.attach_link_number(number);
        }
    }

    fn attach_link_number(&mut self, number: u16) {
        let style = Style { link: Some(number), ..Style::of(Role::LinkNumber) };
        self.flow.attach(&format!("[{number}]"), style);
    }

    pub(super) fn anchor(&mut self, element: &Element) {
        let reference = element.attribute("href").unwrap_or_default();
        if let Some(target) = self.links.target(reference) {
            return self.linked(target, |reader| reader.children(element));
        }
        self.children(element);
        if let Some(scheme) = links::refused_scheme(reference) {
            self.flow.attach(&format!(" [link left out: {scheme}]"), Style::of(Role::Furniture));
        }
    }

    /// A mark that only refers to something. Where it leads somewhere, the number of the link stands behind it. One that
    /// only leads back is not shown where the way is not known.
    pub(super) fn reference(&mut self, element: &Element) {
        element.elements().for_each(|link| self.note_place(link));
        let references = element.elements().filter_map(|link| link.attribute("href"));
        let targets: Vec<Target> = references.filter_map(|href| self.links.target(href)).collect();
        let label = element.text();
        if targets.is_empty() && is_way_back(&label) {
            return;
        }
        let numbers: Vec<u16> = targets.iter().filter_map(|target| self.links.number(target)).collect();
        let link = numbers.first().copied();
        self.flow.push(&label, Style { link, place: self.place.take(), ..Style::of(Role::LinkNumber) });
        for number in numbers {
            self.attach_link_number(number);
        }
    }

    /// Takes note of the place that an element is, if links lead to it. The next word will stand there.
    pub(super) fn note_place(&mut self, element: &Element) {
        self.place = self.links.places.of_element(element).or(self.place);
    }
}

pub(super) fn linked_style(style: Style, number: Option<u16>) -> Style {
    match number {
        Some(_) if style.role == Role::Image => Style { link: number, ..style },
        Some(_) => Style { role: Role::Link, link: number, ..style },
        None => style,
    }
}
