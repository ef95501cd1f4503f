//! Archives that must be signed, or that stand for a bundle from elsewhere, before and while they are read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use minisign::KeyPair;
use rounds::item::SafeText;
use rounds::source::pack::SigningKey;
use rounds::source::signature::{PublicKey, SignatureError, signature_path};
use rounds::source::{ArchiveError, Limits, Location, Source, SourceError, inspect};
use tempfile::TempDir;

use crate::desk::{item, load};
use crate::make::{Zipped, file, gz, tar, zip};

const ADDRESS: &str = "https://news.example.org/health.zip";

/// Somebody who publishes bundles.
struct Publisher {
    folder: TempDir,
    key: SigningKey,
    public: PublicKey,
}

impl Publisher {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().unwrap();
        let path = folder.path().join("news.key");
        fs::write(&path, sk.to_box(None).unwrap().to_bytes()).unwrap();
        let key = SigningKey::read(&path, || Err(io::Error::other("nobody is there"))).unwrap();
        Self { folder, key, public: PublicKey::parse(&pk.to_box().unwrap().to_string()).unwrap() }
    }

    fn bundle(&self) -> PathBuf {
        self.folder.path().join("news.zip")
    }

    fn publish(&self, bytes: &[u8]) {
        fs::write(self.bundle(), bytes).unwrap();
    }

    fn sign(&self, bytes: &[u8]) {
        fs::write(signature_path(&self.bundle()), self.key.sign(bytes, "news.zip").unwrap()).unwrap();
    }

    /// The bundle, believed only if this key has signed it.
    fn open(&self, key: &PublicKey) -> Source {
        let source = Source::open(&Location::Archive(self.bundle())).unwrap();
        source.signed_by(key.clone()).unwrap()
    }

    /// Why the bundle is not read, in one line that names it; and nothing of it is handed over in any other way.
    fn refused(&self, key: &PublicKey) -> ArchiveError {
        let source = self.open(key);
        for text in [source.text("a.md"), source.read("a.md").body.repaired.unwrap_or_default()] {
            assert!(!text.contains("Text of"), "{text}");
        }
        let mut batches = 0;
        let error = source.load(&mut |batch| {
            batches += batch.items.len();
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(batches, 0);
        let error = error.unwrap_err();
        let line = error.to_string();
        assert!(line.contains("news.zip: ") && !line.contains('\n') && line.contains(". "), "{line}");
        match error {
            SourceError::Archive { error, .. } => error,
            other => panic!("{other}"),
        }
    }
}

fn bundle(titles: &[&str]) -> Vec<u8> {
    zip(&titles.iter().map(|title| Zipped::file(format!("{title}.md"), &item(title))).collect::<Vec<_>>())
}

fn copy(path: &Path) -> Source {
    Source::of_copy(path, ADDRESS.to_owned(), SafeText::new("Health"), Limits::default())
}

#[test]
fn a_signed_bundle_is_read_when_its_signature_lies_beside_it_and_fits() {
    let publisher = Publisher::new();
    let bytes = bundle(&["a", "b"]);
    publisher.publish(&bytes);
    publisher.sign(&bytes);
    let source = publisher.open(&publisher.public);
    assert_eq!(load(&source).unwrap().paths(), ["a.md", "b.md"]);
    assert!(source.text("a.md").contains("Text of a"));
}

#[test]
fn nothing_of_a_bundle_is_taken_that_is_not_signed_or_by_another_or_was_changed() {
    let publisher = Publisher::new();
    let bytes = bundle(&["a", "b"]);
    publisher.publish(&bytes);
    let unsigned = publisher.refused(&publisher.public);
    assert!(matches!(unsigned, ArchiveError::Unsigned(_)), "{unsigned}");
    assert!(unsigned.to_string().contains("news.zip.minisig"), "{unsigned}");
    fs::write(signature_path(&publisher.bundle()), "<!DOCTYPE html>").unwrap();
    let form = publisher.refused(&publisher.public);
    assert!(matches!(form, ArchiveError::Signature(SignatureError::Form)), "{form}");
    publisher.sign(&bytes);
    let other = publisher.refused(&Publisher::new().public);
    assert!(matches!(other, ArchiveError::Signature(SignatureError::OtherKey)), "{other}");
    publisher.publish(&bundle(&["a", "c"]));
    let wrong = publisher.refused(&publisher.public);
    assert!(matches!(wrong, ArchiveError::Signature(SignatureError::Wrong)), "{wrong}");
}

#[test]
fn a_folder_cannot_be_signed_and_is_not_taken_for_a_signed_source() {
    let publisher = Publisher::new();
    let folder = Location::Directory(publisher.folder.path().to_owned());
    let error = Source::open(&folder).unwrap().signed_by(publisher.public.clone()).unwrap_err();
    assert!(error.to_string().contains("only an archive of items can be signed"), "{error}");
}

#[test]
fn keys_are_told_apart_by_their_lines() {
    let (one, other) = (Publisher::new().public, Publisher::new().public);
    assert_ne!(one.to_string(), other.to_string());
    let again = PublicKey::parse(&format!("untrusted comment: ours\n{one}\n")).unwrap();
    assert_eq!(again.to_string(), one.to_string());
}

#[test]
fn a_copy_is_called_by_its_name_and_address_and_never_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle-0");
    fs::write(&path, bundle(&["a"])).unwrap();
    let source = copy(&path);
    assert_eq!((source.label().as_str(), source.location().as_str()), ("Health", ADDRESS));
    assert_eq!(load(&source).unwrap().paths(), ["a.md"]);
    let wrong: [&[u8]; 3] = [b"", b"<!DOCTYPE html>", &gz(&tar(&[file("a.md", b"a")]))[..20]];
    for bytes in wrong {
        fs::write(&path, bytes).unwrap();
        let line = load(&source).err().unwrap().to_string();
        assert!(line.starts_with(&format!("{ADDRESS}: it is ")) && !line.contains("bundle-0"), "{line}");
    }
    fs::remove_file(&path).unwrap();
    let line = load(&source).err().unwrap().to_string();
    assert_eq!(line, format!("{ADDRESS}: the copy of it on this machine has gone. Fetch it again"));
    let text = source.text("a.md");
    assert!(!text.contains("bundle-0"), "{text}");
}

#[test]
fn what_may_take_the_place_of_a_bundle_is_read_to_its_end_first() {
    let publisher = Publisher::new();
    let whole = bundle(&["a", "b"]);
    let signature = publisher.key.sign(whole.as_slice(), "news.zip").unwrap();
    let signed = Some((&publisher.public, signature.as_str()));
    let look = |bytes: &[u8], limits, signature| {
        publisher.publish(bytes);
        inspect(&publisher.bundle(), limits, signature)
    };
    assert_eq!(look(&whole, Limits::default(), None).unwrap().items, 2);
    assert_eq!(look(&whole, Limits::default(), signed).unwrap().items, 2);
    let few = Limits { entries: 1, ..Limits::default() };
    let none = zip(&[Zipped::file("a.png", b"no item")]);
    let unread = zip(&[Zipped { method: 12, ..Zipped::file("a.md", b"x") }]);
    let cases: [(&[u8], Limits, Option<_>, &str); 6] = [
        (&unread, Limits::default(), None, "no item in it could be read. a.md: It is compressed with"),
        (&whole, few, None, "raise limits.entries in config.toml (see rounds sources --help)"),
        (&whole[..whole.len() - 5], Limits::default(), None, "cut off"),
        (&bundle(&["a", "c"]), Limits::default(), signed, "signature does not fit"),
        (&none, Limits::default(), None, "there are no items in it"),
        (b"<!DOCTYPE html>", Limits::default(), signed, "web page"),
    ];
    for (bytes, limits, signature, expected) in cases {
        let line = look(bytes, limits, signature).unwrap_err().to_string();
        assert!(line.contains(expected) && line.contains(". ") && !line.contains('\n'), "{line}");
    }
}
