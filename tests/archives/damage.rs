//! Archives that are cut off, altered or lie: told as such, and never a panic, a hang or half a bundle.

use fastrand::Rng;

use rounds::source::ArchiveError;

use crate::desk::{Bundle, item};
use crate::make::{Zipped, file, gz, tar, zip, zst};

const XZ: &[u8] = include_bytes!("one.tar.xz");

/// Sound archives of every kind.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let names = ["One", "Two", "Three"];
    let in_tar: Vec<_> = names.iter().map(|name| file(format!("news/{name}.md"), &item(name))).collect();
    let in_zip: Vec<_> =
        names.iter().map(|name| Zipped::file(format!("news/{name}.md"), &item(name))).collect();
    let plain = tar(&in_tar);
    vec![("gz", gz(&plain)), ("zst", zst(&plain)), ("xz", XZ.to_vec()), ("zip", zip(&in_zip)), ("tar", plain)]
}

#[test]
fn an_archive_that_is_cut_off_anywhere_is_never_taken_for_a_whole_one() {
    for (kind, bytes) in sound() {
        let step = bytes.len() / 60 + 1;
        // Of the two blocks of zeros at the end of a tar file, one is enough.
        let end = if kind == "tar" { bytes.len() - 512 } else { bytes.len() };
        for length in (0..end).step_by(step).chain([end - 1]) {
            let complaint = Bundle::of(&bytes[..length]).complaint();
            let expected = ["cut off", "is empty", "not an archive", "damaged"];
            assert!(expected.iter().any(|words| complaint.contains(words)), "{kind} {length}: {complaint}");
        }
    }
}

#[test]
fn a_cut_is_called_a_cut() {
    for (kind, bytes) in sound() {
        let length = bytes.len() * 2 / 3;
        let loaded = Bundle::of(&bytes[..length]).load().map(|loaded| loaded.report);
        assert!(matches!(loaded, Err(ArchiveError::CutOff)), "{kind}: {loaded:?}");
    }
}

#[test]
fn bytes_that_were_altered_are_found_by_their_checksums() {
    for (kind, bytes) in sound() {
        let whole = Bundle::of(&bytes).load().unwrap();
        let mut random = Rng::with_seed(7);
        for _ in 0..100 {
            let mut altered = bytes.clone();
            let at = random.usize(..bytes.len());
            altered[at] ^= 1 << random.u8(..8);
            match Bundle::of(&altered).load() {
                // Only the compressed kinds have a sum over everything; there, what does not matter may differ.
                Ok(loaded) if matches!(kind, "gz" | "zst" | "xz") => {
                    assert_eq!(loaded.items, whole.items, "{kind} {at}");
                    assert_eq!(loaded.report, whole.report, "{kind} {at}");
                }
                Ok(_) => {}
                Err(error) => {
                    assert!(!error.to_string().contains("reading it failed"), "{kind} {at}: {error}");
                }
            }
        }
    }
}

#[test]
fn no_bytes_make_the_reading_panic_or_hang() {
    let mut random = Rng::with_seed(11);
    for (kind, bytes) in sound() {
        for round in 0..100 {
            let mut altered = bytes.clone();
            for _ in 0..random.usize(1..20) {
                let at = random.usize(..altered.len());
                match random.u8(..5) {
                    0 => altered[at] = random.u8(..),
                    1 => altered[at] = *random.choice(&[0, 1, 0x7f, 0x80, 0xff]).unwrap(),
                    2 => altered.truncate(at + 1),
                    3 => altered
                        .splice(at..at, bytes[random.usize(..bytes.len())..].iter().take(50).copied())
                        .for_each(drop),
                    _ => drop(altered.drain(at..altered.len().min(at + random.usize(1..40)))),
                }
                if altered.is_empty() {
                    break;
                }
            }
            if let Err(error) = Bundle::of(&altered).load() {
                assert!(!error.to_string().contains("reading it failed"), "{kind} {round}: {error}");
            }
        }
    }
}

#[test]
fn compressed_bytes_that_were_altered_below_their_checksum_are_still_no_danger() {
    // Tar files as an attacker would make them: what is inside is altered before it is compressed.
    let mut random = Rng::with_seed(13);
    let plain = sound().pop().unwrap().1;
    for round in 0..100 {
        let mut altered = plain.clone();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..altered.len());
            altered[at] = random.u8(..);
        }
        for header in [0, 1024, 2048] {
            let mut fixed = tar::Header::from_byte_slice(&altered[header..header + 512]).clone();
            fixed.set_cksum();
            altered[header..header + 512].copy_from_slice(fixed.as_bytes());
        }
        if let Err(error) = Bundle::of(&gz(&altered)).load() {
            assert!(!error.to_string().contains("reading it failed"), "{round}: {error}");
        }
    }
}

#[test]
fn zip_files_that_lie_about_an_entry_are_damaged() {
    let honest = Zipped::file("a.md", &item("One"));
    let cases = [
        ("too small", Zipped { size: honest.size - 1, ..honest.clone() }),
        ("too large", Zipped { size: honest.size + 1, ..honest.clone() }),
        ("another sum", Zipped { crc: honest.crc ^ 1, ..honest.clone() }),
        ("nothing deflated", Zipped { data: vec![0xff; 30], ..honest.clone() }),
        ("nowhere", Zipped { place: Some(1_000_000), ..honest.clone() }),
        ("in the middle", Zipped { place: Some(7), ..honest.clone() }),
    ];
    for (name, entry) in cases {
        let complaint = Bundle::of(&zip(&[entry])).complaint();
        assert!(complaint.contains("damaged") || complaint.contains("cut off"), "{name}: {complaint}");
    }
}

#[test]
fn zip_files_whose_entries_overlap_are_damaged() {
    let kernel = Zipped::file("0.md", &b" ".repeat(100_000));
    let mut entries = vec![kernel.clone()];
    entries.extend((1..50).map(|number| Zipped {
        path: format!("{number}.md").into_bytes(),
        place: Some(0),
        ..kernel.clone()
    }));
    let complaint = Bundle::of(&zip(&entries)).complaint();
    assert!(complaint.contains("overlap"), "{complaint}");
}

#[test]
fn zip_directories_that_miscount_are_damaged() {
    let mut bytes = zip(&[Zipped::file("a.md", b"x"), Zipped::file("b.md", b"x")]);
    let count = bytes.len() - 12;
    for said in [1_u16, 3, 60_000] {
        bytes[count..count + 2].copy_from_slice(&said.to_le_bytes());
        bytes[count - 2..count].copy_from_slice(&said.to_le_bytes());
        assert!(Bundle::of(&bytes).load().is_err(), "{said}");
    }
}

#[test]
fn compressed_files_without_a_tar_file_say_so() {
    for bytes in [gz(b"<!DOCTYPE html>"), gz(b""), zst(&[1; 2000]), gz(&gz(&tar(&[])))] {
        let complaint = Bundle::of(&bytes).complaint();
        assert!(complaint.contains("no tar file in it"), "{complaint}");
    }
}

#[test]
fn what_stands_after_a_compressed_file_is_not_overlooked() {
    let plain = tar(&[file("a.md", b"Text.")]);
    for bytes in [gz(&plain), zst(&plain), XZ.to_vec()] {
        let complaint = Bundle::of(&[bytes, b"more".to_vec()].concat()).complaint();
        assert!(complaint.contains("damaged") || complaint.contains("cut off"), "{complaint}");
    }
}

#[test]
fn zeros_behind_a_zip_file_are_padding_however_many_there_are() {
    let plain = zip(&[Zipped::file("one.md", &item("One"))]);
    for zeros in [1, 70_000, 3 << 20] {
        let padded = [plain.clone(), vec![0; zeros]].concat();
        assert_eq!(Bundle::of(&padded).load().unwrap().items.len(), 1, "{zeros}");
    }
}

#[test]
fn a_part_of_an_archive_is_called_one() {
    let mut continued = file("one.md", &item("One"));
    continued[156] = b'M';
    let mut header = tar_header(&continued);
    header.set_cksum();
    continued[..512].copy_from_slice(header.as_bytes());
    let complaint = Bundle::of(&tar(&[continued])).complaint();
    assert!(complaint.contains("one part of an archive"), "{complaint}");

    // The last part of a split zip file: no first entry, and an end that counts more than one disk.
    for comment in [&b""[..], b"Ward news PK\x05\x06 of 2026"] {
        let length = u16::try_from(comment.len()).unwrap().to_le_bytes();
        let end = [&b"PK\x05\x06\x02\0\x01\0\x01\0\x01\0\x30\0\0\0\x40\0\0\0"[..], &length, comment].concat();
        let complaint = Bundle::of(&[vec![7; 300], end].concat()).complaint();
        assert!(complaint.contains("one part of an archive"), "{complaint}");
    }
}

fn tar_header(bytes: &[u8]) -> tar::Header {
    tar::Header::from_byte_slice(bytes[..512].try_into().unwrap()).clone()
}
