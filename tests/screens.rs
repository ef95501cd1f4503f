//! What the screen looks like: pictures in text, of each part at each size. Read a new one as a picture.

#[cfg(test)]
mod support;

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use rounds::edge::terminal::RowBackend;
use rounds::screen::{Look, draw};
use support::Article;
use support::desk::Desk;
use support::small_feed::small_feed;

/// Takes a picture of the screen after some keys, at each of some sizes.
#[cfg(test)]
fn pictures(name: &str, keys: &str, sizes: &[(u16, u16)]) {
    for (columns, rows) in sizes {
        let mut desk = Desk::open(*columns, *rows, small_feed());
        desk.keys(keys);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

const ALL_SIZES: [(u16, u16); 4] = [(200, 60), (120, 40), (80, 24), (40, 10)];

#[test]
fn the_first_screen() {
    pictures("first", "", &ALL_SIZES);
}

#[test]
fn an_article_being_read() {
    pictures("article", "j<Enter>", &ALL_SIZES);
}

#[test]
fn a_long_article_scrolled() {
    pictures("scrolled", "jj<Enter><Space>", &[(80, 24), (40, 10)]);
}

#[test]
fn the_topics() {
    pictures("topics", "hjjjjjj", &[(120, 40), (80, 24), (40, 10)]);
}

#[test]
fn the_jump_to_a_topic() {
    pictures("jump", "tmed", &[(120, 40), (40, 10)]);
}

#[test]
fn the_help() {
    pictures("help", "?", &[(120, 40), (80, 24), (40, 10)]);
}

#[test]
fn the_problems() {
    pictures("problems", "!", &[(120, 40), (40, 10)]);
}

#[test]
fn a_search() {
    pictures("search", "/records", &[(80, 24), (40, 10)]);
}

#[test]
fn zen() {
    pictures("zen", "jz", &[(80, 24)]);
}

#[test]
fn ascii_only() {
    let mut desk = Desk::open(80, 24, small_feed()).ascii();
    desk.keys("jsh");
    insta::assert_snapshot!("ascii_80x24", desk.screen());
    assert!(desk.screen().is_ascii());
}

#[test]
fn an_empty_feed() {
    let desk = Desk::open(80, 24, Vec::new());
    insta::assert_snapshot!("empty_80x24", desk.screen());
}

#[test]
fn a_screen_of_one_cell() {
    for keys in ["", "<Enter>", "h", "t", "?", "!", "/", "z"] {
        let mut desk = Desk::open(1, 1, small_feed());
        desk.keys(keys);
        assert_eq!(desk.buffer().content.len(), 1);
    }
}

/// A terminal that shows what is drawn on it, one frame after the other.
#[derive(Clone)]
struct Emulator(Rc<RefCell<vt100::Parser>>);

impl Write for Emulator {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().process(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
impl Emulator {
    fn new(columns: u16, rows: u16) -> (Self, Terminal<RowBackend<Self>>) {
        let emulator = Self(Rc::new(RefCell::new(vt100::Parser::new(rows, columns, 0))));
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        let backend = RowBackend::new(emulator.clone(), Size::new(columns, rows));
        (emulator, Terminal::with_options(backend, TerminalOptions { viewport }).unwrap())
    }

    fn rows(&self) -> Vec<String> {
        let contents = self.0.borrow().screen().contents();
        contents.trim_end().lines().map(|row| row.trim_end().to_owned()).collect()
    }
}

#[test]
fn nothing_is_left_of_the_frame_before_whatever_script_it_was_in() {
    let scripts = [
        "漢字テスト",
        "हिन्दी समाचार",
        "🇩🇪🇫🇷",
        "한국어",
        "a🩺b",
        "ข่าวสุขภาพ",
        "বাংলা",
        "ภาษาไทยกำ",
        "العربية",
        "e\u{301}",
    ];
    let files = scripts.iter().zip(10..).map(|(script, day)| {
        let title = format!("{script} ").repeat(day);
        let article =
            Article::titled(&title).dated(&format!("2026-11-{day}")).topics(&[&title, script]).author(&title);
        (format!("{day}.md"), article.body(&format!("<p>{title}</p><pre>{title}</pre>")).text())
    });
    let files: Vec<_> = files.collect();
    let keys = [
        "", "j", "j", "j", "O", "O", "<Enter>", "J", "K", "J", "J", "<C-d>", "J", "<C-u>", "<Esc>", "h", "j",
        "G", "l", "t", "ह", "<Esc>",
    ];
    for (columns, rows) in [(120, 40), (80, 24), (41, 11)] {
        let mut desk = Desk::open(columns, rows, files.clone());
        let (emulator, mut terminal) = Emulator::new(columns, rows);
        for key in keys {
            desk.keys(key);
            let (other, mut fresh) = Emulator::new(columns, rows);
            for terminal in [&mut terminal, &mut fresh] {
                terminal.draw(|frame| draw(&desk.reader, &Look::default(), frame)).unwrap();
            }
            assert_eq!(emulator.rows(), other.rows(), "{columns}x{rows}, after {key:?}");
        }
    }
}

#[test]
fn several_sources_are_topics_at_the_top_of_the_tree() {
    let names = ["health", "Nursing today", "ward-7"];
    let files = small_feed().into_iter().zip(names.iter().cycle());
    let files: Vec<_> = files.map(|((path, text), source)| (format!("{source}/{path}"), text)).collect();
    for (columns, rows) in [(120, 40), (80, 24), (40, 10)] {
        let mut desk = Desk::open(columns, rows, files.clone());
        // On the smallest screen there is no room for what is below a heading, until it is unfolded.
        desk.keys(if rows == 10 { "hjjjjlj" } else { "hjjjjj" });
        insta::assert_snapshot!(format!("sources_{columns}x{rows}"), desk.screen());
        desk.keys("<Enter>");
        assert_eq!(desk.titles().len(), 3, "health holds three of the seven");
    }
}
