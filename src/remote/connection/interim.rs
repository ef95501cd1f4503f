//! Passes over what a server says before its answer.

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Makes connections on which only the final answer is seen. A server may send any number of interim ones before it
/// (100 Continue, 103 Early Hints: RFC 9110, section 15.2), with headers, and all in one packet.
#[derive(Debug)]
pub(super) struct FinalConnector;

/// A connection on which interim answers are passed over.
#[derive(Debug)]
pub(super) struct FinalTransport<T> {
    inner: T,
    /// Whether the final answer has begun. From then on, everything is handed on as it comes.
    has_begun: bool,
}

impl<In: Transport> Connector<In> for FinalConnector {
    type Out = FinalTransport<In>;

    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| FinalTransport { inner, has_begun: false }))
    }
}

impl<T: Transport> Transport for FinalTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let has_come = self.inner.await_input(timeout)?;
        while !self.has_begun {
            match Answer::begins(self.inner.buffers().input()) {
                Answer::Interim(length) => self.inner.buffers().input_consume(length),
                Answer::Unknown => break,
                Answer::Final => self.has_begun = true,
            }
        }
        Ok(has_come)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// What an answer is, by its beginning.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// An interim one of so many bytes, all of which are there.
    Interim(usize),
    /// The final one, or no answer at all.
    Final,
    /// That cannot be told until more has come.
    Unknown,
}

impl Answer {
    fn begins(input: &[u8]) -> Self {
        /// An interim answer, with any digit for each `#`.
        const INTERIM: &[u8] = b"HTTP/1.# 1##";
        let fits = |(found, wanted): (&u8, &u8)| match wanted {
            b'#' => found.is_ascii_digit(),
            _ => found == wanted,
        };
        if !input.iter().zip(INTERIM).all(fits) || input.get(8..12) == Some(b" 101") {
            return Self::Final;
        }
        let end = input.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        end.map_or(Self::Unknown, |end| Self::Interim(end.saturating_add(4)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interim_answers_are_told_by_their_beginning() {
        let cases: [(&[u8], Answer); 11] = [
            (b"", Answer::Unknown),
            (b"HTTP/1", Answer::Unknown),
            (b"HTTP/1.1 1", Answer::Unknown),
            (b"HTTP/1.1 100 Continue\r\nVia: x\r\n", Answer::Unknown),
            (b"HTTP/1.1 100 Continue\r\n\r\n", Answer::Interim(25)),
            (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", Answer::Interim(40)),
            (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", Answer::Final),
            (b"HTTP/1.1 200 OK\r\n\r\n", Answer::Final),
            (b"HTTP/2 103\r\n\r\n", Answer::Final),
            (b"SSH-2.0-", Answer::Final),
            (b"\x16\x03\x01", Answer::Final),
        ];
        for (input, expected) in cases {
            assert_eq!(Answer::begins(input), expected, "{}", input.escape_ascii());
        }
    }
}
