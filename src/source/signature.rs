//! Signatures of bundles, as minisign makes them (<https://jedisct1.github.io/minisign/>).

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use minisign_verify as minisign;

use super::error::reason;

/// How secret keys begin, in base 64: one of minisign that is not protected by a password, one that is, and one of signify.
pub(super) const SECRET_KEYS: [&str; 3] = [PLAIN_KEY, PROTECTED_KEY, SIGNIFY_KEY];
pub(super) const PLAIN_KEY: &str = "RWQAAEIy";
pub(super) const PROTECTED_KEY: &str = "RWRTY0Iy";
pub(super) const SIGNIFY_KEY: &str = "RWRCSw";

/// The most bytes of a signature that are looked at. A signature has about 300.
pub const LARGEST_SIGNATURE: usize = 4096;

/// A public key of minisign: whose signatures are believed. It is displayed as its line, by which keys are told apart.
#[derive(Debug, Clone)]
pub struct PublicKey {
    key: minisign::PublicKey,
    line: String,
}

/// Why a bundle is not believed to come from whoever should have signed it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The public key is none.
    #[error(
        "this is not a public key of minisign, which is a line of 56 letters and digits that begins with RW. \
         Ask the publisher of the bundle for it"
    )]
    Key,
    /// The path of a file stands where the key in it should.
    #[error(
        "this is the path of a file, and what is needed is the public key in it: the line that begins with RW, as \
         $(cat news.pub) gives it to a command"
    )]
    KeyPath,
    /// A secret key stands where the public one should.
    #[error(
        "this is a secret key, which only the signer may have. The public key is the line that begins with RW in the \
         other file, whose name usually ends in .pub"
    )]
    SecretKey,
    /// The key is that of another program.
    #[error(
        "this key was made by signify, whose signatures Rounds does not read. Ask the publisher of the bundle to sign it \
         with minisign, and for the public key of that"
    )]
    SignifyKey,
    /// The signature is none.
    #[error(
        "the signature cannot be read as one of minisign. Get it again; if that does not help, tell its publisher"
    )]
    Form,
    /// The signature is one of another program.
    #[error(
        "the signature was made by signify, which Rounds does not read. Ask the publisher of the bundle to sign it with \
         minisign"
    )]
    SignifySignature,
    /// The signature was made in the way that minisign had before 2015, which needs all of the bundle in memory.
    #[error(
        "the signature was made in the old way of minisign, which Rounds does not read. Ask the publisher of the bundle to \
         sign it without the option -l"
    )]
    Legacy,
    /// The signature was made with another key.
    #[error(
        "the signature was made with another key than the one that is expected. Do not use this bundle until its publisher \
         has told you the new key"
    )]
    OtherKey,
    /// The bundle is not the one that was signed.
    #[error(
        "the signature does not fit the bundle: one of the two was changed. Get both again; if that does not help, do \
         not use this bundle, and tell its publisher"
    )]
    Wrong,
    /// The bundle cannot be read.
    #[error("the bundle could not be read ({}). Check that you have the right to read it", reason(.0))]
    Unreadable(#[from] io::Error),
}

impl PublicKey {
    /// Reads a public key: the line that `minisign -G` prints, or all of the file that it writes.
    ///
    /// # Errors
    ///
    /// When it is no public key; the error says what it is instead, where that can be told.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let key = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        let comment = text.lines().find(|line| line.starts_with(COMMENT));
        if comment.is_some_and(|comment| comment.contains("signify")) {
            return Err(SignatureError::SignifyKey);
        }
        let parsed = minisign::PublicKey::from_base64(key).map_err(|_| instead_of_key(key))?;
        Ok(Self { key: parsed, line: key.to_owned() })
    }
}

/// How the first line begins of every file that minisign and signify write.
const COMMENT: &str = "untrusted comment: ";

/// How many characters of base 64 a public key has.
const KEY_LENGTH: usize = 56;

/// What a text is that is no public key.
fn instead_of_key(text: &str) -> SignatureError {
    let is_path = text.contains(['.', '~', '\\']) || (text.contains('/') && text.len() != KEY_LENGTH);
    if text.len() > KEY_LENGTH && SECRET_KEYS.iter().any(|start| text.starts_with(start)) {
        SignatureError::SecretKey
    } else if is_path {
        SignatureError::KeyPath
    } else {
        SignatureError::Key
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line)
    }
}

/// Where the signature of a bundle is: beside it, with `.minisig` after its name.
pub fn signature_path(bundle: &Path) -> PathBuf {
    let mut name = bundle.as_os_str().to_owned();
    name.push(".minisig");
    PathBuf::from(name)
}

/// The signature that lies beside a bundle; cut off where it is longer than any signature.
///
/// # Errors
///
/// When there is none, or it cannot be read.
pub fn read_beside(bundle: &Path) -> io::Result<String> {
    let path = signature_path(bundle);
    // To open a named pipe could wait for ever.
    if !std::fs::metadata(&path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_SIGNATURE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Makes sure that what is read is what was signed with the key. Nothing of it is kept in memory.
///
/// # Errors
///
/// When the signature cannot be read, was made with another key, or does not fit.
pub fn verify(key: &PublicKey, mut bundle: impl Read, signature: &str) -> Result<(), SignatureError> {
    let signature = decoded(signature)?;
    let mut verifier = key.key.verify_stream(&signature).map_err(|error| named(&error))?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match bundle.read(&mut buffer) {
            Ok(0) => return verifier.finalize().map_err(|error| named(&error)),
            Ok(bytes) => verifier.update(buffer.get(..bytes).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Makes sure that a text is a signature made with the key, whatever it is that was signed.
///
/// # Errors
///
/// When the text cannot be read as a signature, or was made with another key.
pub fn check_signer(key: &PublicKey, signature: &str) -> Result<(), SignatureError> {
    let signature = decoded(signature)?;
    key.key.verify_stream(&signature).map(drop).map_err(|error| named(&error))
}

/// Makes sure that a file is what was signed with the key, as [`verify`] does.
///
/// # Errors
///
/// As those of [`verify`].
pub fn verify_file(key: &PublicKey, bundle: &Path, signature: &str) -> Result<(), SignatureError> {
    verify(key, File::open(bundle)?, signature)
}

fn decoded(signature: &str) -> Result<minisign::Signature, SignatureError> {
    if signature.len() > LARGEST_SIGNATURE {
        return Err(SignatureError::Form);
    }
    if is_of_signify(signature) {
        return Err(SignatureError::SignifySignature);
    }
    minisign::Signature::decode(signature).map_err(|error| named(&error))
}

/// Whether a signature is one of signify (OpenBSD, signify(1)): the first two lines of one of minisign in the old way,
/// and nothing behind them.
fn is_of_signify(signature: &str) -> bool {
    const LENGTH: usize = 100;
    let mut lines = signature.lines();
    let is_signature = |line: &str| line.starts_with("RW") && line.len() == LENGTH;
    lines.next().is_some_and(|line| line.starts_with(COMMENT))
        && lines.next().is_some_and(is_signature)
        && lines.all(|line| line.trim().is_empty())
}

fn named(error: &minisign::Error) -> SignatureError {
    match error {
        minisign::Error::UnexpectedKeyId => SignatureError::OtherKey,
        minisign::Error::InvalidSignature => SignatureError::Wrong,
        minisign::Error::UnsupportedLegacyMode => SignatureError::Legacy,
        _ => SignatureError::Form,
    }
}
