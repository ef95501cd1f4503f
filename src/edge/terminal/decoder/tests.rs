//! Every byte sequence that terminals send, whole, cut anywhere, broken off, and late.

use crossterm::event::{KeyEventKind, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::samples::{CTRL, NONE, SHIFT, UNKNOWN, key, known, mouse};
use super::*;

fn typed(text: &str) -> Vec<Event> {
    let shift = |typed: char| if typed.is_uppercase() { SHIFT } else { NONE };
    text.chars().map(|typed| key(KeyCode::Char(typed), shift(typed))).collect()
}

/// What bytes mean that arrive in these packets, each right after the one before, and then nothing more.
fn decoded<'a>(packets: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events: Vec<Event> = packets.into_iter().flat_map(|packet| decoder.decode(packet)).collect();
    events.extend(silence(&mut decoder));
    events
}

/// What bytes mean when each of these packets is late.
fn decoded_late(packets: &[&[u8]]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let each = |packet: &&[u8]| {
        let mut events = decoder.decode(packet);
        // Late, but not so late that an Esc is forgotten.
        events.extend(decoder.wait().and_then(|_| decoder.give_up()));
        events
    };
    packets.iter().flat_map(each).collect()
}

/// Lets all waits pass.
fn silence(decoder: &mut Decoder) -> Vec<Event> {
    let mut events = Vec::new();
    while decoder.wait().is_some() {
        events.extend(decoder.give_up());
    }
    events
}

#[test]
fn every_sequence_means_what_its_terminal_means() {
    for (bytes, events) in known() {
        assert_eq!(decoded([bytes]), events, "{}", bytes.escape_ascii());
    }
}

#[test]
fn an_answer_is_counted_wherever_it_is_cut_and_is_no_key() {
    let answer = b"\x1b[0n";
    for cut in 0..answer.len() {
        let (begun, rest) = answer.split_at(cut);
        let mut decoder = Decoder::default();
        let events = [b"j", begun, rest, b"k\x1b[3n\x1b[0n"].map(|packet| decoder.decode(packet)).concat();
        assert_eq!(events, typed("jk"), "cut at {cut}");
        assert_eq!((decoder.take_answers(), decoder.take_answers()), (2, 0), "cut at {cut}");
    }
}

#[test]
fn what_is_unknown_means_nothing_and_hides_nothing_behind_it() {
    for bytes in UNKNOWN {
        let shown = bytes.escape_ascii();
        assert_eq!(decoded([bytes]), [], "{shown}");
        assert_eq!(decoded([bytes, b"jq"]), typed("jq"), "{shown}");
        assert_eq!(decoded([&[bytes, b"jq"].concat()[..]]), typed("jq"), "{shown} in one packet");
    }
}

#[test]
fn esc_and_a_key_in_one_packet_are_two_keys() {
    let esc = || vec![key(KeyCode::Esc, NONE)];
    for (bytes, after) in [
        (&b"\x1bj"[..], typed("j")),
        (b"\x1b/", typed("/")),
        (b"\x1b ", typed(" ")),
        (b"\x1b\xc3\xa9", typed("é")),
        (b"\x1b\r", vec![key(KeyCode::Enter, NONE)]),
        (b"\x1b\x03", vec![key(KeyCode::Char('c'), CTRL)]),
        (b"\x1b\x1b", esc()),
        (b"\x1b\x1b[A", vec![key(KeyCode::Up, NONE)]),
        (b"\x1b\x1bOA", vec![key(KeyCode::Up, NONE)]),
    ] {
        assert_eq!(decoded([bytes]), [esc(), after].concat(), "{}", bytes.escape_ascii());
    }
    assert_eq!(decoded([&b"\x1b"[..]]), esc());
}

#[test]
fn a_released_or_repeated_key_says_so() {
    let kind = |bytes: &[u8]| match decoded([bytes]).as_slice() {
        [Event::Key(key)] => key.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(b"\x1b[1;1:3A"), KeyEventKind::Release);
    assert_eq!(kind(b"\x1b[97;1:2u"), KeyEventKind::Repeat);
    assert_eq!(kind(b"\x1b[5;1:3~"), KeyEventKind::Release);
}

#[test]
fn what_is_broken_off_is_dropped_and_what_broke_it_off_counts() {
    let up = || vec![key(KeyCode::Up, NONE)];
    for begun in
        [&b"\x1b["[..], b"\x1b[?", b"\x1b[<0;1", b"\x1bO", b"\x1b]1", b"\x1bPx", b"\xc3", b"\xf0\x9f"]
    {
        let shown = begun.escape_ascii();
        for (after, events) in [
            (&b"\x03"[..], vec![key(KeyCode::Char('c'), CTRL)]),
            (b"\x1a", vec![key(KeyCode::Char('z'), CTRL)]),
            (b"\x1b[A", up()),
            (b"\x1bOA", up()),
        ] {
            assert_eq!(decoded([begun, after]), events, "{shown}, then {}", after.escape_ascii());
        }
    }
    assert_eq!(decoded([&b"\x1b[M \x03"[..]]), [key(KeyCode::Char('c'), CTRL)]);
    assert_eq!(decoded([&b"\xff\xc3(j"[..]]), typed("(j"));
}

#[test]
fn the_rest_may_come_late_and_never_becomes_keys() {
    let esc = || vec![key(KeyCode::Esc, NONE)];
    let up = || vec![key(KeyCode::Up, NONE)];
    let table: &[(&[&[u8]], Vec<Event>)] = &[
        (&[b"\x1b]1", b"1;rgb:1e1e/1e1e/1e1e\x1b\\", b"j"], typed("j")),
        (&[b"\x1b]", b"11;rgb:1e", b"1e/1e1e/1e1e", b"\x07", b"j"], typed("j")),
        (&[b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b", b"\\", b"j"], typed("j")),
        (&[b"\x1b", b"]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"j"], [esc(), typed("j")].concat()),
        (&[b"\x1b[?6", b"2;22c", b"j"], typed("j")),
        (&[b"\x1b[?62;22", b"c", b"j"], typed("j")),
        (&[b"\x1b[?2026;2", b"$y", b"j"], typed("j")),
        (&[b"\x1b[12;4", b"0R", b"j"], typed("j")),
        (&[b"\x1b[<0;1", b";5M"], mouse(MouseEventKind::Down(MouseButton::Left), 0, 4)),
        (&[b"\x1b[", b"A"], up()),
        (&[b"\x1bO", b"A"], up()),
        (&[b"\x1b[1;5", b"A"], vec![key(KeyCode::Up, CTRL)]),
        (&[b"\x1b", b"[A"], [esc(), up()].concat()),
        (&[b"\xc3", b"\xa9"], typed("é")),
        (
            &[b"\x1b[200~ab", b"cd", b"ef\x1b[20", b"1~j"],
            [vec![Event::Paste("abcdef".into())], typed("j")].concat(),
        ),
        (&[b"\x1b[20", b"0~ab\x1b[201~"], vec![Event::Paste("ab".to_owned())]),
    ];
    for (packets, events) in table {
        let shown: Vec<_> = packets.iter().map(|packet| packet.escape_ascii().to_string()).collect();
        assert_eq!(decoded_late(packets), *events, "{shown:?}");
    }
}

#[test]
fn once_the_rest_is_late_a_key_is_a_key() {
    let esc = || vec![key(KeyCode::Esc, NONE)];
    for (begun, before) in [
        (&b"\x1b"[..], esc()),
        (b"\x1b[", vec![]),
        (b"\x1b[?", vec![]),
        (b"\x1b[<0;1", vec![]),
        (b"\x1bO", vec![]),
        (b"\x1b]1", vec![]),
        (b"\x1bPx", vec![]),
        (b"\x1b]1\x1b", vec![]),
        (b"\x1b[200~half a paste", vec![]),
        (b"\x1b[200~half a paste\x1b[2", vec![]),
        (b"\xc3", vec![]),
    ] {
        let shown = begun.escape_ascii();
        for (after, events) in [
            (&b"q"[..], typed("q")),
            (b"j", typed("j")),
            (b"]", typed("]")),
            (b"1", typed("1")),
            (b"\r", vec![key(KeyCode::Enter, NONE)]),
            (b"\x03", vec![key(KeyCode::Char('c'), CTRL)]),
            (b"\x1b[B", vec![key(KeyCode::Down, NONE)]),
        ] {
            let expected = [before.clone(), events].concat();
            assert_eq!(decoded_late(&[begun, after]), expected, "{shown}, then {}", after.escape_ascii());
        }
    }
    // Two keys that an Esc could have begun a sequence with.
    assert_eq!(decoded_late(&[b"\x1b", b"]A"]), [esc(), typed("]A")].concat());
    let mut decoder = Decoder::default();
    decoder.decode(b"\x1b");
    silence(&mut decoder);
    assert_eq!(decoder.decode(b"[A"), typed("[A"), "long after an Esc");
}

#[test]
fn a_paste_of_any_size_arrives_up_to_its_bound() {
    let text = "Blood pressure 120/80, pulse 72. ".repeat(100_000);
    let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~j"].concat();
    let mut events = decoded(bytes.chunks(1021));
    assert_eq!(events.pop().into_iter().collect::<Vec<_>>(), typed("j"));
    let [Event::Paste(pasted)] = events.as_slice() else { panic!("{} events", events.len()) };
    assert!(text.starts_with(pasted) && pasted.len() == 1 << 20, "{} bytes", pasted.len());
}

#[test]
fn another_program_takes_what_was_unfinished_with_it() {
    for begun in [&b"\x1b["[..], b"\x1b]1", b"\x1b[200~text", b"\xc3"] {
        let mut decoder = Decoder::default();
        decoder.decode(begun);
        decoder.forget();
        assert_eq!(decoder.decode(b"A"), typed("A"), "{}", begun.escape_ascii());
    }
}

/// Sequences that mean something or nothing, and cuts in them.
fn any_sequence() -> impl Strategy<Value = (Vec<u8>, usize)> {
    let known = known().into_iter().map(|(bytes, _)| bytes).filter(|bytes| bytes.len() > 1);
    let sequences: Vec<Vec<u8>> = known.chain(UNKNOWN).map(<[u8]>::to_vec).collect();
    prop::sample::select(sequences).prop_flat_map(|bytes| (Just(bytes.clone()), 1..bytes.len()))
}

/// Bytes as a terminal might send them, and worse.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        3 => any_sequence().prop_map(|(bytes, _)| bytes),
        2 => any_sequence().prop_map(|(bytes, cut)| bytes[..cut].to_vec()),
        2 => "[ -~]{1,3}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 1..6),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn where_packets_are_cut_makes_no_difference(bytes in any_bytes(), cut in 1usize..9) {
        let whole = decoded([bytes.as_slice()]);
        prop_assert_eq!(decoded(bytes.chunks(cut)), whole);
    }

    #[test]
    fn an_interrupt_passes_at_once_outside_a_paste(bytes in any_bytes(), late: bool) {
        let mut decoder = Decoder::default();
        decoder.decode(&bytes);
        if late {
            silence(&mut decoder);
        }
        let is_paste = matches!(decoder.state, State::Paste(_));
        let events = decoder.decode(b"\x03");
        let interrupt = key(KeyCode::Char('c'), CTRL);
        prop_assert!(events.last() == Some(&interrupt) || (is_paste && !late), "{:?}", events);
    }

    #[test]
    fn a_sequence_cut_by_a_pause_never_becomes_keys((bytes, cut) in any_sequence()) {
        let (begun, rest) = bytes.split_at(cut);
        let whole = decoded([bytes.as_slice()]);
        let is_escape = begun == [ESC];
        // What is no longer than keys that are typed, and makes nothing known, are keys.
        prop_assume!(!whole.is_empty() || rest.len() > if is_escape { 2 } else { 1 });
        let escape = is_escape.then(|| key(KeyCode::Esc, NONE));
        let expected: Vec<_> = escape.into_iter().chain(whole).collect();
        prop_assert_eq!(decoded_late(&[begun, rest]), expected);
    }
}
