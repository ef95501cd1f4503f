//! Reads images, videos and whatever else a page embeds: as text, and a link where there is something to open.

use std::borrow::Cow;

use super::dom::Element;
use super::html::Reader;
use crate::article::document::Block;
use crate::article::document::text_of;
use crate::article::row::{Role, Style};
use crate::article::target::Target;
use crate::item::markup::{description, is_tracking};

/// Reads `<img>`: what it shows in words, and a link to it. One that says nothing of itself is named by its file.
pub(super) fn read_image(reader: &mut Reader, element: &Element) {
    if is_tracking(|name| element.attribute(name).map(Cow::Borrowed)) {
        return;
    }
    let address = image_address(element);
    let said = match description(|name| element.attribute(name).map(Cow::Borrowed)) {
        Some(said) if !said.chars().any(char::is_alphanumeric) => return reader.text(&said),
        Some(said) => Some(said),
        // An empty `alt` is how authors say that an image only decorates.
        None if element.attribute("alt").is_some() && !reader.link_is_silent() => return,
        None => address.and_then(file_name),
    };
    let is_inline = address.is_some_and(|address| address.starts_with("data:"));
    if said.is_none() && (address.is_none() || is_inline) && !reader.link_is_silent() {
        return;
    }
    let target = address.filter(|_| !reader.is_in_link() && !is_inline);
    match target.and_then(|address| reader.links.resolve(address)) {
        Some(target) => {
            reader.linked(Target::Web(target), |reader| bracketed(reader, "image", said.as_deref()));
        }
        None => bracketed(reader, "image", said.as_deref()),
    }
}

/// Where an image is. Pages that load theirs late name a stand-in first.
fn image_address(element: &Element) -> Option<&str> {
    ["data-src", "src"]
        .into_iter()
        .filter_map(|name| element.attribute(name))
        .map(str::trim)
        .find(|address| !address.is_empty())
}

/// The name of the file at an address.
fn file_name(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().filter(|_| !address.starts_with("data:"))?;
    let file = path.rsplit('/').next()?;
    (!file.is_empty()).then(|| file.to_owned())
}

/// Reads `<figure>`: what it holds and its caption, which is not repeated when the image says the same.
pub(super) fn read_figure(reader: &mut Reader, element: &Element) {
    let mut blocks = reader.nested_children(element);
    if let [.., Block::Paragraph(image), Block::Caption(caption)] = blocks.as_slice() {
        let said = caption.iter().all(|span| span.style.link.is_none()) && {
            let image = text_of(image);
            image.starts_with('[') && image.contains(&text_of(caption))
        };
        if said {
            blocks.pop();
        }
    }
    let is_title = blocks.len() > 1;
    for (index, block) in blocks.into_iter().enumerate() {
        reader.push(match block {
            // One that stands first is above what it is about.
            Block::Caption(flow) if index == 0 && is_title => Block::Paragraph(flow),
            block => block,
        });
    }
}

/// Reads a video, an audio or an embedded page: what it is, as a link.
pub(super) fn read_player(reader: &mut Reader, element: &Element) {
    if is_tracking(|name| element.attribute(name).map(Cow::Borrowed)) {
        return;
    }
    if element.name == "object" && !element.text().trim().is_empty() {
        return reader.children(element);
    }
    let target = address(element).and_then(|address| reader.links.resolve(&watchable(address)));
    reader.end_paragraph();
    match target {
        Some(target) => {
            let kind = kind(element, target.as_str());
            let title = ["title", "aria-label"].into_iter().find_map(|name| element.attribute(name));
            let site = target.site().to_owned();
            let said = title.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&site).to_owned();
            reader.linked(Target::Web(target), |reader| bracketed(reader, kind, Some(&said)));
        }
        None if matches!(element.name.as_str(), "video" | "audio") => {
            bracketed(reader, &element.name, element.attribute("title"));
        }
        None => {}
    }
    reader.end_paragraph();
}

fn bracketed(reader: &mut Reader, kind: &str, said: Option<&str>) {
    let style = Style { role: Role::Image, ..reader.style };
    let text = match said.map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => format!("[{kind}: {said}]"),
        None => format!("[{kind}]"),
    };
    reader.styled(style, |reader| reader.words(&text));
}

/// Where a player takes its content from.
fn address(element: &Element) -> Option<&str> {
    let own = ["src", "data-src", "data"].into_iter().find_map(|name| element.attribute(name));
    let own = own.filter(|address| !address.is_empty() && !address.starts_with("about:"));
    own.or_else(|| element.find("source").and_then(|source| source.attribute("src")))
}

/// The page on which people watch a video, for the address of a frame that shows it.
fn watchable(address: &str) -> String {
    for (frame, page) in [
        ("youtube.com/embed/", "https://www.youtube.com/watch?v="),
        ("youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="),
        ("player.vimeo.com/video/", "https://vimeo.com/"),
    ] {
        let id = address
            .split_once(frame)
            .map(|(_, rest)| rest.split(['?', '&', '/', '#']).next().unwrap_or_default());
        if let Some(id) = id.filter(|id| !id.is_empty() && *id != "videoseries") {
            return format!("{page}{id}");
        }
    }
    address.to_owned()
}

fn kind(element: &Element, address: &str) -> &'static str {
    let is_video = ["youtube.com/", "vimeo.com/", "youtu.be/"].iter().any(|site| address.contains(site));
    match element.name.as_str() {
        "video" => "video",
        "audio" => "audio",
        _ if is_video => "video",
        _ => "embedded",
    }
}
