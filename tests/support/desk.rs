//! A reader without a terminal: keys are typed, effects are seen, the screen is read.

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::{Date, date};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use rounds::article::{Document, Page};
use rounds::item::{ItemFile, ItemKey, SafeText};
use rounds::library::{Headline, Hits, ItemId, MarkChange};
use rounds::reader::{
    BundleNews, Effect, ItemRef, Key, KeyCode, Loaded, Memory, Message, Mouse, MouseKind, PageRequest,
    Progress, Reader, Save, Size, update,
};
use rounds::screen::{Look, Palette, Theme, draw};
use rounds::search::{Context, Highlights, TextSearch, Wanted};

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
    saves: Vec<Save>,
    /// What the reader was given of each file, under its number.
    given: BTreeMap<String, (ItemId, String)>,
    numbers: u32,
    epoch: u64,
    disk_works: bool,
    /// Saves that are not on the disk yet.
    on_their_way: VecDeque<u64>,
    /// The number of the last save that is on the disk.
    saved: u64,
    /// Loads that wait to be answered, while the source is slow.
    waiting: Option<Vec<u64>>,
    /// Questions to the index that wait to be answered, while it is slow.
    questions: Option<Vec<Effect>>,
    size: Size,
    look: Look,
}

impl Desk {
    /// A reader at this size that has loaded these files, and remembers nothing.
    pub fn open(columns: u16, rows: u16, files: Vec<(String, String)>) -> Self {
        Self::open_with(columns, rows, files, Memory::default())
    }

    /// A reader at this size that has loaded these files, and remembers something.
    pub fn open_with(columns: u16, rows: u16, files: Vec<(String, String)>, memory: Memory) -> Self {
        let mut desk = Self::closed(columns, rows, files);
        desk.start(memory);
        desk
    }

    /// A reader at this size with bundles from the web; these files are what is here of them.
    pub fn with_bundles(columns: u16, rows: u16, files: Vec<(String, String)>, names: &[&str]) -> Self {
        let mut desk = Self::closed(columns, rows, files);
        desk.reader = desk.reader.with_bundles(names.iter().map(|name| SafeText::new(name)).collect());
        desk.start(Memory::default());
        desk
    }

    pub fn start(&mut self, memory: Memory) {
        let Size { columns, rows } = self.size;
        self.slow_source();
        self.tell(Message::Started(Size { columns, rows }, TODAY));
        self.tell(Message::Remembered(Box::new(memory)));
        self.finish_loads();
        self.effects();
        self.saves();
    }

    /// Something happens to a bundle.
    pub fn bundle(&mut self, bundle: usize, news: BundleNews) {
        self.tell(Message::Bundle { bundle, news });
    }

    /// The key of an item, by the path of its file.
    pub fn key(&self, path: &str) -> ItemKey {
        ItemFile::read(path, self.files[path].as_bytes()).item.key
    }

    /// From now on the index answers only when a test says so.
    pub fn slow_index(&mut self) {
        self.questions = Some(Vec::new());
    }

    /// The index answers everything that was asked; it is quick again from now on.
    pub fn finish_questions(&mut self) {
        for question in self.questions.take().unwrap_or_default() {
            self.answer(question);
        }
    }

    /// The index answers what was asked of all text, but not yet what stands around what was found.
    pub fn answer_searches(&mut self) {
        let waiting = self.questions.replace(Vec::new()).unwrap_or_default();
        for question in waiting {
            match (question, &mut self.questions) {
                (question @ Effect::FindContexts { .. }, Some(later)) => later.push(question),
                (question, _) => self.answer(question),
            }
        }
    }

    /// What the index has been asked while it is slow.
    pub fn questions(&self) -> Vec<Effect> {
        self.questions.clone().unwrap_or_default()
    }

    /// Tells the reader that files have changed.
    pub fn source_changes(&mut self) {
        self.tell(Message::SourceChanged);
    }

    /// A reader that has not been started.
    pub fn closed(columns: u16, rows: u16, files: Vec<(String, String)>) -> Self {
        Self {
            reader: Reader::new(SafeText::new("Test feed"), None),
            files: files.into_iter().collect(),
            effects: Vec::new(),
            saves: Vec::new(),
            given: BTreeMap::new(),
            numbers: 0,
            epoch: 0,
            disk_works: true,
            on_their_way: VecDeque::new(),
            saved: 0,
            waiting: None,
            questions: None,
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

    /// The catalog has to be made anew in the course of the loads that wait: all items are given once more, under
    /// other numbers.
    pub fn restart_catalog(&mut self, notice: Option<&str>) {
        self.given.clear();
        self.epoch += 1;
        // What had the first number has another one from now on, and another item has its.
        self.numbers = 1;
        self.tell(Message::Restarted { epoch: self.epoch, notice: notice.map(SafeText::new) });
    }

    /// Lets every load that waits fail; the source is quick again from now on.
    pub fn fail_loads(&mut self, reason: &str) {
        for generation in self.waiting.take().unwrap_or_default() {
            let loaded = Loaded { failures: vec![SafeText::new(reason)], ..Loaded::default() };
            self.tell(Message::LoadFinished { generation, loaded });
        }
    }

    /// Sends a message, and answers what the reader asks for where a test can. What is left is remembered.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.reader, message) {
            match effect {
                Effect::Load { generation, .. } => match &mut self.waiting {
                    Some(waiting) => waiting.push(generation),
                    None => self.load(generation),
                },
                Effect::SetPage(request) => self.set_page(&request),
                question @ (Effect::Search { .. } | Effect::FindContexts { .. }) => match &mut self.questions
                {
                    Some(waiting) => waiting.push(question),
                    None => self.answer(question),
                },
                Effect::Save { number, save } => {
                    self.saves.push(save);
                    self.on_their_way.push_back(number);
                    if self.disk_works {
                        self.finish_saves();
                    }
                }
                // The edge looks the link up and then does the same as with any other.
                Effect::OpenOriginal(item) => {
                    let item = self.file(item.id).item;
                    self.effects.push(Effect::OpenLink { link: item.link.unwrap(), item: item.key });
                }
                Effect::CopyOriginal(item) => {
                    self.effects.push(Effect::CopyLink(self.file(item.id).item.link.unwrap()));
                }
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

    /// What was to be saved since the last time.
    pub fn saves(&mut self) -> Vec<Save> {
        std::mem::take(&mut self.saves)
    }

    /// The number that the reader was given for a file.
    pub fn id(&self, path: &str) -> ItemId {
        self.given[path].0
    }

    /// An item as the reader asks about it.
    pub fn item(&self, path: &str) -> ItemRef {
        ItemRef { id: self.id(path), key: self.key(path) }
    }

    /// Another process has marked something.
    pub fn marked_elsewhere(&mut self, changes: Vec<MarkChange>) {
        self.tell(Message::MarksChanged { as_of: self.saved, changes });
    }

    /// From now on nothing gets onto the disk before a test says so.
    pub fn stall_disk(&mut self) {
        self.disk_works = false;
    }

    /// The next save is on the disk.
    pub fn finish_save(&mut self) {
        if let Some(number) = self.on_their_way.pop_front() {
            self.saved = number;
            self.tell(Message::Saved(number));
        }
    }

    /// Everything is on the disk.
    pub fn finish_saves(&mut self) {
        while !self.on_their_way.is_empty() {
            self.finish_save();
        }
    }

    /// A file as the reader was given it.
    fn file(&self, id: ItemId) -> ItemFile {
        let (path, (_, text)) = self.given.iter().find(|(_, (other, _))| *other == id).unwrap();
        ItemFile::read(path, text.as_bytes())
    }

    /// The effects that were asked for since the last time, but for loads, pages, searches and what is saved.
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

    /// The title of an item.
    pub fn title_of(&self, id: ItemId) -> String {
        self.file(id).item.title.to_string()
    }

    /// What stands behind the name of a topic in the tree; empty where it is not on the screen.
    pub fn count_of(&self, topic: &str) -> String {
        let row = self.row_with(topic).unwrap_or_default();
        let in_tree = row.split('│').next().unwrap_or_default();
        in_tree.split_whitespace().last().unwrap_or_default().to_owned()
    }

    /// The titles of the small feed that are in the list, from the top, as far as they are on the screen.
    pub fn titles(&self) -> Vec<&'static str> {
        self.titles_among(&KNOWN_TITLES)
    }

    /// Which of these titles are in the list, from the top, as far as they are on the screen.
    pub fn titles_among<'a>(&self, known: &[&'a str]) -> Vec<&'a str> {
        let rows = self.list_rows();
        let area = self.reader.panes().list.expect("the list is on the screen");
        let shown = self.reader.shown_headlines(area);
        let first = shown.iter().filter_map(|shown| rows.get(usize::from(shown.row)));
        first.filter_map(|row| known.iter().copied().find(|title| row.contains(title))).collect()
    }

    /// The rows of the screen that the list has.
    pub fn list_rows(&self) -> Vec<String> {
        let list = self.reader.panes().list.expect("the list is on the screen");
        let screen = self.screen();
        let rows = screen.lines().skip(usize::from(list.y)).take(usize::from(list.height));
        rows.map(|row| row.chars().skip(usize::from(list.x)).collect()).collect()
    }

    /// What is selected, after its mark: in the list where that is on the screen, else in what is there in its place.
    pub fn selected(&self) -> String {
        let after_mark = |rows: &[String]| {
            let marked = rows.iter().filter_map(|row| Some(row.rsplit_once('▌')?.1));
            marked.collect::<Vec<_>>().join("\n")
        };
        let in_list = self.reader.panes().list.map(|_| after_mark(&self.list_rows())).unwrap_or_default();
        if in_list.is_empty() {
            after_mark(&self.screen().lines().map(str::to_owned).collect::<Vec<_>>())
        } else {
            in_list
        }
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

    /// Gives the reader what has changed since the last time.
    fn load(&mut self, generation: u64) {
        let is_first = self.given.is_empty();
        let gone: Vec<String> =
            self.given.keys().filter(|path| !self.files.contains_key(*path)).cloned().collect();
        let removed: Vec<ItemId> =
            gone.iter().filter_map(|path| self.given.remove(path)).map(|(id, _)| id).collect();
        let (mut written, mut loaded) = (Vec::new(), Loaded { removed: removed.len(), ..Loaded::default() });
        for (path, text) in &self.files {
            let known = self.given.get(path).cloned();
            if known.as_ref().is_some_and(|(_, before)| before == text) {
                continue;
            }
            let id = if let Some((id, _)) = known {
                loaded.changed += 1;
                id
            } else {
                loaded.added += 1;
                self.numbers += 1;
                ItemId::new(self.numbers)
            };
            self.given.insert(path.clone(), (id, text.clone()));
            let headline = Headline::of(id, &ItemFile::read(path, text.as_bytes()).item);
            // A folder stands for a source, as if several were open.
            let source = path.split_once('/').map(|(folder, _)| SafeText::new(folder));
            written.push(Headline { source, ..headline });
        }
        // What is read for the first time is not news.
        let loaded = if is_first { Loaded::default() } else { loaded };
        let found = self.files.len();
        if !written.is_empty() || !removed.is_empty() {
            self.tell(Message::Items { epoch: self.epoch, written, removed });
        }
        self.tell(Message::LoadProgress(Progress { checked: found, found }));
        self.tell(Message::LoadFinished { generation, loaded });
    }

    /// Answers as the index of the text would, by looking through all of it.
    fn answer(&mut self, question: Effect) {
        match question {
            Effect::Search { question, asker, text, .. } => {
                let found = self.given.iter().filter(|(path, (_, file))| holds(path, file, &text));
                let best: Vec<ItemId> = found.map(|(_, (id, _))| *id).rev().collect();
                let hits = Hits { items: best.iter().copied().collect(), best, complete: true };
                self.tell(Message::Found { question, epoch: self.epoch, asker, hits });
            }
            Effect::FindContexts { question, items, highlights, characters } => {
                let of_item = |(path, (id, file)): (&String, &(ItemId, String))| {
                    let file = ItemFile::read(path, file.as_bytes());
                    // Where nothing is looked for, it is the summary.
                    let summary = Context { text: file.item.summary.clone(), found: Vec::new() };
                    let is_wanted = highlights.is_empty() && !summary.text.is_empty();
                    let summary = Some(summary).filter(|_| is_wanted);
                    let context = highlights.context(&plain_text(&file), characters).or(summary)?;
                    items.contains(id).then_some((*id, context))
                };
                let contexts = self.given.iter().filter_map(of_item).collect();
                self.tell(Message::Contexts { question, epoch: self.epoch, contexts });
            }
            other => self.effects.push(other),
        }
    }

    fn set_page(&mut self, request: &PageRequest) {
        let given = self.given.iter().find(|(_, (id, _))| *id == request.item.id);
        // Of an item that a test has told of by itself there is no file.
        let Some((path, (_, text))) = given else { return };
        let file = ItemFile::read(path, text.as_bytes());
        let document = if request.source {
            Document::source(text)
        } else {
            Document::of(&file.body, file.item.link.as_ref())
        };
        let set = if request.source { Page::of_source } else { Page::set };
        let mut page = Box::new(set(&file.item, &document, request.width));
        page.highlight(&request.highlights);
        self.tell(Message::PageSet { request: request.request, page });
    }
}

/// Whether a file holds what a search looks for.
fn holds(path: &str, file: &str, text: &TextSearch) -> bool {
    let file = ItemFile::read(path, file.as_bytes());
    let (item, body) = (&file.item, plain_text(&file));
    let authors = item.authors.iter().map(SafeText::as_str).collect::<Vec<_>>().join(" | ");
    let topics = item.topics.iter().map(|topic| topic.term.as_str()).collect::<Vec<_>>().join(" | ");
    let site = item.site.as_deref().unwrap_or_default();
    let all = [&item.title, &item.summary, &*topics, &*authors, site, &*body].join(" | ");
    let has = |wanted: &Wanted| {
        let within = if wanted.field == rounds::search::Field::Author { &authors } else { &all };
        !Highlights::new([wanted.term.clone()]).find(within).is_empty()
    };
    text.wanted.iter().all(has) && !text.unwanted.iter().any(has)
}

fn plain_text(file: &ItemFile) -> String {
    let mut text = String::new();
    file.body.plain_text(&mut text);
    text
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
