//! What ratatui draws on: a terminal within a size that there is memory for, and with rows that come out right although
//! the terminal and Rounds disagree on the width of a character.
//!
//! Joined characters (a family of four emoji), marks that take a cell of their own (`ि` in `हि`) and emoji that are newer
//! than the terminal are wider or narrower there than here. So where such a character is drawn, its cells are emptied
//! first, what follows is put at its own column, and the rest of the row is written whole: ratatui tells only what has
//! changed, and trusts that the rest is still on the screen.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

use super::frame::{Screen, absolute};
use super::size;

/// Gathers what is drawn, and writes it when it is flushed, with as few bytes as there can be. What writes to a clone of
/// the writer writes to the writer.
pub struct RowBackend<W: Write + Clone> {
    inner: CrosstermBackend<W>,
    writer: W,
    screen: Screen,
    /// Where the cursor is shown, if at all.
    cursor: Option<Position>,
    /// Where it stands while it is hidden.
    attended: Option<Position>,
    /// Where it was left, hidden; `None` when that is not known.
    left_at: Option<Position>,
    /// Whether it can be seen: `None` when that is not known.
    is_cursor_shown: Option<bool>,
    /// How many bytes a flush may write.
    limit: usize,
}

impl<W: Write + Clone> RowBackend<W> {
    /// A backend for an empty screen of this size.
    pub fn new(writer: W, size: Size) -> Self {
        Self {
            inner: CrosstermBackend::new(writer.clone()),
            writer,
            screen: Screen::empty(Rect::from((Position::ORIGIN, size))),
            cursor: None,
            attended: None,
            left_at: None,
            is_cursor_shown: None,
            limit: usize::MAX,
        }
    }

    /// Writes no more than about so many bytes from now on when it is flushed, and keeps the rest for the next time.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Says where the cursor stands while it is hidden: screen readers and magnifiers follow it.
    pub fn attend(&mut self, cell: Option<(u16, u16)>) {
        self.attended = cell.map(Position::from);
    }

    /// Whether everything has been written that was drawn.
    pub fn is_whole(&self) -> bool {
        self.screen.is_whole()
    }
}

impl<W: Write + Clone> Backend for RowBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        content.for_each(|(column, row, cell)| self.screen.want(column, row, cell));
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // Rounds clears nothing but the whole, after which nothing is taken for granted.
        self.screen = Screen::empty(Rect::from((Position::ORIGIN, self.size()?)));
        self.is_cursor_shown = None;
        self.left_at = None;
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
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor = self.cursor.or(Some(Position::ORIGIN));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = self.cursor.map(|_| position.into());
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = self.screen.next(self.limit);
        let is_shown = self.cursor.is_some();
        if !is_shown && self.is_cursor_shown != Some(false) {
            self.inner.hide_cursor()?;
        }
        self.writer.write_all(&frame)?;
        if let Some(Position { x, y }) = self.cursor {
            self.writer.write_all(&absolute(x, y))?;
        }
        if is_shown && self.is_cursor_shown != Some(true) {
            self.inner.show_cursor()?;
        }
        self.is_cursor_shown = Some(is_shown);
        if is_shown || !frame.is_empty() {
            self.left_at = None;
        }
        if let Some(attended) = self.attended.filter(|attended| !is_shown && self.left_at != Some(*attended))
        {
            self.writer.write_all(&absolute(attended.x, attended.y))?;
            self.left_at = Some(attended);
        }
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use ratatui::buffer::{Buffer, CellWidth as _};
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
            let column = Cell::default().set_symbol(cluster).cell_width() + 3;
            let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, ROWS));
            buffer.set_string(0, 0, format!("a {cluster}|"), Style::new());
            let writer = Shared::default();
            let mut backend = RowBackend::new(writer.clone(), Size::new(WIDTH, ROWS));
            backend.draw(Buffer::empty(buffer.area).diff(&buffer).into_iter()).unwrap();
            backend.flush().unwrap();
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
        assert!(*same == 0 && *before < 10 && *plain < 10 && *whole > 40, "{sizes:?}");
    }
}
