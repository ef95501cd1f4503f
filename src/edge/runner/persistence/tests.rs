//! The service alone, with a state file on a real disk.

use tempfile::TempDir;

use super::super::outbox::{self, Arrival, Arrivals};
use super::*;

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(20);

/// A running service, and the folder with its state file.
struct Running {
    folder: TempDir,
    service: Persistence,
    arrivals: Arrivals,
    saves: u64,
}

impl Running {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (outbox, arrivals) = outbox::outbox();
        let visited = Visited { location: "/news".to_owned(), label: SafeText::new("news") };
        let (service, handover) = Persistence::start(vec![visited], &outbox).unwrap();
        let running = Self { folder, service, arrivals, saves: 0 };
        handover.give(running.state());
        running
    }

    /// The state as another process finds it.
    fn state(&self) -> State {
        let (state, notices) = State::open(&self.folder.path().join("state.db"), Timestamp::now());
        assert_eq!(notices, []);
        state
    }

    fn set(&mut self, name: &str, value: &str) {
        self.saves += 1;
        let save = Save::Setting { name: name.to_owned(), value: value.to_owned() };
        self.service.mailbox().send(Job::Save { number: self.saves, save });
    }

    /// Waits for a message.
    fn wait_for<T>(&self, mut wanted: impl FnMut(Message) -> Option<T>) -> T {
        loop {
            if let Arrival::Message(message) = self.arrivals.urgent.recv_timeout(DEADLINE).unwrap()
                && let Some(found) = wanted(message)
            {
                return found;
            }
        }
    }

    fn wait_until_saved(&self) {
        let last = self.saves;
        self.wait_for(|message| matches!(message, Message::Saved(number) if number == last).then_some(()));
    }

    fn end(self) -> TempDir {
        let saving = self.service.end(Instant::now() + DEADLINE);
        assert_eq!(saving, Some(Saving::Saved));
        self.folder
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_setting_is_written_when_it_has_stayed_for_a_moment_and_the_last_value_counts() {
    let mut running = Running::start();
    running.set("left", "39");
    running.set("folded", "Cardiology");
    running.set("left", "40");
    running.wait_until_saved();
    let mut state = running.state();
    assert_eq!(state.settings(), [pair("folded", "Cardiology"), pair("left", "40")]);
    running.set("left", "41");
    let folder = running.end();
    assert_eq!(state.settings(), [pair("folded", "Cardiology"), pair("left", "41")], "at the end at once");
    drop((state, folder));
}

#[test]
fn settings_are_handed_over_at_the_start() {
    let mut running = Running::start();
    let first = running.wait_for(remembered);
    assert_eq!(first, []);
    running.set("of a newer Rounds", "\u{1b}[2J");
    let folder = running.end();
    let (outbox, arrivals) = outbox::outbox();
    let (service, handover) = Persistence::start(Vec::new(), &outbox).unwrap();
    handover.give(State::open(&folder.path().join("state.db"), Timestamp::now()).0);
    let running = Running { folder, service, arrivals, saves: 0 };
    assert_eq!(running.wait_for(remembered), [pair("of a newer Rounds", "\u{1b}[2J")]);
}

fn remembered(message: Message) -> Option<Vec<(String, String)>> {
    if let Message::Remembered(memory) = message { Some(memory.settings) } else { None }
}

#[test]
fn a_setting_that_is_too_long_is_refused_with_a_line_and_the_one_of_before_stays() {
    let mut running = Running::start();
    running.set("left", "40");
    running.set("left", &"x".repeat(Setting::VALUE_MAX + 1));
    let line =
        running.wait_for(|message| if let Message::Failed(line) = message { Some(line) } else { None });
    assert_eq!(
        line.as_str(),
        "The setting left was not saved: it has 65537 bytes, and Rounds keeps 65536 at most. \
         It holds until Rounds is closed"
    );
    running.wait_until_saved();
    assert_eq!(running.state().settings(), [pair("left", "40")]);
}
