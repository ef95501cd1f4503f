//! Replaces the shortcodes of WordPress. Square brackets mean many things, so only known names in their form are touched.

use super::tag::Tag;
use super::{Host, Resolver, replace};

/// The longest shortcode that is looked at, in bytes.
const MAX_TAG: usize = 2000;

/// Tags that leave nothing when they stand alone.
const DROPPED: [&str; 12] = [
    "gallery",
    "playlist",
    "contact-form",
    "contact-form-7",
    "gravityform",
    "ninja_form",
    "ninja_forms",
    "wpforms",
    "mc4wp_form",
    "formidable",
    "jetpack-related-posts",
    "jetpack_subscription_form",
];

/// How the names of page builders' tags begin. The text between them stays.
const BUILDERS: [&str; 7] = ["vc_", "et_pb_", "fusion_", "av_", "su_", "mk_", "cs_"];

/// Replaces the shortcode that the rest of the text begins with, if one does.
pub(super) fn replace(resolver: &mut Resolver) -> bool {
    let Some((tag, length)) = tag_at(resolver.rest(), resolver.host) else { return false };
    if !has_form(&tag) {
        return false;
    }
    let name = tag.name.as_str();
    let html = match name {
        "caption" | "wp_caption" if !tag.closing => return replace_caption(resolver, &tag, length),
        "youtube" | "vimeo" | "embedyt" if tag.has_arguments() => {
            let video =
                tag.value(&["id", "url"]).or(tag.positional.first().map(String::as_str)).unwrap_or_default();
            let site = if name == "vimeo" {
                "https://player.vimeo.com/video/"
            } else {
                "https://www.youtube.com/embed/"
            };
            replace::frame(&video.replace('\\', ""), site)
        }
        "audio" | "video" if tag.has_arguments() => replace::html(&tag, false, &mut Vec::new()),
        _ if is_dropped(resolver, &tag) => tag
            .value(&["title", "heading"])
            .map(|title| format!("<p><b>{}</b></p>", replace::escaped(title)))
            .unwrap_or_default(),
        _ => return false,
    };
    resolver.resolved.push_str(&html);
    resolver.at += length;
    true
}

/// The shortcode that a text begins with, and its length.
fn tag_at(text: &str, host: Host) -> Option<(Tag, usize)> {
    let inside = text
        .strip_prefix('[')
        .filter(|inside| inside.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()))?;
    let length = inside.bytes().take(MAX_TAG).position(|byte| matches!(byte, b']' | b'['))?;
    let after = inside.get(length..)?.strip_prefix(']')?;
    let is_markdown_link = host == Host::Markdown && after.starts_with(['(', '[', ':']);
    if is_markdown_link && !inside.starts_with('/') && !inside.contains('=') {
        return None;
    }
    Some((Tag::parse(inside.get(..length)?.trim_end_matches('/')), length + 2))
}

/// Whether a tag has the form of a shortcode rather than that of words in brackets: its arguments have names, or are
/// addresses, or the number of a video.
fn has_form(tag: &Tag) -> bool {
    let is_address = |argument: &String| argument.contains(['/', '.']) && !argument.ends_with('.');
    let is_number = |argument: &String| {
        argument.len() >= 6
            && argument.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            && argument.contains(|c: char| c.is_ascii_digit())
    };
    let takes_number = matches!(tag.name.as_str(), "youtube" | "vimeo" | "embedyt");
    tag.is_lower_case
        && tag.positional.iter().all(|argument| is_address(argument) || (takes_number && is_number(argument)))
}

fn is_dropped(resolver: &mut Resolver, tag: &Tag) -> bool {
    let name = tag.name.as_str();
    let is_builder = |builder| name.strip_prefix(builder).is_some_and(|kind: &str| !kind.is_empty());
    if DROPPED.contains(&name) || BUILDERS.into_iter().any(is_builder) {
        return true;
    }
    let is_name =
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    if !is_name || name.is_empty() {
        return false;
    }
    // Any other name counts only where an end tag shows that it is no text in brackets.
    if tag.closing {
        return resolver.open_tags.remove(name);
    }
    let is_ended = resolver.find(resolver.at, &format!("[/{name}]")).is_some();
    if is_ended {
        resolver.open_tags.insert(name.to_owned());
    }
    is_ended
}

/// Makes a figure of a captioned image.
fn replace_caption(resolver: &mut Resolver, tag: &Tag, length: usize) -> bool {
    let end = format!("[/{}]", tag.name);
    let Some(end_at) = resolver.find(resolver.at, &end) else { return false };
    let inside = resolver.text.get(resolver.at + length..end_at).unwrap_or_default();
    let image_end = inside.find("<img").and_then(|image| {
        let tag_end = image + inside.get(image..)?.find('>')? + 1;
        let link_end = inside.get(tag_end..)?.trim_start().strip_prefix("</a>");
        Some(link_end.map_or(tag_end, |after| inside.len() - after.len()))
    });
    let (image, words) = inside.split_at_checked(image_end.unwrap_or(0)).unwrap_or(("", inside));
    let words = tag.value(&["caption"]).map_or_else(|| words.trim().to_owned(), replace::escaped);
    resolver.resolved.extend(["<figure>", image, "<figcaption>", &words, "</figcaption></figure>"]);
    resolver.at = end_at + end.len();
    true
}
