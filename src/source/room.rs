//! Room for what was read and waits to be gathered, which bounds the memory that large items take.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes may wait in all. One thing may always wait, however large it is.
const ROOM: usize = 16 * 1024 * 1024;

/// Room for what waits.
#[derive(Debug, Default)]
pub(super) struct Room {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    closed: bool,
}

impl Room {
    /// Waits until there is room for so many bytes, and takes it; or until nobody gathers any more.
    pub(super) fn take(&self, bytes: usize) {
        let full =
            |state: &mut State| !state.closed && state.taken > 0 && state.taken.saturating_add(bytes) > ROOM;
        let waited = self.changed.wait_while(self.lock(), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.taken = state.taken.saturating_add(bytes);
    }

    /// Gives back what was taken.
    pub(super) fn give_back(&self, bytes: usize) {
        let mut state = self.lock();
        state.taken = state.taken.saturating_sub(bytes);
        drop(state);
        self.changed.notify_all();
    }

    /// As long as somebody gathers, what comes of this is kept. When it is dropped, however that comes, nobody waits any
    /// more.
    pub(super) fn gathering(&self) -> Gathering<'_> {
        Gathering(self)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody gathers.
#[derive(Debug)]
pub(super) struct Gathering<'a>(&'a Room);

impl Drop for Gathering<'_> {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn one_thing_always_has_room_and_the_next_waits_until_it_is_given_back() {
        let room = Room::default();
        room.take(ROOM * 2);
        thread::scope(|scope| {
            let next = scope.spawn(|| {
                room.take(ROOM);
                room.lock().taken
            });
            room.give_back(ROOM * 2);
            assert_eq!(next.join().unwrap(), ROOM, "both were there at once");
        });
    }

    #[test]
    fn nobody_waits_for_room_when_nobody_gathers() {
        let room = Room::default();
        room.take(ROOM);
        thread::scope(|scope| {
            scope.spawn(|| room.take(ROOM));
            scope.spawn(|| room.take(1));
            drop(room.gathering());
        });
    }
}
