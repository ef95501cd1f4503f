//! Signals of the operating system, as values in the inbox. Where there are none (Windows), nothing ever comes.

#[cfg(unix)]
mod foreground;

use std::io;
use std::process::{Command, ExitStatus};
use std::time::Duration;

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
    /// Another signal that ends a program, such as SIGUSR1 or SIGALRM, by its number.
    Other(u8),
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
            Self::Other(number) => Some(number.saturating_add(128)),
            Self::Stop | Self::Continue => None,
        }
    }
}

/// Sends every signal from now on to the inbox, from a thread of its own, until nobody reads the inbox.
///
/// A signal that ends Rounds does so whatever the rest of Rounds is doing. A program that [`run_in_foreground`] has
/// started is ended by it. And when this process still runs `grace` after it, because its output is blocked or that
/// program does not end, `last_resort` is called on that thread, and then the process exits with the signal's status.
#[cfg(unix)]
pub fn watch<M>(
    inbox: Sender<M>,
    grace: Duration,
    last_resort: impl FnOnce() + Send + 'static,
) -> io::Result<()>
where
    M: From<Signal> + Send + 'static,
{
    let mut signals = listen()?;
    let mut last_resort = Some(last_resort);
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever().filter_map(Signal::numbered) {
            if !foreground::is_for_the_reader(signal) {
                continue;
            }
            let is_heard = inbox.send(M::from(signal)).is_ok();
            if let (Some(status), Some(last_resort)) = (signal.exit_status(), last_resort.take()) {
                foreground::end(signal);
                std::thread::sleep(grace);
                last_resort();
                std::process::exit(status.into());
            }
            if !is_heard {
                return;
            }
        }
    })?;
    Ok(())
}

/// Begins to listen to every signal that means something here. SIGKILL, SIGSTOP and those that a fault of the program
/// itself raises (SIGSEGV, SIGFPE, SIGILL) cannot be listened to.
#[cfg(unix)]
fn listen() -> io::Result<signal_hook::iterator::Signals> {
    use signal_hook::consts as number;

    let signals = signal_hook::iterator::Signals::new([
        number::SIGTERM,
        number::SIGHUP,
        number::SIGINT,
        number::SIGQUIT,
        number::SIGTSTP,
        number::SIGCONT,
    ])?;
    let everywhere = [
        number::SIGUSR1,
        number::SIGUSR2,
        number::SIGALRM,
        number::SIGVTALRM,
        number::SIGPROF,
        number::SIGXCPU,
        number::SIGSYS,
        number::SIGTRAP,
        number::SIGABRT,
        number::SIGBUS,
    ];
    for number in everywhere.into_iter().chain(of_this_system()) {
        // Without one of these, Rounds ends by it as any program does.
        let _ = signals.add_signal(number);
    }
    Ok(signals)
}

/// The signals that end a program on Linux only, with those that have a number instead of a name.
#[cfg(target_os = "linux")]
fn of_this_system() -> impl Iterator<Item = i32> {
    use rustix::process::Signal as Named;
    [Named::IO, Named::POWER, Named::STKFLT].into_iter().map(Named::as_raw).chain(34..=64)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn of_this_system() -> impl Iterator<Item = i32> {
    std::iter::empty()
}

#[cfg(unix)]
impl Signal {
    /// The signal of a number.
    fn numbered(number: i32) -> Option<Self> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

        Some(match number {
            SIGTERM => Self::Terminate,
            SIGHUP => Self::HangUp,
            SIGINT => Self::Interrupt,
            SIGQUIT => Self::Quit,
            SIGTSTP => Self::Stop,
            SIGCONT => Self::Continue,
            _ => Self::Other(u8::try_from(number).ok()?),
        })
    }
}

/// There are no signals here.
#[cfg(not(unix))]
pub fn watch<M>(
    _inbox: Sender<M>,
    _grace: Duration,
    _last_resort: impl FnOnce() + Send + 'static,
) -> io::Result<()>
where
    M: From<Signal> + Send + 'static,
{
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

/// Runs `work` while a program in the foreground has the terminal: what the keyboard sends meanwhile is meant
/// for that program, although the kernel sends it to Rounds as well.
pub(super) fn while_lent<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    return foreground::during(work);
    #[cfg(not(unix))]
    return work();
}

/// Runs a program in the foreground and waits for its end, which comes at the latest when a signal ends Rounds: that is
/// passed on to it.
///
/// # Errors
///
/// When it cannot be started.
pub fn run_in_foreground(command: &mut Command) -> io::Result<ExitStatus> {
    #[cfg(unix)]
    return foreground::run(command);
    #[cfg(not(unix))]
    return command.status();
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
            (Signal::Other(10), Some(138)),
        ];
        for (signal, status) in table {
            assert_eq!(signal.exit_status(), status, "{signal:?}");
        }
    }
}
