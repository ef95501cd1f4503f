//! Files made to cost time or memory.

use super::*;

#[test]
fn hostile_front_matter_is_bounded_and_says_by_what() {
    let bomb = (1..10).fold("title: T\na0: &a0 [x]\n".to_owned(), |bomb, level| {
        let below = format!("*a{}, ", level - 1).repeat(9);
        format!("{bomb}a{level}: &a{level} [{below}]\n")
    });
    let cases = [
        (format!("---\ntitle: T\ncategories: {}\n---\n", "[".repeat(200_000)), "yaml-too-deep"),
        (format!("---\ntitle: T\ncategories: {}\n---\n", "{a: ".repeat(50_000)), "yaml-too-deep"),
        (format!("---\n{bomb}categories: *a9\n---\n"), "yaml-too-big"),
        (format!("---\ntitle: T\n{}---\n", "key: value\n".repeat(30_000)), "front-matter-too-large"),
        (format!("---\ntitle: T\nsummary: {}\n---\n", "x".repeat(300 * 1024)), "front-matter-too-large"),
        (format!("---\ntitle: T\ncategories: {}\n---\n", "- ".repeat(50_000)), "yaml-invalid"),
        (format!("---\ntitle: T\n{}---\n", "title: \"\n".repeat(20_000)), "key-repeated"),
    ];
    for (text, code) in cases {
        let item = in_time(code, || read(&text)).item;
        assert!(item.problems.iter().any(|problem| problem.code == code), "{code}: {:?}", problems(&item));
        assert!(item.problems.len() <= 50);
        if code != "key-repeated" {
            assert_eq!(&*item.title, "T", "{code}");
        }
    }
}

#[test]
fn hostile_bodies_take_no_longer_than_their_length() {
    for piece in [
        "<",
        "<p ",
        "<p \"",
        "<!--",
        "{{",
        "{%",
        "[](",
        "](",
        "**",
        "`",
        "<script>",
        "&amp;",
        "Ã",
        "â€",
        "\u{92}",
        "ß",
        "é",
        "\u{301}",
        "a.b. ",
        "<a href='",
        "#",
        "* ",
        "\r",
        "</script",
        "<h1>",
        "``` \n",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        in_time(piece, || read(&text));
        in_time(piece, || read(&format!("---\ntitle: T\ndescription: {piece}\n---\n{text}>\n}}}}")));
        let short = piece.repeat(20_000 / piece.len());
        in_time(piece, || read(&format!("---\ndescription: {short}\ntitle: '{short}'\n---\n")));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_item(path in ".{0,20}", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let file = ItemFile::read(&path, &bytes);
        prop_assert!(!file.item.title.is_empty());
    }

    #[test]
    fn any_lines_are_an_item(lines in prop::collection::vec("(---|\\+\\+\\+|\\.\\.\\.|[a-z]{1,5}: ?[-a-z0-9'\"&*!|>\\[\\]{}:#@`% \t]{0,12}|\t?- .{0,9}|title: .{0,9}|.{0,12})", 0..12)) {
        let text = lines.join("\n");
        let file = read(&format!("---\n{text}"));
        prop_assert!(!file.item.title.is_empty());
        prop_assert!(file.body.raw.len() <= text.len() + 4);
    }

    #[test]
    fn a_mutated_item_is_an_item(changes in prop::collection::vec((0..SPECIMEN.len(), any::<u8>(), 0..3u8), 1..12)) {
        let mut bytes = SPECIMEN.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        let file = ItemFile::read("a.md", &bytes);
        prop_assert!(!file.item.title.is_empty());
        for problem in &file.item.problems {
            prop_assert!(problem.line.is_some_and(|line| (1..=60).contains(&line)), "{problem:?}");
            prop_assert!(problem.message.ends_with('.'));
        }
    }

    #[test]
    fn the_text_of_a_body_is_in_the_item_file(text in "[ -~]{0,80}") {
        let file = read(&format!("---\ntitle: T\n---\n{text}"));
        prop_assert_eq!(file.body.raw, text);
    }
}
