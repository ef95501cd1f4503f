//! Marks: what stands raised or lowered beside a word.

use super::entity::decoded;
use super::script;
use super::token::{Tag, Token};

/// The longest label of a reference, in characters.
const LONGEST_LABEL: usize = 32;

/// Whether a raised element is only a mark that refers to something else: it is a link with a label such as `9`, `1,2`
/// or `†`; or its author says so, by brackets or by its class.
pub(super) fn is_reference(tag: &Tag<'_>, inside: &[Token<'_>]) -> bool {
    if tag.name != "sup" {
        return false;
    }
    let label = text(inside);
    let label = label.trim();
    let has_link = inside.iter().any(|token| match token {
        Token::Tag(tag) => tag.name == "a" && tag.attributes.get("href").is_some(),
        Token::Text(_) => false,
    });
    if is_label_of_note(tag) {
        return true;
    }
    let is_said = || {
        ["class", "id", "role"].iter().filter_map(|name| tag.attributes.get(name)).any(|said| {
            ["footnote", "reference", "cite", "noteref", "fnref"].iter().any(|known| said.contains(known))
        })
    };
    is_bracketed(label) || (is_label(label) && (has_link || is_said()))
}

/// Whether an element is the label before a footnote, as the Markdown parser writes it.
fn is_label_of_note(tag: &Tag<'_>) -> bool {
    tag.attributes.get("class").is_some_and(|class| class == "footnote-definition-label")
}

/// Whether a link holds nothing but a raised label.
pub(super) fn is_raised_mark(inside: &[Token<'_>]) -> bool {
    let is_blank = |token: &Token<'_>| matches!(token, Token::Text(text) if text.trim().is_empty());
    let last = inside.iter().rfind(|token| !is_blank(token));
    let ends_raised = matches!(last, Some(Token::Tag(tag)) if tag.name == "sup" && tag.is_end);
    let raised = inside.iter().filter(|token| matches!(token, Token::Tag(tag) if tag.name == "sup")).count();
    let label = text(inside);
    ends_raised && raised == 2 && (is_label(label.trim()) || is_bracketed(label.trim()))
}

/// What a sign is for that stands alone in a link to a place of the same page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It names the place where it stands, for those who want to copy its address.
    Permalink,
    /// It leads back from a note to where that is referred to.
    WayBack,
}

/// The sign that is all of a link. `None` when there is none, or more.
pub(super) fn sign(inside: &[Token<'_>]) -> Option<Sign> {
    let text = text(inside);
    match text.trim() {
        "#" | "¶" | "§" | "🔗" => Some(Sign::Permalink),
        label => is_way_back(label).then_some(Sign::WayBack),
    }
}

/// Whether the label of a mark only says that it leads back.
pub fn is_way_back(label: &str) -> bool {
    matches!(label.trim().trim_end_matches(['\u{fe0e}', '\u{fe0f}']), "↩" | "↵" | "⏎" | "↑" | "⤴" | "^")
}

/// Whether an element holds nothing but text, in whichever looks.
pub(super) fn is_text(inside: &[Token<'_>]) -> bool {
    inside.iter().all(|token| match token {
        Token::Text(_) => true,
        Token::Tag(tag) => {
            !matches!(
                &*tag.name,
                "img" | "br" | "math" | "svg" | "del" | "s" | "strike" | "ins" | "sup" | "sub"
            ) && (tag.name != "a" || tag.is_end || tag.attributes.get("href").is_none())
        }
    })
}

/// The label of a reference as it is written. `None` where there is none.
pub(super) fn label(inside: &[Token<'_>]) -> Option<String> {
    Some(script::reference(&text(inside))).filter(|label| !label.is_empty())
}

/// Raised or lowered text as it is written behind a character.
pub(super) fn set(name: &str, inside: &[Token<'_>], before: Option<char>) -> String {
    let text = text(inside);
    let behind = text.trim_start();
    let (space, bare) = text.split_at_checked(text.len().saturating_sub(behind.len())).unwrap_or(("", &text));
    let before = before.filter(|_| space.is_empty());
    let set = if name == "sup" { script::raised } else { script::lowered };
    let trimmed = bare.trim_end();
    let end = bare.get(trimmed.len()..).unwrap_or_default();
    if trimmed.is_empty() { text } else { format!("{space}{}{end}", set(trimmed, before)) }
}

fn text(tokens: &[Token<'_>]) -> String {
    let texts = tokens.iter().filter_map(|token| match token {
        Token::Text(text) => Some(decoded(text)),
        Token::Tag(_) => None,
    });
    texts.collect()
}

fn is_bracketed(label: &str) -> bool {
    label.starts_with('[') && label.ends_with(']')
}

/// Whether a text looks like the label of a reference: numbers, single letters and signs, or the word for one.
fn is_label(label: &str) -> bool {
    let is_word = |word: &str| {
        word.chars().count() > 1
            && !["ref", "refs", "note", "notes", "fn"].iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let has_words = label.split(|c: char| !c.is_alphabetic()).any(is_word);
    let is_trade_mark = matches!(label, "®" | "™" | "℠" | "©");
    !label.is_empty() && !has_words && !is_trade_mark && label.chars().count() <= LONGEST_LABEL
}
