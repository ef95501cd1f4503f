//! Signals while a program in the foreground has the terminal: the kernel sends what the keyboard asks for to
//! that program and to Rounds, but it is meant for that program. What ends Rounds ends that program as well.

use std::io;
use std::process::{Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{self, Pid, WaitId, WaitIdOptions, kill_process};

use super::{Signal, can_be_continued, stop_process};

/// How long after the program's end a signal may still be one that was meant for it: it reaches the program and
/// Rounds at once, but the thread that watches may come to it later.
const LATE_SIGNAL: Duration = Duration::from_secs(1);

/// What is known of the foreground.
static FOREGROUND: Mutex<Foreground> =
    Mutex::new(Foreground { lent: Lent::Not, program: None, ending: None });

struct Foreground {
    lent: Lent,
    /// The program, as long as a signal can be sent to it.
    program: Option<Pid>,
    /// The signal that ends Rounds, once there is one.
    ending: Option<process::Signal>,
}

/// Whether a program in the foreground has the terminal.
#[derive(Clone, Copy)]
enum Lent {
    Not,
    Now,
    Until(Instant),
}

/// Runs `work` while a program in the foreground has the terminal.
pub(super) fn during<T>(work: impl FnOnce() -> T) -> T {
    foreground().lent = Lent::Now;
    let answer = work();
    foreground().lent = Lent::Until(Instant::now());
    answer
}

/// Runs a program and waits for its end. A signal that ends Rounds meanwhile is passed on to it.
pub(super) fn run(command: &mut Command) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    let program = Pid::from_child(&child);
    {
        let mut foreground = foreground();
        foreground.program = Some(program);
        foreground.pass_on();
    }
    // The program stays a zombie until no signal can be sent to it any more, so that none reaches another process which
    // was given its number.
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while process::waitid(WaitId::Pid(program), options).is_err_and(|error| error == Errno::INTR) {}
    foreground().program = None;
    child.wait()
}

/// Ends the program in the foreground, if there is one or as soon as there is, because a signal ends Rounds.
pub(super) fn end(signal: Signal) {
    let mut foreground = foreground();
    foreground.ending =
        Some(if signal == Signal::HangUp { process::Signal::HUP } else { process::Signal::TERM });
    foreground.pass_on();
}

impl Foreground {
    fn pass_on(&self) {
        if let (Some(program), Some(signal)) = (self.program, self.ending) {
            // One that has just ended needs no signal.
            let _ = kill_process(program, signal);
        }
    }
}

/// Deals with the signals that are for the program in the foreground, and says whether this one is not.
pub(super) fn is_for_the_reader(signal: Signal) -> bool {
    let lent = foreground().lent;
    match (signal, lent) {
        (Signal::Interrupt | Signal::Quit, Lent::Until(end)) => end.elapsed() > LATE_SIGNAL,
        (Signal::Interrupt | Signal::Quit | Signal::Continue, Lent::Now) => false,
        (Signal::Stop, Lent::Now) => {
            // The program in the foreground has stopped. Only when Rounds stops too does the shell come back;
            // should that fail, the user finishes the program as usual.
            let _ = can_be_continued().and_then(|can| if can { stop_process() } else { Ok(()) });
            false
        }
        (_, Lent::Not | Lent::Until(_))
        | (Signal::Terminate | Signal::HangUp | Signal::Other(_), Lent::Now) => true,
    }
}

fn foreground() -> MutexGuard<'static, Foreground> {
    FOREGROUND.lock().unwrap_or_else(PoisonError::into_inner)
}
