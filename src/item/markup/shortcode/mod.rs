//! Resolves the template tags that site generators leave in bodies: the shortcodes of Hugo and WordPress, the
//! tags of Jekyll, the attribute lists of kramdown. Code is left as it is.

mod code;
mod replace;
mod tag;
mod wordpress;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use tag::Tag;

/// What a body is written in, as far as it matters where code begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// A field of the front matter. Square brackets and double braces are more likely text there.
    Field,
}

/// Replaces template tags by HTML, or by nothing.
pub(super) fn resolve(text: &str, host: Host) -> Cow<'_, str> {
    let has_braces = text.contains("{{") || text.contains("{%") || text.contains("{:");
    if !has_braces && (host == Host::Field || !text.contains('[')) {
        return Cow::Borrowed(text);
    }
    let mut resolver = Resolver {
        text,
        host,
        at: 0,
        resolved: String::with_capacity(text.len()),
        sought: HashMap::new(),
        open_links: Vec::new(),
        open_tags: HashSet::new(),
    };
    resolver.run();
    Cow::Owned(resolver.resolved)
}

/// A body without the short codes that only braces mark, for those who count its words.
pub fn without_short_codes(text: &str) -> Cow<'_, str> {
    if text.contains("{{") || text.contains("{%") { resolve(text, Host::Html) } else { Cow::Borrowed(text) }
}

/// How many different end tags are looked for in one text.
const MAX_SOUGHT: usize = 200;

/// Walks through a text once, from left to right.
struct Resolver<'a> {
    text: &'a str,
    host: Host,
    at: usize,
    resolved: String,
    /// Where the next one of what was looked for begins, so that no part of the text is searched twice for it.
    sought: HashMap<String, Option<usize>>,
    /// The names of the tags that were opened as links and are to be closed as such.
    open_links: Vec<String>,
    /// The names of the WordPress tags that were opened.
    open_tags: HashSet<String>,
}

impl<'a> Resolver<'a> {
    fn run(&mut self) {
        while let Some(offset) = self.rest().find(['{', '[', '`', '~', '<']) {
            self.copy(offset);
            let copied = self.code() || self.tag();
            if !copied {
                let length = self.rest().chars().next().map_or(0, char::len_utf8);
                self.copy(length);
            }
        }
        let length = self.rest().len();
        self.copy(length);
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes so many bytes over as they are.
    fn copy(&mut self, length: usize) {
        self.resolved.push_str(self.rest().get(..length).unwrap_or_default());
        self.at += length;
    }

    /// Copies the code that begins here, if any does.
    fn code(&mut self) -> bool {
        let length = match self.host {
            Host::Markdown if self.rest().starts_with(['`', '~']) => {
                code::fenced(self.rest(), self.starts_line()).or_else(|| code::span(self.rest()))
            }
            Host::Markdown | Host::Html | Host::Field => None,
        };
        let length = length.or_else(|| {
            let end = code::end_of_element(self.rest())?;
            Some(self.find(self.at, &end)? + end.len() - self.at)
        });
        length.inspect(|&length| self.copy(length)).is_some()
    }

    /// Whether nothing but signs of quotation stands before this place on its line. A line is not looked at far.
    fn starts_line(&self) -> bool {
        const LOOKED_AT: usize = 256;
        let bytes = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let before = bytes.iter().rev().take(LOOKED_AT).find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
        before.map_or(bytes.len() <= LOOKED_AT, |byte| *byte == b'\n')
    }

    /// Replaces the tag that begins here, if one does.
    fn tag(&mut self) -> bool {
        let rest = self.rest();
        if let Some((tag, length)) = self.delimited(&[("{{<", ">}}"), ("{{%", "%}}")]) {
            return self.replace_hugo(tag, length);
        }
        if let Some((tag, length)) = self.delimited(&[("{%-", "%}"), ("{%", "%}")]) {
            return self.replace_with(&Tag::parse(tag.trim_end_matches('-')), length, "{% end");
        }
        if self.host == Host::Field {
            return false;
        }
        let dropped = tag::attribute_list(rest, self.host).map(|length| ("", length));
        let output = if self.ends_nearby() { tag::output(rest) } else { None };
        if let Some((shown, length)) = output.or(dropped) {
            self.resolved.push_str(shown);
            self.at += length;
            return true;
        }
        wordpress::replace(self)
    }

    /// Whether an output tag that begins here would end before it is too long to be one.
    fn ends_nearby(&mut self) -> bool {
        let limit = self.at.saturating_add(tag::MAX_INLINE_TAG).saturating_add("{{}}".len());
        self.rest().starts_with("{{") && self.find(self.at, "}}").is_some_and(|end| end <= limit)
    }

    /// What stands between a pair of delimiters, and how long it is with them.
    fn delimited(&mut self, pairs: &[(&str, &str)]) -> Option<(&'a str, usize)> {
        let (open, close) = pairs.iter().find(|(open, _)| self.rest().starts_with(open))?;
        let start = self.at + open.len();
        let end = self.find(start, close)?;
        Some((self.text.get(start..end)?, end + close.len() - self.at))
    }

    /// Where something begins in the text, from a place on that is not before any place looked from earlier.
    fn find(&mut self, from: usize, wanted: &str) -> Option<usize> {
        match self.sought.get(wanted) {
            Some(None) => return None,
            Some(Some(known)) if *known >= from => return Some(*known),
            None if self.sought.len() >= MAX_SOUGHT => return None,
            _ => {}
        }
        let found = self.text.get(from..)?.find(wanted).map(|offset| from + offset);
        self.sought.insert(wanted.to_owned(), found);
        found
    }

    fn replace_hugo(&mut self, inside: &str, length: usize) -> bool {
        let trimmed = inside.trim();
        if let Some(shown) = trimmed.strip_prefix("/*") {
            let shown = shown.strip_suffix("*/").unwrap_or(shown).trim();
            let is_percent = self.rest().starts_with("{{%");
            let (open, close) = if is_percent { ("{{% ", " %}}") } else { ("{{&lt; ", " &gt;}}") };
            self.resolved.extend([open, &replace::escaped(shown), close]);
            self.at += length;
            return true;
        }
        self.replace_with(&Tag::parse(trimmed.trim_end_matches('/')), length, "{{< /")
    }

    /// Replaces a tag of Hugo or Jekyll. `end` is how its end tag begins, before its name.
    fn replace_with(&mut self, tag: &Tag, length: usize, end: &str) -> bool {
        let start = self.at;
        self.at += length;
        let name = tag.name.as_str();
        if name == "highlight" && !tag.positional.is_empty() && !tag.closing {
            let code = self.take_until_end(name);
            let code = replace::escaped(code.trim_matches('\n'));
            self.resolved.extend(["<pre><code>", &code, "</code></pre>"]);
        } else if name == "comment" && end.starts_with("{%") && !tag.closing {
            self.take_until_end(name);
        } else {
            let paired = !tag.closing && self.has_end(name);
            let html = replace::html(tag, paired, &mut self.open_links);
            self.resolved.push_str(&html);
            self.end_block(start, &html);
        }
        true
    }

    /// Puts an empty line behind HTML that stands alone on its line, for Markdown goes on behind it.
    fn end_block(&mut self, start: usize, html: &str) {
        let before = self.text.get(..start).unwrap_or_default().trim_end_matches([' ', '\t']);
        let alone = (before.is_empty() || before.ends_with('\n'))
            && self.rest().trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        if alone && !html.is_empty() && self.host == Host::Markdown {
            self.resolved.push('\n');
        }
    }

    /// Whether a tag has an end tag further down.
    fn has_end(&mut self, name: &str) -> bool {
        HUGO_ENDS.iter().any(|end| self.find(self.at, &format!("{end}{name}")).is_some())
    }

    /// Takes all up to the end tag of a name, and passes over that tag; nothing when there is none.
    fn take_until_end(&mut self, name: &str) -> &'a str {
        let ends = HUGO_ENDS.iter().chain(&JEKYLL_ENDS);
        let Some(end) = ends.filter_map(|end| self.find(self.at, &format!("{end}{name}"))).min() else {
            return "";
        };
        let inside = self.text.get(self.at..end).unwrap_or_default();
        let tag = self.text.get(end..).unwrap_or_default();
        let closing = tag.find('}').and_then(|brace| tag.get(brace..)).unwrap_or_default();
        self.at = self.text.len() - closing.trim_start_matches('}').len();
        inside
    }
}

/// How the end tags of Hugo begin.
const HUGO_ENDS: [&str; 4] = ["{{< /", "{{</", "{{% /", "{{%/"];
/// How the end tags of Jekyll begin.
const JEKYLL_ENDS: [&str; 3] = ["{% end", "{%end", "{%- end"];

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> String {
        resolve(text, Host::Markdown).into_owned()
    }

    #[test]
    fn text_without_tags_is_untouched() {
        let text = "A [link](https://a.org), [1], {braces}, {{ 1 + 1 }}, 50 {% and a `{{< code >}}`.";
        assert_eq!(markdown(text), text);
    }

    #[test]
    fn hugo_shortcodes_become_what_they_show() {
        for (text, expected) in [
            (
                r#"{{< figure src="a.jpg" alt="A hut" caption="Winter" >}}"#,
                r#"<figure><img src="a.jpg" alt="A hut"><figcaption>Winter</figcaption></figure>"#,
            ),
            ("{{< youtube abc >}}", r#"<iframe src="https://www.youtube.com/embed/abc"></iframe>"#),
            ("{{< vimeo 12 >}}", r#"<iframe src="https://player.vimeo.com/video/12"></iframe>"#),
            (r#"[x]({{< ref "a.md" >}})"#, "[x]()"),
            ("a {{% note %}}kept{{% /note %}} b", "a kept b"),
            (r#"{{< button href="https://a.org" >}}Go{{< /button >}}"#, r#"<a href="https://a.org">Go</a>"#),
            (r#"{{< accordion title="Day 2" >}}x{{< /accordion >}}"#, "<p><b>Day 2</b></p>x"),
            ("{{</* youtube id */>}}", "{{&lt; youtube id &gt;}}"),
            ("{{%/* note */%}}", "{{% note %}}"),
            (
                "{{< highlight go >}}\na < b {{< x >}}\n{{< /highlight >}}",
                "<pre><code>a &lt; b {{&lt; x &gt;}}</code></pre>",
            ),
            ("{{< highlight >}}box{{< /highlight >}}", "box"),
            ("{{< unclosed", "{{< unclosed"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn jekyll_tags_and_outputs_are_dropped_or_shown() {
        for (text, expected) in [
            ("[R]({{ site.baseurl }}/x/)", "[R](/x/)"),
            (r#"[R]({{ "/2015/x/" | url }})"#, "[R](/2015/x/)"),
            ("{% if a %}yes{% endif %}", "yes"),
            ("{% comment %}no{% endcomment %}yes", "yes"),
            (r#"{% image "a.jpg" "A map" %}"#, r#"<figure><img src="a.jpg" alt="A map"></figure>"#),
            (r#"{% img="a.jpg" alt="A map" %}"#, r#"<figure><img src="a.jpg" alt="A map"></figure>"#),
            ("{% highlight c %}\nx{% y %}\n{% endhighlight %}.", "<pre><code>x{% y %}</code></pre>."),
            ("# Title {: .big}\n{:toc}", "# Title \n"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn wordpress_shortcodes_are_dropped_or_shown() {
        for (text, expected) in [
            (
                r#"[caption id="a"]<img src="x.jpg" alt="y"> Words[/caption]"#,
                r#"<figure><img src="x.jpg" alt="y"><figcaption>Words</figcaption></figure>"#,
            ),
            ("[embed]https://a.org[/embed]", "https://a.org"),
            ("[gallery ids=\"1,2\"]", ""),
            ("[vc_row][vc_column width=\"1/2\"]in[/vc_column][/vc_row]", "in"),
            (
                "[youtube=http://www.youtube.com/watch?v=abc&w=600]",
                r#"<iframe src="http://www.youtube.com/watch?v=abc&w=600"></iframe>"#,
            ),
            ("[youtube] and [gallery](https://a.org)", "[youtube] and [gallery](https://a.org)"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn words_in_brackets_are_no_shortcodes() {
        for text in [
            "[Audio unclear] she said.",
            "[Video conference]",
            "[video conference]",
            "[Gallery of prints]",
            "[gallery of prints]",
            "[audio only, 5 min]",
            "[youtube videos]",
            "[Caption]x[/Caption]",
            "[su_ specialty]",
            "[Note] and [/Note]",
            "[vimeo]",
        ] {
            assert_eq!(markdown(text), text);
        }
        for (text, expected) in [
            ("[audio mp3=\"a.mp3\"]", "<video src=\"a.mp3\"></video>"),
            ("[youtube dQw4w9WgXcQ]", r#"<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>"#),
            ("[vimeo 12345678]", r#"<iframe src="https://player.vimeo.com/video/12345678"></iframe>"#),
            ("[su_note note_color=\"#fff\"]a[/su_note]", "a"),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn in_a_field_only_what_can_be_nothing_else_is_a_tag() {
        let text = "{{ two }} [gallery] {: .x}";
        assert_eq!(resolve(text, Host::Field), text);
        assert_eq!(resolve("a{{< x >}}b{% y %}c", Host::Field), "abc");
    }

    #[test]
    fn code_is_left_alone() {
        for text in [
            "`{{< x >}}`",
            "```\n{{< x >}}\n```\n",
            "<pre>{{< x >}}</pre>",
            "~~~\n{% if %}\n~~~",
            "<code>[gallery]</code>",
        ] {
            assert_eq!(markdown(text), text);
        }
    }
}
