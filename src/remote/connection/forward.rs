//! Plain `http` through a proxy: the proxy is asked for the absolute address (RFC 9112, section 3.2.2).

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport};

/// A proxy that is asked for what lies on another host.
#[derive(Clone)]
pub(in crate::remote) struct Forward {
    /// Where the proxy is. Its name and password are not in it.
    pub(in crate::remote) proxy: Uri,
    /// The name and the password for the proxy.
    pub(in crate::remote) credentials: Option<(String, String)>,
}

impl std::fmt::Debug for Forward {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Forward({})", self.proxy)
    }
}

impl Forward {
    /// What stands in the request before the path of the target, and behind its first line.
    fn additions(&self, target: &Uri) -> (String, String) {
        let authority = target.authority().map(|authority| format!("http://{authority}")).unwrap_or_default();
        let header = self.credentials.as_ref().map(|(name, password)| {
            let pair = BASE64_STANDARD.encode(format!("{name}:{password}"));
            format!("Proxy-Authorization: Basic {pair}\r\n")
        });
        (authority, header.unwrap_or_default())
    }
}

/// Connects to the proxy, where there is one.
#[derive(Debug)]
pub(super) struct ForwardConnector(pub(super) Option<Forward>);

impl<In: Transport> Connector<In> for ForwardConnector {
    type Out = Either<In, ForwardTransport>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        // The way to the proxy itself is made by the links behind this one.
        let Some(forward) = self.0.as_ref().filter(|forward| *details.uri != forward.proxy) else {
            return Ok(chained.map(Either::A));
        };
        let proxy = ConnectionDetails {
            uri: &forward.proxy,
            addrs: details.resolver.resolve(&forward.proxy, details.config, details.timeout)?,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let inner = (details.run_connector)(&proxy)?;
        let additions = Some(forward.additions(details.uri));
        Ok(Some(Either::B(ForwardTransport { inner, additions })))
    }
}

/// A connection to a proxy, on which the first line of the request is made one for it.
#[derive(Debug)]
pub(super) struct ForwardTransport {
    inner: Box<dyn Transport>,
    /// What is still to be added to the request.
    additions: Option<(String, String)>,
}

impl ForwardTransport {
    /// Sends bytes, as many at a time as there is room for.
    fn send(&mut self, mut bytes: &[u8], timeout: NextTimeout) -> Result<(), Error> {
        while !bytes.is_empty() {
            let room = self.inner.buffers().output();
            let count = room.len().min(bytes.len());
            let (now, later) = bytes.split_at(count);
            if let Some(room) = room.get_mut(..count) {
                room.copy_from_slice(now);
            }
            self.inner.transmit_output(count, timeout)?;
            bytes = later;
        }
        Ok(())
    }
}

impl Transport for ForwardTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let Some((authority, header)) = self.additions.take() else {
            return self.inner.transmit_output(amount, timeout);
        };
        let head = self.inner.buffers().output().get(..amount).unwrap_or_default().to_vec();
        let request = with_additions(&head, &authority, &header);
        self.send(&request, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}

/// The head of a request with `authority` before the path in its first line, and `header` behind that line.
fn with_additions(head: &[u8], authority: &str, header: &str) -> Vec<u8> {
    let method = head.iter().position(|byte| *byte == b' ').map_or(0, |space| space.saturating_add(1));
    let line =
        head.windows(2).position(|bytes| bytes == b"\r\n").map_or(head.len(), |end| end.saturating_add(2));
    let (line, headers) = head.split_at(line);
    let (method, path) = line.split_at_checked(method).unwrap_or((line, b""));
    [method, authority.as_bytes(), path, header.as_bytes(), headers].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_for_a_proxy_has_the_absolute_address_and_the_password_for_it() {
        let forward = Forward {
            proxy: Uri::from_static("http://proxy.example.org:3128/"),
            credentials: Some(("me".into(), "secret".into())),
        };
        let (authority, header) = forward.additions(&Uri::from_static("http://[::1]:8080/x.zip?a=/b"));
        let request =
            with_additions(b"GET /x.zip?a=/b HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", &authority, &header);
        let expected = "GET http://[::1]:8080/x.zip?a=/b HTTP/1.1\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\
                        Host: [::1]:8080\r\n\r\n";
        assert_eq!(String::from_utf8(request).unwrap(), expected);
        assert!(!format!("{forward:?}").contains("secret"));
    }
}
