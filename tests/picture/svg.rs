//! A terminal's screen as an SVG.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: u16 = 18;
const MARGIN: u16 = 14;
const INK: &str = "#d0d0d0";
const PAPER: &str = "#1b1d22";

/// The sixteen colours, as many terminals have them.
const COLOURS: [&str; 16] = [
    "#1b1d22", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d0d0d0", "#7f848e",
    "#ff7b86", "#b5e890", "#ffd68a", "#82c7ff", "#e19df5", "#7fd8e4", "#ffffff",
];

/// How a cell looks.
#[derive(PartialEq, Eq)]
struct Look {
    ink: &'static str,
    paper: &'static str,
    attributes: String,
}

/// Draws a screen.
pub fn draw(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let width = f32::from(columns) * CELL_WIDTH + f32::from(MARGIN * 2);
    let height = rows * CELL_HEIGHT + MARGIN * 2;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height}\" viewBox=\"0 0 {width:.0} {height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..rows {
        draw_row(screen, row, columns, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws a row, run by run of cells that look the same. Spaces go on with the run before them if that can be seen on none.
fn draw_row(screen: &Screen, row: u16, columns: u16, svg: &mut String) {
    let mut column = 0;
    while column < columns {
        let look = look(screen.cell(row, column).unwrap());
        let same = |column: &u16| {
            let cell = screen.cell(row, *column).unwrap();
            let other = self::look(cell);
            let is_seen_on_spaces = look.attributes.contains("underline");
            other == look || (is_plain_space(cell) && other.paper == look.paper && !is_seen_on_spaces)
        };
        let end = (column..columns).find(|column| !same(column)).unwrap_or(columns);
        let cells = (column..end).filter_map(|column| screen.cell(row, column));
        let text: String =
            cells.map(|cell| if cell.has_contents() { cell.contents() } else { " " }).collect();
        draw_run(row, column, end - column, &text, &look, svg);
        column = end;
    }
}

fn draw_run(row: u16, column: u16, cells: u16, text: &str, look: &Look, svg: &mut String) {
    let x = f32::from(column) * CELL_WIDTH + f32::from(MARGIN);
    let y = row * CELL_HEIGHT + MARGIN;
    let width = f32::from(cells) * CELL_WIDTH;
    if look.paper != PAPER {
        let paper = look.paper;
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{paper}\"/>"
        );
    }
    if !text.trim().is_empty() {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let (baseline, ink, attributes) = (y + 13, look.ink, &look.attributes);
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{baseline}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{attributes}>{text}</text>"
        );
    }
}

/// Whether nothing is seen of a cell but its background, whatever else is set for it.
fn is_plain_space(cell: &Cell) -> bool {
    matches!(cell.contents(), "" | " ") && !cell.inverse() && !cell.underline()
}

fn look(cell: &Cell) -> Look {
    if is_plain_space(cell) {
        return Look { ink: INK, paper: colour(cell.bgcolor(), PAPER), attributes: String::new() };
    }
    let (mut ink, mut paper) = (colour(cell.fgcolor(), INK), colour(cell.bgcolor(), PAPER));
    if cell.inverse() {
        (ink, paper) = (paper, ink);
    }
    let attributes = [
        (cell.bold(), " font-weight=\"bold\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.underline(), " text-decoration=\"underline\""),
        (cell.dim(), " opacity=\"0.6\""),
    ];
    let attributes = attributes.into_iter().filter(|(has, _)| *has).map(|(_, text)| text).collect();
    Look { ink, paper, attributes }
}

fn colour(colour: Color, otherwise: &'static str) -> &'static str {
    match colour {
        Color::Idx(index) => COLOURS.get(usize::from(index)).copied().unwrap_or(otherwise),
        Color::Default | Color::Rgb(..) => otherwise,
    }
}
