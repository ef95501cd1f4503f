//! Reads images, videos and whatever else a page embeds: as text, and a link where there is something to open.

use super::dom::Element;
use super::html::Reader;
use crate::article::document::Block;
use crate::article::document::text_of;
use crate::article::row::{Role, Style};

/// An image or a frame of at most this many pixels a side counts visits and shows nothing.
const TRACKING_PIXELS: u32 = 2;

/// Reads `<img>`: its alternative text, or its file name where that says something.
pub(super) fn read_image(reader: &mut Reader, element: &Element) {
    if is_tracking(element) {
        return;
    }
    let Some(said) = description(element) else { return };
    if said.chars().any(char::is_alphanumeric) {
        bracketed(reader, "image", &said);
    } else {
        reader.text(&said);
    }
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
    for block in blocks {
        reader.push(block);
    }
}

/// Reads `<svg>`: the name that its author gave it.
pub(super) fn read_drawing(reader: &mut Reader, element: &Element) {
    let title = element.elements().find(|child| child.name == "title").map(Element::text);
    let name = title.or_else(|| element.attribute("aria-label").map(str::to_owned)).unwrap_or_default();
    if !name.trim().is_empty() {
        bracketed(reader, "image", name.trim());
    }
}

/// Reads `<noscript>`. One that only repeats an image, for pages that load theirs late, says nothing new.
pub(super) fn read_without_script(reader: &mut Reader, element: &Element) {
    if !element.text().trim().is_empty() {
        reader.children(element);
    }
}

/// Reads what a link holds. A link around an image that says nothing is still a link.
pub(super) fn read_link_contents(reader: &mut Reader, element: &Element) {
    reader.children(element);
    let leads_to_image = element.attribute("href").is_some_and(|address| file_type_is(address, &IMAGE_TYPES));
    if reader.link_is_silent()
        && !leads_to_image
        && element.find("img").is_some_and(|image| !is_tracking(image))
    {
        let style = Style { role: Role::Image, ..reader.style };
        reader.styled(style, |reader| reader.text("[image]"));
    }
}

/// Reads a video, an audio or an embedded page: what it is, as a link.
pub(super) fn read_player(reader: &mut Reader, element: &Element) {
    if is_tracking(element) {
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
            reader.linked(target, |reader| bracketed(reader, kind, &said));
        }
        None if element.name == "iframe" => {}
        None => reader.children(element),
    }
    reader.end_paragraph();
}

fn bracketed(reader: &mut Reader, kind: &str, said: &str) {
    let style = Style { role: Role::Image, ..reader.style };
    reader.styled(style, |reader| reader.text(&format!("[{kind}: {}]", said.trim())));
}

fn is_tracking(element: &Element) -> bool {
    ["width", "height"]
        .iter()
        .filter_map(|side| element.number::<u32>(side))
        .any(|size| size <= TRACKING_PIXELS)
}

/// What an image shows, in words. An empty `alt` is how authors say that it only decorates.
fn description(element: &Element) -> Option<String> {
    let said = match element.attribute("alt") {
        Some(alt) if file_type_is(alt, &IMAGE_TYPES) => meaningful_name(alt),
        Some(alt) => Some(alt.trim().to_owned()),
        None => {
            let title = element.attribute("title").map(|title| title.trim().to_owned());
            title.filter(|title| !title.is_empty()).or_else(|| meaningful_name(element.attribute("src")?))
        }
    };
    said.filter(|said| !said.is_empty())
}

const IMAGE_TYPES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp"];

fn file_type_is(address: &str, types: &[&str]) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| types.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The name of an image file as words, unless it was named by a camera or a machine.
fn meaningful_name(address: &str) -> Option<String> {
    if address.starts_with("data:") || !file_type_is(address, &IMAGE_TYPES) {
        return None;
    }
    let path = address.split(['?', '#']).next()?;
    let file = path.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| is_word(word)).collect();
    (words.len() >= 2).then(|| words.join(" "))
}

fn is_word(word: &str) -> bool {
    const SAYS_NOTHING: [&str; 9] =
        ["image", "img", "dsc", "photo", "screenshot", "screen", "shot", "untitled", "unnamed"];
    let size = |word: &str| word.split_once('x').is_some_and(|(w, h)| is_number(w) && is_number(h));
    let mixed = word.contains(|c: char| c.is_ascii_digit()) && word.chars().count() > 5;
    !size(word) && !mixed && !SAYS_NOTHING.contains(&word.to_lowercase().as_str())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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
