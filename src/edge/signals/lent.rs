//! Signals while a program in the foreground has the terminal: the kernel sends what the keyboard asks for to
//! that program and to Rounds, but it is meant for that program.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Signal, can_be_continued, stop_process};

/// Runs `work` while a program in the foreground has the terminal.
pub(super) fn during<T>(work: impl FnOnce() -> T) -> T {
    *lent() = Lent::Now;
    let answer = work();
    *lent() = Lent::Until(Instant::now());
    answer
}

/// Deals with the signals that are for the program in the foreground, and says whether this one is not.
pub(super) fn is_for_the_reader(signal: Signal) -> bool {
    let lent = *lent();
    match (signal, lent) {
        (Signal::Interrupt | Signal::Quit, Lent::Until(end)) => end.elapsed() > LATE_SIGNAL,
        (Signal::Interrupt | Signal::Quit | Signal::Continue, Lent::Now) => false,
        (Signal::Stop, Lent::Now) => {
            // The program in the foreground has stopped. Only when Rounds stops too does the shell come back;
            // should that fail, the user finishes the program as usual.
            let _ = can_be_continued().and_then(|can| if can { stop_process() } else { Ok(()) });
            false
        }
        (_, Lent::Not | Lent::Until(_)) | (Signal::Terminate | Signal::HangUp, Lent::Now) => true,
    }
}

/// Whether a program in the foreground has the terminal.
static LENT: Mutex<Lent> = Mutex::new(Lent::Not);

/// How long after the program's end a signal may still be one that was meant for it: it reaches the program and
/// Rounds at once, but the thread that watches may come to it later.
const LATE_SIGNAL: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
enum Lent {
    Not,
    Now,
    Until(Instant),
}

fn lent() -> MutexGuard<'static, Lent> {
    LENT.lock().unwrap_or_else(PoisonError::into_inner)
}
