//! Whatever the reader's state and however large the screen is, drawing neither panics nor leaves the screen.

use jiff::civil::date;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::item::SafeText;
use crate::reader::tests::{any_message, any_size};
use crate::reader::{Message, update};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_state_is_drawn_at_any_size(
        size in any_size(),
        // The screen may have changed before the reader has heard of it.
        drawn in any_size(),
        ascii: bool,
        messages in prop::collection::vec(any_message(), 0..40)
    ) {
        let mut reader = Reader::new(SafeText::new("any"), None).with_bundles(vec![SafeText::new("a"), SafeText::new("b")]);
        update(&mut reader, Message::Started(size, date(2026, 11, 22)));
        for message in messages {
            update(&mut reader, message);
        }
        let look = Look { ascii, ..Look::default() };
        for size in [size, drawn] {
            let mut terminal = Terminal::new(TestBackend::new(size.columns, size.rows)).unwrap();
            terminal.draw(|frame| draw(&reader, &look, frame)).unwrap();
            let cells = &terminal.backend().buffer().content;
            prop_assert!(!ascii || cells.iter().all(|cell| cell.symbol().is_ascii()));
        }
    }
}
