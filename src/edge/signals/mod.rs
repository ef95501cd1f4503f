//! Signals of the operating system, as values in the inbox. Where there are none (Windows), nothing ever comes.

#[cfg(unix)]
mod lent;

use std::io;

use crossbeam_channel::Sender;

/// What the operating system, or whoever uses `kill`, asks of Rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// SIGTERM: end now.
    Terminate,
    /// SIGHUP, or the terminal has gone without one: there is nobody left to read for.
    HangUp,
    /// SIGINT from outside; the key `^C` arrives as a key.
    Interrupt,
    /// SIGQUIT from outside.
    Quit,
    /// SIGTSTP from outside; the key `^Z` arrives as a key.
    Stop,
    /// SIGCONT: Rounds was stopped and goes on. Whatever happened to the terminal meanwhile is unknown.
    Continue,
}

impl Signal {
    /// The exit status of a program that ends because of this signal: 128 and the signal's number, as shells
    /// have it. `None` for the signals that end nothing.
    pub fn exit_status(self) -> Option<u8> {
        match self {
            Self::HangUp => Some(129),
            Self::Interrupt => Some(130),
            Self::Quit => Some(131),
            Self::Terminate => Some(143),
            Self::Stop | Self::Continue => None,
        }
    }
}

/// Sends every signal from now on to the inbox, from a thread of its own, until nobody reads the inbox.
#[cfg(unix)]
pub fn watch<M>(inbox: Sender<M>) -> io::Result<()>
where
    M: From<Signal> + Send + 'static,
{
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for number in signals.forever() {
            let signal = match number {
                SIGTERM => Signal::Terminate,
                SIGHUP => Signal::HangUp,
                SIGINT => Signal::Interrupt,
                SIGQUIT => Signal::Quit,
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continue,
                _ => continue,
            };
            if lent::is_for_the_reader(signal) && inbox.send(M::from(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Makes a file that may grow no more (`ulimit -f`) an error of whoever writes to it, where it would end this process.
/// Programs that are started from here are not concerned.
pub fn outlive_file_limits() {
    // A handler that does next to nothing: to ignore a signal would go on in programs that are started. Where even that
    // cannot be set, all is as it would be without.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// There are no signals here.
#[cfg(not(unix))]
pub fn watch<M>(_inbox: Sender<M>) -> io::Result<()>
where
    M: From<Signal> + Send + 'static,
{
    Ok(())
}

/// Runs `work` while a program in the foreground has the terminal: what the keyboard sends meanwhile is meant
/// for that program, although the kernel sends it to Rounds as well.
pub(super) fn while_lent<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    return lent::during(work);
    #[cfg(not(unix))]
    return work();
}

/// Whether a shell could continue this process once it is stopped.
///
/// A program in its session's first group (`ssh host rounds`, or a terminal window that runs nothing else) would
/// never wake again. The kernel spares such programs SIGTSTP for the same reason.
pub(super) fn can_be_continued() -> io::Result<bool> {
    #[cfg(unix)]
    return Ok(rustix::process::getsid(None)? != rustix::process::getpgrp());
    #[cfg(not(unix))]
    return Ok(false);
}

/// Stops this process as SIGTSTP would, and returns when it is continued.
pub(super) fn stop_process() -> io::Result<()> {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Signal;

    #[test]
    fn a_program_ended_by_a_signal_exits_as_shells_expect() {
        let table = [
            (Signal::HangUp, Some(129)),
            (Signal::Interrupt, Some(130)),
            (Signal::Quit, Some(131)),
            (Signal::Terminate, Some(143)),
            (Signal::Stop, None),
            (Signal::Continue, None),
        ];
        for (signal, status) in table {
            assert_eq!(signal.exit_status(), status, "{signal:?}");
        }
    }
}
