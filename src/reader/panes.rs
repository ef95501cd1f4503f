//! Where everything is on the screen: one pure function that both the reader and the screen ask.

use super::area::{Area, Size};
use super::arrangement::{Arrangement, Borders};

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
    /// How the list and the article share the screen.
    pub arrangement: Arrangement,
    /// Where the user has put the borders between them.
    pub borders: Borders,
    /// How many rows the list would fill if there was room for all of it. It may be counted only as far as the screen goes.
    pub list_rows: u16,
    /// How many columns the topics would fill if there was room for the longest.
    pub topics_columns: u16,
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
/// From this width on, the topics stand beside the headlines where those are alone: they leave room for whole titles.
const TOPICS_BESIDE_HEADLINES_FROM_COLUMNS: u16 = 150;
/// Below this width the drawer with the topics leaves no room for the list beside it.
const DRAWER_BESIDE_LIST_FROM_COLUMNS: u16 = 72;
/// Below this height there is neither header nor footer.
const FRAME_FROM_ROWS: u16 = 4;
/// Rows that the list keeps above an article that is being read.
const READING_LIST_ROWS: u16 = 5;
/// The fewest rows or columns that a border leaves to what is before and behind it.
const LEAST: Size = Size { columns: 24, rows: 3 };
/// Columns for an article whose text is set as wide as it may be, with air on both sides.
const ARTICLE_COLUMNS: u16 = 78;
/// The widest that a list beside an article becomes by itself: long titles are whole.
const LIST_COLUMNS_MAX: u16 = 110;
/// The least width of the topics, which otherwise follow their longest label, and the most: titles need the room more.
const TOPICS_COLUMNS: (u16, u16) = (20, 30);
/// The most in a window in which titles have enough.
const TOPICS_COLUMNS_WIDE: u16 = 40;
/// From this width on, titles have enough.
const TOPICS_WIDE_FROM_COLUMNS: u16 = 150;

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
        let topics_from = match self.arrangement {
            Arrangement::List => TOPICS_BESIDE_HEADLINES_FROM_COLUMNS,
            Arrangement::Split | Arrangement::Columns => TOPICS_FROM_COLUMNS,
        };
        if columns >= topics_from {
            let (topics, rule, right) = self.topics_beside(body);
            panes = Panes { topics: Some(topics), topics_rule: Some(rule), ..panes };
            body = right;
        }
        self.place_list_and_article(body, &mut panes);
        self.place_drawer(body, &mut panes);
        panes
    }

    /// Divides the body into the topics, a rule, and what is right of them.
    fn topics_beside(self, body: Area) -> (Area, Area, Area) {
        let (least, most) = match (TOPICS_COLUMNS, self.size.columns) {
            ((least, _), TOPICS_WIDE_FROM_COLUMNS..) => (least, TOPICS_COLUMNS_WIDE),
            (limits, _) => limits,
        };
        let (topics, right) = body.split_left(self.topics_columns.clamp(least, most));
        let (rule, right) = right.split_left(1);
        (topics, rule, right)
    }

    fn place_list_and_article(self, body: Area, panes: &mut Panes) {
        let (list, rule, article) = match (self.arrangement, self.focus) {
            (Arrangement::List, Pane::Article) => (None, None, Some(body)),
            (Arrangement::List, _) => (Some(body), None, None),
            // An empty list says why, and there is no article that could need the room.
            (Arrangement::Split, Pane::List | Pane::Topics) if self.list_rows == 0 => {
                (Some(body), None, None)
            }
            (Arrangement::Split, _) => {
                let (list, below) = body.split_top(self.split_rows(body.height));
                let (rule, article) = below.split_top(1);
                (Some(list), Some(rule), Some(article))
            }
            (Arrangement::Columns, _) => {
                let (list, right) = body.split_left(self.list_columns(body.width));
                let (rule, article) = right.split_left(1);
                (Some(list), Some(rule), Some(article))
            }
        };
        *panes = Panes { list, list_rule: rule, article, ..*panes };
    }

    /// How many rows the list has above the article: those that were chosen, or as many as it fills, at most five eighths.
    /// While the article is read, the list steps back.
    fn split_rows(self, body: u16) -> u16 {
        let share = body.saturating_mul(5) / 8;
        let looking = self.borders.split.unwrap_or(self.list_rows.clamp(LEAST.rows, share.max(LEAST.rows)));
        let rows = match self.focus {
            Pane::Article => self.borders.reading.unwrap_or(looking.min(READING_LIST_ROWS)),
            Pane::List | Pane::Topics => looking,
        };
        within(rows, LEAST.rows, body)
    }

    /// How many columns the list has beside the article: those that were chosen, or what the article leaves.
    fn list_columns(self, body: u16) -> u16 {
        let left = body.saturating_sub(ARTICLE_COLUMNS + 1).min(LIST_COLUMNS_MAX);
        within(self.borders.columns.unwrap_or(left), LEAST.columns, body)
    }

    /// The borders that are wanted when the one between the list and the article is moved to a cell of the screen; `None` where
    /// there is none to move.
    pub fn with_border_at(self, column: u16, row: u16) -> Option<Borders> {
        let panes = self.panes();
        let (list, article) = (panes.list?, panes.article?);
        let (rows, columns) = (row.saturating_sub(list.y), column.saturating_sub(list.x));
        match self.arrangement {
            Arrangement::List => None,
            Arrangement::Split => {
                let rows = Some(within(rows, LEAST.rows, list.height.saturating_add(article.height + 1)));
                Some(match self.focus {
                    Pane::Article => Borders { reading: rows, ..self.borders },
                    Pane::List | Pane::Topics => Borders { split: rows, ..self.borders },
                })
            }
            Arrangement::Columns => {
                let body = list.width.saturating_add(article.width + 1);
                Some(Borders { columns: Some(within(columns, LEAST.columns, body)), ..self.borders })
            }
        }
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
            let (topics, rule, list) = self.topics_beside(body);
            Panes { topics: Some(topics), topics_rule: Some(rule), list: Some(list), ..alone }
        };
    }
}

/// A number of rows or columns that leaves at least so many to what is before and behind the border, and the border itself.
fn within(wanted: u16, least: u16, all: u16) -> u16 {
    wanted.min(all.saturating_sub(least + 1)).max(least.min(all))
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
