//! Signing bundles with a key of minisign (<https://jedisct1.github.io/minisign/>).

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use minisign::{SecretKey, SecretKeyBox};

use crate::item::SafeText;
use crate::source::error::reason;

/// The first bytes of a key, in base 64, that is not protected by a password, and of one that is.
const PLAIN: &str = "RWQAAEIy";
const PROTECTED: &str = "RWRTY0Iy";

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
        "{}: this is no secret key of minisign. To make one: minisign -G -s news.key -p news.pub",
        shown(path)
    )]
    NoKey {
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
        let key = if line.starts_with(PLAIN) {
            SecretKeyBox::from(text).into_unencrypted_secret_key().map_err(|_| no_key())?
        } else if line.starts_with(PROTECTED) {
            let password =
                password().map_err(|error| KeyError::NoPassword { path: path.to_owned(), error })?;
            SecretKeyBox::from(text)
                .into_secret_key(Some(password))
                .map_err(|_| KeyError::WrongPassword { path: path.to_owned() })?
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

fn shown(path: &Path) -> SafeText {
    SafeText::new(&path.to_string_lossy())
}
