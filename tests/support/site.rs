//! A web site on loopback with one bundle, whose answers can be changed while it runs.

use std::sync::{Arc, Mutex};

use super::server::{Reply, Request, Server};

/// What a site answers to a request.
pub type Script = Box<dyn Fn(&Request) -> Reply + Send>;

/// A site with one bundle.
pub struct Site {
    pub server: Server,
    script: Arc<Mutex<Script>>,
}

impl Site {
    pub fn new(script: impl Fn(&Request) -> Reply + Send + 'static) -> Self {
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Box::new(script)));
        let told = Arc::clone(&script);
        Self { server: Server::start(move |request| told.lock().unwrap()(request)), script }
    }

    /// A site that holds a bundle, and says when it has not changed.
    pub fn with(bytes: Vec<u8>) -> Self {
        Self::new(holding(bytes))
    }

    /// From now on it answers so.
    pub fn now(&self, script: impl Fn(&Request) -> Reply + Send + 'static) {
        drop(self.swap(script));
    }

    /// From now on it answers so; what it answered before comes back.
    pub fn swap(&self, script: impl Fn(&Request) -> Reply + Send + 'static) -> Script {
        std::mem::replace(&mut *self.script.lock().unwrap(), Box::new(script))
    }

    /// The address of the bundle.
    pub fn address(&self) -> String {
        format!("http://{}/health.tar.zst", self.server.address)
    }

    /// The request that came last.
    pub fn last_request(&self) -> Request {
        self.server.requests().pop().unwrap()
    }
}

/// Answers with a bundle, or with 304 when it is known. Nothing lies beside it.
pub fn holding(bytes: Vec<u8>) -> impl Fn(&Request) -> Reply + Send {
    let tag = format!("\"{}-{}\"", bytes.len(), bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>());
    move |request| {
        if request.target.ends_with(".minisig") {
            Reply::new(404, &[], b"")
        } else if request.header("if-none-match") == Some(&tag) {
            Reply::new(304, &[("ETag", &tag)], b"")
        } else {
            Reply::new(200, &[("ETag", &tag)], &bytes)
        }
    }
}
