//! What ratatui draws on: crossterm's backend, within a size that there is memory for, and with rows that come out
//! right although the terminal and Rounds disagree on the width of a character.
//!
//! Joined characters (a family of four emoji), marks that take a cell of their own (`ि` in `हि`) and emoji that are newer
//! than the terminal are wider or narrower there than here. So where such a character is drawn, its cells are emptied
//! first, what follows is put at its own column, and the rest of the row is written whole: ratatui writes only what has
//! changed, and trusts that the rest is still on the screen.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::{Position, Rect, Size};
use unicode_normalization::char::canonical_combining_class;

use super::size;

/// A cell with its column and row.
type Placed = (u16, u16, Cell);

/// Draws by crossterm. What writes to a clone of the writer writes to the writer.
pub struct RowBackend<W: Write + Clone> {
    inner: CrosstermBackend<W>,
    writer: W,
    /// What is on the screen.
    shown: Buffer,
}

impl<W: Write + Clone> RowBackend<W> {
    /// A backend for an empty screen of this size.
    pub fn new(writer: W, size: Size) -> Self {
        let shown = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        Self { inner: CrosstermBackend::new(writer.clone()), writer, shown }
    }

    /// Keeps in mind what is on the screen from now on.
    fn show(&mut self, column: u16, row: u16, cell: &Cell) {
        let covered = (1..cells(cell)).map(|further| (column.saturating_add(further), Cell::default()));
        for (column, cell) in std::iter::once((column, cell.clone())).chain(covered) {
            if let Some(shown) = self.shown.cell_mut((column, row)) {
                *shown = cell;
            }
        }
    }

    /// Returns what is on a row from a column on, in the order in which it must be written.
    fn rest_of_row(&self, first: u16, row: u16) -> Vec<Placed> {
        let mut rest = Vec::new();
        let mut column = first;
        while let Some(cell) = self.shown.cell((column, row)) {
            let width = cells(cell);
            let after = column.saturating_add(width);
            if has_uncertain_width(cell.symbol()) {
                let mut empty = cell.clone();
                empty.set_symbol(" ");
                rest.extend((column..after).map(|column| (column, row, empty.clone())));
            }
            rest.push((column, row, cell.clone()));
            column = after;
        }
        rest
    }

    /// Writes cells. crossterm's backend places the cursor wherever a cell is not in the column after the one before; after
    /// a character of uncertain width in one cell, it is placed here.
    fn write(&mut self, placed: &[Placed]) -> io::Result<()> {
        let Self { inner, writer, .. } = self;
        let mut is_astray = false;
        let mut failed = Ok(());
        let placing = placed.iter().map(|(column, row, cell)| {
            let is_next = cells(cell) == 1 && has_uncertain_width(cell.symbol());
            if std::mem::replace(&mut is_astray, is_next) {
                let written = queue!(writer, MoveTo(*column, *row));
                failed = std::mem::replace(&mut failed, Ok(())).and(written);
            }
            (*column, *row, cell)
        });
        inner.draw(placing)?;
        failed
    }
}

impl<W: Write + Clone> Backend for RowBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut placed: Vec<Placed> =
            content.map(|(column, row, cell)| (column, row, cell.clone())).collect();
        // The first uncertain column of each row that has one.
        let mut uncertain: BTreeMap<u16, u16> = BTreeMap::new();
        for (column, row, cell) in &placed {
            self.show(*column, *row, cell);
            if has_uncertain_width(cell.symbol()) && self.shown.cell((*column, *row)).is_some() {
                uncertain.entry(*row).and_modify(|first| *first = (*first).min(*column)).or_insert(*column);
            }
        }
        placed.retain(|(column, row, _)| uncertain.get(row).is_none_or(|first| column < first));
        for (row, first) in uncertain {
            placed.extend(self.rest_of_row(first, row));
        }
        self.write(&placed)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // Rounds clears nothing but the whole.
        self.shown = Buffer::empty(Rect::from((Position::ORIGIN, self.size()?)));
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        size::size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let columns_rows = self.size()?;
        Ok(WindowSize { columns_rows, ..self.inner.window_size()? })
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// How many cells are taken up by what a cell holds; at least one.
fn cells(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

/// Whether terminals disagree on the width of a character: it has more than a letter and its accents, or it is a picture.
fn has_uncertain_width(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let is_picture = characters.next().is_some_and(|first| ('\u{1f000}'..='\u{1fbff}').contains(&first));
    is_picture || characters.any(|further| canonical_combining_class(further) == 0)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    /// A writer that others can look at.
    #[derive(Clone, Default)]
    struct Shared(Rc<RefCell<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const WIDTH: u16 = 24;
    const ROWS: u16 = 2;

    /// Draws these texts, each in the place of the one before, on a terminal that takes a cluster for as wide as all of
    /// its characters. Returns each row as it is seen after the last one, and how many bytes each frame had.
    fn drawn(texts: &[&str]) -> (Vec<String>, Vec<usize>) {
        let writer = Shared::default();
        let backend = RowBackend::new(writer.clone(), Size::new(WIDTH, ROWS));
        let viewport = Viewport::Fixed(Rect::new(0, 0, WIDTH, ROWS));
        let mut screen = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
        let mut terminal = vt100::Parser::new(ROWS, WIDTH, 0);
        let mut sizes = Vec::new();
        for text in texts {
            screen.draw(|frame| frame.buffer_mut().set_string(0, 0, text, Style::new())).unwrap();
            let bytes = std::mem::take(&mut *writer.0.borrow_mut());
            terminal.process(&bytes);
            sizes.push(bytes.len());
        }
        let cell = |row, column| match terminal.screen().cell(row, column).unwrap().contents() {
            "" => " ".to_owned(),
            symbol => symbol.to_owned(),
        };
        let row = |row| (0..WIDTH).map(|column| cell(row, column)).collect::<String>().trim_end().to_owned();
        ((0..ROWS).map(row).collect(), sizes)
    }

    /// Of these, the terminal of this test takes the first for wider than Rounds does, the last for narrower.
    const FAMILY: &str = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    const THUMB: &str = "👍🏽";
    const HEART: &str = "❤\u{fe0f}";

    #[test]
    fn nothing_stays_behind_a_character_that_is_wider_or_narrower_there() {
        for cluster in [FAMILY, THUMB, HEART] {
            let with = format!("ab {cluster}");
            let followed = format!("ab {cluster} cd");
            let long = "abcdefghijklmnopqrstuvw";
            for texts in
                [vec![long, &with], vec![&*with], vec![&followed, &with], vec![long, &followed, &with]]
            {
                let (rows, _) = drawn(&texts);
                let letters: String = rows[0].chars().filter(char::is_ascii_alphabetic).collect();
                assert_eq!((letters.as_str(), rows[1].as_str()), ("ab", ""), "{texts:?}: {rows:?}");
            }
            let (rows, _) = drawn(&[long, &followed]);
            assert!(rows[0].ends_with(" cd"), "{cluster}: {rows:?}");
            let (rows, _) = drawn(&[&followed, "ab xyz"]);
            assert_eq!(rows, ["ab xyz", ""], "{cluster}");
        }
    }

    #[test]
    fn what_follows_is_put_at_its_own_column() {
        for (cluster, is_placed) in [
            (FAMILY, true),
            (HEART, true),
            ("হি", true),
            ("நா", true),
            ("क\u{94d}\u{200d}ष", true),
            ("e\u{301}", false),
            ("ש\u{5b8}", false),
            ("x", false),
        ] {
            let column = cells(Cell::default().set_symbol(cluster)) + 3;
            let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, ROWS));
            buffer.set_string(0, 0, format!("a {cluster}|"), Style::new());
            let writer = Shared::default();
            let mut backend = RowBackend::new(writer.clone(), Size::new(WIDTH, ROWS));
            backend.draw(Buffer::empty(buffer.area).diff(&buffer).into_iter()).unwrap();
            let written = String::from_utf8(writer.0.take()).unwrap();
            assert_eq!(
                written.contains(&format!("\u{1b}[1;{column}H|")),
                is_placed,
                "{cluster}: {written:?}"
            );
        }
    }

    #[test]
    fn what_has_not_changed_is_not_written_again() {
        let rows = [format!("ab {FAMILY} cd"), format!("ab {FAMILY} cd"), format!("xb {FAMILY} cd")];
        let (_, sizes) = drawn(&[&rows[0], &rows[1], &rows[2], "plain", "plan"]);
        let [whole, same, before, _, plain] = sizes.as_slice() else { panic!("{sizes:?}") };
        assert!(*same < 30 && *before < 40 && *plain < 40 && *whole > 60, "{sizes:?}");
    }
}
