//! Turns Markdown into HTML.

use pulldown_cmark::{Options, Parser, html};

/// The HTML of a Markdown text, with the extensions that Hugo and Jekyll turn on by themselves.
pub(super) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut written = String::with_capacity(markdown.len() + markdown.len() / 2);
    html::push_html(&mut written, Parser::new_ext(markdown, options));
    written
}
