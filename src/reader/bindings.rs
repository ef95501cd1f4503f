//! The one table of actions: key map, footer, help, `rounds keys` and the README's table all read it.

use super::action::{Action, Group};
use super::key::{Key, KeyCode};

/// An action with its keys and its description.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// What it is for.
    pub group: Group,
    /// The keys that ask for it; the first is the one that the footer shows.
    pub keys: &'static [Key],
    /// What it does, in a sentence for the help.
    pub help: &'static str,
    /// What that sentence leaves out. The help shows it below its list.
    pub more: &'static str,
    /// Whether its keys ask for it whatever is open or being typed. What is open stays so.
    pub everywhere: bool,
}

const fn bind(
    action: Action,
    group: Group,
    keys: &'static [Key],
    help: &'static str,
    more: &'static str,
) -> Binding {
    Binding { action, group, keys, help, more, everywhere: false }
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
        bind(
            A::Left,
            G::Go,
            &[k('h'), p(C::Left)],
            "Go to the pane on the left.",
            "In the topics, it folds a taxonomy or goes to the one that a term belongs to. From the headlines it opens the topics.",
        ),
        bind(
            A::Right,
            G::Go,
            &[k('l'), p(C::Right)],
            "Go to the pane on the right.",
            "In the topics, it unfolds a taxonomy first. From the headlines it opens the selected article.",
        ),
        bind(
            A::NextPane,
            G::Go,
            &[p(C::Tab)],
            "Go to the next pane.",
            "The order is topics, headlines, article, and round again.",
        ),
        bind(
            A::PreviousPane,
            G::Go,
            &[p(C::BackTab)],
            "Go to the previous pane.",
            "The order is article, headlines, topics, and round again.",
        ),
        bind(
            A::Read,
            G::Go,
            &[p(C::Enter)],
            "Open the selected article.",
            "Opening marks it as read, unless mark_read says otherwise. In the topics, it goes to the headlines.",
        ),
        bind(
            A::NextUnread,
            G::Go,
            &[k('n')],
            "Go to the next unread item.",
            "In an article that a search has found, it goes to the next match. At the end of the list it goes on from the top.",
        ),
        bind(
            A::PreviousUnread,
            G::Go,
            &[k('p')],
            "Go to the previous unread item.",
            "At the top of the list it goes on from the end.",
        ),
        bind(
            A::PreviousMatch,
            G::Go,
            &[k('N')],
            "Go to the previous match of the search.",
            "In an article that a search has found. Elsewhere it goes to the previous unread item.",
        ),
        bind(
            A::NextItem,
            G::Go,
            &[k('J')],
            "Go to the next item, read or not.",
            "While you read an article, the next one opens.",
        ),
        bind(
            A::PreviousItem,
            G::Go,
            &[k('K')],
            "Go to the previous item, read or not.",
            "While you read an article, the previous one opens.",
        ),
        bind(
            A::NextNews,
            G::Go,
            &[k(']')],
            "Go to the next topic with unread items.",
            "It goes down the topics as they are shown, and skips what is folded away.",
        ),
        bind(
            A::PreviousNews,
            G::Go,
            &[k('[')],
            "Go to the previous topic with unread items.",
            "It goes up the topics as they are shown, and skips what is folded away.",
        ),
        bind(
            A::Return,
            G::Go,
            &[p(C::Backspace)],
            "Return to where you followed a link within the article.",
            "A footnote or a heading that a number has led to.",
        ),
        bind(
            A::Back,
            G::Go,
            &[k('q')],
            "Go back one step; from everything, quit.",
            "From the article to the headlines, then out of a search or filter, then out of a topic, then out of Rounds.",
        ),
        bind(
            A::Escape,
            G::Go,
            &[p(C::Esc)],
            "Leave what is open. It never quits.",
            "It leaves the article, drops the filter or the search, and cancels what you are typing.",
        ),
        bind(
            A::JumpToTopic,
            G::Choose,
            &[k('t')],
            "Go to a topic by typing a part of its name.",
            "Any words of its name do, in any order, with those of its taxonomy: prec med finds Precision Medicine.",
        ),
        bind(
            A::Search,
            G::Choose,
            &[k('/')],
            "Search all text while you type.",
            "The empty line shows which words mean more, such as topic: and since:7d. It looks in the topic that is shown. covid19 finds COVID-19, 400mg 400 mg, edema oedema, beta β, and the other way round.",
        ),
        bind(
            A::BestMatch,
            G::Choose,
            &[k('b')],
            "In a search, show the best match first.",
            "A second time, the newest comes first again.",
        ),
        bind(
            A::SaveSearch,
            G::Choose,
            &[k('S')],
            "Keep the search among the topics.",
            "On a search that is kept, it removes it from the topics.",
        ),
        bind(
            A::CycleMarkFilter,
            G::Choose,
            &[k('f')],
            "Show all items, only unread ones, or only starred ones.",
            "The filter stands in the first row of the screen until you leave it.",
        ),
        bind(
            A::Orders,
            G::Choose,
            &[k('O')],
            "Choose the order of the headlines, or of the topics.",
            "Headlines by date, title, site or reading time; topics by name or by unread items.",
        ),
        bind(
            A::ToggleRead,
            G::Mark,
            &[k('m')],
            "Mark the item as read, or as unread again.",
            "It stays in the list until you leave that, so that you can change your mind.",
        ),
        bind(
            A::ToggleStar,
            G::Mark,
            &[k('s')],
            "Give the item a star, or take it away.",
            "Starred items have a topic of their own.",
        ),
        bind(
            A::MarkAllRead,
            G::Mark,
            &[k('A')],
            "Mark all items in the list as read.",
            "That is what the list shows now: of a topic, a search or a filter only those. It can be undone.",
        ),
        bind(
            A::Undo,
            G::Mark,
            &[k('u')],
            "Undo the last change of marks.",
            "Up to a hundred changes, the last one first.",
        ),
        bind(
            A::OpenOriginal,
            G::Source,
            &[k('o')],
            "Open the original article in the browser.",
            "To open a link in the text, type its number.",
        ),
        bind(
            A::CopyLink,
            G::Source,
            &[k('y')],
            "Copy the link of the original article.",
            "It is shown as well, in case the terminal does not let Rounds copy.",
        ),
        bind(
            A::CopyCitation,
            G::Source,
            &[k('c')],
            "Copy a citation of the original article.",
            "Authors, title, site, date and link, in one line.",
        ),
        bind(
            A::ShowSource,
            G::Source,
            &[k('v')],
            "Show the file of the item, and the article again.",
            "The front matter and the body as the curator wrote them.",
        ),
        bind(
            A::NextArrangement,
            G::View,
            &[k('w')],
            "Change the view: headlines only, or with the article.",
            "In a wide window the article stands beside the headlines, else below them. Each size of window keeps its own view.",
        ),
        bind(
            A::PreviousArrangement,
            G::View,
            &[k('W')],
            "Change to the previous view.",
            "The same views, in the other direction.",
        ),
        bind(
            A::TurnSkimming,
            G::View,
            &[k('i')],
            "Show the first words below each headline, and back.",
            "For skimming: fewer items on the screen, and more of each.",
        ),
        bind(
            A::Zen,
            G::View,
            &[k('z')],
            "Show nothing but the article, and back.",
            "For reading, and for copying text with the mouse.",
        ),
        bind(
            A::MoreList,
            G::View,
            &[k('+')],
            "Give the headlines more room.",
            "It moves the border between headlines and article, which stays there. The mouse can drag it too.",
        ),
        bind(
            A::LessList,
            G::View,
            &[k('-')],
            "Give the article more room.",
            "It moves the border between headlines and article, which stays there. The mouse can drag it too.",
        ),
        bind(
            A::Down,
            G::Move,
            &[k('j'), p(C::Down)],
            "Move down a line.",
            "Headlines and topics, or the text of the article.",
        ),
        bind(
            A::Up,
            G::Move,
            &[k('k'), p(C::Up)],
            "Move up a line.",
            "Headlines and topics, or the text of the article.",
        ),
        bind(
            A::ReadOn,
            G::Move,
            &[k(' ')],
            "Page through the article or the headlines.",
            "At the end of an article, it marks it as read and goes to the next unread one.",
        ),
        bind(
            A::HalfPageDown,
            G::Move,
            &[Key::ctrl('d')],
            "Move down half a page.",
            "Headlines and topics, or the text of the article.",
        ),
        bind(
            A::HalfPageUp,
            G::Move,
            &[Key::ctrl('u')],
            "Move up half a page.",
            "Headlines and topics, or the text of the article.",
        ),
        bind(
            A::PageDown,
            G::Move,
            &[p(C::PageDown), Key::ctrl('f')],
            "Move down a page.",
            "Two rows of the page before stay in sight.",
        ),
        bind(
            A::PageUp,
            G::Move,
            &[p(C::PageUp), Key::ctrl('b')],
            "Move up a page.",
            "Two rows of the page before stay in sight.",
        ),
        bind(
            A::First,
            G::Move,
            &[k('g'), p(C::Home)],
            "Go to the top.",
            "The first headline, the first topic, or the beginning of the article.",
        ),
        bind(
            A::Last,
            G::Move,
            &[k('G'), p(C::End)],
            "Go to the end.",
            "The last headline, the last topic, or the end of the article.",
        ),
        bind(
            A::Refresh,
            G::Rounds,
            &[k('r')],
            "Fetch bundles, and read all files again.",
            "What is new appears in the list, and what you selected stays selected.",
        ),
        bind(
            A::Problems,
            G::Rounds,
            &[k('!')],
            "List what is wrong in the files of the source.",
            "Each with its file and line. Opening one shows the item. Drafts and other withheld items are listed here too.",
        ),
        bind(
            A::Help,
            G::Rounds,
            &[k('?'), p(C::F1)],
            "Show every key.",
            "Type a word to find what it does; choosing a line does it.",
        ),
        everywhere(bind(
            A::Redraw,
            G::Rounds,
            &[Key::ctrl('l')],
            "Draw the screen again.",
            "For when something else has written on the terminal.",
        )),
        everywhere(bind(
            A::Suspend,
            G::Rounds,
            &[Key::ctrl('z')],
            "Go to the shell for a while.",
            "The command fg of the shell brings Rounds back as it was.",
        )),
        everywhere(bind(
            A::Quit,
            G::Rounds,
            &[Key::ctrl('c')],
            "Quit at once.",
            "Marks are saved as they are made; if the disk has refused some, Rounds says how many.",
        )),
    ]
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::action::Action;
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
            assert!(binding.help.ends_with('.') && binding.more.ends_with('.') && !binding.keys.is_empty());
        }
    }

    #[test]
    fn what_is_said_of_an_action_is_more_than_its_line_says_and_names_no_key() {
        for Binding { action, help, more, .. } in BINDINGS {
            assert!(!more.contains(help), "{action:?}");
            // A key that is bound elsewhere, in the configuration or later, would make the sentence wrong.
            let single = |word: &str| word.len() == 1 && !["a", "A"].contains(&word);
            let words =
                |text: &'static str| text.split(|letter: char| !letter.is_alphanumeric() && letter != '/');
            let letters: Vec<&str> = words(help).chain(words(more)).filter(|word| single(word)).collect();
            assert!(letters.is_empty(), "{action:?}: {letters:?}");
        }
    }

    #[test]
    fn a_line_of_the_help_fits_into_eighty_columns() {
        for Binding { action, help, .. } in BINDINGS {
            assert!(help.chars().count() <= 65, "{action:?}: {help}");
        }
    }
}
