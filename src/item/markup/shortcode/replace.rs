//! What a template tag of Hugo or Jekyll becomes: the HTML of what its site would show, as far as its arguments
//! tell.

use super::tag::Tag;

/// The HTML for a tag. Unknown tags leave their title or label, and the text between them stays.
pub(super) fn html(tag: &Tag, paired: bool, open_links: &mut Vec<String>) -> String {
    if tag.closing {
        return closed(tag, open_links);
    }
    let id = || tag.value(&["id", "code", "video"]).or(tag.positional.first().map(String::as_str));
    match tag.name.as_str() {
        "ref" | "relref" | "link" | "post_url" | "assign" | "if" | "unless" | "for" | "else" | "elsif"
        | "raw" | "capture" | "param" | "toc" => String::new(),
        "youtube" | "youtubelite" | "youtube-lite" | "youtube_lite" => {
            id().map(|id| frame(id, "https://www.youtube.com/embed/")).unwrap_or_default()
        }
        "vimeo" => id().map(|id| frame(id, "https://player.vimeo.com/video/")).unwrap_or_default(),
        "tweet" | "twitter" | "x" | "twitter_simple" | "x_simple" => tweet(tag),
        "gist" => gist(tag),
        "audio" | "video" | "mp4" | "mp3" => {
            let source = tag.value(&["src", "mp4", "mp3", "webm", "file", "url"]).or_else(id);
            source.map(|source| format!("<video src=\"{}\"></video>", escaped(source))).unwrap_or_default()
        }
        name if is_image(name) || tag.value(&["alt"]).is_some() => image(tag),
        "include" if tag.value(&["caption"]).is_some() => image(tag),
        "include" | "include_relative" => tag
            .value(&["youtube_id"])
            .map(|id| frame(id, "https://www.youtube.com/embed/"))
            .unwrap_or_default(),
        _ => other(tag, paired, open_links),
    }
}

/// Makes text safe to stand in HTML; entities in it stay entities.
pub(super) fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A frame that shows a video, given by its address or by its name on a site.
pub(super) fn frame(id: &str, site: &str) -> String {
    let is_address = id.starts_with("http://") || id.starts_with("https://");
    format!("<iframe src=\"{}{}\"></iframe>", if is_address { "" } else { site }, escaped(id))
}

fn is_image(name: &str) -> bool {
    ["img", "image", "figure", "fig", "photo", "picture"]
        .iter()
        .any(|kind| name == *kind || name.split(['-', '_']).any(|part| part == *kind))
}

fn closed(tag: &Tag, open_links: &mut Vec<String>) -> String {
    if open_links.last().is_some_and(|open| *open == tag.name) {
        open_links.pop();
        return "</a>".to_owned();
    }
    String::new()
}

fn image(tag: &Tag) -> String {
    let (source, alt) = match tag.positional.as_slice() {
        [] => (None, None),
        [source] => (Some(source.as_str()), None),
        [source, .., alt] => (Some(source.as_str()), Some(alt.as_str())),
    };
    let source =
        tag.value(&["src", "img", "image", "path", "url", "file", "name"]).or(source).unwrap_or_default();
    let alt = tag.value(&["alt"]).or(alt).map(|alt| format!(" alt=\"{}\"", escaped(alt))).unwrap_or_default();
    let mut html = format!("<img src=\"{}\"{alt}>", escaped(source));
    if let Some(link) = tag.value(&["link", "href"]) {
        html = format!("<a href=\"{}\">{html}</a>", escaped(link));
    }
    let title = tag.value(&["title"]).map(|title| format!("<b>{}</b>", escaped(title)));
    let said =
        [title, tag.value(&["caption", "text"]).map(escaped), tag.value(&["attr", "credit"]).map(escaped)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let caption =
        if said.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", said.join(" ")) };
    format!("<figure>{html}{caption}</figure>")
}

fn tweet(tag: &Tag) -> String {
    let user = tag.value(&["user"]).unwrap_or("i");
    let id = tag.value(&["id"]).or(tag.positional.last().map(String::as_str)).unwrap_or_default();
    let id: String = id.chars().filter(char::is_ascii_digit).collect();
    if id.is_empty() {
        return String::new();
    }
    let by = if user == "i" { String::new() } else { format!(" by @{}", escaped(user)) };
    format!("<p><a href=\"https://twitter.com/{}/status/{id}\">Tweet{by}</a></p>", escaped(user))
}

fn gist(tag: &Tag) -> String {
    match tag.positional.as_slice() {
        [user, id, ..] => {
            format!("<p><a href=\"https://gist.github.com/{}/{}\">Gist</a></p>", escaped(user), escaped(id))
        }
        [id] => format!("<p><a href=\"https://gist.github.com/{}\">Gist</a></p>", escaped(id)),
        [] => String::new(),
    }
}

/// A tag that is not known: what it says in words, and a link if it has a text and an address.
fn other(tag: &Tag, paired: bool, open_links: &mut Vec<String>) -> String {
    let address = tag.value(&["href", "url", "link", "to"]).filter(|address| !address.starts_with('#'));
    let said = tag.value(&["title", "heading", "summary", "label", "text"]);
    match (address, said) {
        (Some(address), None) if paired => {
            open_links.push(tag.name.clone());
            format!("<a href=\"{}\">", escaped(address))
        }
        (Some(address), Some(said)) => {
            format!("<p><a href=\"{}\">{}</a></p>", escaped(address), escaped(said))
        }
        (None, Some(said)) if paired => format!("<p><b>{}</b></p>", escaped(said)),
        (None, Some(said)) => format!("<p>{}</p>", escaped(said)),
        (_, None) => String::new(),
    }
}
