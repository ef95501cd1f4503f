//! The screen of a terminal that knows ASCII only: each cell keeps its width and gets a stand-in.

use ratatui::buffer::Buffer;
use unicode_normalization::UnicodeNormalization;

/// Puts an ASCII stand-in in the place of everything in a buffer that is not ASCII.
pub fn downgrade(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let stand_in = cell.symbol().chars().next().map_or(' ', stand_in);
            cell.set_char(stand_in);
        }
    }
}

/// The ASCII character that comes closest to a character.
fn stand_in(character: char) -> char {
    match character {
        '●' => 'o',
        '★' => '*',
        '▸' | '›' | '»' | '→' | '▌' | '↪' => '>',
        '▾' => 'v',
        '‹' | '«' | '←' | '↵' => '<',
        '•' | '◦' | '▪' | '·' | '─' | '━' | '–' | '—' | '‐' | '‑' | '−' | '╌' => '-',
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
        let drawn: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(drawn.trim_end(), "o*> \"naive\" - ? ?  1 ok~");
    }
}
