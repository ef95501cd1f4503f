//! A bundle as large as one that carries its pictures: the items of the corpus, with text that hardly shrinks.

use std::fs::{self, File};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rounds::source::pack::{Contents, PackFormat, pack};
use tempfile::TempDir;

use super::chance::Chance;
use super::{FOLDER, SEED, item, write};
use crate::Outcome;

/// What distinguishes the choices for a bundle from those for the items of the corpus.
const MORE: u64 = 0x4255_4E44_4C45;
/// How many words there are besides those of the corpus: names, places, drugs, numbers.
const WORDS: u32 = 50_000;
/// How many of these an item has.
const WORDS_OF_AN_ITEM: u32 = 450;
/// How many letters the picture of an item has, in base 64.
const PICTURE: Range<u32> = 2000..3500;

/// A bundle of generated items, which goes when this is dropped.
pub struct Bundle {
    folder: TempDir,
}

impl Bundle {
    /// Packs so many items.
    pub fn of(items: u32) -> Outcome<Self> {
        let folder = TempDir::with_prefix_in("bundle-", env!("CARGO_TARGET_TMPDIR"))?;
        let files = folder.path().join("files");
        for number in 0..items.div_ceil(FOLDER) {
            fs::create_dir_all(files.join(format!("{number:03}")))?;
        }
        (0..items).into_par_iter().try_for_each(|number| write(&files, number, &large_item(number), 0))?;
        let bundle = Self { folder };
        let out = bundle.path();
        let packed = pack(&Contents::of(&files, &out), &out, PackFormat::TarZst, None)?;
        if packed.items != usize::try_from(items)? {
            return Err("not all items were packed".into());
        }
        // As one that was made long ago: what was made just now is looked into again at every start.
        File::options()
            .write(true)
            .open(&out)?
            .set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000))?;
        fs::remove_dir_all(files)?;
        Ok(bundle)
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("news.tar.zst")
    }

    /// How many bytes it has.
    pub fn size(&self) -> Outcome<u64> {
        Ok(fs::metadata(Path::new(&self.path()))?.len())
    }
}

/// The item with this number, with more text and a picture in its body.
fn large_item(number: u32) -> Vec<u8> {
    let mut chance = Chance::of(SEED ^ MORE, number);
    let mut text = String::from("\n<p>");
    for count in 0..WORDS_OF_AN_ITEM {
        if count > 0 {
            text.push(' ');
        }
        push_word(&mut text, chance.below(WORDS));
    }
    text.push_str(".</p>\n<p><img alt=\"Picture\" src=\"data:image/jpeg;base64,");
    text.extend((0..chance.between(PICTURE.start, PICTURE.end)).map(|_| char::from(chance.pick(&BASE_64))));
    text.push_str("\"></p>\n");
    [item(number), text.into_bytes()].concat()
}

const BASE_64: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes an invented word, always the same for a number.
fn push_word(text: &mut String, number: u32) {
    let mut letters = Chance::of(MORE, number);
    for _ in 0..letters.between(2, 4) {
        text.push(char::from(letters.pick(b"bcdfghklmnprstvz")));
        text.push(char::from(letters.pick(b"aeiouy")));
    }
}
