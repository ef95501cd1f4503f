//! Waiting for the terminal and for a request at once, without waking in between.
//!
//! crossterm 0.29 could wait as well, but not be asked to stop, and it turns in circles when the terminal has
//! gone (crossterm issue 793). So it is only asked when there is something to read.

pub(super) use system::{Waiter, Waker};

/// Why the wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    /// The terminal has something to read.
    Readable,
    /// The waker was used, or the terminal's size has changed.
    Asked,
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::{self, IsTerminal, Read, Write};
    use std::os::fd::{AsFd, AsRawFd, OwnedFd};
    use std::os::unix::net::UnixStream;

    use filedescriptor::{POLLERR, POLLHUP, POLLIN, pollfd};
    use signal_hook::consts::SIGWINCH;
    use signal_hook::{SigId, low_level};

    use super::Woken;

    /// Waits.
    pub(in super::super) struct Waiter {
        terminal: OwnedFd,
        requests: UnixStream,
    }

    /// Ends the wait from another thread; for good when it is dropped.
    pub(in super::super) struct Waker {
        requests: UnixStream,
        resized: SigId,
    }

    impl Waiter {
        pub(in super::super) fn new() -> io::Result<(Self, Waker)> {
            let (requests, asking) = UnixStream::pair()?;
            requests.set_nonblocking(true)?;
            asking.set_nonblocking(true)?;
            let resized = low_level::pipe::register(SIGWINCH, asking.try_clone()?)?;
            let waiter = Self { terminal: terminal()?, requests };
            Ok((waiter, Waker { requests: asking, resized }))
        }

        /// Waits until there is something to do. An error means that the terminal or the waker has gone.
        pub(in super::super) fn wait(&self) -> io::Result<Woken> {
            let [terminal, requests] = self.poll()?;
            if requests != 0 {
                self.take_requests()?;
                return Ok(Woken::Asked);
            }
            if terminal & (POLLHUP | POLLERR) != 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(Woken::Readable)
        }

        /// What there is to say of the terminal and of the requests.
        fn poll(&self) -> io::Result<[i16; 2]> {
            let interest = |fd| pollfd { fd, events: POLLIN, revents: 0 };
            let mut polled = [interest(self.terminal.as_raw_fd()), interest(self.requests.as_raw_fd())];
            loop {
                match filedescriptor::poll(&mut polled, None) {
                    Ok(_) => return Ok(polled.map(|each| each.revents)),
                    Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => {
                    }
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
        pub(in super::super) fn wake(&self) {
            // A full queue wakes as well.
            let _ = (&self.requests).write(&[0]);
        }
    }

    impl Drop for Waker {
        fn drop(&mut self) {
            low_level::unregister(self.resized);
        }
    }

    /// The terminal that crossterm reads, too: standard input, unless items or a list are piped into it.
    fn terminal() -> io::Result<OwnedFd> {
        let input = io::stdin();
        if input.is_terminal() {
            input.as_fd().try_clone_to_owned()
        } else {
            Ok(File::options().read(true).write(true).open("/dev/tty")?.into())
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;
    use std::time::Duration;

    use super::Woken;

    /// The longest that a request waits to be heard: there is nothing here to wait for both.
    const LATEST: Duration = Duration::from_millis(100);

    /// Waits.
    pub(in super::super) struct Waiter;

    /// Ends the wait from another thread.
    pub(in super::super) struct Waker;

    impl Waiter {
        pub(in super::super) fn new() -> io::Result<(Self, Waker)> {
            Ok((Self, Waker))
        }

        /// Waits until there is something to do, or there may be.
        pub(in super::super) fn wait(&self) -> io::Result<Woken> {
            Ok(if crossterm::event::poll(LATEST)? { Woken::Readable } else { Woken::Asked })
        }
    }

    impl Waker {
        pub(in super::super) fn wake(&self) {}
    }
}
