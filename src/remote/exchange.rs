//! One request and its answer, on a thread of its own, so that whoever waits for it can stop waiting at any time.

use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Request;

use super::head::Head;

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;
/// How many chunks may wait to be taken: a slow disk makes a slow download, not a large memory.
const WAITING: usize = 4;

/// A request that is under way. When it is dropped, its connection is closed.
pub(super) struct Exchange {
    agent: Agent,
    events: Receiver<Event>,
}

/// What comes of a request, in this order: a head, chunks, an end. An error may take the place of any of them.
#[derive(Debug)]
pub(super) enum Event {
    Head(Head),
    Chunk(Vec<u8>),
    End,
    Failed(ureq::Error),
}

impl Exchange {
    /// Sends a request.
    pub(super) fn start(agent: &Agent, request: Request<()>) -> io::Result<Self> {
        let (sender, events) = mpsc::sync_channel(WAITING);
        let ours = agent.clone();
        thread::Builder::new().name("fetch".into()).spawn(move || {
            let last = match run(&ours, request, &sender) {
                Ok(()) => Event::End,
                Err(error) => Event::Failed(error),
            };
            // When nobody waits any more, nobody needs to know.
            drop(sender.send(last));
        })?;
        Ok(Self { agent: agent.clone(), events })
    }

    /// What has come, waiting for it so long. `None` when nothing has.
    pub(super) fn next(&self, wait: Duration) -> Option<Event> {
        match self.events.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            // The thread ended without its last word.
            Err(RecvTimeoutError::Disconnected) => Some(Event::Failed(ureq::Error::ConnectionFailed)),
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.agent.clone().shutdown();
    }
}

fn run(agent: &Agent, request: Request<()>, events: &SyncSender<Event>) -> Result<(), ureq::Error> {
    let (parts, body) = agent.run(request)?.into_parts();
    let head = Head { status: parts.status, headers: parts.headers };
    if events.send(Event::Head(head)).is_err() {
        return Ok(());
    }
    let mut body = body.into_reader();
    loop {
        let mut chunk = vec![0; CHUNK];
        let count = body.read(&mut chunk)?;
        chunk.truncate(count);
        if count == 0 || events.send(Event::Chunk(chunk)).is_err() {
            return Ok(());
        }
    }
}
