//! Parts of Rounds that work beside the screen, and what the user is told when one of them ends.

use super::message::Part;
use super::{Notice, Reader};
use crate::item::SafeText;

impl Reader {
    /// Whether a part has ended, so that nothing it is asked for will ever come.
    pub(super) fn has_ended(&self, part: Part) -> bool {
        self.ended_parts.contains(&part)
    }

    /// Goes on without a part that has ended, and says what no longer works.
    pub(super) fn part_ended(&mut self, part: Part, reason: &SafeText) {
        if !self.has_ended(part) && part != Part::Errand {
            self.ended_parts.push(part);
        }
        let what = match part {
            Part::Loading => {
                self.loading.progress = None;
                self.loading.asked_for = false;
                "Sources are no longer read"
            }
            Part::Saving => "Marks are no longer saved",
            Part::Searching => {
                self.end_search();
                "Only titles and topics are searched from now on"
            }
            Part::Pages => {
                self.article.forget();
                "Articles are no longer shown"
            }
            Part::Fetching(bundle) => {
                self.fail_bundle(bundle);
                "A bundle is no longer fetched"
            }
            Part::Watching => "Changes are no longer noticed by themselves",
            Part::Errand => "Something that was asked for was not done",
        };
        let advice = match part {
            Part::Errand => "Try again.",
            _ => "Start Rounds again to bring it back.",
        };
        let text = SafeText::new(&format!("{what}: {reason}. {advice}"));
        if part == Part::Saving {
            self.saving.fail(text.clone());
        }
        self.add_notice(Notice { text, failure: true });
    }
}
