//! The one table of actions: key map, footer, help, `rounds keys` and the README's table all read it.

use super::key::{Key, KeyCode};

/// Everything that a key can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says what each one does, in the words of the help")]
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
    CycleOrder,
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
    /// Moving within a pane.
    Move,
    /// Going from pane to pane, topic to topic, item to item.
    Go,
    /// Choosing what the list shows.
    Choose,
    /// Marking items.
    Mark,
    /// Taking something out of Rounds: the original, a link, a citation.
    Take,
    /// Rounds itself.
    Rounds,
}

impl Group {
    /// All groups in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Go, Self::Choose, Self::Mark, Self::Take, Self::Move, Self::Rounds];

    /// What the group is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Choose => "Choose",
            Self::Mark => "Mark",
            Self::Take => "Take",
            Self::Rounds => "Rounds",
        }
    }
}

/// An action with its keys and its description.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// What it is for.
    pub group: Group,
    /// The keys that ask for it; the first is the one that the footer shows.
    pub keys: &'static [Key],
    /// One or two words for the footer.
    pub hint: &'static str,
    /// What it does, in a sentence for the help.
    pub help: &'static str,
    /// Whether its keys ask for it whatever is open or being typed. What is open stays so.
    pub everywhere: bool,
}

const fn bind(
    action: Action,
    group: Group,
    keys: &'static [Key],
    hint: &'static str,
    help: &'static str,
) -> Binding {
    Binding { action, group, keys, hint, help, everywhere: false }
}

const fn everywhere(binding: Binding) -> Binding {
    Binding { everywhere: true, ..binding }
}

const fn k(character: char) -> Key {
    Key::char(character)
}

const fn p(code: KeyCode) -> Key {
    Key::plain(code)
}

/// Every action, in the order in which they are shown.
pub const BINDINGS: &[Binding] = {
    use Action as A;
    use Group as G;
    use KeyCode as C;
    &[
        bind(A::Down, G::Move, &[k('j'), p(C::Down)], "down", "Move down a line."),
        bind(A::Up, G::Move, &[k('k'), p(C::Up)], "up", "Move up a line."),
        bind(A::HalfPageDown, G::Move, &[Key::ctrl('d')], "half page down", "Move down half a page."),
        bind(A::HalfPageUp, G::Move, &[Key::ctrl('u')], "half page up", "Move up half a page."),
        bind(A::PageDown, G::Move, &[p(C::PageDown), Key::ctrl('f')], "page down", "Move down a page."),
        bind(A::PageUp, G::Move, &[p(C::PageUp), Key::ctrl('b')], "page up", "Move up a page."),
        bind(A::First, G::Move, &[k('g'), p(C::Home)], "top", "Go to the top."),
        bind(A::Last, G::Move, &[k('G'), p(C::End)], "end", "Go to the end."),
        bind(
            A::ReadOn,
            G::Move,
            &[k(' ')],
            "read on",
            "Page through the article; at its end, go to the next unread item.",
        ),
        bind(
            A::Left,
            G::Go,
            &[k('h'), p(C::Left)],
            "left",
            "Go to the pane on the left; in the topics, fold.",
        ),
        bind(
            A::Right,
            G::Go,
            &[k('l'), p(C::Right)],
            "right",
            "Go to the pane on the right; in the topics, unfold.",
        ),
        bind(A::NextPane, G::Go, &[p(C::Tab)], "next pane", "Go to the next pane."),
        bind(A::PreviousPane, G::Go, &[p(C::BackTab)], "previous pane", "Go to the previous pane."),
        bind(
            A::Read,
            G::Go,
            &[p(C::Enter)],
            "read",
            "Read the selected item; in the topics, go to the list.",
        ),
        bind(
            A::NextUnread,
            G::Go,
            &[k('n')],
            "next unread",
            "Go to the next unread item; in an article that a search has found, to the next match.",
        ),
        bind(A::PreviousUnread, G::Go, &[k('p')], "previous unread", "Go to the previous unread item."),
        bind(
            A::PreviousMatch,
            G::Go,
            &[k('N')],
            "previous match",
            "In an article that a search has found, go to the previous match; else as p.",
        ),
        bind(A::NextItem, G::Go, &[k('J')], "next item", "Go to the next item, read or not."),
        bind(A::PreviousItem, G::Go, &[k('K')], "previous item", "Go to the previous item, read or not."),
        bind(A::NextNews, G::Go, &[k(']')], "next topic", "Go to the next topic with unread items."),
        bind(
            A::PreviousNews,
            G::Go,
            &[k('[')],
            "previous topic",
            "Go to the previous topic with unread items.",
        ),
        bind(
            A::Return,
            G::Go,
            &[p(C::Backspace)],
            "return",
            "Return to where a link within the article was followed.",
        ),
        bind(
            A::JumpToTopic,
            G::Choose,
            &[k('t')],
            "topic",
            "Jump to a topic by typing any of its words, in any order.",
        ),
        bind(
            A::Search,
            G::Choose,
            &[k('/')],
            "search",
            "Search all text as you type; an empty line shows which words mean more. covid19 finds COVID-19, 400mg 400 mg, xray X-ray, edema oedema, beta β, and the other way round.",
        ),
        bind(
            A::BestMatch,
            G::Choose,
            &[k('b')],
            "best match",
            "In a search, put the best match first, or the newest again.",
        ),
        bind(
            A::SaveSearch,
            G::Choose,
            &[k('S')],
            "keep search",
            "Keep the search among the topics; on a kept one, let it go.",
        ),
        bind(
            A::CycleMarkFilter,
            G::Choose,
            &[k('f')],
            "filter",
            "Show all items, only unread ones, or only starred ones.",
        ),
        bind(
            A::CycleOrder,
            G::Choose,
            &[k('O')],
            "order",
            "Order the list by date, title, site or reading time.",
        ),
        bind(A::ToggleRead, G::Mark, &[k('m')], "mark read", "Mark the item as read, or as unread again."),
        bind(A::ToggleStar, G::Mark, &[k('s')], "star", "Give the item a star, or take it away."),
        bind(A::MarkAllRead, G::Mark, &[k('A')], "all read", "Mark all items that the list shows as read."),
        bind(A::Undo, G::Mark, &[k('u')], "undo", "Undo the last change of marks."),
        bind(
            A::OpenOriginal,
            G::Take,
            &[k('o')],
            "open",
            "Open the original article in the browser; digits open its numbered links.",
        ),
        bind(A::CopyLink, G::Take, &[k('y')], "copy link", "Copy the link of the original article."),
        bind(A::CopyCitation, G::Take, &[k('c')], "cite", "Copy a citation of the original article."),
        bind(A::ShowSource, G::Take, &[k('v')], "file", "Show the item's file as it is, and back."),
        bind(A::Refresh, G::Rounds, &[k('r')], "refresh", "Fetch bundles, and look into every file again."),
        bind(A::Problems, G::Rounds, &[k('!')], "problems", "List what is wrong in the source's files."),
        bind(A::Zen, G::Rounds, &[k('z')], "zen", "Show nothing but the article, and back."),
        bind(A::Help, G::Rounds, &[k('?')], "help", "Show every action; type to search, Enter does it."),
        everywhere(bind(A::Redraw, G::Rounds, &[Key::ctrl('l')], "redraw", "Draw the screen anew.")),
        everywhere(bind(
            A::Suspend,
            G::Rounds,
            &[Key::ctrl('z')],
            "suspend",
            "Suspend Rounds; the shell's fg brings it back.",
        )),
        bind(A::Escape, G::Rounds, &[p(C::Esc)], "back", "Leave what is open. It never quits."),
        bind(
            A::Back,
            G::Rounds,
            &[k('q')],
            "back",
            "Go back: from the article, a search, a topic; then quit.",
        ),
        everywhere(bind(A::Quit, G::Rounds, &[Key::ctrl('c')], "quit", "Quit at once.")),
    ]
};

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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_asks_for_two_things() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(seen.insert(*key), "{key} is bound twice, the second time to {:?}", binding.action);
            }
        }
    }

    #[test]
    fn digits_are_free_for_links() {
        for digit in '0'..='9' {
            assert_eq!(Action::for_key(Key::char(digit)), None);
        }
    }

    #[test]
    fn what_works_everywhere_types_nothing() {
        let everywhere: Vec<_> = BINDINGS.iter().filter(|binding| binding.everywhere).collect();
        assert_eq!(everywhere.len(), 3);
        assert!(everywhere.iter().flat_map(|binding| binding.keys).all(|key| key.typed().is_none()));
    }

    #[test]
    fn every_action_is_described_once() {
        for binding in BINDINGS {
            assert_eq!(BINDINGS.iter().filter(|other| other.action == binding.action).count(), 1);
            assert!(binding.help.ends_with('.') && !binding.hint.is_empty() && !binding.keys.is_empty());
        }
    }
}
