//! How characters look, and the shortest sequence from one look to another.

use crossterm::style::Colored;
use ratatui::backend::IntoCrossterm as _;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What is seen of a space, other than its background.
const SEEN_ON_SPACES: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// The parameters that set modifiers.
const SET: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// The parameters that end modifiers, some of them two at once.
const END: [(Modifier, &str); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), "22"),
    (Modifier::ITALIC, "23"),
    (Modifier::UNDERLINED, "24"),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), "25"),
    (Modifier::REVERSED, "27"),
    (Modifier::HIDDEN, "28"),
    (Modifier::CROSSED_OUT, "29"),
];

/// How characters look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pen {
    foreground: Color,
    background: Color,
    underline: Color,
    modifiers: Modifier,
}

impl Pen {
    /// How a cell is to look. Without colours (`NO_COLOR`), only its modifiers count.
    pub fn of(cell: &Cell) -> Self {
        let plain = Self { modifiers: cell.modifier, ..Self::default() };
        if Colored::ansi_color_disabled_memoized() {
            return plain;
        }
        Self { foreground: cell.fg, background: cell.bg, underline: cell.underline_color, ..plain }
    }

    /// What can be seen of how a cell looks: of most spaces, only the background.
    pub fn seen(cell: &Cell) -> Self {
        let pen = Self::of(cell);
        if cell.symbol() == " " { pen.on_spaces() } else { pen }
    }

    /// What can be seen of this look on a space.
    pub fn on_spaces(self) -> Self {
        if self.modifiers.intersects(SEEN_ON_SPACES) {
            return self;
        }
        Self { background: self.background, ..Self::default() }
    }

    /// Appends the shortest sequence that changes this look into another one: changes only, or everything from scratch.
    pub fn change_to(self, to: Self, bytes: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let changes = self.parameters(to);
        let afresh = match Self::default().parameters(to) {
            set if set.is_empty() => set,
            set => format!("0;{set}"),
        };
        let shorter = if changes.len() < afresh.len() { changes } else { afresh };
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend_from_slice(shorter.as_bytes());
        bytes.push(b'm');
    }

    /// The parameters that change this look into another one.
    fn parameters(self, to: Self) -> String {
        let mut parameters: Vec<String> = Vec::new();
        let mut on = self.modifiers;
        for (ended, parameter) in END {
            if (on - to.modifiers).intersects(ended) {
                parameters.push(parameter.to_owned());
                on.remove(ended);
            }
        }
        // Where bold and dim exclude each other, as on the Linux console, the last one counts: always dim.
        if (to.modifiers - on).contains(Modifier::BOLD) {
            on.remove(Modifier::DIM);
        }
        let set = SET.iter().filter(|(modifier, _)| (to.modifiers - on).contains(*modifier));
        parameters.extend(set.map(|(_, parameter)| (*parameter).to_owned()));
        let colours = [
            (self.foreground, to.foreground, Colored::ForegroundColor as fn(_) -> _),
            (self.background, to.background, Colored::BackgroundColor),
            (self.underline, to.underline, Colored::UnderlineColor),
        ];
        let changed = colours.into_iter().filter(|(from, to, _)| from != to);
        parameters.extend(changed.map(|(_, to, colour)| colour(to.into_crossterm()).to_string()));
        parameters.join(";")
    }
}
