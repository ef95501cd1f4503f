//! Gathers the pieces of one flow of running text, collapsing white space as HTML says.

use super::units::stay_together;
use crate::article::cells::NO_BREAK_SPACE;
use crate::article::document::Flow;
use crate::article::row::{Role, Span, Style};

/// The flow of a text in one style.
pub(in crate::article) fn flow_of(text: &str, style: Style) -> Flow {
    let mut builder = FlowBuilder::default();
    builder.push(text, style);
    builder.take().unwrap_or_default()
}

/// A flow under construction.
#[derive(Debug, Default)]
pub(super) struct FlowBuilder {
    flow: Flow,
    /// White space was seen since the last word.
    space: bool,
    /// Forced line ends seen since the last word.
    breaks: usize,
}

impl FlowBuilder {
    /// Adds text in which any run of white space counts as one blank.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(is_collapsible).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            self.push_word(word, style);
            let trimmed = after.trim_start_matches(is_collapsible);
            if trimmed.len() < after.len() {
                self.push_space();
            }
            rest = trimmed;
        }
    }

    /// Adds text directly behind the last word, as a footnote mark stands, even if white space was seen since.
    pub(super) fn attach(&mut self, text: &str, style: Style) {
        if self.flow.is_empty() {
            return;
        }
        append(&mut self.flow, text, style);
    }

    /// Ends the line here. More than two line ends in a row count as two, which is one empty line.
    pub(super) fn push_break(&mut self) {
        if !self.flow.is_empty() {
            self.breaks = (self.breaks + 1).min(2);
        }
    }

    /// Whether there is no word in it yet.
    pub(super) fn is_empty(&self) -> bool {
        self.flow.is_empty()
    }

    /// Takes the flow out, trimmed; `None` when there was no word.
    pub(super) fn take(&mut self) -> Option<Flow> {
        let mut flow = std::mem::take(self).flow;
        trim_end(&mut flow);
        (!flow.is_empty()).then(|| with_changes_marked(flow))
    }

    fn push_space(&mut self) {
        trim_end(&mut self.flow);
        self.space = true;
    }

    fn push_word(&mut self, word: &str, style: Style) {
        let at_edge = self.flow.is_empty() || (self.space && self.breaks == 0);
        let word = if at_edge { word.trim_start_matches(is_no_break_space) } else { word };
        if word.is_empty() {
            return;
        }
        if self.breaks > 0 && !self.flow.is_empty() {
            trim_end(&mut self.flow);
            let ends = "\n".repeat(self.breaks);
            if let Some(last) = self.flow.last_mut() {
                last.text.push_str(&ends);
            }
        } else if self.space && !self.flow.is_empty() {
            self.separate(word, style);
        }
        (self.space, self.breaks) = (false, 0);
        append(&mut self.flow, word, style);
    }

    /// Puts a space between the last word and one in `next`, in whichever style shows it least.
    fn separate(&mut self, word: &str, next: Style) {
        let Some(last) = self.flow.last() else { return };
        let kept = last.text.rsplit([' ', '\n']).next().unwrap_or_default();
        let space = if stay_together(kept, word) { "\u{a0}" } else { " " };
        let style = match last.style {
            style if style == next || is_quiet(style) => style,
            _ if is_quiet(next) => next,
            _ => Style::default(),
        };
        append(&mut self.flow, space, style);
    }
}

/// Whether a blank in this style looks like any other blank.
fn is_quiet(style: Style) -> bool {
    style.link.is_none()
        && !style.strike
        && !style.inserted
        && !matches!(style.role, Role::Code | Role::LinkNumber | Role::Image)
}

/// Marks deleted and inserted words in words as well, so that a deleted dose does not look valid where nothing is struck
/// out.
fn with_changes_marked(flow: Flow) -> Flow {
    if !flow.iter().any(|span| span.style.strike || span.style.inserted) {
        return flow;
    }
    let mut marked = Flow::with_capacity(flow.len() + 2);
    let mut open = None;
    for span in flow {
        let change = match span.style {
            Style { strike: true, .. } => Some("[deleted: "),
            Style { inserted: true, .. } => Some("[inserted: "),
            _ => None,
        };
        if open != change {
            marked.extend(open.map(|_| Span::furniture("]")));
            marked.extend(change.map(Span::furniture));
            open = change;
        }
        marked.push(span);
    }
    marked.extend(open.map(|_| Span::furniture("]")));
    marked
}

fn append(flow: &mut Flow, text: &str, style: Style) {
    match flow.last_mut() {
        Some(last) if last.style == style => append_normalised(&mut last.text, text),
        _ => {
            let mut span = Span::new(String::with_capacity(text.len()), style);
            append_normalised(&mut span.text, text);
            flow.push(span);
        }
    }
}

fn append_normalised(to: &mut String, text: &str) {
    if text.is_ascii() {
        to.push_str(text);
    } else {
        to.extend(text.chars().map(|c| if is_no_break_space(c) { NO_BREAK_SPACE } else { c }));
    }
}

/// Drops blanks from the end of a flow; an ordinary blank next to a no-break space wins over it.
fn trim_end(flow: &mut Flow) {
    while let Some(last) = flow.last_mut() {
        let length = last.text.trim_end_matches(|c| c == ' ' || is_no_break_space(c)).len();
        last.text.truncate(length);
        if !last.text.is_empty() {
            break;
        }
        flow.pop();
    }
}

fn is_no_break_space(c: char) -> bool {
    matches!(c, NO_BREAK_SPACE | '\u{202f}' | '\u{2007}')
}

fn is_collapsible(c: char) -> bool {
    c.is_whitespace() && !is_no_break_space(c)
}
