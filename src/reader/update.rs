//! The one door: a message comes in, effects go out.

use super::message::{Effect, Message, Part};
use super::panes::{Pane, text_area};
use super::{Notice, Overlay, Reader};
use crate::article::Page;
use crate::item::{ItemKey, Link, SafeText};

/// Changes the reader as a message says, and says what is to be done outside of it.
pub fn update(reader: &mut Reader, message: Message) -> Vec<Effect> {
    let mut effects = reader.receive(message);
    reader.tidy();
    effects.extend(reader.wanted_page());
    effects.extend(reader.wanted_contexts());
    reader.save_place();
    effects.append(&mut reader.outbox);
    effects
}

impl Reader {
    fn receive(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Started(size, today) => {
                self.layout.size = size;
                self.notice = self.welcome.take().map(|text| Notice { text, failure: false });
                self.begin_day(today);
                return std::iter::once(self.load(false)).chain(self.fetch()).collect();
            }
            Message::Key(key) => return self.press(key),
            Message::Mouse(mouse) => return self.point(mouse),
            Message::Pasted(text) => self.paste(&text),
            Message::Resized(size) => {
                self.may_move = true;
                self.layout.size = size;
            }
            Message::NewDay(today) => self.begin_day(today),
            Message::Time(clock) => return self.take_time(clock),
            Message::Remembered(memory) => self.remember(*memory),
            Message::Returned(place) => self.come_back(place),
            Message::MarksChanged { as_of, changes } => {
                self.take_marks(&self.saving.without_outdated(as_of, changes));
            }
            Message::NewItems(keys) => self.take_new(keys),
            Message::Items { epoch, written, removed } => self.take_items(epoch, written, &removed),
            Message::LoadProgress(progress) => self.take_progress(progress),
            Message::Restarted { epoch, notice } => self.restart(epoch, notice),
            Message::LoadFinished { generation, loaded } => return self.finish_load(generation, loaded),
            Message::SourceChanged => return self.look_again(),
            Message::Indexed { waiting } => self.take_indexed(waiting),
            Message::Found { question, epoch, asker, hits } => self.take_hits(question, epoch, asker, hits),
            Message::NotFound { question, reason } => self.take_no_hits(question, &reason),
            Message::Contexts { question, epoch, contexts } => self.take_contexts(question, epoch, contexts),
            Message::Bundle { bundle, news } => return self.take_bundle_news(bundle, news),
            Message::PageSet { request, page } => self.take_page(request, page),
            Message::LinkOpened { item, browser } => self.link_opened(item, &browser),
            Message::LinkNotOpened { link, reason } => return self.show_link(link, reason),
            Message::Seen(item) => self.seen(item),
            Message::Copied(text) => self.inform(&format!("Copied: {text}")),
            Message::CopyAsked(text) => self.inform(&format!("Asked the terminal to copy: {text}")),
            Message::Saved(number) => self.take_saved(number),
            Message::NotSaved(reason) => self.take_not_saved(reason),
            Message::SavingLate => self.saving.tell_late(),
            Message::UnsavedWritten { path, outcome } => return self.unsaved_written(&path, outcome),
            Message::PartEnded { part, reason } => self.part_ended(part, &reason),
            Message::Told(text) => self.add_notice(Notice { text, failure: false }),
            Message::Failed(reason) => self.add_notice(Notice { text: reason, failure: true }),
        }
        Vec::new()
    }

    /// Asks for the page of the selected item, where the article is on the screen and its page is not the
    /// one that was asked for last.
    fn wanted_page(&mut self) -> Option<Effect> {
        let area = self.panes().article.filter(|_| !self.is_lost() && !self.has_ended(Part::Pages))?;
        let Some(item) = self.selected_item() else {
            self.article.forget();
            return None;
        };
        self.article.want(item, text_area(area).width, &self.searching.highlights).map(Effect::SetPage)
    }

    /// Keeps every cursor and scroll within what there is and what is shown of it.
    pub(super) fn fit(&mut self) {
        self.arrange_panes();
        let (topics, article) = (self.height(Pane::Topics), self.height(Pane::Article));
        self.topics.cursor.fit(self.topics.rows.len(), topics);
        self.fit_list();
        self.article.fit(article);
        self.fit_overlay();
    }

    /// Takes a page; one that was read before is shown where its reader left it.
    fn take_page(&mut self, request: u64, page: Box<Page>) {
        let first = self.article.page.is_none();
        self.article.take(request, page);
        let selected = self.list.selected().and_then(|id| self.library.entry(id));
        if let (true, Some(entry)) = (first, selected) {
            self.article.return_to(self.positions.get(&entry.key).copied());
        }
    }

    /// Tells something, after what is being told already; what did not work comes before what did.
    pub(super) fn add_notice(&mut self, notice: Notice) {
        match &self.notice {
            None => self.notice = Some(notice),
            Some(before) if notice.failure && !before.failure => {
                if let Some(before) = self.notice.replace(notice) {
                    self.notices.push_front(before);
                }
            }
            Some(_) if notice.failure => {
                let failures = self.notices.iter().take_while(|notice| notice.failure).count();
                self.notices.insert(failures, notice);
            }
            Some(_) => self.notices.push_back(notice),
        }
    }

    fn link_opened(&mut self, item: ItemKey, browser: &SafeText) {
        self.mark_opened(item);
        self.inform(&format!("Opened in {browser}."));
    }

    /// Shows a link that was not opened. What the user has begun to type meanwhile stays.
    fn show_link(&mut self, link: Link, reason: SafeText) -> Vec<Effect> {
        if !matches!(self.overlay, Overlay::None | Overlay::Link { .. }) {
            let text = SafeText::new(&format!("{reason} The link: {}", link.as_str()));
            self.add_notice(Notice { text, failure: true });
            return vec![Effect::CopyLink(link)];
        }
        self.overlay = Overlay::Link { link: link.clone(), reason };
        vec![Effect::CopyLink(link)]
    }
}
