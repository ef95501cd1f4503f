//! Archives that go beyond a limit as a whole, and bombs.

use std::io::Write as _;

use rounds::source::{ArchiveError, Exceeded, Limits};
use tar::EntryType;

use crate::desk::{Bundle, item};
use crate::make::{END, Zipped, file, gz, header, tar, zip, zst};

const MIB: usize = 1 << 20;

fn limit_of(bundle: &Bundle) -> Exceeded {
    match bundle.load().map(|loaded| loaded.report) {
        Err(ArchiveError::Limit(exceeded)) => exceeded,
        other => panic!("{other:?}"),
    }
}

/// The beginning of a tar file that goes on with so many zeros of something that is no item.
fn zeros(count: usize) -> Vec<u8> {
    let mut bytes = file("first.md", &item("First"));
    bytes.extend(header(b"zeros.bin", EntryType::Regular, count as u64).as_bytes());
    bytes.resize(bytes.len() + count, 0);
    bytes.extend(END);
    bytes
}

#[test]
fn the_bytes_that_an_archive_inflates_to_are_bounded() {
    let limits = Limits { inflated_bytes: 2 * MIB as u64, ..Limits::default() };
    let plain = zeros(3 * MIB);
    for bytes in [gz(&plain), zst(&plain), plain] {
        let exceeded = limit_of(&Bundle::of(&bytes).within(limits));
        assert_eq!((exceeded, exceeded.name()), (Exceeded::InflatedBytes(2 << 20), "limits.inflated_bytes"));
    }
    let many: Vec<_> =
        (0..30).map(|number| Zipped::file(format!("{number}.md"), &b" ".repeat(100_000))).collect();
    assert_eq!(limit_of(&Bundle::of(&zip(&many)).within(limits)), Exceeded::InflatedBytes(2 << 20));
    let enough = Limits { inflated_bytes: 4 * MIB as u64, ..limits };
    assert_eq!(Bundle::of(&zip(&many)).within(enough).load().unwrap().items.len(), 30);
}

#[test]
fn bombs_are_known_by_their_ratio() {
    let count = Limits::RATIO_ALLOWANCE as usize / MIB + 1;
    let plain = zeros(count * MIB);
    let (start, rest) = plain.split_at(plain.len() - count * MIB - END.len());
    // Compressed files may consist of several, and these are all alike.
    for compress in [gz, zst] {
        let bytes = [compress(start), compress(&rest[..MIB]).repeat(count), compress(&END)].concat();
        assert!(bytes.len() * 150 < plain.len(), "{} bytes are no bomb", bytes.len());
        let limits = Limits { ratio: 100, ..Limits::default() };
        assert_eq!(limit_of(&Bundle::of(&bytes).within(limits)), Exceeded::Ratio(100));
    }
    assert_eq!(Bundle::of(&plain).load().unwrap().paths(), ["first.md"]);
}

#[test]
fn zip_files_that_are_bombs_are_known_by_their_ratio() {
    let one = Zipped::file("0.md", &b" ".repeat(MIB));
    let count = Limits::RATIO_ALLOWANCE / MIB as u64 + 1;
    let named = |number| Zipped { path: format!("{number}.md").into_bytes(), ..one.clone() };
    let entries: Vec<_> = (0..count).map(named).collect();
    assert_eq!(limit_of(&Bundle::of(&zip(&entries))), Exceeded::Ratio(200));
    assert_eq!(Bundle::of(&zip(&entries[1..])).load().unwrap().items.len() as u64, count - 1);
}

#[test]
fn what_is_small_may_have_any_ratio() {
    let bytes = gz(&tar(&[file("a.md", &vec![b' '; MIB])]));
    assert!(bytes.len() * 200 < MIB);
    assert_eq!(Bundle::of(&bytes).load().unwrap().paths(), ["a.md"]);
}

#[test]
fn the_entries_of_an_archive_are_bounded_whatever_they_are() {
    let limits = Limits { entries: 1000, ratio: 10_000, ..Limits::default() };
    for path in ["a.md", "a.png", ".a", "folder/", "../a"] {
        let entries = tar(&vec![file(path, b""); 1001]);
        for bytes in [gz(&entries), entries] {
            assert_eq!(limit_of(&Bundle::of(&bytes).within(limits)), Exceeded::Entries(1000), "{path}");
        }
        let entries = zip(&vec![Zipped::file(path, b""); 1001]);
        assert_eq!(limit_of(&Bundle::of(&entries).within(limits)), Exceeded::Entries(1000), "{path}");
    }
    let enough: Vec<_> = (0..1000).map(|number| file(format!("{number}.md"), b"")).collect();
    assert_eq!(Bundle::of(&tar(&enough)).within(limits).load().unwrap().items.len(), 1000);
}

/// A bundle as zstd makes it of a pipe, with a window of so many powers of two.
fn with_window(log: u32) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(log).unwrap();
    encoder.write_all(&tar(&[file("a.md", b"Text.")])).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_would_take_too_much_memory_to_undo_is_named_with_its_limit_and_what_to_do() {
    let xz = include_bytes!("one.tar.xz");
    let cases =
        [(with_window(28), 128 << 20, "134.2 MB", "--long=27"), (xz.to_vec(), 32 << 20, "33.5 MB", "xz -9")];
    for (bytes, window_bytes, size, advice) in cases {
        let complaint = Bundle::of(&bytes).within(Limits { window_bytes, ..Limits::default() }).complaint();
        for part in [size, advice, "raise limits.window_bytes in config.toml"] {
            assert!(complaint.contains(part), "{part}: {complaint}");
        }
        assert_eq!(complaint.contains("--long"), advice.contains("--long"), "{complaint}");
        let enough = Limits { window_bytes: 512 << 20, ..Limits::default() };
        assert_eq!(Bundle::of(&bytes).within(enough).load().unwrap().items.len(), 1);
    }
    // Those of zstd --long and -22 from a pipe.
    assert_eq!(Bundle::of(&with_window(27)).load().unwrap().paths(), ["a.md"]);
}

#[test]
fn a_size_that_is_claimed_takes_no_memory() {
    for size in [1 << 20, 1 << 40, u64::MAX] {
        for kind in [
            EntryType::Regular,
            EntryType::GNULongName,
            EntryType::XHeader,
            EntryType::Symlink,
            EntryType::GNUSparse,
        ] {
            let bytes = [header(b"a.md", kind, size).as_bytes().to_vec(), vec![b'x'; 4096]].concat();
            let complaint = Bundle::of(&bytes).complaint();
            assert!(complaint.contains("cut off") || complaint.contains("damaged"), "{kind:?}: {complaint}");
        }
    }
}
