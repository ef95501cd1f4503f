use proptest::prelude::*;
use ratatui::style::{Color, Style, Stylize as _};
use ratatui::text::Line;

use super::*;

const AREA: Rect = Rect { x: 0, y: 0, width: 60, height: 14 };

/// The emulator has more columns than are drawn on, because it cannot be told not to wrap.
const COLUMNS: u16 = AREA.width + 20;

/// Texts of all kinds of width: narrow, wide, accented, joined, and of more than one cell though one character is counted.
const TEXTS: [&str; 14] = [
    "a plain headline of a list",
    "word  word   word",
    " ",
    "                     ",
    "x",
    "漢字テスト",
    "e\u{301}te\u{301}",
    "a🩺b",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦 family",
    "👍🏽!",
    "❤\u{fe0f} heart",
    "हिन्दी",
    "⌚ watch",
    "▌● … —",
];

fn styles() -> [Style; 8] {
    let plain = Style::new();
    [
        plain,
        plain.bold(),
        plain.dim(),
        plain.reversed(),
        plain.reversed().bold(),
        plain.fg(Color::Magenta).bold(),
        plain.bg(Color::Blue).italic(),
        plain.underlined().fg(Color::Rgb(1, 2, 3)),
    ]
}

/// A frame: some texts in some places, each in a style.
#[derive(Debug, Clone)]
struct Sketch(Vec<(u16, u16, usize, usize)>);

impl Sketch {
    fn any() -> impl Strategy<Value = Self> {
        let text = (0..AREA.width, 0..AREA.height, 0..TEXTS.len(), 0..styles().len());
        let texts = prop::collection::vec(text, 0..30).prop_map(Self);
        // A list from some item on, with one of its rows selected, and something that stays beside it.
        let list = (0..8_usize, 1..AREA.height - 1).prop_map(|(first, selected)| {
            let rows = (1..AREA.height - 1).map(|row| {
                let style = if row == selected { 3 } else { 1 };
                (6, row, (first + usize::from(row)) % TEXTS.len(), style)
            });
            Self(rows.chain([(0, 2, 4, 2), (0, AREA.height - 1, 1, 0)]).collect())
        });
        prop_oneof![texts, list]
    }

    fn draw(&self) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (column, row, text, style) in &self.0 {
            buffer.set_string(*column, *row, TEXTS[*text], styles()[*style]);
        }
        // ratatui never tells what was put onto the second half of a wide character.
        for row in 0..AREA.height {
            let mut column = 0;
            while column < AREA.width {
                let after = column + cells(&buffer[(column, row)]);
                (column + 1..after.min(AREA.width)).for_each(|covered| buffer[(covered, row)].reset());
                column = after;
            }
        }
        buffer
    }
}

/// A screen with an emulator behind it.
struct Emulated {
    screen: Screen,
    before: Buffer,
    terminal: vt100::Parser,
}

impl Emulated {
    fn new() -> Self {
        let terminal = vt100::Parser::new(AREA.height, COLUMNS, 0);
        Self { screen: Screen::empty(AREA), before: Buffer::empty(AREA), terminal }
    }

    /// Draws a frame, as far as it fits into a limit. Returns how many bytes it took.
    fn draw(&mut self, frame: &Buffer, limit: usize) -> usize {
        for (column, row, cell) in self.before.diff(frame) {
            self.screen.want(column, row, cell);
        }
        self.before = frame.clone();
        let bytes = self.screen.next(limit);
        self.terminal.process(&bytes);
        bytes.len()
    }

    /// What is seen in each cell of a row: its character, and of its look what can be seen on that.
    fn row(&self, row: u16) -> Vec<String> {
        let cell = |column| {
            let cell = self.terminal.screen().cell(row, column).unwrap();
            let background = cell.bgcolor();
            let is_space = matches!(cell.contents(), "" | " ") && !cell.is_wide_continuation();
            if is_space && !cell.inverse() && !cell.underline() {
                return format!("  {background:?}");
            }
            let symbol = if is_space { " " } else { cell.contents() };
            let look = (cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse());
            format!("{symbol} {:?} on {background:?} {look:?}", cell.fgcolor())
        };
        (0..AREA.width).map(cell).collect()
    }

    /// Fails unless this looks as a frame does on an empty screen.
    fn check(&self, frame: &Buffer) -> Result<(), TestCaseError> {
        let mut fresh = Self::new();
        fresh.draw(frame, usize::MAX);
        prop_assert!(self.screen.is_whole());
        for row in 0..AREA.height {
            for (column, (seen, expected)) in self.row(row).into_iter().zip(fresh.row(row)).enumerate() {
                prop_assert_eq!(seen, expected, "column {} of row {}", column, row);
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_was_there_a_frame_looks_as_it_does_on_an_empty_screen(
        sketches in prop::collection::vec((Sketch::any(), prop::option::of(0..300_usize)), 1..6)
    ) {
        let mut emulated = Emulated::new();
        for (sketch, limit) in sketches {
            let frame = sketch.draw();
            emulated.draw(&frame, limit.unwrap_or(usize::MAX));
            if limit.is_none() {
                emulated.check(&frame)?;
            }
        }
    }

    #[test]
    fn what_does_not_fit_comes_next(sketch in Sketch::any(), limit in 0..200_usize) {
        let frame = sketch.draw();
        let mut emulated = Emulated::new();
        for _ in 0..AREA.height {
            let bytes = emulated.draw(&frame, limit);
            prop_assert!(bytes > 0 || emulated.screen.is_whole());
        }
        emulated.check(&frame)?;
    }
}

/// The bytes that come from one picture to another one, each given by its rows.
fn bytes(before: &[Line<'_>], after: &[Line<'_>]) -> String {
    let draw = |lines: &[Line<'_>]| {
        let mut buffer = Buffer::empty(AREA);
        for (row, line) in (0..).zip(lines) {
            buffer.set_line(0, row, line, AREA.width);
        }
        buffer
    };
    let (before, after) = (draw(before), draw(after));
    let mut screen = Screen::empty(AREA);
    for (from, to) in [(&Buffer::empty(AREA), &before), (&before, &after)] {
        for (column, row, cell) in from.diff(to) {
            screen.want(column, row, cell);
        }
        if to == &before {
            screen.next(usize::MAX);
        }
    }
    String::from_utf8(screen.next(usize::MAX)).unwrap().replace('\x1b', "^")
}

#[test]
fn each_change_is_written_in_the_shortest_way() {
    let accent = Style::new().fg(Color::Magenta).bold();
    let table: [(&[Line<'_>], &[Line<'_>], &str); 12] = [
        (&["the same".into()], &["the same".into()], ""),
        // A few characters are written again, and more are jumped over.
        (&["one two three".into()], &["one Two Three".into()], "^[1;5HTwo T"),
        (&["one two and three".into()], &["One two and Three".into()], "^[HO^[11CT"),
        // The next row is a line feed away.
        (&["1 one".into(), "2 two".into()], &["3 one".into(), "4 two".into()], "^[H3\r\n4"),
        (&["1 one".into(), "2 two".into()], &["1 One".into(), "2 Two".into()], "^[1;3HO^[2;3HT"),
        // A look is set once for all that has it, spaces too, and ended at once.
        (&[], &[Line::styled("two words", accent)], "^[H^[1;38;5;5mtwo words^[m"),
        (&[], &[Line::from(vec!["b".bold(), " ".into(), "c".bold()])], "^[H^[1mb c^[m"),
        (&["title".into()], &["title".reversed().into()], "^[H^[7mtitle^[m"),
        (&[], &[Line::from(vec!["a".bold(), "b".dim(), "c".dim().reversed()])], "^[H^[1ma^[0;2mb^[7mc^[m"),
        // Cells that are wanted empty are emptied.
        (&["a headline".into()], &["a".into()], "^[1;3H^[K"),
        (
            &["a long headline   end".reversed().into()],
            &["a                 end".into()],
            "^[Ha^[17X^[17Cend",
        ),
        (&["ab".reversed().into()], &["".into()], "^[H  "),
    ];
    for (before, after, expected) in table {
        assert_eq!(bytes(before, after), expected, "{before:?} to {after:?}");
    }
}

#[test]
fn a_list_that_scrolls_is_moved_and_not_written_again() {
    let word =
        |item: usize, place: usize| ["ward", "nurse", "trial", "data", "heart"][item * (place + 3) % 5];
    let headline = |item: usize| {
        let words: Vec<_> = (0..8).map(|place| word(item * item, place + item)).collect();
        format!("{item} {}", words.join(" "))
    };
    let list = |first: usize, selected: usize| -> Vec<Line<'static>> {
        let row = |item| {
            Line::styled(
                headline(item),
                if item == selected { Style::new().reversed() } else { Style::new() },
            )
        };
        std::iter::once("header".into())
            .chain((first..first + 12).map(row))
            .chain(["footer".into()])
            .collect()
    };
    for (before, after) in [((20, 31), (21, 32)), ((21, 21), (20, 20)), ((20, 31), (23, 34))] {
        let written = bytes(&list(before.0, before.1), &list(after.0, after.1));
        let by = before.0.abs_diff(after.0);
        let rows = if by == 1 { "^[M" } else { "^[3M" };
        assert!(written.contains(rows) && written.len() < 200 + 55 * by, "{written}");
        assert!(!written.contains("footer"), "{written}");
    }
}

#[test]
fn the_selected_row_comes_first_when_not_all_fits() {
    let row = |text: &'static str, is_selected: bool| {
        if is_selected { Line::from(text.reversed()) } else { Line::from(text) }
    };
    let before = [row("first", true), row("second", false), row("third", false)];
    let after = [row("First", false), row("Second", false), row("Third", true)];
    let mut screen = Screen::empty(AREA);
    for (lines, limit) in [(&before, usize::MAX), (&after, 1)] {
        let mut buffer = Buffer::empty(AREA);
        for (number, line) in (0..).zip(lines) {
            buffer.set_line(0, number, line, AREA.width);
        }
        for (column, number, cell) in Buffer::empty(AREA).diff(&buffer) {
            screen.want(column, number, cell);
        }
        let written = String::from_utf8(screen.next(limit)).unwrap();
        assert_eq!(written.contains("Third"), limit == 1, "{written:?}");
        assert_eq!(screen.is_whole(), limit > 1);
    }
    let rest = [(); 2].map(|()| String::from_utf8(screen.next(1)).unwrap());
    assert!(rest[0].contains("First") && rest[1].contains('S'), "{rest:?}");
    assert!(screen.is_whole());
}
