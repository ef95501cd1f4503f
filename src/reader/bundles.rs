//! Bundles from the web: how old what is here of them is, and how it goes to fetch them.

use jiff::civil::DateTime;

use super::message::{Effect, Part};
use super::{Action, Notice, Reader};
use crate::item::SafeText;

/// A bundle from the web that is open, as far as the reader knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// What it is called.
    pub name: SafeText,
    /// What is here of it; `None` where nothing is.
    pub copy: Option<LastCopy>,
    /// How it goes to fetch it.
    pub fetch: Fetch,
    /// Why it could not be fetched the last time, until it can be.
    pub trouble: Option<SafeText>,
}

/// What is here of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastCopy {
    /// When it was last known to be what the server holds, by the clock on the wall here.
    pub as_of: DateTime,
    /// How long ago that was when it was last looked at, in words: `2 h`.
    pub age: SafeText,
}

/// How it goes to fetch a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fetch {
    /// It has not been asked for.
    #[default]
    Idle,
    /// It is under way: bytes, rate and time left as far as they are known, parted by ` · `.
    Going(SafeText),
    /// What is here is what the server holds.
    Current,
    /// Nothing outside this machine can be reached.
    Offline,
    /// It did not work.
    Failed,
}

/// What happens to a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleNews {
    /// What is here of it.
    Copy(Option<LastCopy>),
    /// Bytes have come.
    Progress(SafeText),
    /// Another one is here in place of the one before.
    Fetched,
    /// What is here is what the server holds.
    Unchanged,
    /// Nothing outside this machine can be reached.
    Offline,
    /// It could not be fetched: why, and what to do.
    Failed(SafeText),
}

impl Reader {
    /// Bundles that are open, in the order of the sources.
    pub fn bundles(&self) -> &[Bundle] {
        &self.bundles
    }

    /// Asks for all bundles; those that are being fetched already go on.
    pub(super) fn fetch(&mut self) -> Option<Effect> {
        for (number, bundle) in self.bundles.iter_mut().enumerate() {
            let has_ended = self.ended_parts.iter().any(|(part, _)| *part == Part::Fetching(number));
            if !has_ended && !matches!(bundle.fetch, Fetch::Going(_)) {
                bundle.fetch = Fetch::Going(SafeText::default());
            }
        }
        (!self.bundles.is_empty()).then_some(Effect::Fetch)
    }

    /// Whether a bundle is on its way.
    pub(super) fn is_fetching(&self) -> bool {
        self.bundles.iter().any(|bundle| matches!(bundle.fetch, Fetch::Going(_)))
    }

    /// Takes in what has happened to a bundle.
    pub(super) fn take_bundle_news(&mut self, number: usize, news: BundleNews) -> Vec<Effect> {
        let Some(bundle) = self.bundles.get_mut(number) else { return Vec::new() };
        match news {
            BundleNews::Copy(copy) => bundle.copy = copy,
            BundleNews::Progress(progress) => bundle.fetch = Fetch::Going(progress),
            BundleNews::Fetched => {
                bundle.fetch = Fetch::Current;
                bundle.trouble = None;
                self.renew_problems();
                return self.look_again();
            }
            BundleNews::Unchanged => {
                bundle.fetch = Fetch::Current;
                bundle.trouble = None;
                self.renew_problems();
                self.tell_nothing_new();
            }
            BundleNews::Offline => {
                bundle.fetch = Fetch::Offline;
                bundle.trouble =
                    Some(SafeText::new("Offline: nothing outside this computer can be reached."));
                self.renew_problems();
                self.tell_offline(number);
            }
            BundleNews::Failed(reason) => {
                bundle.fetch = Fetch::Failed;
                bundle.trouble = Some(reason.clone());
                let age = bundle.copy.as_ref().map(|copy| format!(" The items here are {} old.", copy.age));
                let text = SafeText::new(&format!("{reason}{}", age.unwrap_or_default()));
                self.renew_problems();
                self.add_notice(Notice { text, failure: true });
                self.loading.asked_for = false;
            }
        }
        self.settle();
        Vec::new()
    }

    /// A bundle is not fetched any more.
    pub(super) fn fail_bundle(&mut self, number: usize, reason: SafeText) {
        if let Some(bundle) = self.bundles.get_mut(number) {
            bundle.fetch = Fetch::Failed;
            bundle.trouble = Some(reason);
        }
        self.loading.asked_for = false;
        self.settle();
    }

    /// Whether a bundle could not be fetched, so that what is here of it may be old.
    pub fn is_stale(&self) -> bool {
        self.bundles.iter().any(|bundle| matches!(bundle.fetch, Fetch::Offline | Fetch::Failed))
    }

    /// Says once that nothing can be reached, however many bundles there are.
    fn tell_offline(&mut self, number: usize) {
        self.loading.asked_for = false;
        let is_first = !self
            .bundles
            .iter()
            .enumerate()
            .any(|(other, bundle)| other != number && bundle.fetch == Fetch::Offline);
        if is_first {
            let copy = self.bundles.get(number).and_then(|bundle| bundle.copy.as_ref());
            let again = Action::Refresh;
            self.mention(&match copy {
                Some(LastCopy { age, .. }) => {
                    format!("Offline. The items here are {age} old. {again} tries again.")
                }
                None => format!("Offline, and nothing was fetched before. {again} tries again."),
            });
        }
    }
}
