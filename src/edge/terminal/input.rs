//! What is typed, from the terminal to the inbox, on a thread that lets go of the terminal when asked.

use std::convert::Infallible;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, unbounded};
use crossterm::event::{self, Event};

use super::wait::{Waiter, Waker, Woken};
use crate::edge::signals::Signal;

/// How long to wait for the input thread to let go of the terminal. It lets go at once, unless the terminal sent
/// half of an escape sequence and the thread waits for the other half.
const LET_GO_WAIT: Duration = Duration::from_millis(200);

/// How long crossterm may wait for more of what has arrived. It gives up without a look when the time is over,
/// so this is long enough for a busy machine: what it has read and not handed out would wait for the next key.
const PARSE_WAIT: Duration = Duration::from_millis(50);

/// How often in a row the terminal may say that it has something to read and then have nothing, before it
/// is taken to be at its end.
const EMPTY_READS: u32 = 3;

/// The error with which reading ends when nobody wants it any more: [`Input`] was dropped, or the inbox.
const NOT_NEEDED: io::ErrorKind = io::ErrorKind::BrokenPipe;

/// The thread that reads the terminal. It ends when this is dropped.
pub(super) struct Input {
    holds: Sender<Hold>,
    waker: Waker,
}

/// As long as this lives, the input thread leaves the terminal alone.
pub(super) struct Quiet {
    _until_dropped: Sender<()>,
}

/// A request to let go: dropping `started` answers it; `ended` tells when it is over.
struct Hold {
    started: Sender<()>,
    ended: Receiver<()>,
}

impl Input {
    pub(super) fn start<M>(inbox: Sender<M>) -> io::Result<Self>
    where
        M: From<Event> + From<Signal> + Send + 'static,
    {
        // Once crossterm has looked, it notices every change of the terminal's size.
        event::poll(Duration::ZERO)?;
        let (waiter, waker) = Waiter::new()?;
        let (holds, requests) = unbounded();
        thread::Builder::new().name("input".to_owned()).spawn(move || {
            // Without this thread nobody could type any more, not even to quit: so should a report of the
            // terminal make its parser panic, that is the end of the terminal as well.
            let ended = panic::catch_unwind(AssertUnwindSafe(|| read(&waiter, &requests, &inbox)));
            if !ended.is_ok_and(|Err(error)| error.kind() == NOT_NEEDED) {
                // The terminal has gone. Should the inbox have gone as well, there is nobody to tell.
                let _ = inbox.send(M::from(Signal::HangUp));
            }
        })?;
        Ok(Self { holds, waker })
    }

    /// Makes the input thread let go of the terminal, so that another program can read what is typed.
    pub(super) fn hold(&self) -> Quiet {
        let (started, answered) = bounded(0);
        let (until_dropped, ended) = bounded(0);
        // A thread that has ended has let go as well: then both channels are closed at once.
        if self.holds.send(Hold { started, ended }).is_ok() {
            self.waker.wake();
            let _ = answered.recv_timeout(LET_GO_WAIT);
        }
        Quiet { _until_dropped: until_dropped }
    }
}

/// Reads until that is no longer possible ([`NOT_NEEDED`], or the terminal has gone).
fn read<M>(waiter: &Waiter, holds: &Receiver<Hold>, inbox: &Sender<M>) -> io::Result<Infallible>
where
    M: From<Event>,
{
    let mut empty_reads = 0;
    loop {
        let woken = waiter.wait()?;
        let forwarded = forward(inbox)?;
        match woken {
            Woken::Asked => let_go(holds)?,
            Woken::Readable if forwarded => empty_reads = 0,
            Woken::Readable => empty_reads += 1,
        }
        if empty_reads == EMPTY_READS {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Sends on everything that has arrived, and says whether that was anything.
fn forward<M: From<Event>>(inbox: &Sender<M>) -> io::Result<bool> {
    let mut any = false;
    while event::poll(PARSE_WAIT)? {
        inbox.send(M::from(event::read()?)).map_err(|_| NOT_NEEDED)?;
        any = true;
    }
    Ok(any)
}

fn let_go(holds: &Receiver<Hold>) -> io::Result<()> {
    loop {
        match holds.try_recv() {
            Ok(Hold { started, ended }) => {
                drop(started);
                // Nothing is ever sent: this returns when the other end is dropped.
                let _ = ended.recv();
            }
            Err(TryRecvError::Empty) => return Ok(()),
            Err(TryRecvError::Disconnected) => return Err(NOT_NEEDED.into()),
        }
    }
}
