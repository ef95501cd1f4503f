//! In which order a list shows its items.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use super::title_order::{self, TitleRank};
use super::{Entry, ItemId, ItemSet, Library, Query, TopicId, TopicKind};

/// The orders of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The latest date first; items without a date last.
    #[default]
    Newest,
    /// The earliest date first; items without a date last.
    Oldest,
    /// By title.
    Title,
    /// By site, then the latest first.
    Site,
    /// The quickest to read first.
    Shortest,
    /// What fits a search best first; without one, the latest.
    Best,
}

impl Order {
    /// The orders that need no search.
    pub const ALL: [Self; 5] = [Self::Newest, Self::Oldest, Self::Title, Self::Site, Self::Shortest];

    /// This order, where nothing is looked for that could be matched well or badly.
    #[must_use]
    pub fn without_search(self) -> Self {
        if self == Self::Best { Self::Newest } else { self }
    }

    /// A short stable name, by which [`named`](Self::named) finds it again.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Site => "site",
            Self::Shortest => "shortest",
            Self::Best => "best",
        }
    }

    /// The order of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// What it is called on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Title => "by title",
            Self::Site => "by site",
            Self::Shortest => "shortest first",
            Self::Best => "best match first",
        }
    }
}

impl Library {
    /// Puts items into the order of a query.
    pub fn arrange(&self, items: &ItemSet, query: &Query) -> Vec<ItemId> {
        let newest_first = self.newest_first().iter().copied().filter(|id| items.contains(*id));
        match query.order {
            Order::Newest => newest_first.collect(),
            Order::Oldest => {
                let ids: Vec<ItemId> = newest_first.collect();
                let undated =
                    ids.partition_point(|id| self.entry(*id).is_some_and(|entry| entry.date.is_some()));
                let (dated, undated) = ids.split_at_checked(undated).unwrap_or((&ids, &[]));
                let date = |id: &ItemId| self.entry(*id).and_then(|entry| entry.date);
                let of_one_date = dated.chunk_by(|one, other| date(one) == date(other)).rev();
                of_one_date.flatten().chain(undated).copied().collect()
            }
            Order::Best => {
                let best = query.hits.iter().flat_map(|hits| &hits.best).copied();
                let best: Vec<ItemId> = best.filter(|id| items.contains(*id)).collect();
                let ranked: ItemSet = best.iter().copied().collect();
                best.into_iter().chain(newest_first.filter(|id| !ranked.contains(*id))).collect()
            }
            Order::Title => self.by_title().iter().copied().filter(|id| items.contains(*id)).collect(),
            Order::Site => {
                let sites = self.site_ranks();
                let rank = |site| sites.get(&site).copied().unwrap_or_default();
                self.sort_by_rank(newest_first, |entry| entry.site.map_or(usize::MAX, rank))
            }
            Order::Shortest => self.sort_by_rank(newest_first, minutes),
        }
    }

    /// Sorts items by something that is quickly said of each; those that are alike in it stay in their order.
    fn sort_by_rank<R: Ord>(
        &self,
        items: impl Iterator<Item = ItemId>,
        rank: impl Fn(&Entry) -> R,
    ) -> Vec<ItemId> {
        let mut ids: Vec<ItemId> = items.collect();
        ids.sort_by_cached_key(|id| self.entry(*id).map(&rank));
        ids
    }

    /// All items by title. They are sorted when that is first asked for, and kept in order from then on.
    fn by_title(&self) -> &[ItemId] {
        self.by_title.get_or_init(|| {
            let rank = |id: ItemId| self.title_ranks.get(id.index()).copied().unwrap_or_default();
            let ranked = self.newest_first.iter().zip(0..).map(|(id, place)| Ranked {
                rank: rank(*id),
                place,
                id: *id,
            });
            let mut ranked: Vec<Ranked> = ranked.collect();
            ranked.sort_unstable_by(|one, other| {
                one.rank.compare_starts(&other.rank).then(one.place.cmp(&other.place))
            });
            for alike in ranked.chunk_by_mut(|one, other| one.rank.compare_starts(&other.rank).is_eq()) {
                self.sort_alike(alike);
            }
            ranked.into_iter().map(|ranked| ranked.id).collect()
        })
    }

    /// Sorts items whose titles begin alike. Only different titles are looked at.
    fn sort_alike(&self, alike: &mut [Ranked]) {
        if alike.chunk_by(|one, other| one.rank == other.rank).nth(1).is_none() {
            return;
        }
        alike.sort_unstable_by_key(|ranked| (ranked.rank.digest(), ranked.place));
        let of_one_title = alike.chunk_by(|one, other| one.rank == other.rank);
        let title =
            |ranked: &Ranked| self.entry(ranked.id).map(|entry| title_order::folded(self.title(entry)));
        let mut titles: Vec<_> = of_one_title.map(|same| (same.first().and_then(title), same)).collect();
        titles.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let sorted: Vec<Ranked> = titles.into_iter().flat_map(|(_, same)| same).copied().collect();
        alike.iter_mut().zip(sorted).for_each(|(place, ranked)| *place = ranked);
    }

    /// Which of two items comes first by title; of equal titles, the first in the order of time.
    pub(super) fn compare_titles(&self, one: ItemId, other: ItemId) -> Ordering {
        let by_title = match (self.title_ranks.get(one.index()), self.title_ranks.get(other.index())) {
            (Some(rank), Some(other_rank)) => self.compare_ranked((rank, one), (other_rank, other)),
            _ => Ordering::Equal,
        };
        by_title.then_with(|| self.time_rank(one).cmp(&self.time_rank(other)))
    }

    fn compare_ranked(&self, one: (&TitleRank, ItemId), other: (&TitleRank, ItemId)) -> Ordering {
        let title = |id| move || self.entry(id).map_or("", |entry| self.title(entry));
        one.0.compare(title(one.1), other.0, title(other.1))
    }

    /// What items are ordered by where nothing else is asked for: the newest first, then by title.
    pub(super) fn time_rank(&self, id: ItemId) -> impl Ord {
        self.entry(id).map(|entry| (Reverse(entry.date), self.names.get(entry.name), id))
    }

    /// Whether items are of several sites; those of none do not count.
    pub fn are_of_several_sites(&self, items: &[ItemId]) -> bool {
        // Mostly there is one site, and then there is no need to look. Sites are near the end of the tree.
        let heading = self.topics().order().iter().rfind(|placed| placed.kind == TopicKind::Sites);
        if heading.is_none_or(|sites| sites.below < 2) {
            return false;
        }
        let mut sites = items.iter().filter_map(|id| self.entry(*id)?.site);
        let first = sites.next();
        sites.any(|site| Some(site) != first)
    }

    /// The place of each site among all sites.
    fn site_ranks(&self) -> HashMap<TopicId, usize> {
        let order = self.topics().order().iter();
        order.filter(|placed| placed.kind == TopicKind::Site).map(|placed| placed.id).zip(0..).collect()
    }
}

/// An item with what its title is ordered by, and its place among all in the order of time.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    rank: TitleRank,
    place: u32,
    id: ItemId,
}

/// How long an item takes to read; where that is not known, it comes last.
fn minutes(entry: &Entry) -> (bool, u16) {
    (entry.minutes == 0, entry.minutes)
}
