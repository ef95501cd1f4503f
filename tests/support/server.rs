//! A web server on loopback that does what a test tells it to: plain sockets, one thread to a connection, one
//! request to each.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A server. Its threads end with the test.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request, as the server saw it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, with its query.
    pub target: String,
    headers: HashMap<String, String>,
    /// How many requests for this target came before it.
    pub earlier: usize,
}

/// What the server does in answer.
pub struct Reply(Vec<Act>);

enum Act {
    Send(Vec<u8>),
    /// Sends nothing more until the other side hangs up.
    Stall,
    /// Sends a byte, again and again, each after so long.
    Drip(Duration),
    /// Carries bytes to and from another server.
    Tunnel(SocketAddr),
}

impl Server {
    /// Starts a server that answers as `script` says.
    pub fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(script, |stream| Some(Box::new(stream)))
    }

    /// Starts a server that speaks TLS.
    pub fn start_tls(
        config: Arc<ServerConfig>,
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::run(script, move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
            Some(Box::new(StreamOwned::new(connection, stream)))
        })
    }

    fn run(
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
        wrap: impl Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("its address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let (script, wrap) = (Arc::new(script), Arc::new(wrap));
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (seen, script, wrap) = (Arc::clone(&seen), Arc::clone(&script), Arc::clone(&wrap));
                thread::spawn(move || {
                    let raw = socket.try_clone().expect("a second handle");
                    // That the other side hangs up in the middle is often the very point of the test.
                    let _ = wrap(socket).map(|stream| serve(stream, &raw, &seen, &*script));
                });
            }
        });
        Self { address, requests }
    }

    /// The requests so far, in their order.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("the requests").clone()
    }
}

impl Request {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Where the range that it asks for begins.
    pub fn range(&self) -> Option<usize> {
        self.header("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
    }

    fn read(stream: &mut dyn BufRead, seen: &Mutex<Vec<Self>>) -> io::Result<Self> {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let mut seen = seen.lock().expect("the requests");
        let earlier = seen.iter().filter(|request| request.target == target).count();
        let request = Self { method, target, headers, earlier };
        seen.push(request.clone());
        Ok(request)
    }
}

impl Reply {
    /// A whole answer with its length.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        Self::with_length(status, headers, body, body.len())
    }

    /// An answer that says that its body has `length` bytes.
    pub fn with_length(status: u16, headers: &[(&str, &str)], body: &[u8], length: usize) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "HTTP/1.1 {status} As told\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
        );
        Self(vec![Act::Send([head.as_bytes(), body].concat())])
    }

    /// Bytes as they are, HTTP or not.
    pub fn raw(bytes: &[u8]) -> Self {
        Self(vec![Act::Send(bytes.to_vec())])
    }

    /// Bytes as they are, one at a time.
    pub fn in_pieces(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| Act::Send(vec![*byte])).collect())
    }

    /// A redirect.
    pub fn redirect(to: &str) -> Self {
        Self::new(302, &[("Location", to)], b"")
    }

    /// Nothing at all, until the other side hangs up.
    pub fn silence() -> Self {
        Self(vec![Act::Stall])
    }

    /// This, and then nothing more until the other side hangs up.
    pub fn then_stall(mut self) -> Self {
        self.0.push(Act::Stall);
        self
    }

    /// This, and then a byte from time to time until the other side hangs up.
    pub fn then_drip(mut self, every: Duration) -> Self {
        self.0.push(Act::Drip(every));
        self
    }

    /// As a proxy does: leads to another server.
    pub fn tunnel(to: SocketAddr) -> Self {
        Self(vec![Act::Send(b"HTTP/1.1 200 Connected\r\n\r\n".to_vec()), Act::Tunnel(to)])
    }
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

fn serve(
    stream: Box<dyn Stream>,
    raw: &TcpStream,
    seen: &Mutex<Vec<Request>>,
    script: &dyn Fn(&Request) -> Reply,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let request = Request::read(&mut stream, seen)?;
    let mut stream = stream.into_inner();
    for act in script(&request).0 {
        match act {
            Act::Send(bytes) => stream.write_all(&bytes)?,
            Act::Stall => drop(stream.read(&mut [0])?),
            Act::Drip(every) => {
                raw.set_read_timeout(Some(every))?;
                while !matches!(stream.read(&mut [0]), Ok(0)) {
                    stream.write_all(b"x")?;
                    stream.flush()?;
                }
            }
            Act::Tunnel(to) => {
                let other = TcpStream::connect(to)?;
                let (mut from, mut into) = (raw.try_clone()?, other.try_clone()?);
                thread::spawn(move || io::copy(&mut from, &mut into));
                io::copy(&mut &other, &mut &*raw)?;
            }
        }
        stream.flush()?;
    }
    raw.shutdown(std::net::Shutdown::Write)
}
