//! Brings a bundle: fetches it, verifies it, and lets it take the place of the copy.

use std::fmt;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::bundle::Bundle;
use super::{Brought, OnProgress};
use crate::item::SafeText;
use crate::remote::{
    CopyError, CopyLock, Failure, FetchError, FetchLimits, Fetched, Fetcher, NewBundle, Options, Progress,
    Refusal, Validators,
};
use crate::source::inspect;
use crate::source::signature::{LARGEST_SIGNATURE, SignatureError};

/// How long to wait before another process is asked again whether it is done.
const PAUSE: Duration = Duration::from_millis(50);
/// What the name of a signature has at its end.
const SIGNATURE: &str = ".minisig";
/// What is said of a bundle that has no signature beside it.
const UNSIGNED: &str =
    "the bundle is not signed, and it must be. Ask whoever publishes it to put the signature beside it";

/// Why nothing was brought.
enum Setback {
    Offline,
    Cancelled,
    /// The host, why, and what to do, without a full stop.
    Failed(SafeText),
}

impl From<FetchError> for Setback {
    fn from(error: FetchError) -> Self {
        if error.is_offline() {
            Self::Offline
        } else if error.is_cancelled() {
            Self::Cancelled
        } else {
            Self::Failed(SafeText::of(error))
        }
    }
}

impl Bundle {
    pub(super) fn fetch(&self, label: &SafeText, on_progress: &mut OnProgress<'_>) -> Brought {
        match self.bring(on_progress) {
            Ok(brought) => brought,
            Err(Setback::Offline) => Brought::Offline,
            Err(Setback::Cancelled) => Brought::Cancelled,
            Err(Setback::Failed(reason)) => {
                Brought::Failed(SafeText::of(format_args!("{label} at {reason}.")))
            }
        }
    }

    fn bring(&self, on_progress: &mut OnProgress<'_>) -> Result<Brought, Setback> {
        let before = self.about();
        let lock = self.lock(on_progress)?;
        let known = self.about();
        if let Some(brought) = known.as_ref().filter(|_| known != before) {
            // Another process has fetched it while this one waited.
            let is_same = before.is_some_and(|before| before.sha256 == brought.sha256);
            return Ok(if is_same { Brought::Unchanged } else { Brought::New });
        }
        let now = Timestamp::now();
        let file = lock.partial(now);
        let sound = self.copy.sound_on(self.terms());
        let validators = sound.as_ref().map(|sound| sound.validators.clone()).unwrap_or_default();
        let fetched =
            Fetcher::new(self.options.clone()).fetch(&self.address, &validators, &file, on_progress)?;
        match fetched {
            Fetched::NotModified => {
                lock.confirm(now).map_err(|error| self.refused(error))?;
                Ok(Brought::Unchanged)
            }
            Fetched::New(new) if sound.is_some_and(|sound| sound.sha256 == new.sha256) => {
                // It came once more, from a server that cannot tell, and was verified the first time.
                self.replace(&lock, &file, &new, now, &|_| Ok(()))?;
                Ok(Brought::Unchanged)
            }
            Fetched::New(new) => {
                let signature = self.signature(&lock, on_progress).inspect_err(|_| lock.discard(&file))?;
                let signature = self.key.as_ref().zip(signature.as_deref());
                self.replace(&lock, &file, &new, now, &|file| {
                    inspect(file, self.limits, signature)?;
                    Ok(())
                })?;
                Ok(Brought::New)
            }
        }
    }

    /// Takes the right to change the copy, as soon as no other process has it. One that has it and brings nothing may
    /// have been stopped by its user, and is not waited for longer than for a server.
    fn lock(&self, on_progress: &mut OnProgress<'_>) -> Result<CopyLock<'_>, Setback> {
        let (mut arrival, mut since) = (self.copy.arrival(), Instant::now());
        loop {
            match self.copy.lock() {
                Ok(lock) => return Ok(lock),
                Err(CopyError::Busy) if on_progress(Progress::default()).is_break() => {
                    return Err(Setback::Cancelled);
                }
                Err(CopyError::Busy) if since.elapsed() < self.options.limits.stall => {
                    thread::sleep(PAUSE);
                }
                Err(error) => return Err(self.refused(error)),
            }
            let now = self.copy.arrival();
            if now != arrival {
                (arrival, since) = (now, Instant::now());
            }
        }
    }

    /// Lets a bundle take the place of the copy, if it stands the test.
    fn replace(
        &self,
        lock: &CopyLock<'_>,
        file: &Path,
        new: &NewBundle,
        now: Timestamp,
        verify: &dyn Fn(&Path) -> Result<(), Refusal>,
    ) -> Result<(), Setback> {
        let replaced = lock.replace(file, self.terms(), new, now, verify);
        replaced.map(drop).map_err(|error| self.refused(error))
    }

    /// Fetches the signature, if the bundle must have one.
    fn signature(
        &self,
        lock: &CopyLock<'_>,
        on_progress: &mut OnProgress<'_>,
    ) -> Result<Option<String>, Setback> {
        if self.key.is_none() {
            return Ok(None);
        }
        let file = lock.signature();
        // One of another day is not gone on with.
        lock.discard(&file);
        // The bundle is what is shown to come; this is a moment at its end.
        let mut on_progress = |_| on_progress(Progress::default());
        let fetched = Fetcher::new(self.options_of_signature()).fetch(
            &self.address.beside(SIGNATURE),
            &Validators::default(),
            &file,
            &mut on_progress,
        );
        let text = match fetched {
            Ok(_) => fs::read_to_string(&file).map_err(|_| self.refused(SignatureError::Form)),
            Err(error) => Err(match error.failure() {
                // Object stores say 403 of what is not there, and many sites send a page.
                Failure::Status { status: 403 | 404 | 410 } | Failure::WebPage | Failure::Empty => {
                    self.refused(UNSIGNED)
                }
                Failure::WireBytes(_) | Failure::DecodedBytes(_) => self.refused(SignatureError::Form),
                _ => error.into(),
            }),
        };
        lock.discard(&file);
        text.map(Some)
    }

    fn options_of_signature(&self) -> Options {
        let most = LARGEST_SIGNATURE as u64;
        let limits = FetchLimits { wire_bytes: most, decoded_bytes: most, ..self.options.limits.clone() };
        Options { limits, ..self.options.clone() }
    }

    /// The bundle that came is not to be trusted or read.
    fn refused(&self, reason: impl fmt::Display) -> Setback {
        Setback::Failed(SafeText::of(format_args!("{}: {reason}", self.address.host())))
    }
}
