//! Signatures of bundles, as minisign makes them (<https://jedisct1.github.io/minisign/>).

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use minisign_verify as minisign;

use super::error::reason;

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
        "this is no public key of minisign, which is a line of 56 letters and digits that begins with RW. \
         Ask whoever makes the bundle for theirs"
    )]
    Key,
    /// The signature is none.
    #[error(
        "the signature cannot be read as one of minisign. Get it again; if that does not help, tell whoever made it"
    )]
    Form,
    /// The signature was made with another key.
    #[error(
        "the signature was made with another key than the one that is expected. Do not use this bundle until whoever \
         makes it has told you their new key"
    )]
    OtherKey,
    /// The bundle is not the one that was signed.
    #[error(
        "the signature does not fit the bundle: one of the two was changed. Get both again; if that does not help, do \
         not use this bundle, and tell whoever made it"
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
    /// When it is no public key.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let key = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        let parsed = minisign::PublicKey::from_base64(key).map_err(|_| SignatureError::Key)?;
        Ok(Self { key: parsed, line: key.to_owned() })
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
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_SIGNATURE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Makes sure that what is read is what was signed with the key. Nothing of it is kept in memory.
///
/// # Errors
///
/// When the signature cannot be read, was made with another key, or does not fit. Signatures of the kind that minisign
/// made before 2015 are not read.
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
    minisign::Signature::decode(signature).map_err(|error| named(&error))
}

fn named(error: &minisign::Error) -> SignatureError {
    match error {
        minisign::Error::UnexpectedKeyId => SignatureError::OtherKey,
        minisign::Error::InvalidSignature => SignatureError::Wrong,
        _ => SignatureError::Form,
    }
}
