//! The screen of a terminal that knows ASCII only: each cell keeps its width and gets a stand-in.

use ratatui::buffer::{Buffer, Cell};
use unicode_normalization::UnicodeNormalization;

/// Puts an ASCII stand-in in the place of everything in a buffer that is not ASCII.
pub fn downgrade(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        if row.iter().any(is_raised) {
            mark_exponents(row);
        }
        for cell in row.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
            let stand_in = cell.symbol().chars().next().map_or(' ', stand_in);
            cell.set_char(stand_in);
        }
    }
}

/// Puts a sign before every exponent behind a number: `10⁹` would read as 109. What follows moves into the next free
/// cell of the row; where there is none, a sign takes the place of the exponent.
fn mark_exponents(row: &mut [Cell]) {
    let mut at = 1;
    while at < row.len() {
        let follows_number =
            row.get(at - 1).is_some_and(|cell| cell.symbol().ends_with(char::is_alphanumeric));
        if follows_number && row.get(at).is_some_and(is_raised) && !row.get(at - 1).is_some_and(is_raised) {
            let free = (at..row.len()).find(|&free| is_free(row, free));
            match (free, row.get_mut(at)) {
                (Some(free), _) => {
                    row.get_mut(at..=free).unwrap_or_default().rotate_right(1);
                    let looks = row.get(at + 1).cloned().unwrap_or_default();
                    if let Some(cell) = row.get_mut(at) {
                        *cell = looks;
                        cell.set_char('^');
                    }
                }
                (None, Some(cell)) => {
                    cell.set_char('?');
                }
                (None, None) => {}
            }
        }
        at += 1;
    }
}

/// Whether a cell is empty and parts nothing from what stands behind it.
fn is_free(row: &[Cell], at: usize) -> bool {
    let is_empty = |cell: &Cell| cell.symbol() == " ";
    let is_line = |cell: &Cell| matches!(cell.symbol(), "│" | "┃" | "▏" | "┊");
    row.get(at).is_some_and(is_empty) && row.get(at + 1).is_none_or(|next| is_empty(next) || is_line(next))
}

fn is_raised(cell: &Cell) -> bool {
    matches!(cell.symbol(), "⁰" | "¹" | "²" | "³" | "⁴" | "⁵" | "⁶" | "⁷" | "⁸" | "⁹" | "⁺" | "⁻" | "ⁿ" | "ⁱ")
}

/// The ASCII character that comes closest to a character.
fn stand_in(character: char) -> char {
    match character {
        '●' => 'o',
        '★' => '*',
        '▸' | '›' | '»' | '→' | '▌' | '↪' => '>',
        '▾' => 'v',
        '‹' | '«' | '←' | '↵' => '<',
        '•' | '◦' | '▪' | '·' | '─' | '━' | '–' | '—' | '‐' | '‑' | '−' | '╌' | '⁻' | '₋' => {
            '-'
        }
        '│' | '┃' | '▏' | '┊' => '|',
        '┼' | '┬' | '┴' | '├' | '┤' | '┌' | '┐' | '└' | '┘' => '+',
        '☐' => '_',
        '☑' | '☒' | '✓' | '×' => 'x',
        '…' => '~',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '\u{a0}' => ' ',
        _ => std::iter::once(character).nfkd().find(char::is_ascii).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn what_is_drawn_stays_in_its_cells() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 1));
        buffer.set_string(0, 0, "●★▸ “naïve” – 日本 ½ ok…", Style::new());
        downgrade(&mut buffer);
        let drawn: String = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(drawn.trim_end(), "o*> \"naive\" - ? ?  1 ok~");
    }

    #[test]
    fn an_exponent_is_not_read_as_a_digit() {
        for (text, expected) in [
            ("50 × 10⁹/L of it   │", "50 x 10^9/L of it  |"),
            ("10⁻³ and m²      │ b", "10^-3 and m^2    | b"),
            ("12⁽⁹⁾ H₂O", "12(9) H2O"),
            ("10⁹/L", "10?/L"),
        ] {
            let width = u16::try_from(text.chars().count()).unwrap();
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
            buffer.set_string(0, 0, text, Style::new());
            downgrade(&mut buffer);
            let drawn: String = buffer.content.iter().map(Cell::symbol).collect();
            assert_eq!(drawn, expected, "{text}");
        }
    }
}
