//! Where events come from: the terminal's bytes and changes of its size; on Windows, crossterm.

pub(super) use system::{Events, Waker};

use crossterm::event::Event;

/// Why the wait is over.
#[derive(Debug)]
pub(super) enum Woken {
    /// These have happened; perhaps nothing has after all.
    Events(Vec<Event>),
    /// The waker was used, or the terminal's size has changed.
    Asked,
}

#[cfg(unix)]
mod system {
    use std::io;

    use crossterm::event::Event;

    use super::Woken;
    use crate::edge::terminal::decoder::Decoder;
    use crate::edge::terminal::size;
    use crate::edge::terminal::wait::{Ready, Waiter};

    pub(in super::super) use crate::edge::terminal::wait::Waker;

    /// How many bytes are read at once.
    const PACKET_MAX: usize = 4096;

    /// How often in a row the terminal may say that it has something to read and then have nothing, before it
    /// is taken to be at its end.
    const EMPTY_READS: u32 = 3;

    /// Reads the terminal.
    pub(in super::super) struct Events {
        waiter: Waiter,
        decoder: Decoder,
        size: (u16, u16),
        empty_reads: u32,
    }

    impl Events {
        pub(in super::super) fn new() -> io::Result<(Self, Waker)> {
            let (waiter, waker) = Waiter::new()?;
            Ok((Self { waiter, decoder: Decoder::default(), size: size::size()?, empty_reads: 0 }, waker))
        }

        /// Waits until something happens. An error means that the terminal or the waker has gone.
        pub(in super::super) fn wait(&mut self) -> io::Result<Woken> {
            match self.waiter.wait(self.decoder.wait())? {
                Ready::Terminal => self.read().map(Woken::Events),
                Ready::Request => Ok(Woken::Asked),
                Ready::Nothing => Ok(Woken::Events(self.decoder.give_up().into_iter().collect())),
            }
        }

        /// The terminal's size, if that is another than before.
        pub(in super::super) fn new_size(&mut self) -> Option<Event> {
            let size = size::size().ok()?;
            let before = std::mem::replace(&mut self.size, size);
            (size != before).then_some(Event::Resize(size.0, size.1))
        }

        /// How often the terminal has answered since this was called last.
        pub(in super::super) fn take_answers(&mut self) -> usize {
            self.decoder.take_answers()
        }

        /// Another program has had the terminal.
        pub(in super::super) fn begin_again(&mut self) {
            self.decoder.forget();
        }

        fn read(&mut self) -> io::Result<Vec<Event>> {
            let mut packet = [0; PACKET_MAX];
            let read = match self.waiter.read(&mut packet) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(Vec::new()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                read => read?,
            };
            self.empty_reads = if read == 0 { self.empty_reads + 1 } else { 0 };
            if self.empty_reads == EMPTY_READS {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(self.decoder.decode(packet.get(..read).unwrap_or_default()))
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;
    use std::time::Duration;

    use crossterm::event::{self, Event};

    use super::Woken;
    use crate::edge::terminal::size;

    /// The longest that a request waits to be heard: there is nothing here to wait for both.
    const LATEST: Duration = Duration::from_millis(100);

    /// Asks crossterm.
    pub(in super::super) struct Events;

    /// Ends the wait from another thread.
    pub(in super::super) struct Waker;

    impl Events {
        pub(in super::super) fn new() -> io::Result<(Self, Waker)> {
            Ok((Self, Waker))
        }

        /// Waits until something happens, or something may have been asked for.
        pub(in super::super) fn wait(&mut self) -> io::Result<Woken> {
            if !event::poll(LATEST)? {
                return Ok(Woken::Asked);
            }
            let mut events = vec![bounded(event::read()?)];
            while event::poll(Duration::ZERO)? {
                events.push(bounded(event::read()?));
            }
            Ok(Woken::Events(events))
        }

        /// crossterm tells of every new size.
        pub(in super::super) fn new_size(&mut self) -> Option<Event> {
            None
        }

        /// crossterm tells of no answers.
        pub(in super::super) fn take_answers(&mut self) -> usize {
            0
        }

        /// crossterm keeps nothing that could be forgotten.
        pub(in super::super) fn begin_again(&mut self) {}
    }

    impl Waker {
        pub(in super::super) fn wake(&self) {}
    }

    fn bounded(event: Event) -> Event {
        match event {
            Event::Resize(columns, rows) => {
                let (columns, rows) = size::bounded((columns, rows));
                Event::Resize(columns, rows)
            }
            other => other,
        }
    }
}
