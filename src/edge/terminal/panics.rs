//! Panics while the terminal is taken: on the thread that owns it, it is given back before the message is
//! printed; on any other thread the message is kept until there is a place to print it.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use super::modes;
use crate::item::drawable;

/// How many messages of other threads are kept. One is enough to report; a loop of them must not fill memory.
const KEPT_MESSAGES: usize = 8;

/// Who owns the terminal, and what other threads had to say.
struct Watch {
    owner: Option<ThreadId>,
    kept: Vec<String>,
}

/// From now on the calling thread owns the terminal.
pub(super) fn guard() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| report(info, &*previous)));
    });
    watch().owner = Some(thread::current().id());
}

/// Nobody owns the terminal any more, so what was kept can be printed.
pub(super) fn release() {
    let kept = {
        let mut watch = watch();
        watch.owner = None;
        std::mem::take(&mut watch.kept)
    };
    for message in kept {
        // With standard error closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "{}", drawable(&message));
    }
}

fn report(info: &PanicHookInfo<'_>, previous: &dyn Fn(&PanicHookInfo<'_>)) {
    let owner = watch().owner;
    match owner {
        Some(owner) if owner != thread::current().id() => keep(info),
        Some(_) => {
            // Nothing can be done about an error here that the message would not say better.
            let _ = modes::give_back();
            previous(info);
        }
        None => previous(info),
    }
}

fn keep(info: &PanicHookInfo<'_>) {
    let name = thread::current().name().unwrap_or("without a name").to_owned();
    let mut watch = watch();
    if watch.kept.len() < KEPT_MESSAGES {
        watch.kept.push(format!("thread '{name}' {info}"));
    }
}

fn watch() -> MutexGuard<'static, Watch> {
    static WATCH: Mutex<Watch> = Mutex::new(Watch { owner: None, kept: Vec::new() });
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}
