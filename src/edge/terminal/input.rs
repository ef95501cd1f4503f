//! What is typed, from the terminal to the inbox, on a thread that lets go of the terminal when asked.

use std::convert::Infallible;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, unbounded};
use crossterm::event::Event;

use super::events::{Events, Waker, Woken};
use crate::edge::signals::Signal;

/// How long to wait for the input thread to let go of the terminal. It lets go at once, unless another program has
/// taken away what it was about to read.
const LET_GO_WAIT: Duration = Duration::from_millis(200);

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
    /// Sends what happens to the inbox, and to `answered` when the terminal has answered a question.
    pub(super) fn start<M>(inbox: Sender<M>, answered: Sender<Instant>) -> io::Result<Self>
    where
        M: From<Event> + From<Signal> + Send + 'static,
    {
        let (mut events, waker) = Events::new()?;
        let (holds, requests) = unbounded();
        thread::Builder::new().name("input".to_owned()).spawn(move || {
            // Without this thread no key would arrive any more, not even one that quits: so should it ever panic, that
            // is the end of the terminal as well.
            let ended =
                panic::catch_unwind(AssertUnwindSafe(|| read(&mut events, &requests, &inbox, &answered)));
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
fn read<M>(
    events: &mut Events,
    holds: &Receiver<Hold>,
    inbox: &Sender<M>,
    answered: &Sender<Instant>,
) -> io::Result<Infallible>
where
    M: From<Event>,
{
    loop {
        let happened = match events.wait()? {
            Woken::Events(happened) => happened,
            Woken::Asked => {
                if let_go(holds)? {
                    events.begin_again();
                }
                events.new_size().into_iter().collect()
            }
        };
        for _ in 0..events.take_answers() {
            // More answers than there is room for are none to questions of ours.
            let _ = answered.try_send(Instant::now());
        }
        for event in happened {
            inbox.send(M::from(event)).map_err(|_| NOT_NEEDED)?;
        }
    }
}

/// Leaves the terminal alone for as long as that is asked for. Returns whether it was.
fn let_go(holds: &Receiver<Hold>) -> io::Result<bool> {
    let mut was_asked = false;
    loop {
        match holds.try_recv() {
            Ok(Hold { started, ended }) => {
                was_asked = true;
                drop(started);
                // Nothing is ever sent: this returns when the other end is dropped.
                let _ = ended.recv();
            }
            Err(TryRecvError::Empty) => return Ok(was_asked),
            Err(TryRecvError::Disconnected) => return Err(NOT_NEEDED.into()),
        }
    }
}
