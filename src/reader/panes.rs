//! Where everything is on the screen: one pure function that both the reader and the screen ask.

/// The size of the screen in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}

/// A part of the screen in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Columns to the left of it.
    pub x: u16,
    /// Rows above it.
    pub y: u16,
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
}

impl Area {
    /// Whether a cell of the screen is in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        let across = self.x..self.x.saturating_add(self.width);
        let down = self.y..self.y.saturating_add(self.height);
        across.contains(&column) && down.contains(&row)
    }

    /// Takes columns off its left. The first is what was taken, the second what is left.
    #[must_use]
    pub fn split_left(self, columns: u16) -> (Self, Self) {
        let taken = columns.min(self.width);
        (
            Self { width: taken, ..self },
            Self { x: self.x.saturating_add(taken), width: self.width.saturating_sub(taken), ..self },
        )
    }

    /// Takes rows off its top. The first is what was taken, the second what is left.
    #[must_use]
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let taken = rows.min(self.height);
        (
            Self { height: taken, ..self },
            Self { y: self.y.saturating_add(taken), height: self.height.saturating_sub(taken), ..self },
        )
    }

    /// Takes rows off its bottom. The first is what is left, the second what was taken.
    #[must_use]
    pub fn split_bottom(self, rows: u16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(rows))
    }
}

/// The panes that the keyboard can be in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The tree of topics.
    Topics,
    /// The list of items.
    #[default]
    List,
    /// The article.
    Article,
}

/// What decides the places of the panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The size of the screen.
    pub size: Size,
    /// Where the keyboard is.
    pub focus: Pane,
    /// Whether the article is alone on the screen.
    pub zen: bool,
}

/// The places of the panes. What is not on the screen is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Panes {
    /// One row: where am I, what is new.
    pub header: Option<Area>,
    /// The tree of topics.
    pub topics: Option<Area>,
    /// The column of cells between the topics and what is right of them.
    pub topics_rule: Option<Area>,
    /// The list of items.
    pub list: Option<Area>,
    /// The row or column of cells between the list and the article.
    pub list_rule: Option<Area>,
    /// The article.
    pub article: Option<Area>,
    /// What lies over the panes, when something does.
    pub overlay: Option<Area>,
    /// One row: the keys that matter here, messages, prompts.
    pub footer: Option<Area>,
}

impl Panes {
    /// The place of a pane that the keyboard can be in.
    pub fn of(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Topics => self.topics,
            Pane::List => self.list,
            Pane::Article => self.article,
        }
    }
}

/// Below this width the topics are a drawer.
const TOPICS_FROM_COLUMNS: u16 = 110;
/// From this width on, the list and the article stand side by side.
const SIDE_BY_SIDE_FROM_COLUMNS: u16 = 170;
/// Below this width the drawer with the topics leaves no room for the list beside it.
const DRAWER_BESIDE_LIST_FROM_COLUMNS: u16 = 72;
/// Below this width or height only one pane is shown at a time.
const STACK_FROM: Size = Size { columns: 60, rows: 18 };
/// From this height on, the list stays above the article that is being read.
const KEEP_LIST_FROM_ROWS: u16 = 32;
/// Below this height there is neither header nor footer.
const FRAME_FROM_ROWS: u16 = 4;
/// Cells for an article whose text is set as wide as it may be, with air on both sides.
const ARTICLE_COLUMNS: u16 = 82;
/// The widest that a list beside an article is.
const LIST_COLUMNS_MAX: u16 = 110;
/// Cells of a row of the list for the mark of the selected row and the three glyphs, with a blank behind them.
pub(crate) const GLYPH_COLUMNS: u16 = 5;
const TOPICS_COLUMNS: u16 = 34;
const TOPICS_COLUMNS_WIDE: u16 = 40;

impl Layout {
    /// Works out the places of the panes.
    pub fn panes(self) -> Panes {
        let Size { columns, rows } = self.size;
        let screen = Area { x: 0, y: 0, width: columns, height: rows };
        if self.zen {
            return Panes { article: Some(screen), overlay: Some(screen), ..Panes::default() };
        }
        let mut panes = Panes { overlay: Some(screen), ..Panes::default() };
        let mut body = screen;
        if rows >= FRAME_FROM_ROWS {
            let (header, below) = screen.split_top(1);
            let (between, footer) = below.split_bottom(1);
            let overlay = Some(between);
            panes = Panes { header: Some(header), footer: Some(footer), overlay, ..panes };
            body = between;
        }
        if columns >= TOPICS_FROM_COLUMNS {
            let wide = columns >= SIDE_BY_SIDE_FROM_COLUMNS;
            let (topics, right) = body.split_left(if wide { TOPICS_COLUMNS_WIDE } else { TOPICS_COLUMNS });
            let (rule, right) = right.split_left(1);
            panes = Panes { topics: Some(topics), topics_rule: Some(rule), ..panes };
            body = right;
        }
        self.place_list_and_article(body, &mut panes);
        self.place_drawer(body, &mut panes);
        panes
    }

    fn place_list_and_article(self, body: Area, panes: &mut Panes) {
        let Size { columns, rows } = self.size;
        let reading = self.focus == Pane::Article;
        let stack = columns >= STACK_FROM.columns && rows >= STACK_FROM.rows;
        let (list, rule, article) = if columns >= SIDE_BY_SIDE_FROM_COLUMNS && rows >= FRAME_FROM_ROWS {
            let (list, right) = body.split_left(list_columns(body.width));
            let (rule, article) = right.split_left(1);
            (Some(list), Some(rule), Some(article))
        } else if stack && (!reading || rows >= KEEP_LIST_FROM_ROWS) {
            let (list, below) = body.split_top((body.height.saturating_mul(2) / 5).clamp(6, 16));
            let (rule, article) = below.split_top(1);
            (Some(list), Some(rule), Some(article))
        } else if reading {
            (None, None, Some(body))
        } else {
            (Some(body), None, None)
        };
        *panes = Panes { list, list_rule: rule, article, ..*panes };
    }

    /// Opens the drawer with the topics, where they have no place of their own: beside the list where there is
    /// room for both, else alone.
    fn place_drawer(self, body: Area, panes: &mut Panes) {
        if panes.topics.is_some() || self.focus != Pane::Topics {
            return;
        }
        let alone = Panes { list: None, list_rule: None, article: None, ..*panes };
        *panes = if self.size.columns < DRAWER_BESIDE_LIST_FROM_COLUMNS {
            Panes { topics: Some(body), ..alone }
        } else {
            let (topics, right) = body.split_left(TOPICS_COLUMNS);
            let (rule, list) = right.split_left(1);
            Panes { topics: Some(topics), topics_rule: Some(rule), list: Some(list), ..alone }
        };
    }
}

/// How wide the list is beside an article: what the article leaves, and not much less than half in any case.
fn list_columns(body: u16) -> u16 {
    body.saturating_sub(ARTICLE_COLUMNS).max(body.saturating_mul(9) / 20).min(LIST_COLUMNS_MAX)
}

/// The widest that text is set, in cells.
pub const TEXT_COLUMNS_MAX: u16 = 72;

/// The part of an article's pane that its text is set in: at most 72 cells wide, with air on both sides
/// where there is room for it.
pub fn text_area(article: Area) -> Area {
    let air = match article.width {
        0..24 => 0,
        24..48 => 1,
        _ => 2,
    };
    let room = article.width.saturating_sub(air * 2);
    let width = room.min(TEXT_COLUMNS_MAX);
    let x = article.x.saturating_add(article.width.saturating_sub(width) / 2);
    Area { x, width, ..article }
}
