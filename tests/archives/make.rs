//! Making archives byte by byte, so that everything in them can be wrong.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use tar::{EntryType, Header};

/// The end of a tar file.
pub const END: [u8; 1024] = [0; 1024];

/// A header of a tar file with a sum that is right.
pub fn header(path: &[u8], kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

/// An entry of a tar file.
pub fn entry(path: impl AsRef<[u8]>, kind: EntryType, bytes: &[u8]) -> Vec<u8> {
    let mut entry = header(path.as_ref(), kind, bytes.len() as u64).as_bytes().to_vec();
    entry.extend_from_slice(bytes);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

/// A plain file in a tar file.
pub fn file(path: impl AsRef<[u8]>, bytes: &[u8]) -> Vec<u8> {
    entry(path, EntryType::Regular, bytes)
}

/// A hard link in a tar file.
pub fn hard_link(path: &str, target: &str) -> Vec<u8> {
    let mut header = header(path.as_bytes(), EntryType::Link, 0);
    header.set_link_name(target).unwrap();
    header.set_cksum();
    header.as_bytes().to_vec()
}

/// What the pax format says about the next entry.
pub fn pax(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = [b" ", key.as_bytes(), b"=", value, b"\n"].concat();
    let length =
        (rest.len()..rest.len() + 9).find(|length| length.to_string().len() + rest.len() == *length).unwrap();
    entry("PaxHeaders/x", EntryType::XHeader, &[length.to_string().as_bytes(), &rest].concat())
}

/// A whole tar file.
pub fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    [entries.concat(), END.to_vec()].concat()
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zst(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An entry of a zip file, as its headers have it.
#[derive(Clone)]
pub struct Zipped {
    pub path: Vec<u8>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    /// How large it says that it is.
    pub size: u32,
    pub mode: u32,
    /// On what kind of system it was made.
    pub host: u8,
    /// What stands in the field for a path in UTF-8; nothing when there is none.
    pub unicode_path: Vec<u8>,
    /// Where the directory says that it is, if not where it is.
    pub place: Option<u32>,
}

impl Zipped {
    /// A file that is what it says.
    pub fn file(path: impl AsRef<[u8]>, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        Self {
            path: path.as_ref().to_vec(),
            data: encoder.finish().unwrap(),
            method: 8,
            flags: 0,
            crc: rawzip::crc32(bytes),
            size: bytes.len() as u32,
            mode: 0o100_644,
            host: 3,
            unicode_path: Vec::new(),
            place: None,
        }
    }

    /// What the directory says beside that.
    fn extra(&self) -> Vec<u8> {
        if self.unicode_path.is_empty() {
            return Vec::new();
        }
        let length = self.unicode_path.len() as u16;
        [&0x7075_u16.to_le_bytes()[..], &length.to_le_bytes(), &self.unicode_path].concat()
    }

    /// The fields that the local header and the directory share, where so many bytes follow the path.
    fn fields(&self, extra: usize) -> Vec<u8> {
        let mut fields = Vec::new();
        for number in [self.flags, self.method, 0, 0x21] {
            fields.extend(number.to_le_bytes());
        }
        for number in [self.crc, self.data.len() as u32, self.size] {
            fields.extend(number.to_le_bytes());
        }
        fields.extend((self.path.len() as u16).to_le_bytes());
        fields.extend((extra as u16).to_le_bytes());
        fields
    }
}

/// A whole zip file.
pub fn zip(entries: &[Zipped]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let place = entry.place.unwrap_or(bytes.len() as u32);
        bytes.extend(b"PK\x03\x04\x14\0");
        bytes.extend(entry.fields(0));
        bytes.extend(&entry.path);
        bytes.extend(&entry.data);
        directory.extend([b'P', b'K', 1, 2, 20, entry.host, 20, 0]);
        let extra = entry.extra();
        directory.extend(entry.fields(extra.len()));
        directory.extend([0; 6]);
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(place.to_le_bytes());
        directory.extend(&entry.path);
        directory.extend(extra);
    }
    let place = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        bytes.extend((entries.len() as u16).to_le_bytes());
    }
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(place.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}
