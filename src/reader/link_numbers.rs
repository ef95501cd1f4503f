//! Opening an article's numbered links by their digits.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::{Action, Overlay, Reader};
use crate::article::Target;

impl Reader {
    pub(super) fn type_link_number(&mut self, mut digits: String, key: Key) -> Vec<Effect> {
        let links = self.article.page.as_ref().map_or(0, |page| page.links.len());
        // The number is meant for this article, so it stays the selected one.
        self.list.chosen = true;
        match (key.code, key.digit()) {
            (KeyCode::Enter, _) => return self.open_numbered(&digits),
            (KeyCode::Backspace, _) if digits.pop().is_some() && !digits.is_empty() => {}
            (KeyCode::Char(digit), Some(_)) => digits.push(digit),
            _ => return Vec::new(),
        }
        match digits.parse::<usize>() {
            Ok(number) if (1..=links).contains(&number) => {
                if number.saturating_mul(10) > links {
                    return self.open_numbered(&digits);
                }
                self.overlay = Overlay::LinkNumber(digits);
            }
            _ => self.no_such_link(&digits, links),
        }
        Vec::new()
    }

    fn open_numbered(&mut self, digits: &str) -> Vec<Effect> {
        digits.parse().map(|number| self.follow(number)).unwrap_or_default()
    }

    /// Follows a numbered link: to the web, to a place of the article; a mail address is copied.
    pub(super) fn follow(&mut self, number: usize) -> Vec<Effect> {
        let links = self.article.page.as_ref().map(|page| page.links.as_slice()).unwrap_or_default();
        let target = number.checked_sub(1).and_then(|at| links.get(at)).cloned();
        let entry = self.article.item().and_then(|id| self.library.entry(id));
        match (target, entry) {
            (Some(Target::Web(link)), Some(entry)) => vec![Effect::OpenLink { link, item: entry.key }],
            (Some(Target::Mail(address)), _) => vec![Effect::CopyAddress(address)],
            (Some(Target::Place { number, .. }), _) => {
                self.read();
                self.article.go_to_place(number, self.height(Pane::Article));
                Vec::new()
            }
            (Some(Target::Web(_)) | None, _) => Vec::new(),
        }
    }

    /// Returns to where a link within the article was followed.
    pub(super) fn return_from_place(&mut self) {
        if !self.article.return_from_place(self.height(Pane::Article)) {
            self.inform("No link within this article was followed, so there is nowhere to return to.");
        }
    }

    fn no_such_link(&mut self, digits: &str, links: usize) {
        self.warn(&match (links, self.panes().article) {
            (_, None) => {
                format!("Digits open the links of an article. {} opens the selected one.", Action::Read)
            }
            (0, _) => {
                format!("This article has no numbered links. {} opens the original.", Action::OpenOriginal)
            }
            (1, _) => format!("There is no link {digits}: this article has 1 link."),
            _ => format!("There is no link {digits}: this article has {links} links."),
        });
    }
}
