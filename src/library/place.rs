//! Names of views that mean the same in the next run, when the numbers of topics are others.

use super::{Library, TopicKind, View};

/// Parts the words of a name. No label holds it, because no control character may stand in one.
const BETWEEN: char = '\u{1f}';

/// The words for the kinds of topic.
const KINDS: [(TopicKind, &str); 10] = [
    (TopicKind::Sources, "sources"),
    (TopicKind::Taxonomy, "taxonomy"),
    (TopicKind::Untaxonomised, "untaxonomised"),
    (TopicKind::Uncategorised, "uncategorised"),
    (TopicKind::Sites, "sites"),
    (TopicKind::Offerings, "offerings"),
    (TopicKind::Term, "term"),
    (TopicKind::Site, "site"),
    (TopicKind::Offering, "offering"),
    (TopicKind::Source, "source"),
];

/// The words for the views that exist whatever the items are.
const STANDING: [(View, &str); 6] = [
    (View::All, "all"),
    (View::New, "new"),
    (View::Unread, "unread"),
    (View::Starred, "starred"),
    (View::Today, "today"),
    (View::ThisWeek, "this-week"),
];

impl Library {
    /// A name for a view by which [`view_named`](Self::view_named) finds it again.
    pub fn view_name(&self, view: View) -> String {
        match view {
            View::Search(_) => format!("search{BETWEEN}{}", self.label(view)),
            View::Topic(id) => {
                let kind = self.topics().get(id).map(|topic| topic.kind);
                let word = KINDS.iter().find(|(known, _)| Some(*known) == kind).map_or("", |(_, word)| word);
                format!("{word}{BETWEEN}{}{BETWEEN}{}", self.parent_label(view), self.label(view))
            }
            _ => STANDING.iter().find(|(known, _)| *known == view).map_or("all", |(_, word)| word).to_owned(),
        }
    }

    /// The view of a name, if there is one in this library.
    pub fn view_named(&self, name: &str) -> Option<View> {
        let mut words = name.split(BETWEEN);
        let word = words.next()?;
        if let Some((view, _)) = STANDING.iter().find(|(_, known)| *known == word) {
            return Some(*view);
        }
        let first = words.next()?;
        if word == "search" {
            let saved = self.searches().iter().find(|saved| saved.typed.as_str() == first)?;
            return Some(View::Search(saved.id));
        }
        let (kind, _) = KINDS.iter().find(|(_, known)| *known == word)?;
        self.topics().find(*kind, first, words.next()?).map(View::Topic)
    }
}
