//! How everything looks: one style for each thing that is drawn, in sixteen colours or in none.

use ratatui::style::{Color, Modifier, Style};

use crate::article;

/// The palettes. All but the last use the terminal's own sixteen colours and its own background.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Palette {
    /// Colours that can be read on a light and on a dark background.
    #[default]
    Either,
    /// Colours for a dark background.
    Dark,
    /// Colours for a light background.
    Light,
    /// No colour at all: bold, dim, underlined and reversed text only.
    Mono,
}

/// The style of each thing that is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// Text of second rank.
    pub secondary: Style,
    /// What stands out: the name of the view, keys, the mark of the selected row.
    pub accent: Style,
    /// The title of an unread item.
    pub unread: Style,
    /// A star.
    pub star: Style,
    /// A problem, or something that did not work.
    pub problem: Style,
    /// The selected row of the pane that has the keyboard.
    pub selected: Style,
    /// Thin rules.
    pub rule: Style,
    /// What a search has found: added to the style of the text that it stands in. Reversed, so that it is seen
    /// without colour and among links; underlined, so that it is seen in a selected row, which is reversed as a whole.
    pub found: Style,
    link: Style,
    code: Style,
}

impl Theme {
    /// The theme of a palette.
    pub fn new(palette: Palette) -> Self {
        let (accent, code, problem, star) = match palette {
            Palette::Either => (Color::Magenta, Color::Reset, Color::Red, Color::Magenta),
            Palette::Dark => (Color::Cyan, Color::Green, Color::LightRed, Color::Yellow),
            Palette::Light => (Color::Blue, Color::Reset, Color::Red, Color::Magenta),
            Palette::Mono => (Color::Reset, Color::Reset, Color::Reset, Color::Reset),
        };
        let plain = Style::new();
        let dim = plain.add_modifier(Modifier::DIM);
        // Some dark palettes have their background where grey should be, so grey is used for text only where
        // the user has chosen the palette. A rule that cannot be seen is no loss.
        let (secondary, rule) = match palette {
            Palette::Either => (dim, plain.fg(Color::DarkGray)),
            Palette::Dark | Palette::Light => (plain.fg(Color::DarkGray), plain.fg(Color::DarkGray)),
            Palette::Mono => (dim, dim),
        };
        Self {
            text: plain,
            secondary,
            accent: plain.fg(accent).add_modifier(Modifier::BOLD),
            unread: plain.add_modifier(Modifier::BOLD),
            star: plain.fg(star),
            problem: plain.fg(problem).add_modifier(Modifier::BOLD),
            selected: plain.fg(Color::Reset).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM),
            rule,
            found: plain
                .add_modifier(Modifier::REVERSED | Modifier::UNDERLINED)
                .remove_modifier(Modifier::DIM),
            link: plain.fg(accent).add_modifier(Modifier::UNDERLINED),
            code: plain.fg(code),
        }
    }

    /// How a piece of an article looks.
    pub fn of(&self, style: article::Style) -> Style {
        use article::Role;
        let base = match style.role {
            Role::Text => self.text,
            Role::Heading(1 | 2) => self.accent,
            Role::Title | Role::Heading(_) => self.text.add_modifier(Modifier::BOLD),
            Role::Secondary | Role::Furniture | Role::LinkNumber => self.secondary,
            Role::Image => self.secondary.add_modifier(Modifier::ITALIC),
            Role::Chip => self.accent.remove_modifier(Modifier::BOLD),
            Role::Summary | Role::Quote => self.text.add_modifier(Modifier::ITALIC),
            Role::Problem => self.problem.remove_modifier(Modifier::BOLD),
            Role::Code => self.code,
            Role::Link => self.link,
        };
        let added = [
            (style.bold, Modifier::BOLD),
            (style.italic, Modifier::ITALIC),
            (style.strike, Modifier::CROSSED_OUT),
        ];
        let plain = added
            .into_iter()
            .filter(|(on, _)| *on)
            .fold(base, |style, (_, modifier)| style.add_modifier(modifier));
        if style.found { plain.patch(self.found) } else { plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_seen_in_every_palette_whatever_it_is_and_in_a_selected_row() {
        use article::Role;
        for palette in [Palette::Either, Palette::Dark, Palette::Light, Palette::Mono] {
            let theme = Theme::new(palette);
            for role in [Role::Text, Role::Title, Role::Secondary, Role::Chip, Role::Heading(1), Role::Link] {
                let plain = article::Style { role, ..article::Style::default() };
                let found = theme.of(article::Style { found: true, ..plain });
                assert!(found.add_modifier.contains(Modifier::REVERSED), "{palette:?} {role:?}");
                assert!(!found.add_modifier.contains(Modifier::DIM), "{palette:?} {role:?}");
            }
            let selected = theme.text.patch(theme.selected);
            assert_ne!(theme.text.patch(theme.found).patch(theme.selected), selected, "{palette:?}");
        }
    }
}
