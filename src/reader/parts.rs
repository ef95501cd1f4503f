//! Parts of Rounds that work beside the screen, and what the user is told when one of them ends.

use super::message::Part;
use super::{Notice, Reader};
use crate::item::SafeText;

impl Reader {
    /// Whether a part has ended, so that nothing it is asked for will ever come.
    pub(super) fn has_ended(&self, part: Part) -> bool {
        self.ended_parts.iter().any(|(ended, _)| *ended == part)
    }

    /// Goes on without a part that has ended, and says what no longer works.
    pub(super) fn part_ended(&mut self, part: Part, reason: &SafeText) {
        if !self.has_ended(part) && part != Part::Errand {
            self.ended_parts.push((part, told(part, reason)));
        }
        match part {
            Part::Loading => {
                self.loading.progress = None;
                self.loading.asked_for = false;
            }
            Part::Searching => self.end_search(),
            Part::Pages => self.article.forget(),
            Part::Fetching(bundle) => self.fail_bundle(bundle, told(part, reason)),
            Part::Saving => self.saving.fail(told(part, reason)),
            Part::Watching | Part::Errand => {}
        }
        self.renew_problems();
        self.add_notice(Notice { text: told(part, reason), failure: true });
    }
}

/// What no longer works, why, and what to do.
fn told(part: Part, reason: &SafeText) -> SafeText {
    let what = match part {
        Part::Loading => "Sources are no longer read",
        Part::Saving => "Marks are no longer saved",
        Part::Searching => "Only titles and topics are searched from now on",
        Part::Pages => "Articles are no longer shown",
        Part::Fetching(_) => "A bundle is no longer fetched",
        Part::Watching => "Changes are no longer noticed by themselves",
        Part::Errand => return SafeText::new(&format!("Something was not done: {reason}. Try again.")),
    };
    SafeText::new(&format!("{what}: {reason}. Start Rounds again to bring it back."))
}
