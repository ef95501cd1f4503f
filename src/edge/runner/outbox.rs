//! What arrives at the loop, and how services send it there.

use std::ops::ControlFlow;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use crossterm::event::Event;

use super::activity::Activity;
use crate::edge::browser::Invocation;
use crate::edge::signals::Signal;
use crate::item::{ItemKey, Link};
use crate::reader::Message;

/// What arrives at the loop.
pub enum Arrival {
    /// Something was typed, pasted, clicked or resized.
    Terminal(Event),
    /// The terminal has answered, then.
    Answered(Instant),
    /// The system told us something.
    Signal(Signal),
    /// Something for the reader.
    Message(Message),
    /// A text for the clipboard is ready.
    Copy(String),
    /// No program has taken a text for the clipboard.
    NotTaken(String),
    /// Open a link in a browser that draws in the terminal.
    InTerminal(Invocation, Link, ItemKey),
    /// The link of an original has been looked up.
    Original(Link, ItemKey, Purpose),
}

/// What a link is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be opened in a browser.
    Open,
    /// To be sent to the clipboard.
    Copy,
}

impl From<Event> for Arrival {
    fn from(event: Event) -> Self {
        Self::Terminal(event)
    }
}

impl From<Signal> for Arrival {
    fn from(signal: Signal) -> Self {
        Self::Signal(signal)
    }
}

impl From<Message> for Arrival {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

/// Where a service sends what the loop must hear. Once Rounds ends, the loop hears nothing more; then sending says
/// [`ControlFlow::Break`], so that a service stops what it is doing.
#[derive(Debug, Clone)]
pub struct Outbox {
    signals: Sender<Signal>,
    urgent: Sender<Arrival>,
    facts: Sender<Message>,
    activity: Activity,
}

/// Where the loop hears what services send.
#[derive(Debug)]
pub struct Arrivals {
    /// What the system says, which is taken first.
    pub signals: Receiver<Signal>,
    /// Keys and answers, which are taken next.
    pub urgent: Receiver<Arrival>,
    /// Facts in bulk, such as items and marks of others. None waits here: a service goes on when its facts were taken,
    /// so whatever it sends later is taken later, by whichever door.
    pub facts: Receiver<Message>,
}

/// An outbox and where what is sent with it arrives.
pub fn outbox() -> (Outbox, Arrivals) {
    let (signals_sender, signals) = unbounded();
    let (urgent_sender, urgent) = unbounded();
    let (facts_sender, facts) = bounded(0);
    let outbox = Outbox {
        signals: signals_sender,
        urgent: urgent_sender,
        facts: facts_sender,
        activity: Activity::default(),
    };
    (outbox, Arrivals { signals, urgent, facts })
}

impl Outbox {
    /// Sends something that is taken before any facts that wait.
    pub fn send(&self, arrival: impl Into<Arrival>) -> ControlFlow<()> {
        flow(self.urgent.send(arrival.into()).is_ok())
    }

    /// Sends facts in bulk, and waits until they are taken.
    pub fn send_facts(&self, message: Message) -> ControlFlow<()> {
        self.activity.offers();
        let sent = self.facts.send(message);
        self.activity.is_relieved();
        flow(sent.is_ok())
    }

    /// The door for signals.
    pub fn signals(&self) -> Sender<Signal> {
        self.signals.clone()
    }

    /// The door for facts.
    pub(super) fn facts(&self) -> &Sender<Message> {
        &self.facts
    }

    /// The door for what is typed, which others send.
    pub fn urgent(&self) -> Sender<Arrival> {
        self.urgent.clone()
    }

    /// An outbox for another service, with an activity of its own.
    pub(super) fn of(&self, activity: Activity) -> Self {
        Self { activity, ..self.clone() }
    }
}

fn flow(goes_on: bool) -> ControlFlow<()> {
    if goes_on {
        return ControlFlow::Continue(());
    }
    tracing::debug!("not heard any more: Rounds is ending");
    ControlFlow::Break(())
}
