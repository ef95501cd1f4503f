//! The table of figures: one row for each, one column for each size of the corpus.

use std::fmt::{self, Write as _};

/// The sizes between which growth is given.
const GROWTH: [u32; 2] = [10_000, 100_000];

/// What a figure is measured in.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Seconds; less is better.
    Seconds,
    /// Items a second; more is better.
    ItemsPerSecond,
    /// Bytes; less is better.
    Bytes,
}

impl Unit {
    fn write(self, value: f64) -> String {
        match self {
            Self::Seconds => seconds(value),
            Self::ItemsPerSecond => format!("{value:.0}/s"),
            Self::Bytes if value < 10_000.0 => format!("{value:.0} B"),
            Self::Bytes => format!("{:.1} MB", value / 1e6),
        }
    }
}

/// A time in the unit that suits it.
pub fn seconds(value: f64) -> String {
    match value {
        1.0.. => format!("{value:.2} s"),
        0.01.. => format!("{:.1} ms", value * 1e3),
        0.001.. => format!("{:.2} ms", value * 1e3),
        _ => format!("{:.0} µs", value * 1e6),
    }
}

/// What a row is about: what was measured, its goal, and its unit.
pub type Kind<'a> = (&'a str, &'static str, Unit);

/// The figures of all sizes.
pub struct Table {
    sizes: Vec<u32>,
    figures: Vec<Figure>,
}

/// One row.
struct Figure {
    what: String,
    goal: &'static str,
    unit: Unit,
    /// By the size of the corpus: what was measured, and its floor where there is one.
    measured: Vec<(u32, f64, Option<f64>)>,
}

impl Table {
    /// A table without figures.
    pub fn new(sizes: &[u32]) -> Self {
        Self { sizes: sizes.to_vec(), figures: Vec::new() }
    }

    /// Takes in what was measured at a size, with what was measured of its floor in the same run.
    pub fn add(&mut self, size: u32, (what, goal, unit): Kind<'_>, value: f64, floor: Option<f64>) {
        let measured = (size, value, floor);
        match self.figures.iter_mut().find(|figure| figure.what == what) {
            Some(figure) => figure.measured.push(measured),
            None => self.figures.push(Figure { what: what.to_owned(), goal, unit, measured: vec![measured] }),
        }
    }
}

impl fmt::Display for Table {
    /// Writes it as Markdown. Floor and ratio are those of the largest size.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut heads = vec!["what".to_owned(), "goal".to_owned()];
        heads.extend(self.sizes.iter().map(|size| thousands(*size)));
        heads.extend(["floor".to_owned(), "ratio".to_owned(), "10,000 → 100,000".to_owned()]);
        formatter.write_str(&head(&heads))?;
        self.figures.iter().try_for_each(|figure| formatter.write_str(&figure.row(&self.sizes)))
    }
}

impl Figure {
    /// By how much the figure has grown from the one size to the other; the items grow by ten.
    fn growth(&self) -> Option<f64> {
        let at = |size| self.measured.iter().find(|(other, ..)| *other == size).map(|(_, value, _)| *value);
        let [small, large] = GROWTH.map(at);
        Some(large? / small?).filter(|growth| growth.is_finite())
    }

    fn row(&self, sizes: &[u32]) -> String {
        let none = || "–".to_owned();
        let at = |size: &u32| self.measured.iter().find(|(other, ..)| other == size);
        let value = |size| at(size).map_or_else(none, |(_, value, _)| self.unit.write(*value));
        let floor = sizes.last().and_then(at).and_then(|(_, value, floor)| Some((*value, (*floor)?)));
        let mut cells = vec![self.what.clone(), self.goal.to_owned()];
        cells.extend(sizes.iter().map(value));
        cells.push(floor.map_or_else(none, |(_, floor)| self.unit.write(floor)));
        cells.push(floor.map_or_else(none, |(value, floor)| format!("{:.2} ×", value / floor)));
        cells.push(self.growth().map_or_else(none, |growth| format!("{growth:.1} ×")));
        row(&cells)
    }
}

/// The head of a Markdown table: the first column is text, the others are figures.
pub fn head(heads: &[String]) -> String {
    row(heads) + "|---" + &"|--:".repeat(heads.len().saturating_sub(1)) + "|\n"
}

/// A row of a Markdown table.
pub fn row(cells: &[String]) -> String {
    let mut text = String::from("|");
    for cell in cells {
        // Writing to a string cannot fail.
        let _ = write!(text, " {cell} |");
    }
    text + "\n"
}

/// A number with its thousands parted.
pub fn thousands(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}
