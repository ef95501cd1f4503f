//! Fetches the sources that come from the web, several at a time.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crossbeam_channel::{Sender, unbounded};

use super::progress::ProgressLine;
use crate::edge::origin::{Brought, Origin};
use crate::edge::output::Console;
use crate::remote::Progress;

/// How many are fetched at once, so that servers that do not answer do not hold up all.
const AT_ONCE: usize = 16;

/// What is heard of the fetch of a source, by its place in the order.
enum News {
    Progress(usize, Progress),
    Done(usize, Brought),
}

/// Fetches the sources that come from the web, and shows the progress where a person can see it. What each came to, in
/// their order; what is on this machine is unchanged.
pub fn bring(origins: &[Arc<Origin>], console: &mut Console<'_>) -> Vec<Brought> {
    let mut brought = vec![Brought::Unchanged; origins.len()];
    let remote: Vec<(usize, &Origin)> =
        origins.iter().map(|origin| &**origin).enumerate().filter(|(_, origin)| origin.is_remote()).collect();
    if remote.is_empty() {
        return brought;
    }
    let mut line = ProgressLine::new(console.talk_width);
    let (next, (sender, news)) = (AtomicUsize::new(0), unbounded());
    thread::scope(|scope| {
        for _ in 0..remote.len().min(AT_ONCE) {
            let (sender, next, remote) = (sender.clone(), &next, &remote);
            scope.spawn(move || fetch_in_turn(remote, next, &sender));
        }
        drop(sender);
        for news in news {
            match news {
                News::Progress(at, progress) => {
                    if let Some(origin) = origins.get(at) {
                        line.show(at, &origin.label(), progress, console);
                    }
                }
                News::Done(at, outcome) => {
                    line.done(at);
                    if let Some(place) = brought.get_mut(at) {
                        *place = outcome;
                    }
                }
            }
        }
    });
    line.clear(console);
    brought
}

/// Fetches one after the other of those that nobody has begun to fetch.
fn fetch_in_turn(remote: &[(usize, &Origin)], next: &AtomicUsize, sender: &Sender<News>) {
    while let Some((at, origin)) = remote.get(next.fetch_add(1, Ordering::Relaxed)) {
        let outcome = origin.fetch(&mut |progress| {
            // Whoever hears it listens until all are done.
            let _ = sender.send(News::Progress(*at, progress));
            ControlFlow::Continue(())
        });
        let _ = sender.send(News::Done(*at, outcome));
    }
}
