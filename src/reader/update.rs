//! The one door: a message comes in, effects go out.

use super::message::{Effect, Message};
use super::panes::{Pane, text_area};
use super::{Notice, Overlay, Reader};
use crate::item::{ItemKey, Link, SafeText};
use crate::library::Mark;

/// Changes the reader as a message says, and says what is to be done outside of it.
pub fn update(reader: &mut Reader, message: Message) -> Vec<Effect> {
    let mut effects = reader.receive(message);
    effects.extend(reader.wanted_page());
    effects
}

impl Reader {
    fn receive(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Started(size, today) => {
                self.layout.size = size;
                self.notice = self.welcome.take().map(|text| Notice { text, failure: false });
                self.begin_day(today);
                return vec![self.load()];
            }
            Message::Key(key) => return self.press(key),
            Message::Mouse(mouse) => return self.point(mouse),
            Message::Pasted(text) => self.paste(&text),
            Message::Resized(size) => {
                self.layout.size = size;
                self.fit();
            }
            Message::NewDay(today) => self.begin_day(today),
            Message::Loaded { generation, items, found } => self.take_items(generation, items, found),
            Message::LoadFinished { generation, problems } => self.finish_load(generation, problems),
            Message::LoadFailed { generation, reason } => self.fail_load(generation, &reason),
            Message::PageSet { request, page } => {
                self.article.take(request, page);
                self.fit();
            }
            Message::LinkOpened { item, browser } => self.link_opened(item, &browser),
            Message::LinkNotOpened { link, reason } => return self.show_link(link, reason),
            Message::Copied(text) => self.inform(&format!("Sent to the clipboard: {text}")),
            Message::Failed(reason) => self.notice = Some(Notice { text: reason, failure: true }),
        }
        Vec::new()
    }

    /// Asks for the page of the selected item, where the article is on the screen and its page is not the
    /// one that was asked for last.
    fn wanted_page(&mut self) -> Option<Effect> {
        let area = self.panes().article?;
        let Some(entry) = self.list.selected().and_then(|id| self.library.entry(id)) else {
            self.article.forget();
            return None;
        };
        self.article.want(&entry.path, text_area(area).width).map(Effect::SetPage)
    }

    /// Keeps every cursor and scroll within what there is and what is shown of it.
    pub(super) fn fit(&mut self) {
        let heights = (self.height(Pane::Topics), self.height(Pane::List), self.height(Pane::Article));
        self.topics.cursor.fit(self.topics.rows.len(), heights.0);
        self.list.cursor.fit(self.list.ids.len(), heights.1);
        self.article.fit(heights.2);
        self.fit_overlay();
    }

    fn link_opened(&mut self, item: ItemKey, browser: &SafeText) {
        self.mark(&[item], Mark::Read, true);
        self.inform(&format!("Opened in {browser}."));
    }

    fn show_link(&mut self, link: Link, reason: SafeText) -> Vec<Effect> {
        self.overlay = Overlay::Link { link: link.clone(), reason };
        vec![Effect::CopyLink(link)]
    }
}
