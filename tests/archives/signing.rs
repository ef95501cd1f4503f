//! Signatures of bundles.

use std::fs;
use std::io;

use minisign::KeyPair;
use rounds::source::pack::{Contents, KeyError, PackFormat, SigningKey, pack};
use rounds::source::signature::{PublicKey, SignatureError, signature_path, verify, verify_file};
use tempfile::TempDir;

use crate::desk::item;

/// A folder with an item and a key, and the public key.
fn desk() -> (TempDir, PublicKey) {
    let folder = tempfile::tempdir().unwrap();
    let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().unwrap();
    fs::write(folder.path().join("news.key"), sk.to_box(None).unwrap().to_bytes()).unwrap();
    fs::create_dir(folder.path().join("news")).unwrap();
    fs::write(folder.path().join("news/a.md"), item("One")).unwrap();
    (folder, PublicKey::parse(&pk.to_box().unwrap().to_string()).unwrap())
}

fn nobody() -> io::Result<String> {
    Err(io::Error::other("nobody is there"))
}

#[test]
fn a_signed_bundle_is_believed_and_an_altered_one_is_not() {
    let (folder, public) = desk();
    let key = SigningKey::read(&folder.path().join("news.key"), nobody).unwrap();
    let out = folder.path().join("n\nws.tar.gz");
    let contents = Contents::of(&folder.path().join("news"), &out);
    let packed = pack(&contents, &out, PackFormat::TarGz, Some(&key)).unwrap();
    assert_eq!(packed.signature, Some(signature_path(&out)));
    let signature = fs::read_to_string(signature_path(&out)).unwrap();
    verify_file(&public, &out, &signature).unwrap();
    let mut bytes = fs::read(&out).unwrap();
    verify(&public, bytes.as_slice(), &signature).unwrap();
    bytes[20] ^= 1;
    assert!(matches!(verify(&public, bytes.as_slice(), &signature), Err(SignatureError::Wrong)));
    bytes[20] ^= 1;
    let (_, other) = desk();
    assert!(matches!(verify(&other, bytes.as_slice(), &signature), Err(SignatureError::OtherKey)));
    let renamed = signature.replace("file:n ws", "file:other");
    assert_ne!(renamed, signature);
    assert!(matches!(verify(&public, bytes.as_slice(), &renamed), Err(SignatureError::Wrong)));
}

#[test]
fn what_is_no_signature_or_key_is_refused_whatever_it_is() {
    let (folder, public) = desk();
    let key = SigningKey::read(&folder.path().join("news.key"), nobody).unwrap();
    let signature = key.sign(&b"bytes"[..], "news").unwrap();
    verify(&public, &b"bytes"[..], &signature).unwrap();
    let huge = format!("{signature}{}", "\n".repeat(10_000));
    for text in ["", "untrusted comment: x\n", "<!DOCTYPE html>\n\n\n\n", "a\nb\nc\nd\n", "ä\nä\nä\nä", &huge]
    {
        assert!(matches!(verify(&public, &b"bytes"[..], text), Err(SignatureError::Form)), "{text:.40}");
    }
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..500 {
        let mut bytes = signature.clone().into_bytes();
        let at = random.usize(..bytes.len());
        bytes[at] = random.u8(b' '..=b'~');
        if let Ok(text) = String::from_utf8(bytes)
            && text.lines().skip(1).ne(signature.lines().skip(1))
        {
            assert!(verify(&public, &b"bytes"[..], &text).is_err(), "{text}");
        }
    }
    for text in ["", "RWQ", "untrusted comment: x\n", "ä", &"A".repeat(1000)] {
        assert!(matches!(PublicKey::parse(text), Err(SignatureError::Key)), "{text:.40}");
    }
}

#[test]
fn keys_that_cannot_sign_say_why() {
    let (folder, _) = desk();
    let path = folder.path().join("some.key");
    let read = || SigningKey::read(&path, nobody).err().unwrap();
    assert!(matches!(read(), KeyError::Missing { .. }));
    // The first bytes of a key that is protected are enough to ask for its password.
    fs::write(&path, "untrusted comment: minisign encrypted secret key\nRWRTY0IyAAAA\n").unwrap();
    let error = read();
    assert!(matches!(error, KeyError::NoPassword { .. }));
    assert!(error.to_string().contains("nobody is there") && error.to_string().contains("MINISIGN_PASSWORD"));
    for text in [
        "",
        "one line",
        "untrusted comment: x\nRWQAAEIyAAAA\n",
        "a\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n",
    ] {
        fs::write(&path, text).unwrap();
        assert!(matches!(read(), KeyError::NoKey { .. }), "{text}");
    }
}
