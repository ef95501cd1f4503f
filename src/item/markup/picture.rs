//! What a picture shows, in words.

use std::borrow::Cow;

/// An image or a frame of at most this many pixels a side counts visits and shows nothing.
const TRACKING_PIXELS: u32 = 2;

/// The types of picture files, by the endings of their names.
const IMAGE_TYPES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp"];

/// Whether an image or a frame is only there to count visits, given how its attributes are asked for.
pub fn is_tracking<'a>(attribute: impl Fn(&str) -> Option<Cow<'a, str>>) -> bool {
    let sides = ["width", "height"].into_iter().filter_map(attribute);
    sides.filter_map(|side| side.trim().parse::<u32>().ok()).any(|size| size <= TRACKING_PIXELS)
}

/// What an image shows in the words of its author, or else in those of its file's name; `None` where neither says
/// anything. `attribute` gives the value of one of its attributes.
pub fn description<'a>(attribute: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<String> {
    let said = match attribute("alt") {
        Some(alt) if is_image_file(&alt) => meaningful_name(&alt),
        Some(alt) => Some(alt.trim().to_owned()),
        None => {
            let title = attribute("title").map(|title| title.trim().to_owned());
            title.filter(|title| !title.is_empty()).or_else(|| meaningful_name(&attribute("src")?))
        }
    };
    said.filter(|said| !said.is_empty())
}

fn is_image_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| IMAGE_TYPES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The name of an image file as words, unless it was named by a camera or a machine.
fn meaningful_name(address: &str) -> Option<String> {
    if address.starts_with("data:") || !is_image_file(address) {
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

#[cfg(test)]
mod tests {
    use super::super::attributes::Attributes;
    use super::*;

    #[test]
    fn pictures_are_described_by_their_authors_or_by_their_names() {
        for (attributes, expected) in [
            ("alt='A ward at night' src=a.jpg", Some("A ward at night")),
            ("alt='' src=nurses-on-ward.jpg", None),
            ("alt=nurses-on-ward.jpg", Some("nurses on ward")),
            ("title='The ward' src=a.jpg", Some("The ward")),
            ("src=/x/nurses-on-ward-1024x768.jpg?w=1", Some("nurses on ward")),
            ("src=IMG_1234.jpg", None),
            ("src='data:image/png;base64,AA'", None),
        ] {
            let attributes = Attributes(attributes);
            assert_eq!(description(|name| attributes.get(name)).as_deref(), expected, "{attributes:?}");
        }
        assert!(is_tracking(|name| Attributes("width=1 height=1").get(name)));
        assert!(!is_tracking(|name| Attributes("width=640").get(name)));
    }
}
