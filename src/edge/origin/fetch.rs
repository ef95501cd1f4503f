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
    About, Address, CopyError, CopyLock, Failure, FetchError, FetchLimits, Fetched, Fetcher, Options,
    Progress, Refusal, Validators,
};
use crate::source::inspect;
use crate::source::signature::{LARGEST_SIGNATURE, SignatureError, check_signer, verify_file};

/// How long to wait before another process is asked again whether it is done.
const PAUSE: Duration = Duration::from_millis(50);
/// What the name of a signature has at its end.
const SIGNATURE: &str = ".minisig";
/// What is said of a bundle that has no signature beside it.
const UNSIGNED: &str =
    "the bundle is not signed, and it must be. Ask its publisher to put the signature beside it";

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
            // The reason begins with the host, which is also what a bundle is called that has no other name.
            Err(Setback::Failed(reason)) if *label == self.address.host() => {
                Brought::Failed(SafeText::of(format_args!("{reason}.")))
            }
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
        let sound = self.copy.sound_on(self.terms());
        let signature = self.signature(&lock, on_progress)?;
        if self.is_signed_by(sound.as_ref(), signature.as_deref()) {
            lock.confirm(now).map_err(|error| self.refused(error))?;
            return Ok(Brought::Unchanged);
        }
        self.bring_bundle(&lock, sound.as_ref(), signature.as_deref(), now, on_progress)
    }

    /// Whether a signature that was fetched is that of the copy. Then no other bundle can be believed yet, whatever
    /// lies at the address.
    fn is_signed_by(&self, sound: Option<&About>, signature: Option<&str>) -> bool {
        let signed = || {
            let (key, signature) = self.key.as_ref().zip(signature)?;
            verify_file(key, &self.copy.archive(sound?), signature).ok()
        };
        signed().is_some()
    }

    /// Fetches the bundle, and lets it take the place of the copy if it stands the test. One that was put together of
    /// parts and does not stand it is fetched once more from its beginning before anybody is told.
    fn bring_bundle(
        &self,
        lock: &CopyLock<'_>,
        sound: Option<&About>,
        signature: Option<&str>,
        now: Timestamp,
        on_progress: &mut OnProgress<'_>,
    ) -> Result<Brought, Setback> {
        let file = lock.partial(now);
        let validators = sound.map(|sound| sound.validators.clone()).unwrap_or_default();
        let fetcher = Fetcher::new(self.options.clone());
        let verify = |file: &Path| -> Result<(), Refusal> {
            inspect(file, self.limits, self.key.as_ref().zip(signature))?;
            Ok(())
        };
        let mut may_fetch_again = true;
        loop {
            let new = match fetcher.fetch(&self.address, &validators, &file, on_progress)? {
                Fetched::New(new) => new,
                Fetched::NotModified => {
                    lock.confirm(now).map_err(|error| self.refused(error))?;
                    return Ok(Brought::Unchanged);
                }
            };
            // What came once more, from a server that cannot tell, was verified the first time.
            let is_known = sound.is_some_and(|sound| sound.sha256 == new.sha256);
            let verify: &dyn Fn(&Path) -> Result<(), Refusal> = if is_known { &|_| Ok(()) } else { &verify };
            let brought = if is_known { Brought::Unchanged } else { Brought::New };
            match lock.replace(&file, self.terms(), &new, now, verify) {
                Err(CopyError::Refused(_)) if new.resumed && may_fetch_again => may_fetch_again = false,
                replaced => return replaced.map(|_| brought).map_err(|error| self.refused(error)),
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

    /// Fetches the signature, if the bundle must have one. It comes before the bundle, which may be large and is of no
    /// use without it.
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
        let most = LARGEST_SIGNATURE as u64;
        let limits = FetchLimits { wire_bytes: most, decoded_bytes: most, ..self.options.limits.clone() };
        let fetched = self.fetch_beside(&self.address.beside(SIGNATURE), limits, &file, on_progress);
        let text = match fetched {
            Ok(_) => fs::read_to_string(&file).map_err(|_| self.refused(SignatureError::Form)),
            Err(error) => Err(match error.failure() {
                // Object stores say 403 of what is not there, and many sites send a page.
                Failure::Status { status: 403 | 404 | 410 } | Failure::WebPage | Failure::Empty => {
                    self.unsigned(&file, on_progress)
                }
                Failure::WireBytes(_) | Failure::DecodedBytes(_) => self.refused(SignatureError::Form),
                _ => error.into(),
            }),
        };
        lock.discard(&file);
        let text = text?;
        match self.key.as_ref().map(|key| check_signer(key, &text)) {
            Some(Err(refused)) => Err(self.refused(refused)),
            _ => Ok(Some(text)),
        }
    }

    /// Why there is no signature: because there is none, or for a reason that the beginning of the bundle tells, as when
    /// a network asks for a log-in before it lets anything through.
    fn unsigned(&self, file: &Path, on_progress: &mut OnProgress<'_>) -> Setback {
        let limits = FetchLimits { decoded_bytes: 0, ..self.options.limits.clone() };
        match self.fetch_beside(&self.address, limits, file, on_progress) {
            Err(error) if !matches!(error.failure(), Failure::DecodedBytes(_)) => error.into(),
            _ => self.refused(UNSIGNED),
        }
    }

    /// Fetches something small, which takes a moment and is not shown to come.
    fn fetch_beside(
        &self,
        address: &Address,
        limits: FetchLimits,
        file: &Path,
        on_progress: &mut OnProgress<'_>,
    ) -> Result<Fetched, FetchError> {
        let fetcher = Fetcher::new(Options { limits, ..self.options.clone() });
        fetcher.fetch(address, &Validators::default(), file, &mut |_| on_progress(Progress::default()))
    }

    /// The bundle that came is not to be trusted or read.
    fn refused(&self, reason: impl fmt::Display) -> Setback {
        Setback::Failed(SafeText::of(format_args!("{}: {reason}", self.address.host())))
    }
}
