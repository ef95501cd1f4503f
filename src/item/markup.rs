//! HTML taken apart just far enough to tell its text from its tags. Setting it as text is the `article` ring's work.

use std::borrow::Cow;

use super::decode::head;

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// It parts its text from what stands before and behind it.
    Block,
    /// It stands within a line of text.
    Inline,
    /// What stands in it is never shown.
    Hidden,
}

impl Element {
    /// The element of a name in lower case. `None` when HTML has no such element: then `<name>` is text.
    fn of(name: &str) -> Option<Self> {
        match name {
            "script" | "style" | "template" => Some(Self::Hidden),
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
            | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup"
            | "hr" | "html" | "legend" | "li" | "main" | "menu" | "nav" | "noscript" | "ol" | "p" | "pre"
            | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "title"
            | "tr" | "ul" => Some(Self::Block),
            "a" | "abbr" | "acronym" | "audio" | "b" | "base" | "bdi" | "bdo" | "big" | "br" | "button"
            | "canvas" | "cite" | "code" | "col" | "colgroup" | "data" | "datalist" | "del" | "dfn"
            | "em" | "embed" | "font" | "i" | "iframe" | "img" | "input" | "ins" | "kbd" | "label"
            | "link" | "map" | "mark" | "meta" | "meter" | "nobr" | "object" | "optgroup" | "option"
            | "output" | "param" | "picture" | "progress" | "q" | "rp" | "rt" | "ruby" | "s" | "samp"
            | "select" | "small" | "source" | "span" | "strike" | "strong" | "sub" | "sup" | "svg"
            | "textarea" | "time" | "track" | "tt" | "u" | "var" | "video" | "wbr" => Some(Self::Inline),
            _ => None,
        }
    }
}

/// A piece of a text that may hold HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, its entities as they are.
    Text(&'a str),
    /// A tag.
    Tag {
        /// The name of its element, in lower case.
        name: Cow<'a, str>,
        /// What the element does.
        element: Element,
        /// Whether it is an end tag.
        is_end: bool,
    },
}

/// Takes a text apart. Comments, declarations, what is never shown, and the short codes of site generators
/// (`{{< figure >}}`, `{% img %}`) are left out. Takes time in proportion to the length of the text.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    let short_codes = has_short_codes(text).then(ShortCodes::default);
    Pieces { rest: text, has_no_more_ends: false, next_tag: None, short_codes }
}

/// The pieces of a text.
#[derive(Debug, Clone)]
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// There is no `>` any more, so that it need not be looked for at every `<`.
    has_no_more_ends: bool,
    /// How much text there is from the next `<` on, if that is known.
    next_tag: Option<usize>,
    /// `None` when there are none in the text, and so only `<` needs to be looked for.
    short_codes: Option<ShortCodes>,
}

/// What a `<` begins.
enum Begun<'a> {
    Tag(Piece<'a>),
    LeftOut,
    Text,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            match self.rest.as_bytes().first()? {
                b'<' => match self.tag() {
                    Begun::Tag(tag) => return Some(tag),
                    Begun::LeftOut => {}
                    Begun::Text => return self.text(),
                },
                b'{' => match self.short_codes.as_mut().and_then(|codes| codes.length(self.rest)) {
                    Some(length) => self.skip(length),
                    None => return self.text(),
                },
                _ => return self.text(),
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// The text up to what may be the next tag, at least one character.
    fn text(&mut self) -> Option<Piece<'a>> {
        let first = self.rest.chars().next()?.len_utf8();
        let behind = self.rest.get(first..)?;
        let next_tag = match self.next_tag {
            Some(known) if known <= behind.len() => known,
            _ => behind.find('<').map_or(0, |at| behind.len().saturating_sub(at)),
        };
        self.next_tag = Some(next_tag);
        let before_tag = behind.get(..behind.len().saturating_sub(next_tag))?;
        let before_code = self.short_codes.as_ref().and_then(|_| before_tag.find('{'));
        let end = before_code.unwrap_or(before_tag.len()).saturating_add(first);
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Piece::Text(text))
    }

    fn tag(&mut self) -> Begun<'a> {
        let inner = self.rest.get(1..).unwrap_or_default();
        if inner.starts_with("!--") {
            self.skip(self.rest.find("-->").map_or(self.rest.len(), |at| at.saturating_add(3)));
            return Begun::LeftOut;
        }
        if inner.starts_with(['!', '?']) {
            let Some(length) = self.tag_length() else { return Begun::Text };
            self.skip(length);
            return Begun::LeftOut;
        }
        self.element(inner).unwrap_or(Begun::Text)
    }

    /// Reads the tag of an element, given what follows its `<`.
    fn element(&mut self, inner: &'a str) -> Option<Begun<'a>> {
        let is_end = inner.starts_with('/');
        let name = inner.get(usize::from(is_end)..)?;
        let name_end = name.find(|part: char| !part.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, behind) = name.split_at_checked(name_end)?;
        if !behind.is_empty() && !behind.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
            return None;
        }
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let element = Element::of(&name)?;
        // A description that is cut off may end within a tag.
        let cut = || head(behind, 200).contains('=').then_some(self.rest.len());
        let length = self.tag_length().or_else(cut)?;
        self.skip(length);
        if element == Element::Hidden && !is_end {
            self.skip_hidden(&name);
            return Some(Begun::LeftOut);
        }
        Some(Begun::Tag(Piece::Tag { name, element, is_end }))
    }

    /// The length of the tag at the beginning of the rest. A `>` within quotation marks does not end it, unless too
    /// many of them do not, for then a quotation mark is missing.
    fn tag_length(&mut self) -> Option<usize> {
        const TRIES: usize = 16;
        if self.has_no_more_ends {
            return None;
        }
        let mut ends = self.rest.match_indices('>').map(|(at, _)| at);
        let Some(first) = ends.next() else {
            self.has_no_more_ends = true;
            return None;
        };
        let mut quote = None;
        let mut start = 0;
        for end in std::iter::once(first).chain(ends).take(TRIES) {
            quote = quote_at_end(self.rest.get(start..end)?, quote);
            if quote.is_none() {
                return end.checked_add(1);
            }
            start = end;
        }
        first.checked_add(1)
    }

    fn skip_hidden(&mut self, name: &str) {
        let is_end_tag = |at: &usize| {
            let tail = self.rest.as_bytes().get(at.saturating_add(2)..).unwrap_or_default();
            tail.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(is_end_tag);
        self.skip(end.unwrap_or(self.rest.len()));
    }
}

/// The quotation mark that is open behind a part of a tag.
fn quote_at_end(part: &str, open: Option<char>) -> Option<char> {
    part.chars().filter(|mark| matches!(mark, '"' | '\'')).fold(open, |open, mark| match open {
        None => Some(mark),
        Some(other) if other == mark => None,
        Some(other) => Some(other),
    })
}

/// The marks that short codes begin and end with.
const SHORT_CODES: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// What templates put their values into. In a field it is more likely text that is meant.
const TEMPLATE_VALUES: (&str, &str) = ("{{", "}}");

/// Finds the ends of short codes. Remembers where the next end is, so that the text is searched once, however many
/// short codes begin in it.
#[derive(Debug, Clone, Default)]
struct ShortCodes {
    /// How much text there is from the next end on, for each kind; `Some(0)` when there is no more.
    next_end: [Option<usize>; 4],
}

impl ShortCodes {
    /// The longest short code, in bytes.
    const LIMIT: usize = 2000;

    /// The length of the short code that `rest`, an ever shorter end of one text, begins with.
    fn length(&mut self, rest: &str) -> Option<usize> {
        self.length_of(&SHORT_CODES, rest)
    }

    fn length_of(&mut self, kinds: &[(&str, &str)], rest: &str) -> Option<usize> {
        let mut ends = kinds.iter().zip(&mut self.next_end);
        let ((_, close), next_end) = ends.find(|((open, _), _)| rest.starts_with(open))?;
        let from_end = match *next_end {
            Some(known) if known < rest.len() => known,
            _ => rest.find(close).map_or(0, |at| rest.len().saturating_sub(at)),
        };
        *next_end = Some(from_end);
        let length = rest.len().checked_sub(from_end)?.checked_add(close.len())?;
        (from_end > 0 && length <= Self::LIMIT).then_some(length)
    }
}

fn has_short_codes(text: &str) -> bool {
    SHORT_CODES.iter().any(|(open, _)| text.contains(open))
}

/// A text without short codes and without the values that templates would put in.
pub(super) fn without_short_codes(text: &str) -> Cow<'_, str> {
    let [angled, percent, liquid] = SHORT_CODES;
    let kinds = [angled, percent, liquid, TEMPLATE_VALUES];
    if !kinds.iter().any(|(open, _)| text.contains(open)) {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    let mut short_codes = ShortCodes::default();
    let mut rest = text;
    while let Some((before, behind)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
        output.push_str(before);
        let length = short_codes.length_of(&kinds, behind).unwrap_or_else(|| {
            output.push('{');
            1
        });
        rest = behind.get(length..).unwrap_or_default();
    }
    output.push_str(rest);
    Cow::Owned(output)
}

/// The text of a field that should hold plain text: tags taken out and entities decoded, twice when they had been
/// encoded twice (`&amp;nbsp;`). A `<` that begins no tag stays.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let bare = without_tags(text);
    if !bare.contains('&') {
        return bare;
    }
    let mut decoded = html_escape::decode_html_entities(&bare).into_owned();
    if bare.contains("&amp;") && decoded.contains('&') {
        decoded = html_escape::decode_html_entities(&decoded).into_owned();
    }
    // Whoever encodes an end tag has encoded a piece of HTML, not written about it.
    if bare.contains("&lt;") && decoded.contains("</") {
        decoded = without_tags(&decoded).into_owned();
    }
    Cow::Owned(decoded)
}

fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '{']) {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => output.push_str(text),
            Piece::Tag { name, element, .. } if element == Element::Block || name == "br" => output.push(' '),
            Piece::Tag { .. } => {}
        }
    }
    Cow::Owned(output)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_field_becomes_plain_text() {
        let cases = [
            ("plain", "plain"),
            ("a < b and c > d", "a < b and c > d"),
            ("x<y", "x<y"),
            ("if <name> is set", "if <name> is set"),
            ("<p>One <b>two</b></p><p>three</p>", " One two  three "),
            ("AT&amp;T", "AT&T"),
            ("one&amp;nbsp;two", "one\u{a0}two"),
            ("FSA&amp;#8217;s &ldquo;new&rdquo; &lt;b&gt; tag", "FSA’s “new” <b> tag"),
            ("&lt;p&gt;Encoded&lt;/p&gt;", " Encoded "),
            ("R&D &unknown; & more", "R&D &unknown; & more"),
            ("a<!-- hidden -->b<script>x < y</script>c<STYLE>p{}</STYLE>d", "abcd"),
            ("before <a href=\"https://exam", "before "),
            ("<img alt=\"a > b\" src='x'>after", "after"),
            ("{{< figure src=\"x\" >}}text{% img=\"y\" %}{one} {{ two }}", "text{one} {{ two }}"),
            ("I <3 care", "I <3 care"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn tags_are_told_with_what_they_do() {
        let tag = |name, element, is_end| Piece::Tag { name: Cow::Borrowed(name), element, is_end };
        let found: Vec<Piece<'_>> = pieces("<P CLASS=x>a<br/>b</p >").collect();
        assert_eq!(
            found,
            [
                tag("p", Element::Block, false),
                Piece::Text("a"),
                tag("br", Element::Inline, false),
                Piece::Text("b"),
                tag("p", Element::Block, true)
            ]
        );
    }

    proptest! {
        #[test]
        fn no_text_is_lost_that_is_no_markup(text in "[a-z éü.,;<>&0-9]{0,60}") {
            let kept: String = pieces(&text).filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                Piece::Tag { .. } => None,
            }).collect();
            prop_assert!(kept.len() <= text.len());
            if !text.contains('<') {
                prop_assert_eq!(kept, text);
            }
        }

        #[test]
        fn any_text_can_be_taken_apart(text in "([<>/{}%!\"'= &;-]|[a-z]{1,3}|script|p|é){0,40}") {
            plain(&text);
            without_short_codes(&text);
        }
    }
}
