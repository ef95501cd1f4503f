//! How the panes stand on the screen, and what the user has chosen for each class of window sizes.

use super::area::Size;

/// Below this width or height only one pane is shown at a time.
const SMALL_BELOW: Size = Size { columns: 60, rows: 18 };
/// Below this width or height a window starts with the headlines alone.
const MEDIUM_BELOW: Size = Size { columns: 110, rows: 32 };
/// From this width on, the list and the article have room side by side.
const WIDE_FROM_COLUMNS: u16 = 150;
/// From this width on, they stand side by side at the start.
const COLUMNS_FROM_COLUMNS: u16 = 180;

/// How the list and the article share the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// Headlines only. The article takes their place while it is read.
    #[default]
    List,
    /// The list above the article.
    Split,
    /// The list beside the article.
    Columns,
}

impl Arrangement {
    const ALL: [Self; 3] = [Self::List, Self::Split, Self::Columns];

    /// A short stable name, by which [`named`](Self::named) finds it again.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Split => "split",
            Self::Columns => "columns",
        }
    }

    /// The arrangement of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arrangement| arrangement.name() == name)
    }
}

/// Classes of window sizes. Each has an arrangement and borders of its own, so that a window in a corner of the screen does
/// not change what a large one looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SizeClass {
    /// One pane at a time.
    #[default]
    Small,
    /// Room for two panes, one above the other: 80 columns and 24 rows.
    Medium,
    /// Room for three panes, two of them one above the other.
    Large,
    /// Room for three panes side by side.
    Wide,
}

impl SizeClass {
    const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::Wide];

    /// The class of a size.
    pub fn of(size: Size) -> Self {
        let is_below = |limit: Size| size.columns < limit.columns || size.rows < limit.rows;
        if is_below(SMALL_BELOW) {
            Self::Small
        } else if is_below(MEDIUM_BELOW) {
            Self::Medium
        } else if size.columns < WIDE_FROM_COLUMNS {
            Self::Large
        } else {
            Self::Wide
        }
    }

    /// A short stable name.
    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Wide => "wide",
        }
    }

    /// The arrangements that there is room for.
    pub fn arrangements(self) -> &'static [Arrangement] {
        let count = match self {
            Self::Small => 1,
            Self::Medium | Self::Large => 2,
            Self::Wide => 3,
        };
        Arrangement::ALL.get(..count).unwrap_or_default()
    }
}

/// The arrangement that a window of this size has until its user chooses another.
fn first_arrangement(size: Size) -> Arrangement {
    match SizeClass::of(size) {
        SizeClass::Small | SizeClass::Medium => Arrangement::List,
        SizeClass::Wide if size.columns >= COLUMNS_FROM_COLUMNS => Arrangement::Columns,
        SizeClass::Large | SizeClass::Wide => Arrangement::Split,
    }
}

/// Where the border between the list and the article was put: how many rows or columns the list has. `None` until the user
/// moves it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Borders {
    /// Rows of the list above an article that is only looked at.
    pub split: Option<u16>,
    /// Rows of the list above an article that is being read.
    pub reading: Option<u16>,
    /// Columns of the list beside an article.
    pub columns: Option<u16>,
}

/// What was chosen for one class of sizes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Choice {
    arrangement: Option<Arrangement>,
    borders: Borders,
}

/// What the user has chosen for each class of window sizes.
#[derive(Debug, Clone, Default)]
pub struct Arrangements {
    choices: [Choice; SizeClass::ALL.len()],
}

impl Arrangements {
    /// The arrangement of a window of this size.
    pub fn arrangement(&self, size: Size) -> Arrangement {
        let class = SizeClass::of(size);
        let chosen = self.choice(class).arrangement;
        let fitting = chosen.filter(|arrangement| class.arrangements().contains(arrangement));
        fitting.unwrap_or_else(|| first_arrangement(size))
    }

    /// Where the borders are in a window of this size.
    pub fn borders(&self, size: Size) -> Borders {
        self.choice(SizeClass::of(size)).borders
    }

    /// Chooses an arrangement for windows of this size.
    pub fn choose(&mut self, size: Size, arrangement: Arrangement) {
        self.choice_mut(SizeClass::of(size)).arrangement = Some(arrangement);
    }

    /// Puts the borders somewhere in windows of this size.
    pub fn put_borders(&mut self, size: Size, borders: Borders) {
        self.choice_mut(SizeClass::of(size)).borders = borders;
    }

    fn choice(&self, class: SizeClass) -> Choice {
        self.choices.get(class as usize).copied().unwrap_or_default()
    }

    fn choice_mut(&mut self, class: SizeClass) -> &mut Choice {
        let [small, medium, large, wide] = &mut self.choices;
        match class {
            SizeClass::Small => small,
            SizeClass::Medium => medium,
            SizeClass::Large => large,
            SizeClass::Wide => wide,
        }
    }

    /// Writes down what was chosen for a size, as the value of a setting: `split 21 5 -`. What was not chosen is `-`.
    pub fn setting(&self, size: Size) -> (String, String) {
        let class = SizeClass::of(size);
        let Choice { arrangement, borders } = self.choice(class);
        let cells = |border: Option<u16>| border.map_or_else(|| "-".to_owned(), |border| border.to_string());
        let arrangement = arrangement.map_or("-", Arrangement::name);
        let Borders { split, reading, columns } = borders;
        let value = format!("{arrangement} {} {} {}", cells(split), cells(reading), cells(columns));
        (setting_name(class), value)
    }

    /// Takes a setting that was written down by [`setting`](Self::setting). Says whether it was one; what is not understood
    /// of it counts as not chosen.
    pub fn take_setting(&mut self, name: &str, value: &str) -> bool {
        let Some(class) = SizeClass::ALL.into_iter().find(|class| setting_name(*class) == name) else {
            return false;
        };
        let mut words = value.split(' ');
        let arrangement = words.next().and_then(Arrangement::named);
        let mut border = || words.next().and_then(|word| word.parse().ok());
        let borders = Borders { split: border(), reading: border(), columns: border() };
        *self.choice_mut(class) = Choice { arrangement, borders };
        true
    }
}

fn setting_name(class: SizeClass) -> String {
    format!("panes.{}", class.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [(Size, Arrangement); 7] = [
        (Size { columns: 40, rows: 10 }, Arrangement::List),
        (Size { columns: 80, rows: 24 }, Arrangement::List),
        (Size { columns: 120, rows: 24 }, Arrangement::List),
        (Size { columns: 120, rows: 40 }, Arrangement::Split),
        (Size { columns: 150, rows: 40 }, Arrangement::Split),
        (Size { columns: 200, rows: 60 }, Arrangement::Columns),
        (Size { columns: 200, rows: 20 }, Arrangement::List),
    ];

    #[test]
    fn a_window_starts_with_what_its_size_has_room_for() {
        for (size, arrangement) in SIZES {
            assert_eq!(Arrangements::default().arrangement(size), arrangement, "{size:?}");
        }
    }

    #[test]
    fn what_was_chosen_for_a_size_is_written_down_and_read_again() {
        let (small, large) = (Size { columns: 40, rows: 10 }, Size { columns: 120, rows: 40 });
        let mut chosen = Arrangements::default();
        chosen.choose(large, Arrangement::List);
        chosen.put_borders(large, Borders { split: Some(21), reading: None, columns: Some(90) });
        let (name, value) = chosen.setting(large);
        assert_eq!((name.as_str(), value.as_str()), ("panes.large", "list 21 - 90"));
        let mut read = Arrangements::default();
        assert!(read.take_setting(&name, &value));
        assert_eq!(
            (read.arrangement(large), read.borders(large)),
            (chosen.arrangement(large), chosen.borders(large))
        );
        assert_eq!(read.borders(small), Borders::default());
    }

    #[test]
    fn a_setting_of_another_version_changes_nothing_that_is_not_understood() {
        let large = Size { columns: 120, rows: 40 };
        for value in ["", "spiral", "columns 5", "- x -4 70000"] {
            let mut read = Arrangements::default();
            assert!(read.take_setting("panes.large", value));
            assert_eq!(read.arrangement(large), Arrangement::Split, "{value}");
        }
        assert!(!Arrangements::default().take_setting("panes.huge", "list"));
    }
}
