//! Waiting for the terminal and for a request at once, without waking in between.
//!
//! crossterm 0.29 could wait as well, but not be asked to stop, and it turns in circles when the terminal has
//! gone (crossterm issue 793).

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use filedescriptor::{POLLERR, POLLHUP, POLLIN, pollfd};
use signal_hook::consts::SIGWINCH;
use signal_hook::{SigId, low_level};

/// What has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ready {
    /// The terminal has something to read.
    Terminal,
    /// The waker was used, or the terminal's size has changed.
    Request,
    /// Nothing, in time.
    Nothing,
}

/// Waits.
pub(super) struct Waiter {
    terminal: File,
    requests: UnixStream,
}

/// Ends the wait from another thread; for good when it is dropped.
pub(super) struct Waker {
    requests: UnixStream,
    resized: SigId,
}

impl Waiter {
    pub(super) fn new() -> io::Result<(Self, Waker)> {
        let (requests, asking) = UnixStream::pair()?;
        requests.set_nonblocking(true)?;
        asking.set_nonblocking(true)?;
        let resized = low_level::pipe::register(SIGWINCH, asking.try_clone()?)?;
        let waiter = Self { terminal: terminal()?, requests };
        Ok((waiter, Waker { requests: asking, resized }))
    }

    /// Waits until there is something to do, or the time is over. An error means that the terminal or the waker has
    /// gone.
    pub(super) fn wait(&self, time: Option<Duration>) -> io::Result<Ready> {
        let [terminal, requests] = self.poll(time)?;
        if requests != 0 {
            self.take_requests()?;
            return Ok(Ready::Request);
        }
        if terminal & (POLLHUP | POLLERR) != 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(if terminal == 0 { Ready::Nothing } else { Ready::Terminal })
    }

    /// Reads what the terminal has.
    pub(super) fn read(&self, bytes: &mut [u8]) -> io::Result<usize> {
        (&self.terminal).read(bytes)
    }

    /// What there is to say of the terminal and of the requests.
    fn poll(&self, time: Option<Duration>) -> io::Result<[i16; 2]> {
        let interest = |fd| pollfd { fd, events: POLLIN, revents: 0 };
        let mut polled = [interest(self.terminal.as_raw_fd()), interest(self.requests.as_raw_fd())];
        loop {
            match filedescriptor::poll(&mut polled, time) {
                Ok(_) => return Ok(polled.map(|each| each.revents)),
                // The whole time again: what is waited for is seldom, and signals are.
                Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    /// Empties the queue of requests, of which any number is as good as one.
    fn take_requests(&self) -> io::Result<()> {
        let mut requests = &self.requests;
        loop {
            match requests.read(&mut [0; 64]) {
                Ok(0) => return Err(io::ErrorKind::BrokenPipe.into()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Waker {
    pub(super) fn wake(&self) {
        // A full queue wakes as well.
        let _ = (&self.requests).write(&[0]);
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        low_level::unregister(self.resized);
    }
}

/// The terminal that crossterm uses, too: standard input, unless items or a list are piped into it.
pub(super) fn terminal() -> io::Result<File> {
    let input = io::stdin();
    if input.is_terminal() {
        Ok(input.as_fd().try_clone_to_owned()?.into())
    } else {
        File::options().read(true).write(true).open("/dev/tty")
    }
}
