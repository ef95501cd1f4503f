//! One fetch from its first request to its last byte, with its redirects, retries and resumptions.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use ureq::http::header;

use super::address::{Address, shown_host};
use super::asking::{Answer, Asking};
use super::body::{Part, Stopped};
use super::encoding::Encoding;
use super::error::{Failure, FetchError};
use super::fetcher::{Fetched, NewBundle, Options};
use super::head::Head;
use super::partial::{Origin, Partial};
use super::progress::Progress;
use super::retry::{is_passing, pause, retry_after};
use super::validators::Validators;
use super::watch::Watch;
use super::wire::Wire;
use crate::item::SafeText;

/// A try that brought so many bytes was not in vain: the count of retries begins again.
const WORTH_IT: u64 = 64 * 1024;

/// One fetch.
pub(super) struct Download<'a> {
    options: &'a Options,
    address: &'a Address,
    known: Validators,
    partial: Partial,
    path: &'a Path,
    watch: Watch<'a>,
    /// The host that is being asked.
    host: SafeText,
}

/// What came of a request.
enum Step {
    Done(Fetched),
    /// What is there cannot be gone on with.
    StartOver,
}

/// A failure, and how long the server asks to wait.
pub(super) struct Setback {
    failure: Failure,
    asks: Option<Duration>,
}

impl From<Failure> for Setback {
    fn from(failure: Failure) -> Self {
        Self { failure, asks: None }
    }
}

impl<'a> Download<'a> {
    /// Gets ready: opens the file that the download goes to.
    pub(super) fn new(
        options: &'a Options,
        address: &'a Address,
        known: &'a Validators,
        path: &'a Path,
        on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self, FetchError> {
        let host = address.host();
        let partial = Partial::open(path, &address.to_string())
            .map_err(|error| FetchError::new(&host, &host, Failure::Disk { path: path.to_owned(), error }))?;
        let watch = Watch::new(&*options.clock, options.limits.whole, on_progress);
        Ok(Self { options, address, known: known.sendable(), partial, path, watch, host })
    }

    /// Fetches, and tries again what is worth it.
    pub(super) fn run(mut self) -> Result<Fetched, FetchError> {
        let outcome = self.try_and_retry();
        if !matches!(outcome, Ok(Fetched::New(_))) {
            let kept = outcome.as_ref().err().is_none_or(Failure::keeps_partial);
            let left = if kept { Ok(()) } else { self.partial.restart(None) };
            // What is told is the outcome. That something could not be tidied up would only hide it.
            let _ = left.and_then(|()| self.partial.leave());
        }
        outcome.map_err(|failure| FetchError::new(&self.address.host(), &self.host, failure))
    }

    fn try_and_retry(&mut self) -> Result<Fetched, Failure> {
        let mut retries: u32 = 0;
        loop {
            let before = self.partial.bytes();
            let setback = match self.attempt() {
                Ok(fetched) => return Ok(fetched),
                Err(setback) => setback,
            };
            let worth_it = self.partial.bytes() >= before.saturating_add(WORTH_IT);
            retries = if worth_it { 1 } else { retries.saturating_add(1) };
            self.pause_before(retries, setback)?;
        }
    }

    /// Waits before the next try; gives the failure back when there should be none.
    fn pause_before(&mut self, retry: u32, setback: Setback) -> Result<(), Failure> {
        let limits = &self.options.limits;
        let Setback { failure, asks } = setback;
        if !is_passing(&failure) {
            return Err(failure);
        }
        if let Some(asks) = asks.filter(|asks| *asks > limits.retry_after) {
            return Err(Failure::Busy(asks));
        }
        let wait = pause(retry, fastrand::f64()).max(asks.unwrap_or_default());
        if retry > limits.retries || !self.watch.has_time_for(wait) {
            return Err(failure);
        }
        self.watch.retry(retry);
        self.watch.pause(wait)
    }

    /// Fetches once; when what is there cannot be gone on with, once more from the beginning.
    fn attempt(&mut self) -> Result<Fetched, Setback> {
        let resumed = self.partial.resumable().is_some();
        match self.request() {
            Ok(Step::Done(fetched)) => return Ok(fetched),
            Ok(Step::StartOver) => {}
            // Half of one bundle and half of another, perhaps.
            Err(Setback { failure: Failure::Digest { .. }, .. }) if resumed => {}
            Err(setback) => return Err(setback),
        }
        self.keep(|partial| partial.restart(None))?;
        match self.request()? {
            Step::Done(fetched) => Ok(fetched),
            Step::StartOver => Err(Failure::Protocol(SafeText::new("a part came, not the whole")).into()),
        }
    }

    fn request(&mut self) -> Result<Step, Setback> {
        let asking = Asking { options: self.options, address: self.address, known: &self.known };
        let resume = self.partial.resumable();
        let resumed = resume.is_some();
        let answer = asking.ask(resume, &mut self.host, &mut self.watch)?;
        match answer.head.status.as_u16() {
            200 => self.whole(&answer).map_err(Setback::from),
            206 => self.rest(&answer).map_err(Setback::from),
            304 if !self.known.is_empty() => Ok(Step::Done(Fetched::NotModified)),
            416 if resumed => Ok(Step::StartOver),
            _ => {
                let has_password = self.address.credentials_for(&answer.url).is_some();
                let circumstances = self.options.circumstances(&self.host, answer.proxy.as_ref());
                let failure = circumstances.status(&answer.head, has_password);
                Err(Setback { failure, asks: retry_after(&answer.head) })
            }
        }
    }

    /// Takes in a whole file.
    fn whole(&mut self, answer: &Answer) -> Result<Step, Failure> {
        let part = Part::Whole(answer.encoding()?, self.origin(&answer.head));
        self.take(answer, answer.head.length(), part)?;
        self.finish(answer, Validators::of(&answer.head.headers), false)
    }

    /// Takes in what is missing of a file.
    fn rest(&mut self, answer: &Answer) -> Result<Step, Failure> {
        let Some(validators) = self.partial.goes_on_with(&answer.head) else { return Ok(Step::StartOver) };
        if !answer.encoding()?.may_be_none() {
            return Ok(Step::StartOver);
        }
        let total = answer.head.range().and_then(|range| range.total);
        self.take(answer, total, Part::Rest)?;
        self.finish(answer, validators, true)
    }

    /// What is needed to go on with this answer, should it break off.
    fn origin(&self, head: &Head) -> Option<Origin> {
        let validators = Validators::of(&head.headers);
        let proof = validators.proof(head.text(&header::DATE).as_deref())?.to_owned();
        Some(Origin { address: self.address.to_string(), proof, validators, total: head.length()? })
    }

    /// Takes in the body of an answer.
    fn take(&mut self, answer: &Answer, total: Option<u64>, part: Part) -> Result<(), Failure> {
        let limits = &self.options.limits;
        if total.is_some_and(|total| total > limits.wire_bytes) {
            return Err(Failure::WireBytes(limits.wire_bytes));
        }
        let circumstances = self.options.circumstances(&self.host, answer.proxy.as_ref());
        let bytes = if matches!(part, Part::Rest) { self.partial.bytes() } else { 0 };
        let mut wire = Wire::new(&answer.exchange, &mut self.watch, &circumstances, bytes, total);
        let mut encoding = Encoding::Identity;
        let copied = part.settle(&mut wire).and_then(|settled| {
            encoding = settled.encoding;
            settled.copy(&mut wire, &mut self.partial, limits.decoded_bytes)
        });
        copied.map_err(|stopped| match stopped {
            Stopped::Reading => {
                wire.take_failure().unwrap_or_else(|| Failure::Encoding(SafeText::new(encoding.name())))
            }
            Stopped::Writing(error) => Failure::Disk { path: self.path.to_owned(), error },
            Stopped::For(failure) => failure,
        })?;
        let bytes = self.partial.bytes();
        match total {
            Some(total) if encoding == Encoding::Identity && bytes < total => {
                Err(Failure::Cut { bytes, total: Some(total) })
            }
            _ => Ok(()),
        }
    }

    /// Checks what is there whole against the pin, and says what it is.
    fn finish(&mut self, answer: &Answer, validators: Validators, resumed: bool) -> Result<Step, Failure> {
        let sha256 = self.partial.digest();
        if let Some(pinned) = self.address.pin().filter(|pinned| *pinned != sha256) {
            return Err(Failure::Digest { pinned, found: sha256 });
        }
        self.keep(|partial| partial.finish())?;
        let (bytes, site) = (self.partial.bytes(), shown_host(&answer.url));
        Ok(Step::Done(Fetched::New(NewBundle { validators, bytes, sha256, site, resumed })))
    }

    /// Does something to the file.
    fn keep(&mut self, act: impl FnOnce(&mut Partial) -> io::Result<()>) -> Result<(), Failure> {
        act(&mut self.partial).map_err(|error| Failure::Disk { path: self.path.to_owned(), error })
    }
}
