//! Taking items in, and letting them go.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::title_order::TitleRank;
use super::withholding::Sorted;
use super::{Entry, Headline, ItemId, ItemSet, Library, SourceProblem, TopicId, name, sorted};
use crate::item::{ItemKey, Problem, Severity};

/// How many items a library takes: far more than any feed has, and a bound on what a forged number can cost.
const ITEMS_MAX: usize = 4_000_000;

impl Library {
    /// Takes in items, in any order. One whose number is known already takes the place of that one.
    pub fn insert(&mut self, headlines: Vec<Headline>) {
        self.change(headlines, &[]);
    }

    /// Takes in items that are new or have changed, and lets others go. Those that are [withheld](Self::withheld) are only
    /// counted.
    pub fn change(&mut self, mut written: Vec<Headline>, removed: &[ItemId]) {
        written.retain(|headline| headline.id.index() < ITEMS_MAX);
        let Sorted { listed: written, removed, notices, were_withheld } = self.withhold(written, removed);
        let touched: ItemSet = written.iter().map(|one| one.id).chain(removed.iter().copied()).collect();
        let known = touched.iter().filter_map(|id| self.entry(id)).map(|entry| entry.key);
        let mut keys: Vec<ItemKey> = known.chain(written.iter().map(|one| one.key)).collect();
        keys.sort_unstable();
        keys.dedup();
        self.unlist(&self.with_keys(&keys).into_iter().collect());
        let known: ItemSet = touched.iter().filter(|id| self.entry(*id).is_some()).collect();
        if were_withheld || !known.is_empty() {
            self.problems.retain(|problem| problem.item.is_none_or(|id| !touched.contains(id)));
        }
        self.forget(&touched);
        let numbers = written.iter().map(|one| one.id).collect();
        let mut problems = notices;
        for headline in written {
            let is_new = !known.contains(headline.id);
            self.write(headline, is_new, &mut problems);
        }
        self.add_problems(problems);
        for saved in &mut self.searches {
            saved.matcher.take_topics(&self.topics);
        }
        let slots = &self.slots;
        let rank = |id: &ItemId| (slots.get(id.index()).and_then(Option::as_ref).map(|entry| entry.key), *id);
        sorted::merge(&mut self.by_key, numbers, |one, other| rank(one).cmp(&rank(other)));
        self.by_key.dedup();
        let mut listed = Vec::with_capacity(keys.len());
        for key in keys {
            self.unite(key, &mut listed);
        }
        self.enlist(listed);
        self.topics.bring_into_order();
        self.tidy();
    }

    /// Lets all items go, and keeps marks and saved searches.
    pub fn clear(&mut self) {
        let kept = std::mem::take(self);
        *self = Self {
            reshaped: kept.tree_shape().wrapping_add(1),
            marks: kept.marks,
            new: kept.new,
            days: kept.days,
            searches: kept.searches,
            withholding: kept.withholding.emptied(),
            ..Self::default()
        };
        self.forget_found();
    }

    /// Takes items off every list and count.
    fn unlist(&mut self, items: &ItemSet) {
        if items.is_empty() {
            return;
        }
        let mut topics: BTreeSet<TopicId> = BTreeSet::new();
        for id in items.iter() {
            if !self.sets.listed.contains(id) {
                continue;
            }
            self.sets.listed.remove(id);
            if let Some(entry) = self.slots.get(id.index()).and_then(Option::as_ref) {
                let of_item = self.topic_lists.get(entry.topics);
                self.topics.uncount(of_item, !entry.read);
                topics.extend(of_item);
            }
        }
        self.topics.take_out(topics, items);
        self.newest_first.retain(|id| !items.contains(*id));
        if let Some(by_title) = self.by_title.get_mut() {
            by_title.retain(|id| !items.contains(*id));
        }
    }

    /// Forgets what is known of items that are on no list any more.
    fn forget(&mut self, items: &ItemSet) {
        let known: Vec<ItemId> = items.iter().filter(|id| self.entry(*id).is_some()).collect();
        if known.is_empty() {
            return;
        }
        self.by_key.retain(|id| !items.contains(*id));
        for id in known {
            self.twins.remove(&id);
            let own = self.own_topics.remove(&id);
            let entry = self.slots.get_mut(id.index()).and_then(Option::take);
            for span in own.into_iter().chain(entry.as_ref().map(|entry| entry.topics)) {
                self.topic_lists.let_go(span);
            }
            if let Some(entry) = entry {
                self.names.let_go(entry.name);
            }
        }
    }

    /// Writes an item into its place, without putting it on any list.
    fn write(&mut self, headline: Headline, is_new: bool, faults: &mut Vec<SourceProblem>) {
        let (topics, site) = self.topics.topics_of(&headline, is_new);
        let name = self.names.put(&name::of(&headline));
        let title_rank = TitleRank::of(&headline.title, &mut String::new());
        faults.extend(Self::problems_of(&headline));
        let Headline { id, key, date, date_source, minutes, has_link, problems, .. } = headline;
        let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
        let entry = Entry {
            key,
            date,
            date_source,
            site,
            minutes,
            has_link,
            broken,
            read: self.marks.read.contains(&key),
            starred: self.marks.starred.contains(&key),
            new: self.new.contains(&key),
            name,
            topics: self.topic_lists.put(&topics),
        };
        if id.index() >= self.slots.len() {
            self.slots.resize_with(id.index().saturating_add(1), || None);
            self.title_ranks.resize(self.slots.len(), TitleRank::default());
        }
        if let Some(place) = self.title_ranks.get_mut(id.index()) {
            *place = title_rank;
        }
        if let Some(slot) = self.slots.get_mut(id.index()) {
            *slot = Some(entry);
        }
    }

    /// What is wrong with the file of an item.
    pub(super) fn problems_of(headline: &Headline) -> Vec<SourceProblem> {
        let Headline { id, path, problems, source, .. } = headline;
        if problems.is_empty() {
            return Vec::new();
        }
        let path = source.as_ref().map_or_else(|| path.clone(), |source| format!("{source}: {path}"));
        let of_item = |problem: &Problem| SourceProblem {
            item: Some(*id),
            path: path.as_str().into(),
            problem: problem.clone(),
        };
        problems.iter().map(of_item).collect()
    }

    /// Makes one item of all files of one original, which have the same key, and notes the numbers of the items that are
    /// listed. An item without an original is never made one with another: it has its key from a slug or a path, which
    /// may stand for something else in another source.
    fn unite(&mut self, key: ItemKey, listed: &mut Vec<ItemId>) {
        let members: Vec<ItemId> = self.all_with_key(key).collect();
        for id in &members {
            self.twins.remove(id);
            if let (Some(own), Some(Some(entry))) =
                (self.own_topics.remove(id), self.slots.get_mut(id.index()))
            {
                let of_all = std::mem::replace(&mut entry.topics, own);
                self.topic_lists.let_go(of_all);
            }
        }
        if let [only] = members.as_slice() {
            listed.push(*only);
            return;
        }
        let has_link = |id: &ItemId| self.entry(*id).is_some_and(|entry| entry.has_link);
        let (files, others): (Vec<_>, Vec<_>) = members.into_iter().partition(has_link);
        listed.extend(others);
        listed.extend(self.make_one(files));
    }

    /// Makes one item of several: the one with the latest date stands for them, in the topics of all. Of several that
    /// are equally new it is the one of the source that was opened first, and there the first by title and path. Its
    /// number comes back.
    fn make_one(&mut self, members: Vec<ItemId>) -> Option<ItemId> {
        let rank = |id: &ItemId| {
            let entry = self.entry(*id)?;
            let name = self.names.get(entry.name);
            Some((Reverse(entry.date), name::place(name), name))
        };
        let first = members.iter().copied().min_by(|one, other| rank(one).cmp(&rank(other)))?;
        if members.len() > 1 {
            let entries = members.iter().filter_map(|id| self.entry(*id));
            let mut all: Vec<TopicId> = entries.flat_map(|entry| self.topics_of(entry)).copied().collect();
            self.topics.arrange(&mut all);
            let all = self.topic_lists.put(&all);
            let entry = self.slots.get_mut(first.index()).and_then(Option::as_mut)?;
            let own = std::mem::replace(&mut entry.topics, all);
            self.own_topics.insert(first, own);
            self.twins.extend(members.into_iter().filter(|id| *id != first).map(|id| (id, first)));
        }
        Some(first)
    }

    /// Puts items on every list that they belong to.
    fn enlist(&mut self, added: Vec<ItemId>) {
        for id in &added {
            let Some(entry) = self.slots.get(id.index()).and_then(Option::as_ref) else { continue };
            let topics = self.topic_lists.get(entry.topics);
            self.topics.put(*id, topics, !entry.read);
            self.sets.put(*id, entry, self.days);
            for saved in &mut self.searches {
                saved.matcher.take_item(*id, entry, topics);
            }
        }
        if let Some(mut by_title) = self.by_title.take() {
            sorted::merge(&mut by_title, added.clone(), |one, other| self.compare_titles(*one, *other));
            self.by_title = by_title.into();
        }
        let mut newest_first = std::mem::take(&mut self.newest_first);
        sorted::merge(&mut newest_first, added, |one, other| {
            self.time_rank(*one).cmp(&self.time_rank(*other))
        });
        self.newest_first = newest_first;
    }

    /// Moves names and topics together where much of what lay between them is gone.
    fn tidy(&mut self) {
        if self.names.is_wasteful() {
            let old = std::mem::take(&mut self.names);
            for entry in self.slots.iter_mut().flatten() {
                entry.name = self.names.put(old.get(entry.name));
            }
        }
        if self.topic_lists.is_wasteful() {
            let old = std::mem::take(&mut self.topic_lists);
            let of_entries = self.slots.iter_mut().flatten().map(|entry| &mut entry.topics);
            for span in of_entries.chain(self.own_topics.values_mut()) {
                *span = self.topic_lists.put(old.get(*span));
            }
        }
    }
}
