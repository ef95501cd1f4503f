//! A reader without a terminal: keys are typed, effects are seen, the screen is read.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use rounds::article::{Document, Page};
use rounds::item::{ItemFile, SafeText};
use rounds::reader::{Effect, Key, KeyCode, Message, Mouse, MouseKind, PageRequest, Reader, Size, update};
use rounds::screen::{Look, Palette, Theme, draw};

/// The day on which all of these tests happen.
pub const TODAY: Date = date(2026, 11, 22);

/// How the titles of the small feed begin.
const KNOWN_TITLES: [&str; 7] =
    ["Telehealth", "Precision medicine", "A long read", "Ransomware", "Nurses", "Without a topic", "Broken"];

/// A reader with files that it can load, and the effects that it has asked for.
pub struct Desk {
    /// The reader.
    pub reader: Reader,
    files: BTreeMap<String, String>,
    effects: Vec<Effect>,
    /// Loads that wait to be answered, while the source is slow.
    waiting: Option<Vec<u64>>,
    size: Size,
    look: Look,
}

impl Desk {
    /// A reader at this size that has loaded these files.
    pub fn open(columns: u16, rows: u16, files: Vec<(String, String)>) -> Self {
        let mut desk = Self::closed(columns, rows, files);
        desk.tell(Message::Started(Size { columns, rows }, TODAY));
        desk
    }

    /// A reader that has not been started.
    pub fn closed(columns: u16, rows: u16, files: Vec<(String, String)>) -> Self {
        Self {
            reader: Reader::new(SafeText::new("Test feed"), None),
            files: files.into_iter().collect(),
            effects: Vec::new(),
            waiting: None,
            size: Size { columns, rows },
            look: Look { theme: Theme::new(Palette::Mono), ascii: false },
        }
    }

    /// Draws with ASCII only from now on.
    pub fn ascii(mut self) -> Self {
        self.look.ascii = true;
        self
    }

    /// Puts a file in the place of another, or adds it. Only a refresh shows it.
    pub fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// Takes a file away. Only a refresh shows it.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// From now on the source is read only when a test says so.
    pub fn slow_source(&mut self) {
        self.waiting = Some(Vec::new());
    }

    /// Reads the source as often as it has been asked for; it is quick again from now on.
    pub fn finish_loads(&mut self) {
        for generation in self.waiting.take().unwrap_or_default() {
            self.load(generation);
        }
    }

    /// Lets every load that waits fail; the source is quick again from now on.
    pub fn fail_loads(&mut self, reason: &str) {
        for generation in self.waiting.take().unwrap_or_default() {
            self.tell(Message::LoadFailed { generation, reason: SafeText::new(reason) });
        }
    }

    /// Sends a message, and answers what the reader asks for where a test can. What is left is remembered.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.reader, message) {
            match effect {
                Effect::Load { generation } => match &mut self.waiting {
                    Some(waiting) => waiting.push(generation),
                    None => self.load(generation),
                },
                Effect::SetPage(request) => self.set_page(&request),
                other => self.effects.push(other),
            }
        }
    }

    /// Types keys: `jj<Enter>o<C-d>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse_keys(keys) {
            self.tell(Message::Key(key));
        }
        self
    }

    /// Does something with the mouse.
    pub fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) {
        self.tell(Message::Mouse(Mouse { kind, column, row }));
    }

    /// Changes the size of the screen.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = Size { columns, rows };
        self.tell(Message::Resized(self.size));
    }

    /// The effects that were asked for since the last time, but for loads and pages.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The screen as it is drawn.
    pub fn buffer(&self) -> Buffer {
        self.drawn().backend().buffer().clone()
    }

    /// Where the terminal's cursor is shown, if it is: column and row.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let terminal = self.drawn();
        let backend = terminal.backend();
        backend.cursor_visible().then(|| backend.cursor_position().into())
    }

    /// The screen as text, without blanks at the ends of rows. The selected row of the pane that has the
    /// keyboard is not told apart; its mark is.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let row = |cells: &[ratatui::buffer::Cell]| {
            let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            text.trim_end().to_owned()
        };
        buffer.content.chunks(width).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The row of the screen that holds a text.
    pub fn row_with(&self, text: &str) -> Option<String> {
        self.screen().lines().find(|row| row.contains(text)).map(str::to_owned)
    }

    /// The titles in the list, from the top, as far as they are on the screen: the first word of each.
    pub fn titles(&self) -> Vec<&'static str> {
        let list = self.reader.panes().list.expect("the list is on the screen");
        let screen = self.screen();
        let rows = screen.lines().skip(usize::from(list.y)).take(usize::from(list.height));
        let in_list = rows.map(|row| row.chars().skip(usize::from(list.x)).collect::<String>());
        in_list.filter_map(|row| KNOWN_TITLES.into_iter().find(|title| row.contains(title))).collect()
    }

    /// The selected row of the list, after its mark.
    pub fn selected(&self) -> String {
        let after_mark =
            |row: &str| row.contains('▌').then(|| row.rsplit('▌').next().unwrap_or_default().to_owned());
        self.screen().lines().filter_map(after_mark).next_back().unwrap_or_default()
    }

    /// Stops the test unless the screen shows a text.
    pub fn must_show(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
    }

    /// Stops the test if the screen shows a text.
    pub fn must_not_show(&self, text: &str) {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
    }

    fn drawn(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.columns, self.size.rows)).unwrap();
        terminal.draw(|frame| draw(&self.reader, &self.look, frame)).unwrap();
        terminal
    }

    fn load(&mut self, generation: u64) {
        let items =
            self.files.iter().map(|(path, text)| ItemFile::read(path, text.as_bytes()).item).collect();
        let found = self.files.len();
        self.tell(Message::Loaded { generation, items, found });
        self.tell(Message::LoadFinished { generation, problems: Vec::new() });
    }

    fn set_page(&mut self, request: &PageRequest) {
        let text = self.files.get(&request.path).cloned().unwrap_or_default();
        let file = ItemFile::read(&request.path, text.as_bytes());
        let document = if request.source {
            Document::source(&text)
        } else {
            Document::of(&file.body, file.item.link.as_ref())
        };
        let set = if request.source { Page::of_source } else { Page::set };
        let page = Box::new(set(&file.item, &document, request.width));
        self.tell(Message::PageSet { request: request.request, page });
    }
}

/// Reads keys as they are written in tests.
pub fn parse_keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|after| after.split_once('>'));
        if let Some((name, after)) = named {
            keys.push(named_key(name));
            rest = after;
        } else {
            keys.push(Key::char(first));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    keys
}

fn named_key(name: &str) -> Key {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "S-Tab" => KeyCode::BackTab,
        "BS" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Space" => KeyCode::Char(' '),
        _ => match name.strip_prefix("C-").and_then(|rest| rest.chars().next()) {
            Some(character) => return Key::ctrl(character),
            None => panic!("there is no key called {name}"),
        },
    };
    Key::plain(code)
}
