//! Signing bundles with a key of minisign (<https://jedisct1.github.io/minisign/>).

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::{SecretKey, SecretKeyBox};

use crate::item::SafeText;
use crate::source::error::reason;
use crate::source::signature::{PLAIN_KEY, PROTECTED_KEY, PublicKey, SIGNIFY_KEY, verify};

/// A secret key of minisign, ready to sign with.
pub struct SigningKey(SecretKey);

/// Why a bundle cannot be signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// There is no such file.
    #[error(
        "{}: there is no file of this name. Check the spelling; to make a key: minisign -G -s news.key -p news.pub",
        shown(path)
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The file of the key cannot be read.
    #[error(
        "{}: the key could not be read ({}). Check that you have the right to read it",
        shown(path),
        reason(error)
    )]
    Unreadable {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The file is not that of a key.
    #[error(
        "{}: this is not a secret key of minisign. To make one: minisign -G -s news.key -p news.pub",
        shown(path)
    )]
    NoKey {
        /// Where it is.
        path: PathBuf,
    },
    /// The file is that of a public key.
    #[error(
        "{}: this is a public key, and a bundle is signed with the secret one. Name the other file",
        shown(path)
    )]
    PublicKey {
        /// Where it is.
        path: PathBuf,
    },
    /// The file is that of a key of another program.
    #[error(
        "{}: this key was made by signify, and Rounds signs with keys of minisign. To make one: minisign -G -s news.key \
         -p news.pub",
        shown(path)
    )]
    Signify {
        /// Where it is.
        path: PathBuf,
    },
    /// The key is protected, and there is no password.
    #[error(
        "{}: this key needs a password ({}). Run this in a terminal, set MINISIGN_PASSWORD, or use a key without one, \
         made by minisign -G -W",
        shown(path),
        reason(error)
    )]
    NoPassword {
        /// Where the key is.
        path: PathBuf,
        /// Why nobody could be asked.
        #[source]
        error: io::Error,
    },
    /// The password is wrong.
    #[error("{}: the password is wrong. Try again", shown(path))]
    WrongPassword {
        /// Where the key is.
        path: PathBuf,
    },
    /// The bundle could not be signed, for a reason that should not occur.
    #[error("the bundle could not be signed ({0}). Please report this to the makers of Rounds")]
    Failed(SafeText),
}

impl SigningKey {
    /// Reads a secret key from its file. `password` is asked for the password of a key that has one. To undo the
    /// protection may take a second and a gigabyte of memory, as whoever made the key wanted it.
    ///
    /// # Errors
    ///
    /// When the file holds no key, or its password is wrong or not to be had.
    pub fn read(path: &Path, password: impl FnOnce() -> io::Result<String>) -> Result<Self, KeyError> {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => KeyError::Missing { path: path.to_owned() },
            _ => KeyError::Unreadable { path: path.to_owned(), error },
        };
        let no_key = || KeyError::NoKey { path: path.to_owned() };
        let mut text = String::new();
        fs::File::open(path).map_err(unreadable)?.take(4096).read_to_string(&mut text).map_err(unreadable)?;
        let line = text.lines().nth(1).ok_or_else(no_key)?;
        let key = if line.starts_with(PLAIN_KEY) {
            plain_key(text).ok_or_else(no_key)?
        } else if line.starts_with(PROTECTED_KEY) {
            let password =
                password().map_err(|error| KeyError::NoPassword { path: path.to_owned(), error })?;
            SecretKeyBox::from(text)
                .into_secret_key(Some(password))
                .map_err(|_| KeyError::WrongPassword { path: path.to_owned() })?
        } else if line.starts_with(SIGNIFY_KEY) {
            return Err(KeyError::Signify { path: path.to_owned() });
        } else if PublicKey::parse(line).is_ok() {
            return Err(KeyError::PublicKey { path: path.to_owned() });
        } else {
            return Err(no_key());
        };
        Ok(Self(key))
    }

    /// The signature of a bundle that will be called `name`, as the file that lies beside it.
    ///
    /// # Errors
    ///
    /// When the bundle cannot be read.
    pub fn sign(&self, bundle: impl Read, name: &str) -> Result<String, KeyError> {
        // The comment is signed too, and must stay on its line.
        let comment = format!("file:{}", SafeText::new(name));
        let signed = minisign::sign(None, &self.0, bundle, Some(&comment), Some("signed by rounds pack"));
        signed.map(minisign::SignatureBox::into_string).map_err(|error| KeyError::Failed(SafeText::of(error)))
    }
}

/// A key that is not protected by a password. minisign leaves its checksum zero; then that it is whole is seen by what it
/// signs, as a bit that was lost from either half of it does not fit the other.
fn plain_key(text: String) -> Option<SecretKey> {
    const CHECKSUM: usize = 32;
    let bytes = STANDARD.decode(text.lines().nth(1)?.trim()).ok()?;
    if bytes.last_chunk() != Some(&[0; CHECKSUM]) {
        return SecretKeyBox::from(text).into_unencrypted_secret_key().ok();
    }
    let key = SecretKey::from_bytes(&bytes).ok()?;
    let public = minisign::PublicKey::from_secret_key(&key).ok()?.to_base64();
    let signature = minisign::sign(None, &key, io::empty(), None, None).ok()?.into_string();
    verify(&PublicKey::parse(&public).ok()?, io::empty(), &signature).ok()?;
    Some(key)
}

fn shown(path: &Path) -> SafeText {
    SafeText::new(&path.to_string_lossy())
}
