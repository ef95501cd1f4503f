//! What a key can ask for.

use std::fmt;

use super::bindings::{BINDINGS, Binding};
use super::key::Key;

/// Everything that a key can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table of bindings says what each one does, in the words of the help")]
pub enum Action {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    First,
    Last,
    ReadOn,
    Left,
    Right,
    NextPane,
    PreviousPane,
    Read,
    NextUnread,
    PreviousUnread,
    PreviousMatch,
    NextItem,
    PreviousItem,
    PreviousNews,
    NextNews,
    Return,
    JumpToTopic,
    Search,
    SaveSearch,
    BestMatch,
    CycleMarkFilter,
    Orders,
    ToggleRead,
    ToggleStar,
    MarkAllRead,
    Undo,
    OpenOriginal,
    CopyLink,
    CopyCitation,
    ShowSource,
    Refresh,
    Problems,
    TurnSkimming,
    NextArrangement,
    PreviousArrangement,
    MoreList,
    LessList,
    Zen,
    Help,
    Redraw,
    Suspend,
    Back,
    Escape,
    Quit,
}

/// What an action is for; the help and the README are arranged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Going from pane to pane, topic to topic, item to item.
    Go,
    /// Choosing what the list shows.
    Choose,
    /// Marking items.
    Mark,
    /// The original, links and citations.
    Source,
    /// How the panes stand.
    View,
    /// Moving within a pane.
    Move,
    /// Rounds itself.
    Rounds,
}

impl Group {
    /// All groups in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Go, Self::Choose, Self::Mark, Self::Source, Self::View, Self::Move, Self::Rounds];

    /// What the group is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Choose => "Choose",
            Self::Mark => "Mark",
            Self::Source => "Source",
            Self::View => "View",
            Self::Rounds => "Rounds",
        }
    }
}

impl Action {
    /// What a key asks for.
    pub fn for_key(key: Key) -> Option<Self> {
        BINDINGS.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
    }

    /// What a key asks for whatever is open or being typed.
    pub fn everywhere(key: Key) -> Option<Self> {
        Self::for_key(key).filter(|action| action.binding().is_some_and(|binding| binding.everywhere))
    }

    /// The row of the table that describes this action.
    pub fn binding(self) -> Option<&'static Binding> {
        BINDINGS.iter().find(|binding| binding.action == self)
    }
}

impl fmt::Display for Action {
    /// Writes the key that the footer and sentences name for it; nothing if it has none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.binding().and_then(|binding| binding.keys.first());
        key.map_or(Ok(()), |key| write!(formatter, "{key}"))
    }
}
