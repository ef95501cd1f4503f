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
fn what_stands_in_the_place_of_a_public_key_is_called_by_its_name() {
    let (folder, public) = desk();
    let secret = fs::read_to_string(folder.path().join("news.key")).unwrap();
    let secret_line = secret.lines().nth(1).unwrap();
    let of_signify = format!("untrusted comment: signify public key\n{public}\n");
    let cases = [
        ("news.pub", "path of a file"),
        ("keys/news", "path of a file"),
        ("~/news", "path of a file"),
        ("C:\\keys\\news", "path of a file"),
        (secret.as_str(), "secret key"),
        (secret_line, "secret key"),
        ("RWRCSwAAACqaIZ0ZEQ9Jh4LQ+xUyNNbmkXkCzVEtuYmF2wYpXqRZpbQ5nHcbV0QJ8dn1", "secret key"),
        (&of_signify, "signify"),
        ("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO", "not a public key of minisign"),
    ];
    for (text, expected) in cases {
        let reason = PublicKey::parse(text).unwrap_err().to_string();
        assert!(
            reason.contains(expected) && reason.contains(". ") | reason.contains(": "),
            "{text}: {reason}"
        );
    }
}

/// A signature as other programs make them: with the algorithm `Ed`, which signs the bytes and not their digest.
fn in_the_old_way(signature: &str) -> String {
    let line = signature.lines().nth(1).unwrap();
    signature.replace(line, &line.replacen("RU", "RW", 1))
}

#[test]
fn signatures_of_other_kinds_say_of_which_kind_they_are() {
    let (folder, public) = desk();
    let key = SigningKey::read(&folder.path().join("news.key"), nobody).unwrap();
    let old = in_the_old_way(&key.sign(&b"bytes"[..], "news").unwrap());
    let of_signify = old.lines().take(2).collect::<Vec<_>>().join("\n");
    let refused = verify(&public, &b"bytes"[..], &old).unwrap_err();
    assert!(
        matches!(refused, SignatureError::Legacy) && refused.to_string().contains("without the option -l")
    );
    for text in [of_signify.clone(), format!("{of_signify}\n"), format!("{of_signify}\r\n\r\n")] {
        let refused = verify(&public, &b"bytes"[..], &text).unwrap_err();
        assert!(matches!(refused, SignatureError::SignifySignature), "{text}: {refused}");
    }
    let (_, other) = desk();
    assert!(matches!(verify(&other, &b"bytes"[..], &old), Err(SignatureError::OtherKey)));
}

/// The file of a secret key, with its bytes changed.
fn key_file(file: &str, change: impl Fn(&mut Vec<u8>)) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let line = file.lines().nth(1).unwrap();
    let mut bytes = STANDARD.decode(line).unwrap();
    change(&mut bytes);
    file.replace(line, &STANDARD.encode(bytes))
}

#[test]
fn a_key_without_a_password_signs_whoever_made_it_and_a_damaged_one_does_not() {
    const CHECKSUM: usize = 158 - 32;
    let (folder, public) = desk();
    let path = folder.path().join("news.key");
    let with_checksum = fs::read_to_string(&path).unwrap();
    // So does minisign write it.
    let without = key_file(&with_checksum, |bytes| bytes[CHECKSUM..].fill(0));
    for text in [&with_checksum, &without, &without.replace('\n', "\r\n"), without.trim_end()] {
        fs::write(&path, text).unwrap();
        let signature = SigningKey::read(&path, nobody).unwrap().sign(&b"bytes"[..], "news").unwrap();
        verify(&public, &b"bytes"[..], &signature).unwrap();
    }
    for file in [&with_checksum, &without] {
        // In the secret half, in the public half, and in the checksum.
        for at in [62, 100, CHECKSUM] {
            fs::write(&path, key_file(file, |bytes| bytes[at] ^= 4)).unwrap();
            assert!(matches!(SigningKey::read(&path, nobody), Err(KeyError::NoKey { .. })), "byte {at}");
        }
        fs::write(&path, key_file(file, |bytes| bytes.truncate(150))).unwrap();
        assert!(matches!(SigningKey::read(&path, nobody), Err(KeyError::NoKey { .. })));
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
    for text in ["", "one line", "untrusted comment: x\nRWQAAEIyAAAA\n"] {
        fs::write(&path, text).unwrap();
        assert!(matches!(read(), KeyError::NoKey { .. }), "{text}");
    }
    let line = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    fs::write(&path, format!("untrusted comment: minisign public key\n{line}\n")).unwrap();
    assert!(matches!(read(), KeyError::PublicKey { .. }));
    fs::write(&path, "untrusted comment: signify secret key\nRWRCSwAAACqaIZ0ZEQ9Jh4LQ\n").unwrap();
    assert!(matches!(read(), KeyError::Signify { .. }));
}
