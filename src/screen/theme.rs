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
    italics: bool,
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
        // Never grey: palettes such as Solarized have their background there, and what is grey cannot be seen.
        Self {
            text: plain,
            secondary: dim,
            accent: plain.fg(accent).add_modifier(Modifier::BOLD),
            unread: plain.add_modifier(Modifier::BOLD),
            star: plain.fg(star),
            problem: plain.fg(problem).add_modifier(Modifier::BOLD),
            selected: plain.fg(Color::Reset).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM),
            rule: dim,
            found: plain
                .add_modifier(Modifier::REVERSED | Modifier::UNDERLINED)
                .remove_modifier(Modifier::DIM),
            link: plain.fg(accent).add_modifier(Modifier::UNDERLINED),
            code: plain.fg(code),
            italics: true,
        }
    }

    /// The same without italics, for terminals that show them as what is selected.
    #[must_use]
    pub fn without_italics(self) -> Self {
        Self { italics: false, ..self }
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
        let plain = if self.italics { plain } else { without(plain, Modifier::ITALIC) };
        if style.found { plain.patch(self.found) } else { plain }
    }
}

/// A style that says nothing of a modifier.
fn without(mut style: Style, modifier: Modifier) -> Style {
    style.add_modifier.remove(modifier);
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    const PALETTES: [Palette; 4] = [Palette::Either, Palette::Dark, Palette::Light, Palette::Mono];

    #[test]
    fn nothing_has_a_colour_that_may_be_that_of_the_background() {
        for palette in PALETTES {
            let theme = Theme::new(palette);
            let Theme {
                text,
                secondary,
                accent,
                unread,
                star,
                problem,
                selected,
                rule,
                found,
                link,
                code,
                ..
            } = theme;
            for style in [text, secondary, accent, unread, star, problem, selected, rule, found, link, code] {
                let grey = [Color::Black, Color::DarkGray, Color::Gray, Color::White];
                assert!(!style.fg.is_some_and(|colour| grey.contains(&colour)), "{palette:?}: {style:?}");
                assert_eq!(style.bg, None, "{palette:?}");
            }
        }
    }

    #[test]
    fn without_italics_no_piece_of_an_article_is_italic() {
        use article::Role;
        let is_italic = |theme: Theme, style| theme.of(style).add_modifier.contains(Modifier::ITALIC);
        for role in [Role::Summary, Role::Quote, Role::Image, Role::Text] {
            let style = article::Style { role, italic: true, ..article::Style::default() };
            assert!(is_italic(Theme::new(Palette::Either), style));
            assert!(!is_italic(Theme::new(Palette::Either).without_italics(), style));
        }
    }

    #[test]
    fn what_was_found_is_seen_in_every_palette_whatever_it_is_and_in_a_selected_row() {
        use article::Role;
        for palette in PALETTES {
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
