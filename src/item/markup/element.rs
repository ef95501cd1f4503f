//! What the elements of HTML do to the text around them.

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// It parts its text from what stands before and behind it.
    Block,
    /// It stands within a line of text.
    Inline,
    /// It does nothing: its contents are read as if it were not there.
    Transparent,
    /// What stands in it is for those who cannot have what the element shows, and is not read.
    Fallback,
    /// What stands in it is never shown.
    Hidden,
}

impl Element {
    /// The element of a name in lower case. `None` when HTML has no such element: then `<name>` is text.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "script" | "style" | "template" | "head" | "title" | "noframes" | "noembed" | "datalist"
            | "rp" | "annotation" | "annotation-xml" => Some(Self::Hidden),
            "audio" | "iframe" | "noscript" | "video" => Some(Self::Fallback),
            "address" | "article" | "aside" | "blockquote" | "caption" | "center" | "dd" | "details"
            | "dialog" | "dir" | "div" | "dl" | "dt" | "embed" | "fieldset" | "figcaption" | "figure"
            | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
            | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "object" | "ol" | "optgroup"
            | "option" | "p" | "plaintext" | "pre" | "search" | "section" | "select" | "summary"
            | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "ul" | "xmp" => Some(Self::Block),
            "a" | "b" | "br" | "button" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "image" | "img"
            | "input" | "ins" | "kbd" | "math" | "q" | "rt" | "s" | "samp" | "source" | "strike"
            | "strong" | "sub" | "sup" | "svg" | "textarea" | "tt" | "var" => Some(Self::Inline),
            "abbr" | "acronym" | "applet" | "area" | "base" | "basefont" | "bdi" | "bdo" | "bgsound"
            | "big" | "blink" | "body" | "canvas" | "col" | "colgroup" | "data" | "font" | "frame"
            | "frameset" | "html" | "keygen" | "label" | "link" | "map" | "mark" | "marquee" | "menuitem"
            | "meta" | "meter" | "nobr" | "output" | "param" | "picture" | "progress" | "rb" | "rtc"
            | "ruby" | "slot" | "small" | "span" | "time" | "track" | "u" | "wbr" => Some(Self::Transparent),
            _ => None,
        }
    }
}

/// Whether an element has no contents and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
