//! Which items are withheld: drafts, items with a later publication date, and expired ones.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Headline, ItemId, Library, SourceProblem};
use crate::item::{Clock, Problem};

/// What is withheld at present. Items say what their files say; the one decision, which needs the time, is made here.
#[derive(Debug, Clone, Default)]
pub(super) struct Withholding {
    clock: Option<Clock>,
    /// Whether they are listed all the same, because a person asked for them.
    lists_all: bool,
    /// Every item that is withheld, or may be at another time.
    candidates: BTreeMap<ItemId, Headline>,
    /// Those that are withheld now.
    withheld: BTreeSet<ItemId>,
    /// When the next of them will be listed, or a listed one expires. It may be that of one that has gone.
    next_change: Option<Timestamp>,
}

/// Items that come, told apart by whether they are listed.
pub(super) struct Sorted {
    /// Those that are listed.
    pub listed: Vec<Headline>,
    /// Those that are not, or not any more.
    pub removed: Vec<ItemId>,
    /// What is to be said of those that are withheld.
    pub notices: Vec<SourceProblem>,
    /// Whether any of them was withheld before.
    pub were_withheld: bool,
}

impl Withholding {
    /// What does not change when all items go.
    pub(super) fn emptied(self) -> Self {
        Self { clock: self.clock, lists_all: self.lists_all, ..Self::default() }
    }

    /// Forgets an item, and says whether it was withheld.
    fn forget(&mut self, id: ItemId) -> bool {
        self.candidates.remove(&id);
        self.withheld.remove(&id)
    }

    /// Why an item is withheld now; what is known of it is kept, since the answer may be another one later.
    fn decide(&mut self, headline: &Headline) -> Option<Problem> {
        if !headline.release.matters(self.clock) {
            return None;
        }
        let notice = headline.release.withheld(self.clock);
        self.candidates.insert(headline.id, headline.clone());
        self.expect(self.clock.and_then(|clock| headline.release.next_change(clock.now)));
        if notice.is_some() {
            self.withheld.insert(headline.id);
        }
        notice
    }

    /// Notes when something changes, if nothing does before.
    fn expect(&mut self, change: Option<Timestamp>) {
        self.next_change = self.next_change.into_iter().chain(change).min();
    }
}

impl Library {
    /// Tells the library what time it is. Items that may be listed now come, and those that have expired go. Says whether
    /// any did.
    pub fn set_clock(&mut self, clock: Clock) -> bool {
        let clock = clock.with_newest_of(self.withholding.clock);
        self.withholding.clock = Some(clock);
        let Withholding { candidates, withheld, .. } = &self.withholding;
        let is_other = |headline: &&Headline| {
            headline.release.withheld(Some(clock)).is_some() != withheld.contains(&headline.id)
        };
        let others: Vec<Headline> = candidates.values().filter(is_other).cloned().collect();
        self.withholding.next_change =
            candidates.values().filter_map(|headline| headline.release.next_change(clock.now)).min();
        let has_others = !others.is_empty();
        if has_others {
            self.change(others, &[]);
        }
        has_others
    }

    /// When an item that is withheld may be listed, or a listed one expires, if the clock is told then: the earliest such
    /// time that is known.
    pub fn next_release(&self) -> Option<Timestamp> {
        self.withholding.next_change
    }

    /// Lists items from now on that would be withheld. It is to be called before any item comes.
    pub fn list_withheld(&mut self) {
        self.withholding.lists_all = true;
    }

    /// How many items are withheld, whether they are listed all the same or not.
    pub fn withheld(&self) -> usize {
        self.withholding.withheld.len()
    }

    /// Whether an item is withheld.
    pub fn is_withheld(&self, id: ItemId) -> bool {
        self.withholding.withheld.contains(&id)
    }

    /// Takes out the items that are withheld, and says of each why. Their numbers are among those that have gone then, for
    /// they may have been listed before.
    pub(super) fn withhold(&mut self, written: Vec<Headline>, removed: &[ItemId]) -> Sorted {
        let mut removed = removed.to_vec();
        let mut were_withheld = false;
        for id in removed.iter().copied().chain(written.iter().map(|headline| headline.id)) {
            were_withheld |= self.withholding.forget(id);
        }
        let (mut listed, mut notices) = (Vec::with_capacity(written.len()), Vec::new());
        for mut headline in written {
            let Some(notice) = self.withholding.decide(&headline) else {
                listed.push(headline);
                continue;
            };
            headline.problems.push(notice);
            if self.withholding.lists_all {
                listed.push(headline);
            } else {
                removed.push(headline.id);
                notices.extend(Self::problems_of(&headline));
            }
        }
        Sorted { listed, removed, notices, were_withheld }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::ItemFile;

    fn headline(number: u32, front: &str) -> Headline {
        let text =
            format!("---\ntitle: Item {number}\nlink: https://example.org/{number}\n{front}\n---\nText.");
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item)
    }

    fn clock(now: &str) -> Clock {
        Clock { now: now.parse().expect(now), newest: None }
    }

    fn listed(library: &Library) -> Vec<u32> {
        let mut ids: Vec<u32> = library.newest_first().iter().map(|id| id.number()).collect();
        ids.sort_unstable();
        ids
    }

    fn codes(library: &Library) -> Vec<&str> {
        library.problems().iter().map(|problem| problem.problem.code).collect()
    }

    fn library(now: &str) -> Library {
        let mut library = Library::default();
        library.set_clock(clock(now));
        library.insert(vec![
            headline(1, "date: 2026-11-30"),
            headline(2, "draft: true"),
            headline(3, "publishDate: 2026-12-24T10:00:00Z"),
            headline(4, "expiryDate: 2026-12-24T10:00:00Z"),
            headline(5, "date: 2027-01-01"),
        ]);
        library
    }

    #[test]
    fn an_embargoed_item_comes_and_an_expired_one_goes_by_itself() {
        let mut library = library("2026-12-01T00:00:00Z");
        assert_eq!((listed(&library), library.withheld()), (vec![1, 4], 3));
        assert_eq!(codes(&library), ["withheld-draft", "withheld-early", "withheld-early"]);
        library.set_clock(clock("2026-12-24T09:59:59Z"));
        assert_eq!(listed(&library), [1, 4]);
        library.set_clock(clock("2026-12-24T10:00:00Z"));
        assert_eq!((listed(&library), library.withheld()), (vec![1, 3], 3));
        assert_eq!(codes(&library), ["withheld-draft", "withheld-expired", "withheld-early"]);
        library.set_clock(clock("2026-12-31T00:00:01Z"));
        assert_eq!((listed(&library), library.withheld()), (vec![1, 3, 5], 2));
    }

    #[test]
    fn it_is_known_when_the_next_item_comes_or_expires() {
        let next = |library: &Library| library.next_release().map(|time| time.to_string());
        let mut library = library("2026-12-01T00:00:00Z");
        assert_eq!(next(&library).as_deref(), Some("2026-12-24T10:00:00Z"));
        assert!(!library.set_clock(clock("2026-12-24T09:59:59Z")));
        assert!(library.set_clock(clock("2026-12-24T10:00:00Z")));
        assert_eq!(
            next(&library).as_deref(),
            Some("2026-12-31T00:00:00Z"),
            "24 hours before its date in UTC"
        );
        library.set_clock(clock("2026-12-31T00:00:01Z"));
        assert_eq!(next(&library), None);
    }

    #[test]
    fn what_is_withheld_no_longer_leaves_no_trace() {
        let mut library = library("2026-12-01T00:00:00Z");
        library.change(vec![headline(2, "draft: false")], &[ItemId::new(3)]);
        assert_eq!(
            (listed(&library), library.withheld(), codes(&library)),
            (vec![1, 2, 4], 1, vec!["withheld-early"])
        );
        library.change(vec![headline(1, "draft: true")], &[]);
        assert_eq!((listed(&library), library.withheld()), (vec![2, 4], 2));
        library.change(Vec::new(), &[ItemId::new(1), ItemId::new(5)]);
        assert_eq!((listed(&library), library.withheld(), codes(&library)), (vec![2, 4], 0, vec![]));
        library.clear();
        library.insert(vec![headline(2, "draft: true")]);
        assert_eq!((listed(&library), library.withheld()), (vec![], 1));
    }

    #[test]
    fn a_draft_does_not_stand_for_the_item_it_is_a_copy_of() {
        let mut library = Library::default();
        library.set_clock(clock("2026-12-01T00:00:00Z"));
        let one = headline(1, "date: 2026-11-01");
        let copy = Headline { id: ItemId::new(2), ..headline(1, "date: 2026-11-02\ndraft: true") };
        library.insert(vec![one, copy]);
        assert_eq!((listed(&library), library.withheld()), (vec![1], 1));
    }

    #[test]
    fn whoever_asks_for_them_is_shown_what_is_withheld() {
        let mut library = Library::default();
        library.list_withheld();
        library.set_clock(clock("2026-12-01T00:00:00Z"));
        library.insert(vec![headline(1, "draft: true"), headline(2, "date: 2026-11-30")]);
        assert_eq!(
            (listed(&library), library.withheld(), codes(&library)),
            (vec![1, 2], 1, vec!["withheld-draft"])
        );
    }
}
