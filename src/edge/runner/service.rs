//! One kind of service: a thread with a name and an inbox that holds what comes before it is ready.
//!
//! A service that panics or ends before its time is told to the user, and the rest of Rounds goes on. One that is
//! dropped is asked to end; [`Service::join`] waits for that, but not for ever.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded, select, unbounded};

use super::activity::Activity;
use super::outbox::Outbox;
use crate::item::SafeText;
use crate::reader::{Message, Part};

/// A thread that does one thing of the work beside the screen. Dropping it asks it to end.
#[derive(Debug)]
pub struct Service<M> {
    mailbox: Mailbox<M>,
    /// The service is closed when this is dropped.
    _open: Sender<Never>,
    /// It has ended when nothing can come from here any more.
    ended: Receiver<Never>,
}

/// Where messages for a service are sent, from any thread.
#[derive(Debug)]
pub struct Mailbox<M> {
    part: Part,
    messages: Sender<M>,
    activity: Activity,
}

/// Where a service is given what it needs to begin.
#[derive(Debug)]
pub struct Handover<R> {
    part: Part,
    sender: Sender<R>,
    activity: Activity,
}

/// Where a service takes its messages.
pub struct Inbox<M> {
    messages: Receiver<M>,
    own: Mailbox<M>,
    closed: Receiver<Never>,
    activity: Activity,
    taken: u64,
}

/// What comes of offering facts while waiting for messages.
pub enum Offered<M> {
    /// The facts were taken.
    Taken,
    /// A message came first, and the facts were not taken.
    Message(M),
    /// Nobody takes facts any more, or the service has been asked to end.
    Closed,
}

/// What comes of waiting for a message for some time.
pub enum Waited<M> {
    /// There is one.
    Message(M),
    /// There was none in that time.
    TimedOut,
    /// There is none, and the service has been asked to end.
    Closed,
}

/// What is never sent: a channel of it only tells that its other end is gone.
#[derive(Debug)]
enum Never {}

impl<M: Send + 'static> Service<M> {
    /// Starts a service. `work` takes its messages until there are none and it has been asked to end.
    ///
    /// # Errors
    ///
    /// When the system has no thread to spare.
    pub fn start(
        part: Part,
        outbox: &Outbox,
        work: impl FnOnce(&mut Inbox<M>, &Outbox) + Send + 'static,
    ) -> io::Result<Self> {
        Self::start_as(part, Activity::default(), outbox, work)
    }

    fn start_as(
        part: Part,
        activity: Activity,
        outbox: &Outbox,
        work: impl FnOnce(&mut Inbox<M>, &Outbox) + Send + 'static,
    ) -> io::Result<Self> {
        let (messages, waiting) = unbounded();
        let (open, closed) = bounded(0);
        let (until_end, ended) = bounded(0);
        let mailbox = Mailbox { part, messages, activity: activity.clone() };
        let own = mailbox.clone();
        let mut inbox = Inbox { messages: waiting, own, closed, activity: activity.clone(), taken: 0 };
        let outbox = outbox.of(activity);
        thread::Builder::new().name(name(part).to_owned()).spawn(move || {
            let _until_end: Sender<Never> = until_end;
            tell_end(part, &outbox, || {
                work(&mut inbox, &outbox);
                inbox.is_closed()
            });
        })?;
        Ok(Self { mailbox, _open: open, ended })
    }

    /// Starts a service that first needs something that another one prepares. Its inbox holds what comes before.
    ///
    /// # Errors
    ///
    /// When the system has no thread to spare.
    pub fn start_later<R: Send + 'static>(
        part: Part,
        outbox: &Outbox,
        work: impl FnOnce(R, &mut Inbox<M>, &Outbox) + Send + 'static,
    ) -> io::Result<(Self, Handover<R>)> {
        let (sender, ready) = bounded(1);
        let activity = Activity::default();
        activity.set_held(true);
        let handover = Handover { part, sender, activity: activity.clone() };
        let service = Self::start_as(part, activity, outbox, move |inbox, outbox| {
            if let Some(ready) = inbox.wait_for(&ready) {
                work(ready, inbox, outbox);
            }
        })?;
        Ok((service, handover))
    }

    /// Where its messages are sent.
    pub fn mailbox(&self) -> &Mailbox<M> {
        &self.mailbox
    }

    /// Asks it to end, and waits until it has, or until a deadline. Says whether it has.
    pub fn join(self, deadline: Instant) -> bool {
        let Self { mailbox, _open: open, ended } = self;
        drop(open);
        let in_time = matches!(ended.recv_deadline(deadline), Err(RecvTimeoutError::Disconnected));
        if !in_time {
            let idle = mailbox.activity.is_idle();
            tracing::warn!(part = name(mailbox.part), idle, "did not end in time");
        }
        in_time
    }
}

impl<M> Mailbox<M> {
    /// Sends a message. A service that has ended was told to the user already, so this needs no answer.
    pub fn send(&self, message: M) {
        self.activity.receives();
        if self.messages.send(message).is_err() {
            self.activity.takes_back();
            tracing::warn!(part = name(self.part), "a message was not delivered: this part has ended");
        }
    }

    /// What the service is doing.
    #[cfg(test)]
    pub fn activity(&self) -> &Activity {
        &self.activity
    }
}

impl<R> Handover<R> {
    /// Gives the service what it needs. One that has ended was told to the user already.
    pub fn give(self, ready: R) {
        let Self { part, sender, activity } = self;
        activity.set_held(false);
        if sender.send(ready).is_err() {
            tracing::warn!(part = name(part), "it needs nothing any more: this part has ended");
        }
    }
}

impl<M> Clone for Mailbox<M> {
    fn clone(&self) -> Self {
        let Self { part, messages, activity } = self;
        Self { part: *part, messages: messages.clone(), activity: activity.clone() }
    }
}

impl<M> Inbox<M> {
    /// Takes the next message, and waits for one. `None` when there is none and the service has been asked to end.
    pub fn recv(&mut self) -> Option<M> {
        if let Some(message) = self.try_recv() {
            return Some(message);
        }
        self.activity.is_ready_for(self.taken);
        let message = select! {
            recv(self.messages) -> message => message.ok(),
            // What was sent before it was closed is still done.
            recv(self.closed) -> _ => self.messages.try_recv().ok(),
        };
        self.take(message)
    }

    /// Takes the next message if there is one by a time.
    pub fn recv_timeout(&mut self, timeout: Duration) -> Waited<M> {
        if let Some(message) = self.try_recv() {
            return Waited::Message(message);
        }
        self.activity.is_ready_for(self.taken);
        let (message, none) = select! {
            recv(self.messages) -> message => (message.ok(), Waited::Closed),
            recv(self.closed) -> _ => (self.messages.try_recv().ok(), Waited::Closed),
            default(timeout) => (None, Waited::TimedOut),
        };
        self.take(message).map_or(none, Waited::Message)
    }

    /// Offers facts until they are taken or a message comes, whichever is first. So nothing that is to be saved waits for
    /// a loop that is busy elsewhere.
    pub fn offer(&mut self, outbox: &Outbox, facts: Message) -> Offered<M> {
        if let Some(message) = self.try_recv() {
            return Offered::Message(message);
        }
        self.activity.set_listening(true);
        self.activity.offers();
        self.activity.is_ready_for(self.taken);
        let offered = select! {
            send(outbox.facts(), facts) -> sent => if sent.is_ok() { Offered::Taken } else { Offered::Closed },
            recv(self.messages) -> message => message.map_or(Offered::Closed, Offered::Message),
            recv(self.closed) -> _ => Offered::Closed,
        };
        match offered {
            Offered::Taken => self.activity.is_relieved(),
            Offered::Message(_) | Offered::Closed => self.activity.withdraws(),
        }
        self.activity.set_listening(false);
        self.taken = self.taken.saturating_add(u64::from(matches!(offered, Offered::Message(_))));
        offered
    }

    /// Takes the next message if there is one.
    pub fn try_recv(&mut self) -> Option<M> {
        let message = self.messages.try_recv().ok();
        self.take(message)
    }

    /// Where others can send it messages.
    pub fn mailbox(&self) -> Mailbox<M> {
        self.own.clone()
    }

    /// Whether there is a message to take.
    pub fn has_messages(&self) -> bool {
        !self.messages.is_empty()
    }

    /// Whether the service has been asked to end.
    pub fn is_closed(&self) -> bool {
        matches!(self.closed.try_recv(), Err(TryRecvError::Disconnected))
    }

    fn take(&mut self, message: Option<M>) -> Option<M> {
        self.taken = self.taken.saturating_add(u64::from(message.is_some()));
        message
    }

    /// Waits for what another service prepares. `None` when that will not come, or this one has been asked to end.
    fn wait_for<R>(&self, ready: &Receiver<R>) -> Option<R> {
        select! {
            recv(ready) -> ready => ready.ok(),
            recv(self.closed) -> _ => ready.try_recv().ok(),
        }
    }
}

/// Does one thing that may take a while on a thread of its own.
///
/// # Errors
///
/// When the system has no thread to spare.
pub fn run_errand(
    name: &'static str,
    outbox: &Outbox,
    work: impl FnOnce(&Outbox) + Send + 'static,
) -> io::Result<()> {
    let outbox = outbox.clone();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        tell_end(Part::Errand, &outbox, || {
            work(&outbox);
            true
        });
    })?;
    Ok(())
}

/// Does the work of a thread, which says whether it was to end by then; if not, or when it panics, the user is told.
fn tell_end(part: Part, outbox: &Outbox, work: impl FnOnce() -> bool) {
    let _span = tracing::info_span!("service", part = name(part)).entered();
    tracing::debug!("started");
    let reason = match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(true) => return tracing::debug!("ended"),
        Ok(false) => "it stopped by itself",
        Err(_) => "there is a fault in Rounds, which is printed when it quits",
    };
    tracing::error!(reason, "ended before its time");
    let _rounds_is_ending = outbox.send(Message::PartEnded { part, reason: SafeText::new(reason) });
}

/// What the thread of a part is called.
fn name(part: Part) -> &'static str {
    match part {
        Part::Loading => "loading",
        Part::Saving => "saving",
        Part::Searching => "searching",
        Part::Pages => "pages",
        Part::Fetching(_) => "fetching",
        Part::Watching => "watching",
        Part::Errand => "errand",
    }
}

#[cfg(test)]
mod tests;
