//! What the screen looks like: pictures in text, of each part at each size. Read a new one as a picture.

#[cfg(test)]
mod support;

use support::desk::Desk;
use support::small_feed::small_feed;

/// Takes a picture of the screen after some keys, at each of some sizes.
#[cfg(test)]
fn pictures(name: &str, keys: &str, sizes: &[(u16, u16)]) {
    for (columns, rows) in sizes {
        let mut desk = Desk::open(*columns, *rows, small_feed());
        desk.keys(keys);
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.screen());
    }
}

const ALL_SIZES: [(u16, u16); 4] = [(200, 60), (120, 40), (80, 24), (40, 10)];

#[test]
fn the_first_screen() {
    pictures("first", "", &ALL_SIZES);
}

#[test]
fn an_article_being_read() {
    pictures("article", "j<Enter>", &ALL_SIZES);
}

#[test]
fn a_long_article_scrolled() {
    pictures("scrolled", "jj<Enter><Space>", &[(80, 24), (40, 10)]);
}

#[test]
fn the_topics() {
    pictures("topics", "hjjjjjj", &[(120, 40), (80, 24), (40, 10)]);
}

#[test]
fn the_jump_to_a_topic() {
    pictures("jump", "tmed", &[(120, 40), (40, 10)]);
}

#[test]
fn the_help() {
    pictures("help", "?", &[(120, 40), (80, 24), (40, 10)]);
}

#[test]
fn the_problems() {
    pictures("problems", "!", &[(120, 40), (40, 10)]);
}

#[test]
fn a_search() {
    pictures("search", "/records", &[(80, 24), (40, 10)]);
}

#[test]
fn zen() {
    pictures("zen", "jz", &[(80, 24)]);
}

#[test]
fn ascii_only() {
    let mut desk = Desk::open(80, 24, small_feed()).ascii();
    desk.keys("jsh");
    insta::assert_snapshot!("ascii_80x24", desk.screen());
    assert!(desk.screen().is_ascii());
}

#[test]
fn an_empty_feed() {
    let desk = Desk::open(80, 24, Vec::new());
    insta::assert_snapshot!("empty_80x24", desk.screen());
}

#[test]
fn a_screen_of_one_cell() {
    for keys in ["", "<Enter>", "h", "t", "?", "!", "/", "z"] {
        let mut desk = Desk::open(1, 1, small_feed());
        desk.keys(keys);
        assert_eq!(desk.buffer().content.len(), 1);
    }
}
